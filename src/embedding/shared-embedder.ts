import type { Embedder, EmbeddingListener, EmbeddingModel } from './embedder.js';
import { createFairSemaphore } from './fair-semaphore.js';

/** One embedder, used by several projects. */
export interface SharedEmbedder {
  readonly model: EmbeddingModel;
  /**
   * The embedder for one project. Projects take turns, batch by batch: however much others have waiting, a project's next
   * batch is embedded after one or two of theirs. Queries don't wait for a turn. Closing it does nothing.
   */
  of(): Embedder;
  /** Closes the embedder. */
  close(): Promise<void>;
}

/**
 * The bytes of text embedded in one turn, unless a single passage has more: about a window of MiniLM, which is one run of the
 * model, about 30 ms on two cores. Smaller batches wouldn't shorten the wait, and short texts already fill a run.
 */
const TURN_BYTES = 1_024;

/** Shares an embedder, and takes ownership of it. */
export function shareEmbedder(embedder: Embedder): SharedEmbedder {
  // While one batch is embedded, the next is ready: the embedder always has work.
  const turns = createFairSemaphore(embedder.model.lanes);

  function of(): Embedder {
    const owner = {};

    async function embedDocuments(
      texts: readonly string[],
      answered: EmbeddingListener = () => {},
    ): Promise<readonly Float32Array[]> {
      const vectors: Float32Array[] = new Array(texts.length);
      let failure: { readonly error: unknown } | null = null;

      async function embedBatch(batch: readonly number[]): Promise<void> {
        const release = await turns.acquire(owner);
        try {
          // The next batch would fail for the same reason.
          if (failure) return;
          const own = batch.map((index) => texts[index]!);
          const made = await embedder.embedDocuments(own, (place, outcome) => answered(batch[place]!, outcome));
          for (const [place, vector] of made.entries()) vectors[batch[place]!] = vector;
        } catch (error) {
          failure ??= { error };
        } finally {
          release();
        }
      }

      await Promise.all(batchesOf(texts).map(embedBatch));
      if (failure) throw (failure as { readonly error: unknown }).error;
      return vectors;
    }

    return { ...embedder, embedDocuments, close: async () => {} };
  }

  return { model: embedder.model, of, close: () => embedder.close() };
}

/** Indexes of the texts of each batch. Sorted by size, so that little is padded. */
function batchesOf(texts: readonly string[]): readonly (readonly number[])[] {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const batches: number[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const index of [...texts.keys()].sort((a, b) => sizes[a]! - sizes[b]!)) {
    bytes += sizes[index]!;
    if (bytes > TURN_BYTES) {
      batches.push([]);
      bytes = sizes[index]!;
    }
    batches.at(-1)!.push(index);
  }
  return batches;
}
