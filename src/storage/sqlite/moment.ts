/**
 * What was read within one turn of the event loop, and is read once however many ask: nobody who asks in that turn can have
 * been told of anything later, but of a write of this process.
 */
export interface Moment {
  /** What `read` gave for this key when it was first asked in this turn. What it throws isn't kept. */
  once<T>(key: string, read: () => T): T;
  /** A write was done: what is asked from now on is read again. */
  end(): void;
}

export function createMoment(): Moment {
  const seen = new Map<string, unknown>();
  const end = () => seen.clear();
  return {
    once<T>(key: string, read: () => T): T {
      if (seen.has(key)) return seen.get(key) as T;
      const found = read();
      if (seen.size === 0) setImmediate(end);
      seen.set(key, found);
      return found;
    },
    end,
  };
}
