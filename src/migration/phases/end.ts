import { MigrationStateError, NotFoundError, StoreError } from '../../domain/errors.js';
import { projectKeyOf } from '../../domain/id.js';
import { LOG_START, type LogPosition } from '../../domain/log-position.js';
import { type Migration, NOT_PAUSED, type Problem } from '../../domain/migration.js';
import { type Place, type PlacedProject, placeKey, placeOf, projectAt } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import { delay } from '../../util/async.js';
import { removeTrial, trialIdOf } from '../preflight/trial.js';
import { claim, findProject, ownsEpoch } from '../route.js';
import { findHeld } from '../runner/checkpoint.js';
import { ended, type MigrationRun, write } from '../runner/migration-run.js';

/** Ends a migration on request, before the flip in either direction. */
export async function* cancel(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  if (run.record.current.isRollingBack) return yield* stay(run, null);
  yield* abandon(run, 'CANCELLED', null);
}

/** Ends a migration that no retry can help. */
export async function* fail(run: MigrationRun, problem: Problem): AsyncGenerator<Migration, void, undefined> {
  if (run.record.current.isRollingBack) return yield* stay(run, problem);
  yield* abandon(run, 'FAILED', problem);
}

/** The project stays where it was before the migration, and what was written at the target is removed. */
async function* abandon(
  run: MigrationRun,
  phase: 'CANCELLED' | 'FAILED',
  problem: Problem | null,
): AsyncGenerator<Migration, void, undefined> {
  const before = run.record.current;
  // A preflight that ended has removed its trial.
  const hasLeftovers = before.phase === 'PREFLIGHT' ? phase === 'CANCELLED' : before.phase !== 'PLANNED';
  run.progress.set({ canCutOver: false, canRollBack: false });
  const message =
    phase === 'FAILED'
      ? `Failed: ${problem?.message} The project works where it was.`
      : 'Cancelled. The project works where it was.';
  // By now no fence is up, or the project no longer exists.
  yield await write(run, { ...ended(run), phase, problem, hasLeftovers, message, checkpoint: { isFenced: false } });
}

/** Ends a roll-back before its flip: the project stays where it was moved to, and can be rolled back later. */
async function* stay(run: MigrationRun, problem: Problem | null): AsyncGenerator<Migration, void, undefined> {
  run.progress.set({ canCutOver: false, canRollBack: true });
  const message = problem ? `Not rolled back: ${problem.message}` : 'Not rolled back. The source is kept.';
  const rest = { phase: 'MOVED', isRollingBack: false, ...NOT_PAUSED, requestedAction: null } as const;
  // The source already has what was written since the move up to there.
  const { replayed } = run.record.current.checkpoint;
  yield await write(run, { ...rest, problem, message, checkpoint: { moved: replayed, isFenced: false } });
}

/** A project may be purged between being read and the start of its migration. */
const GONE: Problem = {
  code: 'NOT_FOUND',
  message: 'The project was purged.',
  hint: 'There is nothing left to move.',
};

/** Ends a migration whose project no longer exists. @returns whether that caused the error */
export async function* endIfGone(run: MigrationRun, error: unknown): AsyncGenerator<Migration, boolean, undefined> {
  if (!(error instanceof NotFoundError)) return false;
  const [project] = await run.parts.factory.catalog.projects.get([run.record.current.projectId]);
  if (project) return false;
  yield* abandon(run, 'FAILED', GONE);
  return true;
}

/** Removes what an ended migration left where the project doesn't live. By now it may belong to another migration. */
export async function* removeLeftovers(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  const { id, projectId, phase, from, to, endedAt } = run.record.current;
  const { factory } = run.parts;
  const [project] = await factory.catalog.projects.get([projectId]);
  if (project && phase === 'ROLLED_BACK') {
    await disown(run, project);
    await grace(run, endedAt);
  }
  if (project && phase === 'CANCELLED') await removeTrial(factory, { project, to, trialId: trialIdOf(id) });
  try {
    await removeSide(run, phase === 'FINALIZED' ? from : to);
  } catch (error) {
    if (!(error instanceof MigrationStateError)) throw error;
  }
  const message = phase === 'FINALIZED' ? { message: REMOVED } : {};
  yield await write(run, { hasLeftovers: false, problem: keptProblem(run.record.current), ...message });
}

/** Puts the store that the project left under the runner's epoch, so that a later migration may replace it. */
async function disown({ parts: { factory }, record }: MigrationRun, project: Project): Promise<void> {
  const { to, runner, checkpoint } = record.current;
  const at = { ...projectAt(project, to), epoch: -runner.token };
  if ((await factory.find(at))?.epoch !== checkpoint.epoch + 1) return;
  await claim(await factory.at(at), -runner.token, record);
}

/** How long the left place is kept, in ms: a request routed there just before the flip may still be reading. */
const GRACE_MS = 5_000;

