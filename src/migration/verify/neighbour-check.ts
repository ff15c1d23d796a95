import type { HeldMemory } from '../../search/vectors/vector-index.js';
import { dot } from '../../util/vectors.js';
import type { Mismatch } from '../transfer/compare.js';
import { digestOf } from '../transfer/digest.js';
import type { VectorComparison, VectorSides } from './compare-vectors.js';

/** Some of all memories, chosen by their ids alone: the same ones each time, spread over the whole. */
export interface Sample {
  offer(look: VectorComparison): void;
  readonly ids: readonly string[];
}

/** How many memories are in a sample, and how many of them are looked for the others nearest to them. */
const SIZE = 200;
const QUERIES = 20;
/** A memory in more passages isn't taken: the vectors of the whole sample are held at once. */
const MOST_PASSAGES = 16;
/** How many neighbours count. */
const NEAREST = 10;
/** How far the similarity of the same two vectors may be from one side to the other: cosines of float32. */
const TOLERANCE = 1e-3;

export function createSample(): Sample {
  const chosen: { readonly id: string; readonly rank: string }[] = [];
  return {
    offer({ id, passages }) {
      if (passages === 0 || passages > MOST_PASSAGES) return;
      const rank = digestOf({ id });
      if (chosen.length === SIZE && rank >= chosen.at(-1)!.rank) return;
      const after = chosen.findIndex((each) => rank < each.rank);
      chosen.splice(after < 0 ? chosen.length : after, 0, { id, rank });
      chosen.length = Math.min(chosen.length, SIZE);
    },
    get ids() {
      return chosen.map(({ id }) => id);
    },
  };
}

export interface Agreement {
  /** Of the nearest neighbours on one side, how many are so on the other, 0 to 1; null when there are too few to tell. */
  readonly agreement: number | null;
  /** With the same model: memories that the target's index doesn't find as near as by their vectors. */
  readonly mismatches: readonly Mismatch[];
}

/**
 * Compares which memories of a sample are near to which: at the target as its index answers, at the source by its vectors.
 * With the same model the index's answers are also held against the vectors that it says it has.
 */
export async function agreementOf(sides: VectorSides, sample: Sample): Promise<Agreement> {
  const pairs = await pairsOf(sides, sample.ids);
  if (pairs.length < 2) return { agreement: null, mismatches: [] };
  const found = new Map<string, Mismatch>();
  let agreed = 0;
  const queries = pairs.slice(0, QUERIES);
  for (const query of queries) {
    const others = pairs.filter((pair) => pair !== query);
    const ours = others.map(({ source }) => similarity(query.source.vectors[0]!.vector, source));
    const asked = query.target.vectors[0]!.vector;
    const hits = await sides.target.search.vectors.compare(
      asked,
      others.map(({ id }) => id),
    );
    const theirs = hits.map((hit) => hit?.similarity ?? null);
    agreed += overlap(ours, theirs);
    if (!sides.isSameModel) continue;
    for (const [index, { id }] of others.entries()) {
      const reason = fault(similarity(asked, others[index]!.target), theirs[index]!, query.id);
      if (reason) found.set(id, { collection: 'vectors', recordId: id, differing: ['neighbours'], reason });
    }
  }
  return { agreement: agreed / queries.length, mismatches: [...found.values()] };
}

interface Pair {
  readonly id: string;
  readonly source: HeldMemory;
  readonly target: HeldMemory;
}

/** Both sides' vectors of those that are the same content on both. */
async function pairsOf({ source, target }: VectorSides, ids: readonly string[]): Promise<readonly Pair[]> {
  const [ours, theirs] = await Promise.all([source.search.vectors.get(ids), target.search.vectors.get(ids)]);
  return ids.flatMap((id, index) => {
    const [one, other] = [ours[index], theirs[index]];
    const isPair = one && other && one.hash === other.hash && one.vectors.length > 0 && other.vectors.length > 0;
    return isPair ? [{ id, source: one, target: other }] : [];
  });
}

/** Cosine of the angle to the nearest passage. */
function similarity(query: Float32Array, { vectors }: HeldMemory): number {
  return Math.max(...vectors.map(({ vector }) => dot(vector, query)));
}

function fault(expected: number, theirs: number | null, query: string): string | null {
  if (theirs === null) return "The target's index has its vector and doesn't find it.";
  if (Math.abs(expected - theirs) <= TOLERANCE) return null;
  return `It is found as near to ${query} as ${theirs.toFixed(4)}, and by its vectors it is as near as ${expected.toFixed(4)}.`;
}

/** How many of the nearest on one side are among the nearest on the other. Those that are equally near may change places. */
function overlap(ours: readonly number[], theirs: readonly (number | null)[]): number {
  const count = Math.min(NEAREST, ours.length);
  const near = (values: readonly (number | null)[]) => {
    const least = [...values].map((value) => value ?? -2).sort((a, b) => b - a)[count - 1]!;
    return (index: number) => (values[index] ?? -2) >= least - TOLERANCE;
  };
  const [isNearOurs, isNearTheirs] = [near(ours), near(theirs)];
  const nearest = ours
    .map((value, index) => ({ value, index }))
    .sort((a, b) => b.value - a.value)
    .slice(0, count);
  return nearest.filter(({ index }) => isNearOurs(index) && isNearTheirs(index)).length / count;
}
