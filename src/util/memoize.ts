import { forgettable } from './forgettable.js';

/** Limits of what is remembered. */
export interface MemoLimits {
  /** How many texts. When there are more, all are forgotten. */
  readonly texts: number;
  /** The longest text that is remembered, in UTF-16 code units. */
  readonly length: number;
}

/** Memoizes a function of texts that recur. Longer texts are worked out each time. A purge makes it forget. */
export function memoize<T>(make: (text: string) => T, limits: MemoLimits): (text: string) => T {
  const known = forgettable(new Map<string, T>());
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (text.length > limits.length) return make(text);
    if (known.size === limits.texts) known.clear();
    const own = copyOf(text);
    const made = make(own);
    known.set(own, made);
    return made;
  };
}

/** A copy that shares no memory with a longer text: V8 keeps all of a text alive for a piece of it. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
