import { parseInput } from '../../../domain/fields/parse.js';
import { projectKeyOf } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import type { State } from '../../../domain/state.js';
import type { Repositories } from '../../../repositories/project-repositories.js';
import { stateKey } from '../../../services/input/filters.js';
import { builder } from '../../builder.js';
import { listChildren } from '../../lists.js';
import { inGroups, unlessMissing } from '../../loaders.js';
import { NodeRef, ProjectRef, SessionRef, StateRef, TaskRef } from '../../refs.js';
import { deletedArg, recordConnection } from '../list-types.js';
import { recordQuery } from '../record/fields.js';
import { StoredRecordInterface } from '../record/type.js';

const BY_KEY = { field: 'key', direction: 'ASC' } as const;

StateRef.implement({
  description:
    "A named JSON value that belongs to a project, task or session: a timeline, a plan or an agent's checkpoint, for example. It isn't deleted with its owner, but it is purged with it.",
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the state.' }),
    ownerId: t.exposeID('ownerId', { description: 'Id of the project, task or session that the state belongs to.' }),
    key: t.exposeString('key', { description: 'Name of the state, unique among the live states of its owner.' }),
    value: t.expose('value', { type: 'JSON', nullable: true, description: 'The value.' }),
    owner: t.field({
      type: NodeRef,
      nullable: true,
      description: 'The project, task or session that the state belongs to; null when it was purged.',
      resolve: ({ ownerId }, _, { loaders }) => loaders.record(ownerId),
    }),
  }),
});

const StateConnection = recordConnection(StateRef, 'State', 'states');

recordQuery(
  'state',
  StateRef,
  'A state by its id, deleted or not; null when there is none, or its project is deleted.',
);

for (const owner of [ProjectRef, TaskRef, SessionRef] as const) {
  builder.objectFields(owner, (t) => ({
    states: t.loadable({
      type: StateConnection,
      description: 'States that belong to this record, sorted by key.',
      byPath: true,
      args: { ...t.arg.connectionArgs(), deleted: t.arg(deletedArg) },
      resolve: (record: RecordBase) => record,
      load: async (owners: RecordBase[], context, args) =>
        listChildren(context, owners, args, {
          repository: ({ states }: Repositories) => states,
          field: 'ownerId',
          keyOf: ({ id }) => id,
          options: { filter: {}, deleted: args.deleted ?? 'EXCLUDE', order: BY_KEY },
        }),
    }),
    state: t.loadable({
      type: StateRef,
      nullable: true,
      description: 'The live state with this key that belongs to this record; null when there is none.',
      byPath: true,
      args: { key: t.arg.string({ required: true, description: 'Key of the state.' }) },
      resolve: (record: RecordBase) => record.id,
      // Async, so that invalid arguments reject this field's promise: a loader must not throw.
      load: async (ownerIds: string[], context, args) => {
        const key = parseInput(stateKey, args.key, 'key');
        return inGroups(ownerIds, projectKeyOf, async (group): Promise<readonly (State | null)[]> => {
          const found = await unlessMissing(context.repositories(group[0]!));
          if (!found) return group.map(() => null);
          const query = { filter: { key }, deleted: 'EXCLUDE', order: BY_KEY, limit: 1 } as const;
          const pages = await found.states.listByParents('ownerId', group, query);
          return pages.map(({ items }) => items[0] ?? null);
        });
      },
    }),
  }));
}
