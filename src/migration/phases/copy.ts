import type { Checkpoint } from '../../domain/migration.js';
import type { OpenProject } from '../../modes/contract.js';
import { memories } from '../../storage/collections.js';
import { toTenths } from '../../util/round.js';
import type { Route } from '../route.js';
import { endOf, requireHeld, SOURCE } from '../runner/checkpoint.js';
import { type MigrationRun, noteReject, type Phase } from '../runner/migration-run.js';
import { copy } from '../transfer/copy.js';
import { LOG, SPECS } from '../transfer/record-stream.js';

/** How often vectors are counted while copying, in ms: counting takes longer the more there are. */
const COUNT_MS = 1_000;

/** Copies everything that exists, while writes continue: what they change is replayed from the log. */
export async function* runCopy(run: MigrationRun, { project, live, other }: Route, signal: AbortSignal): Phase {
  const { checkpoint, runner, options } = run.record.current;
  const until = checkpoint.copy ? checkpoint.copiedFrom : await endOf(live.store);
  await requireHeld(live.store, until, SOURCE);
  await count(run, live, until.seq);
  yield { checkpoint: { copiedFrom: until }, message: 'The project is being copied.' };
  const steps = copy({
    source: live.store,
    target: other.store,
    epoch: -runner.token,
    batchSize: options.batchSize,
    from: checkpoint.copy,
    until: until.seq,
    bound: run.parts.newId('task', project.key),
    onReject: (reject) => noteReject(run, reject),
    signal,
  });
  await run.step('copy');
  const begun = performance.now();
  let countedAt = begun;
  for await (const { at, copied } of steps) {
    run.progress.done(at.collection, copied);
    if (performance.now() - countedAt > COUNT_MS) {
      await countVectors(run, other);
      countedAt = performance.now();
      const entries = Math.max(0, (await live.store.log.head()).seq - until.seq);
      const seconds = entries === 0 ? 0 : toTenths((countedAt - begun) / 1_000);
      run.progress.set({ lag: { entries, seconds } });
    }
    yield { checkpoint: { copy: at } };
    await run.step('copy');
  }
  await requireHeld(live.store, until, SOURCE);
  await completeIndex(other);
  const done: Partial<Checkpoint> = { copy: null, isCopied: true, replayed: until };
  return { checkpoint: done, phase: 'CATCHING_UP', message: 'Replaying what was written meanwhile.' };
}

/** Counts everything again, including what was written since the preflight. */
async function count(run: MigrationRun, { store, search }: OpenProject, entries: number): Promise<void> {
  for (const spec of SPECS) {
    run.progress.total(spec.name, await store.collection(spec).count([], 'INCLUDE'));
  }
  run.progress.total(LOG, entries);
  const { ready, pending, failed } = await search.counts();
  run.progress.set({ vectors: { ...run.progress.now().vectors, total: ready + pending + failed } });
}

/** Counts the memories that have their vectors at a side. @returns how many are still pending */
export async function countVectors(run: MigrationRun, { search }: OpenProject): Promise<{ readonly pending: number }> {
  const { ready, pending, failed, lag } = await search.counts();
  const { total } = run.progress.now().vectors;
  run.progress.set({ vectors: { done: ready, total: Math.max(total, ready + pending + failed), failed } });
  return { pending: pending + lag };
}

/** The index follows the log. Records that no entry names, such as a file whose commit was lost, are found by a scan. */
async function completeIndex({ store, search }: OpenProject): Promise<void> {
  await search.catchUp();
  const { ready, pending, failed, skipped } = await search.counts();
  const stored = await store.collection(memories).count([], 'EXCLUDE');
  if (ready + pending + failed + skipped !== stored) await search.repair();
}
