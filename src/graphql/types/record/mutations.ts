import { AlreadyExistsError, EmbeddingError } from '../../../domain/errors.js';
import type { RecordBase } from '../../../domain/record.js';
import type { IndexRepair, IndexStatus } from '../../../search/search.js';
import type { PurgeRequest } from '../../../services/records.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { COSTS } from '../../costs.js';
import { VERSIONED } from '../../errors.js';
import { NodeRef } from '../../refs.js';
import { ID, VERSION } from '../mutation.js';
import { SearchIndexRef } from '../search.js';

const RequestPurgePayload = builder.objectRef<PurgeRequest>('RequestPurgePayload').implement({
  description: 'A token that confirms one purge, and what the purge would remove.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Confirms the purge of this record at its current version.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When the token expires, ten minutes after the request.',
    }),
    consequence: t.exposeString('consequence', {
      description: 'What would be removed permanently, as text for a person to decide by.',
    }),
    record: t.field({ type: NodeRef, description: 'The record.', resolve: ({ record }) => record }),
  }),
});

const RevertRecordPayload = builder.objectRef<{ readonly record: RecordBase }>('RevertRecordPayload').implement({
  description: 'Result of `revertRecord` when it succeeds.',
  fields: (t) => ({ record: t.field({ type: NodeRef, description: 'The record.', resolve: ({ record }) => record }) }),
});

const RepairIndexPayload = builder
  .objectRef<IndexRepair & { readonly searchIndex: IndexStatus }>('RepairIndexPayload')
  .implement({
    description: 'Result of `repairIndex` when it succeeds.',
    fields: (t) => ({
      added: t.exposeInt('added', {
        description:
          'Number of index entries added or replaced, because they or their vectors were missing or out of date.',
      }),
      removed: t.exposeInt('removed', {
        description: 'Number of index entries removed, because their records are deleted or purged.',
      }),
      retried: t.exposeInt('retried', {
        description: 'Number of memories that are embedded again because embedding had failed.',
      }),
      searchIndex: t.expose('searchIndex', {
        type: SearchIndexRef,
        description: 'State of the search index after the repair.',
      }),
    }),
  });

builder.mutationFields((t) => ({
  requestPurge: t.fieldWithInput({
    description: 'Requests the token that purging a project, task or memory needs. It removes nothing itself.',
    type: RequestPurgePayload,
    errors: VERSIONED,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) => write(context, ({ records }, author) => records.requestPurge(author, input)),
  }),
  revertRecord: t.fieldWithInput({
    description:
      'Sets a record back to an earlier version, by writing its content as a new version. Can also undo a deletion.',
    type: RevertRecordPayload,
    errors: { types: [...VERSIONED.types, AlreadyExistsError] },
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      toVersion: t.input.int({
        required: true,
        description:
          'The earlier version to set the record back to. The log must still have its content: see `history`.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ records }, author) => ({ record: await records.revert(author, input) })),
  }),
  repairIndex: t.fieldWithInput({
    extensions: COSTS.place,
    description: "Repairs every difference between a project's store and its search index.",
    type: RepairIndexPayload,
    errors: { types: [EmbeddingError] },
    input: { projectId: t.input.id({ required: true, description: 'Id of the project.' }) },
    resolve: async (_, { input }, context) => {
      const repair = await write(context, ({ records }) => records.repairIndex(input));
      const { search } = await context.repositories(input.projectId);
      return { ...repair, searchIndex: await search.status() };
    },
  }),
}));
