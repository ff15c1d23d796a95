import { nextTurn } from '../../util/async.js';
import { cosine, dot } from '../../util/vectors.js';
import type { IndexFile } from '../index/index-file.js';
import { startSlice } from '../index/time-slices.js';
import { createInt8Matrix, type Int8Matrix } from './int8-matrix.js';
import type { Weighed } from './ranking.js';
import type { PassageVector } from './vector-index.js';

/** One model's vectors in an index file, and their 8-bit form in memory. */
export interface VectorTable {
  readonly model: { readonly name: string; readonly dimensions: number };
  /** The vectors in memory, as of the last `sync`. */
  readonly matrix: Int8Matrix;
  /** Adds vectors of a memory's row that has none yet, in the caller's transaction. */
  add(memory: number, vectors: readonly PassageVector[]): void;
  /** Replaces the vectors of a memory's row, in the caller's transaction. */
  replace(memory: number, vectors: readonly PassageVector[]): void;
  /** Loads what any process has written to the file since the last call. */
  sync(): Promise<void>;
  /** The exact similarity of a row and a vector; null when the row is gone. */
  weigh(row: number, vector: Float32Array): Weighed | null;
}

interface VectorRow {
  readonly rowid: number;
  readonly memory: number;
  readonly start: number;
  readonly end: number;
  readonly vector: Buffer;
}

const ROWS_PER_READ = 256;

export function createVectorTable(file: IndexFile, model: VectorTable['model']): VectorTable {
  const { statement } = file;
  const matrix = createInt8Matrix(model.dimensions);
  let lastVector = 0;
  let lastDrop: number | null = null;
  let syncing: Promise<void> | null = null;

  // — writing —

  function add(memory: number, vectors: readonly PassageVector[]): void {
    for (const { passage, vector } of vectors) {
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
      statement('INSERT INTO vectors(memory, model, start, end, vector) VALUES (?, ?, ?, ?, ?)').run(
        memory,
        model.name,
        passage.start,
        passage.end,
        bytes,
      );
    }
  }

  function replace(memory: number, vectors: readonly PassageVector[]): void {
    statement('DELETE FROM vectors WHERE memory = ?').run(memory);
    add(memory, vectors);
  }

  // — loading —

  async function sync(): Promise<void> {
    while (syncing) await syncing;
    syncing = load();
    try {
      await syncing;
    } finally {
      syncing = null;
    }
  }

  async function load(): Promise<void> {
    for (let hasMore = true; hasMore; ) {
      const hasTime = startSlice();
      while (hasMore && hasTime()) hasMore = file.read(loadSome);
      if (hasMore) await nextTurn();
    }
  }

  const loadSome = (): boolean => {
    const range = statement(
      'SELECT (SELECT min(seq) FROM drops) AS first, (SELECT max(seq) FROM drops) AS last',
    ).get() as { first: number | null; last: number | null };
    if (lastDrop === null || (range.first !== null && range.first > lastDrop + 1)) startOver(range.last ?? 0);
    const drops = statement('SELECT seq, vector FROM drops WHERE seq > ? ORDER BY seq LIMIT ?').all(
      lastDrop,
      ROWS_PER_READ,
    ) as { seq: number; vector: number }[];
    const added = statement(
      'SELECT rowid, memory, vector FROM vectors WHERE rowid > ? AND model = ? ORDER BY rowid LIMIT ?',
    ).all(lastVector, model.name, ROWS_PER_READ) as VectorRow[];
    for (const { rowid, memory, vector } of added) matrix.add(rowid, memory, asFloats(vector));
    for (const { vector } of drops) matrix.remove(vector);
    lastVector = added.at(-1)?.rowid ?? lastVector;
    lastDrop = drops.at(-1)?.seq ?? lastDrop;
    return added.length === ROWS_PER_READ || drops.length === ROWS_PER_READ;
  };

  function startOver(drop: number): void {
    matrix.clear();
    lastVector = 0;
    lastDrop = drop;
  }

  // — comparing —

  function weigh(row: number, vector: Float32Array): Weighed | null {
    const found = statement('SELECT start, end, vector FROM vectors WHERE rowid = ?').get(row) as VectorRow | undefined;
    return found ? { similarity: cosine(asFloats(found.vector), vector), start: found.start, end: found.end } : null;
  }

  return { model, matrix, add, replace, sync, weigh };
}

/** float32 as the file has it: little-endian, as on every machine that Node's binaries run on but s390x. */
export function asFloats(bytes: Buffer): Float32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(new Uint8Array(bytes).buffer);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

/** The square of a vector's length; not finite when one of its numbers isn't. */
export function squareOf(vector: Float32Array): number {
  return dot(vector, vector);
}

/** How far the square of a vector's length may be from 1: models and float32 are off by millionths. */
const LENGTH_TOLERANCE = 0.01;

/** Whether a vector can be the model's: of its dimensions, and of unit length. */
export function isSound(vector: Float32Array, { dimensions }: { readonly dimensions: number }): boolean {
  return vector.length === dimensions && Math.abs(squareOf(vector) - 1) < LENGTH_TOLERANCE;
}
