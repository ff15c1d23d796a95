import type { EmbeddingListener } from '../embedder.js';
import type { VoyageClient } from './client.js';
import { VoyageError } from './errors.js';
import type { VoyageModel } from './models.js';
import type { VectorOutcome } from './vector-cache.js';

/** The billed usage of one successful request. */
export interface VoyageUsage {
  readonly model: string;
  readonly requests: number;
  /** As counted by Voyage AI. */
  readonly tokens: number;
  /** At the list price; null when that is unknown. Free tokens aren't deducted. */
  readonly dollars: number | null;
}

export interface BatchedRequest {
  readonly client: VoyageClient;
  readonly model: VoyageModel;
  readonly inputType: 'document' | 'query';
  /** The requester: owners take turns. */
  readonly owner: object;
  readonly signal: AbortSignal;
  /** Must not throw. */
  readonly onUsage: (usage: VoyageUsage) => void;
}

/** The most texts of one request. Voyage AI accepts 1,000, but then one refused text would delay as many. */
export const MAX_TEXTS = 100;
/** English has about five bytes per token, code four. Requests with fewer bytes per token than this may have to be split. */
const BYTES_PER_TOKEN = 3;

/** The size of a request, in bytes, that should stay under the model's token limit. */
export function requestBytes({ requestTokens }: VoyageModel): number {
  return requestTokens * BYTES_PER_TOKEN;
}

/** Embeds texts in as few requests as the limits allow. Never throws: reports each text's outcome, once, as soon as it is known. */
export function requestInBatches(request: BatchedRequest, texts: readonly string[], answered: EmbeddingListener): void {
  for (const batch of batchesOf(texts, requestBytes(request.model))) void embed(request, batch, answered);
}

/** The texts of a request: consecutive ones, from the index `from` on. */
interface TextBatch {
  readonly from: number;
  readonly texts: readonly string[];
}

async function embed(request: BatchedRequest, batch: TextBatch, answered: EmbeddingListener): Promise<void> {
  const answer = await send(request, batch.texts);
  if (answer instanceof Error) await retryInHalves(request, batch, answer, answered);
  else report(batch, answer, answered);
}

function report({ from, texts }: TextBatch, answer: BatchOutcome, answered: EmbeddingListener): void {
  for (const index of texts.keys()) answered(from + index, answer instanceof Error ? answer : answer[index]!);
}

/** Retries a batch in halves if it is too large, or contains a refused text. */
async function retryInHalves(
  request: BatchedRequest,
  batch: TextBatch,
  error: Error,
  answered: EmbeddingListener,
): Promise<void> {
  if (batch.texts.length < 2 || !(isRefused(error) || isTooMuch(error))) return report(batch, error, answered);
  const requests = halvesOf(batch).map(async (half) => {
    const answer = await send(request, half.texts);
    if (!isRefused(answer) && !isTooMuch(answer)) report(half, answer, answered);
    return { half, answer };
  });
  const answers = await Promise.all(requests);
  // If both halves are refused, the cause isn't a single text.
  const isNeither = answers.every(({ answer }) => isRefused(answer));
  const rest = answers.map(async ({ half, answer }) => {
    if (isNeither) report(half, error, answered);
    else if (isRefused(answer) || isTooMuch(answer)) await retryInHalves(request, half, answer as Error, answered);
  });
  await Promise.all(rest);
}

function halvesOf({ from, texts }: TextBatch): readonly TextBatch[] {
  const middle = texts.length >> 1;
  return [
    { from, texts: texts.slice(0, middle) },
    { from: from + middle, texts: texts.slice(middle) },
  ];
}

type BatchOutcome = readonly VectorOutcome[] | Error;

const isRefused = (answer: BatchOutcome) => answer instanceof VoyageError && answer.failure === 'REFUSED';
const isTooMuch = (answer: BatchOutcome) => answer instanceof VoyageError && answer.failure === 'TOO_MANY_TOKENS';

async function send(
  { client, model, inputType, owner, signal, onUsage }: BatchedRequest,
  texts: readonly string[],
): Promise<BatchOutcome> {
  try {
    const { vectors, tokens } = await client.embed({ texts, model, inputType, owner, signal });
    const { dollarsPerMillion } = model;
    const dollars = dollarsPerMillion === null ? null : (tokens * dollarsPerMillion) / 1_000_000;
    onUsage({ model: model.name, requests: 1, tokens, dollars });
    return vectors;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Batches in the order of the texts, limited by number and by bytes. */
function batchesOf(texts: readonly string[], maxBytes: number): readonly TextBatch[] {
  const made: { readonly from: number; readonly texts: string[] }[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const [index, text] of texts.entries()) {
    const own = Buffer.byteLength(text);
    bytes += own;
    if (bytes > maxBytes || made.at(-1)!.texts.length === MAX_TEXTS) {
      made.push({ from: index, texts: [] });
      bytes = own;
    }
    made.at(-1)!.texts.push(text);
  }
  return made;
}
