import { setTimeout as delay } from 'node:timers/promises';
import { MigrationStateError, NotFoundError, StoreError } from '../domain/errors.js';
import type { Migration, Problem, Progress } from '../domain/migration.js';
import { projectAt } from '../domain/place.js';
import type { Project } from '../domain/project.js';
import { over, prepareTarget, runPreflight } from './begin.js';
import { createReplayer, type Replayer, runCatchUp } from './catching-up.js';
import { removeSide } from './clean-up.js';
import { runCopy } from './copying.js';
import { cutOver, settle } from './cut-over.js';
import { MigrationFailure } from './failure.js';
import { findProject, openRoute, openSides, type Route } from './route.js';
import { drive, isToldToStop, type Patch, type Run, write } from './run.js';
import { runVerify, runVerifyKept } from './verifying.js';

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
    if (!act) return;
    try {
      yield* act(run);
    } catch (error) {
      if (error instanceof MigrationFailure) yield* fail(run, error.problem);
      else if (await isProjectGone(run, error)) yield* abandon(run, 'FAILED', GONE);
      else throw error;
    }
  }
}

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
    const message = 'The project is deleted. Restore it, then resume the migration; or cancel it.';
    yield await write(run, { isPaused: true, message });
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
  if (await factory.find(projectAt(project, ledger.current.from))) return;
  throw new MigrationFailure({
    code: 'NOT_FOUND',
    message: 'The kept source is gone from its place.',
    hint: 'Finalize the migration. To have the project there, start another one.',
  });
}

async function* carryOver(run: Run, route: Route): AsyncGenerator<Migration, void, undefined> {
  if (!run.ledger.current.checkpoint.isCopied && !(yield* drive(run, (signal) => runCopy(run, route, signal)))) return;
  const replayer = createReplayer(run, route);
  while (!isToldToStop(run)) {
    const { phase, checkpoint } = run.ledger.current;
    if (phase !== 'VERIFYING' && !(yield* drive(run, () => runCatchUp(run, route, replayer)))) return;
    if (checkpoint.isVerified) return yield* flip(run, route, replayer);
    if (!(yield* drive(run, (signal) => runVerify(run, route, replayer, signal)))) return;
  }
}

/**
 * A cut-over was given up. What it had begun may still be under way, so the migration is taken over anew: what comes late of
 * it is then refused by the target.
 */
export class CutOverGivenUp extends Error {
  constructor(why: unknown) {
    super(why instanceof Error ? why.message : String(why));
    this.name = 'CutOverGivenUp';
  }
}

async function* flip(run: Run, route: Route, replayer: Replayer): AsyncGenerator<Migration, void, undefined> {
  yield await write(run, { checkpoint: { replayed: replayer.position }, message: 'It is cutting over.' });
  await requireOther(run, route);
  const result = await cutOver({
    factory: run.parts.factory,
    ledger: run.ledger,
    route,
    replay: async () => replayer.toHead(),
    flipped: (seq, fenceMs) => flipped(run, route, seq, fenceMs),
    onStep: run.step,
  });
  if (!result.hasFlipped) {
    yield* takeFenceDown(run);
    const given = new CutOverGivenUp(result.why);
    yield await write(run, { message: `Cutting over was given up, and will be tried again: ${given.message}` });
    throw given;
  }
  run.tally.set(run.ledger.current.progress);
  yield run.ledger.current;
}

/**
 * What was copied may have been removed while it was open, which a store that is open doesn't notice. Then it is copied
 * again; or, on the way back, the project stays.
 */
async function requireOther({ parts: { factory }, ledger }: Run, { project, other }: Route): Promise<void> {
  const { isRollingBack, from, to } = ledger.current;
  const found = await factory.find(projectAt(project, isRollingBack ? from : to));
  if (found?.epoch === (await other.store.epoch())) return;
  const message = 'What was copied is gone from where it was copied to.';
  const hint = 'Look at what happened to the folder, or the database.';
  if (isRollingBack) throw new MigrationFailure({ code: 'NOT_FOUND', message, hint });
  throw new StoreError('STORE_DAMAGED', message, `${hint} It is copied again by itself.`);
}

/** A cut-over that was given up, or broken off by a crash, leaves no fence where the project lives. */
async function* takeFenceDown(run: Run): AsyncGenerator<Migration, void, undefined> {
  await run.step('fence-down');
  yield await settle(run.parts.factory, run.ledger);
}

/** What the flip makes of the record: on the way there it has moved, on the way back it is over. */
function flipped(run: Run, { project }: Route, seq: number, fenceMs: number): Partial<Migration> {
  const { isRollingBack, checkpoint, to, from } = run.ledger.current;
  const at = new Date(run.parts.now()).toISOString();
  const progress: Progress = {
    ...run.tally.now(),
    fenceMs: Math.round(fenceMs * 10) / 10,
    lag: { entries: 0, seconds: 0 },
    canCutOver: false,
    canRollBack: !isRollingBack,
  };
  const common = { wish: null, problem: null, progress };
  const next = { ...checkpoint, epoch: project.epoch, isFenced: false, replayed: seq, verify: null, isVerified: false };
  if (isRollingBack) {
    const message = `The project lives in ${from.mode} again, with all that was written since it moved.`;
    const end = { endedAt: at, activeFor: null, isPaused: false, hasLeftovers: true };
    return { ...common, ...end, phase: 'ROLLED_BACK', message, checkpoint: next };
  }
  const message = `The project lives in ${to.mode}. Its source is kept until the migration is finalized or rolled back.`;
  return { ...common, phase: 'MOVED', movedAt: at, message, checkpoint: { ...next, movedSeq: seq } };
}

