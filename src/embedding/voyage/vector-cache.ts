import { createHash } from 'node:crypto';
import { forgettable } from '../../util/forgettable.js';
import type { EmbeddingListener } from '../embedder.js';

/** A vector, or why there is none. */
export type VectorOutcome = Float32Array | Error;

/**
 * Caches the most recent vectors, so that none is made twice: not after a failure to store one, and not for concurrent calls
 * with the same text.
 */
export interface VectorCache {
  /**
   * The outcome of each text, in their order. `make` is called with texts that are neither cached nor being made; it never
   * throws, and reports each outcome as soon as it is known.
   */
  get(texts: readonly string[], make: MakeVectors, answered?: EmbeddingListener): Promise<readonly VectorOutcome[]>;
}

export type MakeVectors = (texts: readonly string[], answered: EmbeddingListener) => void;

/** `limit`: how many vectors are cached. A purge clears the cache. Failures aren't cached. */
export function createVectorCache(limit: number): VectorCache {
  /** Least recently used first. By hash, as texts may be long. */
  const kept = forgettable(new Map<string, Float32Array>());
  const pending = new Map<string, Promise<VectorOutcome>>();

  function keep(key: string, vector: Float32Array): void {
    kept.delete(key);
    kept.set(key, vector);
    if (kept.size > limit) kept.delete(kept.keys().next().value!);
  }

  function order(wanted: ReadonlyMap<string, string>, make: MakeVectors): void {
    const orders = [...wanted.keys()].map((key) => {
      let settle: (outcome: VectorOutcome) => void = () => {};
      const outcome = new Promise<VectorOutcome>((resolve) => {
        settle = resolve;
      });
      pending.set(key, outcome);
      return { key, settle };
    });
    make([...wanted.values()], (index, outcome) => {
      const { key, settle } = orders[index]!;
      pending.delete(key);
      if (!(outcome instanceof Error)) keep(key, outcome);
      settle(outcome);
    });
  }

  async function take(key: string): Promise<VectorOutcome> {
    const vector = kept.get(key);
    if (!vector) return pending.get(key)!;
    keep(key, vector);
    return vector;
  }

  return {
    async get(texts, make, answered = () => {}) {
      const keys = texts.map((text) => createHash('sha256').update(text).digest('base64'));
      const wanted = new Map<string, string>();
      keys.forEach((key, index) => {
        if (!kept.has(key) && !pending.has(key)) wanted.set(key, texts[index]!);
      });
      if (wanted.size > 0) order(wanted, make);
      return Promise.all(
        keys.map(async (key, index) => {
          const outcome = await take(key);
          answered(index, outcome);
          return outcome;
        }),
      );
    },
  };
}
