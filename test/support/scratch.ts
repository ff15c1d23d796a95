import { statfsSync } from 'node:fs';
import type { Extent } from './extent.js';

/** A file system in memory, as Linux has it. A container's may be small. */
const MEMORY = '/dev/shm';
/** What the tests of a quick run store at once is a tenth of it. Bytes. */
const ROOM = 4 * 2 ** 30;

/**
 * Has the tests of a quick run store what they do in memory, where there is room: syncing to a disk is a fifth of their
 * work. A process that is killed leaves the same behind there; the run of everything uses the disk.
 */
export function chooseScratch(extent: Extent): void {
  if (extent === 'quick' && process.env.TMPDIR === undefined && roomIn(MEMORY) >= ROOM) process.env.TMPDIR = MEMORY;
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
