import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { StoreError } from '../domain/errors.js';
import { codeOf } from '../util/errors.js';

/** File descriptors: the operating system limits how many files and connections a process may have open. */

/** Descriptors that opening a project takes. */
const NEEDED = 16;

/** Whether there are enough left to open a project. */
export function areDescriptorsLeft(): boolean {
  const files: number[] = [];
  try {
    while (files.length < NEEDED) files.push(openSync(devNull, 'r'));
    return true;
  } catch (error) {
    return !/^(EMFILE|ENFILE)$/.test(codeOf(error));
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** Whether an operation failed for lack of descriptors. SQLite only reports that it couldn't open a file. */
export function isOfDescriptors(error: unknown): boolean {
  const code = codeOf(error);
  return /^(EMFILE|ENFILE)$/.test(code) || (/^SQLITE_(CANTOPEN|IOERR|READONLY)/.test(code) && !areDescriptorsLeft());
}

/** @param what couldn't be opened, as the beginning of a sentence */
export function outOfDescriptors(what: string, cause?: unknown): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `${what} can't be opened now: the server has reached its limit of open files and connections (file descriptors). The stored data is not affected.`,
    'Use fewer projects, subscriptions and connections at once, or raise the limit (`ulimit -n`, `LimitNOFILE` of systemd) and restart the server; then repeat the request.',
    { cause },
  );
}
