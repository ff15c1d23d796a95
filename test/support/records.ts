import { defaultsOf } from '../../src/domain/fields/derive.js';
import { createIdGenerator, newProjectKey } from '../../src/domain/id.js';
import { type Memory, memoryFields } from '../../src/domain/memory.js';
import { type Project, projectFields } from '../../src/domain/project.js';
import type { RecordBase } from '../../src/domain/record.js';
import { SESSION_DEFAULTS, type Session } from '../../src/domain/session.js';
import { type Task, taskFields } from '../../src/domain/task.js';

/**
 * Complete records for tests and benchmarks. Each is new and plain, a field that isn't given has its default; a caller states
 * only the fields it depends on.
 */

/** When they are created. */
export const AT = '2026-01-01T00:00:00.000Z';

/** The key in their ids, except a project's own. */
const KEY = 'abcdefgh';
const newId = createIdGenerator();
const TASK_DEFAULTS = defaultsOf(taskFields);
const MEMORY_DEFAULTS = defaultsOf(memoryFields);
const PROJECT_DEFAULTS = defaultsOf(projectFields);

function baseOf(id: string): RecordBase {
  return { id, version: 1, createdAt: AT, updatedAt: AT, deletedAt: null, externalId: null };
}

/** Its fields are in the order in which they are declared, as in a file. */
export function aMemory(own: Partial<Memory> = {}): Memory {
  const base = baseOf(own.id ?? newId('memory', KEY));
  const given: Partial<Memory> = { role: 'USER', content: 'text', occurredAt: AT };
  const fields = Object.keys(memoryFields).map((name) => [name, Reflect.get({ ...MEMORY_DEFAULTS, ...given }, name)]);
  return { ...base, ...Object.fromEntries(fields), ...own };
}

export function aSession(own: Partial<Session> = {}): Session {
  const base = baseOf(own.id ?? newId('session', KEY));
  return { ...base, ...SESSION_DEFAULTS, key: newId('session', 'k0000000'), startedAt: AT, ...own };
}

export function aTask(own: Partial<Task> = {}): Task {
  return { ...baseOf(own.id ?? newId('task', KEY)), ...TASK_DEFAULTS, title: 'A task', ...own };
}

/** A project with a key of its own, in `LOCAL`. */
export function aProject(own: Partial<Project> = {}): Project {
  const key = own.key ?? newProjectKey();
  const base = baseOf(own.id ?? newId('project', key));
  return { ...base, ...PROJECT_DEFAULTS, key, name: 'Harbour', storageMode: 'LOCAL', epoch: 1, ...own };
}
