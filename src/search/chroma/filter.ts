import type { Where } from 'chromadb';
import { pairHash } from '../index/index-record.js';
import type { MemorySearchFilter } from '../vectors/vector-index.js';
import { NONE, pairKey } from './rows.js';

/** A filter in Chroma's words; undefined when everything passes. */
export function toWhere(filter: MemorySearchFilter): Where | undefined {
  const { sessionId, taskId, roles, occurredAfter, occurredBefore, metadata = {} } = filter;
  return every([
    sessionId === undefined ? undefined : { session: sessionId ?? NONE },
    taskId === undefined ? undefined : { task: taskId ?? NONE },
    roles && { role: { $in: [...roles] } },
    occurredAfter === undefined ? undefined : { occurredAt: { $gte: Date.parse(occurredAfter) } },
    occurredBefore === undefined ? undefined : { occurredAt: { $lt: Date.parse(occurredBefore) } },
    ...Object.entries(metadata).map(([key, value]) =>
      value === undefined ? undefined : { [pairKey(pairHash(key, value))]: true },
    ),
  ]);
}

/** All conditions together: Chroma takes one as it is, and `$and` from two on. */
export function every(conditions: readonly (Where | undefined)[]): Where | undefined {
  const given = conditions.filter((each) => each !== undefined);
  return given.length > 1 ? { $and: given } : given[0];
}

/** The rows of none of these memories; undefined when there are none. */
export function notOf(memories: Iterable<string>): Where | undefined {
  const ids = [...memories];
  return ids.length === 0 ? undefined : { memory: { $nin: ids } };
}

/** The rows of these memories, of which there must be some. */
export function of(memories: readonly string[]): Where {
  return { memory: { $in: [...memories] } };
}
