import { defaultsOf } from '../../src/domain/fields/derive.js';
import { createIdGenerator, newProjectKey } from '../../src/domain/id.js';
import { type Memory, memoryFields } from '../../src/domain/memory.js';
import { type Project, projectFields } from '../../src/domain/project.js';
import type { RecordBase } from '../../src/domain/record.js';
import { SESSION_DEFAULTS, type Session } from '../../src/domain/session.js';
import { type Task, taskFields } from '../../src/domain/task.js';

/** Records as stores hold them, for tests and benchmarks. A field that isn't given has its default. */

const newId = createIdGenerator();
const TASK_DEFAULTS = defaultsOf(taskFields);
const MEMORY_DEFAULTS = defaultsOf(memoryFields);
const PROJECT_DEFAULTS = defaultsOf(projectFields);

type Given<T, K extends keyof T> = Partial<T> & Pick<T, K>;

/** The system's fields of a live record at version 1. */
export function baseOf(id: string, at: string): RecordBase {
  return { id, version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null };
}

export function taskOf(base: RecordBase, own: Given<Task, 'title'>): Task {
  return { ...base, ...TASK_DEFAULTS, ...own };
}

/** A memory of the user, at the time at which it was created. */
export function memoryOf(base: RecordBase, own: Given<Memory, 'content'>): Memory {
  return { ...base, ...MEMORY_DEFAULTS, role: 'USER', occurredAt: base.createdAt, ...own };
}

/** A session that starts when it is created. */
export function sessionOf(base: RecordBase, own: Given<Session, 'key'>): Session {
  return { ...base, ...SESSION_DEFAULTS, startedAt: base.createdAt, ...own };
}

/** A project with a key of its own, in `LOCAL`. */
export function projectOf(at: string, own: Partial<Project> = {}): Project {
  const key = newProjectKey();
  const base = baseOf(newId('project', key), at);
  return { ...base, ...PROJECT_DEFAULTS, key, name: 'Harbour', storageMode: 'LOCAL', epoch: 1, ...own };
}
