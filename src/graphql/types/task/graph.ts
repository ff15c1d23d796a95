import { handleOf, projectKeyOf } from '../../../domain/id.js';
import { isOpen, type Task } from '../../../domain/task.js';
import type { Repositories } from '../../../repositories/project-repositories.js';
import { builder } from '../../builder.js';
import { SIZES } from '../../field-costs.js';
import { listChildren, listFound } from '../../lists.js';
import { inGroups, type Loaders, unlessMissing } from '../../loaders.js';
import { TaskRef } from '../../refs.js';
import { forwardArgs, listArgs, orderOf } from '../list-types.js';
import { TaskConnection, TaskFilterInput, TaskOrderInput, taskFilter } from './list.js';

interface Progress {
  readonly done: number;
  readonly total: number;
}

const ProgressRef = builder.objectRef<Progress>('TaskProgress').implement({
  description: 'How many subtasks of a task are done. Subtasks of subtasks are not counted.',
  fields: (t) => ({
    done: t.exposeInt('done', { description: 'Number of live subtasks that are `DONE`.' }),
    total: t.exposeInt('total', { description: 'Number of live subtasks.' }),
  }),
});

builder.objectFields(TaskRef, (t) => ({
  handle: t.string({
    description:
      'Short name of the task, to say and to type: 7 letters and digits of its id, the same for ever. In practice unique among the tasks of the project.',
    resolve: ({ id }) => handleOf(id),
  }),
  parentId: t.exposeID('parentId', {
    nullable: true,
    description: 'Id of the parent: the task that this one is a part of. Null when there is none.',
  }),
  parent: t.field({
    type: TaskRef,
    nullable: true,
    description: 'The parent, deleted or not; null when there is none, or it was purged.',
    resolve: ({ parentId }, _, { loaders }) => (parentId === null ? null : loaders.find('task', parentId)),
  }),
  subtasks: t.loadable({
    type: TaskConnection,
    description: 'The tasks whose `parentId` is this task, oldest first by default.',
    byPath: true,
    args: listArgs(t.arg, 'tasks', { filter: TaskFilterInput, order: TaskOrderInput, sorting: 'oldest first' }),
    resolve: (parent) => parent,
    load: async (parents: Task[], context, args) =>
      listChildren(context, parents, args, {
        repository: ({ tasks }: Repositories) => tasks,
        field: 'parentId',
        keyOf: ({ id }) => id,
        options: {
          filter: taskFilter(args.filter),
          deleted: args.deleted ?? 'EXCLUDE',
          order: orderOf(args.orderBy, { field: 'createdAt', direction: 'ASC' }),
        },
      }),
  }),
  progress: t.loadable({
    type: ProgressRef,
    nullable: true,
    description: 'How many of its live subtasks are done; null when it has none.',
    byPath: true,
    resolve: (parent) => parent,
    load: (parents: Task[], context) =>
      inGroups(
        parents,
        ({ id }) => projectKeyOf(id),
        async (group): Promise<readonly (Progress | null)[]> => {
          const found = await unlessMissing(context.repositories(group[0]!.id));
          const ids = group.map(({ id }) => id);
          const progress = await found?.search.graph((graph) => graph.progress(ids));
          return ids.map((id) => progress?.get(id) ?? null);
        },
      ),
  }),
  blockedBy: t.loadableList({
    type: TaskRef,
    extensions: SIZES.dependencies,
    description: 'The tasks of `dependsOn` that are live and not `DONE`.',
    byPath: true,
    resolve: (task) => task,
    load: (blocked: Task[], context) =>
      inGroups(
        blocked,
        ({ id }) => projectKeyOf(id),
        async (group): Promise<readonly (readonly Task[])[]> => {
          const found = await unlessMissing(context.repositories(group[0]!.id));
          const ids = [...new Set(group.flatMap(({ dependsOn }) => dependsOn))];
          // Only open ones are read, not all of the 100 that a task may depend on.
          const open = ids.length === 0 ? undefined : await found?.search.graph((graph) => graph.open(ids));
          return Promise.all(group.map((task) => readOpen(context.loaders, task, open)));
        },
      ),
  }),
  blocks: t.loadable({
    type: TaskConnection,
    description:
      'The live tasks that depend on this one, in the order of their ids; empty when this one is deleted or `DONE`.',
    byPath: true,
    args: forwardArgs(t.arg),
    resolve: (task) => task,
    load: (blockers: Task[], context, args) =>
      listFound(context, blockers, args, {
        name: 'blocked by',
        kind: 'task',
        repository: ({ tasks }) => tasks,
        find: (search, pages) =>
          search.graph((graph) => pages.map(({ id, after, limit }) => graph.blockedBy(id, after, limit))),
        count: (search, id) => search.graph((graph) => graph.countBlockedBy(id)),
      }),
  }),
}));

async function readOpen(
  loaders: Loaders,
  { dependsOn }: Task,
  open: ReadonlySet<string> | undefined,
): Promise<readonly Task[]> {
  const found = await Promise.all(dependsOn.filter((id) => open?.has(id)).map((id) => loaders.find('task', id)));
  return found.filter((task) => task !== null).filter(isOpen);
}
