import type { ClientSession, TransactionOptions } from 'mongodb';
import type { MongoConnection } from './connection.js';
import { backOff } from './deadline.js';
import { isTransient, isUnknown } from './errors.js';
import { createRivals, type Rivals } from './rivals.js';

/** Transactions of one project's store, one at a time. */
export interface Transactions {
  /**
   * Does the work in a transaction and commits it, once.
   * @returns `unknown` when the commit's acknowledgement was lost; `contended` when another transaction was in the way or
   * the server changed, and nothing was done; `abandoned` when the work said so by `false`.
   * @throws what the driver throws when the work can't be done
   */
  attempt(
    work: (session: ClientSession) => Promise<boolean>,
  ): Promise<'committed' | 'unknown' | 'contended' | 'abandoned'>;
  /** Waits before the next attempt, and ends a rival's transaction that nobody continues. */
  yield(attempt: number): Promise<void>;
  close(): Promise<void>;
}

/** No read concern is named: a transaction reads a snapshot all the same, and some servers take none with `bulkWrite`. */
const OPTIONS: TransactionOptions = { writeConcern: { w: 'majority', journal: true }, readPreference: 'primary' };
/** How often a commit is asked for again whose answer was lost. The driver itself does it once more each time. */
const COMMIT_ATTEMPTS = 2;

export function createTransactions(connection: MongoConnection, project: string): Transactions {
  let session: ClientSession | null = null;
  let rivals: Rivals | null = null;

  async function open(): Promise<ClientSession> {
    // The same session for the store's life: a new transaction in it ends one that was left open, such as by a cut connection.
    session ??= connection.client.startSession({ causalConsistency: false });
    rivals ??= createRivals({ connection, project, session });
    await rivals.register();
    return session;
  }

  async function attempt(work: (session: ClientSession) => Promise<boolean>) {
    const opened = await open();
    const rest = rivals!.keepAlive();
    try {
      opened.startTransaction(OPTIONS);
      try {
        if (!(await work(opened))) {
          await opened.abortTransaction();
          return 'abandoned';
        }
      } catch (error) {
        const start = performance.now();
        await opened.abortTransaction();
        // Ending it took as long as a server is looked for: there is none.
        const isDown = performance.now() - start > 0.8 * connection.client.options.serverSelectionTimeoutMS;
        if (isTransient(error) && !isDown) return 'contended';
        throw error;
      }
      return await commit(opened);
    } finally {
      rest();
    }
  }

  async function commit(opened: ClientSession): Promise<'committed' | 'unknown' | 'contended'> {
    for (let count = 1; ; count += 1) {
      try {
        await opened.commitTransaction();
        rivals?.progress();
        return 'committed';
      } catch (error) {
        if (!isUnknown(error)) {
          if (isTransient(error)) return 'contended';
          throw error;
        }
        if (count === COMMIT_ATTEMPTS) return 'unknown';
        await backOff(count, { first: 100, most: 100 });
      }
    }
  }

  return {
    attempt,
    async yield(count) {
      await backOff(count, { first: 4, most: 60 });
      await rivals?.wait();
    },
    async close() {
      await rivals?.close();
      await session?.endSession();
      session = null;
      rivals = null;
    },
  };
}
