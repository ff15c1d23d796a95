import { LOG_START } from '../domain/log-position.js';
import type { Migration } from '../domain/migration.js';
import { projectAt } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import { MigrationFailure } from './errors.js';
import { DELETED, runCatchUp } from './phases/catch-up.js';
import { runCopy } from './phases/copy.js';
import { runCutOver, takeFenceDown } from './phases/cut-over.js';
import { cancel, endIfGone, fail, finalize, removeLeftovers } from './phases/end.js';
import { prepareTarget, runPreflight } from './phases/preflight.js';
import { runVerify, runVerifyKept } from './phases/verify.js';
import { findProject, openRoute, openSides, type Route } from './route.js';
import { drive, type MigrationRun, mustStop, type Patch, write } from './runner/migration-run.js';
import { createReplayer } from './transfer/replay-loop.js';

/**
 * A migration as a state machine: its record says what is done next, and what is done is written into the record. So any
 * runner continues it from any point.
 *
 * | phase                          | what runs                                                                    |
 * |--------------------------------|------------------------------------------------------------------------------|
 * | `PLANNED`, `PREFLIGHT`         | phases/preflight: the checks, then `COPYING`; a dry run ends here            |
 * | `COPYING`                      | phases/preflight makes the target, phases/copy copies what exists            |
 * | `CATCHING_UP`                  | phases/catch-up replays the log, until the target is close behind            |
 * | `VERIFYING`                    | phases/verify compares both sides, then back to `CATCHING_UP`                |
 * | `CUTTING_OVER`                 | phases/cut-over and phases/flip route the project to the target              |
 * | `MOVED`                        | on request: phases/verify compares the kept source, phases/end finalizes;    |
 * |                                | `ROLL_BACK` leads through `CATCHING_UP` … `CUTTING_OVER` the other way       |
 * | `FAILED`, `CANCELLED`,         | phases/end removes what is left where the project doesn't live               |
 * | `ROLLED_BACK`, `FINALIZED`     |                                                                              |
 */

/**
 * Continues a migration from the state of its record, and does what is requested, until there is nothing left to do now.
 * Yields the record each time it is written. It may be stopped at any point: the next run continues.
 * @throws SupersededError when another runner has taken it over
 * @throws StoreError, and others, on problems that may pass: try again
 */
export async function* runMigration(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  for (;;) {
    const migration = await run.record.read();
    if (run.signal.aborted) return;
    const act = choose(migration);
    if (!act) return;
    try {
      yield* act(run);
    } catch (error) {
      if (error instanceof MigrationFailure) yield* fail(run, error.problem);
      else if (!(yield* endIfGone(run, error))) throw error;
    }
  }
}

/** Whether a migration has something for a runner to do now. */
export function hasWork(migration: Migration): boolean {
  return choose(migration) !== null;
}

type Act = (run: MigrationRun) => AsyncGenerator<Migration, unknown, undefined>;

/** What to do next; null: nothing now. */
function choose(migration: Migration): Act | null {
  const { phase, requestedAction, isPaused, isPausing, endedAt, hasLeftovers, checkpoint } = migration;
  // Before any command: writes wait.
  if (checkpoint.isFenced) return takeFenceDown;
  if (endedAt !== null) return hasLeftovers ? removeLeftovers : null;
  // An earlier version's record doesn't say whether its pause took effect.
  const rest = isPausing === false ? null : settlePause;
  if (phase === 'MOVED') {
    if (requestedAction === 'VERIFY') return isPaused ? rest : verifyAgain;
    if (requestedAction === 'ROLL_BACK') return rollBack;
    return requestedAction === 'FINALIZE' ? finalize : null;
  }
  if (requestedAction === 'CANCEL') return cancel;
  if (isPaused) return rest;
  return phase === 'PLANNED' || phase === 'PREFLIGHT' ? begin : move;
}

/** Nothing is under way any more: the record says so, unless it was resumed meanwhile. */
async function* settlePause({ parts, record }: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  const { deletedAt } = await findProject(parts.factory, record.current.projectId);
  yield await record.write(({ isPaused }) => (isPaused ? (deletedAt ? DELETED : PAUSED) : {}));
}

const PAUSED = {
  isPausing: false,
  message: 'Paused. Writes to the project continue; `resumeMigration` continues the move from here.',
} as const;

// — before the flip —

async function* begin(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  yield* drive(run, () => runPreflight(run));
}

/** From the copy to the flip, in either direction. */
async function* move(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  const project = await findProject(run.parts.factory, run.record.current.projectId);
  if (project.deletedAt) {
    yield await write(run, DELETED);
    return;
  }
  if (run.record.current.isRollingBack) await requireKept(run, project);
  else await prepareTarget(run);
  const route = await openRoute(run.parts.factory, run.record);
  try {
    yield* transfer(run, route);
  } finally {
    route.close();
  }
}

/** Rolling back requires that the source still exists. */
async function requireKept({ parts: { factory }, record }: MigrationRun, project: Project): Promise<void> {
  const found = await factory.find(projectAt(project, record.current.from));
  if (found && found.epoch !== Number.NEGATIVE_INFINITY) return;
  throw new MigrationFailure({
    code: 'NOT_FOUND',
    message: 'The kept source no longer exists at its place.',
    hint: 'Finalize the migration. To move the project there again, start another one.',
  });
}

async function* transfer(run: MigrationRun, route: Route): AsyncGenerator<Migration, void, undefined> {
  if (!run.record.current.checkpoint.isCopied && !(yield* drive(run, (signal) => runCopy(run, route, signal)))) return;
  const replayer = createReplayer(run, route);
  if (run.record.current.checkpoint.isVerified) run.progress.allVerified();
  while (!mustStop(run)) {
    const { phase, checkpoint } = run.record.current;
    if (phase !== 'VERIFYING' && !(yield* drive(run, () => runCatchUp(run, route, replayer)))) return;
    if (checkpoint.isVerified) return yield* runCutOver(run, route, replayer);
    if (!(yield* drive(run, (signal) => runVerify(run, route, replayer, signal)))) return;
  }
}

// — after the flip —

async function* verifyAgain(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  const route = await openSides(run.parts.factory, run.record.current);
  try {
    const isDone = yield* drive(run, (signal) => runVerifyKept(run, route, signal));
    // Another request that came meanwhile stays.
    if (isDone)
      yield await run.record.write(({ requestedAction }) =>
        requestedAction === 'VERIFY' ? { requestedAction: null } : {},
      );
  } finally {
    route.close();
  }
}

/** Turns the direction: from here on the source is the target. */
async function* rollBack(run: MigrationRun): AsyncGenerator<Migration, void, undefined> {
  const { checkpoint } = run.record.current;
  const { epoch } = await findProject(run.parts.factory, run.record.current.projectId);
  const patch: Patch = {
    phase: 'CATCHING_UP',
    isRollingBack: true,
    requestedAction: null,
    checkpoint: { epoch, replayed: checkpoint.moved ?? LOG_START, verify: null, isVerified: false },
    message: 'Replaying what was written since the move into the source.',
  };
  run.progress.set({ canRollBack: false });
  yield await write(run, patch);
}
