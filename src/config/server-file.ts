import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../util/errors.js';

/**
 * A server writes its URL to a file of its data directory, so that the command line finds it. It is only a hint: of several
 * servers on one folder the latest is found, and after it the one before; one that died is recognised.
 */
interface Presence {
  readonly url: string;
  readonly pid: number;
  readonly startedAt: string;
}

const FILE = 'server.json';
/** A server on this machine responds within milliseconds; one this slow is useless. */
const HEALTH_MS = 2_000;

/**
 * Announces that this process serves the data directory.
 * @returns withdraws the announcement, unless another server replaced it
 */
export async function announceServer(dataDirectory: string, url: string): Promise<() => Promise<void>> {
  const path = join(dataDirectory, FILE);
  const text = `${JSON.stringify({ url, pid: process.pid, startedAt: new Date().toISOString() } satisfies Presence)}\n`;
  const before = await read(path);
  await put(path, text);
  return async () => {
    if ((await readFile(path, 'utf8').catch(() => null)) !== text) return;
    if (before && isRunning(before.pid)) await put(path, `${JSON.stringify(before)}\n`);
    else await rm(path, { force: true });
  };
}

/** Renames a file into place, so that no reader sees half of it. */
async function put(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
}

/** URL of the server that runs on the data directory; null when none responds. */
export async function findServer(dataDirectory: string): Promise<string | null> {
  const presence = await read(join(dataDirectory, FILE));
  // Another server may use its port by now, on other data: so its process must exist too.
  if (!presence || !isRunning(presence.pid)) return null;
  const isHealthy = await fetch(`${presence.url}/health`, { signal: AbortSignal.timeout(HEALTH_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );
  return isHealthy ? presence.url : null;
}

async function read(path: string): Promise<Presence | null> {
  try {
    const { url, pid, startedAt } = JSON.parse(await readFile(path, 'utf8')) as Partial<Presence>;
    return typeof url === 'string' && typeof pid === 'number' && pid > 0
      ? { url, pid, startedAt: String(startedAt) }
      : null;
  } catch {
    return null;
  }
}

/** Whether a process of this machine runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as another user.
    return codeOf(error) === 'EPERM';
  }
}
