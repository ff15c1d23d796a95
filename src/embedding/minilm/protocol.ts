/** Length of the model's vectors. */
export const DIMENSIONS = 384;

/** What the server asks of a worker. `embed` wants the vectors of texts, `cut` the passages of one. */
export type Work =
  | { readonly kind: 'embed'; readonly texts: readonly string[] }
  | { readonly kind: 'cut'; readonly text: string };

/**
 * A message to a worker. After `leave` it exits by itself; stopping it from outside while the model runs aborts the process.
 * After `forget` it has nothing of the texts that it was given before.
 */
export type Request =
  | { readonly kind: 'work'; readonly id: number; readonly work: Work }
  | { readonly kind: 'forget' }
  | { readonly kind: 'leave' };

/** A message from a worker: a result, as floats of `embed` or unsigned 32-bit offsets of `cut`; or why there is none. */
export type Reply =
  | { readonly kind: 'done'; readonly id: number; readonly result: ArrayBuffer }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: Reason }
  /** It couldn't load the model, and exits. */
  | { readonly kind: 'unfit'; readonly reason: Reason };

export interface Reason {
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
