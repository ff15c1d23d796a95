import type { TaskSearchFilter } from '../contract.js';
import { pairHash } from '../index/index-record.js';
import type { MemorySearchFilter } from '../vectors/vector-index.js';

/** A filter as SQL over `records r`: tables to join, and conditions that start with AND. */
export interface SqlFilter {
  readonly joins: readonly string[];
  readonly where: string;
  readonly params: readonly unknown[];
}

export function memoryFilter(filter: MemorySearchFilter): SqlFilter {
  const pairs = Object.entries(filter.metadata ?? {}).filter(([, value]) => value !== undefined);
  return all(
    [
      [filter.sessionId, 'r.session IS ?'],
      [filter.taskId, 'r.task IS ?'],
      [list(filter.roles), 'r.role IN (SELECT value FROM json_each(?))'],
      [filter.occurredAfter, 'r.occurred_at >= ?'],
      [filter.occurredBefore, 'r.occurred_at < ?'],
      ...pairs.map(([key, value], index) => [Buffer.from(pairHash(key, value), 'hex'), `m${index}.pair = ?`] as const),
    ],
    pairs.map((_, index) => `metadata m${index} ON m${index}.record = r.rowid`),
  );
}

export function taskFilter(filter: TaskSearchFilter): SqlFilter {
  return all([
    [list(filter.statuses), 'r.status IN (SELECT value FROM json_each(?))'],
    [list(filter.priorities), 'r.priority IN (SELECT value FROM json_each(?))'],
    [list(filter.types), 'r.type IN (SELECT value FROM json_each(?))'],
    [filter.assignedAgent, 'r.agent IS ?'],
  ]);
}

/** Whether a filter lets everything pass. */
export function isOpen(filter: SqlFilter): boolean {
  return filter.where === '';
}

function all(
  conditions: readonly (readonly [value: unknown, sql: string])[],
  joins: readonly string[] = [],
): SqlFilter {
  const given = conditions.filter(([value]) => value !== undefined);
  return { joins, where: given.map(([, sql]) => ` AND ${sql}`).join(''), params: given.map(([value]) => value) };
}

function list(values: readonly string[] | undefined): string | undefined {
  return values && JSON.stringify(values);
}
