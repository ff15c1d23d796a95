import { StoreError } from '../../domain/errors.js';
import type { LogPosition } from '../../domain/log-position.js';
import { type Migration, NOT_PAUSED, type Progress } from '../../domain/migration.js';
import { projectAt } from '../../domain/place.js';
import { CutOverGivenUp, MigrationFailure } from '../errors.js';
import { findProject, placesOf, type Route } from '../route.js';
import { type Run, write } from '../runner/run.js';
import type { Replayer } from '../transfer/replayer.js';
import { concludeCutOver, cutOver } from './flip.js';

/** Flips the project to the other side. @throws CutOverGivenUp */
export async function* flip(run: Run, route: Route, replayer: Replayer): AsyncGenerator<Migration, void, undefined> {
  yield await write(run, { checkpoint: { replayed: replayer.position }, message: 'It is cutting over.' });
  await requireOther(run, route);
  // What was written since the last page is replayed while nobody waits for it.
  await replayer.toHead();
  const result = await cutOver({
    factory: run.parts.factory,
    record: run.record,
    route,
    replay: async () => replayer.toHead(),
    flipped: (end, fenceMs) => flipped(run, route, end, fenceMs),
    onStep: run.step,
  });
  if (!result.hasFlipped) {
    yield* takeFenceDown(run);
    const given = new CutOverGivenUp(result.why);
    yield await write(run, { message: given.message });
    throw given;
  }
  await tellSide(run);
  run.progress.set(run.record.current.progress);
  yield run.record.current;
}

/**
 * What was copied may have been removed while it was open, which a store that is open doesn't notice. Then it is copied
 * again; or, on the way back, the project stays.
 */
async function requireOther({ parts: { factory }, record }: Run, { project, other }: Route): Promise<void> {
  const { isRollingBack } = record.current;
  const found = await factory.find(projectAt(project, placesOf(record.current).other));
  if (found?.epoch === (await other.store.epoch())) return;
  const message = 'What was copied is gone from where it was copied to.';
  const hint = 'Look at what happened to the folder, or the database.';
  if (isRollingBack) throw new MigrationFailure({ code: 'NOT_FOUND', message, hint });
  throw new StoreError('STORE_DAMAGED', message, `${hint} It is copied again by itself.`);
}

/**
 * Asking for the project brings its new record to where it lives by now: by that, what people write into its files is taken.
 * The next request that asks for it does the same.
 */
async function tellSide({ parts: { factory }, record }: Run): Promise<void> {
  await findProject(factory, record.current.projectId)
    .then((project) => factory.at(project))
    .catch(() => undefined);
}

/** A cut-over that was given up, or broken off by a crash, leaves no fence where the project lives. */
export async function* takeFenceDown(run: Run): AsyncGenerator<Migration, void, undefined> {
  await run.step('fence-down');
  yield await concludeCutOver(run.parts.factory, run.record);
}

/** What the flip makes of the record: on the way there it has moved, on the way back it is over. */
function flipped(run: Run, { project }: Route, end: LogPosition, fenceMs: number): Partial<Migration> {
  const { isRollingBack, checkpoint, to, from } = run.record.current;
  const at = new Date(run.parts.now()).toISOString();
  const progress: Progress = {
    ...run.progress.now(),
    fenceMs: Math.round(fenceMs * 10) / 10,
    lag: { entries: 0, seconds: 0 },
    pacing: 0,
    canCutOver: false,
    canRollBack: !isRollingBack,
  };
  const common = { requestedAction: null, problem: null, progress };
  const next = { ...checkpoint, epoch: project.epoch, isFenced: false, replayed: end, verify: null, isVerified: false };
  if (isRollingBack) {
    const message = `The project lives in ${from.mode} again, with all that was written since it moved.`;
    const over = { endedAt: at, activeFor: null, ...NOT_PAUSED, hasLeftovers: true };
    return { ...common, ...over, phase: 'ROLLED_BACK', message, checkpoint: next };
  }
  const message = `The project lives in ${to.mode}. Its source is kept until the migration is finalized or rolled back.`;
  return { ...common, phase: 'MOVED', movedAt: at, message, checkpoint: { ...next, moved: end } };
}
