import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql/index.js';
import { createClient } from 'graphql-sse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from '../../../src/server/http/actor.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';
import { until } from '../../support/until.js';

const MB = 1024 * 1024;
/** Longer than any of these tests: stalled readers are left alone. */
const stallMs = 600_000;
const busy = {
  status: 503,
  retryAfter: '1',
  code: 'RATE_LIMITED',
};

let toy: ToyServer;
let sockets: Socket[];
beforeEach(async () => {
  sockets = [];
  toy = await startToyServer({ stallMs });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await toy.server.close();
});

/** A new connection that sends just this. */
async function send(to: ToyServer, text: string): Promise<Socket> {
  const { hostname, port } = new URL(to.url);
  const socket = connect(Number(port), hostname);
  socket.pause();
  sockets.push(socket);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}
const post = (body: string, bytes = body.length) =>
  `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n${body}`;
const destroyAll = () => sockets.splice(0).map((socket) => socket.destroy());

async function outcome(to: ToyServer, body: object) {
  const { status, headers, body: answer } = await to.ask(body);
  return { status, retryAfter: headers.get('retry-after'), code: answer.errors?.[0]?.extensions.code };
}
const taken = { status: 200, retryAfter: null, code: undefined };
const isTaken = async (to: ToyServer, body: object) => (await outcome(to, body)).status === 200;

/** A request of a megabyte, whose answer is small. */
const largeBody = { query: '{ whoami }', variables: { unused: 'x'.repeat(MB) } };
const small = { query: '{ whoami }' };

describe('bodies that are being received', () => {
  test('are bounded together; small ones are accepted all the same, and room is released when senders abort', async () => {
    // There is room for four of five, in whatever order their parts arrive.
    const refusals: Promise<string>[] = [];
    for (let n = 0; n < 5; n += 1) {
      const socket = await send(toy, post('x'.repeat(15 * MB), 16 * MB));
      refusals.push(once(socket.resume(), 'data').then(([part]) => String(part)));
    }
    const refusal = await Promise.any(refusals);
    expect(refusal).toMatch(/^HTTP\/1\.1 503 .*retry-after: 1.*RATE_LIMITED/is);
    expect(await outcome(toy, small)).toEqual(taken);
    destroyAll();
    await until(() => isTaken(toy, largeBody));
    expect(await outcome(toy, { ...largeBody, variables: { unused: 'x'.repeat(15 * MB) } })).toEqual(taken);
  });

  test('release their room when they are refused', async () => {
    for (let n = 0; n < 9; n += 1) {
      const { status } = await toy.ask(`{"query":"${'x'.repeat(15 * MB)}`);
      expect(status).toBe(400);
    }
    expect(await outcome(toy, largeBody)).toEqual(taken);
  });

  test('of subscriptions release it when these begin', async () => {
    const client = createClient({ url: `${toy.url}/graphql`, retryAttempts: 0 });
    for (let n = 1; n <= 5; n += 1) {
      const variables = { unused: 'x'.repeat(15 * MB) };
      const events = client.iterate({ query: 'subscription { ticks { n } }', variables });
      void events.next().catch(() => undefined);
      await until(() => toy.toys.followers === n);
    }
    expect(await outcome(toy, largeBody)).toEqual(taken);
    client.dispose();
  });
});

/** A query whose answer has this many megabytes. */
const shown = (times: number) => ({
  query: `query Large($n: String) { ${Array.from({ length: times }, (_, i) => `a${i}: hello(name: $n)`).join(' ')} }`,
  variables: { n: 'x'.repeat(MB - 1_000) },
});

describe('answers that wait for their reader', () => {
  test('are bounded together; small ones are sent all the same, and room is released when their readers leave', async () => {
    for (let n = 0; n < 8; n += 1) await send(toy, post(JSON.stringify(shown(15))));
    await until(() => toy.lines.filter(({ operation }) => operation === 'Large').length === 8);
    expect(await outcome(toy, shown(10))).toEqual(busy);
    expect(await outcome(toy, small)).toEqual(taken);
    destroyAll();
    await until(() => isTaken(toy, shown(10)));
    expect(await outcome(toy, shown(15))).toEqual(taken);
  });

  test('release it when they wait behind another answer of a connection that ends', async () => {
    const answered = () => toy.lines.filter(({ operation }) => operation === 'Large').length;
    for (let n = 1; n <= 9; n += 1) {
      const socket = await send(toy, post(JSON.stringify({ query: '{ slow }' })) + post(JSON.stringify(shown(15))));
      await until(() => answered() === n);
      expect(toy.lines.filter(({ status }) => status === 503)).toEqual([]);
      socket.destroy();
      await until(() => isTaken(toy, shown(15)));
      toy.lines.length = 0;
      toy.lines.push(...Array.from({ length: n }, () => ({ operation: 'Large' })));
    }
    toy.toys.release();
  });
});

test('answers that are ready after their reader left take no room', async () => {
  const callers: Caller[] = [];
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let began = 0;
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: {
        whoami: { type: GraphQLString, resolve: () => 'x'.repeat(15 * MB) },
        late: {
          type: GraphQLString,
          resolve: async () => {
            began += 1;
            await released;
            return 'x'.repeat(15 * MB);
          },
        },
      },
    }),
  });
  const own = await startToyServer({ stallMs, schema, createContext: (caller) => void callers.push(caller) });
  for (let n = 0; n < 9; n += 1) await send(own, post(JSON.stringify({ query: 'query Late { late }' })));
  await until(() => began === 9);
  destroyAll();
  await until(() => callers.every(({ isGone }) => isGone()));
  release();
  await until(() => own.lines.filter(({ operation }) => operation === 'Late').length === 9);
  expect(await outcome(own, small)).toEqual(taken);
  await own.server.close();
});
