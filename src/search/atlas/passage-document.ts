import { createHash } from 'node:crypto';
import { Binary } from 'mongodb';
import type { MemoryRole } from '../../domain/memory.js';
import { pairHash } from '../index/index-record.js';
import type { IndexedMemory, PassageVector, VectorFilter } from '../vectors/vector-index.js';

/** The collection with the vectors of all projects of a database: one document per passage. */
export const EMBEDDINGS = 'memory_embeddings';

/** The vectors of one project and one model. */
export interface VectorScope {
  readonly project: string;
  readonly model: string;
}

/** The filter fields of a memory, the same in all its documents. */
export interface PassageFields {
  readonly session: string | null;
  readonly task: string | null;
  readonly role: MemoryRole;
  readonly occurredAt: Date;
  /** Hashes of its key-value pairs, in hex: an index of fixed fields can't filter by arbitrary keys. */
  readonly metadata: readonly string[];
}

/** A passage without its vector. */
export interface FoundPassage extends PassageFields {
  readonly model: string;
  /** Digest of the document's immutable fields, the vector included: another vector is another document. */
  readonly _id: string;
  readonly memory: string;
  /** Hash of the memory's content. */
  readonly hash: string;
  /** The number of the passage in the content, from 0. */
  readonly ordinal: number;
  readonly start: number;
  readonly end: number;
  /** Whether it is of a held memory's current content. Others are kept because their vectors cost money. */
  readonly live: boolean;
  /** When it was added or changed, by the server's clock. */
  readonly addedAt: Date;
}

export interface PassageDocument extends FoundPassage, VectorScope {
  /** float32, subtype 9: a third of an array's size, and indexed alike. */
  readonly embedding: Binary;
}

/** The projection without the vector. */
export const WITHOUT_VECTOR = { embedding: 0, project: 0 } as const;

export function toDocuments(scope: VectorScope, memory: IndexedMemory, addedAt: Date): readonly PassageDocument[] {
  const fields = fieldsOf(memory);
  return memory.vectors.map((each, ordinal) => ({
    _id: idOf(scope, memory, each),
    ...scope,
    memory: memory.id,
    hash: memory.hash,
    ordinal,
    start: each.passage.start,
    end: each.passage.end,
    ...fields,
    live: true,
    addedAt,
    embedding: Binary.fromFloat32Array(each.vector),
  }));
}

function idOf(
  { project, model }: VectorScope,
  { id, hash }: IndexedMemory,
  { passage, vector }: PassageVector,
): string {
  return createHash('sha256')
    .update(JSON.stringify([project, model, id, hash, passage.start, passage.end]))
    .update(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
    .digest('hex')
    .slice(0, 32);
}

export function fieldsOf({ sessionId, taskId, role, occurredAt, metadata }: IndexedMemory): PassageFields {
  const pairs = Object.entries(metadata).map(([key, value]) => pairHash(key, value));
  return { session: sessionId, task: taskId, role, occurredAt: new Date(occurredAt), metadata: pairs };
}

export function areSameFields(a: PassageFields, b: PassageFields): boolean {
  const flat = ({ session, task, role, occurredAt, metadata }: PassageFields) =>
    JSON.stringify([session, task, role, occurredAt, [...metadata].sort()]);
  return flat(a) === flat(b);
}

/** Whether a passage passes a filter. */
export function passes(passage: FoundPassage, filter: VectorFilter): boolean {
  const { sessionId, taskId, roles, occurredAfter, occurredBefore } = filter;
  return (
    passage.live &&
    (sessionId === undefined || passage.session === sessionId) &&
    (taskId === undefined || passage.task === taskId) &&
    (roles === undefined || roles.includes(passage.role)) &&
    (occurredAfter === undefined || passage.occurredAt >= new Date(occurredAfter)) &&
    (occurredBefore === undefined || passage.occurredAt < new Date(occurredBefore)) &&
    wantedPairs(filter).every((pair) => passage.metadata.includes(pair))
  );
}

/** Hashes of the pairs that a filter requires. */
export function wantedPairs({ metadata = {} }: VectorFilter): readonly string[] {
  return Object.entries(metadata).flatMap(([key, value]) => (value === undefined ? [] : [pairHash(key, value)]));
}
