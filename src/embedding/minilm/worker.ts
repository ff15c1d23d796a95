import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { MooringError, saidBy } from '../../domain/errors.js';
import { nextTurn } from '../../util/async.js';
import { forgetTexts } from '../../util/forgettable.js';
import { loadModel, type Model } from './model.js';
import { cutByTokens } from './passages-by-tokens.js';
import type { WorkerFailure, WorkerReply, WorkerRequest, WorkerSettings, WorkerTask } from './protocol.js';

/** Below everything interactive, above work that only runs on an idle machine. */
const BACKGROUND_PRIORITY = 10;

/** The longest that cutting a text blocks messages, in ms. */
const SLICE_MS = 10;

const port = parentPort!;
const settings: WorkerSettings = workerData;

// On Linux priority is per thread, and the runtime's threads inherit it; elsewhere it is per process.
if (settings.isBackground && process.platform === 'linux') setPriority(0, BACKGROUND_PRIORITY);

const loading = loadModel(settings);
loading.catch((error: unknown) => {
  send({ kind: 'unusable', reason: reasonOf(error) });
  port.close();
});

port.on('message', async (request: WorkerRequest) => {
  // The model isn't running here: a run blocks this thread.
  if (request.kind === 'exit') process.exit();
  if (request.kind === 'forget') return forgetTexts();
  const model = await loading.catch(() => null);
  if (!model) return;
  try {
    const result = await perform(model, request.task);
    send({ kind: 'done', id: request.id, result }, [result]);
  } catch (error) {
    send({ kind: 'failed', id: request.id, reason: reasonOf(error) });
  }
});

async function perform(model: Model, task: WorkerTask): Promise<ArrayBuffer> {
  if (task.kind === 'embed') return bufferOf(await model.embed(task.texts));
  return bufferOf(Uint32Array.from(await cut(model, task.text)));
}

/** The passages' offsets: start and end of each. Yields to other messages. */
async function cut(model: Model, text: string): Promise<number[]> {
  const offsets: number[] = [];
  let yieldedAt = performance.now();
  for (const passage of cutByTokens(text, model.tokenizer.count)) {
    offsets.push(passage.start, passage.end);
    if (performance.now() - yieldedAt < SLICE_MS) continue;
    await nextTurn();
    yieldedAt = performance.now();
  }
  return offsets;
}

function bufferOf(array: Float32Array | Uint32Array): ArrayBuffer {
  const { buffer } = array;
  if (!(buffer instanceof ArrayBuffer)) throw new TypeError("Shared memory can't be transferred.");
  return buffer;
}

function send(reply: WorkerReply, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(reply, transfer);
}

function reasonOf(error: unknown): WorkerFailure {
  if (error instanceof MooringError) return { message: error.message, hint: error.hint };
  return {
    message: `The model failed: ${saidBy(error)}.`,
    hint: 'Try again. If it keeps failing, please report it with this message.',
  };
}
