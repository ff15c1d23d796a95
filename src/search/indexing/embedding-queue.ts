import { LENGTH_CLASSES } from '../index/index-schema.js';
import type { DueMemory, EmbeddingTable } from './embedding-table.js';
import type { Lease } from './lease.js';

/** The memories that are due to be embedded, in the order in which this process takes them. */
export interface EmbeddingQueue {
  /** Takes due memories, at least one; none when nothing is due, or another process embeds. */
  take(most: BatchLimit): readonly DueMemory[];
  /** Prevents memories from being taken until they are given back. Taken ones are held too. */
  hold(ids: readonly string[]): void;
  release(ids: readonly string[]): void;
  /** Whether any of them is held. */
  isHeld(ids: readonly string[]): boolean;
}

/** The size of a batch: memories, and bytes of their texts. */
export interface BatchLimit {
  readonly count: number;
  readonly bytes: number;
}

/**
 * Shorter texts go first, but each fourth batch starts with another length class, in rotation, and with the text of it that
 * has waited longest. So each class starts at least one of 24 batches, however many short texts arrive.
 */
const FAIR_TURN = 4;

export function createEmbeddingQueue(
  embeddings: Pick<EmbeddingTable, 'due'>,
  lease: Pick<Lease, 'take'>,
): EmbeddingQueue {
  const held = new Set<string>();
  /** The number of batches taken. */
  let turns = 0;

  function take(most: BatchLimit): readonly DueMemory[] {
    const turn = turns + 1;
    const from = turn % FAIR_TURN === 0 ? (turn / FAIR_TURN) % LENGTH_CLASSES : 0;
    const due = waiting(most.count, from);
    if (due.length === 0 || !lease.take()) return [];
    turns = turn;
    const batch = firstOf(due, most);
    for (const { id } of batch) held.add(id);
    return batch;
  }

  /** Memories that aren't held, from a length class on; if there are none, from the shortest. */
  function waiting(count: number, from: number): readonly DueMemory[] {
    const due = embeddings.due(Date.now(), count + held.size, from).filter(({ id }) => !held.has(id));
    return due.length === 0 && from > 0 ? waiting(count, 0) : due;
  }

  return {
    take,
    hold(ids) {
      for (const id of ids) held.add(id);
    },
    release(ids) {
      for (const id of ids) held.delete(id);
    },
    isHeld: (ids) => ids.some((id) => held.has(id)),
  };
}

/** The first memories, as many as fit in a batch and at least one. */
export function firstOf(due: readonly DueMemory[], most: BatchLimit): readonly DueMemory[] {
  let bytes = 0;
  const end = due.findIndex(({ size }, index) => {
    bytes += size;
    return index > 0 && (index >= most.count || bytes > most.bytes);
  });
  return end < 0 ? due : due.slice(0, end);
}
