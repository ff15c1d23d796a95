/**
 * What this process remembers of texts, so as not to work it out again. Whatever is purged may be in it, in words or in
 * what was made of them, so a purge empties all of it: that costs a little time, and leaves nothing behind.
 */
interface Forgettable {
  clear(): void;
}

const remembered = new Set<WeakRef<Forgettable>>();

/** Has a cache of texts emptied by every purge, as long as there is somebody who uses it. Gives the cache back. */
export function forgettable<T extends Forgettable>(cache: T): T {
  remembered.add(new WeakRef(cache));
  return cache;
}

/** Empties all that is remembered of texts in this thread, and in those that a cache stands for. */
export function forgetTexts(): void {
  for (const each of remembered) {
    const cache = each.deref();
    if (cache) cache.clear();
    else remembered.delete(each);
  }
}
