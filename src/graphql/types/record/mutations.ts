import type { RecordBase } from '../../../domain/record.js';
import type { PurgeRequest } from '../../../services/records/service.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { CREATING, VERSIONED } from '../../errors.js';
import { NodeRef } from '../../refs.js';
import { versionedId } from '../lifecycle-mutations.js';
import type { RecordResult } from '../payloads.js';

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

const RevertRecordPayload = builder.objectRef<RecordResult<RecordBase>>('RevertRecordPayload').implement({
  fields: (t) => ({
    record: t.field({ type: NodeRef, description: 'The record, at its new version.', resolve: ({ record }) => record }),
  }),
});

builder.mutationFields((t) => ({
  requestPurge: t.fieldWithInput({
    description:
      'Requests the token that purging a project, task, memory, session or state needs, and what the purge would remove. Nothing is written.',
    type: RequestPurgePayload,
    errors: VERSIONED,
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
    input: {
      ...versionedId(t.input, 'record'),
      toVersion: t.input.int({
        required: true,
        description:
          'The version to set the record back to. The log must still have its content: `after` of its entry in `history` is not null.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ records }, author) => ({ record: await records.revert(author, input) })),
  }),
}));
