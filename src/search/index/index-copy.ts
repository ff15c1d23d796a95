import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { makePrivateFile, makePrivateFolder } from '../../files/private-files.js';
import type { SearchLogger } from '../contract.js';
import type { IndexPurpose, VectorDonor } from '../vectors/vector-index.js';
import type { IndexCopyTask } from './index-copy-thread.js';

/** The suffix of an unfinished copy's name, after the index file's. */
const DRAFT = '.copy';

/**
 * Copies an index file that may be in use, in one snapshot, over the empty file at `to`. A thread does it, so the event loop
 * never waits for the disk. The copy's rows are of another log: each is compared with what is stored before it counts.
 * @throws what SQLite throws, and the signal's reason
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
      else reject(signal.aborted ? signal.reason : new Error('The thread that copies the index exited early.'));
    });
    if (signal.aborted) stop();
  });
}

/**
 * Creates the index file at a path as a copy of a donor's, all or nothing. If that fails, or the donor's vectors are of another
 * model, no file is created.
 */
export async function seedIndexFile(
  path: string,
  donor: VectorDonor,
  purpose: IndexPurpose,
  { logger, signal }: { readonly logger: SearchLogger; readonly signal: AbortSignal },
): Promise<void> {
  if (!donor.copyIndex || donor.model !== purpose.model) return;
  // Another process may be making a copy too.
  const draft = `${path}${DRAFT}-${randomUUID()}`;
  try {
    makePrivateFolder(dirname(path));
    makePrivateFile(draft);
    const isCopied = await donor.copyIndex(draft, purpose, signal);
    // Another process may have created the file meanwhile.
    if (isCopied && !existsSync(path)) renameSync(draft, path);
  } catch (error) {
    if (!signal.aborted)
      logger.warn({ err: error }, "The search index couldn't be copied from the donor: it is rebuilt.");
  } finally {
    removeFile(draft);
  }
}

/**
 * Removes unfinished copies for the index file at a path: they contain texts that may be purged by now. A copy that another
 * process is making then becomes an index without rows.
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
