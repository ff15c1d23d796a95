import type { RoughMatch } from './int8-matrix.js';

/** A passage's exact similarity to the query. */
export interface Weighed {
  readonly similarity: number;
  readonly start: number;
  readonly end: number;
}

export interface Ranked extends Weighed {
  readonly owner: number;
}

/** The best passage of each of the best memories (owners), from candidates whose similarity is only known roughly. */
export interface Ranking {
  /** Whether it has as many owners as wanted. */
  readonly isFull: boolean;
  /**
   * Weighs candidates, best first, as long as they can matter. Returns whether the ranking is settled: nothing that isn't
   * nearer than `last` can change it.
   */
  take(candidates: readonly RoughMatch[], last?: RoughMatch | undefined): boolean;
  best(): readonly Ranked[];
}

/** How many candidates are weighed between checks whether that was enough. */
const WEIGHED_AT_ONCE = 16;

/** A ranking of up to `limit` owners. `weigh` returns null for a row that is gone. */
export function createRanking(limit: number, weigh: (row: number) => Weighed | null): Ranking {
  const byOwner = new Map<number, Ranked>();
  const seen = new Set<number>();
  let threshold = Number.NEGATIVE_INFINITY;

  const best = (): readonly Ranked[] =>
    [...byOwner.values()].sort((a, b) => b.similarity - a.similarity || b.owner - a.owner).slice(0, limit);

  /** Whether a candidate can't be among the best, even at the upper end of its margin. */
  const isBeyond = ({ similarity, margin }: RoughMatch): boolean => similarity + margin <= threshold;

  function consider({ row, owner, similarity, margin }: RoughMatch): void {
    if (seen.has(row)) return;
    seen.add(row);
    const known = byOwner.get(owner);
    if (known && similarity + margin <= known.similarity) return;
    const weighed = weigh(row);
    if (weighed && (!known || weighed.similarity > known.similarity)) byOwner.set(owner, { ...weighed, owner });
  }

  function take(candidates: readonly RoughMatch[], last = candidates.at(-1)): boolean {
    for (let from = 0; from < candidates.length && !isBeyond(candidates[from]!); from += WEIGHED_AT_ONCE) {
      candidates.slice(from, from + WEIGHED_AT_ONCE).forEach(consider);
      if (byOwner.size >= limit) threshold = best().at(-1)!.similarity;
    }
    return last !== undefined && isBeyond(last);
  }

  return {
    get isFull() {
      return byOwner.size >= limit;
    },
    take,
    best,
  };
}
