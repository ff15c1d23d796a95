import type { Memory } from '../domain/memory.js';
import type { Embedder } from '../embedding/embedder.js';
import { contentHash } from './index-record.js';
import type { IndexedMemory, PassageVector } from './vector-index.js';

/**
 * Cuts memories into passages and embeds those, in calls as large as the model takes. Before each it asks whether it may go
 * on: null when not.
 */
export async function embedMemories(
  embedder: Embedder,
  memories: readonly Memory[],
  mayGoOn: () => boolean,
): Promise<readonly IndexedMemory[] | null> {
  const embedded = await embedAll(embedder, memories, mayGoOn);
  return embedded && memories.map((memory, index) => toIndexed(memory, contentHash(memory.content), embedded[index]!));
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

/** A memory as an index keeps it. `hash`: of its content. */
export function toIndexed(memory: Memory, hash: string, vectors: readonly PassageVector[]): IndexedMemory {
  const { id, sessionId, taskId, role, occurredAt, metadata } = memory;
  return { id, hash, sessionId, taskId, role, occurredAt, metadata, vectors };
}
