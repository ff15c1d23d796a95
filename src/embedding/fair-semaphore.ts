/** Lets a few do something at once. Owners take turns: however much one waits for, another's next comes as soon as one is free. */
export interface FairSemaphore {
  /**
   * Resolves to what releases the permit; calling that again does nothing. `owner`: whose permits are counted together; of one
   * owner, who asked first is first. @throws the signal's reason, when that comes first
   */
  acquire(owner: object, signal?: AbortSignal): Promise<() => void>;
}

/** `permits`: how many may be held at once. */
export function createFairSemaphore(permits: number): FairSemaphore {
  /** What waits, by owner; of those that hold equally few permits, the first is next. */
  const waiting = new Map<object, Set<() => void>>();
  const held = new Map<object, number>();
  let taken = 0;

  const heldBy = (owner: object): number => held.get(owner) ?? 0;

  function grant(owner: object): () => void {
    taken += 1;
    held.set(owner, heldBy(owner) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      taken -= 1;
      if (heldBy(owner) === 1) held.delete(owner);
      else held.set(owner, heldBy(owner) - 1);
      beginNext();
    };
  }

  function beginNext(): void {
    const owners = [...waiting.keys()];
    if (owners.length === 0) return;
    const owner = owners.reduce((best, each) => (heldBy(each) < heldBy(best) ? each : best));
    const [begin] = waiting.get(owner)!;
    const rest = leave(owner, begin!);
    // Others that hold as few come before its next.
    if (rest) {
      waiting.delete(owner);
      waiting.set(owner, rest);
    }
    begin!();
  }

  /** What else the owner waits for; null for nothing. */
  function leave(owner: object, begin: () => void): Set<() => void> | null {
    const own = waiting.get(owner);
    own?.delete(begin);
    if (own && own.size > 0) return own;
    waiting.delete(owner);
    return null;
  }

  return {
    acquire: (owner, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (taken < permits) return resolve(grant(owner));
        const begin = () => {
          signal?.removeEventListener('abort', giveUp);
          resolve(grant(owner));
        };
        const giveUp = () => {
          leave(owner, begin);
          reject(signal!.reason);
        };
        waiting.set(owner, (waiting.get(owner) ?? new Set()).add(begin));
        signal?.addEventListener('abort', giveUp, { once: true });
      }),
  };
}
