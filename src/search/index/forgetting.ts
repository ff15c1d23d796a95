import type { Lease } from '../indexing/lease.js';
import type { SearchLogger } from '../logger.js';
import type { RemoteIndex } from '../vectors/remote-index.js';
import type { DeletionQueue } from './deletion-queue.js';
import { isFileError } from './index-file.js';

/** Has an index outside the file forget what is gone, as long as that takes. */
export interface Forgetting {
  /**
   * Resolves when all is forgotten, or can't be now: that isn't found all the same, and is forgotten later. Calls meanwhile
   * join it. @throws what the index file throws
   */
  forget(): Promise<void>;
}

export interface ForgettingOptions {
  readonly external: RemoteIndex;
  readonly removals: DeletionQueue;
  /** Of several processes, the one that holds it forgets. */
  readonly lease: Lease;
  readonly logger: SearchLogger;
  /** The indexer's first wait, in ms. */
  readonly retryMs: number;
  /** Called with what the index file throws while it is tried again. */
  readonly onFileError: (error: unknown) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** After a failure it rests for this multiple of the indexer's first wait. */
const REST = 4;

export function createForgetting(options: ForgettingOptions): Forgetting {
  const { external, removals, lease, logger, retryMs, onFileError, signal } = options;
  let running: Promise<void> | null = null;
  let restsUntil = 0;
  let later: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(later), { once: true });

  function forget(): Promise<void> {
    if (signal.aborted || performance.now() < restsUntil) return Promise.resolve();
    running ??= forgetAll().finally(() => {
      running = null;
    });
    return running;
  }

  async function forgetAll(): Promise<void> {
    try {
      while (!signal.aborted && removals.list(1).length > 0 && lease.take()) await external.forget();
    } catch (error) {
      if (isFileError(error)) throw error;
      logger.warn({ err: error }, "Vectors of memories that are gone couldn't be removed yet.");
      restsUntil = performance.now() + REST * retryMs;
      clearTimeout(later);
      later = setTimeout(() => void forget().catch(onFileError), REST * retryMs).unref();
    }
  }

  return { forget };
}
