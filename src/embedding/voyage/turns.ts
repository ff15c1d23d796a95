/** Lets a few do something at once, in the order in which they ask. */
export interface Turns {
  /** Resolves to what gives the turn back. @throws the signal's reason, when that comes first */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createTurns(limit: number): Turns {
  const waiting: (() => void)[] = [];
  let taken = 0;

  function give(): () => void {
    taken += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      taken -= 1;
      waiting.shift()?.();
    };
  }

  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        if (taken < limit) return resolve(give());
        const begin = () => {
          signal.removeEventListener('abort', leave);
          resolve(give());
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(begin), 1);
          reject(signal.reason);
        };
        waiting.push(begin);
        signal.addEventListener('abort', leave, { once: true });
      }),
  };
}
