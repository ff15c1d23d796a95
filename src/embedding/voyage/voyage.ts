import type { Embedder, EmbeddingListener } from '../embedder.js';
import { MAX_TEXTS, requestBytes, requestInBatches, type VoyageUsage } from './batched-requests.js';
import { VOYAGE_LANES, type VoyageClient } from './client.js';
import { closedError } from './errors.js';
import { voyageModel } from './models.js';
import { cutByBytes } from './passages-by-bytes.js';
import { createVectorCache, type MakeVectors, type VectorOutcome } from './vector-cache.js';

export interface VoyageEmbedderOptions {
  /** Shared by all embedders with the same key; whoever made it closes it. */
  readonly client: VoyageClient;
  /** The client's when left out. */
  readonly model?: string | undefined;
  /** Hears of every request that was paid for, those of queries too. Must not throw. */
  readonly onUsage?: ((usage: VoyageUsage) => void) | undefined;
}

/** What the service puts before a text counts too: "Represent the document for retrieval: ", fewer tokens than this. */
const PROMPT_TOKENS = 64;
/** So that what is done is seen every few seconds. */
const MAX_BATCH_BYTES = 1_000_000;
/** 8 MB of vectors: more than the batches under way can leave behind when their vectors couldn't be kept. */
const KEPT_DOCUMENTS = 2_000;
const KEPT_QUERIES = 200;

/**
 * A model of Voyage AI. Vectors are paid for by the text, so the last ones are remembered, and none is bought twice while
 * whoever wanted it tries again.
 */
export function createVoyageEmbedder({ client, model: name, onUsage = () => {} }: VoyageEmbedderOptions): Embedder {
  const model = voyageModel(name ?? client.model);
  // A byte-level tokenizer makes at most one token of each byte, so that what has no more bytes than the window has
  // tokens always fits, whatever it is.
  const passageBytes = model.window - PROMPT_TOKENS;
  const closing = new AbortController();
  const documents = createVectorCache(KEPT_DOCUMENTS);
  const queries = createVectorCache(KEPT_QUERIES);

  const buyerOf =
    (inputType: 'document' | 'query'): MakeVectors =>
    (texts, answered) =>
      requestInBatches({ client, model, inputType, owner: closing, signal: closing.signal, onUsage }, texts, answered);
  const buyDocuments = buyerOf('document');
  const buyQueries = buyerOf('query');

  async function embedDocuments(
    texts: readonly string[],
    answered: EmbeddingListener = () => {},
  ): Promise<readonly Float32Array[]> {
    closing.signal.throwIfAborted();
    const tell: EmbeddingListener = (index, outcome) =>
      answered(index, outcome instanceof Error ? outcome : outcome.slice());
    return vectorsOf(await documents.get(texts, buyDocuments, tell));
  }

  async function embedQuery(text: string): Promise<Float32Array> {
    closing.signal.throwIfAborted();
    // What doesn't fit is looked for by its head.
    const head = text.slice(0, cutByBytes(text, passageBytes)[0]?.end);
    return vectorsOf(await queries.get([head], buyQueries))[0]!;
  }

  return {
    model: {
      name: `${model.name}/${model.dimensions}`,
      dimensions: model.dimensions,
      maxBatch: MAX_TEXTS,
      maxBatchBytes: Math.min(requestBytes(model), MAX_BATCH_BYTES),
      lanes: VOYAGE_LANES,
    },
    passages: async (text) => cutByBytes(text, passageBytes),
    embedDocuments,
    embedQuery,
    async close() {
      if (!closing.signal.aborted) closing.abort(closedError());
    },
  };
}

/** Copies, for whoever gets a vector may change it or give it away. @throws the first error */
function vectorsOf(outcomes: readonly VectorOutcome[]): readonly Float32Array[] {
  return outcomes.map((outcome) => {
    if (outcome instanceof Error) throw outcome;
    return outcome.slice();
  });
}
