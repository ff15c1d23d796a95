import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { RecordBase } from '../../../src/domain/record.js';
import { memories, sessions, states, tasks } from '../../../src/storage/collections.js';
import { MOST_BYTES } from '../../../src/storage/file/documents/documents.js';
import type { CollectionSpec, Store } from '../../../src/storage/store.js';
import { context, EPOCH } from '../../contract/store.js';
import { cacheOf, fileFactory, NEVER_SCANNING } from '../../support/files/files.js';
import { AT, aMemory, aSession, aTask } from '../../support/records.js';

const newId = createIdGenerator();
const KEY = 'abcdefgh';
const RECORDS = {
  memories: aMemory({ content: 'as it was', metadata: { a: 1 }, taskId: newId('task', KEY) }),
  sessions: aSession({ key: 'monday', title: 'Monday' }),
  tasks: aTask({
    title: 'a task',
    priority: 'LOW',
    stageResults: [{ stage: 's', status: 'ok', output: { b: 1 }, at: AT }],
    estimatedHours: 1.5,
  }),
  states: {
    id: newId('state', KEY),
    version: 1,
    createdAt: AT,
    updatedAt: AT,
    deletedAt: null,
    externalId: null,
    ownerId: newId('project', KEY),
    key: 'plan',
    value: { steps: [1] },
  },
} as const;
type Noun = keyof typeof RECORDS;

/** The text of a record's file with a part of it replaced. */
const withText = (noun: Noun, from: string | RegExp, to: string): Buffer => {
  const text = JSON.stringify(RECORDS[noun]);
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`${from} isn't in ${text}`);
  return Buffer.from(changed);
};
const withField = (noun: Noun, field: string, value: unknown): Buffer =>
  Buffer.from(JSON.stringify({ ...RECORDS[noun], [field]: value }));
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
const latin1 = (noun: Noun, from: string, to: string): Buffer =>
  Buffer.from(withText(noun, from, to).toString(), 'latin1');

