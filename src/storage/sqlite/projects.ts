import { existsSync, lstatSync } from 'node:fs';
import { readdir, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../domain/errors.js';
import { makePrivateFolder } from '../../files/private-files.js';
import { namesIn, removeFrom, trashOf, trashPathOf } from '../shared/trash.js';
import { toStoreError } from './connection.js';
import { moveDatabaseAside } from './move-aside.js';

/** The folders of `LOCAL` projects: what a folder holds, and removing it. */

/**
 * The names of what a project's folder holds: the database, the index, the change signal, and caches of older versions.
 */
export const STORE = 'store.db';
export const INDEX = 'search.db';
export const OWN = [STORE, INDEX, 'bell', 'files.db'];

/** Whether an interrupted removal left something of a project that has no store there. */
export function hasRemains(home: string): boolean {
  if (trashOf(home).length > 0) return true;
  const names = namesIn(home).filter((name) => OWN.some((own) => name.startsWith(own)));
  // A database that was never completed is alone.
  return names.includes(STORE) ? names.some((name) => name.startsWith(INDEX)) : names.length > 0;
}

/**
 * Moves a project's folder aside, if it holds anything of the project.
 * @throws RouteChangedError when its store is under another epoch: nothing changed then
 * @throws StoreError also when there is no such folder, and none that was moved aside before
 */
export async function moveHomeAside(home: string, epoch: number | undefined): Promise<void> {
  const path = join(home, STORE);
  const hasStore = existsSync(path);
  if (!existsSync(home) && trashOf(home).length === 0) throw noSuchHome(home);
  if (!hasStore && !namesIn(home).some((name) => OWN.some((own) => name.startsWith(own)))) return;
  // A folder without a store is under no epoch.
  const asked = hasStore || epoch === undefined ? (epoch ?? null) : Number.NEGATIVE_INFINITY;
  await moveDatabaseAside({ path, to: trashPathOf(home), epoch: asked });
}

/**
 * Removes what was moved aside of a project's folder. What somebody else put into it is put back. @throws StoreError
 */
export async function removeAsides(home: string): Promise<void> {
  try {
    for (const aside of trashOf(home)) {
      await removeFrom(aside, OWN);
      if (existsSync(aside)) await putBack(aside, home);
    }
  } catch (error) {
    throw toStoreError(error, home);
  }
}

async function putBack(aside: string, home: string): Promise<void> {
  makePrivateFolder(home);
  for (const name of await readdir(aside)) {
    const back = join(home, name);
    await rename(join(aside, name), existsSync(back) ? join(home, `${name}.kept-${Date.now()}`) : back);
  }
  await rmdir(aside);
}

/** The contents of a missing folder can't be known, unless none was ever made. @throws StoreError */
export function requireFolder(folder: string): void {
  if (existsSync(folder)) return;
  // A link to a missing target.
  if (lstatSync(folder, { throwIfNoEntry: false })) throw noSuchHome(folder);
}

function noSuchHome(path: string): StoreError {
  return new StoreError('STORE_UNAVAILABLE', `The folder ${path} doesn't exist.`, 'Put it back where it was.');
}
