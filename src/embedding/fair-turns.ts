/** A fair semaphore. Owners alternate: however many turns one has waiting, another owner's turn comes as soon as one is free. */
export interface FairTurns {
  /**
   * Waits for a turn and returns a function that releases it. `owner`: turns of the same owner are counted together, and come
   * in the order of the calls. @throws the signal's reason, if it aborts first
   */
  take(owner: object, signal?: AbortSignal): Promise<() => void>;
}

/** `limit`: how many turns may be held at once. */
export function createFairTurns(limit: number): FairTurns {
  /** Waiting turns, by owner. The first of the owners that hold the fewest turns is next. */
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
      startNext();
    };
  }

  function startNext(): void {
    const owners = [...waiting.keys()];
    if (owners.length === 0) return;
    const owner = owners.reduce((best, each) => (heldBy(each) < heldBy(best) ? each : best));
    const [start] = waiting.get(owner)!;
    const rest = leave(owner, start!);
    // Other owners with as few turns go before its next turn.
    if (rest) {
      waiting.delete(owner);
      waiting.set(owner, rest);
    }
    start!();
  }

  /** Removes a waiting turn. Returns the owner's remaining ones; null when there are none. */
  function leave(owner: object, start: () => void): Set<() => void> | null {
    const own = waiting.get(owner);
    own?.delete(start);
    if (own && own.size > 0) return own;
    waiting.delete(owner);
    return null;
  }

  return {
    take: (owner, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (taken < limit) return resolve(grant(owner));
        const start = () => {
          signal?.removeEventListener('abort', giveUp);
          resolve(grant(owner));
        };
        const giveUp = () => {
          leave(owner, start);
          reject(signal!.reason);
        };
        waiting.set(owner, (waiting.get(owner) ?? new Set()).add(start));
        signal?.addEventListener('abort', giveUp, { once: true });
      }),
  };
}
