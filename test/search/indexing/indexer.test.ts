import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddingError } from '../../../src/domain/errors.js';
import {
  type Bench,
  createBenches,
  createWordEmbedder,
  inspect,
  lendLease,
  memory,
} from '../../support/search/search.js';

const benches = createBenches();
let bench: Bench;

beforeEach(async () => {
  bench = await benches.open();
});
afterEach(() => benches.cleanUp());

const refusal = (reason: string) => new EmbeddingError(reason, 'Try another text.');

/** Resolves when the memory's embedding has this status. */
async function until(id: string, state: string): Promise<void> {
  while ((await bench.search.embeddings([id]))[0]?.state !== state) await delay(5);
}

describe('a text that cannot be embedded', () => {
  it('holds back no other, is FAILED with the reason after five attempts, and is found by its words', async () => {
    let attempts = 0;
    bench.embedder.refuse = (text) => {
      if (!text.includes('poison')) return null;
      attempts += 1;
      return refusal('The text is poison.');
    };
    const bad = memory('a poison pill');
    const good = Array.from({ length: 20 }, (_, i) => memory(`harmless ${i}`));
    await bench.create(...good.slice(0, 3), bad, ...good.slice(3));
    await until(bad.id, 'FAILED');
    await bench.search.settled();
    expect(await bench.search.embeddings([bad.id])).toEqual([
      { state: 'FAILED', reason: 'The text is poison.', model: 'words' },
    ]);
    expect(attempts).toBeGreaterThanOrEqual(5);
    expect(await bench.search.status()).toMatchObject({
      ...{ stored: 21, searchable: 20, pending: 0, failed: 1, skipped: 0 },
      reasons: [{ state: 'FAILED', reason: 'The text is poison.', count: 1 }],
    });
    expect(await bench.find('poison')).toContain(bad.id);
  });

  it('is retried later', async () => {
    bench.embedder.refuse = () => refusal('Not now.');
    const bad = memory('a bitter pill');
    await bench.create(bad);
    await until(bad.id, 'FAILED');
    bench.embedder.refuse = () => null;
    await until(bad.id, 'READY');
  });

  it('is embedded once it has another content', async () => {
    bench.embedder.refuse = (text) => (text.includes('poison') ? refusal('The text is poison.') : null);
    const bad = memory('a poison pill');
    await bench.create(bad);
    await until(bad.id, 'FAILED');
    await bench.update(bad, { content: 'a sugar pill' });
    await bench.search.settled();
    expect(await bench.search.embeddings([bad.id])).toEqual([{ state: 'READY', reason: null, model: 'words' }]);
  });
});

describe('an embedder that is down for a while', () => {
  it('loses nothing: all is embedded when it is back', async () => {
    let failures = 0;
    bench.embedder.refuse = () => {
      failures += 1;
      return failures <= 12 ? refusal('Not now.') : null;
    };
    await bench.create(...Array.from({ length: 30 }, (_, i) => memory(`note ${i}`)));
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ stored: 30, searchable: 30, failed: 0 });
  });

  it('is not tried for every waiting memory, and no search waits for it', async () => {
    await bench.reopen({ retryMs: 60_000 });
    const refused = new Set<string>();
    bench.embedder.refuse = (text) => {
      refused.add(text);
      return text === 'note' ? null : refusal('Not now.');
    };
    await bench.create(...Array.from({ length: 30 }, (_, i) => memory(`note ${i}`)));
    const attempted = () =>
      inspect(bench.indexPath, (db) => db.prepare('SELECT count(*) FROM records WHERE attempts > 0').pluck().get());
    while (attempted() !== 6) await delay(5);
    expect(await bench.ask('note')).toMatchObject({ answeredBy: 'TEXT', pending: 30 });
    expect(attempted()).toBe(6);
    expect(refused.size).toBe(7);
  });

  it('returns invalid vectors: the memory is FAILED and no invalid vector is kept', async () => {
    bench.embedder.embedDocuments = async (texts) => texts.map(() => new Float32Array(3));
    const saved = memory('note');
    await bench.create(saved);
    await until(saved.id, 'FAILED');
    expect(inspect(bench.indexPath, (db) => db.prepare('SELECT count(*) AS n FROM vectors').get())).toEqual({ n: 0 });
  });
});

