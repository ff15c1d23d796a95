import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRunning, type Presence, readPresence, readRunning, responds, writePresence } from './presence.js';

/**
 * A server announces itself in a file of its data directory, so that the command line finds it. Of several servers on one
 * folder the latest is found, and after it the one before.
 */

const FILE = 'server.json';

/**
 * Announces a server in its data directory.
 * @returns withdraws the announcement, unless another server replaced it
 */
export async function announceServer(presence: Presence): Promise<() => Promise<void>> {
  const path = join(presence.dataDirectory, FILE);
  const before = await readPresence(path);
  const text = await writePresence(path, presence);
  return async () => {
    if ((await readFile(path, 'utf8').catch(() => null)) !== text) return;
    if (before && isRunning(before.pid)) await writePresence(path, before);
    else await rm(path, { force: true });
  };
}

/** The server that runs on the data directory; null when none responds. */
export async function findServer(dataDirectory: string): Promise<Presence | null> {
  const presence = await announcedServer(dataDirectory);
  return presence && (await responds(presence)) ? presence : null;
}

/** The same without asking it: the server whose process runs. */
export function announcedServer(dataDirectory: string): Promise<Presence | null> {
  return readRunning(join(dataDirectory, FILE));
}
