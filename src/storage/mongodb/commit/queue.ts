import { StoreError } from '../../../domain/errors.js';
import { sizeOf } from '../../../util/json/json.js';
import type { Committed } from '../../store.js';
import { DEADLINE } from '../connection/timeouts.js';
import type { Commit } from './write-plan.js';

/** A commit that waits to be written and answered. */
export interface PendingCommit {
  readonly commit: Commit;
  /** It was refused among others, so it is tried alone, after reading everything that it touches. */
  isSuspect: boolean;
  /**
   * `sent`: in a transaction now, or in one whose outcome isn't known. Then a timeout can't say that nothing was
   * written.
   */
  phase: 'waiting' | 'sent' | 'settled';
  resolve(committed: Committed): void;
  reject(error: Error): void;
}

/** Other work for the store's one writer, done when it is next. */
export interface QueuedTask {
  readonly run: () => Promise<void>;
}

/** The queue of the store's one writer. */
export interface CommitQueue {
  readonly isEmpty: boolean;
  /** Resolves when the commit is done. @throws StoreError after the deadline, at whatever stage it is */
  commit(commit: Commit): Promise<Committed>;
  add(task: QueuedTask): void;
  /** The next task, or the next commits that may share a transaction; null when the queue is empty. */
  take(): QueuedTask | readonly PendingCommit[] | null;
  /** Puts commits back at the front. */
  putBack(waiting: readonly PendingCommit[]): void;
}

/** The most that one transaction takes: it is sent as one message, and later commits wait for it. */
const MOST_COMMITS = 100;
const MOST_CHANGES = 1_000;
/**
 * Of documents and the images that they replace, together, in characters by `sizeOf`: a message of 48 MB holds them however
 * they are encoded. A larger commit goes alone.
 */
const MOST_SIZE = 8_000_000;

export function createCommitQueue(place: string): CommitQueue {
  let queue: (PendingCommit | QueuedTask)[] = [];

  function commit(asked: Commit): Promise<Committed> {
    return new Promise((resolve, reject) => {
      const waiting: PendingCommit = {
        commit: asked,
        isSuspect: false,
        phase: 'waiting',
        resolve: (committed) => settle(() => resolve(committed)),
        reject: (error) => settle(() => reject(error)),
      };
      const timer = setTimeout(() => waiting.reject(writeTimedOut(place, waiting.phase === 'sent')), DEADLINE);
      const settle = (answer: () => void) => {
        clearTimeout(timer);
        waiting.phase = 'settled';
        answer();
      };
      queue.push(waiting);
    });
  }

  function take(): QueuedTask | readonly PendingCommit[] | null {
    queue = queue.filter((each) => 'run' in each || isOpen(each));
    const first = queue[0];
    if (!first) return null;
    if ('run' in first || first.isSuspect) {
      queue.shift();
      return 'run' in first ? first : [first];
    }
    const { epoch } = first.commit.context;
    let changes = 0;
    let size = 0;
    const end = queue.findIndex((each, index) => {
      if ('run' in each || each.isSuspect || each.commit.context.epoch !== epoch) return true;
      changes += each.commit.changes.length;
      size += messageSize(each.commit);
      return index > 0 && (index >= MOST_COMMITS || changes > MOST_CHANGES || size > MOST_SIZE);
    });
    return queue.splice(0, end < 0 ? queue.length : end) as PendingCommit[];
  }

  return {
    get isEmpty() {
      return queue.length === 0;
    },
    commit,
    add: (task) => void queue.push(task),
    take,
    putBack: (waiting) => void queue.unshift(...waiting),
  };
}

/** Roughly its size in a message. A replaced document is assumed to be as large as the new one. */
function messageSize({ changes }: Commit): number {
  return changes.reduce((sum, change) => {
    if (change.kind !== 'put') return sum;
    return sum + sizeOf(change.document, MOST_SIZE) * (change.document.version > 1 ? 2 : 1);
  }, 0);
}

/** Whether its caller still waits. */
export const isOpen = (waiting: PendingCommit): boolean => waiting.phase !== 'settled';

/** A write exceeded the deadline. */
export function writeTimedOut(place: string, maybeWritten: boolean, cause?: unknown): StoreError {
  const seconds = DEADLINE / 1_000;
  return maybeWritten
    ? new StoreError(
        'STORE_TIMEOUT',
        `MongoDB at ${place} took the write, but didn't confirm it within ${seconds} seconds. It may have been done.`,
        'Read the record before you repeat the request.',
        { cause },
      )
    : new StoreError(
        'STORE_TIMEOUT',
        `The write couldn't be done in MongoDB at ${place} within ${seconds} seconds, so nothing was written.`,
        'Repeat the request. If it happens often, check the server’s load, and who else writes this project.',
        { cause },
      );
}
