import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { withHostLock } from '../../src/config/host-lock.js';
import { makeFolder } from '../support/temporary.js';

let data: string;
let lock: string;
beforeEach(async () => {
  data = await makeFolder();
  lock = join(data, 'server.json.lock');
});

/** A process that no longer runs: the highest number that Linux gives is below it. */
const GONE = String(2 ** 22 + 1);

/** Has several take the lock at once. @returns the most that held it together */
async function contend(): Promise<number> {
  let holding = 0;
  let most = 0;
  const hold = () =>
    withHostLock(data, async () => {
      holding += 1;
      most = Math.max(most, holding);
      await new Promise((resolve) => setImmediate(resolve));
      holding -= 1;
    });
  await Promise.all(Array.from({ length: 5 }, hold));
  return most;
}

it('one holds the lock of a data directory at a time, and nothing is left of it', async () => {
  expect(await contend()).toBe(1);
  expect(await readdir(data)).toEqual([]);
});

it('a lock is released when the work fails', async () => {
  await expect(withHostLock(data, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withHostLock(data, async () => 1)).toBe(1);
});

it('a data directory is created for it', async () => {
  data = join(data, 'new', 'data');
  expect(await withHostLock(data, async () => readdir(data))).toEqual(['server.json.lock']);
});

it('the lock of a process that was killed is taken over by one', async () => {
  await writeFile(lock, GONE);
  expect(await contend()).toBe(1);
});

it('a lock that is older than any start is taken over, though a process has that number', async () => {
  await writeFile(lock, String(process.pid));
  const hourAgo = Date.now() / 1000 - 3600;
  await utimes(lock, hourAgo, hourAgo);
  expect(await contend()).toBe(1);
});
