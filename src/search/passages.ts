import type { Memory } from '../domain/memory.js';
import type { Embedder } from '../embedding/embedder.js';
import { contentHash } from './index-record.js';
import type { IndexedMemory, PassageVector } from './vector-index.js';

/** What embedding memories needs to know. */
export interface EmbeddingOf {
  readonly memories: readonly Memory[];
  /** Vectors that there are already, by content hash. */
  readonly known: ReadonlyMap<string, readonly PassageVector[]>;
  /** Asked before each call of the embedder. */
  readonly mayGoOn: () => boolean;
}

/**
 * Cuts memories into passages and embeds those, in calls as large as the model takes; of known contents it takes the
 * vectors that there are. Null when it may not go on.
 */
export async function embedMemories(
  embedder: Embedder,
  { memories, known, mayGoOn }: EmbeddingOf,
): Promise<readonly IndexedMemory[] | null> {
  const unknown = memories.filter(({ content }) => !known.has(contentHash(content)));
  const embedded = await embedAll(embedder, unknown, mayGoOn);
  if (!embedded) return null;
  const vectorsOf = new Map(unknown.map((memory, index) => [memory, embedded[index]!]));
  return memories.map((memory) => {
    const hash = contentHash(memory.content);
    return toIndexed(memory, hash, vectorsOf.get(memory) ?? known.get(hash)!);
  });
}

/** Each memory's passages with their vectors. */
async function embedAll(
  embedder: Embedder,
  memories: readonly Memory[],
  mayGoOn: () => boolean,
): Promise<readonly (readonly PassageVector[])[] | null> {
  const cut = await Promise.all(memories.map(({ content }) => embedder.passages(content)));
  const texts = memories.flatMap(({ content }, index) =>
    cut[index]!.map(({ start, end }) => content.slice(start, end)),
  );
  const vectors: Float32Array[] = [];
  while (vectors.length < texts.length) {
    if (!mayGoOn()) return null;
    const batch = texts.slice(vectors.length, vectors.length + embedder.model.maxBatch);
    const made = await embedder.embedDocuments(batch);
    if (made.length !== batch.length) throw new RangeError(`${batch.length} texts gave ${made.length} vectors.`);
    vectors.push(...made);
  }
  let next = 0;
  return cut.map((passages) => passages.map((passage) => ({ passage, vector: vectors[next++]! })));
}

function toIndexed(memory: Memory, hash: string, vectors: readonly PassageVector[]): IndexedMemory {
  const { id, sessionId, taskId, role, occurredAt, metadata } = memory;
  return { id, hash, sessionId, taskId, role, occurredAt, metadata, vectors };
}
