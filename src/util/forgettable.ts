/**
 * A cache of what this process has worked out from texts. Anything that is purged may be in it, so a purge empties all such
 * caches: that costs a little time, and leaves nothing behind.
 */
interface Forgettable {
  clear(): void;
}

const remembered = new Set<WeakRef<Forgettable>>();

/** Registers a cache to be emptied by every purge, as long as something refers to it. Returns the cache. */
export function forgettable<T extends Forgettable>(cache: T): T {
  remembered.add(new WeakRef(cache));
  return cache;
}

/** Empties the registered caches of this thread, and those of other threads that one stands for. */
export function forgetTexts(): void {
  for (const each of remembered) {
    const cache = each.deref();
    if (cache) cache.clear();
    else remembered.delete(each);
  }
}
