import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeDataDirectory, PRIVATE_FILE } from '../files/private-files.js';
import { codeOf } from '../util/errors.js';
import { isRunning } from './presence.js';

/**
 * Of several processes that find no server on a data directory, one starts it at a time. Two at once would harm nothing but
 * memory, each with a model of its own, so a lock that may be broken once in a blue moon does.
 */

const FILE = 'server.json.lock';
const LOOK_MS = 50;
/** No start takes so long: another process has the number of one that was killed. */
const LONGEST_MS = 60_000;

/** Does some work while no other process does any under the lock of the data directory; waits for its turn. */
export async function withHostLock<T>(dataDirectory: string, work: () => Promise<T>): Promise<T> {
  makeDataDirectory(dataDirectory);
  const path = join(dataDirectory, FILE);
  while (!(await take(path))) await delay(LOOK_MS);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, String(process.pid), { mode: PRIVATE_FILE });
  try {
    // A process that finds the lock finds its holder in it.
    await link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    await removeAbandoned(path);
    return false;
  } finally {
    await rm(own, { force: true });
  }
}

/** Removes the lock of a process that was killed, and never that of the one which takes it meanwhile. */
async function removeAbandoned(path: string): Promise<void> {
  if (await isHeld(path)) return;
  const moved = `${path}.${randomUUID()}`;
  try {
    await rename(path, moved);
    if (await isHeld(moved)) await link(moved, path);
  } catch (error) {
    // Another process was faster.
    if (!/^(ENOENT|EEXIST)$/.test(codeOf(error))) throw error;
  } finally {
    await rm(moved, { force: true });
  }
}

async function isHeld(path: string): Promise<boolean> {
  try {
    const [{ mtimeMs }, holder] = await Promise.all([stat(path), readFile(path, 'utf8')]);
    return Date.now() - mtimeMs < LONGEST_MS && isRunning(Number(holder));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}
