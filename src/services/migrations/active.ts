import { MigrationStateError, NotFoundError } from '../../domain/errors.js';
import { PREFIXES } from '../../domain/id.js';
import { type Migration, shownPhase } from '../../domain/migration.js';
import type { Place } from '../../domain/place.js';
import { migrations } from '../../storage/collections.js';
import type { Store } from '../../storage/store.js';
import { listAll } from '../records/queries.js';

/** The project's active migration; null when it has none. */
export async function findActiveMigration(catalog: Store, projectId: string): Promise<Migration | null> {
  const where = [{ field: 'activeFor', is: projectId }];
  const order = { field: 'activeFor', direction: 'ASC' } as const;
  const { items } = await catalog.collection(migrations).list({ where, order, limit: 1 });
  return items[0] ?? null;
}

/** The active migrations from or to a matching place. */
export async function listActiveMigrations(
  catalog: Store,
  isMatch: (place: Place) => boolean,
): Promise<readonly Migration[]> {
  const where = [{ field: 'activeFor', gte: PREFIXES.project }];
  const active = await listAll(catalog, migrations, { where, deleted: 'EXCLUDE', field: 'activeFor' });
  return active.filter(({ from, to }) => isMatch(from) || isMatch(to));
}

/**
 * Refuses to purge a project that is being moved, or to redact it: part of its data would remain where nothing would find
 * it.
 * @throws MigrationStateError
 */
export async function requireNoMigration(
  catalog: Store,
  projectId: string,
  done: 'purged' | 'redacted' = 'purged',
): Promise<void> {
  const active = await findActiveMigration(catalog, projectId);
  if (!active) return;
  const { id, from, to, movedAt } = active;
  throw new MigrationStateError(
    `${projectId} can't be ${done}: ${id}, from ${placeName(from)} to ${placeName(to)}, is ${shownPhase(active)}, and its data is in both.`,
    movedAt === null
      ? 'Cancel the migration first, and wait until it has ended.'
      : 'Finalize the migration or roll it back first, and wait until it has ended. A deleted project is restored before it is rolled back.',
    id,
  );
}

/** The error for the id of a migration that doesn't exist. */
export function noMigration(id: string): NotFoundError {
  return new NotFoundError(id, `There is no migration ${id}.`, 'List them with `migrations`.');
}

/** The name of a place, for people. */
export function placeName({ mode, location }: Place): string {
  return location === null ? mode : `${mode} (${location})`;
}
