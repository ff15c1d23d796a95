/** Room that work takes while it lasts, so that what all of it holds together is bounded. */
export interface Room {
  /** Resolves when there is room for so much; the returned function gives it back. What needs least is let in first. */
  take(amount: number): Promise<() => void> | (() => void);
}

/** @param size of all together. What takes more by itself is let in when nothing else is. */
export function createRoom(size: number): Room {
  const waiting: { readonly amount: number; readonly enter: () => void }[] = [];
  let taken = 0;

  const fits = (amount: number) => taken === 0 || taken + amount <= size;

  function enter(amount: number): () => void {
    taken += amount;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      taken -= amount;
      while (waiting.length > 0 && fits(waiting[0]!.amount)) waiting.shift()!.enter();
    };
  }

  return {
    take(amount) {
      if (waiting.length === 0 && fits(amount)) return enter(amount);
      return new Promise((resolve) => {
        const later = waiting.findIndex((other) => other.amount > amount);
        waiting.splice(later === -1 ? waiting.length : later, 0, { amount, enter: () => resolve(enter(amount)) });
        // What came is smaller than what waits: there may be room for it.
        if (waiting[0] && fits(waiting[0].amount)) waiting.shift()!.enter();
      });
    },
  };
}
