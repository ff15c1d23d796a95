type Wake = () => void;

/** Wakes many waiters for one event, in batches: the event loop runs between two batches. */
export interface WaitQueue {
  /** Calls this once, after the next `wakeAll`. */
  add(wake: Wake): void;
  remove(wake: Wake): void;
  /** Wakes all that wait now. */
  wakeAll(): void;
}

/** Waiters woken in one turn of the event loop: sending an event to this many takes a few milliseconds. */
const BATCH = 128;

export function createWaitQueue(): WaitQueue {
  let waiting = new Set<Wake>();
  let waking = new Set<Wake>();

  function wakeBatch(): void {
    let left = BATCH;
    for (const wake of waking) {
      waking.delete(wake);
      wake();
      left -= 1;
      if (left === 0) break;
    }
    if (waking.size > 0) setImmediate(wakeBatch);
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
      wakeBatch();
    },
  };
}
