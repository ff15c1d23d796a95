import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { memories } from '../../../src/storage/collections.js';
import { waitForFiles } from '../../../src/storage/file/folder/restore-wait.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { fileFactory, NEVER_SCANNING } from '../../support/files/files.js';
import { aMemory } from '../../support/records.js';

describe('a folder that is restored file by file while it is open', () => {
  const factory = fileFactory(NEVER_SCANNING);
  afterEach(() => factory.cleanUp());

  it('ends as restored, and no file of the server blocks the restoring program', async () => {
    const place = await factory.place();
    const store = await factory.open(place, EPOCH);
    const before = Array.from({ length: 12 }, (_, n) => aMemory({ content: `before ${n}` }));
    await store.commit(
      before.map((memory) => put(memory)),
      context(),
    );
    const files = before.map(({ id }) => join(place, 'memories/2026/01/01', `${id}.json`));
    const copies = [join(place, 'log/current.jsonl'), ...files].map((path) => [path, readFileSync(path)] as const);
    await store.commit(
      before.map((memory) => put({ ...memory, version: 2, content: 'after' })),
      context(),
    );

    let reading: Promise<unknown> = Promise.resolve();
    for (const [path, bytes] of copies) {
      rmSync(path);
      // As git does: it reads the file from its own store in between, and fails where one is by then.
      reading = Promise.all([reading, store.log.head()]);
      await Promise.race([reading, delay(20)]);
      writeFileSync(path, bytes, { flag: 'wx' });
    }
    await reading;
    expect(await store.collection(memories).get(before.map(({ id }) => id))).toEqual(before);
    expect((await store.log.head()).seq).toBe(before.length);
    for (const [path, bytes] of copies) expect(readFileSync(path).equals(bytes), path).toBe(true);
    expect(await store.health()).toMatchObject({ problems: [expect.stringContaining('is older than the rest')] });
  });

  it('has no record again whose file was removed before the log was put back', async () => {
    const waiting = fileFactory({ repairQuiet: 2 ** 31 - 1 });
    onTestFinished(() => waiting.cleanUp());
    const place = await waiting.place();
    const store = await waiting.open(place, EPOCH);
    const [kept, later, edited] = [aMemory(), aMemory(), aMemory({ content: 'AAA' })];
    const path = ({ id }: typeof kept) => join(place, 'memories/2026/01/01', `${id}.json`);
    await store.commit([put(kept), put(edited)], context());
    const log = readFileSync(join(place, 'log/current.jsonl'));
    await store.commit([put(later)], context());
    rmSync(path(later));
    // What is changed after it is taken over meanwhile, also by a scan.
    writeFileSync(path(edited), readFileSync(path(edited), 'utf8').replace('AAA', 'BBB'));
    await expect.poll(async () => (await store.collection(memories).get([edited.id]))[0]?.version).toBe(2);
    await store.health();
    expect(existsSync(path(later))).toBe(false);
    rmSync(join(place, 'log/current.jsonl'));
    writeFileSync(join(place, 'log/current.jsonl'), log);
    expect(await store.collection(memories).get([kept.id, later.id])).toEqual([kept, null]);
    expect(existsSync(path(later))).toBe(false);
  });

  it('gets a new log when its own is gone for good', async () => {
    const place = await factory.place();
    const store = await factory.open(place, EPOCH);
    const memory = aMemory();
    await store.commit([put(memory)], context());
    rmSync(join(place, 'log/current.jsonl'));
    expect(await store.collection(memories).get([memory.id])).toEqual([memory]);
    const later = aMemory();
    await store.commit([put(later)], context());
    expect(readFileSync(join(place, 'log/current.jsonl'), 'utf8')).toContain(later.id);
  });

  it('counts as restored once nothing changes any more', async () => {
    const start = performance.now();
    const asked: number[] = [];
    await waitForFiles(() => {
      asked.push(performance.now());
      return asked.length <= 3 ? performance.now() : start;
    });
    expect(asked).toHaveLength(4);
  });
});
