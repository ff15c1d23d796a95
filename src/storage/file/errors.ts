import { MooringError, StoreError } from '../../domain/errors.js';
import { isOfDescriptors, outOfDescriptors } from '../descriptors.js';
import { codeOf } from '../failures.js';
import { toStoreError } from '../sqlite/connection.js';

/** What the file system (or the cache's SQLite) said, in our words. Errors of ours pass unchanged. */
export function toFileError(error: unknown, path: string): MooringError {
  if (error instanceof MooringError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const said = error instanceof Error ? error.message : String(error);
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
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) {
    return new StoreError(
      'STORE_READ_ONLY',
      `${path} can't be written: ${said}.`,
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
    'Check that the folder is there and that its disk works, then repeat the request.',
    cause,
  );
}

/** There is no project in the folder. */
export function noSuchFolder(folder: string): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The folder ${folder} isn't there, or holds no project.`,
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

/** Whether the file system said so of one path, not the cache and not we. */
export const isOfFiles = (error: unknown): boolean => /^E[A-Z0-9]+$/.test(codeOf(error));
