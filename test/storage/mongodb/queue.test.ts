import { describe, expect, it } from 'vitest';
import { createCommitQueue, type PendingCommit } from '../../../src/storage/mongodb/commit/queue.js';
import { context, put } from '../../contract/store.js';
import { aMemory } from '../../support/records.js';

describe('commits that wait for MongoDB', () => {
  /** How many commits of each transaction there are, for commits of documents of these sizes and versions. */
  function shared(documents: readonly (readonly [characters: number, version: number])[]): readonly number[] {
    const queue = createCommitQueue('here');
    for (const [characters, version] of documents)
      void queue.commit({
        changes: [put(aMemory({ content: 'x'.repeat(characters), version }))],
        context: context(),
      });
    const groups: number[] = [];
    while (!queue.isEmpty) {
      const group = queue.take() as readonly PendingCommit[];
      groups.push(group.length);
      for (const waiting of group) waiting.resolve({ seq: 0 });
    }
    return groups;
  }

  it('share a transaction while one message holds them, with what they replace', () => {
    expect(shared(Array.from({ length: 20 }, () => [900_000, 1]))).toEqual([8, 8, 4]);
    expect(shared(Array.from({ length: 20 }, () => [900_000, 2]))).toEqual([4, 4, 4, 4, 4]);
    expect(shared(Array.from({ length: 150 }, () => [100, 1]))).toEqual([100, 50]);
  });

  it('go alone when they are larger than that', () => {
    expect(
      shared([
        [10, 1],
        [9_000_000, 1],
        [10, 1],
        [10, 1],
      ]),
    ).toEqual([1, 1, 2]);
  });
});
