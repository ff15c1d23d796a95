import type { Content } from '../domain/record.js';
import type { Task } from '../domain/task.js';
import { parseInput } from './input/parse.js';
import { deletion, purge, restoration } from './input/record.js';
import { newTask, newTasks, type TaskDraft, taskUpdate } from './input/task.js';
import type { NewRecord } from './records/creation.js';
import type { Lifecycle } from './records/lifecycle.js';
import { patched } from './records/patch.js';
import type { Purge } from './records/purge.js';
import type { Homes } from './records/routing.js';
import { taskRules } from './records/rules/task.js';
import type { TaskService } from './services.js';

/** What a task is when its maker doesn't say. */
const DEFAULTS = {
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
} as const;

export function createTaskService(homes: Homes, lifecycle: Lifecycle, purging: Purge): TaskService {
  return {
    async create(author, input) {
      const { projectId, ...draft } = parseInput(newTask, input);
      const [task] = await lifecycle.create(taskRules, author, () => homes.ofProject(projectId), [toRecord(draft, '')]);
      return task!;
    },

    async createMany(author, input) {
      const { projectId, tasks } = parseInput(newTasks, input);
      const items = tasks.map((draft, index) => toRecord(draft, `tasks.${index}.`));
      return lifecycle.create(taskRules, author, () => homes.ofProject(projectId), items);
    },

    async update(author, input) {
      const { id, version, ...patch } = parseInput(taskUpdate, input);
      return lifecycle.update(taskRules, author, { id, version }, (current, at) => patched(current, dated(patch, at)));
    },

    delete: async (author, input) => lifecycle.delete(taskRules, author, parseInput(deletion('task'), input)),
    restore: async (author, input) => lifecycle.restore(taskRules, author, parseInput(restoration('task'), input).id),
    purge: async (author, input) => purging.record(taskRules, author, parseInput(purge('task'), input)),
  };
}

function toRecord({ title, externalId, ...given }: TaskDraft, field: string): NewRecord<Task> {
  const content = (at: string) => patched<Content<Task>>({ ...DEFAULTS, title }, dated(given, at));
  return { externalId: externalId ?? null, content, field };
}

/** With the time of the commit on the stage results that carry none. */
function dated<T extends Pick<TaskDraft, 'stageResults'>>({ stageResults, ...rest }: T, at: string) {
  return { ...rest, stageResults: stageResults?.map((result) => ({ ...result, at: result.at ?? at })) };
}
