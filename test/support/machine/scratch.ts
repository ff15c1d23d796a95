import { mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../../../src/config/presence.js';

/** A file system in memory, as Linux has it. A container's may be small. */
const MEMORY = '/dev/shm';
/** Bytes; the tests of a quick run store a tenth of this at once. */
const ROOM = 4 * 2 ** 30;
const NAME = 'mooring-tests-';

/**
 * Has the tests of this process and of those that it starts store what they do in memory, where there is room, until it
 * ends: syncing to a disk is a fifth of a quick run's work, and a process that is killed leaves the same behind.
 */
export function storeInMemory(): void {
  if (process.env.TMPDIR !== undefined || roomIn(MEMORY) < ROOM) return;
  // A run that was killed couldn't remove its own.
  for (const name of readdirSync(MEMORY)) {
    const pid = new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1];
    if (pid && !isRunning(Number(pid))) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(MEMORY, `${NAME}${process.pid}-`));
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** Has servers announce themselves in a home of the tests, and not in that of the user. */
export function keepHomeApart(): void {
  const home = mkdtempSync(join(tmpdir(), 'mooring-home-'));
  process.env.MOORING_HOME = home;
  process.once('exit', () => rmSync(home, { recursive: true, force: true }));
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
