import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startToyServer, type ToyServer } from '../support/toys/server.js';

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.server.close());

test('the server passes every audit of GraphQL over HTTP: must, should and may', async () => {
  const audits = serverAudits({ url: () => `${toy.url}/graphql` });
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  expect(results.length).toBeGreaterThan(50);
  const failed = results.filter(({ status }) => status !== 'ok');
  expect(failed.map((audit) => `${audit.id} ${audit.name}: ${'reason' in audit ? audit.reason : ''}`)).toEqual([]);
});
