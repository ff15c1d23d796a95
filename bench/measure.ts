/** What every benchmark shares: how to time, how to compare in one run, and how a result is printed. */

/** One line of the table: a figure, as a ratio to a floor or a peer measured in the same run. */
export interface Row {
  readonly work: string;
  /** What was measured, such as `1,466/s` or `3.1 ms`. */
  readonly ours: string;
  readonly floor: string;
  /** Ours against the floor; for rates higher is better, for times lower. */
  readonly ratio: number;
  readonly goal: { readonly atLeast: number } | { readonly atMost: number } | null;
  readonly note?: string;
}

export type Bench = () => Promise<readonly Row[]>;

export function meetsGoal({ ratio, goal }: Row): boolean | null {
  if (!goal) return null;
  return 'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Runs of each side in turn, so that a noisy moment of the machine affects both. Returns the median of each side. */
export async function interleaved(
  rounds: number,
  sides: readonly (() => Promise<number>)[],
): Promise<readonly number[]> {
  const results: number[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, side] of sides.entries()) results[index]!.push(await side());
  }
  return results.map(median);
}

/** Work per second: `total` pieces of it by `workers` at once. */
export async function rate(workers: number, total: number, work: (index: number) => Promise<unknown>): Promise<number> {
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      for (let index = next++; index < total; index = next++) await work(index);
    }),
  );
  return (total / (performance.now() - start)) * 1_000;
}

/** Milliseconds of each run. */
export async function timed(runs: number, work: (index: number) => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    const start = performance.now();
    await work(index);
    times.push(performance.now() - start);
  }
  return times;
}

export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
