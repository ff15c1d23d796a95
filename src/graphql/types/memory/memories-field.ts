import type { Session } from '../../../domain/session.js';
import type { Task } from '../../../domain/task.js';
import type { Repositories } from '../../../repositories/project-repositories.js';
import type { ObjectFields } from '../../builder.js';
import { listChildren } from '../../lists.js';
import { listArgs, orderOf } from '../list-types.js';
import { MemoryConnection, MemoryFilterInput, MemoryOrderInput, memoryFilter } from './list.js';

/** The field `memories` of a task or session. `field` is the field of a memory that refers to it. */
export function memoriesField(
  t: ObjectFields<Task | Session>,
  { field, description }: { readonly field: 'taskId' | 'sessionId'; readonly description: string },
) {
  return t.loadable({
    type: MemoryConnection,
    description,
    byPath: true,
    args: listArgs(t.arg, 'memories', {
      filter: MemoryFilterInput,
      order: MemoryOrderInput,
      sorting: 'earliest first',
    }),
    resolve: (parent) => parent,
    // Async, so that invalid arguments reject this field's promise: a loader must not throw.
    load: async (parents: (Task | Session)[], context, args) =>
      listChildren(context, parents, args, {
        repository: ({ memories }: Repositories) => memories,
        field,
        // A memory refers to a session by its key.
        keyOf: (parent) => ('key' in parent ? parent.key : parent.id),
        options: {
          filter: memoryFilter(args.filter),
          deleted: args.deleted ?? 'EXCLUDE',
          order: orderOf(args.orderBy, { field: 'occurredAt', direction: 'ASC' }),
        },
      }),
  });
}
