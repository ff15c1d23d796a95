import type { Verification, VerifiedCollection } from '../../domain/migration.js';
import { MigrationFailure } from '../errors.js';
import { createRests } from '../pacing/rests.js';
import type { Route } from '../route.js';
import type { MigrationRun, Phase } from '../runner/migration-run.js';
import { whileWaiting } from '../transfer/page-scheduling.js';
import { LOG } from '../transfer/record-stream.js';
import { KEEP_UP_MS, type Replayer } from '../transfer/replay-loop.js';
import { verify } from '../verify/verify.js';
import { verifyKept } from '../verify/verify-kept.js';
import { VECTORS, type VerifyStep } from '../verify/verify-step.js';

/** Compares both sides record by record while writes continue, and copies again what differs. */
export async function* runVerify(
  run: MigrationRun,
  { project, live, other }: Route,
  replayer: Replayer,
  signal: AbortSignal,
): Phase {
  const { checkpoint, runner, verification } = run.record.current;
  const from = checkpoint.verify;
  const summary = createSummary(run, from ? verification : null);
  if (!from) {
    await run.findings.clearMismatches();
    run.progress.restartVerified();
  }
  yield { phase: 'VERIFYING', message: 'Comparing both sides.' };
  const steps = verify({
    source: live,
    target: other,
    from: from && { ...from, digest: summary.digestOf(from.collection) },
    bound: run.parts.newId('task', project.key),
    catchUp: async () => void (await replayer.toHead()),
    repair: { epoch: -runner.token, exclusively: replayer.exclusively },
    isRejected: run.findings.isRejected,
    rest: restsOf(run, signal, () => replayer.isPacing),
    isSameModel: live.search.vectors.model.name === other.search.vectors.model.name,
    signal,
  });
  // However long a step takes, the log is kept up with meanwhile.
  for await (const step of whileWaiting(steps, replayer.keepUp, KEEP_UP_MS)) {
    await run.step('verify');
    await summary.add(step);
    await replayer.keepUp();
    const verify_ = { collection: step.at.collection, after: step.at.after };
    yield {
      checkpoint: { verify: verify_, replayed: replayer.position },
      verification: summary.now(false, replayer.position.seq),
    };
  }
  const result = summary.now(true, replayer.position.seq);
  const left = mismatchesOf(result);
  if (left > 0) {
    await run.record.write(() => ({ verification: result }));
    throw new MigrationFailure({
      code: 'MISMATCH',
      message: `${left} records differ between both sides, although they were copied again.`,
      hint: 'Read `mismatches`: it lists them by id with the fields that differ. The project works where it is.',
    });
  }
  // Records written since the copy were counted as log entries only.
  for (const { name, compared } of result.collections) {
    if (name !== VECTORS && name !== LOG) run.progress.complete(name, compared);
  }
  run.progress.allVerified();
  return {
    checkpoint: { verify: null, isVerified: true, replayed: replayer.position },
    verification: result,
    phase: 'CATCHING_UP',
    message: 'Both sides are the same. Replaying what was written meanwhile.',
  };
}

/** After the flip: compares the kept source with where the project lives, taking what was written since into account. */
export async function* runVerifyKept(run: MigrationRun, { project, live, other }: Route, signal: AbortSignal): Phase {
  const { checkpoint } = run.record.current;
  const movedSeq = checkpoint.moved?.seq ?? 0;
  const summary = createSummary(run, null);
  await run.findings.clearMismatches();
  run.progress.restartVerified();
  yield { message: 'Comparing the kept source with where the project lives.' };
  for await (const step of verifyKept({
    kept: other,
    live,
    movedSeq,
    bound: run.parts.newId('task', project.key),
    isRejected: run.findings.isRejected,
    rest: restsOf(run, signal),
    signal,
  })) {
    await run.step('verify');
    await summary.add(step);
    yield { verification: summary.now(false, movedSeq) };
  }
  const { seq } = await live.store.log.head();
  const result = summary.now(true, seq);
  const left = mismatchesOf(result);
  const message = left === 0 ? 'Both sides agree.' : `${left} records differ: read \`mismatches\`.`;
  return { verification: result, message };
}

/** Rests while writes to the project through this process are slowed down. */
function restsOf(
  { parts: { writers }, record }: MigrationRun,
  signal: AbortSignal,
  isPacing?: () => boolean,
): () => Promise<void> {
  const { rest } = createRests(writers.times, record.current.projectId, { isPacing });
  return () => rest(signal);
}

function mismatchesOf({ collections }: Verification): number {
  return collections.reduce((sum, { mismatches }) => sum + mismatches, 0);
}

/** Adds up the steps of a verification, and stores its findings. */
function createSummary(run: MigrationRun, from: Verification | null) {
  const collections = new Map<string, VerifiedCollection>(from?.collections.map((each) => [each.name, each]));
  const digests = new Map<string, string>(from?.collections.map(({ name, digest }) => [name, digest ?? '']));
  return {
    digestOf: (name: string): string => digests.get(name) ?? '',
    async add({ at, compared, mismatches, repaired, digest }: VerifyStep): Promise<void> {
      const { collection: name } = at;
      const known = collections.get(name) ?? { name, compared: 0, mismatches: 0, repaired: 0, digest: null };
      collections.set(name, {
        name,
        compared: known.compared + compared,
        mismatches: known.mismatches + mismatches.length,
        repaired: known.repaired + repaired.length,
        digest,
      });
      digests.set(name, digest);
      if (name !== VECTORS) run.progress.verified(name, compared);
      for (const each of mismatches) await run.findings.add({ kind: 'MISMATCH', isRepaired: false, ...each });
      for (const each of repaired) await run.findings.add({ kind: 'MISMATCH', isRepaired: true, ...each });
    },
    now: (isComplete: boolean, seq: number): Verification => ({
      at: new Date(run.parts.now()).toISOString(),
      isComplete,
      seq,
      collections: [...collections.values()],
    }),
  };
}
