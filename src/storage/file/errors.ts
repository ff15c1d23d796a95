import { sep } from 'node:path';
import { MooringError, StoreError, saidBy } from '../../domain/errors.js';
import { isOfDescriptors, outOfDescriptors } from '../../files/descriptors.js';
import { codeOf } from '../../util/errors.js';
import { toStoreError } from '../sqlite/connection.js';

/** An error of the file system (or the cache's SQLite) as one of ours. Our own pass unchanged. */
export function toFileError(error: unknown, path: string): MooringError {
  if (error instanceof MooringError) return error;
  const code = codeOf(error);
  const said = saidBy(error);
  const cause = { cause: error };
  if (isOfDescriptors(error)) return outOfDescriptors(path, error);
  if (code.startsWith('SQLITE_')) return toStoreError(error, path);
  if (/^(ENOSPC|EDQUOT|EFBIG)$/.test(code)) {
    return new StoreError(
      'STORE_FULL',
      `The disk that holds ${path} is full, so nothing was written.`,
      'Free some space, then repeat the request.',
      cause,
    );
  }
  const closed = CLOSED.get(code);
  if (closed) {
    return new StoreError(
      'STORE_READ_ONLY',
      `${concerned(error, path)} can't be written: ${closed}.`,
      'Let the user that runs the server write to the folder and everything in it, or set FILE_STORE_PATH to one that it can write.',
      cause,
    );
  }
  if (code === 'EIO') {
    return new StoreError(
      'STORE_DAMAGED',
      `The disk that holds ${path} fails: ${said}.`,
      'Copy the folder to another disk while it can be read, then check the disk.',
      cause,
    );
  }
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The files in ${path} can't be used: ${said}.`,
    'Check that the folder exists and that its disk works, then repeat the request.',
    cause,
  );
}

const NOT_ALLOWED = "the user that runs the server isn't allowed to";
/** Why nothing can be written, by the file system's code. */
const CLOSED: ReadonlyMap<string, string> = new Map([
  ['EACCES', NOT_ALLOWED],
  ['EPERM', NOT_ALLOWED],
  ['EROFS', 'the disk is read-only'],
]);
/** Why there can be no folder, for any user. */
const IMPOSSIBLE: ReadonlyMap<string, string> = new Map([
  ['ENOTDIR', 'a part of that path is a file'],
  ['EEXIST', 'there is a file in its place'],
  ['ENOENT', 'the system makes no folder there'],
  ['ELOOP', 'links on the way lead in a circle'],
  ['ENAMETOOLONG', 'it is longer than a path may be'],
]);

/** The error of a place where no folder can be made. One that isn't about the place passes unchanged. */
export function noFolderAt(path: string, error: unknown): unknown {
  const code = codeOf(error);
  const why = CLOSED.get(code) ?? IMPOSSIBLE.get(code);
  if (why === undefined) return error;
  return new StoreError(
    CLOSED.has(code) ? 'STORE_READ_ONLY' : 'STORE_UNSUITABLE',
    `The folder ${path} can't be made: ${why}.`,
    'Choose a folder that exists or can be made, and to which the user that runs the server can write.',
    { cause: error },
  );
}

/** The file or folder that the error is about, when it is below the path. */
function concerned(error: unknown, path: string): string {
  const its = error instanceof Error && 'path' in error ? error.path : null;
  return typeof its === 'string' && its.startsWith(`${path}${sep}`) ? its : path;
}

/** The folder holds no project. */
export function noSuchFolder(folder: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The folder ${folder} doesn't exist, or holds no project.`,
    'Put the folder back where it was (from a backup if it is lost), or set FILE_STORE_PATH to the folder that has it.',
  );
}

/** The folder doesn't answer. `deadline`: in milliseconds. */
export function folderTimeout(folder: string, deadline: number): StoreError {
  return new StoreError(
    'STORE_TIMEOUT',
    `The folder ${folder} hasn't answered for ${deadline / 1000} seconds.`,
    'Check the disk or the network that it lies on. It is used again as soon as it answers; repeat the request then.',
  );
}

/**
 * Whether the error is about one path: from the file system, or from us because something else is in a file's place.
 * Not from the cache.
 */
export const isOfFile = (error: unknown): boolean => /^(E[A-Z0-9]+|STORE_UNSUITABLE)$/.test(codeOf(error));
