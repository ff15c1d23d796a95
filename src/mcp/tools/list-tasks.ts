import { z } from 'zod';
import { plainLine } from '../../util/text/plain.js';
import type { Call, ProjectName } from '../calls/call.js';
import { graphql } from '../gql/gql.js';
import type {
  ListTasksQuery,
  ListTasksQueryVariables,
  TaskFilter,
  TaskLineFragment,
  TaskStatus,
} from '../gql/graphql.js';
import { count, dotted, paragraphs, withinBudget } from '../text/answer.js';
import { taskLine } from '../text/records.js';
import { choice, limit, project } from './fields.js';
import { goneProject } from './gone-project.js';
import { defineTool } from './tool.js';

const ListReady = graphql(`
  query ListReady($projectId: ID!, $first: Int!) {
    project(by: { id: $projectId }) {
      readyTasks(first: $first) { totalCount nodes { ...TaskLine } }
    }
    taskBoard(projectId: $projectId) { ready claimed blocked byStatus { status count } }
  }
`);

const ListTasks = graphql(`
  query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int!, $after: String, $waiting: Boolean!) {
    project(by: { id: $projectId }) {
      tasks(filter: $filter, first: $first, after: $after, orderBy: { field: UPDATED_AT }) {
        totalCount
        nodes { ...TaskLine blockedBy @include(if: $waiting) { id } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

const UNDONE: TaskStatus[] = ['BACKLOG', 'ANALYSIS', 'IN_PROGRESS', 'CODE_REVIEW', 'TESTING', 'BLOCKED'];
const USUAL = 20;

export const listTasks = defineTool({
  name: 'list_tasks',
  title: 'List tasks',
  description:
    'Use to see what can be done next (ready, the most urgent first), what you hold (mine), what waits for another task (blocked), all that is open, or what was done.',
  isReading: true,
  isAlwaysLoaded: true,
  input: z.object({
    view: choice('ready', 'mine', 'blocked', 'open', 'done').describe('default ready').optional(),
    limit: limit(100, USUAL),
    project,
  }),
  run: async ({ view = 'ready', limit: first = USUAL, project: named }, call) => {
    const found = await call.project(named);
    return view === 'ready' ? ready(found, first, call) : listed(view, found, first, call);
  },
});

/** The tasks that can be claimed, a line each, or why there are none. */
export async function ready({ id, name }: ProjectName, first: number, call: Pick<Call, 'ask'>): Promise<string> {
  const { project, taskBoard } = await call.ask(ListReady, { projectId: id, first });
  if (!project || !taskBoard) throw goneProject(id);
  const { totalCount, nodes } = project.readyTasks;
  if (totalCount > 0) return lines(nodes, totalCount);
  const undone = taskBoard.byStatus.reduce((sum, { status, count }) => sum + (status === 'DONE' ? 0 : count), 0);
  return undone === 0
    ? `Project ${plainLine(name)} has no open tasks. Create one with save_task.`
    : `No task of project ${plainLine(name)} is ready: of ${undone} open ones, ${taskBoard.claimed} are held by agents and ${taskBoard.blocked} wait for others. See the views open and blocked.`;
}

type View = 'mine' | 'blocked' | 'open' | 'done';

async function listed(view: View, { id, name }: ProjectName, first: number, call: Call): Promise<string> {
  const filter: TaskFilter = {
    statuses: view === 'done' ? ['DONE'] : UNDONE,
    ...(view === 'mine' && { assignedAgent: call.actor }),
  };
  if (view === 'blocked') return blocked(id, name, first, call);
  const { project } = await call.ask(ListTasks, { projectId: id, filter, first, after: null, waiting: false });
  if (!project) throw goneProject(id);
  const { nodes, totalCount } = project.tasks;
  const who = view === 'mine' ? ` that ${plainLine(call.actor)} holds or is to do` : '';
  const what = view === 'done' ? 'done' : 'open';
  return totalCount === 0 ? `Project ${plainLine(name)} has no ${what} tasks${who}.` : lines(nodes, totalCount);
}

/** Pages of open tasks that are looked through for those that wait. */
const MOST_PAGES = 10;
const PAGE = 100;

async function blocked(projectId: string, name: string, first: number, call: Call): Promise<string> {
  const waiting: string[] = [];
  let isAll = false;
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES && !isAll; page += 1) {
    const variables: ListTasksQueryVariables = {
      projectId,
      filter: { statuses: UNDONE },
      first: PAGE,
      after,
      waiting: true,
    };
    const { project }: ListTasksQuery = await call.ask(ListTasks, variables);
    if (!project) throw goneProject(projectId);
    for (const task of project.tasks.nodes) {
      const ids = (task.blockedBy ?? []).map(({ id }) => id);
      if (task.status === 'BLOCKED' || ids.length > 0) {
        waiting.push(dotted(taskLine(task), ids.length > 0 && `waits for ${ids.slice(0, 5).join(', ')}`));
      }
    }
    after = project.tasks.pageInfo.endCursor;
    isAll = !project.tasks.pageInfo.hasNextPage;
  }
  if (waiting.length === 0) return `No open task of project ${plainLine(name)} is blocked.`;
  return paragraphs(cut(waiting.slice(0, first), waiting.length), !isAll && 'Only the latest 1,000 were looked at.');
}

function lines(tasks: readonly TaskLineFragment[], total: number): string {
  return cut(tasks.map(taskLine), total);
}

function cut(tasks: readonly string[], total: number): string {
  const more = total - tasks.length;
  const text = withinBudget(tasks, (left) => `… ${count(left, 'task')} left out for length.`);
  return paragraphs(text, more > 0 && `${count(more, 'more task')}: raise limit (up to 100), or use search.`);
}
