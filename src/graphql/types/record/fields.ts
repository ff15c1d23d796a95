import type { RecordBase } from '../../../domain/record.js';
import { requireId } from '../../arguments.js';
import { builder, type ObjectFields } from '../../builder.js';
import { type MemoryRef, ProjectRef, type SessionRef, type StateRef } from '../../refs.js';
import { NULL_IF_UNSEEN } from '../../scopes.js';

/** The field `project` of a record that belongs to one. */
export function projectField(t: ObjectFields<RecordBase>, noun: string) {
  return t.field({
    type: ProjectRef,
    description: `The project that the ${noun} belongs to.`,
    resolve: async ({ id }, _, context) => (await context.repositories(id)).project,
  });
}

/** Adds the query of a record by its id, named as its kind. */
export function recordQuery(
  kind: 'memory' | 'session' | 'state',
  ref: typeof MemoryRef | typeof SessionRef | typeof StateRef,
  description: string,
): void {
  builder.queryField(kind, (t) =>
    t.field({
      type: ref,
      nullable: true,
      description,
      authScopes: (_, { id }) => ({ reads: id }),
      ...NULL_IF_UNSEEN,
      args: { id: t.arg.id({ required: true, description: `Id of the ${kind}.` }) },
      resolve: (_, { id }, { loaders }) => {
        requireId(id, [kind]);
        return loaders.find(kind, id);
      },
    }),
  );
}
