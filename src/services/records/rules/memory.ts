import type { IdGenerator } from '../../../domain/id.js';
import type { Memory } from '../../../domain/memory.js';
import { SESSION_DEFAULTS, type Session } from '../../../domain/session.js';
import { memories, sessions } from '../../../storage/collections.js';
import type { Change } from '../../../storage/store.js';
import { findByValues } from '../queries.js';
import type { StoreRoute } from '../store-router.js';
import { check, put } from '../transaction.js';
import { comesAlive, type RecordDraft, type Rules } from './contract.js';
import { requireTasks } from './task.js';

/** The session of a live memory is live: the first memory that names its key creates it, in the same commit. */
export function createMemoryRules(newId: IdGenerator): Rules<Memory> {
  return {
    kind: 'memory',
    spec: memories,
    async apply(route, drafts, at) {
      await requireTasks(route, drafts.flatMap(newTask));
      const also = await holdSessions(route, drafts.filter(joinsSession), at, newId);
      const documents = drafts.map(({ before, after }) => ({
        ...after,
        deletedWith: after.deletedAt && before?.deletedAt ? before.deletedWith : null,
      }));
      return { documents, also };
    },
  };
}

function newTask({ operation, before, after, field }: RecordDraft<Memory>): { id: string; field: string }[] {
  const isNamed = operation === 'CREATE' || operation === 'UPDATE';
  if (!isNamed || after.taskId === null || after.taskId === before?.taskId) return [];
  return [{ id: after.taskId, field: `${field}taskId` }];
}

function joinsSession(draft: RecordDraft<Memory>): boolean {
  const { before, after } = draft;
  return after.sessionId !== null && !after.deletedAt && (comesAlive(draft) || after.sessionId !== before?.sessionId);
}

/**
 * Checks of the sessions that memories join, so that none is deleted meanwhile without them, and puts of new sessions.
 */
async function holdSessions(
  { store, projectKey }: StoreRoute,
  drafts: readonly RecordDraft<Memory>[],
  at: string,
  newId: IdGenerator,
): Promise<Change[]> {
  const starts = new Map<string, string>();
  for (const { after } of drafts) {
    const known = starts.get(after.sessionId!);
    if (known === undefined || after.occurredAt < known) starts.set(after.sessionId!, after.occurredAt);
  }
  const live = await findByValues(store, sessions, 'key', [...starts.keys()], 'EXCLUDE');
  return [...starts].map(([key, startedAt]) => {
    const session = live.get(key);
    return session
      ? check(sessions, session)
      : put(sessions, 'CREATE', newSession(newId('session', projectKey), key, startedAt, at));
  });
}

function newSession(id: string, key: string, startedAt: string, at: string): Session {
  return {
    id,
    version: 1,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
    externalId: null,
    ...SESSION_DEFAULTS,
    key,
    startedAt,
  };
}
