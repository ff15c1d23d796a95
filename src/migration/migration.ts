import { LOG_START } from '../domain/log-position.js';
import { type Migration, TOLD_TO_PAUSE } from '../domain/migration.js';
import { projectAt } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import { MigrationFailure } from './errors.js';
import { DELETED, runCatchUp } from './phases/catch-up.js';
import { runCopy } from './phases/copy.js';
import { flip, takeFenceDown } from './phases/cut-over.js';
import { cancel, endIfGone, fail, finalize, removeLeftovers } from './phases/end.js';
import { prepareTarget, runPreflight } from './phases/preflight.js';
import { runVerify, runVerifyKept } from './phases/verify.js';
import { findProject, openRoute, openSides, type Route } from './route.js';
import { drive, isToldToStop, type Patch, type Run, write } from './runner/run.js';
import { createReplayer } from './transfer/replayer.js';

/**
 * Carries a migration on from wherever its record says that it is, and does what it was told, until nothing is left to do
 * now. Yields the record each time it was written. Breaking it off at any point loses nothing: the next run goes on.
 * @throws SupersededError when another runner has taken it over
 * @throws StoreError, and others, when something is in the way now: to be tried again
 */
export async function* runMigration(run: Run): AsyncGenerator<Migration, void, undefined> {
  for (;;) {
    const migration = await run.ledger.read();
    if (run.signal.aborted) return;
    const act = choose(migration);
    if (!act) {
      if (migration.message === TOLD_TO_PAUSE)
        yield await run.ledger.write(({ message }) => (message === TOLD_TO_PAUSE ? { message: PAUSED } : {}));
      return;
    }
    try {
      yield* act(run);
    } catch (error) {
      if (error instanceof MigrationFailure) yield* fail(run, error.problem);
      else if (!(yield* endIfGone(run, error))) throw error;
    }
  }
}

const PAUSED = 'It is paused. Writes go on as always; resumed, it goes on from here.';

/** Whether a migration has something to do now, for whoever runs it. */
export function hasWork(migration: Migration): boolean {
  return choose(migration) !== null;
}

type Act = (run: Run) => AsyncGenerator<Migration, unknown, undefined>;

/** What is to be done next; null: nothing now. */
function choose(migration: Migration): Act | null {
  const { phase, wish, isPaused, endedAt, hasLeftovers, checkpoint } = migration;
  // Whatever it was told meanwhile: writes wait.
  if (checkpoint.isFenced) return takeFenceDown;
  if (endedAt !== null) return hasLeftovers ? removeLeftovers : null;
  if (phase === 'MOVED') {
    if (wish === 'VERIFY') return isPaused ? null : verifyAgain;
    if (wish === 'ROLL_BACK') return rollBack;
    return wish === 'FINALIZE' ? finalize : null;
  }
  if (wish === 'CANCEL') return cancel;
  if (isPaused) return null;
  return phase === 'PLANNED' || phase === 'PREFLIGHT' ? begin : move;
}

// — before the flip —

async function* begin(run: Run): AsyncGenerator<Migration, void, undefined> {
  yield* drive(run, () => runPreflight(run));
}

/** From the copy to the flip, in either direction. */
async function* move(run: Run): AsyncGenerator<Migration, void, undefined> {
  const project = await findProject(run.parts.factory, run.ledger.current.projectId);
  if (project.deletedAt) {
    yield await write(run, DELETED);
    return;
  }
  if (run.ledger.current.isRollingBack) await requireKept(run, project);
  else await prepareTarget(run);
  const route = await openRoute(run.parts.factory, run.ledger);
  try {
    yield* carryOver(run, route);
  } finally {
    route.close();
  }
}

/** On the way back there must be something to come back to. */
async function requireKept({ parts: { factory }, ledger }: Run, project: Project): Promise<void> {
  const found = await factory.find(projectAt(project, ledger.current.from));
  if (found && found.epoch !== Number.NEGATIVE_INFINITY) return;
  throw new MigrationFailure({
    code: 'NOT_FOUND',
    message: 'The kept source is gone from its place.',
    hint: 'Finalize the migration. To have the project there, start another one.',
  });
}

async function* carryOver(run: Run, route: Route): AsyncGenerator<Migration, void, undefined> {
  if (!run.ledger.current.checkpoint.isCopied && !(yield* drive(run, (signal) => runCopy(run, route, signal)))) return;
  const replayer = createReplayer(run, route);
  if (run.ledger.current.checkpoint.isVerified) run.tally.allVerified();
  while (!isToldToStop(run)) {
    const { phase, checkpoint } = run.ledger.current;
    if (phase !== 'VERIFYING' && !(yield* drive(run, () => runCatchUp(run, route, replayer)))) return;
    if (checkpoint.isVerified) return yield* flip(run, route, replayer);
    if (!(yield* drive(run, (signal) => runVerify(run, route, replayer, signal)))) return;
  }
}

// — after the flip —

async function* verifyAgain(run: Run): AsyncGenerator<Migration, void, undefined> {
  const route = await openSides(run.parts.factory, run.ledger.current);
  try {
    const isDone = yield* drive(run, (signal) => runVerifyKept(run, route, signal));
    // What it was told meanwhile stays.
    if (isDone) yield await run.ledger.write(({ wish }) => (wish === 'VERIFY' ? { wish: null } : {}));
  } finally {
    route.close();
  }
}

async function* rollBack(run: Run): AsyncGenerator<Migration, void, undefined> {
  const { checkpoint } = run.ledger.current;
  const { epoch } = await findProject(run.parts.factory, run.ledger.current.projectId);
  const patch: Patch = {
    phase: 'CATCHING_UP',
    isRollingBack: true,
    wish: null,
    checkpoint: { epoch, replayed: checkpoint.moved ?? LOG_START, verify: null, isVerified: false },
    message: 'What was written since the move is being replayed into the source.',
  };
  run.tally.set({ canRollBack: false });
  yield await write(run, patch);
}
