/** The followers of a log, and whether its end has moved since it was last read. */
export interface LogFollowers {
  /** The log may end elsewhere than when it was last read: wakes all who wait. */
  notify(): void;
  /** Whether that was notified since the last `caughtUp`; true before the first. */
  hasNews(): boolean;
  /** The log is being read up to its end. */
  caughtUp(): void;
  /** Resolves when there is news, the signal aborts or it is closed. */
  next(signal: AbortSignal): Promise<void>;
  /** Counts a follower; the first one starts the listening, the last to leave stops it. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface LogFollowersOptions {
  /** Starts listening for other processes; returns how to stop. */
  readonly listen: () => () => void;
  /** Called when the last has left. From then on there is news. */
  readonly onIdle: () => void;
}

export function createLogFollowers({ listen, onIdle }: LogFollowersOptions): LogFollowers {
  const waiters = new Set<() => void>();
  let count = 0;
  let hasNews = true;
  let isClosed = false;
  let stop: (() => void) | null = null;

  function wakeAll(): void {
    for (const wake of waiters) wake();
  }

  return {
    notify() {
      hasNews = true;
      wakeAll();
    },
    hasNews: () => hasNews,
    caughtUp() {
      hasNews = false;
    },
    next(signal) {
      if (hasNews || signal.aborted || isClosed) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          waiters.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        waiters.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
    join() {
      if (count++ === 0) stop = listen();
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        if (--count > 0) return;
        stop?.();
        hasNews = true;
        onIdle();
      };
    },
    close() {
      isClosed = true;
      stop?.();
      wakeAll();
    },
  };
}
