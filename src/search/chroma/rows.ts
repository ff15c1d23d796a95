import { createHash } from 'node:crypto';
import type { GetResult, Metadata, QueryResult } from 'chromadb';
import { z } from 'zod';
import { pairHash } from '../index/index-record.js';
import type { IndexedMemory, PassageVector } from '../vectors/vector-index.js';
import { atMost } from './guarded-fetch.js';

/** A passage as stored in Chroma: scalar fields for lookups and filters. */
export interface Row {
  readonly memory: string;
  /** Hash of the content that was embedded. */
  readonly hash: string;
  /** Identifies one version of the memory's rows. */
  readonly edition: string;
  /** How many passages that edition has. */
  readonly passages: number;
  readonly start: number;
  readonly end: number;
}

export interface RowWithVector extends Row {
  readonly vector: Float32Array;
}

export interface NearRow extends Row {
  readonly similarity: number;
}

/** Rows in columns, as Chroma accepts them. */
export interface RowColumns {
  readonly ids: string[];
  readonly embeddings: number[][];
  readonly metadatas: Metadata[];
}

/** Stands for null, which Chroma's metadata can't have; no id is empty. */
export const NONE = '';

/** The metadata key of a row whose memory has this key-value pair. */
export const pairKey = (hash: string): string => `pair_${hash}`;

/**
 * The rows of memories. Ids are `{memory}:{edition}:{number}`, and an edition is a hash of everything written: writing the same
 * again changes nothing, and two editions can coexist while one replaces the other.
 */
export function toColumns(memories: readonly IndexedMemory[]): RowColumns {
  const columns: RowColumns = { ids: [], embeddings: [], metadatas: [] };
  for (const memory of memories) {
    const fields = fieldsOf(memory);
    const edition = editionOf(fields, memory.vectors);
    for (const [number, { passage, vector }] of memory.vectors.entries()) {
      columns.ids.push(`${memory.id}:${edition}:${number}`);
      columns.embeddings.push(Array.from(vector));
      columns.metadatas.push({ ...fields, edition, start: passage.start, end: passage.end });
    }
  }
  return columns;
}

function fieldsOf({ id, hash, sessionId, taskId, role, occurredAt, metadata, vectors }: IndexedMemory): Metadata {
  const pairs = Object.entries(metadata).map(([key, value]) => [pairKey(pairHash(key, value)), true]);
  return {
    memory: id,
    hash,
    session: sessionId ?? NONE,
    task: taskId ?? NONE,
    role,
    occurredAt: Date.parse(occurredAt),
    passages: vectors.length,
    ...Object.fromEntries(pairs.sort()),
  };
}

function editionOf(fields: Metadata, vectors: readonly PassageVector[]): string {
  const digest = createHash('sha256').update(JSON.stringify(fields));
  for (const { passage, vector } of vectors) {
    digest.update(`${passage.start}-${passage.end}:`);
    digest.update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  }
  return digest.digest('hex').slice(0, 16);
}

const rowSchema = z.object({
  memory: z.string(),
  hash: z.string(),
  edition: z.string(),
  passages: z.number(),
  start: z.number(),
  end: z.number(),
});
/** Null: the row was deleted while it was read, as Chroma reads in steps, or it isn't Mooring's. */
const rowsSchema = z.array(rowSchema.nullable().catch(null));
/** Reports one issue, however many numbers are wrong. */
const numbersSchema = z.custom<number[]>(
  (value) => Array.isArray(value) && value.every((each) => typeof each === 'number'),
);
const vectorsSchema = z.array(numbersSchema.nullable());
const nearestSchema = z.object({ metadatas: z.tuple([rowsSchema]), distances: z.tuple([numbersSchema]) });

/** The rows of a `get` with metadata, in its order. @throws SyntaxError for more than `most` */
export function readRows({ metadatas }: GetResult, most: number): readonly (Row | null)[] {
  return rowsSchema.parse(atMost(most, metadatas));
}

/** The rows of a `get` with metadata and embeddings, in its order. @throws SyntaxError for more than `most` */
export function readRowsWithVectors(
  result: GetResult,
  most: number,
  dimensions: number,
): readonly (RowWithVector | null)[] {
  const vectors = vectorsSchema.parse(atMost(most, result.embeddings));
  return readRows(result, most).map((row, index) => {
    const vector = vectors[index];
    return row && vector?.length === dimensions ? { ...row, vector: Float32Array.from(vector) } : null;
  });
}

/** The rows of a `query` with metadata and distances, best first, with their cosine. @throws SyntaxError for more than `most` */
export function readNearest(result: QueryResult, most: number): readonly (NearRow | null)[] {
  for (const list of [...atMost(1, result.metadatas), ...atMost(1, result.distances)]) atMost(most, list);
  const { metadatas, distances } = nearestSchema.parse(result);
  return metadatas[0].map((row, index) => {
    return row && { ...row, similarity: Math.max(-1, Math.min(1, 1 - distances[0][index]!)) };
  });
}
