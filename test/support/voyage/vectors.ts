/** The most dimensions that a model has. */
const LONGEST = 2048;
const directions = new Map<string, Float32Array>();

/** A vector of unit length: the sum of a direction for each word, so that texts with words in common are near. */
export function embed(text: string, dimensions: number): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]{1,64}/gu) ?? [text.slice(0, 64)]) {
    const direction = directionOf(word);
    for (let i = 0; i < dimensions; i++) sum[i]! += direction[i]!;
  }
  const length = Math.hypot(...sum);
  return sum.map((value) => value / length);
}

/** The same for the same word, and nearly at right angles to every other's. */
function directionOf(word: string): Float32Array {
  let direction = directions.get(word);
  if (!direction) {
    let state = 2_166_136_261;
    for (let i = 0; i < word.length; i++) state = Math.imul(state ^ word.charCodeAt(i), 16_777_619);
    direction = Float32Array.from({ length: LONGEST }, () => {
      state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 1;
      return ((state ^ (state >>> 13)) & 1) === 0 ? 1 : -1;
    });
    if (directions.size < 10_000) directions.set(word, direction);
  }
  return direction;
}

/** Little-endian float32, as in the service's answers. */
export function base64(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
}
