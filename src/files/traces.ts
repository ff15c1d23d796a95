import { rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../util/errors.js';

/** Folders that something may make on its way to a place, and that are to go with it. */

/** Does something that may make a folder; what is made goes with it, unless somebody uses it by then. */
export async function withoutTraces<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const made = await missingFolders(folder);
  try {
    return await work();
  } finally {
    await removeEmpty(made);
  }
}

/** Those of a folder and the ones above it that aren't there, from the inside out. */
export async function missingFolders(folder: string): Promise<readonly string[]> {
  const isThere = await stat(folder).then(
    () => true,
    (error: unknown) => !isMissing(error),
  );
  if (isThere || dirname(folder) === folder) return [];
  return [folder, ...(await missingFolders(dirname(folder)))];
}

/** Removes folders, from the inside out, as far as nothing is in them. The first that is in use ends it. */
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
