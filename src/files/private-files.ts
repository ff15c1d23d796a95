import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../util/errors.js';

/**
 * What the server makes in its data directory is for its own user alone, whatever the umask is. What it makes in the folders
 * of users, where a team may share files, is as wide as the folder that it is made in, within the umask.
 */

const OTHERS = 0o077;
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const STICKY = 0o1000;
/** How the names begin of what lies in a data directory. */
const OWN = ['secret.key', 'server.json', 'catalog', 'projects', 'caches', 'files'];

/** Makes a folder of the data directory, and those above it that aren't there. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER });
}

/**
 * Makes an empty file, for a library that would make it for others too. One that is there isn't even opened: closing it would
 * release the locks that this process has on it.
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/**
 * Makes the data directory; those above it are made as the umask says. One that was made for others too, by an earlier
 * version or with a volume, is closed to them when it is this user's and nothing of anybody else is in it.
 */
export function makeDataDirectory(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    mkdirSync(path, PRIVATE_FOLDER);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    const { uid, mode } = statSync(path);
    if (uid !== process.getuid?.() || !isOpen({ mode }) || mode & STICKY) return;
    if (readdirSync(path).every((name) => OWN.some((own) => name.startsWith(own)))) chmodSync(path, mode & ~OTHERS);
  }
}

/** Whether others than a file's user may do something with it. Not told on Windows. */
export function isOpen({ mode }: Pick<Stats, 'mode'>): boolean {
  return process.platform !== 'win32' && (mode & OTHERS) !== 0;
}

/** The mode for a folder that is made in this one. */
export const folderModeIn = (folder: string): number => PRIVATE_FOLDER | (statSync(folder).mode & OTHERS);

/** The mode for a file that is made in this folder. */
export const fileModeIn = (folder: string): number => folderModeIn(folder) & 0o666;