describe('a blank memory', () => {
  it('is SKIPPED with the reason', async () => {
    const blank = memory(' \n ');
    await bench.create(blank);
    await bench.search.settled();
    expect(await bench.search.embeddings([blank.id])).toEqual([
      { state: 'SKIPPED', reason: 'The content is blank.', model: 'words' },
    ]);
    expect(await bench.search.status()).toMatchObject({ stored: 1, searchable: 0, skipped: 1, pending: 0 });
  });
});

describe('batches', () => {
  it('hold so little text that a few long memories are done before the rest', async () => {
    const embed = bench.embedder.embedDocuments;
    const batches: number[] = [];
    bench.embedder.embedDocuments = async (texts) => {
      batches.push(texts.length);
      return embed(texts);
    };
    await bench.create(...Array.from({ length: 6 }, (_, i) => memory(`${i} ${'long '.repeat(6_000)}`)));
    await bench.search.settled();
    expect(batches).toEqual([2, 2, 2]);
  });

  it('carry no more texts than the model accepts, however long the memories', async () => {
    const sizes: number[] = [];
    const embed = bench.embedder.embedDocuments;
    bench.embedder.embedDocuments = async (texts) => {
      sizes.push(texts.length);
      return embed(texts);
    };
    const long = memory(Array.from({ length: 50 }, (_, i) => `passage ${i}`).join('\n\n'));
    await bench.create(long, ...Array.from({ length: 30 }, (_, i) => memory(`note ${i}`)));
    await bench.search.settled();
    expect(Math.max(...sizes)).toBe(8);
    expect(await bench.search.status()).toMatchObject({ searchable: 31 });
    expect((await bench.ask('passage 37', { limit: 1 })).hits[0]!.passage).toEqual({
      start: long.content.indexOf('passage 37'),
      end: long.content.indexOf('passage 37') + 10,
    });
  });

  it('are sent before the last one is done, so that the embedder never waits', async () => {
    let underWay = 0;
    let most = 0;
    const embed = bench.embedder.embedDocuments;
    bench.embedder.embedDocuments = async (texts) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return embed(texts);
    };
    await bench.create(...Array.from({ length: 64 }, (_, i) => memory(`note ${i}`)));
    await bench.search.settled();
    expect(most).toBe(2);
  });
});

describe('a memory that is edited while it is embedded', () => {
  it('is embedded again, as it is then', async () => {
    let open = () => {};
    const first = memory('the red lighthouse');
    const asked = new Promise<void>((resolve) => {
      bench.embedder.refuse = () => {
        resolve();
        return null;
      };
    });
    const embed = bench.embedder.embedDocuments;
    bench.embedder.embedDocuments = async (texts) => {
      const vectors = await embed(texts);
      await new Promise<void>((pass) => {
        open = pass;
      });
      return vectors;
    };
    await bench.create(first);
    await asked;
    bench.embedder.embedDocuments = embed;
    await bench.update(first, { content: 'the blue windmill' });
    await bench.search.catchUp();
    open();
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ stored: 1, searchable: 1, pending: 0 });
    expect(await bench.find('windmill', { mode: 'VECTOR', minSimilarity: 0.4 })).toEqual([first.id]);
  });
});

describe('a memory that is deleted while it is embedded', () => {
  it('does not come back', async () => {
    let open = () => {};
    const asked = new Promise<void>((resolve) => {
      const embed = bench.embedder.embedDocuments;
      const gate = new Promise<void>((pass) => {
        open = pass;
      });
      bench.embedder.embedDocuments = async (texts) => {
        resolve();
        await gate;
        return embed(texts);
      };
    });
    const first = memory('the red lighthouse');
    await bench.create(first);
    await asked;
    await bench.purge(first);
    await bench.search.catchUp();
    open();
    await bench.create(memory('another'));
    await bench.search.settled();
    expect(inspect(bench.indexPath, (db) => db.prepare('SELECT count(*) AS n FROM vectors').get())).toEqual({ n: 1 });
    expect(await bench.find('lighthouse')).not.toContain(first.id);
  });
});

