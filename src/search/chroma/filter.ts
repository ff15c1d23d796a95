import type { Where } from 'chromadb';
import { pairHash } from '../index/index-record.js';
import type { VectorFilter } from '../vectors/vector-index.js';
import { NONE, pairKey } from './rows.js';

/** A filter as Chroma's conditions; undefined when everything passes. */
export function toWhere(filter: VectorFilter): Where | undefined {
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

/** The conjunction of conditions: Chroma only accepts `$and` with two or more. */
export function every(conditions: readonly (Where | undefined)[]): Where | undefined {
  const given = conditions.filter((each) => each !== undefined);
  return given.length > 1 ? { $and: given } : given[0];
}

/** Excludes the rows of these memories; undefined when the list is empty. */
export function notOf(memories: Iterable<string>): Where | undefined {
  const ids = [...memories];
  return ids.length === 0 ? undefined : { memory: { $nin: ids } };
}

/** The rows of these memories. The list must not be empty. */
export function of(memories: readonly string[]): Where {
  return { memory: { $in: [...memories] } };
}
