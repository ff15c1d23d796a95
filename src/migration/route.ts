import { MigrationStateError, NotFoundError } from '../domain/errors.js';
import type { Migration } from '../domain/migration.js';
import { type Place, projectAt } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import type { OpenProject } from '../modes/contract.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import type { MigrationRecord } from './runner/leased-record.js';

/** Where the project lives, and the other place: when rolling back they are swapped. */
export function placesOf({ from, to, isRollingBack, phase }: Migration): {
  readonly live: Place;
  readonly other: Place;
} {
  return isRollingBack || phase === 'MOVED' ? { live: to, other: from } : { live: from, other: to };
}

/** Both sides of a migration, open and under the right epochs. */
export interface Route {
  readonly project: Project;
  readonly live: OpenProject;
  readonly other: OpenProject;
  /** Stops keeping both sides open: they are closed when idle. */
  close(): void;
}

/** How often the sides are accessed, so that they don't count as idle, in ms. */
const TOUCH_MS = 10_000;

/** The project of a migration. @throws NotFoundError when it no longer exists */
export async function findProject({ catalog }: RepositoryFactory, id: string): Promise<Project> {
  const [project] = await catalog.projects.get([id]);
  if (!project) throw new NotFoundError(id, `The project ${id} no longer exists.`, 'Cancel the migration.');
  return project;
}

/**
 * Opens both sides for the runner that holds the lease: puts the store that the project lives in under the project's epoch,
 * which matters after an interrupted cut-over, and the other store under the runner's.
 */
export async function openRoute(factory: RepositoryFactory, record: MigrationRecord): Promise<Route> {
  const route = await openSides(factory, record.current, { epoch: -record.current.runner.token });
  try {
    await claim(route.live, route.project.epoch, record);
    await claimOther(route.other, record);
    return route;
  } catch (error) {
    route.close();
    throw error;
  }
}

/** Opens both sides under the epochs they have. @param epoch for the manifest of the other side. Left out: the project's */
export async function openSides(
  factory: RepositoryFactory,
  migration: Migration,
  { epoch }: { readonly epoch?: number } = {},
): Promise<Route> {
  const project = await findProject(factory, migration.projectId);
  const { live: from, other: to } = placesOf(migration);
  const liveAt = projectAt(project, from);
  const otherAt = { ...projectAt(project, to), epoch: epoch ?? project.epoch };
  const live = await factory.at(liveAt);
  const other = await factory.at(otherAt, { donor: donorOf(live) });
  const touch = () => Promise.all([factory.at(liveAt), factory.at(otherAt)]).catch(() => {});
  const timer = setInterval(touch, TOUCH_MS).unref();
  return { project, live, other, close: () => clearInterval(timer) };
}

/**
 * Puts a store under an epoch, for the runner that holds the lease. A runner that lost it changes nothing, however late it
 * wakes up: it checks its lease after reading the epoch that it replaces, and each new holder sets an epoch never used before.
 * @throws SupersededError
 */
export async function claim(
  { store }: Pick<OpenProject, 'store'>,
  epoch: number,
  record: MigrationRecord,
): Promise<void> {
  for (;;) {
    const found = await store.epoch();
    if (found === epoch) return;
    await record.read();
    await store.setEpoch(found, epoch);
  }
}

/** Puts the other side under the runner's epoch, if it belongs to this migration. */
async function claimOther({ store }: OpenProject, record: MigrationRecord): Promise<void> {
  const { id, runner } = record.current;
  const found = await store.epoch();
  if (found !== -runner.token && !ownsEpoch(await record.read(), found)) {
    throw new MigrationStateError(
      `The store that isn't in use is under epoch ${found}, which isn't this migration's.`,
      'Nothing was changed in it. Inspect what is stored there; cancelling the migration leaves it untouched.',
      id,
    );
  }
  await claim({ store }, -runner.token, record);
}

/**
 * Whether a store where the project doesn't live belongs to this migration: its epoch is one that only this migration sets.
 * That is the epoch of one of its runners; the one a cut-over had prepared before it was given up; or, after the flip, the
 * one that nobody holds.
 */
export function ownsEpoch({ runner, checkpoint, movedAt }: Migration, epoch: number): boolean {
  // An interrupted removal leaves no epoch.
  if (epoch === Number.NEGATIVE_INFINITY) return true;
  if (epoch < 0) return -epoch >= runner.firstToken && -epoch <= runner.token;
  const wasReadied = checkpoint.isCopied && epoch === checkpoint.epoch - 1;
  return wasReadied || (movedAt !== null && epoch === checkpoint.epoch + 1);
}

/** A side's index, lent to the other side: its vectors needn't be made again. Once the side is closed, it has none to lend. */
export function donorOf({ search }: OpenProject): VectorDonor {
  const { model, read } = search.vectors;
  return {
    model: model.name,
    read: (hashes) => read(hashes).catch(() => new Map<string, never>()),
    copyIndex: search.copyIndex,
  };
}
