import { EmbeddingError } from '../../../domain/errors.js';
import type { IndexRepair, IndexStatus } from '../../../search/contract.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { EmbeddingStateEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { ProjectRef } from '../../refs.js';
import { repairsProject } from '../../scopes.js';

const ReasonRef = builder.objectRef<IndexStatus['reasons'][number]>('SearchIndexReason').implement({
  description: 'A reason why memories have no vectors.',
  fields: (t) => ({
    state: t.expose('state', { type: EmbeddingStateEnum, description: 'Their state: `FAILED` or `SKIPPED`.' }),
    reason: t.exposeString('reason', { description: 'The reason.' }),
    count: t.exposeInt('count', { description: 'Number of memories with this reason.' }),
  }),
});

const SearchIndexRef = builder.objectRef<IndexStatus>('SearchIndex').implement({
  description:
    "State of a project's search index, compared with its store: `stored` = `searchable` + `pending` + `failed` + `skipped`.",
  fields: (t) => ({
    stored: t.exposeInt('stored', { description: 'Number of live memories in the store.' }),
    searchable: t.exposeInt('searchable', {
      description: 'Number of memories that are embedded: vector search finds them.',
    }),
    pending: t.exposeInt('pending', {
      description:
        'Number of memories that are not embedded yet, or not with all their passages. Short ones are embedded first.',
    }),
    failed: t.exposeInt('failed', { description: 'Number of memories that could not be embedded; they are retried.' }),
    skipped: t.exposeInt('skipped', { description: 'Number of memories without anything to embed.' }),
    reasons: t.expose('reasons', { type: [ReasonRef], description: 'Why memories failed or were skipped.' }),
    model: t.exposeString('model', { description: 'Embedding model of the vectors.' }),
    isBuilding: t.exposeBoolean('isBuilding', {
      description: 'Whether the full-text index is being built, for the first time or after damage.',
    }),
  }),
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

builder.objectField(ProjectRef, 'searchIndex', (t) =>
  t.field({
    type: SearchIndexRef,
    extensions: COSTS.search,
    description: 'State of the search index, found by comparing it with the store.',
    resolve: ({ id }, _, { indexStatus }) => indexStatus(id),
  }),
);

builder.mutationField('repairIndex', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description: "Repairs every difference between a project's store and its search index.",
    type: RepairIndexPayload,
    errors: { types: [EmbeddingError] },
    authScopes: (_, { input }) => repairsProject(input.projectId),
    input: { projectId: t.input.id({ required: true, description: 'Id of the project.' }) },
    resolve: async (_, { input }, context) => {
      const repair = await write(context, ({ records }) => records.repairIndex(input));
      return { ...repair, searchIndex: await context.indexStatus(input.projectId) };
    },
  }),
);
