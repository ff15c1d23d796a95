import { LENGTH_CLASSES } from '../index/length-class.js';
import type { DueMemory, EmbeddingTable } from './embedding-table.js';
import type { Lease } from './lease.js';

/** The memories that wait to be embedded, in the order in which this process takes them. */
export interface EmbeddingQueue {
  /** Takes memories whose turn has come, one at least; none when nothing waits, or another process embeds. */
  take(most: BatchLimit): readonly DueMemory[];
  /** Keeps memories from being taken until they are given back. Those that are taken are kept so. */
  hold(ids: readonly string[]): void;
  giveBack(ids: readonly string[]): void;
  /** Whether one of them is taken, or kept from being so. */
  isHeld(ids: readonly string[]): boolean;
}

/** Memories, and bytes of their texts. */
export interface BatchLimit {
  readonly count: number;
  readonly bytes: number;
}

/**
 * The shorter go first; but each fourth turn begins with another class of length, one after the other, and takes the one of
 * it that has waited longest. So of 24 turns each length has one at least, however many short ones come.
 */
const FAIR_TURN = 4;

export function createEmbeddingQueue(
  embeddings: Pick<EmbeddingTable, 'due'>,
  lease: Pick<Lease, 'take'>,
): EmbeddingQueue {
  const held = new Set<string>();
  /** Turns in which something was taken. */
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

  /** What isn't held, from a class of length on; where there is none, from the shortest on. */
  function waiting(count: number, from: number): readonly DueMemory[] {
    const due = embeddings.due(Date.now(), count + held.size, from).filter(({ id }) => !held.has(id));
    return due.length === 0 && from > 0 ? waiting(count, 0) : due;
  }

  return {
    take,
    hold(ids) {
      for (const id of ids) held.add(id);
    },
    giveBack(ids) {
      for (const id of ids) held.delete(id);
    },
    isHeld: (ids) => ids.some((id) => held.has(id)),
  };
}

/** As many as may be taken at a time, and one at least. */
export function firstOf(due: readonly DueMemory[], most: BatchLimit): readonly DueMemory[] {
  let bytes = 0;
  const end = due.findIndex(({ size }, index) => {
    bytes += size;
    return index > 0 && (index >= most.count || bytes > most.bytes);
  });
  return end < 0 ? due : due.slice(0, end);
}
