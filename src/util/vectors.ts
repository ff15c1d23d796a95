/** The dot product of two vectors of the same dimensions. A plain loop: a callback for each number holds others up. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}
