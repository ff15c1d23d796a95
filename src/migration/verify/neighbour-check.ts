import type { HeldMemory } from '../../search/vectors/vector-index.js';
import { dot } from '../../util/vectors.js';
import type { Mismatch } from '../transfer/compare.js';
import { digestOf } from '../transfer/digest.js';
import type { VectorComparison, VectorSides } from './compare-vectors.js';

/** A sample of all memories, spread evenly; chosen by their ids alone, so that it is the same each time. */
export interface NeighbourSample {
  offer(comparison: VectorComparison): void;
  readonly ids: readonly string[];
}

/** Memories in a sample, and how many of them are queries for their nearest neighbours. */
const SIZE = 200;
const QUERIES = 20;
/** Memories with more passages are left out: the vectors of the whole sample are held at once. */
const MAX_PASSAGES = 16;
/** How many nearest neighbours are compared. */
const NEAREST = 10;
/** How far the similarity of two vectors may differ between the sides: cosines of float32. */
const TOLERANCE = 1e-3;

export function createNeighbourSample(): NeighbourSample {
  const chosen: { readonly id: string; readonly rank: string }[] = [];
  return {
    offer({ id, passages }) {
      if (passages === 0 || passages > MAX_PASSAGES) return;
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

export interface NeighbourCheck {
  /** The share of the nearest neighbours on one side that are nearest on the other, 0 to 1; null when there are too few to tell. */
  readonly agreement: number | null;
  /** With the same model: memories whose similarity in the target's index isn't that of their vectors. */
  readonly mismatches: readonly Mismatch[];
}

/**
 * Compares the nearest neighbours of sampled memories: at the target as its index answers, at the source by its vectors.
 * With the same model, the index's answers are also checked against the vectors it holds.
 */
export async function checkNeighbours(sides: VectorSides, sample: NeighbourSample): Promise<NeighbourCheck> {
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

/** Both sides' vectors of the memories whose content is the same on both. */
async function pairsOf({ source, target }: VectorSides, ids: readonly string[]): Promise<readonly Pair[]> {
  const [ours, theirs] = await Promise.all([source.search.vectors.get(ids), target.search.vectors.get(ids)]);
  return ids.flatMap((id, index) => {
    const [one, other] = [ours[index], theirs[index]];
    const isPair = one && other && one.hash === other.hash && one.vectors.length > 0 && other.vectors.length > 0;
    return isPair ? [{ id, source: one, target: other }] : [];
  });
}

/** The cosine similarity to the nearest passage. */
function similarity(query: Float32Array, { vectors }: HeldMemory): number {
  return Math.max(...vectors.map(({ vector }) => dot(vector, query)));
}

function fault(expected: number, theirs: number | null, query: string): string | null {
  if (theirs === null) return "The target's index has its vector but doesn't find it.";
  if (Math.abs(expected - theirs) <= TOLERANCE) return null;
  return `The index finds it at a similarity of ${theirs.toFixed(4)} to ${query}; by its vectors it is ${expected.toFixed(4)}.`;
}

/** The share of the nearest on one side that are among the nearest on the other. Equally near ones may change places. */
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
