import { encodeCursor } from '../../../domain/cursor.js';
import { projectKeyOf } from '../../../domain/id.js';
import { type LogPosition, positionAfter } from '../../../domain/log-position.js';
import type { AuditEntry, AuditFilter, AuditPage, AuditQuery } from '../../../services/audit/contract.js';
import { targetOf } from '../../../services/audit/target.js';
import { type Connection, type ListShape, type Range, toConnection } from '../../connection.js';

/** The list of the log from which a filter selects. A cursor is a position in the log, so it holds with any filter. */
export function auditList(filter: AuditFilter, direction: AuditQuery['direction']): ListShape<AuditEntry> {
  const { log, about } = targetOf(filter);
  return {
    name: `audit of ${log === 'SERVER' ? 'this server' : `project ${projectKeyOf(about!)}`} ${direction}`,
    width: 2,
    position: (entry) => toValues(positionAfter(entry)),
  };
}

const toValues = ({ seq, mark }: LogPosition) => [seq, mark] as const;

/** The place of a page, as the service takes it. */
export function placeOf({ after, before, limit, fromEnd }: Range) {
  const positionOf = (values: Range['after']): LogPosition | null =>
    values && { seq: Number.isSafeInteger(values[0]) ? Number(values[0]) : -1, mark: String(values[1]) };
  return { after: positionOf(after), before: positionOf(before), limit, fromEnd };
}

/** A page that ended early is continued where its reading ended, not at its last entry. */
export function toAuditConnection(
  list: ListShape<AuditEntry>,
  range: Range,
  { entries, hasMore, end }: AuditPage,
): Connection<AuditEntry> {
  // `AuditEntryConnection` has no `totalCount`.
  const connection = toConnection(list, range, { items: entries, hasMore }, () => 0);
  if (!hasMore) return connection;
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = connection.pageInfo;
  const cursor = end && encodeCursor(list.name, toValues(end));
  return {
    ...connection,
    pageInfo: {
      ...{ hasNextPage, hasPreviousPage },
      startCursor: range.fromEnd ? cursor : startCursor,
      endCursor: range.fromEnd ? endCursor : cursor,
    },
  };
}
