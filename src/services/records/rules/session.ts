import { AlreadyExistsError } from '../../../domain/errors.js';
import type { Memory } from '../../../domain/memory.js';
import { stampAfter } from '../../../domain/record.js';
import type { Session } from '../../../domain/session.js';
import { memories, sessions } from '../../../storage/collections.js';
import type { Change, Condition, Deleted, Store } from '../../../storage/store.js';
import { everyPage, findByValues, isOneOf, listAll } from '../queries.js';
import { put } from '../transaction.js';
import { comesAlive, isDeletion, type RecordDraft, type Rules } from './contract.js';
import { requireFirst } from './superseding.js';

/** A session is deleted and restored with its memories, and only one of a key is live. */
export const sessionRules: Rules<Session> = {
  kind: 'session',
  spec: sessions,
  async apply({ store }, drafts, at) {
    const deleted = drafts.filter(isDeletion).map(({ after }) => after);
    const also = (await listLive(store, deleted)).map((belonging) => deleteWith(belonging, at));
    for (const draft of drafts.filter(comesAlive)) {
      await requireFreeKey(store, draft);
      if (draft.before !== null) also.push(...(await restoreMemories(store, draft.after, at)));
    }
    return { documents: drafts.map(withActivity), also };
  },
};

/** What was active stays so, and an answer is produced only while the session is in use: nothing undone brings either back. */
function withActivity({ operation, before, after }: RecordDraft<Session>): Session {
  if (operation === 'CREATE' || operation === 'UPDATE') return after;
  return { ...after, activeAt: before?.activeAt ?? after.activeAt, streamingStatus: null };
}

/** Keys in one condition of a query. */
const MOST_KEYS = 500;

/** A memory and the session that it belongs to. */
export interface Belonging {
  readonly session: Session;
  readonly memory: Memory;
}

async function listLive(store: Store, owners: readonly Session[]): Promise<readonly Belonging[]> {
  const found: Belonging[] = [];
  for (let from = 0; from < owners.length; from += MOST_KEYS) {
    const byKey = new Map(owners.slice(from, from + MOST_KEYS).map((session) => [session.key, session]));
    const live = await listMemories(store, [isOneOf('sessionId', [...byKey.keys()])], 'EXCLUDE');
    found.push(...live.map((memory) => ({ session: byKey.get(memory.sessionId!)!, memory })));
  }
  return found;
}

/**
 * The live memories that were saved while their sessions were deleted: committed before that, after their memories were listed.
 * Later ones find the session gone and start a new one, and then these belong to that.
 */
export async function findStragglers(store: Store, deleted: readonly Session[]): Promise<readonly Belonging[]> {
  const live = await listLive(store, deleted);
  // Read after the memories, so that none of a newer session's is among them.
  const keys = [...new Set(live.map(({ session }) => session.key))];
  const newer = await findByValues(store, sessions, 'key', keys, 'EXCLUDE');
  return live.filter(({ session }) => !newer.has(session.key));
}

/** Deletes a memory with its deleted session. */
export function deleteWith({ session: { id, deletedAt }, memory }: Belonging, at: string): Change {
  return put(memories, 'DELETE', {
    ...memory,
    ...stampAfter(memory, at),
    deletedAt: deletedAt ?? at,
    deletedWith: id,
  });
}

/** How many memories would be deleted with live sessions. */
export async function countMemories(store: Store, keys: readonly string[]): Promise<number> {
  const totals = await store.collection(memories).countByParents('sessionId', keys, 'occurredAt');
  return totals.reduce((sum, { count }) => sum + count, 0);
}

/** All memories of a session, deleted ones included. */
export async function* everyMemory(store: Store, session: Session): AsyncGenerator<readonly Memory[]> {
  for (const part of await partsOf(store, session)) yield* everyPage(store, memories, { ...part, field: 'occurredAt' });
}

/** How many memories a session has, deleted ones included. */
export async function countEveryMemory(store: Store, session: Session): Promise<number> {
  const parts = await partsOf(store, session);
  const counts = await Promise.all(parts.map(({ where, deleted }) => store.collection(memories).count(where, deleted)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What selects a part of a session's memories. */
interface MemoryPart {
  readonly where: readonly Condition[];
  readonly deleted: Deleted;
}

/**
 * The memories that were deleted with it; the live ones, unless they are those of a newer session with the same key; and those
 * that were deleted alone, if there is no other session of the key that may have had them.
 */
async function partsOf(store: Store, { id, key }: Session): Promise<readonly MemoryPart[]> {
  const ofKey: Condition = { field: 'sessionId', is: key };
  const where: Condition[] = [{ field: 'key', is: key }];
  const all = await listAll(store, sessions, { where, deleted: 'INCLUDE', field: 'startedAt' });
  const others = all.filter((other) => other.id !== id);
  return [
    { where: [{ field: 'deletedWith', is: id }], deleted: 'ONLY' },
    ...(others.some(({ deletedAt }) => deletedAt === null) ? [] : [{ where: [ofKey], deleted: 'EXCLUDE' } as const]),
    ...(others.length > 0 ? [] : [{ where: [ofKey, { field: 'deletedWith', is: null }], deleted: 'ONLY' } as const]),
  ];
}

/** Restores exactly the memories that were deleted with a session. */
async function restoreMemories(store: Store, { id }: Session, at: string): Promise<Change[]> {
  const deleted = await listMemories(store, [{ field: 'deletedWith', is: id }], 'ONLY');
  const restored = deleted.map((memory) => ({
    ...memory,
    ...stampAfter(memory, at),
    deletedAt: null,
    deletedWith: null,
  }));
  await requireFirst(
    store,
    restored.map((after) => ({ after, field: `${after.id}.` })),
  );
  return restored.map((memory) => put(memories, 'RESTORE', memory));
}

function listMemories(store: Store, where: Condition[], deleted: 'EXCLUDE' | 'ONLY'): Promise<Memory[]> {
  return listAll(store, memories, { where, deleted, field: 'occurredAt' });
}

async function requireFreeKey(store: Store, { operation, after: { id, key } }: RecordDraft<Session>): Promise<void> {
  const holder = (await findByValues(store, sessions, 'key', [key], 'EXCLUDE')).get(key);
  if (!holder || holder.id === id) return;
  const [message, hint] =
    operation === 'CREATE'
      ? [`The session ${holder.id} has this key already.`, 'Use it, or choose another key.']
      : [
          `A newer session has the same key: ${holder.id}.`,
          "Two can't share a key. Restore single memories instead: they join the newer session.",
        ];
  throw new AlreadyExistsError(message, hint, holder.id, ['key'], false);
}
