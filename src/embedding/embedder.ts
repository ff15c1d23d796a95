/**
 * The contract of an embedder: texts in, vectors of unit length out. Vectors of different models never mix, so each vector is
 * stored with its model.
 */
export interface Embedder {
  readonly model: EmbeddingModel;
  /**
   * Cuts a text into passages to embed: a single one if it fits into the model's window, else overlapping ones that cover all
   * of it. Empty only for a text with nothing to embed, such as a blank one.
   */
  passages(text: string): Promise<readonly Passage[]>;
  /**
   * Embeds the texts of passages, in their order. Queries go first between model runs.
   * @param answered called with the outcome of each text as soon as it is known, whether or not others fail: its vector, or
   * why this text alone has none. An error that affects all texts is only thrown
   * @throws EmbeddingError, the first
   */
  embedDocuments(texts: readonly string[], answered?: EmbeddingListener): Promise<readonly Float32Array[]>;
  /** Embeds a search query, ahead of waiting documents. @throws EmbeddingError */
  embedQuery(text: string): Promise<Float32Array>;
  /** Releases the model. Idempotent. */
  close(): Promise<void>;
}

/** Must not throw. `index`: that of the text. */
export type EmbeddingListener = (index: number, outcome: Float32Array | Error) => void;

export interface EmbeddingModel {
  /** Name and variant. Vectors of different names can't be compared. */
  readonly name: string;
  readonly dimensions: number;
  /** The most texts to pass to one call of `embedDocuments`. */
  readonly maxBatch: number;
  /** The most text to pass to one call, in bytes of UTF-8: small enough for progress every few seconds. */
  readonly maxBatchBytes: number;
  /** How many concurrent calls of `embedDocuments` are useful. */
  readonly lanes: number;
}

/** A part of a text: offsets in UTF-16 code units, end exclusive. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}
