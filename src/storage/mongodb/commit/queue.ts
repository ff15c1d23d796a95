import { StoreError } from '../../../domain/errors.js';
import { sizeOf } from '../../../util/json.js';
import type { Committed } from '../../store.js';
import { DEADLINE } from '../connection/timeouts.js';
import type { Commit } from './write-plan.js';

/** A commit that waits to be written, and for its answer. */
export interface Waiting {
  readonly commit: Commit;
  /** It was refused among others, so it is tried alone, and what it is about is read anew. */
  isSuspect: boolean;
  /** `sent`: in a transaction now, or in one whose outcome isn't known. Then a timeout can't say that nothing was written. */
  phase: 'waiting' | 'sent' | 'settled';
  resolve(committed: Committed): void;
  reject(error: Error): void;
}

/** Something else that the store's one writer does, in its turn. */
export interface Errand {
  readonly errand: () => Promise<void>;
}

/** What waits for the store's one writer, in order. */
export interface Queue {
  readonly isEmpty: boolean;
  /** Resolves when the commit is done. @throws StoreError after the deadline, wherever it is then */
  commit(commit: Commit): Promise<Committed>;
  add(errand: Errand): void;
  /** The next errand, or the next commits that may share a transaction; null when nothing waits. */
  take(): Errand | readonly Waiting[] | null;
  /** Lets commits be next again. */
  putBack(waiting: readonly Waiting[]): void;
}

/** How much one transaction takes of what waits: it is sent as one message, and others wait for it. */
const MOST_COMMITS = 100;
const MOST_CHANGES = 1_000;
/**
 * Of documents and of the images that they replace, together, in characters by `sizeOf`: a message of 48 MB holds them however
 * they are encoded. A commit that has more goes alone.
 */
const MOST_SIZE = 8_000_000;

export function createQueue(place: string): Queue {
  let queue: (Waiting | Errand)[] = [];

  function commit(asked: Commit): Promise<Committed> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        commit: asked,
        isSuspect: false,
        phase: 'waiting',
        resolve: (committed) => settle(() => resolve(committed)),
        reject: (error) => settle(() => reject(error)),
      };
      const timer = setTimeout(() => waiting.reject(late(place, waiting.phase === 'sent')), DEADLINE);
      const settle = (answer: () => void) => {
        clearTimeout(timer);
        waiting.phase = 'settled';
        answer();
      };
      queue.push(waiting);
    });
  }

  function take(): Errand | readonly Waiting[] | null {
    queue = queue.filter((each) => 'errand' in each || isOpen(each));
    const first = queue[0];
    if (!first) return null;
    if ('errand' in first || first.isSuspect) {
      queue.shift();
      return 'errand' in first ? first : [first];
    }
    const { epoch } = first.commit.context;
    let changes = 0;
    let size = 0;
    const end = queue.findIndex((each, index) => {
      if ('errand' in each || each.isSuspect || each.commit.context.epoch !== epoch) return true;
      changes += each.commit.changes.length;
      size += messageSize(each.commit);
      return index > 0 && (index >= MOST_COMMITS || changes > MOST_CHANGES || size > MOST_SIZE);
    });
    return queue.splice(0, end < 0 ? queue.length : end) as Waiting[];
  }

  return {
    get isEmpty() {
      return queue.length === 0;
    },
    commit,
    add: (errand) => void queue.push(errand),
    take,
    putBack: (waiting) => void queue.unshift(...waiting),
  };
}

/** About as large as it is in a message. A document that is replaced is taken to be as large as the new one. */
function messageSize({ changes }: Commit): number {
  return changes.reduce((sum, change) => {
    if (change.kind !== 'put') return sum;
    return sum + sizeOf(change.document, MOST_SIZE) * (change.document.version > 1 ? 2 : 1);
  }, 0);
}

/** Whether its caller still waits. */
export const isOpen = (waiting: Waiting): boolean => waiting.phase !== 'settled';

/** A write ran out of time. */
export function late(place: string, maybeWritten: boolean, cause?: unknown): StoreError {
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
        'Repeat the request. If it happens often, look at the server’s load, and at who else writes this project.',
        { cause },
      );
}