describe('another model', () => {
  it('embeds everything again, and only its own vectors answer', async () => {
    await bench.create(memory('one'), memory('two'));
    await bench.search.settled();
    const other = createWordEmbedder('other words');
    const search = await bench.reopen({ embedder: other });
    await search.settled();
    expect(other.asked.toSorted()).toEqual(['one', 'two']);
    expect(await search.status()).toMatchObject({ model: 'other words', searchable: 2, pending: 0 });
    expect(inspect(bench.indexPath, (db) => db.prepare('SELECT DISTINCT model FROM vectors').pluck().all())).toEqual([
      'other words',
    ]);
  });
});

describe('two processes on one project', () => {
  it('see what the other wrote, in words and in vectors, and one of them embeds', async () => {
    const otherEmbedder = createWordEmbedder();
    const other = await bench.join({ embedder: otherEmbedder });
    const first = memory('the red lighthouse');
    await bench.create(first);
    await bench.search.settled();
    const query = { text: 'lighthouse', mode: 'VECTOR', limit: 10, filter: {} } as const;
    expect(await other.memories(query)).toMatchObject({ answeredBy: 'VECTOR', pending: 0, hits: [{ id: first.id }] });
    for (let i = 0; i < 40; i += 1) await bench.create(memory(`note ${i}`));
    await Promise.all([bench.search.settled(), other.settled()]);
    expect([...bench.embedder.asked, ...otherEmbedder.asked]).toHaveLength(41);
    await bench.delete(first);
    expect((await other.memories(query)).hits.map(({ id }) => id)).not.toContain(first.id);
  });

  it('build one file together', async () => {
    await bench.search.close();
    await bench.create(...Array.from({ length: 500 }, (_, i) => memory(`note ${i}`)));
    const path = `${bench.indexPath}.new`;
    const [one, two] = await Promise.all([bench.reopen({ path }), bench.join({ path })]);
    await Promise.all([one.settled(), two.settled()]);
    for (const search of [one, two]) {
      expect(await search.status()).toMatchObject({ stored: 500, searchable: 500, isBuilding: false });
    }
    const counts = inspect(path, (db) =>
      db.prepare('SELECT (SELECT count(*) FROM records) AS r, (SELECT count(*) FROM memories_words) AS w').get(),
    );
    expect(counts).toEqual({ r: 500, w: 500 });
  });

  it('hand the work over when its holder is gone', async () => {
    lendLease(bench.indexPath, Date.now() - 1);
    await bench.create(memory('note'));
    await bench.search.settled();
    expect(bench.embedder.asked).toEqual(['note']);
  });

  it('release the work when they are closed', async () => {
    const holder = () =>
      inspect(bench.indexPath, (db) => db.prepare("SELECT value FROM meta WHERE key = 'lease'").get());
    await bench.create(memory('note'));
    await bench.search.settled();
    expect(holder()).toBeDefined();
    await bench.search.close();
    expect(holder()).toBeUndefined();
  });

  it('take the work over when the holder’s lease expires', async () => {
    await bench.search.embeddings([]);
    lendLease(bench.indexPath, Date.now() + 200);
    await bench.create(memory('note'));
    while (bench.embedder.asked.length === 0) await delay(5);
    expect(bench.embedder.asked).toEqual(['note']);
  });

  it('leave the work to its holder', async () => {
    await bench.search.embeddings([]);
    lendLease(bench.indexPath, Date.now() + 4_900);
    await bench.create(memory('the red lighthouse'));
    expect(await bench.ask('lighthouse')).toMatchObject({ answeredBy: 'TEXT', pending: 1 });
    expect(bench.embedder.asked).toEqual([]);
  });
});

describe('an outage', () => {
  class Outage extends EmbeddingError {
    override readonly outage = 'PASSING';
  }

  it('fails no memory, however long it lasts, and all are embedded soon after it', async () => {
    let refusals = 0;
    bench.embedder.refuse = () => {
      refusals += 1;
      return new Outage('The service is away.', 'Wait.');
    };
    const saved = Array.from({ length: 5 }, (_, n) => memory(`note ${n}`));
    await bench.create(...saved);
    while (refusals < 12) await delay(5);
    expect(await bench.search.status()).toMatchObject({ pending: 5, failed: 0 });
    bench.embedder.refuse = () => null;
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ searchable: 5 });
  });
});
