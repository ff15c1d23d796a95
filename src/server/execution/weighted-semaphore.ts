/** Bounds the total weight of the work in progress. */
export interface WeightedSemaphore {
  /** Resolves when the weight fits; the returned function releases it. Of the waiting, the lightest is next. */
  acquire(weight: number): Promise<() => void> | (() => void);
}

/** @param capacity total weight. Work that weighs more runs when nothing else does. */
export function createWeightedSemaphore(capacity: number): WeightedSemaphore {
  const waiting: { readonly weight: number; readonly enter: () => void }[] = [];
  let total = 0;

  const fits = (weight: number) => total === 0 || total + weight <= capacity;

  function enter(weight: number): () => void {
    total += weight;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      total -= weight;
      while (waiting.length > 0 && fits(waiting[0]!.weight)) waiting.shift()!.enter();
    };
  }

  return {
    acquire(weight) {
      if (waiting.length === 0 && fits(weight)) return enter(weight);
      return new Promise((resolve) => {
        const later = waiting.findIndex((other) => other.weight > weight);
        waiting.splice(later === -1 ? waiting.length : later, 0, { weight, enter: () => resolve(enter(weight)) });
        // It may be lighter than the others that wait, and fit already.
        if (waiting[0] && fits(waiting[0].weight)) waiting.shift()!.enter();
      });
    },
  };
}
