import { once } from 'node:events';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql/index.js'; // named like this, Vite takes the same file as Node does for the server
import { createClient as createEventClient } from 'graphql-sse';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Caller } from '../../../src/server/http/actor.js';
import { DONE, iterated } from '../../../src/util/polled.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';
import { until } from '../../support/until.js';

interface Tick {
  readonly n: number;
}

/** What all followers receive: each tick is one object, as a change of a project is. */
const ticks: Tick[] = [];
const sleeping = new Set<() => void>();
let followers = 0;
function publish(...numbers: number[]): void {
  ticks.push(...numbers.map((n) => ({ n })));
  for (const wake of [...sleeping]) {
    sleeping.delete(wake);
    wake();
  }
}

function follow(after: number) {
  let at = after;
  let isOpen = true;
  let wakeUp = () => {};
  followers += 1;
  return iterated<Tick>({
    poll(wake) {
      if (!isOpen) return DONE;
      const value = ticks[at];
      if (value) {
        at += 1;
        return { done: false, value };
      }
      wakeUp = wake;
      sleeping.add(wake);
      return null;
    },
    end() {
      if (isOpen) followers -= 1;
      isOpen = false;
      wakeUp();
    },
  });
}

/** How often each tick was resolved. */
let resolved: number[];
let held: Promise<void> | null;
let release: () => void;

const Tick = new GraphQLObjectType<Tick, { readonly caller: Caller }>({
  name: 'Tick',
  fields: {
    n: {
      type: new GraphQLNonNull(GraphQLInt),
      resolve: async ({ n }) => {
        resolved[n] = (resolved[n] ?? 0) + 1;
        await held;
        return n;
      },
    },
    plus: { type: GraphQLInt, args: { by: { type: GraphQLInt } }, resolve: ({ n }, { by }) => n + by },
    by: { type: GraphQLString, resolve: (_tick, _args, { caller }) => caller.actor },
    load: { type: GraphQLString, resolve: () => 'x'.repeat(1_000_000) },
    fails: { type: GraphQLString, resolve: () => Promise.reject(new Error('secret of the engine room')) },
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { hello: { type: GraphQLString, resolve: () => 'hello' } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      ticks: {
        type: new GraphQLNonNull(Tick),
        args: { after: { type: GraphQLInt } },
        subscribe: (_root, { after }) => follow(after ?? ticks.length),
        resolve: (tick) => tick,
      },
    },
  }),
});

let toy: ToyServer;
let sockets: WebSocket[];
beforeEach(async () => {
  toy = await startToyServer({ schema, createContext: (caller) => ({ caller }), stallMs: 600_000 });
  sockets = [];
  ticks.length = 0;
  resolved = [];
  held = null;
});
afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  await toy.server.close();
  await until(() => followers === 0);
});

interface Follower {
  readonly socket: WebSocket;
  /** What it was sent, as it was sent. */
  readonly texts: string[];
  readonly results: () => {
    data: { ticks: Record<string, unknown> | null } | null;
    errors?: { message: string; extensions: { hint: string } }[];
  }[];
}

async function subscribe(query: string, { id = '1', actor = 'ada', variables = {} } = {}): Promise<Follower> {
  const before = followers;
  const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  sockets.push(socket);
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: { 'mooring-actor': actor } }));
  await once(socket, 'message');
  const texts: string[] = [];
  socket.on('message', (data) => void texts.push(String(data)));
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query, variables } }));
  await until(() => followers > before);
  return { socket, texts, results: () => texts.map((text) => JSON.parse(text).payload) };
}
const got = (all: readonly Follower[], count: number) => until(() => all.every(({ texts }) => texts.length === count));
const seen = ({ results }: Follower) => results().map(({ data }) => data?.ticks?.n);

const QUERY = 'subscription { ticks { n by } }';

test('followers of the same get results computed once, each under its own id, in order', async () => {
  const all: Follower[] = [];
  for (let n = 0; n < 40; n += 1) all.push(await subscribe(QUERY, { id: `"${n}"` }));
  publish(1);
  await got(all, 1);
  publish(2, 3, 4);
  await got(all, 4);
  expect(resolved.slice(1)).toEqual([1, 1, 1, 1]);
  for (const [n, { texts }] of all.entries()) {
    expect(texts[0]).toBe(
      `{"id":${JSON.stringify(`"${n}"`)},"type":"next","payload":{"data":{"ticks":{"n":1,"by":"ada"}}}}`,
    );
  }
  expect(all.map(seen)).toEqual(all.map(() => [1, 2, 3, 4]));
});

test('followers over a websocket share results with those over server-sent events', async () => {
  const one = await subscribe(QUERY, { actor: 'anonymous' });
  const client = createEventClient({ url: `${toy.url}/graphql`, retryAttempts: 0 });
  const events = client.iterate({ query: QUERY });
  const first = events.next();
  await until(() => followers === 2);
  publish(1);
  expect((await first).value).toEqual({ data: { ticks: { n: 1, by: 'anonymous' } } });
  await got([one], 1);
  expect(resolved[1]).toBe(1);
  client.dispose();
});

