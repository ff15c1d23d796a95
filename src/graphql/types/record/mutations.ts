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
  description: 'A token that confirms one purge, and what it would do.',
  fields: (t) => ({
    token: t.exposeString('token', { description: 'Confirms the purge of this record at this version.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it is valid.' }),
    consequence: t.exposeString('consequence', { description: 'What would be gone, for a person to read.' }),
    record: t.field({ type: NodeRef, description: 'The record.', resolve: ({ record }) => record }),
  }),
});

const RevertRecordPayload = builder.objectRef<{ readonly record: RecordBase }>('RevertRecordPayload').implement({
  description: 'What `revertRecord` gave.',
  fields: (t) => ({ record: t.field({ type: NodeRef, description: 'The record.', resolve: ({ record }) => record }) }),
});

const RepairIndexPayload = builder
  .objectRef<IndexRepair & { readonly searchIndex: IndexStatus }>('RepairIndexPayload')
  .implement({
    description: 'What `repairIndex` mended.',
    fields: (t) => ({
      added: t.exposeInt('added', { description: 'Memories that were missing in the index.' }),
      removed: t.exposeInt('removed', { description: 'Memories that the index held though they are gone.' }),
      retried: t.exposeInt('retried', { description: 'Memories that had failed and are tried again.' }),
      searchIndex: t.expose('searchIndex', { type: SearchIndexRef, description: 'How it stands now.' }),
    }),
  });

builder.mutationFields((t) => ({
  requestPurge: t.fieldWithInput({
    description: 'Asks for the token that a purge needs. Nothing is removed by it.',
    type: RequestPurgePayload,
    errors: VERSIONED,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) => write(context, ({ records }, author) => records.requestPurge(author, input)),
  }),
  revertRecord: t.fieldWithInput({
    description: 'Writes a record as it was at an earlier version, as a new version. Undoes a deletion too.',
    type: RevertRecordPayload,
    errors: { types: [...VERSIONED.types, AlreadyExistsError] },
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      toVersion: t.input.int({ required: true, description: 'The version to go back to.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ records }, author) => ({ record: await records.revert(author, input) })),
  }),
  repairIndex: t.fieldWithInput({
    extensions: COSTS.place,
    description: "Mends every difference between a project's store and its search index.",
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
