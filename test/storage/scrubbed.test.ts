import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { Memory } from '../../src/domain/memory.js';
import type { ChangeWrite, ImportWrite } from '../../src/storage/shared/writes.js';
import { createApply } from '../../src/storage/sqlite/apply.js';
import { connect } from '../../src/storage/sqlite/connection.js';
import { applySchema } from '../../src/storage/sqlite/schema.js';
import { createScrub } from '../../src/storage/sqlite/scrub.js';
import { context, EPOCH, put, STORE_COLLECTIONS } from '../contract/store.js';
import { cacheOf, fileFactory } from '../support/files/files.js';
import { borrowWriter } from '../support/machine/threads.js';
import { aMemory } from '../support/records.js';
import { sqliteFactory } from '../support/sqlite.js';
import { makeFolder } from '../support/temporary.js';

const CANARY = 'canary-71f3';
const COUNT = 1_000;
const specs = STORE_COLLECTIONS;

/**
 * Purging four of five rows in their order has SQLite move others that are purged later to neighbouring pages: with rows of
 * these lengths, copies of some of them stay in the gaps of pages that are in use.
 */
const isPurged = (n: number): boolean => n % 5 > 0;
const docOf = (n: number) => JSON.stringify(`${isPurged(n) ? CANARY : 'plain'} `.repeat(2 + ((n * 7) % 30)));
const idOf = (n: number) => `mem_${String(n).padStart(20, '0')}`;
const numbers = Array.from({ length: COUNT }, (_, n) => n);
const puts = numbers.map((n): ChangeWrite => {
  const own = { collection: 'memories', id: idOf(n), version: 1, operation: 'CREATE', doc: docOf(n) } as const;
  return { kind: 'put', ...own };
});
const removals = numbers
  .filter(isPurged)
  .map((n): ChangeWrite => ({ kind: 'remove', collection: 'memories', id: idOf(n), version: 1 }));

const commits = [...inHundreds(puts), ...inHundreds(removals)].map(
  (changes) => ({ kind: 'commit', changes, context: { ...context(), epoch: EPOCH } }) as const,
);

function inHundreds(changes: readonly ChangeWrite[]): readonly (readonly ChangeWrite[])[] {
  return Array.from({ length: Math.ceil(changes.length / 100) }, (_, n) => changes.slice(n * 100, (n + 1) * 100));
}

const holdsCanary = (path: string) => readFileSync(path).includes(CANARY);
const newPath = async () => join(await makeFolder(), 'store.db');

function countsIn(path: string) {
  const db = new Database(path, { readonly: true });
  const { erased, scrubbed } = db.prepare('select erased, scrubbed from head').get() as Record<string, number>;
  db.close();
  return { erased, isScrubbed: erased === scrubbed };
}

/** A file whose server was killed between the purges and what follows them. */
async function unscrubbed(): Promise<string> {
  const path = await newPath();
  const db = connect({ path, readonly: false, create: true });
  applySchema(db, specs, EPOCH, path);
  const apply = createApply(db, specs);
  for (const write of commits) db.transaction(() => apply(write))();
  db.close();
  return path;
}

describe('purged texts in a file of SQLite', () => {
  it('stay in it when rows of other pages are purged, until the file is rewritten', async () => {
    const path = await unscrubbed();
    expect(holdsCanary(path)).toBe(true);
    const db = connect({ path, readonly: false, create: false });
    createScrub(db).now();
    db.close();
    expect(holdsCanary(path)).toBe(false);
  });

  it('are removed later when the file can’t be rewritten at first, which fails nothing', async () => {
    const path = await unscrubbed();
    const [db, other] = [1, 2].map(() => connect({ path, readonly: false, create: false }));
    db!.pragma('busy_timeout = 0');
    other!.exec('begin immediate');
    const scrub = createScrub(db!);
    scrub.now();
    expect(countsIn(path).isScrubbed).toBe(false);
    other!.exec('rollback');
    other!.close();
    scrub.now();
    expect(countsIn(path).isScrubbed).toBe(true);
    db!.close();
    expect(holdsCanary(path)).toBe(false);
  });

  it('aren’t in it once the purge is done', async () => {
    const path = await newPath();
    const writer = borrowWriter();
    await writer.open(path, specs, { epoch: EPOCH, create: true });
    for (const write of commits) await writer.write(path, write);
    await writer.closeFile(path);
    await writer.close();
    expect(holdsCanary(path)).toBe(false);
  });

  it('are removed once for the purges of a move, soon after its store takes over', async () => {
    const path = await newPath();
    const writer = borrowWriter();
    await writer.open(path, specs, { epoch: -7, create: true });
    const toImport = (removed: ImportWrite['removed'], documents: ImportWrite['documents']) =>
      writer.write(path, { kind: 'import', removed, documents, entries: [], epoch: -7 });
    for (const n of [1, 2]) {
      await toImport([], [{ collection: 'memories', id: idOf(n), version: 1, doc: docOf(n) }]);
      await toImport([{ collection: 'memories', id: idOf(n) }], []);
    }
    expect(countsIn(path)).toEqual({ erased: 2, isScrubbed: false });
    await writer.write(path, { kind: 'epoch', from: -7, to: 2 });
    await expect.poll(() => countsIn(path)).toEqual({ erased: 2, isScrubbed: true });
    await writer.closeFile(path);
    await writer.close();
  });

  it('are removed when it is opened after a kill', async () => {
    const path = await unscrubbed();
    const writer = borrowWriter();
    await writer.open(path, specs, { epoch: EPOCH, create: false });
    await writer.closeFile(path);
    await writer.close();
    expect(holdsCanary(path)).toBe(false);
  });
});

describe.each([
  ['of a store', sqliteFactory, (place: string) => place],
  ['of the cache of files', fileFactory, cacheOf],
])('the file %s', (_, make, pathOf) => {
  const factory = make();
  afterEach(() => factory.cleanUp());

  it('is rewritten after a purge, a rewritten image and a trim', async () => {
    const place = await factory.place();
    const store = await factory.open(place, EPOCH);
    const memory = aMemory();
    const counts = () => countsIn(pathOf(place));
    await store.commit([put(memory)], context());
    for (const version of [2, 3]) await store.commit([put({ ...memory, version })], context());
    const isRewrittenAfter = async (erased: number) =>
      expect.poll(counts).toEqual({ erased: expect.toSatisfy((count: number) => count >= erased), isScrubbed: true });
    expect(counts()).toEqual({ erased: 0, isScrubbed: true });
    const image: Memory = { ...memory, content: 'another' };
    await store.rewriteImages([image], EPOCH);
    await isRewrittenAfter(1);
    await store.trimLog('2999-01-01T00:00:00.000Z');
    await isRewrittenAfter(2);
    await store.commit([{ kind: 'remove', collection: 'memories', id: memory.id, version: 3 }], context());
    await isRewrittenAfter(3);
  });
});
