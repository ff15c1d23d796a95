import { LOG_START } from '../../domain/log-position.js';
import type { Migration, PreflightCheck } from '../../domain/migration.js';
import { projectAt } from '../../domain/place.js';
import { withTimeout } from '../../util/async.js';
import { MigrationFailure } from '../errors.js';
import { trialIdOf } from '../preflight/trial.js';
import { findProject, ownsEpoch } from '../route.js';
import { ended, type MigrationRun, type Phase, write } from '../runner/migration-run.js';

/** Checks everything before the first record is written. */
export async function* runPreflight(run: MigrationRun): Phase {
  const { projectId, to, options } = run.record.current;
  yield { phase: 'PREFLIGHT', message: 'Checking whether the project can be moved.' };
  const project = await findProject(run.parts.factory, projectId);
  let isDone = false;
  const looking = run.parts.preflight.run(project, to, trialIdOf(run.record.current.id)).finally(() => {
    isDone = true;
  });
  try {
    // It may take a while, and be cancelled meanwhile.
    while (!isDone) {
      await withTimeout(looking, SHORT_MS, () => {});
      yield {};
    }
  } finally {
    // Its trial at the target isn't removed while it uses it.
    await looking.catch(() => {});
  }
  const preflight = await looking;
  const failed = preflight.checks.filter(({ outcome }) => outcome === 'FAILED');
  if (failed.length > 0) {
    await run.record.write(() => ({ preflight }));
    throw new MigrationFailure(problemOf(failed));
  }
  for (const { name, records } of preflight.estimate.collections) run.progress.total(name, records);
  run.progress.set({ vectors: { done: 0, total: preflight.estimate.vectors, failed: 0 } });
  if (!options.dryRun) return { preflight, phase: 'COPYING', message: 'The project is being copied.' };
  return { preflight, phase: 'PLANNED', message: 'The project can be moved. Nothing was written.', ...ended(run) };
}

const SHORT_MS = 100;

function problemOf(failed: readonly PreflightCheck[]) {
  const [first] = failed;
  const more = failed.length > 1 ? ` (${failed.length - 1} more of its checks failed.)` : '';
  return {
    code: 'PREFLIGHT',
    message: `The project can't be moved: ${first!.message}${more}`,
    hint: first!.hint ?? 'Read `preflight.checks`, fix what they name, and start again.',
  };
}

/**
 * Makes the store at the target, unless this migration has already made it. What an unfinished move left there is replaced:
 * nothing is ever routed to it.
 */
export async function prepareTarget(run: MigrationRun): Promise<void> {
  const migration = run.record.current;
  const { projectId, to, runner, checkpoint } = migration;
  const { factory } = run.parts;
  const at = { ...projectAt(await findProject(factory, projectId), to), epoch: -runner.token };
  const found = await factory.find(at);
  const isWhole = found !== null && found.epoch !== Number.NEGATIVE_INFINITY;
  if (isWhole && ownsEpoch(migration, found.epoch)) return;
  if (isWhole && found.epoch >= 0) throw alreadyThere(migration, found.epoch);
  await run.step('create');
  if (checkpoint.isCopied || checkpoint.copy) await startAgain(run);
  if (found) await factory.destroy(at, { epoch: found.epoch });
  await factory.create(at);
}

/** The copy made so far was removed. */
async function startAgain(run: MigrationRun): Promise<void> {
  for (const { name } of run.progress.now().collections) run.progress.complete(name, 0);
  const at = { copiedFrom: LOG_START, replayed: LOG_START };
  const checkpoint = { ...at, copy: null, isCopied: false, verify: null, isVerified: false };
  await write(run, { phase: 'COPYING', checkpoint, message: 'The target was removed: copying the project again.' });
}

function alreadyThere({ projectId }: Migration, epoch: number): MigrationFailure {
  return new MigrationFailure({
    code: 'ALREADY_EXISTS',
    message: `The target already has a store of ${projectId}, under epoch ${epoch}.`,
    hint: 'It may be in use, so nothing was changed. Inspect it, or choose another place.',
  });
}
