import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tokenize } from '../../../src/search/text/tokenize.js';
import type { Store } from '../../../src/storage/store.js';
import { type Bench, createBenches, gate, inspect, memory, task } from '../../support/search/search.js';
import { until } from '../../support/until.js';

const benches = createBenches();
let bench: Bench;

beforeEach(async () => {
  bench = await benches.open();
});
afterEach(() => benches.cleanUp());

/** The bytes of the index file and its write-ahead log. */
const bytes = () =>
  [bench.indexPath, `${bench.indexPath}-wal`]
    .filter(existsSync)
    .map((path) => readFileSync(path, 'latin1').toLowerCase())
    .join('');

describe('an entry of the log', () => {
  it('changes what is found: an edit, a deletion, a restoration', async () => {
    const first = memory('the red lighthouse');
    await bench.create(first);
    expect(await bench.find('lighthouse')).toEqual([first.id]);

    const edited = await bench.update(first, { content: 'the blue windmill' });
    expect(await bench.find('lighthouse', { mode: 'TEXT' })).toEqual([]);
    const { hits, pending } = await bench.ask('windmill');
    expect(pending).toBe(0);
    expect(hits).toMatchObject([{ id: first.id, passage: { start: 0, end: 17 } }]);

    const deleted = await bench.delete(edited);
    for (const mode of ['HYBRID', 'VECTOR', 'TEXT'] as const)
      expect(await bench.find('windmill', { mode })).toEqual([]);
    expect(await bench.search.embeddings([first.id])).toEqual([null]);

    await bench.restore(deleted);
    for (const mode of ['HYBRID', 'VECTOR', 'TEXT'] as const) {
      expect(await bench.find('windmill', { mode }), mode).toEqual([first.id]);
    }
  });

  it('embeds a memory again only when its content has changed', async () => {
    const first = memory('the red lighthouse', { sessionId: 's1', metadata: { a: 0 } });
    await bench.create(first);
    await bench.search.settled();
    const moved = await bench.update(first, { sessionId: 's2', metadata: { a: 1 } });
    for (const mode of ['HYBRID', 'VECTOR', 'TEXT'] as const) {
      expect(await bench.find('lighthouse', { mode, filter: { sessionId: 's2', metadata: { a: 1 } } })).toEqual([
        first.id,
      ]);
      for (const filter of [{ sessionId: 's1' }, { metadata: { a: 0 } }]) {
        expect(await bench.find('lighthouse', { mode, filter })).toEqual([]);
      }
    }
    await bench.search.settled();
    expect(bench.embedder.asked).toEqual(['the red lighthouse']);
    await bench.update(moved, { content: 'another text' });
    await bench.search.settled();
    expect(bench.embedder.asked).toEqual(['the red lighthouse', 'another text']);
  });

  it('is applied once for a record, however often that was written', async () => {
    let document = memory('version 1');
    await bench.create(document);
    for (let version = 2; version <= 200; version += 1)
      document = await bench.update(document, { content: `version ${version}` });
    expect(await bench.find('200', { mode: 'TEXT' })).toEqual([document.id]);
    await bench.search.settled();
    expect(bench.embedder.asked.length).toBeLessThan(200);
    expect(bench.embedder.asked.at(-1)).toBe('version 200');
    expect(await bench.find('199', { mode: 'TEXT' })).toEqual([]);
  });

  it('is followed while nobody searches', async () => {
    await bench.create(memory('one'), memory('two'));
    while (bench.embedder.asked.length < 2) await delay(5);
    expect(bench.embedder.asked.toSorted()).toEqual(['one', 'two']);
  });
});

