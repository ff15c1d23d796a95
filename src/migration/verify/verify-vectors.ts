import { setTimeout as delay } from 'node:timers/promises';
import type { Memory } from '../../domain/memory.js';
import type { Mismatch } from '../transfer/compare.js';
import { digestOf, digestWith, NO_DIGEST } from '../transfer/digest.js';
import { pagesOf, readAhead, withRests } from '../transfer/pages.js';
import { documentsAsOf, memoryStream } from '../transfer/record-stream.js';
import { examineRead, examineVectors, type VectorComparison, type VectorSides } from './compare-vectors.js';
import { agreementOf, createSample, type Sample } from './neighbour-check.js';
import type { VerifyOptions, VerifyStep } from './verify.js';

/** The name that vectors go by among the collections. */
export const VECTORS = 'vectors';

/** How many memories' vectors are compared at a time; fewer of long ones, which have hundreds each. */
const PAGE = 128;
/** How often an index that is behind is asked how far it is, in ms. */
const LOOK_MS = 20;
/** So long it is waited for in all, in ms, unless it is said otherwise. */
const PATIENCE_MS = 10_000;

type Options = Omit<VerifyOptions, 'catchUp' | 'isRejected'>;

/**
 * Compares the vectors of all live memories that the target has; then, on a sample, which memories are near to which. One
 * that is pending is no mismatch.
 */
export async function* verifyVectors(options: Options): AsyncGenerator<VerifyStep> {
  const { source, target, from, bound, rest, signal } = options;
  const sample = createSample();
  const waitFor = createWaitFor(options);
  const { seq } = await source.store.log.head();
  const memories = documentsAsOf(source.store, seq, bound).filter(({ name }) => name === memoryStream.name);
  let digest = from?.digest || NO_DIGEST;
  let after = from?.after ?? null;
  for await (const { items } of readAhead(withRests(pagesOf(target.store, memories, after, PAGE), rest))) {
    signal?.throwIfAborted();
    const live = items.map(({ value }) => value as Memory).filter(({ deletedAt }) => deletedAt === null);
    const { looks, ...found } = await review(options, live, waitFor);
    for (const look of looks) {
      if (look.hash === null) continue;
      digest = digestWith(digest, digestOf({ id: look.id, hash: look.hash }));
      sample.offer(look);
    }
    after = items.at(-1)!.key;
    const compared = looks.filter(({ hash }) => hash !== null).length;
    yield { at: { collection: VECTORS, after }, compared, digest, ...found };
  }
  signal?.throwIfAborted();
  const { agreement, ...found } = await reviewNeighbours(options, sample, waitFor);
  yield { at: { collection: VECTORS, after }, compared: 0, digest, agreement, ...found };
}

interface Reviewed {
  readonly looks: readonly VectorComparison[];
  readonly mismatches: readonly Mismatch[];
  readonly repaired: readonly Mismatch[];
}

/** What is wrong with these memories' vectors at two looks is, since the index may be at work on them at the first. */
async function review(options: Options, stored: readonly Memory[], waitFor: WaitFor): Promise<Reviewed> {
  const ids = stored.map(({ id }) => id);
  const looks = await examineRead(options, stored, ids);
  const suspects = wrong(looks).map(({ recordId }) => recordId);
  if (suspects.length === 0) return { looks, mismatches: [], repaired: [] };
  // Before, what it has may be of earlier contents: those are pending.
  if (!(await waitFor([]))) return { looks: looks.filter(({ mismatch }) => !mismatch), mismatches: [], repaired: [] };
  const again = await examineVectors(options, suspects);
  const found = wrong(again);
  const renewed = options.repair
    ? await renew(options, found, waitFor)
    : { looks: [], mismatches: found, repaired: [] };
  const last = new Map([...looks, ...again, ...renewed.looks].map((look) => [look.id, look]));
  return { ...renewed, looks: [...last.values()] };
}

const wrong = (looks: readonly VectorComparison[]): readonly Mismatch[] =>
  looks.flatMap(({ mismatch }) => mismatch ?? []);

/** Has vectors made again, and looks at them again. What isn't there in time is pending: neither wrong nor repaired. */
async function renew(options: Options, found: readonly Mismatch[], waitFor: WaitFor): Promise<Reviewed> {
  if (found.length === 0) return { looks: [], mismatches: [], repaired: [] };
  const ids = found.map(({ recordId }) => recordId);
  await options.target.search.renew(ids);
  const hasHeard = await waitFor(ids);
  const looks = await examineVectors(options, ids);
  const sound = new Set(looks.flatMap(({ id, hash, mismatch }) => (hash !== null && !mismatch ? [id] : [])));
  return {
    looks,
    mismatches: hasHeard ? wrong(looks) : [],
    repaired: found.filter(({ recordId }) => sound.has(recordId)),
  };
}

async function reviewNeighbours(options: Options, sample: Sample, waitFor: WaitFor) {
  const sides: VectorSides = options;
  const first = await agreementOf(sides, sample);
  if (first.mismatches.length === 0) return { ...first, repaired: [] };
  const again = await agreementOf(sides, sample);
  if (!options.repair || again.mismatches.length === 0) return { ...again, repaired: [] };
  const { repaired } = await renew(options, again.mismatches, waitFor);
  const last = await agreementOf(sides, sample);
  const stay = new Set(last.mismatches.map(({ recordId }) => recordId));
  return { ...last, repaired: repaired.filter(({ recordId }) => !stay.has(recordId)) };
}

// — waiting for the target's index —

/**
 * Waits until the target's index has applied what its log had, and none of these memories waits for its vector; of others,
 * hundreds may. Says whether the log is applied: it doesn't wait for ever.
 */
type WaitFor = (ids: readonly string[]) => Promise<boolean>;

/** How long its waits take in all, in ms. */
function createWaitFor({ target: { store, search }, signal, patienceMs = PATIENCE_MS }: Options): WaitFor {
  let left = patienceMs;
  return async (ids) => {
    const end = performance.now() + left;
    const { seq } = await store.log.head();
    for (;;) {
      signal?.throwIfAborted();
      // Asking makes it catch up, and waits for that a while when it isn't far behind.
      const states = await search.embeddings(ids);
      const head = await store.log.head();
      const hasHeard = head.seq - (await search.counts()).lag >= seq;
      left = Math.max(0, end - performance.now());
      if (left === 0 || (hasHeard && states.every((status) => status?.state !== 'PENDING'))) return hasHeard;
      await delay(LOOK_MS);
    }
  };
}
