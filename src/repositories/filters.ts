import type { Condition, FieldValue } from '../storage/store.js';
import type { MemoryFilter, ProjectFilter, SessionFilter, StateFilter, TaskFilter, TimeRange } from './factory.js';

/** Filters of the domain as conditions of a store. What a filter leaves out isn't asked. */

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
