type Wake = () => void;

/** Wakes many who wait for the same, a few at a time: what each does then is done, and others are heard, before the next. */
export interface WaitQueue {
  /** Calls this once, after the next `wakeAll`. */
  add(wake: Wake): void;
  remove(wake: Wake): void;
  /** Wakes all who wait now. */
  wakeAll(): void;
}

/** How many are woken in one round of the event loop: sending something to that many takes a few milliseconds. */
const AT_ONCE = 128;

export function createWaitQueue(): WaitQueue {
  let waiting = new Set<Wake>();
  let waking = new Set<Wake>();

  function wakeSome(): void {
    let left = AT_ONCE;
    for (const wake of waking) {
      waking.delete(wake);
      wake();
      left -= 1;
      if (left === 0) break;
    }
    if (waking.size > 0) setImmediate(wakeSome);
  }

  return {
    add: (wake) => void waiting.add(wake),
    remove(wake) {
      waiting.delete(wake);
      waking.delete(wake);
    },
    wakeAll() {
      if (waking.size > 0) {
        for (const wake of waiting) waking.add(wake);
        waiting.clear();
        return;
      }
      [waiting, waking] = [waking, waiting];
      wakeSome();
    },
  };
}
