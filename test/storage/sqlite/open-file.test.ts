import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memories } from '../../../src/storage/collections.js';
import { createOpenFile } from '../../../src/storage/sqlite/open-file.js';
import { createSqliteStore } from '../../../src/storage/sqlite/store.js';
import { createWriter, type Writer } from '../../../src/storage/sqlite/writer.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { aMemory } from '../../support/records.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-open-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a file that is put in the place of another is seen in the next callback of the event loop, and looked for once in each', async () => {
  const path = join(folder, 'a.db');
  new Database(path).exec('create table t (a)').close();
  const file = await createOpenFile({ path, prepare: async () => {}, onStatement: undefined });
  expect(file.isCurrent()).toBe(true);
  copyFileSync(path, `${path}.backup`);
  renameSync(`${path}.backup`, path);
  expect(file.isCurrent()).toBe(true);
  await nextTurn();
  expect(file.isCurrent()).toBe(false);
  await file.renew();
  expect(file.isCurrent()).toBe(true);
  file.close();
});

it('what a store wrote is read back from the file that took it, though it was checked before in that turn', async () => {
  const path = join(folder, 'a.db');
  const backup = `${path}.backup`;
  const thread = createWriter();
  /** It is answered within the turn, as one that waits along with another. */
  let answer: Promise<number> | null = null;
  const writer: Writer = { ...thread, write: (at, change) => answer ?? thread.write(at, change) };
  const open = (at: string) =>
    createSqliteStore({ path: at, collections: [memories], writer, create: { epoch: EPOCH } });
  const store = await open(path);
  const other = await open(backup);
  await other.commit([put(aMemory())], context());
  await other.close();
  expect(await store.log.head()).toMatchObject({ seq: 0 });
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix);
  renameSync(backup, path);
  answer = Promise.resolve(1);
  await store.commit([], context());
  expect(await store.log.head()).toMatchObject({ seq: 1 });
  await store.close();
  await thread.close();
});

it('a record is read as another process left it, however soon it is read again', async () => {
  const path = join(folder, 'a.db');
  const writer = createWriter();
  const store = await createSqliteStore({ path, collections: [memories], writer, create: { epoch: EPOCH } });
  const memory = aMemory();
  await store.commit([put(memory)], context());
  const elsewhere = new Database(path);
  const read = async () => (await store.collection(memories).get([memory.id]))[0]?.content;
  expect(await read()).toBe(memory.content);
  elsewhere.exec("update memories set doc = json_set(doc, '$.content', 'by another')");
  expect(await read()).toBe('by another');
  elsewhere.close();
  await store.close();
  await writer.close();
});
