import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { folderModeIn } from '../../../files/private-files.js';
import { codeOf } from '../../../util/errors.js';
import { noFolderAt } from '../errors.js';

/**
 * Making a folder with those above it, each as private as the one that it is in. Node's own way with `recursive` never ends
 * where a folder is there and takes none inside, saying that there is no such file: `/proc`.
 * @throws StoreError where there can be none; otherwise what the file system throws
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await make(path);
  } catch (error) {
    throw noFolderAt(path, error);
  }
}

/** The same, at once. */
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
    // All above it are there, so it can't be made here.
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

/** Another may have made it meanwhile. */
function ignoreExisting(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error;
}
