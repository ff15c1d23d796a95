import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memories } from '../../src/storage/collections.js';
import { createFileStore } from '../../src/storage/file/store.js';
import { createFileWriter, type FileWriter } from '../../src/storage/file/writer.js';
import type { Store } from '../../src/storage/store.js';
import { context, put, STORE_COLLECTIONS } from '../contract/store.js';
import { canMount, mountDisk, remountDisk } from '../support/machine/disk.js';
import { aMemory } from '../support/records.js';

describe.runIf(canMount)('a project’s files on a disk', () => {
  let home: string;
  let disk: string;
  let unmount: () => void;
  let writer: FileWriter;
  let store: Store | null;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'mooring-files-disk-'));
    disk = join(home, 'disk');
    unmount = mountDisk(disk, 6);
    writer = createFileWriter();
    store = null;
  });
  afterEach(async () => {
    await store?.close();
    await writer.close();
    unmount();
    await rm(home, { recursive: true });
  });
  const open = async (cache: string) => {
    store = await createFileStore({
      folder: join(disk, 'project'),
      cache,
      collections: STORE_COLLECTIONS,
      writer,
      create: { epoch: 1 },
    });
    return store;
  };

  it.each([
    ['with its cache elsewhere', () => join(home, 'cache.db')],
    ['with its cache', () => join(disk, 'cache.db')],
  ])('that is full %s get a clear error, lose nothing, and are written again when there is space', async (_, cache) => {
    const filler = join(disk, 'filler');
    await writeFile(filler, Buffer.alloc(2_000_000));
    const files = await open(cache());
    const kept: string[] = [];
    let refusal: unknown = null;
    for (let n = 0; n < 200 && !refusal; n += 1) {
      const memory = aMemory({ content: `${n} ${'lorem ipsum '.repeat(5_000)}` });
      await files.commit([put(memory)], context()).then(
        () => kept.push(memory.id),
        (error: unknown) => {
          refusal = error;
        },
      );
    }
    expect(refusal).toMatchObject({ code: 'STORE_FULL', hint: expect.stringContaining('space') });
    expect(kept.length).toBeGreaterThan(5);
    await rm(filler);
    const found = await files.collection(memories).get(kept);
    expect(found.map((memory) => memory?.id)).toEqual(kept);
    await files.commit([put(aMemory())], context());
    expect(await files.health()).toEqual({ ok: true, problems: [] });
    await files.close();
    const again = await open(join(home, 'another.db'));
    expect(await again.collection(memories).count()).toBe(kept.length + 1);
    expect(await again.health()).toEqual({ ok: true, problems: [] });
  });

  it('that is read-only are refused with a hint, and read again when it isn’t', async () => {
    const memory = aMemory();
    await (await open(join(home, 'cache.db'))).commit([put(memory)], context());
    await store!.close();
    remountDisk(disk, 'ro');
    await expect(open(join(home, 'cache.db'))).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
      hint: expect.stringContaining('FILE_STORE_PATH'),
    });
    remountDisk(disk, 'rw');
    expect(await (await open(join(home, 'cache.db'))).collection(memories).get([memory.id])).toEqual([memory]);
  });
});
