import { parseId } from '../../../domain/id.js';
import type { RecordBase } from '../../../domain/record.js';
import { builder } from '../../builder.js';
import { listLog } from '../../lists.js';
import { NodeRef } from '../../refs.js';
import { directionArg, LogEntryConnection } from './log-entry.js';

/** What every stored record has; the types of records inherit its fields. */
export const StoredRecordInterface = builder.interfaceRef<RecordBase>('StoredRecord').implement({
  description: 'A stored record: it has versions and a history, and can be deleted and restored.',
  interfaces: [NodeRef],
  fields: (t) => ({
    externalId: t.exposeString('externalId', { nullable: true, description: "The client's own name for it." }),
    version: t.exposeInt('version', { description: 'Counts up with every write.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last written.' }),
    deletedAt: t.expose('deletedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was deleted; null while it is live.',
    }),
    history: t.field({
      type: LogEntryConnection,
      description: 'What was done to it.',
      args: { ...t.arg.connectionArgs(), direction: t.arg(directionArg) },
      resolve: async ({ id }, args, context) => {
        const isProject = parseId(id)?.kind === 'project';
        const { store } = isProject ? context.catalog : await context.repositories(id);
        return listLog(store, id, args, id);
      },
    }),
  }),
});
