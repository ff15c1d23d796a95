/**
 * The contract of an embedder: texts in, vectors of unit length out. Vectors of two models never mix, so each vector is
 * kept with its model.
 */
export interface Embedder {
  readonly model: EmbeddingModel;
  /**
   * Cuts a text into the passages that are embedded: one when it fits into the model's window, else overlapping ones that
   * cover all of it. Never empty for a text with something to embed; empty for a blank one.
   */
  passages(text: string): Promise<readonly Passage[]>;
  /**
   * Vectors of these passages' texts, in their order. Yields to queries between runs.
   * @param answered called with the vector of each text, or why it alone has none, as soon as that is known: also before
   * others are, and when these fail. What keeps all of them from a vector is only thrown
   * @throws EmbeddingError, the first
   */
  embedDocuments(texts: readonly string[], answered?: EmbeddingListener): Promise<readonly Float32Array[]>;
  /** The vector of what a person looks for. Goes ahead of waiting documents. @throws EmbeddingError */
  embedQuery(text: string): Promise<Float32Array>;
  /** Lets go of the model. Calling it again does nothing. */
  close(): Promise<void>;
}

/** Must not throw. `index`: of the text. */
export type EmbeddingListener = (index: number, outcome: Float32Array | Error) => void;

export interface EmbeddingModel {
  /** Name and variant; another name means vectors that can't be compared. */
  readonly name: string;
  readonly dimensions: number;
  /** The most texts that one call to `embedDocuments` should carry. */
  readonly maxBatch: number;
  /** The most text, in bytes of UTF-8, that should be worked on at a time, so that what is done is seen every few seconds. */
  readonly maxBatchBytes: number;
  /** How many calls to `embedDocuments` it is worth having under way at once. */
  readonly lanes: number;
}

/** A stretch of a text: offsets in UTF-16 code units, end exclusive. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}
