import { rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../util/errors.js';

/** Removal of the folders that were created on the way to a place. */

/** Runs work that may create a folder; created folders are removed after it, unless in use by then. */
export async function withoutTraces<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const made = await missingFolders(folder);
  try {
    return await work();
  } finally {
    await removeEmpty(made);
  }
}

/** The folder and those above it, as far as they don't exist, innermost first. */
export async function missingFolders(folder: string): Promise<readonly string[]> {
  const isThere = await stat(folder).then(
    () => true,
    (error: unknown) => !isMissing(error),
  );
  if (isThere || dirname(folder) === folder) return [];
  return [folder, ...(await missingFolders(dirname(folder)))];
}

/** Removes empty folders, innermost first, and stops at the first that isn't empty. */
export async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const each of folders) if (!(await isGone(each))) break;
}

function isGone(folder: string): Promise<boolean> {
  return rmdir(folder).then(
    () => true,
    (error: unknown) => isMissing(error),
  );
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}
