import {
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql/index.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { localPrincipal } from '../../../src/domain/access/principal.js';
import { ReadTooMuchError } from '../../../src/domain/errors.js';
import type { GraphQLContext } from '../../../src/graphql/context.js';
import { createReadLimiter, type ReadLimiter, scheduleResolvers } from '../../../src/graphql/scheduling.js';
import { createRequestBudgets } from '../../../src/server/execution/budgets.js';
import { createEngine, type Engine } from '../../../src/server/execution/engine.js';
import { createTurns } from '../../../src/server/execution/turns.js';
import type { Caller } from '../../../src/server/http/actor.js';
import { LIMITS } from '../../../src/server/limits.js';
import { createLogger } from '../../../src/server/log.js';
import { GoneError, type Share } from '../../../src/util/turn.js';
import { until } from '../../support/until.js';

const MB = 1024 * 1024;
/** A text of this many megabytes in memory, at two bytes a character. */
const megabytes = (count: number) => 'x'.repeat((count * MB) / 2);
/** Blocks the thread for longer than pieces may run in one round. */
function keepThread(): void {
  for (const end = performance.now() + 11; performance.now() < end; );
}

interface Context extends Pick<GraphQLContext, 'turn'> {
  readonly read: ReadLimiter;
  readonly share: Share;
}

let gone: boolean;
let reads: number;
let writes: number;
/** Lets `held` answer. */
let release: () => void;
let held: Promise<void>;
let engine: Engine;

const leaf = { type: GraphQLInt, resolve: (_: unknown, _args: object, { read }: Context) => read(readSlowly) };
const Item = new GraphQLObjectType<unknown, Context>({ name: 'Item', fields: { value: leaf } });
const items = {
  type: new GraphQLList(Item),
  args: { count: { type: GraphQLInt, defaultValue: 20 } },
  resolve: (_: unknown, { count }: { count: number }) => Array.from({ length: count }, () => ({})),
};
/** Reads a record of this many megabytes, and returns the number. */
const record = {
  type: GraphQLInt,
  args: { mb: { type: GraphQLInt } },
  resolve: async (_: unknown, { mb }: { mb: number }, { read }: Context) => {
    const found = await read(async () => megabytes(mb));
    reads += 1;
    return found.length / (MB / 2);
  },
};
const waiting = {
  type: GraphQLString,
  resolve: async () => {
    await held;
    return 'done';
  },
};

async function readSlowly(): Promise<number> {
  reads += 1;
  if (reads === 5) gone = true;
  keepThread();
  return reads;
}

const schema = scheduleResolvers(
  new GraphQLSchema({
    query: new GraphQLObjectType<unknown, Context>({
      name: 'Query',
      fields: {
        items,
        record,
        waiting,
        failing: {
          type: new GraphQLNonNull(GraphQLString),
          resolve: () => Promise.reject(new Error('fails')),
        },
        late: {
          type: GraphQLString,
          resolve: async (_: unknown, _args: object, { share }: Context) => {
            await held;
            share.hold(60 * MB);
            return 'held';
          },
        },
      },
    }),
    mutation: new GraphQLObjectType<unknown, Context>({
      name: 'Mutation',
      fields: {
        write: {
          type: Item,
          resolve: () => {
            writes += 1;
            keepThread();
            gone = true;
            return {};
          },
        },
      },
    }),
    subscription: new GraphQLObjectType<unknown, Context>({
      name: 'Subscription',
      fields: {
        events: {
          ...record,
          subscribe: async function* () {
            for (let n = 0; n < 12; n += 1) yield n;
          },
        },
      },
    }),
  }),
);

beforeEach(() => {
  gone = false;
  reads = 0;
  writes = 0;
  held = new Promise((resolve) => {
    release = resolve;
  });
  engine = createEngine({
    schema,
    createContext: (_caller, share): Context => ({ turn: share.turn, read: createReadLimiter(share), share }),
    introspection: true,
    turns: createTurns(),
    log: createLogger('silent' as 'error', { write: () => {} }),
  });
});

const caller: Caller = {
  actor: 'me',
  requestId: 'r',
  signal: new AbortController().signal,
  principal: localPrincipal(null),
  isGone: () => gone,
};
function prepared(query: string) {
  const operation = engine.prepare({ query });
  if (!('kind' in operation)) throw operation[0]!;
  return operation;
}
const ask = (query: string) => prepared(query).execute(caller);
const codes = async (query: string) => (await ask(query)).errors?.map(({ extensions }) => extensions.code);

describe('a client that left', () => {
  test('causes no more reads', async () => {
    const { errors } = await ask('{ items { value } }');
    expect(reads).toBe(5);
    expect(errors).toHaveLength(15);
    expect(errors![0]!.message).toBe(new GoneError().message);
  });

  test('has its mutation completed', async () => {
    const all = Array.from({ length: 7 }, (_, n) => `w${n}: write { value }`).join(' ');
    expect((await ask(`mutation { ${all} }`)).errors).toBeUndefined();
    expect([writes, reads]).toEqual([7, 7]);
  });
});

describe('the records of a request', () => {
  test('are bounded together', async () => {
    expect(await codes('{ a: record(mb: 40) b: record(mb: 20) }')).toBeUndefined();
    expect(await codes('{ a: record(mb: 40) b: record(mb: 40) }')).toEqual(['RESPONSE_TOO_LARGE']);
  });

  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

  test('are bounded over all requests, and released when these end', async () => {
    const running = Array.from({ length: 4 }, () => ask('{ record(mb: 60) waiting }'));
    await until(() => reads === 4);
    expect(await codes('{ record(mb: 20) }')).toEqual(['RATE_LIMITED']);
    expect(await codes('{ record(mb: 10) }')).toBeUndefined();
    release();
    for (const { errors } of await Promise.all(running)) expect(errors).toBeUndefined();
    expect(await codes('{ record(mb: 20) }')).toBeUndefined();
  });

  test('are released when requests fail, by any of their errors', async () => {
    for (let time = 0; time < 10; time += 1) {
      expect(await codes('{ a: record(mb: 40) b: record(mb: 40) }')).toEqual(['RESPONSE_TOO_LARGE']);
      expect(await codes('{ record(mb: 60) failing }')).toEqual(['INTERNAL']);
    }
    expect(await codes('{ record(mb: 60) }')).toBeUndefined();
  });

  test('hold nothing once their request was answered, though a part of it still runs', async () => {
    // Each is new: a query that was compiled answers when all of it is done.
    for (let time = 0; time < 10; time += 1) expect(await codes(`{ late a${time}: failing }`)).toEqual(['INTERNAL']);
    release();
    await settled();
    expect(await codes('{ record(mb: 60) }')).toBeUndefined();
  });

  test('are bounded for a subscription’s event, and released with each event', async () => {
    const events = await prepared('subscription { events(mb: 60) }').subscribe(caller);
    let count = 0;
    for await (const { errors } of events as AsyncIterable<{ errors?: unknown }>) {
      expect(errors).toBeUndefined();
      count += 1;
    }
    expect(count).toBe(12);
    const large = await prepared('subscription { events(mb: 70) }').subscribe(caller);
    for await (const { errors } of large as AsyncIterable<{ errors?: { extensions: object }[] }>) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'RESPONSE_TOO_LARGE' });
    }
  });

  test('aren’t counted when there is no room for them', () => {
    const share = createRequestBudgets(createTurns()).of({});
    expect(() => share.hold(LIMITS.recordBytes + 1)).toThrow(ReadTooMuchError);
    share.hold(LIMITS.recordBytes);
  });
});

describe('reads of one request', () => {
  test('run eight at a time, also after one that fails', async () => {
    const read = createReadLimiter({ turn: (work) => work(), hold: () => {} });
    const running: { succeed: () => void; fail: () => void }[] = [];
    const all = Array.from({ length: 20 }, () =>
      read(() => new Promise<void>((succeed, fail) => running.push({ succeed, fail: () => fail(new Error('no')) }))),
    );
    const results = Promise.allSettled(all);
    for (let done = 0; done < 20; done += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(running.length - done).toBe(Math.min(8, 20 - done));
      if (done % 2) running[done]!.succeed();
      else running[done]!.fail();
    }
    expect((await results).filter(({ status }) => status === 'rejected')).toHaveLength(10);
  });
});
