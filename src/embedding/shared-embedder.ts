import type { Embedder, EmbeddingListener, EmbeddingModel } from './embedder.js';
import { createFairTurns } from './fair-turns.js';

/** One embedder that several projects use. */
export interface SharedEmbedder {
  readonly model: EmbeddingModel;
  /**
   * The same for one of them. Its documents take turns with those of the others, part by part: what one project waits for
   * is embedded after a part or two of others, however much they wait for. Queries wait for no turn. Closing it does nothing.
   */
  of(): Embedder;
  /** Closes the embedder. */
  close(): Promise<void>;
}

/**
 * Bytes of text that are embedded in a turn, unless one passage has more: about a window of MiniLM, which is one run of the
 * model, some 30 ms on two cores. Others can't wait for less, and a run of short texts is full.
 */
const TURN_BYTES = 1_024;

/** Shares an embedder, which belongs to what is returned from now on. */
export function shareEmbedder(embedder: Embedder): SharedEmbedder {
  // While one part is embedded, the next is there already: the embedder is never without work.
  const turns = createFairTurns(embedder.model.lanes);

  function of(): Embedder {
    const owner = {};

    async function embedDocuments(
      texts: readonly string[],
      answered: EmbeddingListener = () => {},
    ): Promise<readonly Float32Array[]> {
      const vectors: Float32Array[] = new Array(texts.length);
      let failure: { readonly error: unknown } | null = null;

      async function embedPart(part: readonly number[]): Promise<void> {
        const giveBack = await turns.take(owner);
        try {
          // What one part met the next would meet as well.
          if (failure) return;
          const own = part.map((index) => texts[index]!);
          const made = await embedder.embedDocuments(own, (place, outcome) => answered(part[place]!, outcome));
          for (const [place, vector] of made.entries()) vectors[part[place]!] = vector;
        } catch (error) {
          failure ??= { error };
        } finally {
          giveBack();
        }
      }

      await Promise.all(partsOf(texts).map(embedPart));
      if (failure) throw (failure as { readonly error: unknown }).error;
      return vectors;
    }

    return { ...embedder, embedDocuments, close: async () => {} };
  }

  return { model: embedder.model, of, close: () => embedder.close() };
}

/** Places of texts that are embedded together. Like lengths stand together, so that little is padded. */
function partsOf(texts: readonly string[]): readonly (readonly number[])[] {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const parts: number[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const index of [...texts.keys()].sort((a, b) => sizes[a]! - sizes[b]!)) {
    bytes += sizes[index]!;
    if (bytes > TURN_BYTES) {
      parts.push([]);
      bytes = sizes[index]!;
    }
    parts.at(-1)!.push(index);
  }
  return parts;
}
