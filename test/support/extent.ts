import { inject } from 'vitest';

/** How much is run: `quick` proves each promise once; `all` adds the cases that are rare, take long, or repeat. */
export type Extent = 'quick' | 'all';

/** The quick cases of a test, and in a run of everything the others too. */
export function cases<T>(quick: readonly T[], others: readonly T[]): readonly T[] {
  return inject('extent') === 'all' ? [...quick, ...others] : quick;
}

/** How often, or how large, in each run. */
export function amount(of: { readonly quick: number; readonly all: number }): number {
  return of[inject('extent')];
}
