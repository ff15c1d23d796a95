import { type Author, SERVER_ACTORS } from '../../domain/author.js';
import { MooringError } from '../../domain/errors.js';
import { latest, stampAfter } from '../../domain/record.js';
import type { Session } from '../../domain/session.js';
import { memories, sessions } from '../../storage/collections.js';
import type { Collection, Store } from '../../storage/store.js';
import type { ProjectRoute } from '../records/store-router.js';
import { put, type Transact } from '../records/transaction.js';

const AUTHOR: Author = { actor: SERVER_ACTORS.upgrade, requestId: SERVER_ACTORS.upgrade };
/** Records in one commit: large enough to be fast, small enough not to block other writers. */
const BATCH = 500;
const UNDATED = [{ field: 'activeAt', is: null }];

/** How long a store that was found to have no undated sessions isn't searched for them again, in milliseconds. */
const SETTLED_MS = 1_000;

/**
 * Gives the live sessions that have no time of activity one, by commits like any other: the time of the last memory, or when it
 * began. Only sessions of earlier versions, and those written by hand, have none: finding no more of them is one read of an index.
 * Where they can't be written now, such as on a read-only disk, they stay as they are, and are read all the same.
 */
export function createDating(transact: Transact) {
  /** When each was last found to have none. */
  const settledAt = new WeakMap<Collection<Session>, number>();

  return async (store: Store, findRoute: () => Promise<ProjectRoute>): Promise<void> => {
    const collection = store.collection(sessions);
    if (performance.now() - (settledAt.get(collection) ?? Number.NEGATIVE_INFINITY) < SETTLED_MS) return;
    if ((await collection.count(UNDATED)) === 0) {
      settledAt.set(collection, performance.now());
      return;
    }
    await dateAll(transact, findRoute).catch((error: unknown) => {
      if (!(error instanceof MooringError)) throw error;
    });
  };
}

async function dateAll(transact: Transact, findRoute: () => Promise<ProjectRoute>): Promise<void> {
  for (let isDone = false; !isDone; ) {
    isDone = await transact(AUTHOR, findRoute, async ({ store }, at) => {
      const order = { field: 'activeAt', direction: 'ASC' } as const;
      const { items: undated } = await store.collection(sessions).list({ where: UNDATED, order, limit: BATCH });
      const keys = undated.map(({ key }) => key);
      const totals = await store.collection(memories).countByParents('sessionId', keys, 'occurredAt');
      const changes = undated.map((session, index) => {
        const activeAt = latest(session.startedAt, totals[index]!.greatest ?? session.startedAt);
        const dated = { ...session, ...stampAfter(session, at), activeAt: activeAt < at ? activeAt : at };
        return put(sessions, 'UPDATE', dated);
      });
      return { changes, result: undated.length < BATCH };
    });
  }
}
