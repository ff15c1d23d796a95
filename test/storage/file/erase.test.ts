import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memories } from '../../../src/storage/collections.js';
import { createFileStore } from '../../../src/storage/file/store.js';
import type { FileWriter } from '../../../src/storage/file/writer.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put, STORE_COLLECTIONS } from '../../contract/store.js';
import { borrowFileWriter } from '../../support/machine/threads.js';
import { aMemory } from '../../support/records.js';

describe('a purge from a large log', () => {
  let home: string;
  let writer: FileWriter;
  let large: Store;
  let small: Store;
  const all = Array.from({ length: 14 }, (_, n) => aMemory({ content: `part ${n} ${'x'.repeat(1_000_000)}` }));
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'mooring-erase-'));
    writer = borrowFileWriter();
    const open = (name: string) =>
      createFileStore({
        folder: join(home, name),
        cache: join(home, `${name}.cache`, 'files.db'),
        collections: STORE_COLLECTIONS,
        writer,
        create: { epoch: EPOCH },
      });
    [large, small] = [await open('large'), await open('small')];
    for (const memory of all) await large.commit([put(memory)], context());
  });
  afterEach(async () => {
    for (const store of [large, small]) await store.close();
    await writer.close();
    rmSync(home, { recursive: true });
  });

  const purge = (n: number) =>
    large.commit([{ kind: 'remove', collection: 'memories', id: all[n]!.id, version: 1 }], context());
  const logHolds = (text: string) =>
    readdirSync(join(home, 'large/log')).some((name) => readFileSync(join(home, 'large/log', name)).includes(text));

  it('lets other projects commit meanwhile', async () => {
    const order: string[] = [];
    await Promise.all([
      purge(13).then(() => order.push('purged')),
      small.commit([put(aMemory())], context()).then(() => order.push('committed')),
    ]);
    expect(order).toEqual(['committed', 'purged']);
    expect(logHolds('part 13 ')).toBe(false);
  });

  it('loses none of the commits that come meanwhile, and purges in each part', async () => {
    const later = Array.from({ length: 12 }, () => aMemory());
    await Promise.all([
      purge(0),
      ...later.slice(0, 4).map((memory) => large.commit([put(memory)], context())),
      purge(12),
      ...later.slice(4).map((memory) => large.commit([put(memory)], context())),
    ]);
    expect(await large.collection(memories).count()).toBe(all.length - 2 + later.length);
    expect((await large.log.head()).seq).toBe(all.length + 2 + later.length);
    expect([logHolds('part 0 '), logHolds('part 1 '), logHolds('part 12 ')]).toEqual([false, true, false]);
    expect(await large.health()).toEqual({ ok: true, problems: [] });
  });
});
