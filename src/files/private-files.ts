import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from '../util/errors.js';

/**
 * Files that the server creates in its data directory are private to its user, whatever the umask. Files that it creates in
 * folders of users, where a team may share files, get the permissions of their folder, within the umask.
 */

const OTHERS = 0o077;
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;
const STICKY = 0o1000;
/** Prefixes of the names in a data directory. */
const OWN = ['secret.key', 'vault-', 'server.json', 'catalog', 'projects', 'caches', 'files'];

/** Creates a folder of the data directory, and missing ones above it. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER });
}

/**
 * Creates an empty file, for a library that would create it readable by others. An existing one isn't even opened: closing it
 * would release the locks of this process.
 */
export function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', PRIVATE_FILE));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/**
 * Creates the data directory; missing ones above it get the permissions of the umask. An existing one that others can access,
 * from an earlier version or a volume, is made private when it is this user's and contains nothing of others.
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

/** Whether users other than a file's owner have any permission. Always false on Windows. */
export function isOpen({ mode }: Pick<Stats, 'mode'>): boolean {
  return process.platform !== 'win32' && (mode & OTHERS) !== 0;
}

/** The mode for a folder created in this one. */
export const folderModeIn = (folder: string): number => PRIVATE_FOLDER | (statSync(folder).mode & OTHERS);

/** The mode for a file created in this folder. */
export const fileModeIn = (folder: string): number => folderModeIn(folder) & 0o666;