// — ending it before the flip —

async function* cancel(run: Run): AsyncGenerator<Migration, void, undefined> {
  if (run.ledger.current.isRollingBack) return yield* stay(run, null);
  yield* abandon(run, 'CANCELLED', null);
}

async function* fail(run: Run, problem: Problem): AsyncGenerator<Migration, void, undefined> {
  if (run.ledger.current.isRollingBack) return yield* stay(run, problem);
  yield* abandon(run, 'FAILED', problem);
}

/** The project stays where it was before the migration, and what was written at the target goes. */
async function* abandon(
  run: Run,
  phase: 'CANCELLED' | 'FAILED',
  problem: Problem | null,
): AsyncGenerator<Migration, void, undefined> {
  const before = run.ledger.current;
  const hasLeftovers = before.phase !== 'PLANNED' && before.phase !== 'PREFLIGHT';
  run.tally.set({ canCutOver: false, canRollBack: false });
  const message =
    phase === 'FAILED'
      ? `It failed: ${problem?.message} The project works where it was.`
      : 'It was cancelled. The project works where it was.';
  // By now no fence is up, or the project is gone.
  yield await write(run, { ...over(run), phase, problem, hasLeftovers, message, checkpoint: { isFenced: false } });
}

/** Rolling back ends before its flip: the project stays where it was moved to, and can be rolled back later. */
async function* stay(run: Run, problem: Problem | null): AsyncGenerator<Migration, void, undefined> {
  run.tally.set({ canCutOver: false, canRollBack: true });
  const message = problem ? `It wasn't rolled back: ${problem.message}` : "It isn't rolled back. The source is kept.";
  const rest = { phase: 'MOVED', isRollingBack: false, isPaused: false, wish: null } as const;
  // So much of what was written since the move is at the source already.
  const { replayed } = run.ledger.current.checkpoint;
  yield await write(run, { ...rest, problem, message, checkpoint: { movedSeq: replayed, isFenced: false } });
}

/** A purge may have come between the reading of a project and the start of its migration. */
const GONE: Problem = {
  code: 'NOT_FOUND',
  message: 'The project was purged.',
  hint: 'There is nothing to move any more.',
};

async function isProjectGone({ parts: { factory }, ledger }: Run, error: unknown): Promise<boolean> {
  if (!(error instanceof NotFoundError)) return false;
  const [project] = await factory.catalog.projects.get([ledger.current.projectId]);
  return !project;
}

/** What is over left something at the place that the project doesn't live at. By now it may be another migration's. */
async function* removeLeftovers(run: Run): AsyncGenerator<Migration, void, undefined> {
  const { phase, from, to, endedAt } = run.ledger.current;
  if (phase === 'ROLLED_BACK') await grace(run, endedAt);
  try {
    await removeSide(run, phase === 'FINALIZED' ? from : to);
  } catch (error) {
    if (!(error instanceof MigrationStateError)) throw error;
  }
  yield await write(run, { hasLeftovers: false, problem: keptProblem(run.ledger.current) });
}

/** Whoever was routed to a place a moment before the flip may still be reading there: it isn't removed at once, in ms. */
const GRACE_MS = 3_000;

async function grace({ parts, signal }: Run, flippedAt: string | null): Promise<void> {
  const left = GRACE_MS - (parts.now() - Date.parse(flippedAt ?? ''));
  if (left > 0) await delay(Math.min(left, GRACE_MS), undefined, { signal });
}

/** What was in the way of removing is solved; why it failed stays. */
function keptProblem({ phase, problem }: Migration): Problem | null {
  return phase === 'FAILED' ? problem : null;
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
    checkpoint: { epoch, replayed: checkpoint.movedSeq ?? 0, verify: null, isVerified: false },
    message: 'What was written since the move is being replayed into the source.',
  };
  run.tally.set({ canRollBack: false });
  yield await write(run, patch);
}

async function* finalize(run: Run): AsyncGenerator<Migration, void, undefined> {
  await grace(run, run.ledger.current.movedAt);
  const problem = await tryToRemove(run);
  run.tally.set({ canRollBack: false });
  if (problem?.code === 'MIGRATION_STATE') {
    yield await write(run, { wish: null, problem, message: `It wasn't finalized: ${problem.message}` });
    return;
  }
  const message = problem
    ? `The migration is over. The source is removed once it can be: ${problem.message}`
    : 'The source is removed. The migration is over.';
  yield await write(run, { ...over(run), phase: 'FINALIZED', problem, hasLeftovers: problem !== null, message });
}

/** Removes the source; says what is in the way of it. A place that is switched off keeps nobody from ending the migration. */
async function tryToRemove(run: Run): Promise<Problem | null> {
  try {
    await removeSide(run, run.ledger.current.from);
    return null;
  } catch (error) {
    if (!(error instanceof StoreError || error instanceof MigrationStateError)) throw error;
    const { code, message, hint } = error;
    return { code, message, hint };
  }
}
