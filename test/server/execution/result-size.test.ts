import { createClient as createEventClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { isTooLarge } from '../../../src/server/execution/client-results.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

const MB = 1024 * 1024;

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.server.close());

/** One text, shown under many names. */
const shown = (times: number) =>
  `query($n: String) { ${Array.from({ length: times }, (_, i) => `a${i}: hello(name: $n)`).join(' ')} }`;
const tooLarge = {
  data: null,
  errors: [
    expect.objectContaining({
      message: 'The answer has more than 16 MB.',
      extensions: { code: 'RESPONSE_TOO_LARGE', hint: expect.stringContaining('smaller pages') },
    }),
  ],
};

describe('an answer of more than 16 MB', () => {
  test('is not built: a text that is sent once, and would be answered 250 times', async () => {
    const variables = { n: 'x'.repeat(MB) };
    // Interpreted at first, and compiled after a few requests.
    for (let time = 0; time < 4; time++) {
      const { status, body } = await toy.ask({ query: shown(250), variables });
      expect([status, body]).toEqual([200, tooLarge]);
    }
    const { body } = await toy.ask({ query: shown(15), variables });
    expect(body.errors).toBeUndefined();
  });

  test('is not built of long names either, nor of the locations of errors', async () => {
    const alias = 'a'.repeat(60_000);
    const { body } = await toy.ask({ query: `{ boats(first: 500) { ${alias}: id } }` });
    expect(body).toEqual(tooLarge);
    const { body: failed } = await toy.ask({ query: `{ boats(first: 500) { ${alias}: lost } }` });
    expect(failed).toEqual(tooLarge);
  });

  test('is not sent over a websocket, whose other operations continue', async () => {
    const url = `${toy.url.replace('http', 'ws')}/graphql`;
    const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
    const variables = { n: 'x'.repeat(MB) };
    expect((await client.iterate({ query: shown(17), variables }).next()).value).toEqual(tooLarge);
    const events = client.iterate({ query: `subscription { ticks(upTo: 2, bytes: ${17 * MB}) { n load } }` });
    expect((await events.next()).value).toEqual(tooLarge);
    expect((await events.next()).value).toEqual(tooLarge);
    expect((await client.iterate({ query: '{ hello }' }).next()).value).toHaveProperty('data.hello');
    await client.dispose();
  });

  test('is not sent as an event', async () => {
    const client = createEventClient({ url: `${toy.url}/graphql`, retryAttempts: 0 });
    const events = client.iterate({ query: `subscription { ticks(upTo: 1, bytes: ${17 * MB}) { n load } }` });
    expect((await events.next()).value).toEqual(tooLarge);
    client.dispose();
  });

  test('to a mutation says that it was carried out', async () => {
    const query = `mutation($i: BuildInput!) { ${Array.from({ length: 17 }, (_, i) => `a${i}: build(input: $i) { name }`).join(' ')} }`;
    const { body } = await toy.ask({ query, variables: { i: { name: 'x'.repeat(MB) } } });
    expect(body.data).toBeNull();
    expect(body.errors![0]!.extensions).toEqual({
      code: 'RESPONSE_TOO_LARGE',
      hint: expect.stringContaining('was carried out'),
    });
  });
});

describe('the size of an answer', () => {
  const many = <T>(times: number, value: T) => Array.from({ length: times }, () => value);

  test.each<[string, object]>([
    ['one text', { data: { text: 'x'.repeat(16 * MB) } }],
    ['letters that take several bytes', { data: { text: '€'.repeat(6 * MB) } }],
    ['characters that are written as numbers', { data: { text: '\u0001'.repeat(3 * MB) } }],
    ['many small values of JSON', { data: { json: many(MB, 1) } }],
    ['many empty objects', { data: { json: many(MB, {}) } }],
    ['long names', { data: many(MB, { ['n'.repeat(20)]: null }) }],
    ['many errors', { data: null, errors: many(70_000, { message: 'x'.repeat(250), path: ['a', 1] }) }],
  ])('counts %s', (_what, answer) => {
    expect(JSON.stringify(answer).length).toBeGreaterThan(1_000_000);
    expect(isTooLarge(answer)).toBe(true);
  });

  test('is measured no further than there is room', () => {
    let reads = 0;
    const one = {
      get text() {
        reads += 1;
        return 'x'.repeat(MB);
      },
    };
    expect(isTooLarge({ data: many(1_000, one) })).toBe(true);
    expect(reads).toBeLessThan(40);
  });

  test('leaves all that is below it: a full page of ordinary records', () => {
    const task = {
      id: 'tsk_01m7zha4pnenp9ak7htrzfzkb3',
      title: 'x'.repeat(200),
      createdAt: '2026-01-31T10:30:00.500Z',
    };
    expect(isTooLarge({ data: many(40_000, task) })).toBe(false);
  });
});
