import { describe, expect, it } from 'vitest';
import { createInt8Matrix } from '../../../src/search/vectors/int8-matrix.js';
import { cosine } from '../../../src/util/vectors.js';

/** A vector in the plane, this many degrees from the query. */
const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
const QUERY = at(0);

function filled(...degrees: readonly number[]) {
  const matrix = createInt8Matrix(2);
  for (const each of degrees) matrix.add(each, each + 1_000, at(each));
  return matrix;
}

describe('a matrix', () => {
  it('returns the nearest rows, best first, with their owners', () => {
    const found = filled(80, 10, 40).nearest(QUERY, 2);
    expect(found.map(({ row, owner }) => [row, owner])).toEqual([
      [10, 1_010],
      [40, 1_040],
    ]);
  });

  it('returns all rows when more are requested, and none when there are none', () => {
    expect(filled(10, 20).nearest(QUERY, 100)).toHaveLength(2);
    expect(filled().nearest(QUERY, 100)).toEqual([]);
    expect(filled(10).nearest(QUERY, 10, [])).toEqual([]);
  });

  it('compares only the given rows, and skips unknown ones', () => {
    const rows = filled(10, 20, 30, 40).nearest(QUERY, 10, [40, 77, 20]);
    expect(rows.map(({ row }) => row)).toEqual([20, 40]);
  });

  it('keeps every row in its place when others are removed, in any order', () => {
    const matrix = filled(10, 20, 30, 40, 50);
    matrix.remove(20);
    expect(matrix.nearest(QUERY, 9).map(({ row }) => row)).toEqual([10, 30, 40, 50]);
    expect(matrix.nearest(QUERY, 9, [50]).map(({ row, owner }) => [row, owner])).toEqual([[50, 1_050]]);
    expect(matrix.nearest(QUERY, 9, [20])).toEqual([]);
    matrix.remove(50);
    matrix.remove(50);
    matrix.remove(10);
    expect(matrix.size).toBe(2);
    expect(matrix.nearest(QUERY, 9).map(({ row }) => row)).toEqual([30, 40]);
    matrix.add(60, 1_060, at(60));
    expect(matrix.nearest(QUERY, 9).map(({ row }) => row)).toEqual([30, 40, 60]);
  });

  it('is empty once it is cleared', () => {
    const matrix = filled(10, 20);
    matrix.clear();
    expect(matrix.size).toBe(0);
    expect(matrix.nearest(QUERY, 9)).toEqual([]);
  });

  it.each([8, 384, 1_024])('knows similarities in %i dimensions to within the margin', (dimensions) => {
    let state = 42;
    const noise = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647 - 0.5;
    };
    const random = () => Float32Array.from({ length: dimensions }, noise);
    const vectors = Array.from({ length: 200 }, random);
    const matrix = createInt8Matrix(dimensions);
    vectors.forEach((vector, row) => {
      matrix.add(row, row, vector);
    });
    const query = random();
    for (const { row, similarity, margin } of matrix.nearest(query, 200)) {
      expect(Math.abs(similarity - cosine(vectors[row]!, query))).toBeLessThan(margin);
    }
  });

  it.each([384, 1_024])('counts right where every one of %i products is as large as can be', (dimensions) => {
    const even = new Float32Array(dimensions).fill(0.1);
    const matrix = createInt8Matrix(dimensions);
    matrix.add(1, 1, even);
    matrix.add(
      2,
      2,
      even.map((value) => -value),
    );
    const [same, opposite] = matrix.nearest(even, 2);
    expect(same).toMatchObject({ row: 1, similarity: expect.closeTo(1, 6) });
    expect(opposite).toMatchObject({ row: 2, similarity: expect.closeTo(-1, 6) });
  });

  it('gives a zero vector a similarity of 0', () => {
    const matrix = filled(0);
    matrix.add(7, 7, new Float32Array(2));
    expect(matrix.nearest(QUERY, 2).map(({ row, similarity }) => [row, similarity])).toEqual([
      [0, expect.closeTo(1, 6)],
      [7, expect.closeTo(0, 6)],
    ]);
  });
});
