import { createRequire } from 'node:module';

/**
 * Vectors in memory as 8-bit integers, a quarter of the size of float32, searched by brute force. For exact similarities,
 * take more candidates than needed, as their margin demands, and rescore them in float32.
 */
export interface Int8Matrix {
  readonly size: number;
  /** Adds a row. `owner`: the row of its memory. */
  add(row: number, owner: number, vector: Float32Array): void;
  /** Removes a row. An unknown one is no error. */
  remove(row: number): void;
  clear(): void;
  /** The rows nearest to the vector, best first, of all rows or of those in `among` (unknown ones are ignored). */
  nearest(vector: Float32Array, count: number, among?: readonly number[]): readonly RoughMatch[];
}

export interface RoughMatch {
  readonly row: number;
  readonly owner: number;
  /** Cosine similarity, to within the margin. */
  readonly similarity: number;
  readonly margin: number;
}

/** What the largest component of a vector is scaled to. */
const SCALE = 127;
/**
 * The margin for vectors of unit length, as a multiple of their largest component. Rounding has a standard deviation of 1/√12
 * of a step in both vectors, and a step is the largest component / 127. Four times that: one similarity in 16,000 is off by
 * more.
 */
const MARGIN = (4 * Math.SQRT2) / Math.sqrt(12) / SCALE;
const FIRST_CAPACITY = 256;

type ExactSearch = (
  dataset: Int8Array,
  query: Int8Array,
  dimensions: number,
  count: number,
  metric: string,
  threads: number,
) => { readonly keys: BigUint64Array; readonly distances: Float32Array };
let exactSearch: ExactSearch | null = null;

/** usearch, loaded by the first search: a native library that many processes never need. */
function loadExactSearch(): ExactSearch {
  exactSearch ??= (createRequire(import.meta.url)('usearch') as { exactSearch: ExactSearch }).exactSearch;
  return exactSearch;
}

export function createInt8Matrix(dimensions: number): Int8Matrix {
  let data = new Int8Array(0);
  let peak = 0;
  let rows: number[] = [];
  let owners: number[] = [];
  let slots = new Map<number, number>();
  const slotData = (slot: number): Int8Array => data.subarray(slot * dimensions, (slot + 1) * dimensions);

  function add(row: number, owner: number, vector: Float32Array): void {
    const slot = rows.length;
    if ((slot + 1) * dimensions > data.length) {
      const grown = new Int8Array(Math.max(FIRST_CAPACITY, Math.ceil(slot * 1.5)) * dimensions);
      grown.set(data);
      data = grown;
    }
    peak = Math.max(peak, quantise(vector, slotData(slot)));
    rows.push(row);
    owners.push(owner);
    slots.set(row, slot);
  }

  /** Moves the last row into the removed one's place. */
  function remove(row: number): void {
    const slot = slots.get(row);
    if (slot === undefined) return;
    const last = rows.length - 1;
    slotData(slot).set(slotData(last));
    slotData(last).fill(0);
    rows[slot] = rows[last]!;
    owners[slot] = owners[last]!;
    slots.set(rows[slot]!, slot);
    slots.delete(row);
    rows.pop();
    owners.pop();
  }

  function gather(among: readonly number[]): { readonly part: Int8Array; readonly places: readonly number[] } {
    const places = among.map((row) => slots.get(row)).filter((slot) => slot !== undefined);
    const part = new Int8Array(places.length * dimensions);
    places.forEach((slot, index) => {
      part.set(slotData(slot), index * dimensions);
    });
    return { part, places };
  }

  function nearest(vector: Float32Array, count: number, among?: readonly number[]): readonly RoughMatch[] {
    const { part, places } = among ? gather(among) : { part: data.subarray(0, rows.length * dimensions), places: null };
    const size = part.length / dimensions;
    if (size === 0 || count < 1) return [];
    const query = new Int8Array(dimensions);
    const margin = MARGIN * Math.max(peak, quantise(vector, query));
    const { keys, distances } = loadExactSearch()(part, query, dimensions, Math.min(count, size), 'cos', 1);
    return Array.from(distances, (distance, index) => {
      const key = Number(keys[index]);
      const slot = places ? places[key]! : key;
      return { row: rows[slot]!, owner: owners[slot]!, similarity: 1 - distance, margin };
    });
  }

  return {
    get size() {
      return rows.length;
    },
    add,
    remove,
    clear() {
      data = new Int8Array(0);
      peak = 0;
      rows = [];
      owners = [];
      slots = new Map();
    },
    nearest,
  };
}

/** Scales a vector to 8 bits. Returns its largest component as a share of its length. */
function quantise(vector: Float32Array, into: Int8Array): number {
  let largest = 0;
  let square = 0;
  for (let index = 0; index < vector.length; index += 1) {
    const value = Math.abs(vector[index]!);
    if (value > largest) largest = value;
    square += value * value;
  }
  if (largest === 0) return 0;
  const scale = SCALE / largest;
  for (let index = 0; index < vector.length; index += 1) into[index] = Math.round(vector[index]! * scale);
  return largest / Math.sqrt(square);
}
