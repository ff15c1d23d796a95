import type { ClientSession } from 'mongodb';
import { nextTurn } from '../../../util/async.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import type { Committed } from '../../store.js';
import type { MongoConnection } from '../connection/connection.js';
import { DEADLINE, within } from '../connection/timeouts.js';
import { isRepeatable } from '../errors.js';
import { createConflictFinder } from './conflicts.js';
import { createGroupWriter } from './group-commit.js';
import { createCommitQueue, type PendingCommit, writeTimedOut } from './queue.js';
import type { RecordCache } from './record-cache.js';
import { createTransactions } from './transactions.js';
import type { Commit } from './write-plan.js';

/** All writes of one project's store: one transaction at a time, shared by the commits that wait. */
export interface MongoWriter {
  commit(commit: Commit): Promise<Committed>;
  /**
   * Does work in a transaction of its own, and repeats it when it met another or its outcome isn't known; `isRepeat`:
   * the work may have been done already. False when the work returned false.
   */
  transact(work: (session: ClientSession, isRepeat: boolean) => Promise<boolean>): Promise<boolean>;
  /** Some process appended to the log up to this number. */
  note(seq: number): void;
  /** Finishes all pending work. No call may follow. */
  close(): Promise<void>;
}

export interface MongoWriterOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly specs: readonly AnySpec[];
  readonly cache: RecordCache;
  readonly onCommitted: (seq: number) => void;
}

export function createMongoWriter({ connection, project, specs, cache, onCommitted }: MongoWriterOptions): MongoWriter {
  const queue = createCommitQueue(connection.place);
  const transactions = createTransactions(connection, project);
  const finder = createConflictFinder({ connection, project, specs, cache });
  const groups = createGroupWriter({ connection, project, transactions, finder, cache, queue, onCommitted });
  let draining: Promise<void> | null = null;

  function drain(): void {
    draining ??= (async () => {
      // Callers answered by one transaction come back before the next begins.
      for (await nextTurn(); !queue.isEmpty; await nextTurn()) {
        const next = queue.take();
        if (next && 'run' in next) await next.run();
        else if (next) await groups.write(next as readonly PendingCommit[]);
      }
    })().finally(() => {
      draining = null;
      if (!queue.isEmpty) drain();
    });
  }

  async function repeat(work: Parameters<MongoWriter['transact']>[0]): Promise<boolean> {
    const end = performance.now() + DEADLINE;
    let isRepeat = false;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const outcome = await transactions.attempt((session) => work(session, isRepeat));
        if (outcome === 'committed') return true;
        if (outcome === 'abandoned') return false;
        isRepeat ||= outcome === 'unknown';
      } catch (error) {
        if (!isRepeat || !isRepeatable(error)) throw connection.fail(error);
      }
      if (performance.now() > end) throw writeTimedOut(connection.place, isRepeat);
      await transactions.yield(attempt);
    }
  }

  return {
    commit(commit) {
      const committed = queue.commit(commit);
      drain();
      return committed;
    },
    transact(work) {
      return new Promise((resolve, reject) => {
        const run = async () => {
          const done = repeat(work);
          await within(2 * DEADLINE, done).then(resolve, (error: unknown) => reject(connection.fail(error)));
          await done.catch(() => undefined);
        };
        queue.add({ run });
        drain();
      });
    },
    note: groups.note,
    async close() {
      while (draining) await draining;
      await transactions.close();
    },
  };
}
