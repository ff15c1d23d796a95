import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  type Stats,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { StoreError } from '../../../domain/errors.js';
import { folderModeIn } from '../../../files/private-files.js';
import { codeOf, isAbsent } from '../../../util/errors.js';
import { isSeen, modeOfFiles, noteSeen } from './seen-folders.js';

/**
 * Access to everything in a project's folder. The folder may come from somebody else, with a link, a pipe or a device
 * in place of one of our files: only plain files and plain folders are opened, made, renamed or removed, and no link in
 * a path is followed. Anything else is refused with `STORE_UNSUITABLE`, before a byte is written.
 */

/** Not on every system. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
const CHUNK_BYTES = 1_048_576;

/** How a file is opened. */
export const READ = constants.O_RDONLY;
export const UPDATE = constants.O_RDWR | constants.O_CREAT;
export const APPEND = UPDATE | constants.O_APPEND;
/** Only one that doesn't exist yet. */
export const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/** The plain file at a path in a project's folder; null when there is none. @throws StoreError */
export function findPlainFile(home: string, path: string): Stats | null {
  const stats = find(home, path);
  if (stats && !stats.isFile()) throw notPlain(path, 'file', stats);
  return stats;
}

/** The same for one that will be written: it has no other name elsewhere. */
export function findSinglePlainFile(home: string, path: string): Stats | null {
  const stats = findPlainFile(home, path);
  if (stats && stats.nlink > 1) throw shared(path);
  return stats;
}

/** The same for a folder. */
export function findPlainFolder(home: string, path: string): Stats | null {
  const stats = find(home, path);
  if (stats && !stats.isDirectory()) throw notPlain(path, 'folder', stats);
  return stats;
}

/** Refuses a file that would be made below anything other than plain folders. */
function requirePlainFolder(home: string, path: string): void {
  if (!isSeen(home, path) && findPlainFolder(home, path)) noteSeen(home, path);
}

/**
 * Opens a plain file. One that has another name elsewhere isn't written; a new one is as private as the project's
 * folder. @throws StoreError, and what the file system throws
 */
export function openPlain(home: string, path: string, flags: number): number {
  // A new file isn't opened if anything is at its path.
  if (flags === NEW) requirePlainFolder(home, dirname(path));
  else findPlainFile(home, path);
  const mode = flags & constants.O_CREAT ? modeOfFiles(home) : 0;
  const file = openSync(path, flags | O_NOFOLLOW | O_NONBLOCK, mode);
  if (flags === NEW) return file;
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw notPlain(path, 'file', stats);
    if (flags !== READ && stats.nlink > 1) throw shared(path);
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The bytes of a plain file; null when there is none. @throws StoreError also when it exceeds `most` bytes */
export function readPlain(home: string, path: string, most: number): Buffer | null {
  let file: number;
  try {
    file = openPlain(home, path, READ);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const parts: Buffer[] = [];
    for (let size = 0; ; ) {
      const part = Buffer.allocUnsafe(CHUNK_BYTES);
      const count = readSync(file, part);
      if (count === 0) return Buffer.concat(parts);
      size += count;
      if (size > most) throw tooLarge(path, most);
      parts.push(part.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
}

/** Makes a folder and those above it, within the project's. @throws StoreError, and what the file system throws */
export function makePlainFolder(home: string, path: string): void {
  if (isSeen(home, path)) return;
  let at = home;
  for (const name of ['', ...namesBetween(home, path)]) {
    at = join(at, name);
    if (findEntry(at, 'folder')) continue;
    try {
      mkdirSync(at, folderModeIn(dirname(at)));
    } catch (error) {
      // Another process made it meanwhile.
      if (codeOf(error) !== 'EEXIST' || !findEntry(at, 'folder')) throw error;
    }
  }
  noteSeen(home, path);
}

/** Refuses anything other than a plain file or a plain folder. @throws StoreError */
export function requirePlain(home: string, path: string): void {
  const stats = find(home, path);
  if (stats && !stats.isFile() && !stats.isDirectory()) throw notPlain(path, 'file or folder', stats);
}

/** Names of a folder's entries; none when it doesn't exist. @throws StoreError, and what the file system throws */
export function namesInPlain(home: string, path: string): readonly string[] {
  return findPlainFolder(home, path) ? readdirSync(path) : [];
}

/** Removes a plain file, if there is one. @throws StoreError, and what the file system throws */
export function removePlain(home: string, path: string): void {
  if (findPlainFile(home, path)) rmSync(path, { force: true });
}

/**
 * Renames a plain file; what has the new name must be a plain file too. @throws StoreError, and what the file system
 * throws
 */
export function renamePlain(home: string, from: string, to: string): void {
  findPlainFile(home, from);
  findPlainFile(home, to);
  renameSync(from, to);
}

/** What is at a path that leads through plain folders. */
function find(home: string, path: string): Stats | null {
  const folder = dirname(path);
  if (isSeen(home, folder)) return statAt(path);
  let at = home;
  for (const name of namesBetween(home, path)) {
    if (!findEntry(at, 'folder')) return null;
    at = join(at, name);
  }
  if (at !== home) noteSeen(home, folder);
  return statAt(at);
}

function findEntry(path: string, expected: 'folder'): Stats | null {
  const stats = statAt(path);
  if (stats && !stats.isDirectory()) throw notPlain(path, expected, stats);
  return stats;
}

function statAt(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

const namesBetween = (home: string, path: string): readonly string[] => relative(home, path).split(sep).filter(Boolean);

function notPlain(path: string, expected: 'file' | 'folder' | 'file or folder', stats: Stats): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${path} is ${kindOf(stats)}, and only a plain ${expected} may be there: nothing was read through it or written.`,
    `Put a plain ${expected} in its place, or move it out of the project's folder; then repeat the request.`,
  );
}

function kindOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a link';
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isDirectory()) return 'a folder';
  return stats.isFile() ? 'a file' : 'a device';
}

function shared(path: string): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${path} has another name elsewhere on the disk (it is a hard link), so what is written to it would be written there, too: nothing was.`,
    'Put a copy of the file in its place; then repeat the request.',
  );
}

function tooLarge(path: string, most: number): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${path} has more than ${most / 2 ** 20} MB, which is more than such a file may have: it wasn't read.`,
    'Put the file back as it was, or move it out of the folder; then repeat the request.',
  );
}
