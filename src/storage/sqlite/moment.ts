/** What is looked at once for all who ask while one callback of the event loop runs, with the promises that it settles. */
export interface Moment<T> {
  /** What `look` gave when it was first asked. What it throws isn't kept. */
  value(): T;
  /** Something was done: it is looked at again. */
  end(): void;
}

/**
 * A turn of the event loop would be too long: between two of its callbacks a client may have been answered by another
 * process, and may ask here already.
 */
export function createMoment<T>(look: () => T): Moment<T> {
  let seen: { readonly value: T } | null = null;
  const end = () => {
    seen = null;
  };
  // Node empties the queue of promises before it goes on with this.
  const endAfterPromises = () => process.nextTick(end);
  return {
    value() {
      if (!seen) {
        seen = { value: look() };
        queueMicrotask(endAfterPromises);
      }
      return seen.value;
    },
    end,
  };
}
