import { copyFileSync, renameSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOpenFile } from '../../src/storage/sqlite/open-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-open-file-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a file that is put in the place of another is seen in the next turn of the event loop, and in none twice', async () => {
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
