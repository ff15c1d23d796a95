/** What is the matter with a folder's files, each thing once, until it isn't any more. */
export interface Problems {
  set(about: string, message: string): void;
  clear(about: string): void;
  /** Clears what is about something of the kind. @returns whether there was such a thing */
  clearAll(isOfKind: (about: string) => boolean): boolean;
  list(): readonly string[];
}

export function createProblems(): Problems {
  const messages = new Map<string, string>();
  return {
    set: (about, message) => void messages.set(about, message),
    clear: (about) => void messages.delete(about),
    clearAll(isOfKind) {
      const found = [...messages.keys()].filter(isOfKind);
      for (const about of found) messages.delete(about);
      return found.length > 0;
    },
    list: () => [...messages.values()],
  };
}
