import { type Author, SERVER_ACTORS } from '../../domain/author.js';
import type { Project } from '../../domain/project.js';
import type { RecordBase } from '../../domain/record.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { memories, projects, sessions, states, tasks } from '../../storage/collections.js';
import type { CollectionSpec } from '../../storage/store.js';
import { findActiveMigration } from '../migrations/active.js';
import { destroy, forget, removals } from './purge.js';
import { listAll } from './queries.js';
import type { Router } from './store-router.js';
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
 * purged with it. A project whose store fails doesn't stop the others.
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
      return isStillDue ? { changes: [remove(projects, project)], result: project } : { changes: [], result: null };
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

async function purgeExpired<T extends RecordBase>(
  router: Router,
  transact: Transact,
  projectId: string,
  spec: CollectionSpec<T>,
  before: string,
): Promise<number> {
  for (let purged = 0; ; ) {
    const batch = await transact(
      AUTHOR,
      () => router.toProject(projectId),
      async (route) => {
        const expired = await route.store.collection(spec).list({
          where: [{ field: 'deletedAt', lt: before }],
          deleted: 'ONLY',
          order: { field: 'deletedAt', direction: 'ASC' },
          limit: BATCH,
        });
        const changes = await removals(route, spec, expired.items);
        return { changes, result: { count: changes.length, hasMore: expired.hasMore } };
      },
    );
    purged += batch.count;
    if (!batch.hasMore) return purged;
  }
}
