import { parseId } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import type { PurgeRequest } from '../../../services/records/service.js';
import { ChangedSinceError } from '../../../services/records/undo/errors.js';
import type { UndoneRequest } from '../../../services/records/undo/undo-request.js';
import { MAX_UNDONE } from '../../../services/records/undo/written-records.js';
import { grouped } from '../../../util/text/grouped.js';
import { builder } from '../../builder.js';
import { type Saved, save, write } from '../../context.js';
import { CREATING, VERSIONED } from '../../errors.js';
import { NodeRef } from '../../refs.js';
import { writesRecord } from '../../scopes.js';
import { versionedId } from '../lifecycle-mutations.js';
import { type RecordResult, redactionsField } from '../payloads.js';

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

const RevertRecordPayload = builder.objectRef<RecordResult<RecordBase> & Saved>('RevertRecordPayload').implement({
  fields: (t) => ({
    record: t.field({ type: NodeRef, description: 'The record, at its new version.', resolve: ({ record }) => record }),
    ...redactionsField(t),
  }),
});

/** Records of an undone request in its payload. */
const SHOWN = 20;

const RevertRequestPayload = builder.objectRef<UndoneRequest & Saved>('RevertRequestPayload').implement({
  fields: (t) => ({
    count: t.int({
      description:
        'Number of records that were changed; 0 when all that the request wrote is as it was before already, for example because it has been undone.',
      resolve: ({ ids }) => ids.length,
    }),
    ids: t.idList({ description: 'Ids of these records.', resolve: ({ ids }) => [...ids] }),
    records: t.field({
      type: [NodeRef],
      description: `The first ${SHOWN} of these records, at their new versions. \`nodes(ids:)\` reads the others.`,
      resolve: async ({ ids }, _, { loaders }) => {
        const records = ids.slice(0, SHOWN).map((id) => loaders.find(parseId(id)!.kind, id));
        return (await Promise.all(records)).filter((record) => record !== null);
      },
    }),
    ...redactionsField(t),
  }),
});

builder.mutationFields((t) => ({
  requestPurge: t.fieldWithInput({
    description:
      'Requests the token that purging a project, task, memory, session or state needs, and what the purge would remove. Nothing is written.',
    type: RequestPurgePayload,
    errors: VERSIONED,
    authScopes: (_, { input }) => ({ manages: input.id }),
    input: {
      id: t.input.id({
        required: true,
        description: 'Id of the project, task, memory, session or state, live or deleted.',
      }),
    },
    resolve: (_, { input }, context) => write(context, ({ records }, author) => records.requestPurge(author, input)),
  }),
  revertRecord: t.fieldWithInput({
    description:
      'Sets a record of any kind, live or deleted, back to an earlier version, by writing the content of that version as a new one. If the record was deleted in that version, it is deleted; if it was live, it is restored; a session with its memories, as by `deleteSession` and `restoreSession`. Its `id` and `externalId`, and where a project is stored, stay the same.',
    type: RevertRecordPayload,
    errors: CREATING,
    authScopes: (_, { input }) => writesRecord(input.id),
    input: {
      ...versionedId(t.input, 'record'),
      toVersion: t.input.int({
        required: true,
        description:
          'The version to set the record back to. The log must still have its content: `after` of its entry in `history` is not null.',
      }),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ records }, author) => ({ record: await records.revert(author, input) })),
  }),
  revertRequest: t.fieldWithInput({
    description:
      "Undoes everything that one request wrote in a project, in one commit: what it created is deleted, what it deleted is restored, and what it updated gets its earlier content. When others have changed one of the records since, nothing is written. The undo is a request like any other, so it can be undone as well. A session that began with a memory of the request stays when others have saved memories in it. Writes to the project itself are not undone, and a purge can't be.",
    type: RevertRequestPayload,
    errors: { types: [ChangedSinceError, ...CREATING.types] },
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      requestId: t.input.string({
        required: true,
        description: `The \`requestId\` of its entries in the log. It may have made at most ${grouped(MAX_UNDONE)} changes.`,
      }),
    },
    resolve: (_, { input }, context) => save(context, ({ records }, author) => records.revertRequest(author, input)),
  }),
}));
