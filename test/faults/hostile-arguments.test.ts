import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StorageMode } from '../../src/domain/project.js';
import { type Api, createApi } from '../support/api.js';
import { cases } from '../support/extent.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';
import {
  argumentsWith,
  isTaken,
  type Place,
  placesOf,
  queryOf,
  REACHED,
  readSchema,
  type Seeds,
  written,
} from '../support/places.js';

/** Every argument of the schema is given what no client should send; a new argument is tried automatically. */
const schema = readSchema(readFileSync('schema.graphql', 'utf8'));
const places = placesOf(schema);

/** A secret in the wrong place: it has what a message's own text has. */
const CANARY = 'mongodb://user:canary@host; at "input.x"; found [y';
const nested = (depth: number): unknown => JSON.parse(`${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`);
const many = <T>(count: number, item: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => item(n));

/** Stands for what `JSON.stringify` can't write. */
const VERY_DEEP = '<very deep>';
const DEEP_TEXT = `${'[{"a":'.repeat(5_000)}1${'}]'.repeat(5_000)}`;

/** What is put into each place, whatever its type. Those that are wrong everywhere hold the canary. */
const HOSTILE: readonly (readonly [name: string, value: unknown])[] = [
  ['a long text', 'x'.repeat(100_000)],
  ['many words', many(20_000, (n) => `word${n}`).join(' ')],
  ['nothing but wildcards', '%_*?"(){}[]^~\\'.repeat(3_000)],
  ['an empty text', ''],
  ['a NUL', 'a\0b'],
  ['half a surrogate pair', 'a\ud800'],
  ['emoji', '👩‍👩‍👧‍👦🏳️‍🌈'],
  ['a pattern that backtracks', '^(a+)+$'.repeat(50)],
  ['SQL', `'; select 1; --`],
  ['null', null],
  ['a huge number', 1e308],
  ['a negative number', -1],
  ['more than 53 bits', 2 ** 53],
  ['a fraction', 0.1],
  ['a list of many texts', many(10_000, (n) => `x${n}`)],
  ['a list of many nulls', many(10_000, () => null)],
  ['lists and objects a bit deep', nested(20)],
  ['lists and objects deep', nested(45)],
  ['lists and objects very deep', VERY_DEEP],
  ['a wide object', Object.fromEntries(many(5_000, (n) => [`k${n}`, n]))],
  ['an object of long keys', { ['k'.repeat(100_000)]: 1 }],
  ['a prototype', JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": 1}}')],
  ['operators', { $where: 'sleep(1000)', $gt: '' }],
  ['a moment after all', '9999-12-31T23:59:59-23:59'],
  ['a moment before all', '0000-01-01T00:00:00+23:59'],
  ['a forged cursor', Buffer.from(JSON.stringify(['x', 'y', null, 1e300])).toString('base64url')],
  ['a cursor of another shape', Buffer.from('[[[[1]]]]').toString('base64url')],
  ['a path', '/proc/self/environ'],
  ['a secret', CANARY],
  ['a secret in a list', [CANARY, [CANARY]]],
  ['a secret in an object', { a: CANARY, [CANARY]: CANARY }],
];
/** What can be written in a query too. */
const WRITTEN: readonly (readonly [name: string, value: unknown])[] = [
  ['a secret, written', CANARY],
  ['a secret in a list, written', [CANARY, 4711]],
  ['a secret in an object, written', { a: CANARY, b: [CANARY] }],
  ['a list of many, written', many(2_000, (n) => n)],
  ['lists a bit deep, written', many(30, () => 0).reduce<unknown>((inner) => [inner], 1)],
];

const modes = cases<StorageMode>(['LOCAL'], ['FILE', 'MONGODB']).filter(
  (mode) => mode !== 'MONGODB' || !mongoUnavailable,
);
const database = freshDatabase();
let data: string;
let server: Running;
let api: Api;
let log = '';
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'mooring-hostile-'));
  const mongodb = { MONGODB_CONNECTION_STRING: mongoUnavailable ? '' : sharedMongo(), MONGODB_DATABASE: database };
  server = await startMooring(data, mongoUnavailable ? {} : mongodb);
  server.process.stdout!.on('data', (part) => {
    log += part;
  });
  api = createApi(server.url);
});
afterAll(async () => {
  await server.stop();
  if (!mongoUnavailable) await dropDatabase(database);
  await rm(data, { recursive: true });
});

/** A project with one of each kind of record, and the dry run of a migration. */
async function prepare(storageMode: StorageMode): Promise<{ readonly [type: string]: string }> {
  const projectId = await api.createProject({ storageMode });
  const made = async (name: string, input: object, noun: string) =>
    (await api.mutate<{ [noun: string]: { id: string } }>(name, input, `${noun} { id }`))[noun]!.id;
  const taskId = await made('createTask', { projectId, title: 'Paint' }, 'task');
  const memory = { projectId, role: 'USER', content: 'It is blue.', sessionId: 'chat', taskId, metadata: { a: 1 } };
  const memoryId = await made('saveMemory', memory, 'memory');
  const stateId = await made('saveState', { ownerId: taskId, key: 'plan', value: [1] }, 'state');
  const migration = { projectId, to: storageMode === 'FILE' ? 'LOCAL' : 'FILE', dryRun: true };
  const migrationId = await made('startMigration', migration, 'migration');
  const { memory: found } = await api.ask<{ memory: { session: { id: string } } }>(
    'query M($id: ID!) { memory(id: $id) { session { id } } }',
    { id: memoryId },
  );
  return {
    ...{ Project: projectId, Task: taskId, Memory: memoryId, State: stateId },
    ...{ Migration: migrationId, Session: found.session.id },
  };
}

