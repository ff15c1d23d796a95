import { StoreError } from '../../domain/errors.js';
import type { LogPosition } from '../../domain/log-position.js';
import { type Migration, NOT_PAUSED, type Progress } from '../../domain/migration.js';
import { projectAt } from '../../domain/place.js';
import { toTenths } from '../../util/round.js';
import { CutOverGivenUp, MigrationFailure } from '../errors.js';
import { findProject, placesOf, type Route } from '../route.js';
import { type MigrationRun, write } from '../runner/migration-run.js';
import type { Replayer } from '../transfer/replay-loop.js';
import { concludeFlip, flip } from './flip.js';

/** Flips the project to the other side. @throws CutOverGivenUp */
export async function* runCutOver(
  run: MigrationRun,
  route: Route,
  replayer: Replayer,
): AsyncGenerator<Migration, void, undefined> {
  yield await write(run, { checkpoint: { replayed: replayer.position }, message: 'Cutting over.' });
  await requireOther(run, route);
  // What was written since the last page is replayed while writes don't wait yet.
  await replayer.toHead();
  const result = await flip({
    factory: run.parts.factory,
    record: run.record,
    route,
    replay: async () => replayer.toHead(),
    flipped: (end, fenceMs) => flipped(run, route, end, fenceMs),
    onStep: run.step,
  });
  if (!result.hasFlipped) {
    yield* takeFenceDown(run);
    const givenUp = new CutOverGivenUp(result.why);
    yield await write(run, { message: givenUp.message });
    throw givenUp;
  }
  await refreshManifest(run);
  run.progress.set(run.record.current.progress);
  yield run.record.current;
}

/**
 * Requires that the copy still exists: it may have been removed while it was open, which an open store doesn't notice.
 * Then it is copied again; when rolling back, the project stays where it is instead.
 */
async function requireOther({ parts: { factory }, record }: MigrationRun, { project, other }: Route): Promise<void> {
  const { isRollingBack } = record.current;
  const found = await factory.find(projectAt(project, placesOf(record.current).other));
  if (found?.epoch === (await other.store.epoch())) return;
  const message = 'The copy is no longer where it was made.';
  const hint = 'Check what happened to the folder, or the database.';
  if (isRollingBack) throw new MigrationFailure({ code: 'NOT_FOUND', message, hint });
  throw new StoreError('STORE_DAMAGED', message, `${hint} It is copied again automatically.`);
}

/**
 * Opens the project, which writes its record to the store that it lives in now: edits of its files are accepted only then.
 * If this fails, the next request for the project does the same.
 */
async function refreshManifest({ parts: { factory }, record }: MigrationRun): Promise<void> {
  await findProject(factory, record.current.projectId)
    .then((project) => factory.at(project))
    .catch(() => undefined);
}

/** A cut-over that was given up, or interrupted by a crash, leaves no fence where the project lives. */
export async function* takeFenceDown(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  await run.step('fence-down');
  yield await concludeFlip(run.parts.factory, run.record);
}

/** What the flip changes in the record: at the target the project has moved, back at the source the migration is over. */
function flipped(run: MigrationRun, { project }: Route, end: LogPosition, fenceMs: number): Partial<Migration> {
  const { isRollingBack, checkpoint, to, from } = run.record.current;
  const at = new Date(run.parts.now()).toISOString();
  const progress: Progress = {
    ...run.progress.now(),
    fenceMs: toTenths(fenceMs),
    lag: { entries: 0, seconds: 0 },
    pacing: 0,
    canCutOver: false,
    canRollBack: !isRollingBack,
  };
  const common = { requestedAction: null, problem: null, progress };
  const next = { ...checkpoint, epoch: project.epoch, isFenced: false, replayed: end, verify: null, isVerified: false };
  if (isRollingBack) {
    const message = `The project lives in ${from.mode} again, with everything written since it moved.`;
    const ended = { endedAt: at, activeFor: null, ...NOT_PAUSED, hasLeftovers: true };
    return { ...common, ...ended, phase: 'ROLLED_BACK', message, checkpoint: next };
  }
  const message = `The project lives in ${to.mode}. Its source is kept until the migration is finalized or rolled back.`;
  return { ...common, phase: 'MOVED', movedAt: at, message, checkpoint: { ...next, moved: end } };
}
