/** Lets a few do something at once. Owners take turns: however much one waits for, another's next comes as soon as one is free. */
export interface FairTurns {
  /**
   * Resolves to what gives the turn back. `owner`: whose turns are counted together; they come in the order in which they
   * were asked for. @throws the signal's reason, when that comes first
   */
  take(owner: object, signal?: AbortSignal): Promise<() => void>;
}

/** `limit`: how many turns may be taken at once. */
export function createFairTurns(limit: number): FairTurns {
  /** What waits, by owner; of those that hold as few turns, the first is next. */
  const waiting = new Map<object, Set<() => void>>();
  const held = new Map<object, number>();
  let taken = 0;

  const heldBy = (owner: object): number => held.get(owner) ?? 0;

  function give(owner: object): () => void {
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
    // Others that hold as few turns come before its next.
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
    take: (owner, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (taken < limit) return resolve(give(owner));
        const begin = () => {
          signal?.removeEventListener('abort', giveUp);
          resolve(give(owner));
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
