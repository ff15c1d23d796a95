import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { StoreError } from '../domain/errors.js';
import { codeOf } from '../util/errors.js';

/** File descriptors: the number of files and connections that a process may have open is bounded. */

/** As many as opening a project takes. */
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

/** Whether something failed for want of them. SQLite says no more than that it couldn't open a file. */
export function isOfDescriptors(error: unknown): boolean {
  const code = codeOf(error);
  return /^(EMFILE|ENFILE)$/.test(code) || (/^SQLITE_(CANTOPEN|IOERR|READONLY)/.test(code) && !areDescriptorsLeft());
}

/** `what`: what couldn't be opened, as the beginning of a sentence. */
export function outOfDescriptors(what: string, cause?: unknown): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `${what} can't be opened now: the server has as many files and connections open as it may (file descriptors). Nothing is wrong with what is stored.`,
    'Use fewer projects, subscriptions and connections at once, or let it have more open (`ulimit -n`, `LimitNOFILE` of systemd) and start it again; then repeat the request.',
    { cause },
  );
}
