import { Worker } from 'node:worker_threads';
import { EmbeddingError } from '../../domain/errors.js';
import { forgettable } from '../../util/forgettable.js';
import type { WorkerFailure, WorkerReply, WorkerRequest, WorkerTask } from './protocol.js';

/** A worker's young objects are few; a small nursery keeps some 10 MB from being held for nothing. */
const YOUNG_GENERATION_MB = 4;

/** Work for a worker thread that is started when first needed, and again when it was lost. */
export interface LazyWorker {
  /** How many calls wait for their result. */
  readonly pending: number;
  /** Whether there is a worker, so that the next call needn't start one. */
  readonly isRunning: boolean;
  /** Whether that worker has done something, so that it has what it loads at its start. */
  readonly isReady: boolean;
  /** Has the worker do it. @throws EmbeddingError when it can't, stops before it is done, or the lane is closed */
  ask(work: WorkerTask): Promise<ArrayBuffer>;
  /** Has the worker forget the texts that it was given. A purge does. */
  clear(): void;
  /** Rejects what waits, and resolves when no thread is left. Calling it again waits for the same. */
  close(): Promise<void>;
}

export interface LazyWorkerOptions {
  /** The worker's module; it speaks the protocol. */
  readonly entry: URL;
  /** Handed to the worker as its `workerData`. */
  readonly settings: unknown;
  /** After how many milliseconds without work the worker leaves. Without it, it stays. */
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

/** A lane with one worker. The process may end while the worker has nothing to do, not before. */
export function createLazyWorker(options: LazyWorkerOptions): LazyWorker {
  const exits = new Set<Promise<void>>();
  let running: RunningWorker | null = null;
  let isClosed = false;
  let lastId = 0;

  function ask(work: WorkerTask): Promise<ArrayBuffer> {
    return new Promise((resolve, reject) => {
      if (isClosed) throw closed();
      running ??= start();
      clearTimeout(running.idle);
      running.calls.set(++lastId, { resolve, reject });
      running.worker.ref();
      post(running.worker, { kind: 'work', id: lastId, work });
    });
  }

  function start(): RunningWorker {
    const worker = new Worker(options.entry, {
      workerData: options.settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      // Flags of the process's own entry, such as --input-type, aren't the worker's.
      execArgv: [],
      // What libraries print stays in these streams; reading them would keep the process from ending.
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
    if (reply.kind === 'unfit') {
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
      post(idle.worker, { kind: 'leave' });
    }, options.idleMs).unref();
  }

  /** Its calls fail; the next one finds another worker. */
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
      post(worker, { kind: 'leave' });
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
    ask,
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
    'The server is stopping; repeat the request when it runs again.',
  );
}

function stopped(cause?: unknown): EmbeddingError {
  return new EmbeddingError(
    'The thread that runs the model stopped before it was done.',
    'Try again: the next call starts another.',
    { cause },
  );
}
