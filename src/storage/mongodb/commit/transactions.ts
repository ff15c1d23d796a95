import type { ClientSession, TransactionOptions } from 'mongodb';
import { delay } from '../../../util/async.js';
import { type Backoff, backoff } from '../../../util/backoff.js';
import type { MongoConnection } from '../connection/connection.js';
import { DEADLINE, DeadlineExceeded, within } from '../connection/timeouts.js';
import { isTransient, isUnknown } from '../errors.js';
import { HEADS, type ProjectHead, TOUCH } from '../schema.js';
import { createStaleWriters, killSessions, type StaleWriters } from './stale-writers.js';

/** Transactions of one project's store, one at a time. Each must write the project's head before anything else. */
export interface Transactions {
  /**
   * Does the work in a transaction and commits it, once.
   * @returns `committed` when a majority acknowledged it; `unknown` when the acknowledgement was lost; `contended` when
   * another transaction conflicted or the server changed, and nothing was done; `abandoned` when the work returned
   * false.
   * @throws what the driver throws when the work can't be done
   */
  attempt(work: (session: ClientSession) => Promise<boolean>): Promise<TransactionOutcome>;
  /** Waits before the next attempt, and ends another writer's transaction that nobody continues. */
  yield(attempt: number): Promise<void>;
  close(): Promise<void>;
}

export type TransactionOutcome = 'committed' | 'unknown' | 'contended' | 'abandoned';

/** No read concern is named: a transaction reads a snapshot anyway, and some servers accept none with `bulkWrite`. */
const OPTIONS: TransactionOptions = { writeConcern: { w: 'majority', journal: true }, readPreference: 'primary' };
/** How often a commit whose answer was lost is repeated. The driver itself repeats it once more each time. */
const COMMIT_ATTEMPTS = 2;
const COMMIT_BACKOFF: Backoff = { base: 100, cap: 100 };
/** Between the attempts of a transaction that lost a race. */
const YIELD_BACKOFF: Backoff = { base: 4, cap: 60, jitter: 1 };
/** How long to wait for an answer before checking whether the server works on it at all, in milliseconds. */
const PATIENCE = 2_000;

/** The server isn't working for us, and its answer won't come: the connection was closed as we wrote to it. */
class AnswerLost extends Error {}

export function createTransactions(connection: MongoConnection, project: string): Transactions {
  let isCommitting = false;
  let current: { readonly session: ClientSession; readonly staleWriters: StaleWriters } | null = null;

  async function open() {
    if (!current || current.session.hasEnded) {
      const session = connection.client.startSession({ causalConsistency: false });
      current = { session, staleWriters: createStaleWriters({ connection, project, session }) };
    }
    await current.staleWriters.register();
    return current;
  }

  async function attempt(work: (session: ClientSession) => Promise<boolean>): Promise<TransactionOutcome> {
    const { session, staleWriters } = await open();
    const rest = staleWriters.keepAlive();
    try {
      return await answered(() => attemptIn(session, work));
    } catch (error) {
      if (!(error instanceof AnswerLost)) throw error;
      await forsake();
      return isCommitting ? 'unknown' : 'contended';
    } finally {
      rest();
    }
  }

  async function attemptIn(
    session: ClientSession,
    work: (session: ClientSession) => Promise<boolean>,
  ): Promise<TransactionOutcome> {
    isCommitting = false;
    session.startTransaction(OPTIONS);
    try {
      if (!(await work(session))) {
        await session.abortTransaction();
        return 'abandoned';
      }
    } catch (error) {
      const start = performance.now();
      await session.abortTransaction();
      // Aborting took as long as selecting a server: there is none.
      const isDown = performance.now() - start > 0.8 * connection.client.options.serverSelectionTimeoutMS;
      if (isTransient(error) && !isDown) return 'contended';
      throw error;
    }
    // Given up meanwhile, and started again: it must never be done twice.
    if (current?.session !== session) throw new AnswerLost();
    return commit(session);
  }

  async function commit(session: ClientSession): Promise<TransactionOutcome> {
    isCommitting = true;
    for (let count = 1; ; count += 1) {
      try {
        await session.commitTransaction();
        connection.acknowledged(session);
        current?.staleWriters.progress();
        return 'committed';
      } catch (error) {
        if (!isUnknown(error)) {
          if (isTransient(error)) return 'contended';
          throw error;
        }
        if (count === COMMIT_ATTEMPTS) return 'unknown';
        await delay(backoff(count, COMMIT_BACKOFF));
      }
    }
  }

  /** The outcome, unless it takes long and the head can be written meanwhile: then the server isn't working on it. */
  async function answered<T>(work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const lost = new Promise<never>((_, reject) => {
      const check = async () => {
        const wasCommitting = isCommitting;
        const isFree = await isHeadFree(wasCommitting);
        if (isFree && wasCommitting === isCommitting) reject(new AnswerLost());
        else if (!isOver) timer = setTimeout(check, PATIENCE);
      };
      timer = setTimeout(check, PATIENCE);
    });
    try {
      return await Promise.race([work(), lost]);
    } finally {
      isOver = true;
      clearTimeout(timer);
    }
  }

  /**
   * Whether somebody else can write the head. A commit releases it before a majority has the commit, so while ours may
   * be waiting for one, only an acknowledgement by a majority proves it: ours is then acknowledged too.
   */
  async function isHeadFree(mayBeCommitted: boolean): Promise<boolean> {
    const session = connection.client.startSession({ causalConsistency: false });
    const heads = connection.db.collection<ProjectHead>(HEADS);
    try {
      session.startTransaction(OPTIONS);
      const writing = heads
        .updateOne({ _id: project }, TOUCH, { session })
        .then(() => (mayBeCommitted ? session.commitTransaction() : session.abortTransaction()));
      await within(DEADLINE, writing);
      return true;
    } catch (error) {
      if (error instanceof DeadlineExceeded) await killSessions(connection, [session.id!.id.toString('hex')]);
      return false;
    } finally {
      void session.endSession().catch(() => undefined);
    }
  }

  /** Abandons a session that the driver can't use any more, and ends what it may have begun. */
  async function forsake(): Promise<void> {
    const left = current;
    current = null;
    await left?.staleWriters.kill();
    void left?.session.endSession().catch(() => undefined);
  }

  return {
    attempt,
    async yield(count) {
      await delay(backoff(count, YIELD_BACKOFF));
      await current?.staleWriters.wait();
    },
    async close() {
      const left = current;
      current = null;
      await left?.staleWriters.close();
      await left?.session.endSession();
    },
  };
}