/** What no request could have written, and what must be reported about it. */
const WRONG: readonly (readonly [what: string, noun: Noun, bytes: Buffer, why: string])[] = [
  ['é in ISO-8859-1', 'memories', latin1('memories', 'as it was', 'caf\xe9'), "isn't UTF-8"],
  ['a slash in two bytes', 'tasks', latin1('tasks', 'a task', '\xc0\xaf'), "isn't UTF-8"],
  ['half a surrogate pair in bytes', 'states', latin1('states', 'plan', '\xed\xa0\x80'), "isn't UTF-8"],
  ['UTF-16', 'sessions', Buffer.from(`\uFEFF${JSON.stringify(RECORDS.sessions)}`, 'utf16le'), "isn't UTF-8"],
  ['UTF-16 without a mark', 'memories', Buffer.from(JSON.stringify(RECORDS.memories), 'utf16le'), "isn't JSON"],
  ['30 February', 'memories', withField('memories', 'occurredAt', '2026-02-30T09:30:00.000Z'), 'occurredAt isn'],
  ['29 February 2025', 'sessions', withField('sessions', 'startedAt', '2025-02-29T09:30:00.000Z'), 'startedAt isn'],
  ['a time that isn’t one', 'tasks', withField('tasks', 'completedAt', 'yesterday'), 'completedAt isn'],
  ['a time of the system that isn’t one', 'tasks', withField('tasks', 'createdAt', 'long ago'), 'createdAt isn'],
  ['a version that isn’t one', 'memories', withField('memories', 'version', 'seven'), 'version must be a number'],
  ['a version before the first', 'memories', withField('memories', 'version', 0), 'version must be at least 1'],
  ['a name that is too long', 'memories', withField('memories', 'externalId', 'x'.repeat(257)), 'externalId has 257'],
  ['what isn’t an id', 'memories', withField('memories', 'taskId', 'not an id'), "taskId isn't an id"],
  ['the id of another kind', 'memories', withField('memories', 'taskId', RECORDS.memories.id), 'taskId is the id of a'],
  ['an owner that can’t be one', 'states', withField('states', 'ownerId', RECORDS.memories.id), 'ownerId is the id'],
  [
    'a task of another project',
    'tasks',
    withField('tasks', 'dependsOn', [newId('task', 'zzzzzzzz')]),
    'another project',
  ],
  ['the task of another', 'memories', withField('memories', 'taskId', newId('task', 'zzzzzzzz')), 'another project'],
  ['an owner elsewhere', 'states', withField('states', 'ownerId', newId('project', 'zzzzzzzz')), 'another project'],
  ['a task that waits for itself', 'tasks', withField('tasks', 'dependsOn', [RECORDS.tasks.id]), 'the record itself'],
  [
    'a tool in another role',
    'memories',
    withField('memories', 'toolName', 'grep'),
    'toolName is only for the role TOOL',
  ],
  ['a kind that isn’t one', 'memories', withField('memories', 'kind', 'RULE'), "kind isn't one of"],
  [
    'a reference to itself',
    'memories',
    withField('memories', 'references', [RECORDS.memories.id]),
    'references.0 names the record itself',
  ],
  [
    'the memory of another project',
    'memories',
    withField('memories', 'supersedes', newId('memory', 'zzzzzzzz')),
    'another project',
  ],
  ['an id among others', 'tasks', withField('tasks', 'dependsOn', ['x']), "dependsOn.0 isn't an id"],
  ['an empty content', 'memories', withField('memories', 'content', ''), 'content is empty'],
  ['a blank title', 'tasks', withField('tasks', 'title', ' '), 'title is empty'],
  ['an empty key', 'sessions', withField('sessions', 'key', ''), 'key is empty'],
  ['NUL', 'memories', withField('memories', 'content', 'a\0b'), 'content contains a NUL'],
  ['NUL in an object', 'states', withField('states', 'value', { a: ['\0'] }), 'value contains a NUL'],
  ['half a surrogate pair', 'memories', withText('memories', 'as it was', 'cut \\ud83d'), 'content contains half'],
  [
    'half a pair as a key',
    'sessions',
    withText('sessions', '"metadata":{}', '"metadata":{"\\udc00":1}'),
    'metadata has',
  ],
  ['__proto__', 'memories', withText('memories', '{"a":1}', '{"a":{"__proto__":{"b":1}}}'), 'a.__proto__'],
  ['__proto__ as a field', 'tasks', withText('tasks', '"title"', '"__proto__":{"b":1},"title"'), 'unknown: __proto__'],
  ['constructor', 'states', withField('states', 'value', { constructor: 1 }), 'constructor'],
  ['JSON 33 deep', 'states', withField('states', 'value', deep(33)), 'more than 32 deep'],
  ['an output 33 deep', 'tasks', withText('tasks', '{"b":1}', JSON.stringify(deep(33))), 'output is nested'],
  [
    'JSON ten thousand deep',
    'states',
    withText('states', '[1]', `${'['.repeat(1e4)}${']'.repeat(1e4)}`),
    'deep in each',
  ],
  [
    'a text that is too long',
    'memories',
    withField('memories', 'content', 'x'.repeat(1_048_577)),
    'content has 1048577',
  ],
  ['a title that is too long', 'tasks', withField('tasks', 'title', 'x'.repeat(501)), 'title has 501 characters'],
  [
    'metadata that are too large',
    'sessions',
    withField('sessions', 'metadata', { a: 'x'.repeat(262_144) }),
    'metadata has',
  ],
  ['another streaming', 'sessions', withField('sessions', 'streamingStatus', 'yes'), "streamingStatus isn't one of"],
  [
    'a time of activity that isn’t one',
    'sessions',
    withField('sessions', 'activeAt', 'now'),
    "activeAt isn't a moment",
  ],
  ['another role', 'memories', withField('memories', 'role', 'ROBOT'), "role isn't one of USER"],
  ['another status', 'tasks', withField('tasks', 'status', 'done'), "status isn't one of BACKLOG"],
  ['a field that there is not', 'sessions', withField('sessions', 'titel', 'x'), 'unknown: titel'],
  ['a field as long as a book', 'tasks', withField('tasks', 'x'.repeat(1_000_000), 1), 'a field that is unknown'],
  ['a field of control characters', 'tasks', withField('tasks', '\u001b[2J\n', 1), 'a field that is unknown'],
  [
    'an unknown field inside',
    'tasks',
    withText('tasks', '"stage":', '"stag":1,"stage":'),
    'stageResults.0 has a field',
  ],
  [
    'a script for an address',
    'tasks',
    withField('tasks', 'testingUrls', [{ label: 'x', url: 'javascript:1' }]),
    'web address',
  ],
  ['fewer than no hours', 'tasks', withField('tasks', 'estimatedHours', -1), 'estimatedHours must be at least 0'],
  ['hours without end', 'tasks', withText('tasks', '1.5', '1e400'), 'estimatedHours is 1e400, which is too large'],
  ['many digits', 'memories', withText('memories', '{"a":1}', '{"a":[1234567890123456789]}'), '1234567890123456789'],
  [
    'almost nothing',
    'states',
    withText('states', '[1]', '[1e-400]'),
    'value has, at steps.0, 1e-400, which is too small',
  ],
  ['a key twice', 'memories', withText('memories', '{"a":1}', '{"a":1,"\\u0061":2}'), 'a key twice, "a"'],
  ['a field twice', 'tasks', withText('tasks', '"title"', '"title":"another","title"'), 'a key twice, "title"'],
  [
    'a key twice as long as a book',
    'states',
    withText('states', '[1]', `{"${'k'.repeat(1e6)}":1,"${'k'.repeat(1e6)}":2}`),
    'twice',
  ],
  ['control characters', 'memories', withText('memories', 'as it was', '\u001b[2J\r\n'), "isn't JSON"],
  [
    'a key of control characters twice',
    'states',
    withText('states', '[1]', '{"\\u001b\\u202e":1,"\\u001b\\u202e":2}'),
    'twice',
  ],
];

