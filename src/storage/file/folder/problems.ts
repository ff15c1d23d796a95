import { StoreError, saidBy } from '../../../domain/errors.js';
import { EDITED } from '../documents/layout.js';

/** The problems of a folder's files, each reported once, until it is solved. */
export interface Problems {
  set(about: string, message: string): void;
  clear(about: string): void;
  /** Clears problems of a kind. @returns whether there were any */
  clearAll(isOfKind: (about: string) => boolean): boolean;
  list(): readonly string[];
}

/** The key of an entry that can't be scanned. Each scan reports it again. */
export const aboutEntry = (path: string): string => `entry ${path}`;

/** Whether a scan reports the problem again. */
export const isReportedByScan = (about: string): boolean => about.startsWith('entry ') || about.includes(EDITED);

/** Why an entry can't be scanned, as the file system said. */
export function unreadable(path: string, error: unknown): string {
  if (error instanceof StoreError) return `${error.message} ${error.hint}`;
  return `${path} can't be scanned: ${saidBy(error)}. Let the user that runs the server read it, or move it out of the folder; the rest is served.`;
}

/** On one line and without control characters: names of folders, and quotes of a file, are other people's. */
const printable = (message: string): string =>
  message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu, (character) => {
    const code = character.codePointAt(0)!.toString(16).toUpperCase();
    return `U+${code.padStart(4, '0')}`;
  });

export function createProblems(): Problems {
  const messages = new Map<string, string>();
  return {
    set: (about, message) => void messages.set(about, printable(message)),
    clear: (about) => void messages.delete(about),
    clearAll(isOfKind) {
      const found = [...messages.keys()].filter(isOfKind);
      for (const about of found) messages.delete(about);
      return found.length > 0;
    },
    list: () => [...messages.values()],
  };
}
