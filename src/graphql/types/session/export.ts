import { decodeCursor, encodeCursor } from '../../../domain/cursor.js';
import { BY_TIME, exportPart } from '../../../services/sessions/export/export.js';
import { builder } from '../../builder.js';
import { recordList, toPosition } from '../../connection.js';
import { ExportFormatEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { SessionRef } from '../../refs.js';
import { activeAtOf } from './type.js';

interface ExportSource {
  readonly text: string;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const SessionExportRef = builder.objectRef<ExportSource>('SessionExport').implement({
  description:
    'A part of an exported conversation. The texts of all parts, one after the other, are the document; a conversation of up to 200 messages and about 1 MB is one part.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'Text of this part.' }),
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether another part follows.' }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Where this part ends: pass it as `after` to get the next one; null when no part follows.',
    }),
  }),
});

builder.objectField(SessionRef, 'export', (t) =>
  t.field({
    type: SessionExportRef,
    description:
      "A part of the session's live memories, or of those deleted with it, as a document, earliest `occurredAt` first. `mooring sessions export` writes all parts into a file.",
    args: {
      format: t.arg({
        type: ExportFormatEnum,
        required: true,
        defaultValue: 'MARKDOWN',
        description: 'Format of the document.',
      }),
      after: t.arg.string({
        description: '`endCursor` of the part before, in the same format. Left out: the first part.',
      }),
    },
    extensions: COSTS.export,
    resolve: async (session, { format, after }, context): Promise<ExportSource> => {
      const list = recordList(`export as ${format}`, session.id, BY_TIME);
      const position = after == null ? null : toPosition(decodeCursor(list.name, after, list.width));
      const activeAt = await activeAtOf(session, context.loaders);
      const repositories = await context.repositories(session.id);
      context.services.audit.noteExport(context.principal, 'session', repositories.project.id);
      const part = await exportPart(repositories, { ...session, activeAt }, format, position);
      const endCursor = part.hasMore && part.last ? encodeCursor(list.name, list.position(part.last)) : null;
      return { text: part.text, hasNextPage: part.hasMore, endCursor };
    },
  }),
);
