/** Dimensions of the model's vectors. */
export const DIMENSIONS = 384;

/** A task for a worker. `embed`: the vectors of texts; `cut`: the passages of a text. */
export type WorkerTask =
  | { readonly kind: 'embed'; readonly texts: readonly string[] }
  | { readonly kind: 'cut'; readonly text: string };

/**
 * A message to a worker. `forget`: discard all caches of texts. `exit`: terminating the thread from outside while the model
 * runs would abort the process.
 */
export type WorkerRequest =
  | { readonly kind: 'task'; readonly id: number; readonly task: WorkerTask }
  | { readonly kind: 'forget' }
  | { readonly kind: 'exit' };

/** A message from a worker: a result, which is floats for `embed` and unsigned 32-bit offsets for `cut`, or an error. */
export type WorkerReply =
  | { readonly kind: 'done'; readonly id: number; readonly result: ArrayBuffer }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: WorkerFailure }
  /** It couldn't load the model, and exits. */
  | { readonly kind: 'unusable'; readonly reason: WorkerFailure };

export interface WorkerFailure {
  readonly message: string;
  readonly hint: string;
}

/** The settings of a worker. */
export interface WorkerSettings {
  /** The model's folder. */
  readonly directory: string;
  /** Threads per model run. */
  readonly threads: number;
  /** Whether its threads have a lower priority, where the system has priorities per thread. */
  readonly isBackground: boolean;
}
