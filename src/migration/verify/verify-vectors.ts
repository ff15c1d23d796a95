import type { Memory } from '../../domain/memory.js';
import { delay } from '../../util/async.js';
import type { Mismatch } from '../transfer/compare.js';
import { digestOf, digestWith, NO_DIGEST } from '../transfer/digest.js';
import { readAhead, withRests } from '../transfer/page-scheduling.js';
import { pagesOf } from '../transfer/pages.js';
import { documentsAsOf, memoryStream } from '../transfer/record-stream.js';
import { compareStoredVectors, compareVectors, type VectorComparison, type VectorSides } from './compare-vectors.js';
import { checkNeighbours, createNeighbourSample, type NeighbourSample } from './neighbour-check.js';
import { VECTORS, type VerifyOptions, type VerifyStep } from './verify-step.js';

/** How many memories' vectors are compared at a time; fewer of long ones, which have hundreds each. */
const PAGE = 128;
/** How often the target's index is asked how far it is, in ms. */
const POLL_MS = 20;
/** How long the index is awaited in all by default, in ms. */
const PATIENCE_MS = 10_000;

type Options = Omit<VerifyOptions, 'catchUp' | 'isRejected'>;

/**
 * Compares the vectors of all live memories at the target; then, on a sample, which memories are nearest to which. A
 * pending vector is no mismatch.
 */
export async function* verifyVectors(options: Options): AsyncGenerator<VerifyStep> {
  const { source, target, from, bound, rest, signal } = options;
  const sample = createNeighbourSample();
  const waitFor = createWaitFor(options);
  const { seq } = await source.store.log.head();
  const memories = documentsAsOf(source.store, seq, bound).filter(({ name }) => name === memoryStream.name);
  let digest = from?.digest || NO_DIGEST;
  let after = from?.after ?? null;
  for await (const { items } of readAhead(withRests(pagesOf(target.store, memories, after, PAGE), rest))) {
    signal?.throwIfAborted();
    const live = items.map(({ value }) => value as Memory).filter(({ deletedAt }) => deletedAt === null);
    const { comparisons, ...found } = await review(options, live, waitFor);
    for (const comparison of comparisons) {
      const { id, hash } = comparison;
      if (hash === null) continue;
      digest = digestWith(digest, digestOf({ id, hash }));
      sample.offer(comparison);
    }
    after = items.at(-1)!.key;
    const compared = comparisons.filter(({ hash }) => hash !== null).length;
    yield { at: { collection: VECTORS, after }, compared, digest, ...found };
  }
  signal?.throwIfAborted();
  const { agreement, ...found } = await reviewNeighbours(options, sample, waitFor);
  yield { at: { collection: VECTORS, after }, compared: 0, digest, agreement, ...found };
}

interface ReviewedVectors {
  readonly comparisons: readonly VectorComparison[];
  readonly mismatches: readonly Mismatch[];
  readonly repaired: readonly Mismatch[];
}

/** What is wrong twice is a mismatch: at first, the index may just be working on these memories. */
async function review(options: Options, stored: readonly Memory[], waitFor: WaitFor): Promise<ReviewedVectors> {
  const comparisons = await compareStoredVectors(options, stored);
  const suspects = mismatchesOf(comparisons).map(({ recordId }) => recordId);
  if (suspects.length === 0) return { comparisons, mismatches: [], repaired: [] };
  // Until then, what the index has may be of earlier contents: those vectors are pending.
  if (!(await waitFor([])))
    return { comparisons: comparisons.filter(({ mismatch }) => !mismatch), mismatches: [], repaired: [] };
  const again = await compareVectors(options, suspects);
  const found = mismatchesOf(again);
  const renewed = options.repair
    ? await renew(options, found, waitFor)
    : { comparisons: [], mismatches: found, repaired: [] };
  const last = new Map([...comparisons, ...again, ...renewed.comparisons].map((each) => [each.id, each]));
  return { ...renewed, comparisons: [...last.values()] };
}

const mismatchesOf = (comparisons: readonly VectorComparison[]): readonly Mismatch[] =>
  comparisons.flatMap(({ mismatch }) => mismatch ?? []);

/** Has vectors made again, and compares them again. One that isn't made in time is pending: neither wrong nor repaired. */
async function renew(options: Options, found: readonly Mismatch[], waitFor: WaitFor): Promise<ReviewedVectors> {
  if (found.length === 0) return { comparisons: [], mismatches: [], repaired: [] };
  const ids = found.map(({ recordId }) => recordId);
  await options.target.search.renew(ids);
  const isApplied = await waitFor(ids);
  const comparisons = await compareVectors(options, ids);
  const sound = new Set(comparisons.flatMap(({ id, hash, mismatch }) => (hash !== null && !mismatch ? [id] : [])));
  return {
    comparisons,
    mismatches: isApplied ? mismatchesOf(comparisons) : [],
    repaired: found.filter(({ recordId }) => sound.has(recordId)),
  };
}

async function reviewNeighbours(options: Options, sample: NeighbourSample, waitFor: WaitFor) {
  const sides: VectorSides = options;
  const first = await checkNeighbours(sides, sample);
  if (first.mismatches.length === 0) return { ...first, repaired: [] };
  const again = await checkNeighbours(sides, sample);
  if (!options.repair || again.mismatches.length === 0) return { ...again, repaired: [] };
  const { repaired } = await renew(options, again.mismatches, waitFor);
  const last = await checkNeighbours(sides, sample);
  const remaining = new Set(last.mismatches.map(({ recordId }) => recordId));
  return { ...last, repaired: repaired.filter(({ recordId }) => !remaining.has(recordId)) };
}

// — waiting for the target's index —

/**
 * Waits until the target's index has applied the log as of the call and none of these memories waits for its vector;
 * hundreds of others may. @returns whether the log is applied: it doesn't wait forever
 */
type WaitFor = (ids: readonly string[]) => Promise<boolean>;

/** All its waits together take at most `patienceMs`. */
function createWaitFor({ target: { store, search }, signal, patienceMs = PATIENCE_MS }: Options): WaitFor {
  let left = patienceMs;
  return async (ids) => {
    const end = performance.now() + left;
    const { seq } = await store.log.head();
    for (;;) {
      signal?.throwIfAborted();
      // Asking makes it catch up, and waits for that briefly when it isn't far behind.
      const states = await search.embeddings(ids);
      const head = await store.log.head();
      const isApplied = head.seq - (await search.counts()).lag >= seq;
      left = Math.max(0, end - performance.now());
      if (left === 0 || (isApplied && states.every((status) => status?.state !== 'PENDING'))) return isApplied;
      await delay(POLL_MS);
    }
  };
}
