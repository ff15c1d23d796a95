import { describe, expect, it } from 'vitest';
import { equalsFilter } from '../../../src/storage/mongodb/query/equals.js';

/** Every literal value in an expression. */
function literalsOf(expression: unknown): unknown[] {
  if (typeof expression !== 'object' || expression === null) return [];
  return Object.entries(expression).flatMap(([key, each]) => (key === '$literal' ? [each] : literalsOf(each)));
}

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

// SecantusDB compares embedded documents whatever the order of their keys, and MongoDB doesn't: answers alone can't show it.
describe("a filter by JSON, as MongoDB's server takes it", () => {
  it('compares no object as a whole, since servers heed the order of its keys', () => {
    const wanted = { b: [{ c: 1, a: { d: null } }, 2], list: [1, [2, 'x']], none: {}, empty: [{}] };
    const literals = literalsOf(equalsFilter(['metadata', 'v'], wanted));
    expect(literals).toEqual([1, null, 2, [1, [2, 'x']]]);
  });

  it('stays within the 100 levels that servers take', () => {
    const deepest = Array.from({ length: 15 }).reduce<object>((inner) => [{ inner }], { b: [[]] });
    const flat = Array.from({ length: 30 }).reduce<[]>((inner) => [inner] as unknown as [], []);
    expect(levelsOf(equalsFilter(['metadata', 'v'], deepest as never))).toBeLessThan(90);
    expect(levelsOf(equalsFilter(['metadata', 'v'], flat))).toBeLessThan(90);
  });
});
