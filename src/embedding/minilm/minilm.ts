import { availableParallelism } from 'node:os';
import type { Embedder, EmbeddingListener, EmbeddingModel, Passage } from '../embedder.js';
import { MODEL, modelDirectory } from './files.js';
import { createLazyWorker } from './lazy-worker.js';
import { DIMENSIONS, type WorkerSettings } from './protocol.js';
import { forbidTelemetry } from './telemetry.js';

/** 16 KB are about 19 full windows: half a second on two cores, the longest that a memory just saved waits for others. */
const MODEL_FACTS: EmbeddingModel = {
  name: `${MODEL}/int8`,
  dimensions: DIMENSIONS,
  maxBatch: 100,
  maxBatchBytes: 16_384,
  // While one batch is embedded, the next is read and cut into passages.
  lanes: 2,
};
const WORKER = new URL('./worker.js', import.meta.url);
/** Up to this many UTF-16 code units, padded to the longest, documents take about as long as a query and may use its worker. */
const SHORT_TEXTS = 500;
/** Up to this many UTF-16 code units, cutting takes a few milliseconds. */
const SHORT_CUT = 8_192;
/** How long the idle worker for batches stays: its copy of the model takes 60 MB. */
const BATCH_IDLE_MS = 3_000;
const MAX_THREADS = 4;

export interface MiniLmOptions {
  /** The model's folder. Left out, the package's own. */
  readonly directory?: string;
}

/**
 * all-MiniLM-L6-v2 as int8 ONNX, in worker threads of this process, offline. Two workers, because a model run can't be
 * interrupted: one for queries, and one for batches, which has a lower priority and exits when idle. A worker verifies the
 * model's files when it loads them, with its first task.
 */
export function createMiniLmEmbedder(options: MiniLmOptions = {}): Embedder {
  forbidTelemetry();
  const directory = options.directory ?? modelDirectory();
  const queries = createLazyWorker({ entry: WORKER, settings: settings(1, false) });
  const batches = createLazyWorker({ entry: WORKER, settings: settings(batchThreads(), true), idleMs: BATCH_IDLE_MS });

  function settings(threads: number, isBackground: boolean): WorkerSettings {
    return { directory, threads, isBackground };
  }

  /** A few short texts aren't worth another copy of the model, unless queries are running. */
  function workerFor(length: number, short: number) {
    const isBusy = queries.isReady && queries.pending > 0;
    return batches.isRunning || length > short || isBusy ? batches : queries;
  }

  async function passages(text: string): Promise<readonly Passage[]> {
    if (!/\S/.test(text)) return [];
    const offsets = new Uint32Array(await workerFor(text.length, SHORT_CUT).run({ kind: 'cut', text }));
    return Array.from({ length: offsets.length / 2 }, (_, i) => ({ start: offsets[i * 2]!, end: offsets[i * 2 + 1]! }));
  }

  async function embedDocuments(
    texts: readonly string[],
    answered: EmbeddingListener = () => {},
  ): Promise<readonly Float32Array[]> {
    if (texts.length === 0) return [];
    const worker = workerFor(texts.length * Math.max(...texts.map(({ length }) => length)), SHORT_TEXTS);
    const packed = new Float32Array(await worker.run({ kind: 'embed', texts }));
    const vectors = texts.map((_, i) => packed.slice(i * DIMENSIONS, (i + 1) * DIMENSIONS));
    for (const [index, vector] of vectors.entries()) answered(index, vector);
    return vectors;
  }

  async function embedQuery(text: string): Promise<Float32Array> {
    return new Float32Array(await queries.run({ kind: 'embed', texts: [text] }));
  }

  async function close(): Promise<void> {
    await Promise.all([queries.close(), batches.close()]);
  }

  return { model: MODEL_FACTS, passages, embedDocuments, embedQuery, close };
}

/** All cores where batches have a lower priority than queries; elsewhere one core stays free. */
function batchThreads(): number {
  const cores = availableParallelism();
  return Math.min(MAX_THREADS, process.platform === 'linux' ? cores : Math.max(1, cores - 1));
}
