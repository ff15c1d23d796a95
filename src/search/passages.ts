import type { Memory } from '../domain/memory.js';
import type { Embedder, Passage } from '../embedding/embedder.js';
import { contentHash } from './index-record.js';
import type { IndexedMemory } from './vector-index.js';

/**
 * Cuts memories into passages and embeds those, in calls as large as the model takes. Null when `mayGoOn`, asked before
 * each call, says no.
 */
export async function embedMemories(
  embedder: Embedder,
  memories: readonly Memory[],
  mayGoOn: () => boolean,
): Promise<readonly IndexedMemory[] | null> {
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
  return memories.map((memory, index) => toIndexed(memory, cut[index]!, () => vectors[next++]!));
}

function toIndexed(memory: Memory, passages: readonly Passage[], nextVector: () => Float32Array): IndexedMemory {
  return {
    id: memory.id,
    hash: contentHash(memory.content),
    sessionId: memory.sessionId,
    taskId: memory.taskId,
    role: memory.role,
    occurredAt: memory.occurredAt,
    metadata: memory.metadata,
    vectors: passages.map((passage) => ({ passage, vector: nextVector() })),
  };
}
