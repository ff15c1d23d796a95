import type { Memory } from '../../domain/memory.js';
import type { OpenProject } from '../../modes/contract.js';
import type { EmbeddingStatus } from '../../search/contract.js';
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

/** A memory's vectors as they were when compared. */
export interface VectorComparison {
  readonly id: string;
  /** The hash of the content that was embedded; null when it has no vectors yet, or needs none. */
  readonly hash: string | null;
  /** How many vectors it has. */
  readonly passages: number;
  readonly mismatch: Mismatch | null;
}

/** How far a vector's norm may be from 1. */
const NORM_TOLERANCE = 1e-3;
/**
 * The least cosine similarity of two vectors of one content. MiniLM's int8 runs have one scale for all texts of a batch, so
 * the same content embedded in another batch gets a slightly different vector (0.99 and more).
 */
const LEAST_LIKENESS = 0.98;

/** A memory's vectors on one side. */
interface SideVectors {
  readonly status: EmbeddingStatus | null;
  readonly held: HeldMemory | null;
}

/** Compares the vectors of these memories on both sides, as they are now. Missing and deleted memories are left out. */
export async function compareVectors(sides: VectorSides, ids: readonly string[]): Promise<readonly VectorComparison[]> {
  if (ids.length === 0) return [];
  const stored = await sides.target.store.collection(memories).get(ids);
  const live = stored.filter((memory) => memory !== null).filter(({ deletedAt }) => deletedAt === null);
  return compareStoredVectors(sides, live);
}

/** The same for live memories just read: of one that was written since, the vectors may be of another content. */
export async function compareStoredVectors(
  sides: VectorSides,
  stored: readonly Memory[],
): Promise<readonly VectorComparison[]> {
  if (stored.length === 0) return [];
  const ids = stored.map(({ id }) => id);
  const [ours, theirs] = await Promise.all([
    vectorsOf(sides.source, ids, sides.isSameModel),
    vectorsOf(sides.target, ids, true),
  ]);
  return stored.map((memory, index) => compareMemory(sides, memory, ours[index]!, theirs[index]!));
}

async function vectorsOf(
  { search }: OpenProject,
  ids: readonly string[],
  withVectors: boolean,
): Promise<readonly SideVectors[]> {
  // The state is read first: the vectors of a ready memory were added before.
  const states = await search.embeddings(ids);
  const held = withVectors ? await search.vectors.get(ids) : [];
  return ids.map((_, index) => ({ status: states[index] ?? null, held: held[index] ?? null }));
}

function compareMemory(
  { target, isSameModel }: VectorSides,
  memory: Memory,
  source: SideVectors,
  found: SideVectors,
): VectorComparison {
  const { id } = memory;
  const say = (differing: readonly string[], reason: string): Mismatch => ({
    ...{ collection: 'vectors', recordId: id, differing, reason },
  });
  const state = found.status?.state;
  if (state === 'PENDING') return { id, hash: null, passages: 0, mismatch: null };
  if (state !== 'READY') {
    const isMissing = isSameModel && source.status?.state === 'READY';
    const why = found.status?.reason ? ` (${found.status.reason})` : '';
    const mismatch = isMissing ? say([], `The source has its vector, the target doesn't${why}.`) : null;
    return { id, hash: null, passages: 0, mismatch };
  }
  const { held } = found;
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

/** What is wrong with a memory's vectors, whatever the source has. */
function faultOf({ hash, vectors }: HeldMemory, expected: string, dimensions: number): Fault | null {
  if (hash !== expected) return { field: 'hash', reason: 'Its vector is of another content than the stored one.' };
  for (const { vector } of vectors) {
    if (vector.length !== dimensions) {
      return {
        field: 'dimensions',
        reason: `Its vector has ${vector.length} dimensions, and the model's vectors have ${dimensions}.`,
      };
    }
    const norm = Math.sqrt(dot(vector, vector));
    // The square of a float32 is always within what a double holds.
    if (!Number.isFinite(norm)) return { field: 'vector', reason: 'Its vector contains a value that is not a number.' };
    if (Math.abs(norm - 1) > NORM_TOLERANCE) {
      return { field: 'norm', reason: `The norm of its vector is ${norm.toFixed(4)} instead of 1.` };
    }
  }
  return null;
}

/** How vectors of one model differ. Vectors of another content don't count: the source's may be newer, or not made yet. */
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
