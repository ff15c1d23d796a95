import { Worker } from 'node:worker_threads';
import { StoreError } from '../../domain/errors.js';
import type { SignInLane } from '../contract.js';
import type { LaneData, LibraryCalls, ServerCalls } from './calls.js';
import { faults } from './faults.js';
import { createPeer, type Peer } from './peer.js';

/** After how long without a request the thread ends, in milliseconds: it holds 40 MB. */
const IDLE_MS = 10 * 60_000;

export interface LaneOptions {
  readonly data: LaneData;
  readonly calls: ServerCalls;
  /** Left out: ten minutes. */
  readonly idleMs?: number | undefined;
}

/**
 * Runs the library for signing in, which is large and slows down every promise of the thread that it runs in (by Node's
 * AsyncLocalStorage, before Node 24): so it has a thread of its own, while it is needed.
 */
export function createLane({ data, calls, idleMs = IDLE_MS }: LaneOptions): SignInLane {
  let running: { readonly worker: Worker; readonly peer: Peer<LibraryCalls> } | null = null;
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  function start() {
    // Without the environment, of which the library would read some variables itself.
    const worker = new Worker(new URL('./lane-thread.js', import.meta.url), {
      name: 'mooring-sign-in',
      workerData: data,
      env: { NODE_ENV: 'production' },
    });
    const peer = createPeer<LibraryCalls>(worker, calls, faults);
    const end = (cause: Error) => {
      if (running?.worker === worker) running = null;
      peer.abandon(ended(cause));
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('it exited')));
    worker.unref();
    return { worker, peer };
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const stopped = running;
    running = null;
    await stopped?.worker.terminate();
  }

  function rest(): void {
    clearTimeout(idle);
    idle = setTimeout(() => (running?.peer.waiting === 0 ? void stop() : rest()), idleMs).unref();
  }

  return {
    async answer(request) {
      if (isClosed) throw ended(new Error('the server is stopping'));
      running ??= start();
      rest();
      return running.peer.call('answer', request);
    },
    get isRunning() {
      return running !== null;
    },
    async close() {
      isClosed = true;
      await stop();
    },
  };
}

function ended(cause: Error): StoreError {
  return new StoreError(
    'STORE_UNAVAILABLE',
    `The thread for signing in ended before it answered: ${cause.message}.`,
    'Repeat the request.',
    { cause },
  );
}
