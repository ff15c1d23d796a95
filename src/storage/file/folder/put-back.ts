import { closeSync, readSync } from 'node:fs';
import { delay } from '../../../util/async.js';
import { findPlainFile, openPlain, READ } from '../disk/plain-file.js';
import type { Layout } from '../documents/layout.js';

/** How long the log may take to be put back, in milliseconds: git writes 8 MB in a tenth of it. */
const LONGEST_MS = 1_000;
const STEP_MS = 5;
/** How long nothing may be heard of the files before the log counts as put back with all of them, in milliseconds. */
const QUIET_MS = 250;
/** How long all files may take to be put back: then the folder is taken as it is. */
const LONGEST_OF_ALL_MS = 30_000;
const LINE_END = 10;

/**
 * Waits while the log's current part is being put back. What does that, as git does, removes the file, and then makes one
 * that mustn't be there: one of ours would make it fail halfway, and what it has written half must not be cut. After a
 * second, the file is gone, or is all there is. Under the folder's lock: nobody of ours writes it.
 * @param known - the inode that it had when the cache went up to its end
 */
export async function waitForLog(layout: Layout, known: number): Promise<void> {
  for (let waited = 0; waited < LONGEST_MS && isBeingPutBack(layout, known); waited += STEP_MS) await delay(STEP_MS);
}

function isBeingPutBack({ folder, current }: Layout, known: number): boolean {
  const stats = findPlainFile(folder, current);
  if (!stats) return true;
  return stats.ino !== known && !endsWithLine(folder, current, stats.size);
}

/** What processes of ours write ends with a whole line, and isn't empty. */
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
 * Waits until whatever put an older log back is done with the documents' files, too. Until then, those that it hasn't come to
 * would be taken for what the log has lost. Under the folder's lock.
 * @param heardAt - when something in the folder changed last, as `performance.now()` tells it
 */
export async function waitForFiles(heardAt: () => number): Promise<void> {
  const start = performance.now();
  for (let now = start; now - start < LONGEST_OF_ALL_MS; now = performance.now()) {
    const left = Math.max(start, heardAt()) + QUIET_MS - now;
    if (left <= 0) return;
    await delay(left);
  }
}
