import { forgettable } from './forgettable.js';

/** How much is remembered: at most how many texts, and how long each may be, in UTF-16 code units. */
export interface Remembered {
  readonly texts: number;
  readonly length: number;
}

/**
 * A function of texts that recur: what it gives for one is worked out once, and what it gives for longer ones each time. A
 * purge makes it forget.
 */
export function recurring<T>(make: (text: string) => T, most: Remembered): (text: string) => T {
  const known = forgettable(new Map<string, T>());
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (text.length > most.length) return make(text);
    if (known.size === most.texts) known.clear();
    const own = copyOf(text);
    const made = make(own);
    known.set(own, made);
    return made;
  };
}

/** A text that is no piece of another: V8 would keep all of the other in memory with it. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
