import { inject } from 'vitest';

/** How much is run: `quick` proves each promise once; `all` adds the cases that are rare, take long, or repeat. */
export type Extent = 'quick' | 'all';

/** The quick cases of a test, and in a full run the others too. */
export function cases<T>(quick: readonly T[], others: readonly T[]): readonly T[] {
  return inject('extent') === 'all' ? [...quick, ...others] : quick;
}

/** How often, or how large, in a quick and in a full run: in the latter at least as much. */
export function amount(of: { readonly quick: number; readonly all: number }): number {
  if (of.quick > of.all)
    throw new Error(`The quick run would do more (${of.quick}) than the run of everything (${of.all}).`);
  return of[inject('extent')];
}