const KINDS = { memories: 'memory', sessions: 'session', tasks: 'task', states: 'state' } as const;
const COLLECTIONS: { readonly [N in Noun]: CollectionSpec<RecordBase> } = {
  memories,
  sessions,
  tasks,
  states,
} as never;

/** Each of them in the file of a record of its own. */
const CASES = WRONG.map(([what, noun, bytes, why]) => {
  const id = newId(KINDS[noun], KEY);
  const record = { ...RECORDS[noun], id, ...((noun === 'sessions' || noun === 'states') && { key: id }) } as RecordBase;
  const replaced = [
    [RECORDS[noun].id, id],
    ['monday', id],
  ].reduce((text, [from, to]) => renamed(text, from!, to!), bytes.toString('latin1'));
  return { what, noun, why, id, record, bytes: Buffer.from(replaced, 'latin1') };
});

describe('a file with content that no request could write', () => {
  const factory = fileFactory({ projectId: newId('project', KEY), ...NEVER_SCANNING });
  let place: string;
  let store: Store;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
  });
  afterEach(() => factory.cleanUp());

  const create = (collection: string, document: RecordBase) =>
    ({ kind: 'put', collection, operation: 'CREATE', document }) as const;
  const update = (document: typeof RECORDS.memories) =>
    store.commit([{ kind: 'put', collection: 'memories', operation: 'UPDATE', document }], context());
  const saveAll = () =>
    store.commit(
      CASES.map(({ noun, record }) => create(noun, record)),
      context(),
    );
  const pathOf = (noun: Noun, id: string = RECORDS[noun].id) => join(place, noun, '2026/01/01', `${id}.json`);
  const stored = async (noun: Noun, id: string = RECORDS[noun].id) =>
    (await store.collection(COLLECTIONS[noun]).get([id]))[0];
  const writeAll = () => {
    for (const { noun, id, bytes } of CASES) {
      mkdirSync(dirname(pathOf(noun, id)), { recursive: true });
      writeFileSync(pathOf(noun, id), bytes);
    }
  };

  const expectTold = (problems: readonly string[], id: string, why: string, what: string) => {
    const [problem = '', ...others] = problems.filter((each) => each.includes(id));
    expect(others, what).toEqual([]);
    expect(problem, what).toContain(`wasn't taken over: `);
    expect(problem, what).toContain(why);
    expect(problem.length, what).toBeLessThan(1_000);
    expect(problem, what).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  };
  /** The files are as they were written, each is reported, and the records are these. */
  const expectLeftAlone = async (recordOf: (each: (typeof CASES)[number]) => RecordBase | null) => {
    const { problems } = await store.health();
    for (const each of CASES) {
      const { what, noun, id, bytes, why } = each;
      expectTold(problems, id, why, what);
      expect(readFileSync(pathOf(noun, id)).equals(bytes), what).toBe(true);
      expect(await stored(noun, id), what).toEqual(recordOf(each));
    }
    expect(problems).toHaveLength(CASES.length);
    for (const noun of Object.keys(RECORDS) as Noun[])
      expect(readdirSync(dirname(pathOf(noun))).filter((name) => name.includes('.edited-'))).toEqual([]);
  };

  it('is left alone and reported, and its record stays as it was', async () => {
    await saveAll();
    writeAll();
    await expectLeftAlone(({ record }) => record);
    expect((await store.log.head()).seq).toBe(CASES.length);
  });

  it.each([
    ['', () => undefined],
    [' without its cache', () => rmSync(dirname(cacheOf(place)), { recursive: true })],
  ])('is left alone when the store is opened%s', async (_how, change) => {
    await saveAll();
    await store.close();
    writeAll();
    change();
    store = await factory.open(place);
    await expectLeftAlone(({ record }) => record);
    expect((await store.log.head()).seq).toBe(CASES.length);
  });

  it('creates no record when it is new', async () => {
    writeAll();
    await expectLeftAlone(() => null);
    expect((await store.log.head()).seq).toBe(0);
  });

  it('is not taken over when the log was lost', async () => {
    await saveAll();
    await store.close();
    writeAll();
    rmSync(dirname(cacheOf(place)), { recursive: true });
    for (const name of readdirSync(join(place, 'log'))) rmSync(join(place, 'log', name));
    store = await factory.open(place);
    const { problems } = await store.health();
    for (const { what, noun, id, bytes } of CASES) {
      expect(
        problems.some((each) => each.includes(id) && each.includes("wasn't taken over")),
        what,
      ).toBe(true);
      expect(readFileSync(pathOf(noun, id)).equals(bytes), what).toBe(true);
      expect(await stored(noun, id), what).toBeNull();
    }
  });

  it('is left alone when it is too large to be read, and all else is scanned', async () => {
    const { memories, states, tasks } = RECORDS;
    await store.commit(
      Object.entries({ memories, states, tasks }).map(([noun, document]) => create(noun, document as RecordBase)),
      context(),
    );
    const problem = `${memories.id}.json has more than 64 MB`;
    const expectServed = async (value: number) => {
      for (const noun of ['tasks', 'states'] as const) {
        const field = noun === 'tasks' ? 'estimatedHours' : 'value';
        writeFileSync(pathOf(noun), JSON.stringify({ ...RECORDS[noun], version: value, [field]: value }));
      }
      expect((await store.health()).problems).toEqual([expect.stringContaining(problem)]);
      expect(await stored('tasks')).toMatchObject({ estimatedHours: value });
      expect(await stored('states')).toMatchObject({ value });
      expect(await stored('memories')).toEqual(memories);
      expect(statSync(pathOf('memories')).size).toBe(MOST_BYTES + 1);
    };
    truncateSync(pathOf('memories'), MOST_BYTES + 1);
    await expectServed(2);
    await store.close();
    rmSync(dirname(cacheOf(place)), { recursive: true });
    store = await factory.open(place);
    await expectServed(3);
  });

  it('is kept byte by byte next to the record that a request writes', async () => {
    await store.commit([create('memories', RECORDS.memories)], context());
    const [, , bytes] = WRONG[0]!;
    writeFileSync(pathOf('memories'), bytes);
    const document = { ...RECORDS.memories, version: 2, content: 'caf\uFFFD' };
    await update(document);
    const kept = readdirSync(dirname(pathOf('memories'))).find((name) => name.includes('.edited-'));
    expect(readFileSync(join(dirname(pathOf('memories')), kept!)).equals(bytes)).toBe(true);
    expect(await stored('memories')).toEqual(document);
  });

  it('is reported even if it decodes to the stored text with replaced bytes', async () => {
    await store.commit([create('memories', RECORDS.memories)], context());
    const document = { ...RECORDS.memories, version: 2, content: 'caf\uFFFD' };
    await update(document);
    const right = readFileSync(pathOf('memories')).toString('latin1');
    const wrong = Buffer.from(right.replace('\xef\xbf\xbd', '\xe9'), 'latin1');
    writeFileSync(pathOf('memories'), wrong);
    expectTold((await store.health()).problems, document.id, "isn't UTF-8", 'U+FFFD');
    expect(readFileSync(pathOf('memories')).equals(wrong)).toBe(true);
    expect(await stored('memories')).toEqual(document);
  });

  it('is not one that lacks fields, as an earlier version wrote it', async () => {
    const { kind, pinned, toolName, toolCallId, references, supersedes, ...older } = RECORDS.memories;
    await store.commit([create('memories', older)], context());
    writeFileSync(pathOf('memories'), JSON.stringify({ ...older, content: 'as it is' }));
    expect((await store.health()).problems).toEqual([]);
    const defaults = { kind, pinned, toolName, toolCallId, references, supersedes };
    expect(await stored('memories')).toMatchObject({ ...defaults, content: 'as it is', version: 2 });
    const text = readFileSync(pathOf('memories'), 'utf8');
    writeFileSync(pathOf('memories'), text.replace('"kind": "MESSAGE"', '"kind": "DECISION"'));
    expect((await store.health()).problems).toEqual([]);
    expect(await stored('memories')).toMatchObject({ kind: 'DECISION', version: 3 });
  });

  it('is not one whose values a request would normalize', async () => {
    await store.commit([create('tasks', RECORDS.tasks as RecordBase)], context());
    const done = { status: 'DONE', completedAt: '2026-01-31T10:30:00+01:00' };
    const written = { ...RECORDS.tasks, title: '  mended ', ...done };
    writeFileSync(pathOf('tasks'), JSON.stringify(written));
    expect((await store.health()).problems).toEqual([]);
    const completedAt = '2026-01-31T09:30:00.000Z';
    expect(await stored('tasks')).toMatchObject({ title: 'mended', completedAt, version: 2 });
  });
});

