import { createIdGenerator, newProjectKey } from '../../src/domain/id.js';
import type { Memory } from '../../src/domain/memory.js';
import type { Project } from '../../src/domain/project.js';
import type { RecordBase } from '../../src/domain/record.js';
import type { Session } from '../../src/domain/session.js';
import type { Task } from '../../src/domain/task.js';

/** Complete records for tests and benchmarks. Each is new and plain; a caller states only the fields it depends on. */

/** When they are created. */
export const AT = '2026-01-01T00:00:00.000Z';

/** The key in their ids, except a project's own. */
const KEY = 'abcdefgh';
const newId = createIdGenerator();

function baseOf(id: string): RecordBase {
  return { id, version: 1, createdAt: AT, updatedAt: AT, deletedAt: null, externalId: null };
}

export function aMemory(own: Partial<Memory> = {}): Memory {
  return {
    ...baseOf(own.id ?? newId('memory', KEY)),
    sessionId: null,
    taskId: null,
    role: 'USER',
    content: 'text',
    metadata: {},
    occurredAt: AT,
    deletedWith: null,
    ...own,
  };
}

export function aSession(own: Partial<Session> = {}): Session {
  return {
    ...baseOf(own.id ?? newId('session', KEY)),
    key: newId('session', 'k0000000'),
    title: null,
    agent: null,
    provider: null,
    workspace: null,
    status: null,
    startedAt: AT,
    metadata: {},
    ...own,
  };
}

export function aTask(own: Partial<Task> = {}): Task {
  return {
    ...baseOf(own.id ?? newId('task', KEY)),
    title: 'A task',
    description: '',
    type: 'FEATURE',
    priority: 'MEDIUM',
    status: 'BACKLOG',
    analysis: null,
    stageResults: [],
    testingUrls: [],
    gitBranch: null,
    worktreePath: null,
    assignedAgent: null,
    estimatedHours: null,
    completedAt: null,
    dependsOn: [],
    ...own,
  };
}

export function aProject(own: Partial<Project> = {}): Project {
  const key = own.key ?? newProjectKey();
  return {
    ...baseOf(own.id ?? newId('project', key)),
    key,
    name: 'Harbour',
    description: '',
    path: null,
    githubRepo: null,
    customInstructions: '',
    techStack: [],
    mode: 'SIMPLE',
    isActive: true,
    storageMode: 'LOCAL',
    settings: {},
    epoch: 1,
    ...own,
  };
}
