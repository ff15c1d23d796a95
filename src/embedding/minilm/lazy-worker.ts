import { Worker } from 'node:worker_threads';
import { EmbeddingError } from '../../domain/errors.js';
import { forgettable } from '../../util/forgettable.js';
import type { WorkerFailure, WorkerReply, WorkerRequest, WorkerTask } from './protocol.js';

/** A worker has few young objects: a small young generation saves about 10 MB. */
const YOUNG_GENERATION_MB = 4;

/** A worker thread that is started by the first task, and again after it exited. */
export interface LazyWorker {
  /** How many tasks wait for their result. */
  readonly pending: number;
  /** Whether the thread is running, so that the next task doesn't start one. */
  readonly isRunning: boolean;
  /** Whether the thread has completed a task, so that the model is loaded. */
  readonly isReady: boolean;
  /** Runs a task. @throws EmbeddingError when it fails, the thread exits first, or the worker is closed */
  run(task: WorkerTask): Promise<ArrayBuffer>;
  /** Makes the thread discard its caches of texts. Called by a purge. */
  clear(): void;
  /** Rejects waiting tasks, and resolves when no thread is left. Idempotent. */
  close(): Promise<void>;
}

export interface LazyWorkerOptions {
  /** The thread's module, which implements the protocol. */
  readonly entry: URL;
  /** The thread's `workerData`. */
  readonly settings: unknown;
  /** After how many idle milliseconds the thread exits. Left out, it stays. */
  readonly idleMs?: number;
}

interface Call {
  resolve(result: ArrayBuffer): void;
  reject(error: EmbeddingError): void;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly calls: Map<number, Call>;
  isReady: boolean;
  idle: NodeJS.Timeout | undefined;
}

/** An idle thread doesn't keep the process alive; one with tasks does. */
export function createLazyWorker(options: LazyWorkerOptions): LazyWorker {
  const exits = new Set<Promise<void>>();
  let running: RunningWorker | null = null;
  let isClosed = false;
  let lastId = 0;

  function run(task: WorkerTask): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      if (isClosed) throw closed();
      running ??= start();
      clearTimeout(running.idle);
      running.calls.set(++lastId, { resolve, reject });
      running.worker.ref();
      post(running.worker, { kind: 'task', id: lastId, task });
    });
  }

  function start(): RunningWorker {
    const worker = new Worker(options.entry, {
      workerData: options.settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      // The thread doesn't inherit flags of the process's entry, such as --input-type.
      execArgv: [],
      // Output of libraries stays in these streams; reading them would keep the process alive.
      stdout: true,
      stderr: true,
    });
    const started: RunningWorker = { worker, calls: new Map(), isReady: false, idle: undefined };
    worker.on('message', (reply: WorkerReply) => receive(started, reply));
    worker.on('error', (cause) => lose(started, stopped(cause)));
    const exit = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        lose(started, stopped());
        exits.delete(exit);
        resolve();
      });
    });
    exits.add(exit);
    return started;
  }

  function receive(from: RunningWorker, reply: WorkerReply): void {
    if (reply.kind === 'unusable') {
      lose(from, errorOf(reply.reason));
      return;
    }
    const call = from.calls.get(reply.id);
    if (!call) return;
    from.calls.delete(reply.id);
    from.isReady = true;
    if (from.calls.size === 0) rest(from);
    if (reply.kind === 'done') call.resolve(reply.result);
    else call.reject(errorOf(reply.reason));
  }

  function rest(idle: RunningWorker): void {
    idle.worker.unref();
    if (options.idleMs === undefined) return;
    idle.idle = setTimeout(() => {
      if (running === idle) running = null;
      post(idle.worker, { kind: 'exit' });
    }, options.idleMs).unref();
  }

  /** Rejects its tasks; the next one starts another thread. */
  function lose(lost: RunningWorker, error: EmbeddingError): void {
    if (running === lost) running = null;
    clearTimeout(lost.idle);
    for (const call of lost.calls.values()) call.reject(error);
    lost.calls.clear();
  }

  async function close(): Promise<void> {
    isClosed = true;
    if (running) {
      const { worker } = running;
      lose(running, closed());
      worker.ref();
      post(worker, { kind: 'exit' });
    }
    await Promise.all(exits);
  }

  return forgettable({
    get pending() {
      return running?.calls.size ?? 0;
    },
    get isRunning() {
      return running !== null;
    },
    get isReady() {
      return running?.isReady ?? false;
    },
    run,
    clear() {
      if (running) post(running.worker, { kind: 'forget' });
    },
    close,
  });
}

function post(worker: Worker, request: WorkerRequest): void {
  worker.postMessage(request);
}

function errorOf(reason: WorkerFailure): EmbeddingError {
  return new EmbeddingError(reason.message, reason.hint);
}

function closed(): EmbeddingError {
  return new EmbeddingError(
    'The embedder is closed.',
    'The server is stopping. Repeat the request when it is running again.',
  );
}

function stopped(cause?: unknown): EmbeddingError {
  return new EmbeddingError(
    'The thread that runs the model stopped before it had finished.',
    'Try again: the next request starts another thread.',
    { cause },
  );
}
