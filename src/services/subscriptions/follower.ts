import { isSamePosition, type LogPosition, LogReplacedError } from '../../domain/log-position.js';
import { delay } from '../../util/async.js';
import { DONE, iterated, type PolledIterator, PolledPromise } from '../../util/polled.js';
import type { ChangeEvent } from './change-event.js';
import type { ChangePage, ChangePages } from './change-pages.js';
import type { WaitQueue } from './wait-queue.js';

/** What the followers of a log share. */
export interface FollowedLog {
  readonly pages: ChangePages;
  /** Wakes followers when any of this has changed. */
  readonly waiting: WaitQueue;
  /** The end of the log, as far as known. */
  head(): LogPosition;
  /** Counts how often the log was found to be replaced. */
  round(): number;
  /** Whether nothing follows `head`, except a last change. */
  isOver(): boolean;
  /** The last change for a follower at this position; null when there is none. @throws the error that ended it */
  lastAt(position: LogPosition): ChangeEvent | null;
}

/** How long to wait for entries that are announced but can't be read yet, in ms. */
const LAG_MS = 100;

/**
 * Changes after a position, then live ones, then the last one.
 * @param onLeave called once, when it has ended
 * @throws LogReplacedError once the log was replaced by one without the last change
 */
export function followLog(log: FollowedLog, after: LogPosition, onLeave: () => void): PolledIterator<ChangeEvent> {
  const { pages, waiting } = log;
  let position = after;
  let confirmed = -1;
  let page: ChangePage | null = null;
  let index = 0;
  let openedAt = 0;
  let isOpen = true;
  let isLastGiven = false;
  let wakeUp = () => {};
  // This follower gets what it reads even if it is no longer cached.
  const reading = new PolledPromise<void>(() => wakeUp());

  function leave(): void {
    if (!isOpen) return;
    isOpen = false;
    waiting.remove(wakeUp);
    onLeave();
  }

  function next(): IteratorResult<ChangeEvent, void> | null {
    // The rest of the page is read again, without what was purged since.
    if (openedAt !== pages.cleared) page = null;
    for (;;) {
      const entry = page?.changes[index];
      if (entry) {
        index += 1;
        position = entry.position;
        return { done: false, value: entry.change };
      }
      if (page) position = page.end;
      page = null;
      if (reading.isPending) return null;
      reading.take();
      const head = log.head();
      if (confirmed !== log.round() && !isSamePosition(position, head)) {
        confirmed = log.round();
        const isHeld = pages.holds(position);
        if (isHeld instanceof Promise) {
          reading.follow(isHeld.then(requireHeld));
          return null;
        }
        requireHeld(isHeld);
      } else if (position.seq < head.seq) {
        const { cleared } = pages;
        const found = pages.readAfter(position);
        if (found instanceof Promise) {
          reading.follow(unlessLagging(found, position).then((late) => open(late, cleared)));
          return null;
        }
        open(found, cleared);
      } else if (log.isOver()) {
        const last = log.lastAt(position);
        if (!last || isLastGiven) {
          leave();
          return DONE;
        }
        isLastGiven = true;
        return { done: false, value: last };
      } else {
        waiting.add(wakeUp);
        return null;
      }
    }
  }

  function open(found: ChangePage, cleared: number): void {
    page = found;
    index = 0;
    openedAt = cleared;
  }

  return iterated<ChangeEvent>({
    poll(wake) {
      if (!isOpen) return DONE;
      wakeUp = wake;
      try {
        return next();
      } catch (error) {
        leave();
        throw error;
      }
    },
    end() {
      if (!isOpen) return;
      leave();
      wakeUp();
    },
  });
}

/** Waits when the page is empty: its entries are announced but can't be read yet. */
async function unlessLagging(reading: Promise<ChangePage>, after: LogPosition): Promise<ChangePage> {
  const page = await reading;
  if (isSamePosition(page.end, after)) await delay(LAG_MS);
  return page;
}

function requireHeld(isHeld: boolean): void {
  if (!isHeld) throw new LogReplacedError();
}
