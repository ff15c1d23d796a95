import { TASK_STATUSES, type TaskStatus } from '../../../domain/task.js';
import type { AgentCounts, TaskCounts } from '../../../search/task-graph.js';
import { requireId } from '../../arguments.js';
import { builder } from '../../builder.js';
import { TaskStatusEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { unlessMissing } from '../../loaders.js';
import { NULL_IF_UNSEEN } from '../../scopes.js';

const StatusCountRef = builder
  .objectRef<{ readonly status: TaskStatus; readonly count: number }>('TaskStatusCount')
  .implement({
    description: 'How many tasks have a status.',
    fields: (t) => ({
      status: t.expose('status', { type: TaskStatusEnum, description: 'The status.' }),
      count: t.exposeInt('count', { description: 'Number of live tasks with it.' }),
    }),
  });

const AgentCountRef = builder.objectRef<AgentCounts>('AgentTaskCount').implement({
  description: 'How many tasks an agent has.',
  fields: (t) => ({
    agent: t.exposeString('agent', { description: 'Name of the agent.' }),
    assigned: t.exposeInt('assigned', { description: 'Number of live tasks assigned to it that are not `DONE`.' }),
    claimed: t.exposeInt('claimed', { description: 'Number of tasks that it holds: claims that have not expired.' }),
    overdue: t.exposeInt('overdue', { description: 'Number of its claims that have expired.' }),
  }),
});

const TaskBoardRef = builder.objectRef<TaskCounts>('TaskBoard').implement({
  description: "A project's live tasks in numbers.",
  fields: (t) => ({
    byStatus: t.field({
      type: [StatusCountRef],
      description: 'Number of tasks by status, for every status.',
      resolve: ({ byStatus }) => TASK_STATUSES.map((status) => ({ status, count: byStatus.get(status) ?? 0 })),
    }),
    ready: t.exposeInt('ready', { description: 'Number of `Project.readyTasks`, without `agent`.' }),
    blocked: t.exposeInt('blocked', {
      description:
        'Number of tasks that are not `DONE` and have a `blockedBy` that is not empty, whatever else their status is.',
    }),
    claimed: t.exposeInt('claimed', { description: 'Number of claims that have not expired.' }),
    overdue: t.exposeInt('overdue', {
      description:
        'Number of claims that have expired: their agents were too slow, or died. Their tasks can be in `ready`, too.',
    }),
    byAgent: t.expose('byAgent', {
      type: [AgentCountRef],
      description: 'Agents that have tasks assigned or claimed, by name.',
    }),
  }),
});

builder.queryField('taskBoard', (t) =>
  t.field({
    type: TaskBoardRef,
    nullable: true,
    extensions: COSTS.search,
    description:
      "A project's live tasks in numbers: by status, ready, blocked, claimed, and by agent. Null when there is no such live project.",
    authScopes: (_, { projectId }) => ({ reads: projectId }),
    ...NULL_IF_UNSEEN,
    args: { projectId: t.arg.id({ required: true, description: 'Id of the project.' }) },
    resolve: async (_, { projectId }, context) => {
      requireId(projectId, ['project'], 'projectId');
      const repositories = await unlessMissing(context.repositories(projectId));
      return repositories && context.services.board.counts(repositories);
    },
  }),
);