async function grace({ parts, signal, step }: MigrationRun, flippedAt: string | null): Promise<void> {
  await step('grace');
  const { graceMs = GRACE_MS } = parts;
  const left = graceMs - (parts.now() - Date.parse(flippedAt ?? ''));
  if (left > 0 && !(await delay(Math.min(left, graceMs), { signal }))) signal.throwIfAborted();
}

/** The problem with removing is solved; the reason for a failure stays. */
function keptProblem({ phase, problem }: Migration): Problem | null {
  return phase === 'FAILED' ? problem : null;
}

const REMOVED = 'The source is removed. The migration has ended.';

/** Removes the source, and ends the migration. */
export async function* finalize(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  run.progress.set({ canRollBack: false });
  await grace(run, run.record.current.movedAt);
  const problem = await tryToRemove(run);
  if (problem?.code === 'MIGRATION_STATE') {
    run.progress.set({ canRollBack: true });
    yield await write(run, { requestedAction: null, problem, message: `Not finalized: ${problem.message}` });
    return;
  }
  const message = problem
    ? `The migration has ended. The source will be removed when possible: ${problem.message}`
    : REMOVED;
  yield await write(run, { ...ended(run), phase: 'FINALIZED', problem, hasLeftovers: problem !== null, message });
}

/** Removes the source. @returns what prevents that; null when it is removed. An unreachable place doesn't prevent the end. */
async function tryToRemove(run: MigrationRun): Promise<Problem | null> {
  try {
    await requireLive(run);
    await removeSide(run, run.record.current.from);
    return null;
  } catch (error) {
    if (!(error instanceof StoreError || error instanceof MigrationStateError)) throw error;
    const { code, message, hint } = error;
    return { code, message, hint };
  }
}

/**
 * The source is the last fallback: before it is removed, the project must be found where it lives now, with everything it
 * had when it moved. @throws MigrationStateError
 */
async function requireLive({ parts: { factory }, record }: MigrationRun): Promise<void> {
  const { id, projectId, checkpoint } = record.current;
  const project = await findProject(factory, projectId);
  const fault = await faultOf(factory, project, checkpoint.moved ?? LOG_START).catch((error: Error) => error.message);
  if (fault === null) return;
  throw new MigrationStateError(
    `The project isn't complete where it lives now: ${fault}`,
    'Nothing was removed. Fix that, or bring the project back with `rollBackMigration`; `verifyMigration` compares both sides.',
    id,
  );
}

async function faultOf(factory: RepositoryFactory, project: Project, moved: LogPosition): Promise<string | null> {
  const found = await factory.find(project);
  if (!found) return 'nothing of it is stored there.';
  const { store } = await factory.at(project);
  if (found.epoch !== project.epoch || (await store.epoch()) !== project.epoch) {
    return `its store is under epoch ${found.epoch}, and its writes are routed by epoch ${project.epoch}.`;
  }
  const { seq } = await store.log.head();
  if (seq < moved.seq) return `its log ends at entry ${seq}, and ended at entry ${moved.seq} when it moved.`;
  return (await findHeld(store, moved)) ? null : `its log no longer has entry ${moved.seq} as it was when it moved.`;
}

// — removing —

/**
 * Removes a project's data at a place where it doesn't live, if this migration wrote or fenced it, and nothing else. Safe to
 * repeat. @throws StoreError when the place can't be reached
 */
async function removeSide(run: MigrationRun, place: Place): Promise<void> {
  const { factory } = run.parts;
  const migration = run.record.current;
  const [project] = await factory.catalog.projects.get([migration.projectId]);
  if (project && placeKey(placeOf(project)) === placeKey(place)) throw livesThere(migration);
  const at = projectAt(project ?? purged(migration), place);
  const found = await factory.find(at);
  if (!found) return;
  if (!ownsEpoch(migration, found.epoch)) throw notOurs(migration, found.epoch);
  await run.step('clean-up');
  // A runner that lost the lease meanwhile removes nothing: the store there may be another by now.
  await run.record.read();
  await factory.destroy(at, { epoch: found.epoch });
}

/** A purged project, as far as needed to find what a migration had copied of it. */
function purged({ projectId, from }: Migration): PlacedProject {
  return { id: projectId, key: projectKeyOf(projectId), storageMode: from.mode, settings: {} };
}

function livesThere({ id }: Migration): MigrationStateError {
  return new MigrationStateError(
    'The project lives at the place that should be removed.',
    'Nothing was removed. This should not happen: please report it with the server log.',
    id,
  );
}

function notOurs({ id }: Migration, epoch: number): MigrationStateError {
  return new MigrationStateError(
    `The store at that place isn't the one that this migration left there: it is under epoch ${epoch}.`,
    'Nothing was removed. Inspect what is stored there.',
    id,
  );
}