describe('a search that reads slowly', () => {
  const texts = () =>
    inspect(bench.indexPath, (db) => db.prepare('SELECT text FROM memories_words ORDER BY text').pluck().all());

  it('never covers what another process has applied since with what it had read before', async () => {
    const first = memory('version one');
    await bench.create(first);
    await bench.search.settled();
    await bench.search.close();
    const second = await bench.update(first, { content: 'version two' });
    const hasRead = gate();
    const mayWrite = gate();
    const hasWritten = gate();
    const mayGoOn = gate();
    let isReading = false;
    const head = async () => {
      // Asked again when the run that read slowly is over.
      if (isReading) {
        hasWritten.open();
        await mayGoOn.passed;
      }
      return bench.store.log.head();
    };
    const slow: Store = {
      ...bench.store,
      log: { ...bench.store.log, head },
      collection(spec) {
        const collection = bench.store.collection(spec);
        const get: typeof collection.get = async (ids) => {
          const documents = await collection.get(ids);
          isReading = true;
          hasRead.open();
          await mayWrite.passed;
          return documents;
        };
        return { ...collection, get };
      },
    };
    const late = await bench.reopen({ store: slow });
    await hasRead.passed;
    const quick = await bench.join();
    await bench.update(second, { content: 'version three' });
    await quick.settled();
    const caughtUp = late.catchUp();
    mayWrite.open();
    await hasWritten.passed;
    expect(texts()).toEqual([tokenize('version three').text]);
    mayGoOn.open();
    await caughtUp;
    expect(await quick.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('never builds from documents that another process has indexed in a later version', async () => {
    const documents = Array.from({ length: 100 }, (_, i) => memory(`note number ${i}`));
    await bench.create(...documents);
    await bench.search.close();
    rmSync(bench.indexPath);
    const hasRead = gate();
    const mayWrite = gate();
    const slow: Store = {
      ...bench.store,
      async scan(spec, after, limit) {
        const page = await bench.store.scan(spec, after, limit);
        if (page.length === 0) return page;
        hasRead.open();
        await mayWrite.passed;
        return page;
      },
    };
    const late = await bench.reopen({ store: slow });
    await hasRead.passed;
    const quick = await bench.join();
    await quick.settled();
    const purged = documents[1]!;
    await bench.update(documents[0]!, { content: 'a later version' });
    await bench.purge(purged);
    await quick.settled();
    mayWrite.open();
    await late.settled();
    expect(texts()).toContain(tokenize('a later version').text);
    expect(texts()).not.toContain(tokenize('note number 0').text);
    expect(texts()).not.toContain(tokenize(purged.content).text);
    expect(await quick.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
  });

  it('doesn’t mistake a file that another process advances for one that is ahead of the log', async () => {
    await bench.create(memory('one'));
    await bench.search.settled();
    await bench.search.close();
    const quick = await bench.join();
    let moved: Promise<void> | null = null;
    const head = async () => {
      const known = await bench.store.log.head();
      moved ??= bench.create(memory('two')).then(() => quick.settled());
      await moved;
      return known;
    };
    const late = await bench.reopen({ store: { ...bench.store, log: { ...bench.store.log, head } } });
    await late.settled();
    expect(await late.status()).toMatchObject({ stored: 2, searchable: 2 });
    expect([...bench.embedder.asked].toSorted()).toEqual(['one', 'two']);
  });

  it('lets others have their turn while it builds and embeds', async () => {
    await bench.search.close();
    await bench.create(...Array.from({ length: 1_000 }, (_, i) => memory(`note number ${i}`)));
    let turns = 0;
    let isDone = false;
    const count = () => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    const search = await bench.reopen({ path: `${bench.indexPath}.new` });
    setImmediate(count);
    await search.settled();
    isDone = true;
    // Pages of 64 are built, and two batches of 8 are embedded, between two turns.
    expect(turns).toBeGreaterThan(1_000 / 64 + 1_000 / 16);
  });

  it('returns however much is written meanwhile', async () => {
    let isDone = false;
    const writing = (async () => {
      for (let i = 0; !isDone; i += 1) await bench.create(memory(`note number ${i}`));
    })();
    for (let i = 0; i < 20; i += 1) await bench.ask(`number ${i}`, { mode: 'TEXT' });
    isDone = true;
    await writing;
    expect((await bench.search.status()).stored).toBeGreaterThan(0);
  });
});

describe('a purged memory', () => {
  it('is no longer in any of the files when the search has caught up', async () => {
    const secret = memory('the xylophonequux password is hunterquux, see secretQuuxName');
    await bench.create(secret, memory('this one stays'));
    expect(await bench.find('xylophonequux')).toContain(secret.id);
    await bench.purge(secret);
    await bench.search.catchUp();
    expect(bytes()).not.toContain('quux');
    expect(inspect(bench.indexPath, (db) => db.prepare('SELECT count(*) AS n FROM vectors').get())).toEqual({ n: 1 });
    expect(await bench.find('password')).not.toContain(secret.id);
  });
});

describe('a purge that no search waits for', () => {
  it('leaves nothing in the files soon, such as at the target of a move', async () => {
    const secret = memory('the xylophonequux password');
    const todo = task('Mend the gardenquux');
    await bench.create(secret, todo, memory('this one stays'));
    await bench.search.settled();
    await bench.purge(secret);
    await bench.purge(todo);
    await until(() => !bytes().includes('quux'));
  });

  it('is completed by the process that opens the file next', async () => {
    const secret = memory('the xylophonequux password');
    await bench.create(secret);
    await bench.search.settled();
    await inspect(bench.indexPath, async (reader) => {
      reader.exec('BEGIN');
      reader.prepare('SELECT * FROM memories_words').all();
      await bench.purge(secret);
      await bench.search.settled();
      await bench.search.close();
      reader.exec('COMMIT');
    });
    await bench.reopen();
    await until(() => !bytes().includes('quux'));
  });
});

describe('a purge while another program reads the file', () => {
  it('completes only when nothing is left in it', async () => {
    const secret = memory('the xylophonequux password');
    await bench.create(secret);
    await bench.search.settled();
    const flushed = await inspect(bench.indexPath, async (reader) => {
      reader.exec('BEGIN');
      reader.prepare('SELECT * FROM memories_words').all();
      await bench.purge(secret);
      const caughtUp = bench.search.catchUp();
      const turns = async () => {
        for (let turn = 0; turn < 1_000; turn += 1) await new Promise(setImmediate);
        return 'not yet';
      };
      expect(await Promise.race([caughtUp, turns()])).toBe('not yet');
      reader.exec('COMMIT');
      return { caughtUp };
    });
    await flushed.caughtUp;
    expect(bytes()).not.toContain('quux');
  });
});

describe('an index file', () => {
  it('is built from what is stored when it is missing', async () => {
    const documents = Array.from({ length: 300 }, (_, i) => memory(`note number ${i}`));
    const gone = memory('note that was deleted', { deletedAt: '2026-01-01T00:00:00.000Z' });
    const job = task('Write the notes');
    await bench.search.close();
    await bench.create(...documents, gone, job);
    const search = await bench.reopen({ path: `${bench.indexPath}.new` });
    await search.settled();
    expect(await bench.find('299', { mode: 'TEXT' })).toEqual([documents[299]!.id]);
    expect(await search.tasks({ text: 'notes', limit: 10, filter: {} })).toEqual([{ id: job.id, score: 1 }]);
    expect(await search.status()).toMatchObject({ stored: 300, searchable: 300, pending: 0, isBuilding: false });
    expect(await bench.find('deleted', { mode: 'TEXT' })).toEqual([]);
  });

  it('reports how much is missing while it is being built, and misses nothing that is written meanwhile', async () => {
    const documents = Array.from({ length: 200 }, (_, i) => memory(`note number ${i}`));
    await bench.search.close();
    await bench.create(...documents);
    const pages = [gate(), gate(), gate()];
    let page = 0;
    const slow: Store = {
      ...bench.store,
      async scan(spec, after, limit) {
        const documents = await bench.store.scan(spec, after, limit);
        if (after !== null) await pages[page++]?.passed;
        return documents;
      },
    };
    const search = await bench.reopen({ path: `${bench.indexPath}.new`, store: slow });
    const late = memory('a late arrival');
    expect((await bench.ask('note', { mode: 'TEXT' })).pending).toBe(200);
    await bench.create(late);
    const edited = await bench.update(documents[199]!, { content: 'edited while building' });
    const deleted = await bench.delete(documents[198]!);
    pages[0]!.open();
    while (!(await bench.find('arrival', { mode: 'TEXT' })).includes(late.id)) await delay(5);
    expect((await bench.ask('arrival', { mode: 'TEXT' })).pending).toBeGreaterThan(0);
    for (const { open } of pages) open();
    await search.settled();
    expect(await bench.find('199', { mode: 'TEXT' })).toEqual([]);
    expect(await bench.find('edited', { mode: 'TEXT' })).toEqual([edited.id]);
    expect(await bench.find('198', { mode: 'TEXT' })).not.toContain(deleted.id);
    expect(await search.status()).toMatchObject({ stored: 200, searchable: 200, isBuilding: false });
  });

  it('keeps its vectors when it is opened again', async () => {
    await bench.create(memory('one'), memory('two'));
    await bench.search.settled();
    const search = await bench.reopen();
    await bench.create(memory('three'));
    await search.settled();
    expect(bench.embedder.asked.toSorted()).toEqual(['one', 'three', 'two']);
    expect(await bench.find('one', { mode: 'VECTOR' })).toHaveLength(3);
  });

  it('learns what was written while it was closed', async () => {
    const first = memory('the red lighthouse');
    await bench.create(first);
    await bench.search.settled();
    await bench.search.close();
    await bench.delete(first);
    const later = memory('the blue windmill');
    await bench.create(later);
    await bench.reopen();
    expect(await bench.find('windmill lighthouse')).toEqual([later.id]);
  });
});

describe('a search that is closed', () => {
  it('says so, and can be closed again', async () => {
    await bench.search.close();
    await bench.search.close();
    await expect(bench.ask('anything')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('leaves nothing half done when it is closed while it applies what was written', async () => {
    const count = () => inspect(bench.indexPath, (db) => db.prepare('SELECT count(*) FROM records').pluck().get());
    await bench.create(...Array.from({ length: 60 }, (_, i) => memory(`note ${i} ${'long words '.repeat(3_000)}`)));
    while (count() === 0) await new Promise(setImmediate);
    await bench.search.close();
    expect(count()).toBeLessThan(60);
    const search = await bench.reopen();
    await search.settled();
    expect(await search.status()).toMatchObject({ stored: 60, searchable: 60 });
  });

  it('leaves nothing half done when it is closed while it embeds', async () => {
    await bench.create(...Array.from({ length: 100 }, (_, i) => memory(`note ${i}`)));
    await bench.search.close();
    const search = await bench.reopen();
    await search.settled();
    expect(await search.status()).toMatchObject({ stored: 100, searchable: 100 });
  });
});

describe('a row that is as new as an entry', () => {
  it('counts only if it still is when the entry is', async () => {
    const [known, read] = [memory('a boat'), memory('a ship')];
    await bench.create(known, read);
    await bench.search.settled();
    await bench.search.close();
    await bench.update(known, { content: 'a lighthouse' });
    await bench.update(read, { content: 'a windmill' });
    const setVersion = (version: number) =>
      inspect(bench.indexPath, (db) =>
        db.prepare('UPDATE records SET version = ? WHERE id = ?').run(version, known.id),
      );
    // Another process has read it at its second version, and then stores what it had read before.
    setVersion(2);
    const [asked, mayAnswer] = [gate(), gate()];
    const store: Store = {
      ...bench.store,
      collection(spec) {
        const collection = bench.store.collection(spec);
        const get: typeof collection.get = async (ids) => {
          asked.open();
          await mayAnswer.passed;
          return collection.get(ids);
        };
        return { ...collection, get };
      },
    };
    await bench.reopen({ store });
    await asked.passed;
    setVersion(1);
    mayAnswer.open();
    await bench.search.settled();
    expect(await bench.find('lighthouse', { mode: 'TEXT' })).toEqual([known.id]);
    expect(await bench.find('windmill', { mode: 'TEXT' })).toEqual([read.id]);
  });
});
