import { pairHash } from '../index/index-record.js';
import type { TaskSearchFilter } from '../task-graph.js';
import type { MemorySearchFilter } from '../vectors/vector-index.js';

/** A filter as SQL over `records r`: tables to join, and conditions that start with AND. */
export interface SqlFilter {
  readonly joins: readonly string[];
  readonly where: string;
  readonly params: readonly unknown[];
}

/** Whether another live memory supersedes `r`: the first finds those, the second checks a row. */
const SUPERSEDED = 'r.id IN (SELECT s.supersedes FROM records s WHERE s.supersedes IS NOT NULL)';
export const NOT_SUPERSEDED = 'NOT EXISTS (SELECT 1 FROM records s WHERE s.supersedes = r.id)';

export function memoryFilter(filter: MemorySearchFilter): SqlFilter {
  const pairs = Object.entries(filter.metadata ?? {}).filter(([, value]) => value !== undefined);
  return all(
    [
      [filter.sessionId, 'r.session IS ?'],
      [filter.exceptSessionId, 'r.session IS NOT ?'],
      [filter.taskId, 'r.task IS ?'],
      [list(filter.roles), 'r.role IN (SELECT value FROM json_each(?))'],
      [list(filter.kinds), 'r.kind IN (SELECT value FROM json_each(?))'],
      [filter.occurredAfter, 'r.occurred_at >= ?'],
      [filter.occurredBefore, 'r.occurred_at < ?'],
      ...pairs.map(([key, value], index) => [Buffer.from(pairHash(key, value), 'hex'), `m${index}.pair = ?`] as const),
    ],
    pairs.map((_, index) => `metadata m${index} ON m${index}.record = r.rowid`),
    // Without a parameter, so that SQLite uses partial indexes.
    [
      ...either(filter.pinned, 'r.pinned = 1', 'r.pinned = 0'),
      ...either(filter.superseded, SUPERSEDED, NOT_SUPERSEDED),
    ],
  );
}

export function taskFilter(filter: TaskSearchFilter): SqlFilter {
  return all([
    [list(filter.statuses), 'r.status IN (SELECT value FROM json_each(?))'],
    [list(filter.priorities), 'r.priority IN (SELECT value FROM json_each(?))'],
    [list(filter.types), 'r.type IN (SELECT value FROM json_each(?))'],
    [filter.assignedAgent, 'r.agent IS ?'],
    [filter.parentId, 'r.parent IS ?'],
    [filter.createdAt?.after, 'r.created_at >= ?'],
    [filter.createdAt?.before, 'r.created_at < ?'],
  ]);
}

/** Whether a filter lets everything pass. */
export function isOpen(filter: SqlFilter): boolean {
  return filter.where === '';
}

function all(
  conditions: readonly (readonly [value: unknown, sql: string])[],
  joins: readonly string[] = [],
  literals: readonly string[] = [],
): SqlFilter {
  const given = conditions.filter(([value]) => value !== undefined);
  const where = [...given.map(([, sql]) => sql), ...literals].map((sql) => ` AND ${sql}`).join('');
  return { joins, where, params: given.map(([value]) => value) };
}

function either(value: boolean | undefined, ifTrue: string, ifFalse: string): readonly string[] {
  return value === undefined ? [] : [value ? ifTrue : ifFalse];
}

function list(values: readonly string[] | undefined): string | undefined {
  return values && JSON.stringify(values);
}
