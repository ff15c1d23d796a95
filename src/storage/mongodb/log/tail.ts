import type { LogEntry } from '../../../domain/log-entry.js';
import { type LogPosition, LogReplacedError } from '../../../domain/log-position.js';
import { sizeOf } from '../../../util/json.js';
import { createFollowers } from '../../shared/followers.js';
import { EMPTY_STRETCH, entriesSince, KEPT, lengthened, type Stretch, stretchAt } from '../../shared/log-range.js';
import type { OnHead } from '../connection/head-watch.js';
import type { Positions } from './positions.js';

/**
 * The end of a log, shared by all who follow it: each new entry is read once however many wait for it, and none is kept
 * for a follower that is slow.
 */
export interface Tail {
  /** The log has entries up to this number: somebody appended to it. */
  advance(seq: number): void;
  /** Whether the log is known to go beyond `after`. */
  isBeyond(after: LogPosition): boolean;
  /** Entries after a position, when the tail has them; null when the store must be asked, also whether it holds the position. */
  since(after: LogPosition): Promise<readonly LogEntry[] | null>;
  /** Resolves when the log may end elsewhere than when it was read last, the signal aborts or the tail is closed. */
  next(signal: AbortSignal): Promise<void>;
  /** Counts followers: the tail hears of other processes' commits only while somebody follows. Returns how to leave. */
  join(): () => void;
  close(): void;
}

export interface TailOptions {
  readonly positions: Pick<Positions, 'end' | 'readAfter'>;
  /** Starts to listen for other processes; returns how to stop. */
  readonly listen: (onHead: OnHead) => () => void;
}

/** Images are measured up to so many characters. */
const MEASURED = 4_000_000;

export function createTail({ positions, listen }: TailOptions): Tail {
  let kept: Stretch = EMPTY_STRETCH;
  /** How far the log is said to go. */
  let told = 0;
  let filling: Promise<void> | null = null;
  const followers = createFollowers({
    listen: () => listen((seq, isFound) => (isFound ? notice(seq) : advance(seq))),
    onIdle() {
      kept = EMPTY_STRETCH;
    },
  });

  function advance(seq: number): void {
    if (seq > told) notice(seq);
  }

  /** A log that ends where it did may be another by now. */
  function notice(seq: number): void {
    told = seq;
    followers.tell();
  }

  /** Takes in what was appended since. When the log doesn't go on from where it ended, nothing of it is kept. All who wait share it. */
  async function fill(): Promise<void> {
    followers.caughtUp();
    const { end } = kept;
    try {
      if (kept === EMPTY_STRETCH || told - end.seq > KEPT) await startOver();
      else kept = lengthened(kept, (await positions.readAfter(end, KEPT)).map(sized));
    } catch (error) {
      if (!(error instanceof LogReplacedError)) {
        followers.tell();
        throw error;
      }
      await startOver();
    }
    // What is said to be there and can't be read yet is asked for again.
    if (told > kept.end.seq) followers.tell();
  }

  async function startOver(): Promise<void> {
    kept = EMPTY_STRETCH;
    kept = stretchAt(await positions.end());
  }

  return {
    advance,
    isBeyond: ({ seq }) => seq < told,
    async since(after) {
      if (followers.hasNews()) {
        filling ??= fill().finally(() => {
          filling = null;
        });
      }
      await filling;
      return entriesSince(kept, after);
    },
    next: followers.next,
    join: followers.join,
    close: followers.close,
  };
}

const sized = (entry: LogEntry) => ({ entry, size: sizeOf(entry.before, MEASURED) });