test.each<[string, Parameters<typeof subscribe>, Parameters<typeof subscribe>]>([
  ['another query', [QUERY], ['subscription { ticks { by n } }']],
  ['another actor', [QUERY], [QUERY, { actor: 'bob' }]],
  [
    'another variable',
    ['subscription ($by: Int) { ticks { n plus(by: $by) } }', { variables: { by: 1 } }],
    ['subscription ($by: Int) { ticks { n plus(by: $by) } }', { variables: { by: 2 } }],
  ],
  [
    'null for a variable, and none',
    ['subscription ($by: Int = 3) { ticks { n plus(by: $by) } }', { variables: { by: 1 } }],
    ['subscription ($by: Int = 3) { ticks { n plus(by: $by) } }'],
  ],
  [
    'a variable that says what is in it',
    ['subscription ($with: Boolean!) { ticks { n by @include(if: $with) } }', { variables: { with: true } }],
    ['subscription ($with: Boolean!) { ticks { n by @include(if: $with) } }', { variables: { with: false } }],
  ],
])('%s has a result of its own', async (_what, a, b) => {
  const all = [await subscribe(...a), await subscribe(...b), await subscribe(...a), await subscribe(...b)];
  publish(1);
  await got(all, 1);
  expect(resolved[1]).toBe(2);
  expect(all[2]!.texts).toEqual(all[0]!.texts);
  expect(all[3]!.texts).toEqual(all[1]!.texts);
  expect(all[1]!.texts).not.toEqual(all[0]!.texts);
});

test('followers that resumed at different cursors share what comes next; what one missed is read for it', async () => {
  publish(1, 2);
  const query = 'subscription ($after: Int) { ticks(after: $after) { n } }';
  const all: Follower[] = [];
  for (const after of [0, 1, 2]) all.push(await subscribe(query, { variables: { after } }));
  await got(all.slice(0, 1), 2);
  await got(all.slice(1, 2), 1);
  expect(resolved).toEqual([undefined, 1, 2]);
  publish(3);
  await until(() => all.every((each) => seen(each).at(-1) === 3));
  expect(resolved[3]).toBe(1);
  expect(all.map(seen)).toEqual([[1, 2, 3], [2, 3], [3]]);
});

test('errors are found once, and sent to each follower with its own request id, which the log has', async () => {
  const all: Follower[] = [];
  for (let n = 0; n < 3; n += 1) all.push(await subscribe('subscription { ticks { n fails } }'));
  publish(1);
  await got(all, 1);
  expect(resolved[1]).toBe(1);
  const ids = all.map(({ results }) => {
    const [{ data, errors }] = results() as [ReturnType<typeof results>[number]];
    expect(data).toEqual({ ticks: { n: 1, fails: null } });
    expect(errors).toMatchObject([{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }]);
    return /request id (\S+)\.$/.exec(errors![0]!.extensions.hint)?.[1];
  });
  expect(new Set(ids).size).toBe(3);
  const logged = toy.lines.filter(({ msg }) => msg === 'unexpected error').map(({ requestId }) => requestId);
  expect(logged.sort()).toEqual(ids.sort());
});

test('a follower that leaves during the computation takes nothing from the others', async () => {
  held = new Promise((resolve) => {
    release = resolve;
  });
  const all = [await subscribe(QUERY), await subscribe(QUERY), await subscribe(QUERY)];
  publish(1);
  await until(() => resolved[1] === 1);
  all[0]!.socket.terminate();
  await until(() => followers === 2);
  release();
  await got(all.slice(1), 1);
  expect(all.slice(1).map(seen)).toEqual([[1], [1]]);
  expect(resolved[1]).toBe(1);
});

test('a follower that doesn’t read holds up nobody, and gets everything in order when it reads again', async () => {
  const query = 'subscription { ticks { n load } }';
  const slow = await subscribe(query);
  const others = [await subscribe(query), await subscribe(query)];
  slow.socket.pause();
  const numbers = Array.from({ length: 12 }, (_, n) => n + 1);
  for (const n of numbers) {
    publish(n);
    await got(others, n);
  }
  expect(slow.texts.length).toBe(0);
  slow.socket.resume();
  await got([slow], numbers.length);
  expect([slow, ...others].map(seen)).toEqual([numbers, numbers, numbers]);
});

test.each([
  'subscription ($if: Boolean!) { ticks @skip(if: $if) { n } }',
  'subscription ($if: Boolean!) { ... @include(if: $if) { ticks { n } } }',
  'subscription ($if: Boolean!) { ...F } fragment F on Subscription { ticks @include(if: $if) { n } }',
  'subscription ($if: Boolean!) { ...F @include(if: $if) } fragment F on Subscription { ticks { n } }',
  'subscription { ticks @skip(if: true) { n } }',
  'subscription { ticks @include { n } }',
])('what depends on a condition can’t be followed, and ends nothing else: %s', async (query) => {
  const other = await subscribe(QUERY);
  other.socket.send(JSON.stringify({ id: '2', type: 'subscribe', payload: { query, variables: { if: true } } }));
  await got([other], 1);
  const { id, type, payload } = JSON.parse(other.texts[0]!);
  expect([id, type]).toEqual(['2', 'error']);
  expect(payload[0].message).toBe('The field of a subscription takes no @skip or @include. Use them within it.');
  const { status, body } = await toy.ask({ query, variables: { if: true } });
  expect([status, body.errors?.[0]?.extensions.code]).toEqual([200, 'INVALID_INPUT']);
  publish(1);
  await got([other], 2);
});
