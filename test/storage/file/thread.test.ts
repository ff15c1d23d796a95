import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { memories } from '../../../src/storage/collections.js';
import { SHARED } from '../../../src/storage/file/cache/freshness.js';
import { createFileWriter } from '../../../src/storage/file/writer.js';
import { context, EPOCH, put, STORE_COLLECTIONS } from '../../contract/store.js';
import { cacheOf, eventually, fileFactory } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

describe('the thread that keeps the folders', () => {
  const factory = fileFactory();
  afterEach(() => factory.cleanUp());

  it('batches the requests that arrive while it works', async () => {
    const folder = await factory.place();
    const writer = createFileWriter();
    const shared = new SharedArrayBuffer(SHARED.length * Float64Array.BYTES_PER_ELEMENT);
    const specs = STORE_COLLECTIONS.map(({ name, fields, indexes, unique }) => ({ name, fields, indexes, unique }));
    const create = { epoch: EPOCH };
    const files = await writer.open({
      folder,
      cache: cacheOf(folder),
      specs,
      projectId: null,
      secrets: 'REDACT',
      create,
      shared,
    });
    const published = () => new Float64Array(shared)[SHARED.published]!;
    const before = published();
    const write = () => {
      const memory = aMemory();
      const { id, version } = memory;
      const doc = JSON.stringify(memory);
      const change = { kind: 'put', collection: memories.name, id, version, operation: 'CREATE', doc } as const;
      return files.write({ kind: 'commit', changes: [change], context: context() });
    };
    const seqs = await Promise.all(Array.from({ length: 50 }, write));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    // Each time it has the lock it publishes twice: after the commits, and at the end.
    expect(published() - before).toBeLessThan(50);
    await files.close();
    await writer.close();
  });

  it('notices what people write, however many requests it has', async () => {
    const place = await factory.place();
    const store = await factory.open(place, EPOCH);
    const memory = aMemory();
    await store.commit([put(memory)], context());
    const path = join(place, 'memories/2026/01/01', `${memory.id}.json`);
    const isTaken = async () => (await store.collection(memories).get([memory.id]))[0]?.version === 2;
    await eventually(async () => readFileSync(path, 'utf8') || null, 'its file was there');
    writeFileSync(path, JSON.stringify({ ...memory, content: 'by hand' }));
    let commits = 0;
    const busy = async () => {
      // Kept busy with messages, the thread would otherwise check the files only after a thousand.
      while (commits < 900 && !(await isTaken())) {
        await store.commit([put(aMemory())], context());
        commits += 1;
      }
    };
    await Promise.all(Array.from({ length: 12 }, busy));
    expect(await isTaken()).toBe(true);
  });
});
