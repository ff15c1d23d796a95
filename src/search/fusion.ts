/**
 * Reciprocal rank fusion: what stands high in several rankings comes first, whatever their scales. k is that of Cormack,
 * Clarke and Büttcher (SIGIR 2009).
 */
const K = 60;

export interface Fused {
  readonly id: string;
  /** 0 to 1: 1 for what is first in every ranking. */
  readonly score: number;
}

/** Best first; where two are equally good, the one of the earlier ranking. */
export function fuse(rankings: readonly (readonly string[])[]): readonly Fused[] {
  const sums = new Map<string, number>();
  for (const ranking of rankings) {
    ranking.forEach((id, index) => {
      sums.set(id, (sums.get(id) ?? 0) + 1 / (K + index + 1));
    });
  }
  const best = rankings.length / (K + 1);
  return [...sums].map(([id, sum]) => ({ id, score: sum / best })).sort((a, b) => b.score - a.score);
}
