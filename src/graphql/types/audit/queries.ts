import { encodeCursor } from '../../../domain/cursor.js';
import { InvalidInputError } from '../../../domain/errors.js';
import { parseInput } from '../../../domain/fields/parse.js';
import type { AuditFilter } from '../../../services/audit/contract.js';
import * as filters from '../../../services/input/filters.js';
import { withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { rangeOf } from '../../connection.js';
import { OperationEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { allOf } from '../descriptions.js';
import { directionArg } from '../record/log-entry.js';
import { AuditEntryConnection } from './entry.js';
import { auditList, placeOf, toAuditConnection } from './page.js';

const AuditFilterInput = builder.inputType('AuditFilter', {
  description: allOf('entries'),
  fields: (t) => ({
    actor: t.string({
      description:
        'Who made the write: an id, `local` or a name, which matches with the name of any client after it; or the whole of `AuditEntry.actor`. The id of a user includes what was done with their keys, and by programs that they let in.',
    }),
    collection: t.string({ description: 'Collection of the record, as in `AuditEntry.collection`.' }),
    recordId: t.id({
      description:
        "Id of the record, even if it was purged. Of a record in a project it also says which project's log to read.",
    }),
    projectId: t.id({
      description:
        "Id of the project whose own log to read: its tasks, memories, sessions and states. Together with one of the server's collections, such as `grants` or `projects`: the entries of the server's log that are about this project.",
    }),
    operation: t.field({ type: OperationEnum, description: 'What the write did.' }),
    requestId: t.string({ description: 'Id of the request that made the write.' }),
    after: t.field({ type: 'DateTime', description: 'Start of the time, inclusive.' }),
    before: t.field({ type: 'DateTime', description: 'End of the time, exclusive.' }),
  }),
});

type FilterArg = { readonly filter?: typeof AuditFilterInput.$inferInput | null | undefined };

/** @throws InvalidInputError */
function auditFilter({ filter }: FilterArg): AuditFilter {
  return parseInput(filters.auditFilter, withoutNulls(filter), 'filter');
}

/** `audit:read`; or MANAGE, for the project that the filter names. The service checks it again for the log that is read. */
function auditScopes({ filter }: FilterArg) {
  const about = filter?.projectId ?? filter?.recordId;
  return { may: 'audit:read' as const, ...(about != null && { manages: String(about) }) };
}

const RIGHTS =
  'Takes `audit:read`, or MANAGE access to the project that `filter.projectId` names, or that `filter.recordId` is in.';

/** Entries in one part of a CSV file, at most. */
const MAX_CSV = 1_000;

interface CsvSource {
  readonly text: string;
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

const AuditCsvRef = builder.objectRef<CsvSource>('AuditCsv').implement({
  description: 'A part of the audit as CSV. The texts of all parts, one after the other, are the file.',
  fields: (t) => ({
    text: t.exposeString('text', {
      description:
        "Text of this part (RFC 4180, times in UTC). Only the first part has a header. A value that a spreadsheet would take for a formula begins with `'`.",
    }),
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether another part may follow.' }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Where this part ends: pass it as `after` to get the next one; null when no part follows.',
    }),
  }),
});

builder.queryFields((t) => ({
  auditLog: t.field({
    type: AuditEntryConnection,
    description: `Who did what, newest first by default: the server's log, with users, roles, grants, keys, projects, moves and settings; or with \`filter.projectId\` that project's own log. ${RIGHTS}`,
    extensions: COSTS.export,
    authScopes: (_, args) => auditScopes(args),
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: AuditFilterInput, description: 'Return only entries that match. Default: all.' }),
      direction: t.arg(directionArg),
    },
    resolve: async (_, args, { services, principal, turn }) => {
      const filter = auditFilter(args);
      const direction = args.direction ?? 'DESC';
      const list = auditList(filter, direction);
      const range = rangeOf(list, args);
      const page = await services.audit.list({ principal, filter, direction, turn, ...placeOf(range) });
      return toAuditConnection(list, range, page);
    },
  }),
  auditLogCsv: t.field({
    type: AuditCsvRef,
    description: `The same as CSV, part by part, for a spreadsheet or an archive. While the server has users, the audit notes each export. ${RIGHTS}`,
    extensions: COSTS.export,
    authScopes: (_, args) => auditScopes(args),
    args: {
      filter: t.arg({ type: AuditFilterInput, description: 'Only entries that match. Default: all.' }),
      direction: t.arg(directionArg),
      first: t.arg.int({ description: `Entries in this part, at most: 1 to ${MAX_CSV}, the default.` }),
      after: t.arg.string({ description: '`endCursor` of the part before. Left out: the first part.' }),
    },
    resolve: async (_, args, { services, principal, turn }): Promise<CsvSource> => {
      const filter = auditFilter(args);
      const direction = args.direction ?? 'DESC';
      const list = auditList(filter, direction);
      const place = { ...placeOf(rangeOf(list, { after: args.after })), limit: csvSize(args.first ?? MAX_CSV) };
      const { text, hasMore, end } = await services.audit.csv({ principal, filter, direction, turn, ...place });
      const endCursor = hasMore && end ? encodeCursor(list.name, [end.seq, end.mark]) : null;
      return { text, hasNextPage: hasMore, endCursor };
    },
  }),
}));

/** @throws InvalidInputError */
function csvSize(first: number): number {
  if (first >= 1 && first <= MAX_CSV) return first;
  throw new InvalidInputError(
    `\`first\` must be from 1 to ${MAX_CSV}.`,
    'Request fewer at a time, and continue with `after: endCursor`.',
    'first',
  );
}
