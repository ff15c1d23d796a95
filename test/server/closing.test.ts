import { once } from 'node:events';
import { createClient as createEventClient } from 'graphql-sse';
import { createClient } from 'graphql-ws';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { startToyServer } from '../support/toys/server.js';

const subscription = 'subscription { ticks { n } }';

test('events arrive as they happen, and a reader that leaves is dropped at once', async () => {
  const toy = await startToyServer();
  const client = createEventClient({ url: `${toy.url}/graphql`, retryAttempts: 0 });
  const ticks = client.iterate({ query: subscription });
  const first = ticks.next();
  await expect.poll(() => toy.toys.followers).toBe(1);
  toy.toys.publish(1);
  expect((await first).value).toEqual({ data: { ticks: { n: 1 } } });
  client.dispose();
  await expect.poll(() => toy.toys.followers).toBe(0);
  await toy.server.close();
});

test('closing lets running requests finish and accepts no new ones', async () => {
  const toy = await startToyServer();
  const running = toy.ask({ query: '{ slow }' });
  await toy.toys.slowBegan;
  const closing = toy.server.close();
  await expect(fetch(`${toy.url}/health`)).rejects.toThrow();
  toy.toys.release();
  const { body, headers } = await running;
  expect([body, headers.get('connection')]).toEqual([{ data: { slow: 'done' } }, 'close']);
  await closing;
  await toy.server.close();
});

test('closing ends subscriptions with a code that makes clients reconnect', async () => {
  const toy = await startToyServer();
  const events = createEventClient({ url: `${toy.url}/graphql`, retryAttempts: 0 });
  const event = events.iterate({ query: subscription }).next();
  const socket = createClient({
    url: `${toy.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const message = socket.iterate({ query: subscription }).next();
  await expect.poll(() => toy.toys.followers).toBe(2);

  const outcomes = Promise.allSettled([message, event]);
  await toy.server.close();
  const [byWebSocket, byEvents] = await outcomes;
  expect(byWebSocket).toMatchObject({ status: 'rejected', reason: { code: 1001 } });
  expect(byEvents.status).toBe('rejected');
  await expect.poll(() => toy.toys.followers).toBe(0);
});

test('closing doesn’t wait for connections that do nothing', async () => {
  const toy = await startToyServer();
  await toy.ask({ query: '{ hello }' }); // its connection is kept open
  const silent = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(silent, 'open');
  const left = once(silent, 'close');
  await toy.server.close();
  expect((await left)[0]).toBe(1001);
});

test('a port that is in use is an error that says so', async () => {
  const toy = await startToyServer();
  const port = Number(new URL(toy.url).port);
  await expect(startToyServer({ settings: { port } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await toy.server.close();
});
