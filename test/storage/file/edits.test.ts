import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { Memory } from '../../../src/domain/memory.js';
import { memories, sessions } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { cacheOf, eventually, fileFactory } from '../../support/files/files.js';
import { aMemory, aSession } from '../../support/records.js';

const newId = createIdGenerator();

describe('a document’s file that a person edits', () => {
  const factory = fileFactory({ projectId: newId('project', 'abcdefgh') });
  let place: string;
  let store: Store;
  let memory: Memory;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
    memory = aMemory({ content: 'as it was', metadata: { a: 1 } });
    await store.commit([put(memory)], context());
  });
  afterEach(() => factory.cleanUp());

  const folder = () => join(place, 'memories/2026/01/01');
  const pathOf = ({ id }: { id: string }) => join(folder(), `${id}.json`);
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const stored = async ({ id } = memory) => (await store.collection(memories).get([id]))[0]!;
  const edit = (change: object, { id } = memory) =>
    writeFileSync(pathOf({ id }), JSON.stringify({ ...json(pathOf({ id })), ...change }));
  const atVersion = (version: number) =>
    eventually(
      async () => ((await stored()).version >= version ? stored() : null),
      `the edit was taken as version ${version}`,
    );
  const problem = (text: string) =>
    eventually(async () => {
      const { ok, problems } = await store.health();
      return problems.find((each) => !ok && each.includes(text)) ?? null;
    }, `health reports ${text}`);
  const healthy = () => eventually(async () => (await store.health()).ok || null, 'the store was healthy');
  const reopen = async (change: () => void) => {
    await store.close();
    change();
    store = await factory.open(place);
  };

  it('is a commit by “file edit”, with its system fields kept right', async () => {
    edit({ content: 'as a person wants it', version: 70, createdAt: '2020-02-29T00:00:00Z', deletedAt: null });
    const now = await atVersion(2);
    expect(now).toEqual({ ...memory, content: 'as a person wants it', version: 2, updatedAt: now.updatedAt });
    expect(now.updatedAt > memory.updatedAt).toBe(true);
    const [entry] = await store.log.read(1, 10);
    expect(entry).toMatchObject({ actor: 'file edit', operation: 'UPDATE', version: 2, before: memory });
    expect(readFileSync(pathOf(memory), 'utf8')).toBe(`${JSON.stringify(now, null, 2)}\n`);
  });

  it('has a later time than what was written before, also by a clock that was ahead', async () => {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    await store.commit([put({ ...memory, version: 2, updatedAt: at })], context({ at }));
    edit({ content: 'as a person wants it' });
    const now = await atVersion(3);
    expect(now.updatedAt > at).toBe(true);
    const [entry] = await store.log.read(2, 10);
    expect(entry!.at).toBe(now.updatedAt);
  });

  it('that is new isn’t older than it says', async () => {
    const createdAt = '9999-12-31T23:59:59.999Z';
    const made = aMemory({ createdAt });
    mkdirSync(join(place, 'memories/9999/12/31'), { recursive: true });
    writeFileSync(join(place, 'memories/9999/12/31', `${made.id}.json`), JSON.stringify(made));
    const taken = await eventually(async () => (await store.collection(memories).get([made.id]))[0], 'it was taken');
    expect(taken).toMatchObject({ createdAt, updatedAt: createdAt });
  });

  it('is followed like any commit', async () => {
    const stop = new AbortController();
    const start = await store.log.head();
    const following = (async () => {
      for await (const entries of store.log.follow(start, stop.signal)) return entries;
      return [];
    })();
    edit({ content: 'followed' });
    expect(await following).toMatchObject([{ actor: 'file edit' }]);
    stop.abort();
  });

  it('is taken over when the store is opened', async () => {
    await reopen(() => edit({ content: 'while it was closed' }));
    expect(await stored()).toMatchObject({ version: 2, content: 'while it was closed' });
  });

  it('is no commit when only its formatting changed', async () => {
    const { content, ...rest } = memory;
    const text = JSON.stringify({ content, ...rest });
    await reopen(() => writeFileSync(pathOf(memory), text));
    expect(await stored()).toEqual(memory);
    expect((await store.log.head()).seq).toBe(1);
    expect(readFileSync(pathOf(memory), 'utf8')).toBe(text);
  });

  it('of a session that an earlier version wrote needs none of the fields that came later', async () => {
    const { userId: _, model: __, streamingStatus: ___, activeAt: ____, ...old } = aSession({ key: 'monday' });
    await store.commit([{ kind: 'put', collection: 'sessions', operation: 'CREATE', document: old }], context());
    const path = join(place, 'sessions/2026/01/01', `${old.id}.json`);
    writeFileSync(path, JSON.stringify({ ...json(path), title: 'Monday' }));
    const taken = await eventually(async () => {
      const [session] = await store.collection(sessions).get([old.id]);
      return session?.version === 2 ? session : null;
    }, 'the edit was taken');
    expect(taken).toMatchObject({ title: 'Monday', userId: null, streamingStatus: null, activeAt: null });
  });

  it('goes back to an earlier version when the file does, as a version of its own', async () => {
    const before = readFileSync(pathOf(memory), 'utf8');
    await store.commit([put({ ...memory, version: 2, content: 'newer' })], context());
    writeFileSync(pathOf(memory), before);
    expect(await atVersion(3)).toMatchObject({ version: 3, content: 'as it was' });
  });

  it.each([
    ['isn’t JSON', '{"content": "half', "isn't JSON"],
    ['lacks a field', '{}', 'sessionId'],
    ['has a field of another type', JSON.stringify({ content: 7 }), 'content'],
    ['has a field that nobody knows', JSON.stringify({ contents: 'x' }), 'contents'],
  ])(
    'is left alone and reported when it %s; the rest works, and it is taken over once it is right',
    async (what, text, why) => {
      const right = json(pathOf(memory));
      const broken = what === 'isn’t JSON' || text === '{}' ? text : JSON.stringify({ ...right, ...JSON.parse(text) });
      writeFileSync(pathOf(memory), broken);
      expect(await problem(memory.id)).toContain(why);
      expect(await stored()).toEqual(memory);
      expect(readFileSync(pathOf(memory), 'utf8')).toBe(broken);
      const other = aMemory();
      await store.commit([put(other)], context());
      expect(await stored(other)).toEqual(other);
      writeFileSync(pathOf(memory), JSON.stringify({ ...right, content: 'put right' }));
      expect(await atVersion(2)).toMatchObject({ content: 'put right' });
      await healthy();
    },
  );

  it('is left alone when the cache is rebuilt, too', async () => {
    await reopen(() => {
      writeFileSync(pathOf(memory), '{broken');
      rmSync(dirname(cacheOf(place)), { recursive: true });
    });
    expect(await problem(memory.id)).toContain("isn't JSON");
    expect(readdirSync(folder())).toEqual([`${memory.id}.json`]);
    expect(readFileSync(pathOf(memory), 'utf8')).toBe('{broken');
    expect(await stored()).toEqual(memory);
  });

  it('is left alone when it would take a key that another record has', async () => {
    const [first, second] = [aSession({ key: 'one' }), aSession({ key: 'two' })];
    const create = (document: typeof first) =>
      ({ kind: 'put', collection: 'sessions', operation: 'CREATE', document }) as const;
    await store.commit([create(first), create(second)], context());
    const path = join(place, 'sessions/2026/01/01', `${second.id}.json`);
    writeFileSync(path, JSON.stringify({ ...second, key: 'one' }));
    expect(await problem(second.id)).toContain('the same key');
    expect(await store.collection(sessions).get([second.id])).toEqual([second]);
  });

  it('is taken over though an editor wrote a byte order mark', async () => {
    writeFileSync(pathOf(memory), `\uFEFF${JSON.stringify({ ...memory, content: 'marked' })}`);
    expect(await atVersion(2)).toMatchObject({ content: 'marked' });
  });

  it('is reported in one sentence when another record has its unique key', async () => {
    await store.commit([put(aMemory({ externalId: 'buoy' }))], context());
    const added = aMemory({ externalId: 'buoy' });
    writeFileSync(pathOf(added), JSON.stringify(added));
    expect(await problem("wasn't taken over")).toMatch(/wasn't taken over: Another of the memories .* externalId\.$/);
  });

  it('is no longer a problem once a request has changed the record and the kept file is removed', async () => {
    writeFileSync(pathOf(memory), '{broken');
    await problem("wasn't taken over");
    await store.commit([put({ ...memory, version: 2, content: 'by a request' })], context());
    await problem('holds what somebody wrote');
    for (const name of readdirSync(folder())) if (name.includes('.edited-')) rmSync(join(folder(), name));
    await healthy();
  });

  it('is kept next to the record when a request changes that first', async () => {
    const text = '{"content": "what I was just writ';
    writeFileSync(pathOf(memory), text);
    await store.commit([put({ ...memory, version: 2, content: 'by a request' })], context());
    const kept = readdirSync(folder()).find((name) => name.startsWith(`${memory.id}.json.edited-`));
    expect(readFileSync(join(folder(), kept!), 'utf8')).toBe(text);
    expect(json(pathOf(memory))).toMatchObject({ version: 2, content: 'by a request' });
    await problem(kept!);
    rmSync(join(folder(), kept!));
    await healthy();
  });

  it('comes back when it is removed: only a request deletes', async () => {
    rmSync(pathOf(memory));
    await eventually(() => (readdirSync(folder()).includes(`${memory.id}.json`) ? true : null), 'the file came back');
    expect(json(pathOf(memory))).toEqual(memory);
    await reopen(() => rmSync(pathOf(memory)));
    expect(json(pathOf(memory))).toEqual(memory);
    expect((await store.log.head()).seq).toBe(1);
  });

  it('creates a record when it is new, and moves to the folder of its day', async () => {
    const added = aMemory({ content: 'by hand', version: 9 });
    mkdirSync(join(place, 'memories/new'));
    writeFileSync(join(place, 'memories/new', `${added.id}.json`), JSON.stringify(added));
    const record = await eventually(() => stored(added).then((found) => found ?? null), 'the file became a record');
    expect(record).toMatchObject({ content: 'by hand', version: 1 });
    expect(json(pathOf(added))).toEqual(record);
    expect(readdirSync(join(place, 'memories/new'))).toEqual([]);
    expect(await store.log.read(1, 10)).toMatchObject([{ operation: 'CREATE', actor: 'file edit' }]);
  });

  it('creates no record with an id of another project, of another kind or of a purged record', async () => {
    await store.commit([{ kind: 'remove', collection: 'memories', id: memory.id, version: 1 }], context());
    const [foreign, task] = [newId('memory', 'zzzzzzzz'), newId('task', 'abcdefgh')];
    await reopen(() => {
      mkdirSync(folder(), { recursive: true });
      for (const id of [foreign, task, memory.id])
        writeFileSync(pathOf({ id }), JSON.stringify(aMemory({ id, version: 3 })));
      writeFileSync(join(folder(), 'notes.txt'), 'not a record');
    });
    expect(await store.collection(memories).count()).toBe(0);
    for (const [id, why] of [
      [foreign, 'another project'],
      [task, 'isn’t an id'.replace('’', "'")],
      [memory.id, 'purged'],
    ])
      expect(await problem(id!)).toContain(why);
  });

  it('is not taken over where the project no longer lives', async () => {
    await store.writeManifest({ id: newId('project', 'abcdefgh'), epoch: EPOCH });
    await store.setEpoch(EPOCH, EPOCH + 1);
    edit({ content: 'too late' });
    expect(await problem(memory.id)).toContain('lives elsewhere');
    expect(await stored()).toEqual(memory);
  });

  it('is taken over once where two processes have the folder open', async () => {
    const other = await factory.open(place, undefined, `${place}.other/files.db`);
    edit({ content: 'seen by both' });
    await atVersion(2);
    await other.commit([put(aMemory())], context());
    expect((await other.collection(memories).get([memory.id]))[0]).toMatchObject({ version: 2 });
    expect((await store.log.read(0, 10)).map(({ recordId }) => recordId).filter((id) => id === memory.id)).toHaveLength(
      2,
    );
  });

  it('is taken over when an editor replaces the file by renaming', async () => {
    const draft = join(dirname(pathOf(memory)), '.draft.swp');
    writeFileSync(draft, JSON.stringify({ ...memory, content: 'renamed' }));
    renameSync(draft, pathOf(memory));
    expect(await atVersion(2)).toMatchObject({ content: 'renamed' });
  });
});
