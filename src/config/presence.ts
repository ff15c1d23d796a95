import { readFile, rename, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { PRIVATE_FILE } from '../files/private-files.js';
import { codeOf } from '../util/errors.js';
import { INSTANCE, INSTANCE_HEADER } from '../util/instance.js';

/**
 * A running server, as it announces itself in a file: in its data directory (`server-file.ts`) and in its user's home
 * (`server-list.ts`). It is only a hint: the process may have been killed since.
 */
export interface Presence {
  readonly url: string;
  /** Absolute path; empty when an earlier version wrote the file. */
  readonly dataDirectory: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly kind: ServerKind;
  /** What its health says in the header `mooring-instance`; null when an earlier version wrote the file. */
  readonly instance: string | null;
}

/** `serve`: it runs until somebody stops it. `agent`: it runs within an agent's `mooring mcp`, and ends with it. */
export type ServerKind = 'serve' | 'agent';

/** A server on this machine responds within milliseconds, unless the machine is overloaded; one this slow is useless. */
const HEALTH_MS = 4_000;

/** This process, as a server. */
export function ownPresence(url: string, dataDirectory: string, kind: ServerKind): Presence {
  return { url, dataDirectory, pid: process.pid, startedAt: new Date().toISOString(), kind, instance: INSTANCE };
}

/** Reads an announcement; null when there is none, or it isn't one. */
export async function readPresence(path: string): Promise<Presence | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return parsePresence(text);
}

/** The same of a server whose process runs: another one may use its port by now, on other data. */
export async function readRunning(path: string): Promise<Presence | null> {
  const presence = await readPresence(path);
  return presence && isRunning(presence.pid) ? presence : null;
}

function parsePresence(text: string): Presence | null {
  try {
    const { url, dataDirectory, pid, startedAt, kind, instance } = JSON.parse(text) as Record<string, unknown>;
    if (typeof url !== 'string' || !URL.canParse(url) || typeof pid !== 'number' || !(pid > 0)) return null;
    return {
      ...{ url, pid, startedAt: String(startedAt) },
      dataDirectory: typeof dataDirectory === 'string' ? dataDirectory : '',
      kind: kind === 'agent' ? 'agent' : 'serve',
      instance: typeof instance === 'string' ? instance : null,
    };
  } catch {
    return null;
  }
}

/** Writes an announcement: renamed into place, so that no reader sees half of it. @returns its text */
export async function writePresence(path: string, presence: Presence): Promise<string> {
  const text = `${JSON.stringify(presence)}\n`;
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, text, { mode: PRIVATE_FILE });
  await rename(draft, path);
  return text;
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

/**
 * Whether the announced server responds. Another program may have its port by now, and answer anything; or another server, on
 * other data. By `node:http`, which is loaded in a fraction of the time that `fetch` takes.
 */
export function responds({ url, instance }: Presence): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(`${url}/health`, { agent: false, timeout: HEALTH_MS }, (response) => {
      response.resume();
      const isSame = instance === null || response.headers[INSTANCE_HEADER] === instance;
      resolve(response.statusCode === 200 && isSame);
    });
    request.on('timeout', () => request.destroy());
    // Also after it was destroyed.
    request.on('close', () => resolve(false));
    request.on('error', () => resolve(false));
  });
}