describe('a field that only rules set', () => {
  const factory = fileFactory({ projectId: newId('project', KEY), ...NEVER_SCANNING });
  afterEach(() => factory.cleanUp());

  it('is set by them when its file is edited, too', async () => {
    const place = await factory.place();
    const store = await factory.open(place, EPOCH);
    const write = (noun: Noun, change: object) => {
      const path = join(place, noun, '2026/01/01', `${RECORDS[noun].id}.json`);
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
      return store.health();
    };
    await store.commit(
      (['memories', 'tasks'] as const).map((collection) => ({
        ...{ kind: 'put', collection, operation: 'CREATE', document: RECORDS[collection] as RecordBase },
      })),
      context(),
    );
    await write('tasks', { status: 'DONE' });
    const [done] = await store.collection(tasks).get([RECORDS.tasks.id]);
    expect(done).toMatchObject({ version: 2, status: 'DONE', completedAt: done!.updatedAt });
    await write('tasks', { status: 'BLOCKED' });
    expect((await store.collection(tasks).get([RECORDS.tasks.id]))[0]).toMatchObject({ version: 3, completedAt: null });
    const claim = { agent: 'eve', expiresAt: '2099-01-01T00:00:00.000Z', status: 'BACKLOG' };
    await write('tasks', { title: 'mended', status: 'TESTING', claim, claimToken: 7 });
    expect((await store.collection(tasks).get([RECORDS.tasks.id]))[0]).toMatchObject({
      ...{ version: 4, title: 'mended', claim: null, claimToken: 0 },
    });
    await write('memories', { content: 'mended', deletedWith: RECORDS.sessions.id });
    const [mended] = await store.collection(memories).get([RECORDS.memories.id]);
    expect(mended).toMatchObject({ version: 2, content: 'mended', deletedWith: null });
  });
});

/** A text of UTF-8 or UTF-16, given as Latin-1, with a word replaced wherever it is. */
function renamed(text: string, from: string, to: string): string {
  const wide = (each: string) => Buffer.from(each, 'utf16le').toString('latin1');
  return text.replaceAll(from, to).replaceAll(wide(from), wide(to));
}
