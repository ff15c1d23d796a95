import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../../src/domain/memory.js';
import { memories } from '../../../src/storage/collections.js';
import { createFileStore } from '../../../src/storage/file/store.js';
import { createFileWriter } from '../../../src/storage/file/writer.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put, STORE_COLLECTIONS } from '../../contract/store.js';
import { cacheOf, fileFactory } from '../../support/files/files.js';
import { AT, aMemory, aSession } from '../../support/records.js';

describe('a file store’s folder', () => {
  const factory = fileFactory();
  let place: string;
  let store: Store;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
  });
  afterEach(() => factory.cleanUp());

  const save = (...documents: Memory[]) =>
    store.commit(
      documents.map((document) => put(document)),
      context(),
    );
  const stored = async (id: string) => (await store.collection(memories).get([id]))[0];
  const pathOf = ({ id }: { id: string }) => join(place, 'memories/2026/01/01', `${id}.json`);
  const logPath = () => join(place, 'log/current.jsonl');
  const logLines = () => readFileSync(logPath(), 'utf8').split('\n').slice(0, -1);
  const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
  const reopen = async (change: () => void = () => {}) => {
    await store.close();
    change();
    store = await factory.open(place);
  };
  const dropCache = () => rmSync(dirname(cacheOf(place)), { recursive: true });
  const folderHolds = (text: string) =>
    [place, dirname(cacheOf(place))].some((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text)),
    );

  describe('its content', () => {
    it('is a file for each record, as a person reads it, by the day of its creation', async () => {
      const memory = aMemory({ content: 'plain', metadata: { b: 1, a: 2 } });
      await save(memory);
      const text = readFileSync(pathOf(memory), 'utf8');
      expect(JSON.parse(text)).toEqual(memory);
      expect(text).toBe(`${JSON.stringify(memory, null, 2)}\n`);
    });

    it('has the fields in the same order, whatever the order they came in', async () => {
      const memory = aMemory();
      const { id, ...rest } = memory;
      await save({ ...rest, id } as Memory);
      expect(Object.keys(json(pathOf(memory)))).toEqual(Object.keys(memory));
    });

    it('is a log with a line for each commit: who, when, before and after', async () => {
      const memory = aMemory();
      await save(memory);
      await store.commit([put({ ...memory, version: 2, content: 'new' })], context({ actor: 'ada' }));
      const line = JSON.parse(logLines().at(-1)!);
      expect(line).toMatchObject({ kind: 'commit', actor: 'ada', at: AT });
      expect(line.entries).toMatchObject([{ seq: 2, version: 2, before: memory, after: { content: 'new' } }]);
    });

    it('is an index for each collection, of what lists filter and order by', async () => {
      const [first, second] = [aMemory({ sessionId: 'chat' }), aMemory({ deletedAt: AT })];
      await save(first, second);
      await store.close();
      expect(json(join(place, 'memories/_index.json'))).toMatchObject({
        version: 2,
        count: 2,
        items: {
          [first.id]: { path: `2026/01/01/${first.id}.json`, createdAt: AT, updatedAt: AT, sessionId: 'chat' },
          [second.id]: { deletedAt: AT },
        },
      });
    });

    it('is the epoch and the project’s record', async () => {
      await store.writeManifest({ name: 'Kestrel' });
      await store.setEpoch(EPOCH, 5);
      expect(json(join(place, 'project.json'))).toEqual({ name: 'Kestrel' });
      expect(json(join(place, 'head.json'))).toMatchObject({ epoch: 5, floor: 0 });
    });

    it('is nothing of a purged record, not even in its cache', async () => {
      const memory = aMemory({ content: 'the word xylophonic is only here' });
      await save(memory);
      await store.commit([put({ ...memory, version: 2, content: 'xylophonic again' })], context());
      expect(folderHolds('xylophonic')).toBe(true);
      await store.commit([{ kind: 'remove', collection: 'memories', id: memory.id, version: 2 }], context());
      expect(folderHolds('xylophonic')).toBe(false);
    });

    it('is no image older than the log’s floor, but every record as it is now', async () => {
      const memory = aMemory({ content: 'first wording' });
      await save(memory, aMemory());
      await store.commit([put({ ...memory, version: 2, content: 'second wording' })], context());
      await store.trimLog('2027-01-01T00:00:00.000Z');
      expect(readFileSync(logPath(), 'utf8')).not.toContain('first wording');
      await reopen(() => {
        dropCache();
        rmSync(pathOf(memory));
      });
      expect(await stored(memory.id)).toMatchObject({ version: 2, content: 'second wording' });
      expect((await store.log.head()).floor).toBe(3);
      expect((await store.health()).problems).toEqual([]);
    });
  });

  it('has its log in parts when it is large, each of which can be read, erased from and followed', async () => {
    const other = await factory.open(place, undefined, `${place}.other/files.db`);
    const all = Array.from({ length: 12 }, (_, n) => aMemory({ content: `part ${n} ${'x'.repeat(1_000_000)}` }));
    for (const memory of all) await save(memory);
    expect(readdirSync(join(place, 'log'))).toEqual(['000000000001-000000000010.jsonl', 'current.jsonl']);
    expect((await other.log.head()).seq).toBe(12);
    await store.commit([{ kind: 'remove', collection: 'memories', id: all[2]!.id, version: 1 }], context());
    expect(folderHolds('part 2 ')).toBe(false);
    expect(await other.collection(memories).count()).toBe(11);
    await other.commit([put(aMemory())], context());
    expect(await store.collection(memories).count()).toBe(12);
    await reopen(dropCache);
    expect((await store.log.head()).seq).toBe(14);
    expect(await store.collection(memories).count()).toBe(12);
    expect(await store.health()).toEqual({ ok: true, problems: [] });
    await reopen(() => rmSync(join(place, 'log/000000000001-000000000010.jsonl')));
    expect(await stored(all[0]!.id)).toEqual(all[0]);
    expect((await store.health()).problems.join()).toContain('the commits 1 to 10 is missing');
  });

  it('is not recreated when it is missing', async () => {
    await expect(factory.open(join(place, 'gone'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining("doesn't exist"),
    });
  });

  describe('is repaired when it is opened', () => {
    const all: Memory[] = [];
    beforeEach(async () => {
      all.splice(0, all.length, ...Array.from({ length: 20 }, (_, n) => aMemory({ content: `note ${n}` })));
      await save(...all);
      await store.commit([put({ ...all[0]!, version: 2, content: 'changed' })], context());
      all[0] = { ...all[0]!, version: 2, content: 'changed' };
    });
    const expectAll = async () => {
      expect(await store.scan(memories, null, 100)).toEqual([...all].sort((a, b) => (a.id < b.id ? -1 : 1)));
      for (const memory of all) expect(json(pathOf(memory))).toEqual(memory);
      expect((await store.log.list({ recordId: all[0]!.id, direction: 'ASC', limit: 9 })).items).toMatchObject([
        { entry: { seq: 1, operation: 'CREATE' }, after: { content: 'note 0' } },
        { entry: { seq: 21, operation: 'UPDATE' }, after: { content: 'changed' } },
      ]);
      await save(aMemory());
      expect((await store.log.head()).seq).toBe(22);
    };

    const index = () => join(place, 'memories/_index.json');
    it.each<[string, () => void]>([
      ['without its cache', dropCache],
      ['without its cache and index', () => [dropCache(), rmSync(index())]],
      ['with an index that is garbage', () => [dropCache(), writeFileSync(index(), '{"version": tru')]],
      ['with a cache that is garbage', () => writeFileSync(cacheOf(place), Buffer.alloc(9_000, 0x5a))],
      ['with a cache that is empty', () => writeFileSync(cacheOf(place), '')],
      ['without documents', () => rmSync(join(place, 'memories'), { recursive: true })],
      ['without documents and cache', () => [dropCache(), rmSync(join(place, 'memories'), { recursive: true })]],
      ['with an empty document', () => writeFileSync(pathOf(all[3]!), '')],
      [
        'with a document from before its last commit',
        () =>
          writeFileSync(
            pathOf(all[0]!),
            readFileSync(pathOf(all[0]!), 'utf8').replace('changed', 'note 0').replace(': 2', ': 1'),
          ),
      ],
      ['without its head', () => rmSync(join(place, 'head.json'))],
      ['with a commit that was written half', () => appendFileSync(logPath(), logLines().at(-1)!.slice(0, 80))],
    ])('%s', async (_, damage) => {
      await reopen(() => void damage());
      await expectAll();
      expect((await store.health()).problems).toEqual([]);
    });

    it('with a byte changed in its cache', async () => {
      await reopen(() => {
        const bytes = readFileSync(cacheOf(place));
        bytes[bytes.indexOf('note 7')] = 0x4e;
        writeFileSync(cacheOf(place), bytes);
      });
      await expectAll();
    });

    it('with a cache of another store', async () => {
      const other = await factory.place();
      await (await factory.open(other, EPOCH)).close();
      await reopen(() => writeFileSync(cacheOf(place), readFileSync(cacheOf(other))));
      await expectAll();
    });

    it('from its documents where a line of the log is damaged, and says which', async () => {
      await reopen(() => {
        dropCache();
        const lines = logLines();
        lines[1] = lines[1]!.replace('note 5', 'nota 5');
        writeFileSync(logPath(), `${lines.join('\n')}\n`);
      });
      expect(await store.scan(memories, null, 100)).toHaveLength(20);
      expect(await stored(all[5]!.id)).toEqual(all[5]);
      expect(await stored(all[0]!.id)).toEqual(all[0]);
      const { ok, problems } = await store.health();
      expect(ok).toBe(false);
      expect(problems.join()).toContain('line 2 of log/current.jsonl');
      await store.commit([put({ ...all[5]!, version: 2 })], context());
    });

    it('from its documents when the log was cut, and says so', async () => {
      await reopen(() => {
        dropCache();
        const lines = logLines();
        truncateSync(logPath(), Buffer.byteLength(`${lines[0]}\n`));
      });
      expect(await store.scan(memories, null, 100)).toEqual([...all].sort((a, b) => (a.id < b.id ? -1 : 1)));
      expect((await store.health()).problems.join()).toContain('ends with commit 1');
      expect((await save(aMemory())).seq).toBe(22);
    });

    it('and reports a record whose file is missing', async () => {
      await reopen(() => {
        dropCache();
        writeFileSync(logPath(), '');
        rmSync(pathOf(all[4]!));
      });
      expect(await store.collection(memories).count()).toBe(19);
      expect((await store.health()).problems.join()).toContain(all[4]!.id);
    });
  });

  it('continues when its cache is removed under it', async () => {
    const memory = aMemory();
    await save(memory);
    dropCache();
    await save(aMemory());
    expect(await stored(memory.id)).toEqual(memory);
    expect(await store.collection(memories).count()).toBe(2);
    const other = await factory.open(place, undefined, `${place}.other/files.db`);
    await other.commit([put(aMemory())], context());
    expect(await store.collection(memories).count()).toBe(3);
    expect(await store.health()).toEqual({ ok: true, problems: [] });
    await reopen();
    expect(await store.collection(memories).count()).toBe(3);
  });

  describe.runIf(existsSync('/proc/self/fd'))('leaves no file open', () => {
    const opened = () =>
      readdirSync('/proc/self/fd').flatMap((file) => {
        try {
          const path = readlinkSync(join('/proc/self/fd', file));
          return path.startsWith(place) || path.startsWith(dirname(cacheOf(place))) ? [path] : [];
        } catch {
          return [];
        }
      });

    it('when it can’t be opened', async () => {
      await save(aMemory());
      await store.close();
      rmSync(dirname(cacheOf(place)), { recursive: true });
      mkdirSync(join(cacheOf(place), 'unexpected'), { recursive: true });
      // The thread of the folders continues: others are open in it.
      const writer = createFileWriter();
      const paths = { folder: place, cache: cacheOf(place) };
      const opening = createFileStore({ ...paths, collections: STORE_COLLECTIONS, writer });
      await expect(opening).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(opened()).toEqual([]);
      await writer.close();
      rmSync(cacheOf(place), { recursive: true });
      store = await factory.open(place);
      expect(await store.collection(memories).count()).toBe(1);
    });

    it('when it is closed while a read waits for a cache that is being rebuilt', async () => {
      await save(aMemory());
      const other = await factory.open(place, undefined, `${place}.other/files.db`);
      dropCache();
      await other.commit([put(aMemory())], context());
      const waiting = expect(store.collection(memories).count()).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining('is closed'),
      });
      const end = await other.log.head();
      const following = (async () => {
        for await (const _ of store.log.follow(end, new AbortController().signal));
        return 'ended';
      })();
      const closing = store.close();
      await waiting;
      expect(await following).toBe('ended');
      await closing;
      await other.close();
      expect(opened()).toEqual([]);
    });
  });

  it('may have caches in several places, each with all that was committed', async () => {
    const memory = aMemory();
    await save(memory);
    await store.commit(
      [{ kind: 'put', collection: 'sessions', operation: 'CREATE', document: aSession({ key: 'chat' }) }],
      context(),
    );
    const other = await factory.open(place, undefined, `${place}.other/files.db`);
    await other.commit([put({ ...memory, version: 2 })], context());
    expect(await stored(memory.id)).toMatchObject({ version: 2 });
    await save(aMemory());
    expect((await other.log.head()).seq).toBe(4);
  });
});
