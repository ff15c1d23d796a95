import { projectKeyOf } from '../../../domain/id.js';
import { MAX_REFERENCES, type Memory } from '../../../domain/memory.js';
import type { RecordBase } from '../../../domain/record.js';
import type { Task } from '../../../domain/task.js';
import { builder, type ObjectFields } from '../../builder.js';
import { SIZES } from '../../field-costs.js';
import { listFound } from '../../lists.js';
import { inGroups, unlessMissing } from '../../loaders.js';
import { MemoryRef, TaskRef } from '../../refs.js';
import { deletedArg, forwardArgs } from '../list-types.js';
import { StoredRecordInterface } from '../record/type.js';
import { MemoryConnection } from './list.js';

/** The field `referencedBy` of a task or memory. */
function referencedByField(t: ObjectFields<Task | Memory>, noun: string) {
  return t.loadable({
    type: MemoryConnection,
    description: `The live memories that have the ${noun} in their \`references\`, oldest first.`,
    byPath: true,
    args: forwardArgs(t.arg),
    resolve: (target) => target,
    load: (targets: (Task | Memory)[], context, args) =>
      listFound(context, targets, args, {
        name: 'references of',
        kind: 'memory',
        repository: ({ memories }) => memories,
        find: (search, pages) =>
          search.links((links) => pages.map(({ id, after, limit }) => links.referencing(id, after, limit))),
        count: (search, id) => search.links((links) => links.countReferencing(id)),
      }),
  });
}

builder.objectField(TaskRef, 'referencedBy', (t) => referencedByField(t, 'task'));

builder.objectFields(MemoryRef, (t) => ({
  references: t.exposeIDList('references', {
    description: `Ids of the tasks and memories that the memory refers to, in the order given: at most ${MAX_REFERENCES}. They may have been deleted or purged since.`,
  }),
  referencedRecords: t.field({
    type: [StoredRecordInterface],
    extensions: SIZES.references,
    description: 'The tasks and memories of `references`, in their order, without purged ones.',
    args: { deleted: t.arg(deletedArg) },
    resolve: async ({ references }, { deleted }, { loaders }) => {
      const found = await Promise.all(references.map((id) => loaders.record(id)));
      return found.filter((record) => record !== null).filter((record) => isShown(record, deleted ?? 'EXCLUDE'));
    },
  }),
  referencedBy: referencedByField(t, 'memory'),
  supersedes: t.field({
    type: MemoryRef,
    nullable: true,
    description:
      'The memory that this one replaces, deleted or not; null when it replaces none, or that memory was purged.',
    resolve: ({ supersedes }, _, { loaders }) => (supersedes === null ? null : loaders.find('memory', supersedes)),
  }),
  supersededBy: t.loadable({
    type: MemoryRef,
    nullable: true,
    description:
      'The live memory that replaces this one; null when there is none. There is at most one. Contexts then leave this memory out.',
    byPath: true,
    resolve: (memory) => memory,
    load: (memories: Memory[], context) =>
      inGroups(
        memories,
        ({ id }) => projectKeyOf(id),
        async (group): Promise<readonly (Memory | null)[]> => {
          const found = await unlessMissing(context.repositories(group[0]!.id));
          if (!found) return group.map(() => null);
          const pages = await found.memories.listByParents(
            'supersedes',
            group.map(({ id }) => id),
            { filter: {}, deleted: 'EXCLUDE', order: { field: 'occurredAt', direction: 'ASC' }, limit: 1 },
          );
          return pages.map(({ items }) => items[0] ?? null);
        },
      ),
  }),
}));

function isShown({ deletedAt }: RecordBase, deleted: 'EXCLUDE' | 'INCLUDE' | 'ONLY'): boolean {
  return deleted === 'INCLUDE' || (deleted === 'ONLY') === (deletedAt !== null);
}
