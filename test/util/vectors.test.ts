import { expect, it } from 'vitest';
import { cosine, dot, unitCosine } from '../../src/util/vectors.js';

const vector = (...numbers: number[]) => Float32Array.from(numbers);

it('multiplies two vectors', () => {
  expect(dot(vector(1, 2, 3), vector(4, 5, 6))).toBe(32);
});

it('says how alike two directions are, whatever the lengths', () => {
  expect(cosine(vector(2, 0), vector(0, 3))).toBe(0);
  expect(cosine(vector(2, 2), vector(-5, -5))).toBe(-1);
  expect(cosine(vector(0, 0), vector(1, 0))).toBe(0);
});

it('keeps the cosine of unit vectors between -1 and 1', () => {
  const long = vector(0.8, 0.600_001);
  expect(dot(long, long)).toBeGreaterThan(1);
  expect(unitCosine(long, long)).toBe(1);
});
