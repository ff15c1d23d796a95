import { join } from 'node:path';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { verifyFiles, WEIGHTS } from './files.js';
import { DIMENSIONS, type WorkerSettings } from './protocol.js';
import { loadTokenizer, requirePart, type Tokenizer, WINDOW } from './tokenizer.js';

/** Only errors are logged: nobody could act on the runtime's warnings. */
const LOG_ERRORS = 3;

/** The model in memory. */
export interface Model {
  readonly tokenizer: Tokenizer;
  /** Vectors of unit length, concatenated in the order of the texts. Yields between runs. */
  embed(texts: readonly string[]): Promise<Float32Array>;
}

interface Runtime {
  readonly InferenceSession: {
    create(path: string, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => Tensor;
}

interface EncodedText {
  readonly index: number;
  readonly ids: readonly number[];
}

/** Verifies the model's files and loads them. @throws EmbeddingError when a file is missing or differs */
export async function loadModel(settings: WorkerSettings): Promise<Model> {
  verifyFiles(settings.directory);
  const runtime: Runtime = requirePart('onnxruntime-node');
  const tokenizer = loadTokenizer(settings.directory);
  const session = await runtime.InferenceSession.create(join(settings.directory, WEIGHTS), {
    intraOpNumThreads: settings.threads,
    logSeverityLevel: LOG_ERRORS,
    // Spinning threads would use the core that the event loop needs.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });

  async function embed(texts: readonly string[]): Promise<Float32Array> {
    const vectors = new Float32Array(texts.length * DIMENSIONS);
    const items = texts.map((text, index) => ({ index, ids: tokenizer.encode(text) }));
    for (const batch of inBatches(items)) {
      const length = Math.max(...batch.map((item) => item.ids.length));
      const { last_hidden_state: states } = await session.run(inputs(batch, length));
      if (!(states?.data instanceof Float32Array)) throw new TypeError('The model returned no floats.');
      for (const [row, item] of batch.entries()) {
        pool(
          states.data,
          row * length,
          item.ids.length,
          vectors.subarray(item.index * DIMENSIONS, (item.index + 1) * DIMENSIONS),
        );
      }
    }
    return vectors;
  }

  function inputs(batch: readonly EncodedText[], length: number): InferenceSession.FeedsType {
    const ids = new BigInt64Array(batch.length * length);
    const mask = new BigInt64Array(batch.length * length);
    for (const [row, item] of batch.entries()) {
      ids.set(item.ids.map(BigInt), row * length);
      mask.fill(1n, row * length, row * length + item.ids.length);
    }
    const tensor = (data: BigInt64Array) => new runtime.Tensor('int64', data, [batch.length, length]);
    return {
      input_ids: tensor(ids),
      attention_mask: tensor(mask),
      token_type_ids: tensor(new BigInt64Array(ids.length)),
    };
  }

  return { tokenizer, embed };
}

/** Batches of up to one window of tokens, padding included. Sorted by length, so that little is padded. */
function* inBatches(items: readonly EncodedText[]): Generator<readonly EncodedText[]> {
  let batch: EncodedText[] = [];
  for (const item of items.toSorted((a, b) => a.ids.length - b.ids.length)) {
    if (batch.length > 0 && (batch.length + 1) * item.ids.length > WINDOW) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length > 0) yield batch;
}

/** The mean of a text's token states, at unit length. */
function pool(states: Float32Array, firstToken: number, tokens: number, vector: Float32Array): void {
  for (let token = firstToken; token < firstToken + tokens; token++) {
    for (let i = 0; i < DIMENSIONS; i++) vector[i]! += states[token * DIMENSIONS + i]!;
  }
  const norm = Math.hypot(...vector);
  for (let i = 0; i < DIMENSIONS; i++) vector[i]! /= norm;
}
