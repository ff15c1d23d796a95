import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { folderModeIn } from '../../../files/private-files.js';
import { codeOf } from '../../../util/errors.js';
import { noFolderAt } from '../errors.js';

/**
 * Makes a folder with those above it, each as private as its parent. Node's own `recursive` loops forever where an
 * existing folder accepts none inside and reports that there is no such file: `/proc`.
 * @throws StoreError where there can be none; otherwise what the file system throws
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    throw noFolderAt(path, error);
  }
}

/** The same, synchronously. */
export function makeFolderSync(path: string): void {
  try {
    makeSync(path);
  } catch (error) {
    throw noFolderAt(path, error);
  }
}

/** @returns whether any was made */
async function make(path: string): Promise<boolean> {
  try {
    await mkdirIn(path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return false;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    // All above it exist, so it can't be made here.
    if (!(await make(dirname(path)))) throw error;
    await mkdirIn(path).catch(ignoreExisting);
    return true;
  }
}

function makeSync(path: string): boolean {
  try {
    mkdirSync(path, folderModeIn(dirname(path)));
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST' && statSync(path).isDirectory()) return false;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    if (!makeSync(dirname(path))) throw error;
    makeSync(path);
    return true;
  }
}

const mkdirIn = async (path: string): Promise<void> => mkdir(path, folderModeIn(dirname(path)));

/** Another process may have made it meanwhile. */
function ignoreExisting(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}
