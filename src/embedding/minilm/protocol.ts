/** Length of the model's vectors. */
export const DIMENSIONS = 384;

/** What the server asks of a worker. `embed` wants the vectors of texts, `cut` the passages of one. */
export type WorkerTask =
  | { readonly kind: 'embed'; readonly texts: readonly string[] }
  | { readonly kind: 'cut'; readonly text: string };

/**
 * A message to a worker. After `leave` it exits by itself; stopping it from outside while the model runs aborts the process.
 * After `forget` it has nothing of the texts that it was given before.
 */
export type WorkerRequest =
  | { readonly kind: 'work'; readonly id: number; readonly work: WorkerTask }
  | { readonly kind: 'forget' }
  | { readonly kind: 'leave' };

/** A message from a worker: a result, as floats of `embed` or unsigned 32-bit offsets of `cut`; or why there is none. */
export type WorkerReply =
  | { readonly kind: 'done'; readonly id: number; readonly result: ArrayBuffer }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: WorkerFailure }
  /** It couldn't load the model, and exits. */
  | { readonly kind: 'unfit'; readonly reason: WorkerFailure };

export interface WorkerFailure {
  readonly message: string;
  readonly hint: string;
}

/** How a worker is set up. */
export interface WorkerSettings {
  /** The model's folder. */
  readonly directory: string;
  /** Threads of one run. */
  readonly threads: number;
  /** Whether its threads give way to others where the system can do that per thread. */
  readonly isBackground: boolean;
}
