import { defaultsOf } from '../domain/fields/derive.js';
import { type MemoryKind, type MemoryRole, memoryFields } from '../domain/memory.js';
import type { ProjectMode, StorageMode } from '../domain/project.js';
import type { StreamingStatus } from '../domain/session.js';
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
  /** The user who made it. */
  readonly ownerId?: string | undefined;
  /** Those with one of these keys. */
  readonly keys?: readonly string[] | undefined;
}

export interface TaskFilter {
  /** Contained in the title or the description. */
  readonly text?: string | undefined;
  readonly statuses?: readonly TaskStatus[] | undefined;
  readonly priorities?: readonly TaskPriority[] | undefined;
  readonly types?: readonly TaskType[] | undefined;
  /** null: unassigned tasks only. */
  readonly assignedAgent?: string | null | undefined;
  /** null: tasks that are no part of another. */
  readonly parentId?: string | null | undefined;
  readonly createdAt?: TimeRange | undefined;
}

export interface MemoryFilter {
  readonly sessionId?: string | null | undefined;
  readonly taskId?: string | null | undefined;
  readonly roles?: readonly MemoryRole[] | undefined;
  readonly kinds?: readonly MemoryKind[] | undefined;
  readonly pinned?: boolean | undefined;
  readonly occurredAt?: TimeRange | undefined;
  /** The deleted session that took them with it. */
  readonly deletedWith?: string | undefined;
  /** Every key's value equals the memory's metadata of that key. */
  readonly metadata?: JsonObject | undefined;
}

export interface SessionFilter {
  /** Contained in the title. */
  readonly text?: string | undefined;
  readonly key?: string | undefined;
  /** null: sessions of nobody. */
  readonly userId?: string | null | undefined;
  readonly agent?: string | undefined;
  readonly status?: string | undefined;
  /** null: idle sessions. */
  readonly streamingStatus?: StreamingStatus | null | undefined;
  readonly activeAt?: TimeRange | undefined;
}

export interface StateFilter {
  readonly ownerId?: string | undefined;
  readonly key?: string | undefined;
}

export interface UserFilter {
  /** Contained in the email or the name. */
  readonly query?: string | undefined;
  readonly roleId?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

export interface GrantFilter {
  readonly subjectId?: string | undefined;
  /** Any of these. */
  readonly projectIds?: readonly string[] | undefined;
}

export function projectConditions(filter: ProjectFilter): Condition[] {
  return [
    ...contains(['name', 'description', 'path'], filter.text),
    ...is('isActive', filter.isActive),
    ...is('mode', filter.mode),
    ...is('storageMode', filter.storageMode),
    ...is('ownerId', filter.ownerId),
    ...isOneOf('key', filter.keys),
  ];
}

export function taskConditions(filter: TaskFilter): Condition[] {
  return [
    ...contains(['title', 'description'], filter.text),
    ...isOneOf('status', filter.statuses),
    ...isOneOf('priority', filter.priorities),
    ...isOneOf('type', filter.types),
    ...is('assignedAgent', filter.assignedAgent),
    ...is('parentId', filter.parentId),
    ...within('createdAt', filter.createdAt),
  ];
}

export function memoryConditions(filter: MemoryFilter): Condition[] {
  return [
    ...is('sessionId', filter.sessionId),
    ...is('taskId', filter.taskId),
    ...isOneOf('role', filter.roles),
    ...isOneOf('kind', orMissing(filter.kinds, MEMORY_DEFAULTS.kind)),
    ...isOneOf('pinned', orMissing(filter.pinned === undefined ? undefined : [filter.pinned], MEMORY_DEFAULTS.pinned)),
    ...within('occurredAt', filter.occurredAt),
    ...is('deletedWith', filter.deletedWith),
    ...Object.entries(filter.metadata ?? {}).map(([key, equals]) => ({ path: ['metadata', key], equals })),
  ];
}

export function sessionConditions(filter: SessionFilter): Condition[] {
  return [
    ...contains(['title'], filter.text),
    ...is('key', filter.key),
    ...is('userId', filter.userId),
    ...is('agent', filter.agent),
    ...is('status', filter.status),
    ...is('streamingStatus', filter.streamingStatus),
    ...within('activeAt', filter.activeAt),
  ];
}

export function stateConditions(filter: StateFilter): Condition[] {
  return [...is('ownerId', filter.ownerId), ...is('key', filter.key)];
}

export function userConditions({ query, roleId, isDisabled }: UserFilter): Condition[] {
  const disabled: Condition = isDisabled ? { field: 'disabledAt', gte: '' } : { field: 'disabledAt', is: null };
  return [
    ...contains(['email', 'name'], query),
    ...is('roleId', roleId),
    ...(isDisabled === undefined ? [] : [disabled]),
  ];
}

export function grantConditions({ subjectId, projectIds }: GrantFilter): Condition[] {
  return [...is('subjectId', subjectId), ...isOneOf('projectId', projectIds)];
}

function is(field: string, value: FieldValue | undefined): Condition[] {
  return value === undefined ? [] : [{ field, is: value }];
}

function isOneOf(field: string, values: readonly FieldValue[] | undefined): Condition[] {
  return values === undefined ? [] : [{ field, in: values }];
}

const MEMORY_DEFAULTS = defaultsOf(memoryFields);

/** The values of a field that earlier versions didn't write: their documents count as having its default. */
function orMissing<T extends FieldValue>(
  values: readonly T[] | undefined,
  byDefault: T,
): readonly (T | null)[] | undefined {
  return values?.includes(byDefault) ? [...values, null] : values;
}

function within(field: string, range: TimeRange | undefined): Condition[] {
  if (range?.after === undefined && range?.before === undefined) return [];
  return [{ field, gte: range.after, lt: range.before }];
}

function contains(fields: readonly string[], text: string | undefined): Condition[] {
  return text === undefined || text === '' ? [] : [{ fields, contains: text }];
}
