import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder } from '../files/private-files.js';
import type { Home } from './home.js';
import { type Presence, readPresence, readRunning, responds, writePresence } from './presence.js';

/** The servers of a user: each has a file in their home, so that agents find it from any folder. */

/**
 * Announces a server in its user's home.
 * @returns withdraws the announcement
 */
export async function listServer({ servers, lastServer }: Home, presence: Presence): Promise<() => Promise<void>> {
  makePrivateFolder(servers);
  if (presence.kind === 'serve') await writePresence(lastServer, presence);
  // A name of its own: whoever removes the file of a server that was killed can't meet that of another.
  const path = join(servers, `${presence.kind}-${randomUUID()}.json`);
  await writePresence(path, presence);
  return () => rm(path, { force: true });
}

/**
 * The servers of a user that respond, those that run until they are stopped before those of agents, the latest first.
 * Announcements of servers that were killed are removed.
 */
export async function findServers(home: Home): Promise<readonly Presence[]> {
  const listed = await listedServers(home);
  const respond = await Promise.all(listed.map(responds));
  return listed.filter((_, index) => respond[index]);
}

/** The same without asking any: those whose process runs. */
export async function listedServers({ servers }: Home): Promise<readonly Presence[]> {
  const names = await readdir(servers).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).map((name) => join(servers, name));
  const found = await Promise.all(files.map(readListed));
  return found.filter((presence) => presence !== null).sort(compare);
}

/** The server that somebody started last, whether it still runs or not: null when nobody did. */
export function findLastServer({ lastServer }: Home): Promise<Presence | null> {
  return readPresence(lastServer);
}

async function readListed(path: string): Promise<Presence | null> {
  const presence = await readRunning(path);
  if (presence) return presence;
  await rm(path, { force: true }).catch(() => undefined);
  return null;
}

function compare(a: Presence, b: Presence): number {
  if (a.kind !== b.kind) return a.kind === 'serve' ? -1 : 1;
  return a.startedAt < b.startedAt ? 1 : -1;
}
