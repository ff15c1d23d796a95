import { StoreError, saidBy } from '../../../domain/errors.js';
import { EDITED } from '../documents/layout.js';

/** What is the matter with a folder's files, each thing once, until it isn't any more. */
export interface Problems {
  set(about: string, message: string): void;
  clear(about: string): void;
  /** Clears what is about something of the kind. @returns whether there was such a thing */
  clearAll(isOfKind: (about: string) => boolean): boolean;
  list(): readonly string[];
}

/** About an entry of the folder that can't be looked at. Each look at the folder tells of it anew. */
export const aboutEntry = (path: string): string => `entry ${path}`;

/** Whether it is one that a look at the folder tells of. */
export const isReportedByScan = (about: string): boolean => about.startsWith('entry ') || about.includes(EDITED);

/** What is the matter with an entry: what the file system said of it. */
export function unreadable(path: string, error: unknown): string {
  if (error instanceof StoreError) return `${error.message} ${error.hint}`;
  return `${path} can't be looked at: ${saidBy(error)}. Let the user that runs the server read it, or move it out of the folder; the rest is served.`;
}

/** On one line and without what a terminal obeys: names of folders, and what is quoted of a file, are other people's. */
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
