import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makePrivateFile, makePrivateFolder } from '../../files/private-files.js';
import type { SearchLogger } from '../logger.js';
import type { IndexPurpose, VectorDonor } from '../vectors/vector-index.js';
import type { IndexCopyTask } from './index-copy-task.js';

/** What the name of a copy has after that of the index file, until it is one. */
const DRAFT = '.copy';

/**
 * Copies an index file that may be in use, as it is at one moment, over the empty file at `to`. A thread does it, so the
 * event loop waits for no disk. The rows of the copy are of another log: all of them are compared with what is stored before
 * one of them counts. @throws what SQLite throws, and the signal's reason
 */
export function copyIndexFile(task: IndexCopyTask, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./index-copy-thread.js', import.meta.url), { workerData: task });
    const stop = () => void thread.terminate();
    signal.addEventListener('abort', stop);
    thread.on('error', reject);
    thread.on('exit', (code) => {
      signal.removeEventListener('abort', stop);
      if (code === 0) resolve();
      else reject(signal.aborted ? signal.reason : new Error('the thread that copies the index ended'));
    });
    if (signal.aborted) stop();
  });
}

/**
 * Makes the index file at a path from a donor's, whole or not at all. Where that can't be, or its vectors are of another
 * model, the index is made from what is stored.
 */
export async function seedIndexFile(
  path: string,
  donor: VectorDonor,
  purpose: IndexPurpose,
  { logger, signal }: { readonly logger: SearchLogger; readonly signal: AbortSignal },
): Promise<void> {
  if (!donor.copyIndex || donor.model !== purpose.model) return;
  // Another process may be making one too.
  const draft = `${path}${DRAFT}-${randomUUID()}`;
  try {
    makePrivateFolder(dirname(path));
    makePrivateFile(draft);
    const isCopied = await donor.copyIndex(draft, purpose, signal);
    // Another process may have made one meanwhile.
    if (isCopied && !existsSync(path)) renameSync(draft, path);
  } catch (error) {
    if (!signal.aborted)
      logger.warn({ err: error }, "The search index couldn't be copied from where the project is: it is built anew.");
  } finally {
    removeFile(draft);
  }
}

/**
 * Removes what copies for the index file at a path have left that came to no end: texts are in it that may be purged by now.
 * A copy that another process is making becomes an index without rows.
 */
export function removeDrafts(path: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) return;
  const start = `${basename(path)}${DRAFT}`;
  for (const name of readdirSync(folder)) if (name.startsWith(start)) rmSync(join(folder, name), { force: true });
}

function removeFile(path: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}
