/** Texts and vectors that are the same in every run. */

/** A small generator of numbers from 0 to 1 (mulberry32), so that runs can be compared. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SYLLABLES = 'ba ce di fo gu ha ki lo mu na pe qui ro su ta ve wi xo ya zu'.split(' ');
const WORDS = Array.from(
  { length: 8_000 },
  (_, index) => SYLLABLES[index % 20]! + SYLLABLES[Math.floor(index / 20) % 20]! + SYLLABLES[Math.floor(index / 400)]!,
);

/** A text with words in natural frequencies (Zipf's law): the n-th occurs 1/n as often as the first. */
export function text(random: () => number, length: number): string {
  return Array.from({ length }, () => WORDS[Math.floor(WORDS.length ** random()) - 1] ?? WORDS[0]).join(' ');
}

/** Words that occur in few texts. */
export function rareWords(random: () => number, count: number): string {
  return Array.from({ length: count }, () => WORDS[3_000 + Math.floor(random() * 5_000)]).join(' ');
}

/** Vectors of unit length around some centres, as those of real texts are. */
export function createVectors(random: () => number, dimensions: number): () => Float32Array {
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: 64 }, () => Float32Array.from({ length: dimensions }, gauss));
  return () => {
    const centre = centres[Math.floor(random() * centres.length)]!;
    const vector = centre.map((value) => value + gauss());
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  };
}
