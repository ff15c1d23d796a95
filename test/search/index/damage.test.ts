import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, createBenches, inspect, memory } from '../../support/search/search.js';

const benches = createBenches();
let bench: Bench;
const saved = memory('the red lighthouse');

beforeEach(async () => {
  bench = await benches.open();
  await bench.create(
    saved,
    ...Array.from({ length: 200 }, (_, i) => memory(`note number ${i} ${'filler '.repeat(50)}`)),
  );
  await bench.search.settled();
});
afterEach(() => benches.cleanUp());

const asides = () => {
  const name = `${basename(bench.indexPath)}.damaged-`;
  return readdirSync(dirname(bench.indexPath)).filter((file) => file.startsWith(name) && !/-(wal|shm)$/.test(file));
};

async function expectWhole(): Promise<void> {
  await bench.search.settled();
  expect(await bench.search.status()).toMatchObject({ stored: 201, searchable: 201, pending: 0, isBuilding: false });
  expect((await bench.find('lighthouse', { mode: 'TEXT' }))[0]).toBe(saved.id);
  expect((await bench.find('lighthouse', { mode: 'VECTOR' }))[0]).toBe(saved.id);
}

/** Overwrites everything after the first page. */
function garble(path: string): void {
  const size = statSync(path).size;
  const fd = openSync(path, 'r+');
  writeSync(fd, Buffer.alloc(size - 4_096, 0xa5), 0, size - 4_096, 4_096);
  closeSync(fd);
}

/** Checkpoints all of the write-ahead log into the file. */
function emptyLog(): void {
  const checkpoint = 'wal_checkpoint(TRUNCATE)';
  expect(inspect(bench.indexPath, (db) => db.pragma(checkpoint))).toMatchObject([{ busy: 0 }]);
}

/** Damages the file while processes have it open, so that they notice. */
function garbleOpen(): void {
  // Nothing is left in the write-ahead log, and another connection's write makes the others forget what they read.
  emptyLog();
  inspect(bench.indexPath, (db) => db.exec("INSERT INTO meta VALUES ('another', 'write')"));
  garble(bench.indexPath);
}

describe('an index file that is damaged', () => {
  it.each<[string, (path: string) => void]>([
    [
      'is no database at all',
      (path) => writeFileSync(path, 'this is not a database, whatever its name says '.repeat(200)),
    ],
    ['lost its end', (path) => truncateSync(path, 8_192)],
    ['has garbage in it', garble],
    ['is of a later version', (path) => inspect(path, (db) => db.pragma('user_version = 99'))],
    [
      'is of another program',
      (path) => {
        rmSync(path);
        inspect(path, (db) => db.exec('CREATE TABLE theirs (x)'));
      },
    ],
  ])('%s: it is set aside and rebuilt', async (_, damage) => {
    await bench.search.close();
    damage(bench.indexPath);
    const bytes = readFileSync(bench.indexPath);
    await bench.reopen();
    await expectWhole();
    expect(asides()).toHaveLength(1);
    const aside = `${dirname(bench.indexPath)}/${asides()[0]}`;
    expect(readFileSync(aside).length).toBe(bytes.length);
  });

  it('and left behind by a process that died, is set aside with its write-ahead log', async () => {
    emptyLog();
    await bench.update(saved, { metadata: { a: 1 } });
    await bench.search.settled();
    const log = readFileSync(`${bench.indexPath}-wal`);
    expect(log.length).toBeGreaterThan(0);
    await bench.search.close();
    writeFileSync(bench.indexPath, Buffer.alloc(statSync(bench.indexPath).size, 0xa5));
    writeFileSync(`${bench.indexPath}-wal`, log);
    await bench.reopen();
    await expectWhole();
    await bench.reopen();
    await expectWhole();
    expect(await bench.search.repair()).toEqual({ added: 0, removed: 0, retried: 0 });
    expect(asides()).toHaveLength(1);
  });

  it('while it is open, is replaced while searches continue', async () => {
    garbleOpen();
    for (let i = 0; i < 10; i += 1) {
      const answer = await bench.ask('number lighthouse', { limit: 100 });
      expect(['HYBRID', 'TEXT']).toContain(answer.answeredBy);
      await bench.create(memory(`another ${i}`));
    }
    await bench.search.repair();
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ stored: 211, searchable: 211, pending: 0, isBuilding: false });
    expect(asides()).toHaveLength(1);
  });

  it('while two processes have it open, is replaced once and used by both', async () => {
    const other = await bench.join();
    await other.settled();
    garbleOpen();
    const query = { text: 'lighthouse', mode: 'TEXT', limit: 1, filter: {} } as const;
    for (let i = 0; i < 5; i += 1) {
      await bench.search.memories(query);
      await other.memories(query);
      await bench.create(memory(`another ${i}`));
    }
    await Promise.all([bench.search.settled(), other.settled()]);
    for (const search of [bench.search, other]) {
      expect(await search.status()).toMatchObject({ stored: 206, searchable: 206, pending: 0 });
      expect((await search.memories(query)).hits).toMatchObject([{ id: saved.id }]);
    }
    expect(asides()).toHaveLength(1);
  });

  it('is replaced though nobody searches, as soon as something is written', async () => {
    garbleOpen();
    await bench.create(memory('a late windmill'));
    while (asides().length === 0) await delay(5);
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ stored: 202, searchable: 202 });
  });

  it('and empty, is simply filled', async () => {
    await bench.search.close();
    writeFileSync(bench.indexPath, '');
    await bench.reopen();
    await expectWhole();
    expect(asides()).toEqual([]);
  });
});

describe('an index file that somebody removed', () => {
  it('is recreated, even while it was open', async () => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(bench.indexPath + suffix, { force: true });
    await bench.find('lighthouse');
    await expectWhole();
    expect(existsSync(bench.indexPath)).toBe(true);
    expect(asides()).toEqual([]);
  });

  it('and replaced by another process, is used by both', async () => {
    const other = await bench.join();
    await other.settled();
    for (const suffix of ['', '-wal', '-shm']) rmSync(bench.indexPath + suffix, { force: true });
    await other.embeddings([]);
    await expectWhole();
    const late = memory('a late windmill');
    await bench.create(late);
    const { hits } = await other.memories({ text: 'windmill', mode: 'TEXT', limit: 1, filter: {} });
    expect(hits[0]!.id).toBe(late.id);
  });
});

describe('an index file that can’t be created', () => {
  it('fails the search with a hint, and works when it can', async () => {
    await bench.search.close();
    const blocked = `${bench.indexPath}.blocked`;
    writeFileSync(blocked, '');
    const search = await bench.reopen({ path: `${blocked}/search.db` });
    await expect(search.status()).rejects.toThrow();
    rmSync(blocked);
    await expectWhole();
  });
});
