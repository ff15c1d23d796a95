import { copyFileSync, existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { EmbeddingError } from '../../../src/domain/errors.js';
import type { Embedder } from '../../../src/embedding/embedder.js';
import type { ProjectSearchOptions } from '../../../src/search/create-search.js';
import { freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { type AtlasProcess, openAtlas } from '../../support/search/atlas.js';
import { asOfVersion } from '../../support/search/older-index.js';
import {
  type Bench,
  createBenches,
  createWordEmbedder,
  inspect,
  lendLease,
  memory,
  notes,
} from '../../support/search/search.js';
import { until } from '../../support/until.js';

const benches = createBenches();
const opened: AtlasProcess[] = [];
afterEach(async () => {
  await benches.cleanUp();
  for (const each of opened.splice(0)) await each.close();
});

const PASSAGES = 40;
/** A memory of 40 passages of some 1,200 bytes: five calls of the embedder's eight texts. */
const long = (name: string) =>
  memory(Array.from({ length: PASSAGES }, (_, n) => `${name} ${n} ${'and so on '.repeat(120)}`).join('\n\n'));

interface Call {
  readonly texts: readonly string[];
  answer(): void;
  fail(error: Error): void;
}

/** An embedder whose calls wait until they are answered. */
function createHeldEmbedder(): { readonly embedder: Embedder; readonly calls: Call[] } {
  const words = createWordEmbedder();
  const calls: Call[] = [];
  const embedDocuments: Embedder['embedDocuments'] = (texts) =>
    new Promise((resolve, fail) => {
      calls.push({ texts, answer: () => resolve(words.embedDocuments(texts)), fail });
    });
  return { embedder: { ...words, embedDocuments }, calls };
}

const isOf = (name: string) => (call: Call) => call.texts.some((text) => text.startsWith(`${name} `));
const draftsIn = (path: string) =>
  inspect(path, (db) => db.prepare('SELECT count(*) FROM drafts').pluck().get() as number);

/** The index file as it would be found if the process were killed now. */
function copyOfKilled({ indexPath }: Bench): string {
  const copy = `${indexPath}.killed`;
  for (const suffix of ['', '-wal'])
    if (existsSync(indexPath + suffix)) copyFileSync(indexPath + suffix, copy + suffix);
  return copy;
}

describe('a short memory', () => {
  it('that comes while long ones are embedded goes next', async () => {
    const { embedder, calls } = createHeldEmbedder();
    const bench = await benches.open({ embedder });
    await bench.create(...['first', 'second', 'third', 'fourth'].map(long));
    await until(() => calls.length === 2);
    await bench.create(memory('short one'));
    await bench.search.catchUp();
    calls[0]!.answer();
    await until(() => calls.length === 3);
    expect(calls[2]!.texts[0]).toBe('short one');
  });

  it('that came after long ones goes before them', async () => {
    const { embedder, calls } = createHeldEmbedder();
    const bench = await benches.open({ embedder });
    await bench.create(...['first', 'second', 'third', 'fourth'].map(long), memory('short one'));
    await until(() => calls.length === 2);
    expect(calls[0]!.texts[0]).toBe('short one');
  });

  it('also goes first when all are embedded again', async () => {
    const bench = await benches.open();
    await bench.create(...['first', 'second', 'third'].map(long), memory('short one'));
    await bench.search.settled();
    const { embedder, calls } = createHeldEmbedder();
    await bench.reopen({ embedder: { ...embedder, model: { ...embedder.model, name: 'another' } } });
    await until(() => calls.length === 2);
    expect(calls[0]!.texts[0]).toBe('short one');
  });
});

describe('an index file of an earlier version', () => {
  it('is kept: from then on its pending memories are ordered by length', async () => {
    const bench = await benches.open();
    await bench.create(...['first', 'second', 'third'].map(long), memory('short one'));
    await bench.search.settled();
    await bench.search.close();
    inspect(bench.indexPath, (db) =>
      db.exec(`DELETE FROM vectors; UPDATE records SET state = 'PENDING', due = 0; ${asOfVersion(3)}`),
    );
    const { embedder, calls } = createHeldEmbedder();
    await bench.reopen({ embedder });
    await until(() => calls.length === 2);
    expect(calls[0]!.texts[0]).toBe('short one');
    calls[1]!.answer();
    await until(() => draftsIn(bench.indexPath) > 0);
  });
});

describe('a long memory', () => {
  it('makes progress, however many short ones come: within 24 turns', async () => {
    const { embedder, calls } = createHeldEmbedder();
    const bench = await benches.open({ embedder });
    await bench.create(long('first'), ...notes(400));
    for (let turn = 0; turn < 24; turn += 1) {
      await until(() => calls.length > turn);
      calls[turn]!.answer();
    }
    expect(calls.slice(0, 24).filter(isOf('first')).length).toBeGreaterThan(0);
  });

  it('is PENDING until it has all its vectors; until then words find it, and no vector does', async () => {
    const { embedder, calls } = createHeldEmbedder();
    const bench = await benches.open({ embedder });
    const first = long('lighthouse');
    await bench.create(memory('a windmill'));
    await until(() => calls.length === 1);
    calls[0]!.answer();
    await bench.search.settled();
    await bench.create(first);
    for (let call = 1; call <= PASSAGES / 8; call += 1) {
      await until(() => calls.length > call);
      expect(await bench.search.embeddings([first.id])).toMatchObject([{ state: 'PENDING', reason: null }]);
      expect(await bench.search.status()).toMatchObject({ searchable: 1, pending: 1 });
      expect(await bench.ask('lighthouse')).toMatchObject({
        pending: 1,
        hits: [{ id: first.id, similarity: null }, {}],
      });
      expect(await bench.find('lighthouse', { mode: 'VECTOR' })).not.toContain(first.id);
      expect(draftsIn(bench.indexPath)).toBe(8 * (call - 1));
      calls[call]!.answer();
    }
    await bench.search.settled();
    expect(await bench.search.embeddings([first.id])).toMatchObject([{ state: 'READY' }]);
    expect((await bench.find('lighthouse', { mode: 'VECTOR' }))[0]).toBe(first.id);
    expect(draftsIn(bench.indexPath)).toBe(0);
  });

  it('leaves nothing of its vectors when it is edited, or purged, half-way', async () => {
    const { embedder, calls } = createHeldEmbedder();
    const bench = await benches.open({ embedder });
    const saved = [long('first'), long('second')] as const;
    await bench.create(...saved);
    await until(() => calls.length === 2);
    for (const call of [...calls]) call.answer();
    await until(() => calls.length === 4);
    expect(draftsIn(bench.indexPath)).toBe(16);
    await bench.update(saved[0], { content: 'a short note' });
    await bench.purge(saved[1]);
    await bench.search.catchUp();
    expect(draftsIn(bench.indexPath)).toBe(0);
    for (const call of calls.slice(2)) call.answer();
    await until(() => calls.length === 5);
    calls[4]!.answer();
    await bench.search.settled();
    expect(draftsIn(bench.indexPath)).toBe(0);
    expect(await bench.search.status()).toMatchObject({ stored: 1, searchable: 1 });
  });

  it('of which a passage is refused fails, and its other passages are embedded once', async () => {
    const words = createWordEmbedder();
    const answering: Embedder = {
      ...words,
      async embedDocuments(texts, answered) {
        const told = await Promise.allSettled(
          texts.map(async (text) => {
            if (text.startsWith('first 3 ')) throw new EmbeddingError('The text is poison.', 'Try another text.');
            return (await words.embedDocuments([text]))[0]!;
          }),
        );
        for (const [index, each] of told.entries())
          answered?.(index, each.status === 'fulfilled' ? each.value : each.reason);
        return told.map((each) => {
          if (each.status === 'rejected') throw each.reason;
          return each.value;
        });
      },
    };
    const bench = await benches.open({ embedder: answering });
    const first = long('first');
    await bench.create(first, memory('short one'));
    await until(async () => (await bench.search.status()).failed === 1);
    expect(await bench.search.embeddings([first.id])).toMatchObject([
      { state: 'FAILED', reason: 'The text is poison.' },
    ]);
    expect(new Set(words.asked).size).toBe(words.asked.length);
  });
});

const PLACES: readonly [string, () => Partial<ProjectSearchOptions>][] = [
  ['in the index file', () => ({})],
  ['in a vector index elsewhere', () => ({ vectorIndex: open().index })],
  ['in an archive as well', () => ({ archive: open().index })],
];

function open(): AtlasProcess {
  const atlas = openAtlas(sharedMongo(), freshDatabase(), { model: createWordEmbedder().model });
  opened.push(atlas);
  return atlas;
}

describe.each(PLACES)('with vectors %s', (place, options) => {
  const isSkipped = place !== 'in the index file' && mongoUnavailable !== null;

  it.skipIf(isSkipped)('a server that is killed half-way resumes where it was', async () => {
    const { embedder, calls } = createHeldEmbedder();
    const own = options();
    const bench = await benches.open({ ...own, embedder });
    const first = long('first');
    await bench.create(first);
    const answered: string[] = [];
    for (let call = 0; call < 3; call += 1) {
      await until(() => calls.length > call);
      answered.push(...calls[call]!.texts);
      calls[call]!.answer();
    }
    await until(() => calls.length === 4);
    const path = copyOfKilled(bench);
    lendLease(path, Date.now() - 1);
    const after = createWordEmbedder();
    const next = await bench.join({ ...own, embedder: after, path });
    await until(async () => (await next.status()).searchable === 1);
    expect([...answered, ...after.asked].toSorted()).toEqual(first.content.split('\n\n').toSorted());
    // Elsewhere it is found before the file says so.
    await until(async () => draftsIn(path) === 0);
  });

  it.skipIf(isSkipped)('answered parts count when the rest fails', async () => {
    const { embedder, calls } = createHeldEmbedder();
    class Outage extends EmbeddingError {
      override readonly outage = 'PASSING';
    }
    const answering: Embedder = {
      ...embedder,
      async embedDocuments(texts, answered) {
        if (calls.length > 0) return embedder.embedDocuments(texts, answered);
        const half = await createWordEmbedder().embedDocuments(texts.slice(0, 4));
        for (const [index, vector] of half.entries()) answered?.(index, vector);
        return embedder.embedDocuments(texts, answered);
      },
    };
    const own = options();
    const bench = await benches.open({ ...own, embedder: answering });
    await bench.create(long('first'));
    await until(() => calls.length === 1);
    calls[0]!.fail(new Outage('The service is away.', 'Wait.'));
    await until(() => calls.length === 2);
    expect(draftsIn(bench.indexPath)).toBe(4);
    expect(calls[1]!.texts[0]).toMatch(/^first 4 /);
  });
});

describe('the lease', () => {
  it('is kept while one call takes longer than it lasts', async () => {
    const { embedder, calls } = createHeldEmbedder();
    const bench = await benches.open({ embedder });
    const lease = () =>
      inspect(bench.indexPath, (db) => {
        const value = db.prepare("SELECT value FROM meta WHERE key = 'lease'").pluck().get() as string;
        return JSON.parse(value) as { readonly owner: string; readonly until: number };
      });
    await bench.create(memory('note'));
    await until(() => calls.length === 1);
    const first = lease();
    await until(() => lease().until > first.until);
    expect(lease().owner).toBe(first.owner);
  });
});
