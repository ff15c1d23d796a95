import { setPriority } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { MooringError, saidBy } from '../../domain/errors.js';
import { forgetTexts } from '../../util/forgettable.js';
import { loadModel, type Model } from './model.js';
import { cutByTokens } from './passages-by-tokens.js';
import type { WorkerFailure, WorkerReply, WorkerRequest, WorkerSettings, WorkerTask } from './protocol.js';

/** Below everything interactive, above what only runs on an idle machine. */
const BACKGROUND_PRIORITY = 10;

/** How long cutting a text goes on without looking for messages. */
const SLICE_MS = 10;

const port = parentPort!;
const settings: WorkerSettings = workerData;

// On Linux priority belongs to a thread, and the runtime's threads inherit it; elsewhere it is the whole process's.
if (settings.isBackground && process.platform === 'linux') setPriority(0, BACKGROUND_PRIORITY);

const loading = loadModel(settings);
loading.catch((error: unknown) => {
  send({ kind: 'unfit', reason: reasonOf(error) });
  port.close();
});

port.on('message', async (request: WorkerRequest) => {
  // While this line runs the model doesn't: a run holds this thread.
  if (request.kind === 'leave') process.exit();
  if (request.kind === 'forget') return forgetTexts();
  const model = await loading.catch(() => null);
  if (!model) return;
  try {
    const result = await perform(model, request.work);
    send({ kind: 'done', id: request.id, result }, [result]);
  } catch (error) {
    send({ kind: 'failed', id: request.id, reason: reasonOf(error) });
  }
});

async function perform(model: Model, work: WorkerTask): Promise<ArrayBuffer> {
  if (work.kind === 'embed') return bufferOf(await model.embed(work.texts));
  return bufferOf(Uint32Array.from(await cut(model, work.text)));
}

/** The passages' offsets, start and end in turn. Other messages are heard meanwhile. */
async function cut(model: Model, text: string): Promise<number[]> {
  const offsets: number[] = [];
  let heardAt = performance.now();
  for (const passage of cutByTokens(text, model.tokenizer.count)) {
    offsets.push(passage.start, passage.end);
    if (performance.now() - heardAt < SLICE_MS) continue;
    await nextTurn();
    heardAt = performance.now();
  }
  return offsets;
}

function bufferOf(array: Float32Array | Uint32Array): ArrayBuffer {
  const { buffer } = array;
  if (!(buffer instanceof ArrayBuffer)) throw new TypeError('Only memory of its own can be handed over.');
  return buffer;
}

function send(reply: WorkerReply, transfer: readonly ArrayBuffer[] = []): void {
  port.postMessage(reply, transfer);
}

function reasonOf(error: unknown): WorkerFailure {
  if (error instanceof MooringError) return { message: error.message, hint: error.hint };
  return {
    message: `The model failed: ${saidBy(error)}.`,
    hint: 'Try again; if it stays so, please report it with this message.',
  };
}
