import { AlreadyExistsError } from '../../../domain/errors.js';
import type { Memory } from '../../../domain/memory.js';
import { stampAfter } from '../../../domain/record.js';
import type { Session } from '../../../domain/session.js';
import { memories, sessions } from '../../../storage/collections.js';
import type { Change, Condition, Store } from '../../../storage/store.js';
import { findByValues, listAll } from '../queries.js';
import { put } from '../transaction.js';
import { comesAlive, isDeletion, type Rules } from './contract.js';

/** A session is deleted and restored with its memories, and only one of a key is live. */
export const sessionRules: Rules<Session> = {
  kind: 'session',
  spec: sessions,
  async apply({ store }, drafts, at) {
    const also: Change[] = [];
    for (const draft of drafts) {
      const { before, after } = draft;
      if (isDeletion(draft)) also.push(...(await deleteMemories(store, after, after.deletedAt ?? at, at)));
      if (comesAlive(draft) && before !== null) {
        await requireFreeKey(store, after);
        also.push(...(await restoreMemories(store, after, at)));
      }
    }
    return { documents: drafts.map(({ after }) => after), also };
  },
};

/** Deletes a session's live memories with it. */
export async function deleteMemories(
  store: Store,
  { id, key }: Session,
  deletedAt: string,
  at: string,
): Promise<Change[]> {
  const live = await listMemories(store, [{ field: 'sessionId', is: key }], 'EXCLUDE');
  return live.map((memory) =>
    put(memories, 'DELETE', { ...memory, ...stampAfter(memory, at), deletedAt, deletedWith: id }),
  );
}

/** Restores exactly the memories that were deleted with a session. */
async function restoreMemories(store: Store, { id }: Session, at: string): Promise<Change[]> {
  const deleted = await listMemories(store, [{ field: 'deletedWith', is: id }], 'ONLY');
  return deleted.map((memory) =>
    put(memories, 'RESTORE', {
      ...memory,
      ...stampAfter(memory, at),
      deletedAt: null,
      deletedWith: null,
    }),
  );
}

function listMemories(store: Store, where: Condition[], deleted: 'EXCLUDE' | 'ONLY'): Promise<Memory[]> {
  return listAll(store, memories, { where, deleted, field: 'occurredAt' });
}

async function requireFreeKey(store: Store, { id, key }: Session): Promise<void> {
  const holder = (await findByValues(store, sessions, 'key', [key], 'EXCLUDE')).get(key);
  if (!holder || holder.id === id) return;
  throw new AlreadyExistsError(
    `A newer session has the same key: ${holder.id}.`,
    "Two can't share a key. Restore single memories instead: they join the newer session.",
    holder.id,
    ['key'],
    false,
  );
}
