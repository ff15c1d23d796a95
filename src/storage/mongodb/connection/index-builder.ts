import type { Db } from 'mongodb';
import { delay } from '../../../util/async.js';
import { isOutage } from '../errors.js';
import { type CollectionIndexes, ensureIndexes, inspectIndexes } from '../schema.js';
import { DEADLINE, DeadlineExceeded } from './timeouts.js';

/** Builds indexes without blocking their users: those of many documents take longer than anybody may wait. */
export interface IndexBuilder {
  /**
   * Builds what is missing. Resolves when it exists; on a collection with documents, also when the server needs longer:
   * reads are slow until then. @throws what the driver throws
   */
  ensure(wanted: CollectionIndexes): Promise<void>;
  /** Names, as `collection.index`, of those that the server was still building when it was last asked. */
  readonly unfinished: ReadonlySet<string>;
}

export interface IndexBuilderOptions {
  readonly db: Db;
  readonly reads: Db;
  readonly isClosed: () => boolean;
  /** Retries a request when that helps. @throws StoreError */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
}

/** How long after an answer that didn't come in time the server is asked again, in milliseconds. */
const ASK_AGAIN = 30_000;

export function createIndexBuilder({ db, reads, isClosed, run }: IndexBuilderOptions): IndexBuilder {
  const unfinished = new Set<string>();

  /** Sends the request once, however often it is asked for meanwhile; false when the answer doesn't come in time. */
  function sender(wanted: CollectionIndexes): () => Promise<boolean> {
    let sent: Promise<boolean> | null = null;
    return () => {
      sent ??= ensureIndexes(db, [wanted]).then(
        () => true,
        (error: unknown) => {
          if (error instanceof Error && error.name === 'MongoNetworkTimeoutError') return false;
          sent = null;
          throw error;
        },
      );
      return sent;
    };
  }

  async function ensure(wanted: CollectionIndexes): Promise<void> {
    const { missing } = await run(() => inspectIndexes(reads, [wanted]));
    const isMade = await run(sender(wanted));
    if (isMade) return;
    const count = await run(() => reads.collection(wanted.collection).estimatedDocumentCount());
    if (count === 0) throw new DeadlineExceeded(DEADLINE);
    for (const name of missing) unfinished.add(name);
    void finish(wanted, missing);
  }

  /** Asks now and then whether they are built: the server answers the same request when it has finished. */
  async function finish(wanted: CollectionIndexes, names: readonly string[]): Promise<void> {
    for (let isMade = false; !isMade && !isClosed(); ) {
      await delay(ASK_AGAIN, { ref: false });
      // One that can't be built is missing, which inspecting the server shows.
      isMade = await sender(wanted)().catch((error: unknown) => !isOutage(error));
    }
    for (const name of names) unfinished.delete(name);
  }

  return { ensure, unfinished };
}
