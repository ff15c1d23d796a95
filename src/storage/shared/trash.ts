import { randomUUID } from 'node:crypto';
import { type Dir, existsSync, opendirSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StoreError } from '../../domain/errors.js';
import { codeOf } from '../../util/errors.js';
import { grouped } from '../../util/text/grouped.js';

/**
 * Projects' folders that are being removed: each is first moved aside in one step, so that nobody ever sees half of
 * one.
 */

const REMOVED = '.removed-';

/** Where a folder is moved to be removed: another name each time, so that two removals never share one. */
export const trashPathOf = (folder: string): string => `${prefixOf(folder)}-${randomUUID().slice(0, 8)}`;

/** What is left of a folder that was moved aside: its removal is in progress, or was interrupted. */
export function trashOf(folder: string): readonly string[] {
  const prefix = basename(prefixOf(folder));
  return namesIn(dirname(folder))
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(dirname(folder), name));
}

/** Whether a name next to the projects' folders is of one that was moved aside. */
export const isTrash = (name: string): boolean => name.startsWith(REMOVED);

const prefixOf = (folder: string): string => join(dirname(folder), `${REMOVED}${basename(folder)}`);

/**
 * The names in a folder; none when it doesn't exist. @throws StoreError when there are too many, and what the file
 * system throws
 */
export function namesIn(folder: string): readonly string[] {
  let dir: Dir;
  try {
    dir = opendirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  try {
    const names: string[] = [];
    for (let entry = dir.readSync(); entry; entry = dir.readSync()) {
      if (names.push(entry.name) > MOST_ENTRIES) throw tooMany(folder);
    }
    return names;
  } finally {
    dir.closeSync();
  }
}

/** Removes the files and folders whose names start with one of these, and the folder itself once it is empty. */
export async function removeFrom(folder: string, names: readonly string[]): Promise<void> {
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder)) {
    if (names.some((name) => entry.startsWith(name))) await rm(join(folder, entry), { recursive: true, force: true });
  }
  // What somebody else put there stays.
  await rmdir(folder).catch(() => undefined);
}

/** The most entries of a folder: one with more is used for other things. */
const MOST_ENTRIES = 100_000;

function tooMany(folder: string): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${folder} has more than ${grouped(MOST_ENTRIES)} entries, which no folder of projects has: the rest wasn't scanned.`,
    'Keep projects in a folder of their own, and move what else is in it somewhere else.',
  );
}
