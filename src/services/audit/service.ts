import type { IdGenerator } from '../../domain/id.js';
import type { LogHeader } from '../../domain/log-entry.js';
import { type LogPosition, LogReplacedError } from '../../domain/log-position.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Log } from '../../storage/store.js';
import type { Router } from '../records/store-router.js';
import type { Transact } from '../records/transaction.js';
import { createActorTest, findActors } from './actors.js';
import type { AuditFilter, AuditPage, AuditQuery, AuditService } from './contract.js';
import { toCsv } from './csv.js';
import { describeEntry } from './describe.js';
import { type ReadRange, readLog } from './read-log.js';
import { createSecurityEvents } from './security-events.js';
import { requireAuditor, targetOf } from './target.js';
import { boundsOfTimes, type NumberBounds } from './time-bounds.js';

/** Reads what the logs have already: nothing is written twice for the audit. Only what no record tells gets one. */
export function createAuditService(
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
  newId: IdGenerator,
  now: () => number,
): AuditService {
  const catalog = factory.catalog.store;
  const events = createSecurityEvents(router, transact, newId, now);

  async function list({ principal, filter, turn, limit, fromEnd, ...query }: AuditQuery): Promise<AuditPage> {
    const target = targetOf(filter);
    requireAuditor(principal, target);
    const { log, projectId } = await openTarget(target);
    for (const position of [query.after, query.before]) await requireHeld(log, position);
    const { recordId, requestId } = filter;
    const isActor = await createActorTest(catalog, filter.actor);
    const range = rangeOf(query, fromEnd, await boundsOfTimes(log, filter));
    const found = await readLog(
      log,
      { recordId, requestId, ...range },
      {
        passes: (header) => isActor(header.actor) && matches(header, filter),
        accept(image) {
          const entry = describeEntry(image, projectId);
          return filter.projectId === undefined || entry.projectId === filter.projectId ? entry : null;
        },
      },
      limit,
      turn,
    );
    const actors = await findActors(catalog, found.items);
    const entries = found.items.map((entry, index) => ({ ...entry, by: actors[index]! }));
    return { entries: fromEnd ? entries.reverse() : entries, hasMore: found.hasMore, end: found.end };
  }

  async function openTarget({ log, about }: ReturnType<typeof targetOf>) {
    if (log === 'SERVER') return { log: catalog.log, projectId: null };
    const { store, project } = await factory.of(about!);
    return { log: store.log, projectId: project.id };
  }

  const noteExport: AuditService['noteExport'] = ({ actor }, detail, projectId) => {
    if (actor !== null) events.note({ kind: 'EXPORT', actor, projectId, detail });
  };

  return {
    list,
    async csv(query) {
      const page = await list(query);
      noteExport(query.principal, 'audit', query.filter.projectId);
      return { ...page, text: toCsv(page.entries, query.after === null && query.before === null) };
    },
    note: events.note,
    noteExport,
    flush: events.flush,
  };
}

/** The range in the order in which it is read. */
function rangeOf(
  { direction, after, before }: Pick<AuditQuery, 'direction' | 'after' | 'before'>,
  fromEnd: boolean,
  { above, below }: NumberBounds,
): ReadRange {
  const [from, to] = (fromEnd ? [before, after] : [after, before]).map((position) => position?.seq);
  return (direction === 'ASC') !== fromEnd
    ? { direction: 'ASC', after: Math.max(from ?? 0, above), before: Math.min(to ?? below, below) }
    : { direction: 'DESC', after: Math.min(from ?? below, below), before: Math.max(to ?? 0, above) };
}

/** @throws LogReplacedError */
async function requireHeld(log: Log, position: LogPosition | null): Promise<void> {
  if (position && !(await log.holds(position))) throw new LogReplacedError();
}

function matches(header: LogHeader, { collection, operation, after, before }: AuditFilter): boolean {
  return (
    (collection === undefined || header.collection === collection) &&
    (operation === undefined || header.operation === operation) &&
    (after === undefined || header.at >= after) &&
    (before === undefined || header.at < before)
  );
}
