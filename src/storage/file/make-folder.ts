import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { folderModeIn } from '../private.js';

/**
 * Making a folder with those above it, each as private as the one that it is in. Node's own way with `recursive` never ends
 * where a folder is there and takes none inside, saying that there is no such file: `/proc`.
 * @returns the topmost one that was made; undefined when all were there
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  try {
    await mkdirIn(path);
    return path;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return undefined;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    const made = await makeFolder(dirname(path));
    // All above it are there, so it can't be made here.
    if (made === undefined) throw error;
    await mkdirIn(path).catch(ignoreExisting);
    return made;
  }
}

/** The same, at once. */
export function makeFolderSync(path: string): string | undefined {
  try {
    mkdirSync(path, folderModeIn(dirname(path)));
    return path;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return undefined;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    const made = makeFolderSync(dirname(path));
    if (made === undefined) throw error;
    makeFolderSync(path);
    return made;
  }
}

const mkdirIn = async (path: string): Promise<void> => mkdir(path, folderModeIn(dirname(path)));

/** Another may have made it meanwhile. */
function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
