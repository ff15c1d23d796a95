import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from './errors.js';

/** Projects' folders that are being removed: each is moved aside first, in one step, so that it is never met half. */

const REMOVED = '.removed-';

/** Where a folder is moved to be removed: another name each time, so that nobody else's removal is at the same. */
export const asideOf = (folder: string): string => `${prefixOf(folder)}-${randomUUID().slice(0, 8)}`;

/** What was moved aside of a folder and is still there: a removal is at it, or was broken off. */
export function removedOf(folder: string): readonly string[] {
  const prefix = basename(prefixOf(folder));
  return namesIn(dirname(folder))
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(dirname(folder), name));
}

/** Whether a name beside the projects' folders is of one that was moved aside. */
export const isRemoved = (name: string): boolean => name.startsWith(REMOVED);

const prefixOf = (folder: string): string => join(dirname(folder), `${REMOVED}${basename(folder)}`);

/** The names in a folder; none when it isn't there. @throws what the file system throws */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
