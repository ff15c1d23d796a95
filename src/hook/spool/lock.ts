import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isRunning } from '../../config/presence.js';
import { PRIVATE_FILE } from '../../files/private-files.js';
import { codeOf } from '../../util/errors.js';

/**
 * One process at a time. A plain file, as that of a process which was killed is recognised: by its process, and by a time
 * that it renews. Should two processes ever have it at once, what both send is still saved once.
 */
export interface SpoolLock {
  /** Says that this process still works. */
  renew(): void;
  release(): void;
}

/** A lock that wasn't renewed for so long is free: an id of a process may be another's by now. */
const EXPIRY_MS = 30_000;

/** Takes the lock at a path; null when another process has it. */
export function takeLock(path: string): SpoolLock | null {
  return create(path) ?? (removeStale(path) ? create(path) : null);
}

function create(path: string): SpoolLock | null {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path, 'wx', PRIVATE_FILE);
    writeSync(file, String(process.pid));
    closeSync(file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return null;
    throw error;
  }
  return {
    renew: () => utimesSync(path, new Date(), new Date()),
    release: () => rmSync(path, { force: true }),
  };
}

/** @returns whether the lock was another's that no longer works, and is gone */
function removeStale(path: string): boolean {
  const aside = `${path}.${process.pid}`;
  try {
    const holder = readFileSync(path, 'utf8');
    const isExpired = Date.now() - statSync(path).mtimeMs > EXPIRY_MS;
    // Empty: it is being written just now.
    if (!isExpired && (holder === '' || isRunning(Number(holder)))) return false;
    renameSync(path, aside);
    rmSync(aside, { force: true });
    return true;
  } catch {
    // Another process released or removed it.
    return false;
  }
}
