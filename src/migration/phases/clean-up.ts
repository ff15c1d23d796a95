import { MigrationStateError } from '../../domain/errors.js';
import { projectKeyOf } from '../../domain/id.js';
import type { Migration } from '../../domain/migration.js';
import { type Place, type PlacedProject, placeKey, placeOf, projectAt } from '../../domain/place.js';
import { isOurs } from '../ours.js';
import type { Run } from '../runner/run.js';

/**
 * Removes a project's data at a place that it doesn't live at, if this migration wrote or fenced it: nothing else.
 * Doing it again is no error. @throws StoreError when the place can't be reached
 */
export async function removeSide(run: Run, place: Place): Promise<void> {
  const { factory } = run.parts;
  const migration = run.ledger.current;
  const [project] = await factory.catalog.projects.get([migration.projectId]);
  if (project && placeKey(placeOf(project)) === placeKey(place)) throw livesThere(migration);
  const at = projectAt(project ?? purged(migration), place);
  const found = await factory.find(at);
  if (!found) return;
  if (!isOurs(migration, found.epoch)) throw notOurs(migration, found.epoch);
  await run.step('clean-up');
  // Whoever lost the lease and slept since finds another store there by now, and removes nothing.
  await run.ledger.read();
  await factory.destroy(at, { epoch: found.epoch });
}

/** A project that was purged, as far as it takes to find what a migration had copied of it. */
function purged({ projectId, from }: Migration): PlacedProject {
  return { id: projectId, key: projectKeyOf(projectId), storageMode: from.mode, settings: {} };
}

function livesThere({ id }: Migration): MigrationStateError {
  return new MigrationStateError(
    'The project lives at the place that was to be removed.',
    'Nothing was removed. This should not happen: please report it with the log of the server.',
    id,
  );
}

function notOurs({ id }: Migration, epoch: number): MigrationStateError {
  return new MigrationStateError(
    `What lies at the place isn't what this migration left there: its store is under epoch ${epoch}.`,
    'Nothing was removed. Let a person look at what lies there.',
    id,
  );
}
