import { parseId } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import { builder, typeNameOf } from '../../builder.js';
import { listLog } from '../../lists.js';
import { NodeRef } from '../../refs.js';
import { directionArg, LogEntryConnection } from './log-entry.js';
import { RedactionRef } from './redaction.js';

/** The fields of all stored records, which their types inherit. */
export const StoredRecordInterface = builder.interfaceRef<RecordBase>('StoredRecord').implement({
  description: `A record: a project, task, memory, session or state. It has versions and a history.

- Every write creates its next version. An update, a delete, a purge and a revert name the version that you read, so that no change is overwritten unseen (\`ConflictError\`). These take none: upserts, deletions by a filter, the mutations that handle claims, and \`saveState\` with \`overwrite\`.
- A deleted record is kept, but hidden: lists leave it out by default, searches never find it, and it can't be updated. It can be restored until it is purged, that is, removed permanently by a \`purge…\` mutation or, after the retention period, by the server. A record that isn't deleted is live.`,
  interfaces: [NodeRef],
  resolveType: ({ id }) => typeNameOf(id),
  fields: (t) => ({
    externalId: t.exposeString('externalId', {
      nullable: true,
      description:
        "The client's own id for the record, set when it is created; null when it has none. Sessions that memories created have none.",
    }),
    version: t.exposeInt('version', {
      description:
        'Version of the record: 1 at first, one more with every write. An update that changes nothing writes nothing.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the record was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the record was last written.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default).',
    }),
    redactions: t.field({
      type: [RedactionRef],
      description:
        'Secrets that are redacted in the texts of the record: how often `[redacted: RULE]` stands in them, by rule.',
      resolve: ({ redactions }) => redactions ?? [],
    }),
    history: t.field({
      type: LogEntryConnection,
      description: 'History of the record: the entries of its writes in the log, newest first by default.',
      args: { ...t.arg.connectionArgs(), direction: t.arg(directionArg) },
      resolve: async ({ id }, args, context) => {
        const isProject = parseId(id)?.kind === 'project';
        const source = isProject ? context.catalog.logOf(id) : (await context.repositories(id)).store;
        return listLog(source, id, args, { recordId: id });
      },
    }),
  }),
});
