import type { Task } from '../../../domain/task.js';
import type { ReadyTask } from '../../../services/board/contract.js';
import { builder } from '../../builder.js';
import { emptyConnection, rangeOf, toConnection } from '../../connection.js';
import { ProjectRef } from '../../refs.js';
import { forwardArgs } from '../list-types.js';
import { TaskConnection, TaskFilterInput, taskFilter } from './list.js';

builder.objectField(ProjectRef, 'readyTasks', (t) =>
  t.field({
    type: TaskConnection,
    description:
      'Tasks that can be claimed now: live, not claimed, in any status but `DONE` and `BLOCKED`, with an empty `blockedBy`, whatever their `assignedAgent`. The most urgent come first, then the oldest.',
    args: {
      ...forwardArgs(t.arg),
      filter: t.arg({ type: TaskFilterInput, description: 'Return only tasks that match. Default: all.' }),
      agent: t.arg.string({
        description: 'Also return ready tasks that this agent has claimed. Default: none that is claimed.',
      }),
    },
    resolve: async (project, args, context) => {
      if (project.deletedAt) return emptyConnection<Task>();
      const { board } = context.services;
      const repositories = await context.open(project);
      const selection = { filter: taskFilter(args.filter), agent: args.agent ?? null };
      const list = {
        name: `ready tasks of ${project.id}`,
        width: 3,
        position: ({ place: { rank, createdAt, id } }: ReadyTask) => [rank, createdAt, id],
      };
      const range = rangeOf(list, args);
      const [rank, createdAt, id] = range.after ?? [];
      const page = await board.listReady(repositories, {
        ...selection,
        after: range.after && { rank: Number(rank), createdAt: String(createdAt), id: String(id) },
        limit: range.limit,
      });
      const connection = toConnection(list, range, page, () => board.countReady(repositories, selection));
      const edges = connection.edges.map((edge) => ({ node: edge.node.task, cursor: edge.cursor }));
      return { ...connection, edges };
    },
  }),
);
