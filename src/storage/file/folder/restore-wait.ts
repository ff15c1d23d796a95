import { closeSync, readSync } from 'node:fs';
import { delay } from '../../../util/async.js';
import { findPlainFile, openPlain, READ } from '../disk/plain-file.js';
import type { Layout } from '../documents/layout.js';

/** How long the log may take to be restored, in milliseconds: git writes 8 MB in a tenth of it. */
const LONGEST_MS = 1_000;
const STEP_MS = 5;
/** How long no file may change before all of them count as restored with the log, in milliseconds. */
const QUIET_MS = 250;
/** How long all files may take to be restored: then the folder is taken as it is. */
const LONGEST_OF_ALL_MS = 30_000;
const LINE_END = 10;

/**
 * Waits while the log's current segment is being restored. A program that does that, such as git, removes the file, and
 * then creates one that mustn't exist: one of ours would make it fail halfway, and its half-written one must not be
 * truncated. After a second, the file is missing, or complete as it is. Under the folder's lock: no process of ours
 * writes it.
 * @param known - the inode that it had when the cache reached its end
 */
export async function waitForLog(layout: Layout, known: number): Promise<void> {
  for (let waited = 0; waited < LONGEST_MS && isBeingPutBack(layout, known); waited += STEP_MS) await delay(STEP_MS);
}

function isBeingPutBack({ folder, current }: Layout, known: number): boolean {
  const stats = findPlainFile(folder, current);
  if (!stats) return true;
  return stats.ino !== known && !endsWithLine(folder, current, stats.size);
}

/** What our processes write ends with a whole line, and isn't empty. */
function endsWithLine(folder: string, path: string, size: number): boolean {
  if (size === 0) return false;
  const file = openPlain(folder, path, READ);
  try {
    const last = Buffer.alloc(1);
    return readSync(file, last, 0, 1, size - 1) === 1 && last[0] === LINE_END;
  } finally {
    closeSync(file);
  }
}

/**
 * Waits until the program that restored an older log has restored the documents' files, too. Until then, those it
 * hasn't reached would be taken for what the log has lost.
 * @param lastChangeAt - when something in the folder last changed, by `performance.now()`
 * @param quiet - how long nothing may change, in milliseconds
 */
export async function waitForFiles(lastChangeAt: () => number, quiet = QUIET_MS): Promise<void> {
  const start = performance.now();
  for (let now = start; now - start < LONGEST_OF_ALL_MS; now = performance.now()) {
    const left = Math.max(start, lastChangeAt()) + quiet - now;
    if (left <= 0) return;
    await delay(left);
  }
}
