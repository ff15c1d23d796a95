import { count, plural } from '../amounts.js';
import { everyNode } from '../api.js';
import { noProject } from '../find-project.js';
import type { TaskFieldsFragment, TaskFilter } from '../gql/graphql.js';
import type { Output } from '../output.js';
import type { Session } from '../session.js';
import { printTable } from '../table.js';
import { GetTaskBoard, ListReadyTasks, ListTasks } from './documents.js';
import { projectOf, spelled } from './find-task.js';

export interface FilterOptions {
  readonly text?: string;
  readonly type?: TaskFilter['types'];
  readonly priority?: TaskFilter['priorities'];
}

export interface ListOptions extends FilterOptions {
  readonly project?: string;
  readonly agent?: string;
  readonly status?: TaskFilter['statuses'];
  readonly limit?: number;
}

/** The filter of the API. What is left out isn't restricted. */
export function filterOf({ text, type, priority }: FilterOptions): TaskFilter {
  return {
    ...(text === undefined ? {} : { text }),
    ...(type ? { types: type } : {}),
    ...(priority ? { priorities: priority } : {}),
  };
}

/** Prints the live tasks, newest first. */
export async function listTasks({ api, output }: Session, options: ListOptions): Promise<undefined> {
  const { project, agent, status, limit } = options;
  const { id: projectId } = await projectOf(api, project);
  const filter = {
    ...filterOf(options),
    ...(agent === undefined ? {} : { assignedAgent: agent }),
    ...(status ? { statuses: status } : {}),
  };
  const read = async (first: number, after: string | null) =>
    (await api.run(ListTasks, { projectId, filter, first, after })).project?.tasks;
  await printTasks(output, 'No task matches.', everyNode(read, limit));
}

/** Prints the tasks that can be worked on now, those of an agent's own claims included. */
export async function listReady({ api, output }: Session, options: ListOptions): Promise<undefined> {
  const { project, agent = null, limit } = options;
  const { id: projectId } = await projectOf(api, project);
  const filter = filterOf(options);
  const read = async (first: number, after: string | null) =>
    (await api.run(ListReadyTasks, { projectId, filter, agent, first, after })).project?.readyTasks;
  await printTasks(output, 'No task is ready.', everyNode(read, limit));
}

/** @param none what is said when there is none */
async function printTasks(output: Output, none: string, tasks: AsyncIterable<TaskFieldsFragment>): Promise<void> {
  const rows: string[][] = [];
  for await (const task of tasks) {
    output.json(task);
    rows.push([spelled(task), task.priority, task.status, task.type, task.assignedAgent ?? '–', task.title]);
  }
  if (rows.length === 0) output.line(none);
  else printTable(output, ['task', 'priority', 'status', 'type', 'agent', 'title'], rows);
}

/** Prints the project's tasks in numbers. */
export async function showBoard(
  { api, output }: Session,
  { project }: { readonly project?: string },
): Promise<undefined> {
  const { id: projectId } = await projectOf(api, project);
  const { taskBoard } = await api.run(GetTaskBoard, { projectId });
  if (!taskBoard) throw noProject(`There is no project ${projectId}: it is deleted.`);
  output.json(taskBoard);
  const { byStatus, ready, blocked, claimed, overdue, byAgent } = taskBoard;
  const statuses = byStatus.filter((each) => each.count > 0);
  if (statuses.length === 0) return void output.line('There are no tasks.');
  printTable(
    output,
    ['status', 'tasks>'],
    statuses.map((each) => [each.status, count(each.count)]),
  );
  output.line();
  output.line(
    `${plural(ready, 'task')} ready, ${count(blocked)} blocked, ${count(claimed)} claimed, ${count(overdue)} overdue`,
  );
  if (byAgent.length === 0) return;
  output.line();
  const numbers = (each: (typeof byAgent)[number]) => [each.assigned, each.claimed, each.overdue].map(count);
  printTable(
    output,
    ['agent', 'assigned>', 'claimed>', 'overdue>'],
    byAgent.map((each) => [each.agent, ...numbers(each)]),
  );
}
