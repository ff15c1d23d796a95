import { MigrationStateError, NotFoundError } from '../domain/errors.js';
import type { Migration } from '../domain/migration.js';
import { type Place, projectAt } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import type { OpenProject } from '../modes/contract.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import type { VectorDonor } from '../search/vectors/vector-index.js';
import type { MigrationRecord } from './runner/migration-record.js';

/** Where the project lives, and where it goes: on the way back they change places. */
export function placesOf({ from, to, isRollingBack, phase }: Migration): {
  readonly live: Place;
  readonly other: Place;
} {
  return isRollingBack || phase === 'MOVED' ? { live: to, other: from } : { live: from, other: to };
}

/** Both sides of a migration, open, and under the epochs that they have to be under. */
export interface Route {
  readonly project: Project;
  readonly live: OpenProject;
  readonly other: OpenProject;
  /** No longer keeps both sides open: they are closed when nobody uses them. */
  close(): void;
}

/** How often the sides are asked for, so that they don't count as idle, in ms. */
const TOUCH_MS = 10_000;

/** The project of a migration. @throws NotFoundError when it is gone */
export async function findProject({ catalog }: RepositoryFactory, id: string): Promise<Project> {
  const [project] = await catalog.projects.get([id]);
  if (!project) throw new NotFoundError(id, `The project ${id} is gone.`, 'Cancel the migration.');
  return project;
}

/**
 * Opens both sides for a runner that has the lease: the store that the project lives in goes under the project's epoch, if a
 * cut-over was broken off, and the other one under the runner's.
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

/** Opens both sides under the epochs that they have. `epoch`: what the other one's manifest says of it; left out, as the project's. */
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
 * Puts a store under an epoch, for the runner that has the lease. A runner that lost it, and may have slept since, changes
 * nothing: its lease is looked at after the epoch that it sets another in place of was read, and whoever takes over sets
 * one that was never there before.
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

/** Puts the side that the project doesn't live at under the runner's epoch, if it is this migration's. */
async function claimOther({ store }: OpenProject, record: MigrationRecord): Promise<void> {
  const { id, runner } = record.current;
  const found = await store.epoch();
  if (found !== -runner.token && !ownsEpoch(await record.read(), found)) {
    throw new MigrationStateError(
      `The store that isn't in use is under epoch ${found}, which isn't this migration's.`,
      'Nothing was changed in it. Let a person look at what lies there; cancelling leaves it alone.',
      id,
    );
  }
  await claim({ store }, -runner.token, record);
}

/**
 * Whether a store that lies where the project doesn't live is this migration's: it is under an epoch that only this
 * migration gave. That is one of its runners'; the one that a cut-over had readied for it before it was given up; or, after
 * the flip, the one that nobody holds.
 */
export function ownsEpoch({ runner, checkpoint, movedAt }: Migration, epoch: number): boolean {
  // A removal that was broken off has no epoch any more.
  if (epoch === Number.NEGATIVE_INFINITY) return true;
  if (epoch < 0) return -epoch >= runner.firstToken && -epoch <= runner.token;
  const wasReadied = checkpoint.isCopied && epoch === checkpoint.epoch - 1;
  return wasReadied || (movedAt !== null && epoch === checkpoint.epoch + 1);
}

/** A side as it lends its index to the other one. It may be closed by the time that somebody asks: then it has none. */
export function donorOf({ search }: OpenProject): VectorDonor {
  const { model, read } = search.vectors;
  return {
    model: model.name,
    read: (hashes) => read(hashes).catch(() => new Map<string, never>()),
    copyIndex: search.copyIndex,
  };
}
