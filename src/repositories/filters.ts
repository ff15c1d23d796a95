import type { MemoryRole } from '../domain/memory.js';
import type { ProjectMode, StorageMode } from '../domain/project.js';
import type { TaskPriority, TaskStatus, TaskType } from '../domain/task.js';
import type { Condition, FieldValue } from '../storage/store.js';
import type { JsonObject } from '../util/json/json.js';

/** Filters of the domain, and the conditions of a store that they stand for. What a filter leaves out restricts nothing. */

/** A range of times: `after` inclusive, `before` exclusive; ISO 8601. */
export interface TimeRange {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

export interface ProjectFilter {
  /** Contained in the name, the description or the path. */
  readonly text?: string | undefined;
  readonly isActive?: boolean | undefined;
  readonly mode?: ProjectMode | undefined;
  readonly storageMode?: StorageMode | undefined;
}

export interface TaskFilter {
  /** Contained in the title or the description. */
  readonly text?: string | undefined;
  readonly statuses?: readonly TaskStatus[] | undefined;
  readonly priorities?: readonly TaskPriority[] | undefined;
  readonly types?: readonly TaskType[] | undefined;
  /** null: unassigned tasks only. */
  readonly assignedAgent?: string | null | undefined;
  readonly createdAt?: TimeRange | undefined;
}

export interface MemoryFilter {
  readonly sessionId?: string | null | undefined;
  readonly taskId?: string | null | undefined;
  readonly roles?: readonly MemoryRole[] | undefined;
  readonly occurredAt?: TimeRange | undefined;
  /** Every key's value equals the memory's metadata of that key. */
  readonly metadata?: JsonObject | undefined;
}

export interface SessionFilter {
  readonly key?: string | undefined;
  readonly agent?: string | undefined;
  readonly status?: string | undefined;
}

export interface StateFilter {
  readonly ownerId?: string | undefined;
  readonly key?: string | undefined;
}

export function projectConditions(filter: ProjectFilter): Condition[] {
  return [
    ...contains(['name', 'description', 'path'], filter.text),
    ...is('isActive', filter.isActive),
    ...is('mode', filter.mode),
    ...is('storageMode', filter.storageMode),
  ];
}

export function taskConditions(filter: TaskFilter): Condition[] {
  return [
    ...contains(['title', 'description'], filter.text),
    ...isOneOf('status', filter.statuses),
    ...isOneOf('priority', filter.priorities),
    ...isOneOf('type', filter.types),
    ...is('assignedAgent', filter.assignedAgent),
    ...within('createdAt', filter.createdAt),
  ];
}

export function memoryConditions(filter: MemoryFilter): Condition[] {
  return [
    ...is('sessionId', filter.sessionId),
    ...is('taskId', filter.taskId),
    ...isOneOf('role', filter.roles),
    ...within('occurredAt', filter.occurredAt),
    ...Object.entries(filter.metadata ?? {}).map(([key, equals]) => ({ path: ['metadata', key], equals })),
  ];
}

export function sessionConditions(filter: SessionFilter): Condition[] {
  return [...is('key', filter.key), ...is('agent', filter.agent), ...is('status', filter.status)];
}

export function stateConditions(filter: StateFilter): Condition[] {
  return [...is('ownerId', filter.ownerId), ...is('key', filter.key)];
}

function is(field: string, value: FieldValue | undefined): Condition[] {
  return value === undefined ? [] : [{ field, is: value }];
}

function isOneOf(field: string, values: readonly FieldValue[] | undefined): Condition[] {
  return values === undefined ? [] : [{ field, in: values }];
}

function within(field: string, range: TimeRange | undefined): Condition[] {
  if (range?.after === undefined && range?.before === undefined) return [];
  return [{ field, gte: range.after, lt: range.before }];
}

function contains(fields: readonly string[], text: string | undefined): Condition[] {
  return text === undefined || text === '' ? [] : [{ fields, contains: text }];
}