/** Valid values of what a field needs besides the place that is tried. A version and a token are never right. */
const seedsOf = (ids: { readonly [type: string]: string }, { field }: Place): Seeds => {
  const kind = Object.keys(ids).find((type) => field.name.endsWith(type)) ?? field.name;
  return {
    id: ids[kind.charAt(0).toUpperCase() + kind.slice(1)] ?? ids.Task,
    projectId: ids.Project,
    ownerId: ids.Task,
    ids: [ids.Task],
    name: 'Another',
    title: 'Another',
    content: 'Another.',
    query: 'blue',
    key: 'plan',
    version: 4_711,
    toVersion: 1,
    token: 'none',
    stage: 'build',
    label: 'here',
    url: 'https://example.org',
    JSON: 1,
    String: 'x',
    ID: ids.Task,
    Int: 1,
    Boolean: false,
  };
};

async function answerTo(query: string, variables: object): Promise<string> {
  const isSubscription = query.startsWith('subscription');
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: isSubscription ? 'text/event-stream' : 'application/json',
    },
    body: JSON.stringify({ query, variables }).replace(JSON.stringify(VERY_DEEP), DEEP_TEXT),
  });
  return response.text();
}

/** What is wrong with an answer; null when nothing is. */
function faultOf(text: string): string | null {
  const codes = [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code!);
  if (codes.some((code) => code === 'INTERNAL' || code.startsWith('STORE_'))) return `fails: ${text.slice(0, 600)}`;
  if (text.includes('canary')) return `repeats a value: ${text.slice(0, 600)}`;
  if (text.includes(data) || text.includes(process.cwd())) return `tells a path: ${text.slice(0, 600)}`;
  if (text.includes('"errors"') && !/"hint":"[^"]/.test(text)) return `has no hint: ${text.slice(0, 600)}`;
  return null;
}

/**
 * Every value at every place in a full run; else every third, each place beginning with another than the one
 * before. So each place has one of the secrets as a variable, and one that is written.
 */
const isTried = (value: number, place: number) => cases([0], [1, 2]).includes((value + place) % 3);

async function tryAll(ids: { readonly [type: string]: string }, place: Place, mode: StorageMode) {
  const { field, parent } = place;
  const node = { nodeId: ids[parent] };
  const args = (value: unknown) => argumentsWith(place, value, seedsOf(ids, place));
  // A subscription without this argument never ends.
  const fits = ([, value]: readonly [string, unknown]) => parent !== 'Subscription' || value !== null;
  // What GraphQL itself refuses reaches no store: one mode is enough.
  const isEverything = mode === 'LOCAL';
  const values = isEverything ? HOSTILE : HOSTILE.filter(([, value]) => isTaken(place, value));
  const tries = [
    ...values
      .filter((_, n) => isTried(n, places.indexOf(place)))
      .filter(fits)
      .map(([name, value]) => ({
        name,
        ask: () => answerTo(queryOf(schema, place), { ...args(value), ...node }),
      })),
    ...(isEverything ? WRITTEN : [])
      .filter((_, n) => isTried(n, places.indexOf(place)))
      .filter(fits)
      .map(([name, value]) => ({
        name,
        ask: () => answerTo(queryOf(schema, place, written(args(value), field.args)), node),
      })),
  ];
  const faults = await Promise.all(
    tries.map(async ({ name, ask }) => {
      const fault = faultOf(await ask());
      return fault && `${place.name} with ${name} ${fault}`;
    }),
  );
  return faults.filter((fault) => fault !== null);
}

it('every type whose fields take arguments can be reached', () => {
  const nodes = schema.getPossibleTypes(schema.getType('Node') as never).map(({ name }) => name);
  const reached = new Set([...REACHED, ...nodes]);
  expect(places.filter(({ parent }) => !reached.has(parent)).map(({ name }) => name)).toEqual([]);
  expect(places.length).toBeGreaterThan(300);
});

describe.each(modes)('with a project in %s', (mode) => {
  it('each argument accepts or refuses whatever is sent, and quotes none of it', async () => {
    const ids = await prepare(mode);
    const faults: string[] = [];
    for (const place of places) faults.push(...(await tryAll(ids, place, mode)));
    expect(faults).toEqual([]);
    expect(log.match(/.{0,200}canary/)).toBeNull();
    expect(log.split('\n').filter((line) => /"level":[56]0/.test(line))).toEqual([]);
  });
});
