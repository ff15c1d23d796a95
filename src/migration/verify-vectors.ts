import { setTimeout as delay } from 'node:timers/promises';
import type { Memory } from '../domain/memory.js';
import type { Mismatch } from './compare.js';
import { digestOf, digestWith, NO_DIGEST } from './digest.js';
import { agreementOf, createSample, type Sample } from './neighbours.js';
import { pagesOf, readAhead, withRests } from './pages.js';
import { documentsAsOf, memoriesStrand } from './strand.js';
import { examineVectors, type VectorLook, type VectorSides } from './vector-look.js';
import type { VerifyOptions, VerifyStep } from './verify.js';

/** The name that vectors go by among the collections. */
export const VECTORS = 'vectors';

/** How many memories' vectors are compared at a time: long ones have hundreds each. */
const PAGE = 32;
/** How often an index that is behind is asked how far it is, in ms. */
const LOOK_MS = 20;

type Options = Omit<VerifyOptions, 'catchUp' | 'isRejected'>;

/**
 * Compares the vectors of all live memories that the target has; then, on a sample, which memories are near to which. One
 * that is pending is no mismatch.
 */
export async function* verifyVectors(options: Options): AsyncGenerator<VerifyStep> {
  const { source, target, from, bound, rest, signal } = options;
  const sample = createSample();
  const { seq } = await source.store.log.head();
  const memories = documentsAsOf(source.store, seq, bound).filter(({ name }) => name === memoriesStrand.name);
  let digest = from?.digest || NO_DIGEST;
  let after = from?.after ?? null;
  for await (const { items } of readAhead(withRests(pagesOf(target.store, memories, after, PAGE), rest))) {
    signal?.throwIfAborted();
    const live = items.filter(({ value }) => (value as Memory).deletedAt === null).map(({ key }) => key);
    const { looks, ...found } = await review(options, live);
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
  const { agreement, ...found } = await reviewNeighbours(options, sample);
  yield { at: { collection: VECTORS, after }, compared: 0, digest, agreement, ...found };
}

interface Reviewed {
  readonly looks: readonly VectorLook[];
  readonly mismatches: readonly Mismatch[];
  readonly repaired: readonly Mismatch[];
}

/** What is wrong with these memories' vectors at two looks is, since the index may be at work on them at the first. */
async function review(options: Options, ids: readonly string[]): Promise<Reviewed> {
  const looks = await examineVectors(options, ids);
  const suspects = wrong(looks).map(({ recordId }) => recordId);
  if (suspects.length === 0) return { looks, mismatches: [], repaired: [] };
  await heardAll(options);
  const again = await examineVectors(options, suspects);
  const found = wrong(again);
  const renewed = await renew(
    options,
    found.map(({ recordId }) => recordId),
  );
  const last = new Map([...looks, ...again, ...renewed].map((look) => [look.id, look]));
  return { looks: [...last.values()], ...sorted(found, wrong(renewed), options) };
}

/** Waits until the target's index has applied its log: before, what it has may be of earlier contents. */
async function heardAll({ target: { search }, signal }: Options): Promise<void> {
  while ((await search.counts()).lag > 0) {
    signal?.throwIfAborted();
    // Asking for anything makes it catch up, and waits for that a while when it isn't far behind.
    await search.embeddings([]);
    await delay(LOOK_MS);
  }
}

const wrong = (looks: readonly VectorLook[]): readonly Mismatch[] => looks.flatMap(({ mismatch }) => mismatch ?? []);

/** Has vectors made anew, when that was asked for, and looks at them again. */
async function renew({ target, repair, signal, ...sides }: Options, ids: readonly string[]) {
  if (!repair || ids.length === 0) return [];
  await target.search.renew(ids);
  await target.search.settled(signal);
  return examineVectors({ target, ...sides }, ids);
}

/** Which of the mismatches stay. */
function sorted(found: readonly Mismatch[], left: readonly Mismatch[], { repair }: Options) {
  if (!repair) return { mismatches: found, repaired: [] };
  const stay = new Set(left.map(({ recordId }) => recordId));
  return { mismatches: left, repaired: found.filter(({ recordId }) => !stay.has(recordId)) };
}

async function reviewNeighbours(options: Options, sample: Sample) {
  const sides: VectorSides = options;
  const first = await agreementOf(sides, sample);
  if (first.mismatches.length === 0) return { ...first, repaired: [] };
  const again = await agreementOf(sides, sample);
  if (!options.repair || again.mismatches.length === 0) return { ...again, repaired: [] };
  await renew(
    options,
    again.mismatches.map(({ recordId }) => recordId),
  );
  const last = await agreementOf(sides, sample);
  return { agreement: last.agreement, ...sorted(again.mismatches, last.mismatches, options) };
}
