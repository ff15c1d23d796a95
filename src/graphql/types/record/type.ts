import { parseId } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import { builder } from '../../builder.js';
import { listLog } from '../../lists.js';
import { NodeRef } from '../../refs.js';
import { directionArg, LogEntryConnection } from './log-entry.js';

/** The fields of all stored records, which their types inherit. */
export const StoredRecordInterface = builder.interfaceRef<RecordBase>('StoredRecord').implement({
  description: 'A record with versions and a history, which can be deleted and restored.',
  interfaces: [NodeRef],
  fields: (t) => ({
    externalId: t.exposeString('externalId', {
      nullable: true,
      description: "The client's own id for the record; null when it has none.",
    }),
    version: t.exposeInt('version', { description: 'Version of the record: 1 at first, one more with every write.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the record was created.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the record was last written.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default).',
    }),
    history: t.field({
      type: LogEntryConnection,
      description: 'History of the record: one log entry per write, newest first by default.',
      args: { ...t.arg.connectionArgs(), direction: t.arg(directionArg) },
      resolve: async ({ id }, args, context) => {
        const isProject = parseId(id)?.kind === 'project';
        const { store } = isProject ? context.catalog : await context.repositories(id);
        return listLog(store, id, args, id);
      },
    }),
  }),
});
