import type { Memory } from '../../domain/memory.js';
import type { OpenProject } from '../../modes/contract.js';
import type { EmbeddingStatus } from '../../search/search.js';
import type { HeldMemory, PassageVector } from '../../search/vectors/vector-index.js';
import { memories } from '../../storage/collections.js';
import { contentHash } from '../../util/content-hash.js';
import { dot } from '../../util/vectors.js';
import type { Mismatch } from '../transfer/compare.js';

export interface VectorSides {
  readonly source: OpenProject;
  readonly target: OpenProject;
  readonly isSameModel: boolean;
}

/** How a memory's vectors stood when they were looked at. */
export interface VectorComparison {
  readonly id: string;
  /** Of the content that its vectors are of; null when it has none yet, or needs none. */
  readonly hash: string | null;
  /** How many vectors it has. */
  readonly passages: number;
  readonly mismatch: Mismatch | null;
}

/** How far the length of a vector may be from 1. */
const NORM_TOLERANCE = 1e-3;
/**
 * How alike two vectors of one content are at least, as the cosine between them. MiniLM's int8 runs have one scale for all
 * texts of a batch, so the same content in other company gets a vector that is a little different (0.99 and more).
 */
const LEAST_LIKENESS = 0.98;

/** What one side has of a memory. */
interface Seen {
  readonly status: EmbeddingStatus | null;
  readonly held: HeldMemory | null;
}

/** Looks at the vectors of these memories on both sides, as they are now. Those that aren't there, or are deleted, are left out. */
export async function examineVectors(sides: VectorSides, ids: readonly string[]): Promise<readonly VectorComparison[]> {
  return ids.length === 0 ? [] : examineRead(sides, await sides.target.store.collection(memories).get(ids), ids);
}

/** The same of memories that were just read: of one that was written since, the vectors may be of another content. */
export async function examineRead(
  sides: VectorSides,
  stored: readonly (Memory | null)[],
  ids: readonly string[],
): Promise<readonly VectorComparison[]> {
  if (ids.length === 0) return [];
  const [ours, theirs] = await Promise.all([
    seenBy(sides.source, ids, sides.isSameModel),
    seenBy(sides.target, ids, true),
  ]);
  return stored.flatMap((memory, index) =>
    memory && memory.deletedAt === null ? [lookAtMemory(sides, memory, ours[index]!, theirs[index]!)] : [],
  );
}

async function seenBy({ search }: OpenProject, ids: readonly string[], withVectors: boolean): Promise<readonly Seen[]> {
  // The state first: what is ready was added before.
  const states = await search.embeddings(ids);
  const held = withVectors ? await search.vectors.get(ids) : [];
  return ids.map((_, index) => ({ status: states[index] ?? null, held: held[index] ?? null }));
}

function lookAtMemory(
  { target, isSameModel }: VectorSides,
  memory: Memory,
  source: Seen,
  seen: Seen,
): VectorComparison {
  const { id } = memory;
  const say = (differing: readonly string[], reason: string): Mismatch => ({
    ...{ collection: 'vectors', recordId: id, differing, reason },
  });
  const state = seen.status?.state;
  if (state === 'PENDING') return { id, hash: null, passages: 0, mismatch: null };
  if (state !== 'READY') {
    const isMissing = isSameModel && source.status?.state === 'READY';
    const why = seen.status?.reason ? ` (${seen.status.reason})` : '';
    const mismatch = isMissing ? say([], `The source has its vector, the target doesn't${why}.`) : null;
    return { id, hash: null, passages: 0, mismatch };
  }
  const { held } = seen;
  const hash = contentHash(memory.content);
  if (!held) return { id, hash, passages: 0, mismatch: say([], 'Its vector is missing at the target.') };
  const fault =
    faultOf(held, hash, target.search.vectors.model.dimensions) ?? (isSameModel ? unlike(source.held, held) : null);
  const mismatch = fault && say([fault.field], fault.reason);
  return { id, hash, passages: held.vectors.length, mismatch };
}

interface Fault {
  readonly field: string;
  readonly reason: string;
}

/** What is wrong with vectors by themselves. */
function faultOf({ hash, vectors }: HeldMemory, expected: string, dimensions: number): Fault | null {
  if (hash !== expected) return { field: 'hash', reason: 'Its vector is of another content than is stored.' };
  for (const { vector } of vectors) {
    if (vector.length !== dimensions) {
      return { field: 'dimensions', reason: `Its vector has ${vector.length} numbers, and the model's ${dimensions}.` };
    }
    const norm = Math.sqrt(dot(vector, vector));
    // The square of a float32 is always within what a double holds.
    if (!Number.isFinite(norm)) return { field: 'vector', reason: 'Its vector holds what is no number.' };
    if (Math.abs(norm - 1) > NORM_TOLERANCE) {
      return { field: 'norm', reason: `Its vector is ${norm.toFixed(4)} long rather than 1.` };
    }
  }
  return null;
}

/** How vectors of one model differ. Those of another content don't count: the source's may be newer, or not there yet. */
function unlike(source: HeldMemory | null, target: HeldMemory): Fault | null {
  if (!source || source.hash !== target.hash) return null;
  const isCut = source.vectors.length === target.vectors.length && source.vectors.every(samePassage(target.vectors));
  if (!isCut) return { field: 'passages', reason: "Its passages aren't the source's." };
  const isSame = source.vectors.every(({ vector }, index) => isLike(vector, target.vectors[index]!.vector));
  return isSame ? null : { field: 'vector', reason: "The numbers of its vector aren't the source's." };
}

const samePassage =
  (others: readonly PassageVector[]) =>
  ({ passage }: PassageVector, index: number): boolean =>
    passage.start === others[index]!.passage.start && passage.end === others[index]!.passage.end;

function isLike(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && dot(a, b) >= LEAST_LIKENESS;
}
