import { type Author, SERVER_ACTORS } from '../../domain/author.js';
import { CATALOG_KEY } from '../../domain/id.js';
import type { Project } from '../../domain/project.js';
import type { RecordBase } from '../../domain/record.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { keyUse, securityEvents } from '../../storage/account-collections.js';
import { memories, projects, sessions, states, tasks } from '../../storage/collections.js';
import type { Change, CollectionSpec, ListQuery } from '../../storage/store.js';
import { findActiveMigration } from '../migrations/active.js';
import { purgeExpiredAccounts } from '../people/expiry.js';
import { grantRemovals } from '../project-grants.js';
import { removeExpiredSignIns } from '../sign-in/expiry.js';
import { destroy, forget, removals } from './purge.js';
import { listAll } from './queries.js';
import type { Router, StoreRoute } from './store-router.js';
import { remove, type Transact } from './transaction.js';

/** How long deleted records and old images are kept, in days; 0: forever. */
export interface Retention {
  /** Deleted records, from their deletion. */
  readonly deletedDays: number;
  /** Images of records before each write, from the write. */
  readonly logDays: number;
}

export interface RetentionResult {
  readonly purged: number;
  readonly trimmed: number;
}

const DAY_MS = 86_400_000;
/** Records in one commit: large enough to be fast, small enough not to block other writers. */
const BATCH = 500;
const AUTHOR: Author = { actor: SERVER_ACTORS.retention, requestId: SERVER_ACTORS.retention };

/**
 * Purges what was deleted longer ago than the retention, and erases older log images. Records in a deleted project are
 * purged with it; users, roles and grants as well. A project whose store fails doesn't stop the others.
 * @throws AggregateError of the failures, after all projects
 */
export async function applyRetention(
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
  retention: Retention,
  now: number,
): Promise<RetentionResult> {
  const deletedBefore = cutoff(now, retention.deletedDays);
  const writtenBefore = cutoff(now, retention.logDays);
  const catalog = factory.catalog.store;
  const failures: unknown[] = [];
  let purged = 0;
  let trimmed = 0;
  const attempt = (work: () => Promise<void>): Promise<void> => work().catch((error) => void failures.push(error));

  const all = await listAll(catalog, projects, { where: [], deleted: 'INCLUDE', field: 'createdAt' });
  for (const project of all) {
    await attempt(async () => {
      if (project.deletedAt !== null) {
        if (isBefore(project.deletedAt, deletedBefore))
          purged += await purgeProject(factory, router, transact, project);
        return;
      }
      if (deletedBefore !== null) purged += await purgeRecords(router, transact, project.id, deletedBefore);
      if (writtenBefore !== null) trimmed += await (await factory.open(project)).store.trimLog(writtenBefore);
    });
  }
  await attempt(async () => {
    if (writtenBefore !== null) purged += await purgeCounts(router, transact, writtenBefore);
  });
  await attempt(async () => {
    if (deletedBefore !== null) purged += await purgeExpiredAccounts(AUTHOR, router, transact, deletedBefore);
  });
  await attempt(async () => {
    purged += await removeExpiredSignIns(AUTHOR, router, transact, now);
  });
  await attempt(async () => {
    if (writtenBefore !== null) trimmed += await catalog.trimLog(writtenBefore);
  });

  if (failures.length > 0) throw new AggregateError(failures, `Retention failed in ${failures.length} places.`);
  return { purged, trimmed };
}

function cutoff(now: number, days: number): string | null {
  return days === 0 ? null : new Date(now - days * DAY_MS).toISOString();
}

function isBefore(time: string | null, limit: string | null): boolean {
  return time !== null && limit !== null && time < limit;
}

/** @returns how many projects were purged: 0 when it was restored or purged meanwhile, or is being moved */
async function purgeProject(
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
  { id, deletedAt }: Project,
): Promise<number> {
  const gone = await transact(
    AUTHOR,
    () => router.toRecord(id),
    async ({ store }) => {
      const [project] = await store.collection(projects).get([id]);
      // A project that is being moved exists in two places: it waits until the move has ended.
      const isStillDue = project?.deletedAt === deletedAt && !(await findActiveMigration(store, id));
      if (!isStillDue) return { changes: [], result: null };
      return { changes: [...(await grantRemovals(store, id)), remove(projects, project)], result: project };
    },
  );
  if (!gone) return 0;
  await destroy(factory, gone);
  return 1;
}

async function purgeRecords(router: Router, transact: Transact, projectId: string, before: string): Promise<number> {
  const purge = <T extends RecordBase>(spec: CollectionSpec<T>) =>
    purgeExpired(router, transact, projectId, spec, before);
  const purged = (await purge(tasks)) + (await purge(memories)) + (await purge(sessions)) + (await purge(states));
  if (purged > 0) await forget((await router.toProject(projectId)).repositories.search);
  return purged;
}

/** Counts of hours and days longer ago than the log keeps images: they would say what those no longer do. */
async function purgeCounts(router: Router, transact: Transact, before: string): Promise<number> {
  const purge = <T extends RecordBase>(spec: CollectionSpec<T>, field: keyof T & string, first: string) => {
    const query = { where: [{ field, lt: first }], order: { field, direction: 'ASC' }, deleted: 'INCLUDE' } as const;
    const inCatalog = () => router.toCatalog(CATALOG_KEY);
    return purgeAll(transact, inCatalog, spec, query, async (_, expired) =>
      expired.map((count) => remove(spec, count)),
    );
  };
  const hour = before.slice(0, 'yyyy-mm-ddThh'.length);
  const day = before.slice(0, 'yyyy-mm-dd'.length);
  return (await purge(securityEvents, 'hour', hour)) + (await purge(keyUse, 'day', day));
}

async function purgeExpired<T extends RecordBase>(
  router: Router,
  transact: Transact,
  projectId: string,
  spec: CollectionSpec<T>,
  before: string,
): Promise<number> {
  const query = {
    where: [{ field: 'deletedAt', lt: before }],
    order: { field: 'deletedAt', direction: 'ASC' },
  } as const;
  return purgeAll(
    transact,
    () => router.toProject(projectId),
    spec,
    { ...query, deleted: 'ONLY' },
    (route, expired) => removals(route, spec, expired),
  );
}

/** Removes all that a query selects, in batches. @returns how many were removed */
async function purgeAll<S extends StoreRoute, T extends RecordBase>(
  transact: Transact,
  findRoute: () => Promise<S>,
  spec: CollectionSpec<T>,
  query: Omit<ListQuery, 'limit'>,
  toChanges: (route: S, expired: readonly T[]) => Promise<readonly Change[]>,
): Promise<number> {
  for (let purged = 0; ; ) {
    const batch = await transact(AUTHOR, findRoute, async (route) => {
      const expired = await route.store.collection(spec).list({ ...query, limit: BATCH });
      const changes = await toChanges(route, expired.items);
      return { changes, result: { count: changes.length, hasMore: expired.hasMore } };
    });
    purged += batch.count;
    if (!batch.hasMore) return purged;
  }
}
