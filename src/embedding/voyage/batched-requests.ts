import type { EmbeddingListener } from '../embedder.js';
import type { VoyageClient } from './client.js';
import { VoyageError } from './errors.js';
import type { VoyageModel } from './models.js';
import type { VectorOutcome } from './vector-cache.js';

/** What was paid for: one request that was answered. */
export interface VoyageUsage {
  readonly model: string;
  readonly requests: number;
  /** As Voyage AI counted them. */
  readonly tokens: number;
  /** At the list price; null when that isn't known. Free tokens aren't taken off. */
  readonly dollars: number | null;
}

export interface BatchedRequest {
  readonly client: VoyageClient;
  readonly model: VoyageModel;
  readonly inputType: 'document' | 'query';
  /** For whom: owners take turns. */
  readonly owner: object;
  readonly signal: AbortSignal;
  /** Must not throw. */
  readonly onUsage: (usage: VoyageUsage) => void;
}

/** The most texts of one request; Voyage AI would take 1,000, but then one text that is refused holds up as many. */
export const MAX_TEXTS = 100;
/** English has some five bytes to a token, code four. What has fewer than this makes a request that is divided. */
const BYTES_PER_TOKEN = 3;

/** The most bytes of one request that should stay under the model's limit of tokens. */
export function requestBytes({ requestTokens }: VoyageModel): number {
  return requestTokens * BYTES_PER_TOKEN;
}

/**
 * Buys vectors in as few requests as the limits allow. Never fails: each text's outcome is said, once, as soon as it is
 * known.
 */
export function requestInBatches(
  purchase: BatchedRequest,
  texts: readonly string[],
  answered: EmbeddingListener,
): void {
  for (const group of groups(texts, requestBytes(purchase.model))) void buy(purchase, group, answered);
}

/** Texts that stand together in what is bought, from this one on. */
interface TextBatch {
  readonly from: number;
  readonly texts: readonly string[];
}

async function buy(purchase: BatchedRequest, lot: TextBatch, answered: EmbeddingListener): Promise<void> {
  const answer = await ask(purchase, lot.texts);
  if (answer instanceof Error) await divide(purchase, lot, answer, answered);
  else tell(lot, answer, answered);
}

function tell({ from, texts }: TextBatch, answer: BatchOutcome, answered: EmbeddingListener): void {
  for (const index of texts.keys()) answered(from + index, answer instanceof Error ? answer : answer[index]!);
}

/** What is too much for one request, or has a text in it that is refused, is asked again in halves. */
async function divide(
  purchase: BatchedRequest,
  lot: TextBatch,
  error: Error,
  answered: EmbeddingListener,
): Promise<void> {
  if (lot.texts.length < 2 || !(isRefused(error) || isTooMuch(error))) return tell(lot, error, answered);
  const asked = halvesOf(lot).map(async (half) => {
    const answer = await ask(purchase, half.texts);
    if (!isRefused(answer) && !isTooMuch(answer)) tell(half, answer, answered);
    return { half, answer };
  });
  const answers = await Promise.all(asked);
  // When neither half is taken, it isn't a single text that is refused.
  const isNeither = answers.every(({ answer }) => isRefused(answer));
  const rest = answers.map(async ({ half, answer }) => {
    if (isNeither) tell(half, error, answered);
    else if (isRefused(answer) || isTooMuch(answer)) await divide(purchase, half, answer as Error, answered);
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

async function ask(
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

/** As they come, in lots that are full by number or by bytes. */
function groups(texts: readonly string[], maxBytes: number): readonly TextBatch[] {
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
