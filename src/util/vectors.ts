/** The dot product of two vectors of the same dimensions. A plain loop: a callback for each number is many times slower. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}

/** Cosine of the angle between two vectors of the same dimensions; 0 when one has no direction. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  for (let index = 0; index < a.length; index += 1) {
    const x = a[index]!;
    const y = b[index]!;
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  const norm = Math.sqrt(squareA * squareB);
  return norm === 0 ? 0 : Math.max(-1, Math.min(1, product / norm));
}

/** The cosine of vectors of unit length, at a third of the cost; rounding never takes it beyond -1 and 1. */
export function unitCosine(a: Float32Array, b: Float32Array): number {
  return Math.max(-1, Math.min(1, dot(a, b)));
}
