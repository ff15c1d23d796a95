import type { Embedder, EmbeddingListener } from '../embedder.js';
import { MAX_TEXTS, requestBytes, requestInBatches, type VoyageUsage } from './batched-requests.js';
import { VOYAGE_LANES, type VoyageClient } from './client.js';
import { closedError } from './errors.js';
import { voyageModel } from './models.js';
import { cutByBytes } from './passages-by-bytes.js';
import { createVectorCache, type MakeVectors, type VectorOutcome } from './vector-cache.js';

export interface VoyageEmbedderOptions {
  /** Shared by all embedders with the same key. Not closed with the embedder. */
  readonly client: VoyageClient;
  /** Left out, the client's. */
  readonly model?: string | undefined;
  /** Called with the usage of each billed request, those for queries included. Must not throw. */
  readonly onUsage?: ((usage: VoyageUsage) => void) | undefined;
}

/** An upper limit for the prompt that the service adds to a text: "Represent the document for retrieval: ". */
const PROMPT_TOKENS = 64;
/** Small enough for progress every few seconds. */
const MAX_BATCH_BYTES = 1_000_000;
/** 8 MB of vectors: more than the current batches have when their vectors can't be stored. */
const KEPT_DOCUMENTS = 2_000;
const KEPT_QUERIES = 200;

/** A model of Voyage AI. Vectors are billed by text, so recent ones are cached, and a retry doesn't pay twice. */
export function createVoyageEmbedder({ client, model: name, onUsage = () => {} }: VoyageEmbedderOptions): Embedder {
  const model = voyageModel(name ?? client.model);
  // A byte-level tokenizer makes no more than one token of each byte, so a text with as many bytes as the window has tokens
  // always fits.
  const passageBytes = model.window - PROMPT_TOKENS;
  const closing = new AbortController();
  const documents = createVectorCache(KEPT_DOCUMENTS);
  const queries = createVectorCache(KEPT_QUERIES);

  const requesterOf =
    (inputType: 'document' | 'query'): MakeVectors =>
    (texts, answered) =>
      requestInBatches({ client, model, inputType, owner: closing, signal: closing.signal, onUsage }, texts, answered);
  const makeDocuments = requesterOf('document');
  const makeQueries = requesterOf('query');

  async function embedDocuments(
    texts: readonly string[],
    answered: EmbeddingListener = () => {},
  ): Promise<readonly Float32Array[]> {
    closing.signal.throwIfAborted();
    const tell: EmbeddingListener = (index, outcome) =>
      answered(index, outcome instanceof Error ? outcome : outcome.slice());
    return vectorsOf(await documents.get(texts, makeDocuments, tell));
  }

  async function embedQuery(text: string): Promise<Float32Array> {
    closing.signal.throwIfAborted();
    // Only the beginning of a query that doesn't fit is used.
    const head = text.slice(0, cutByBytes(text, passageBytes)[0]?.end);
    return vectorsOf(await queries.get([head], makeQueries))[0]!;
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

/** Copies the vectors, as callers may change or transfer them. @throws the first error */
function vectorsOf(outcomes: readonly VectorOutcome[]): readonly Float32Array[] {
  return outcomes.map((outcome) => {
    if (outcome instanceof Error) throw outcome;
    return outcome.slice();
  });
}
