import type { VoyageClient } from './client.js';
import { VoyageError } from './errors.js';
import type { Outcome } from './memo.js';
import type { VoyageModel } from './models.js';

/** What was paid for: one request that was answered. */
export interface VoyageUsage {
  readonly model: string;
  readonly requests: number;
  /** As Voyage AI counted them. */
  readonly tokens: number;
  /** At the list price; null when that isn't known. Free tokens aren't taken off. */
  readonly dollars: number | null;
}

export interface Purchase {
  readonly client: VoyageClient;
  readonly model: VoyageModel;
  readonly inputType: 'document' | 'query';
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

/** Buys vectors in as few requests as the limits allow. Never rejects: a text's outcome says what became of it. */
export async function buyVectors(purchase: Purchase, texts: readonly string[]): Promise<readonly Outcome[]> {
  const bought = await Promise.all(groups(texts, requestBytes(purchase.model)).map((group) => buy(purchase, group)));
  return bought.flat();
}

async function buy(purchase: Purchase, texts: readonly string[]): Promise<readonly Outcome[]> {
  return divide(purchase, texts, await ask(purchase, texts));
}

/** What is too much for one request, or has a text in it that is refused, is asked again in halves. */
async function divide(purchase: Purchase, texts: readonly string[], answer: Answer): Promise<readonly Outcome[]> {
  if (!(answer instanceof Error)) return answer;
  if (texts.length < 2 || !(isRefused(answer) || isTooMuch(answer))) return texts.map(() => answer);
  const middle = texts.length >> 1;
  const halves = [texts.slice(0, middle), texts.slice(middle)];
  const answers = await Promise.all(halves.map((half) => ask(purchase, half)));
  // When neither half is taken, it isn't a single text that is refused.
  if (answers.every(isRefused)) return texts.map(() => answer);
  return (await Promise.all(halves.map((half, index) => divide(purchase, half, answers[index]!)))).flat();
}

type Answer = readonly Float32Array[] | Error;

const isRefused = (answer: Answer) => answer instanceof VoyageError && answer.failure === 'REFUSED';
const isTooMuch = (answer: Answer) => answer instanceof VoyageError && answer.failure === 'TOO_MANY_TOKENS';

async function ask({ client, model, inputType, signal, onUsage }: Purchase, texts: readonly string[]): Promise<Answer> {
  try {
    const { vectors, tokens } = await client.embed({ texts, model, inputType, signal });
    const { dollarsPerMillion } = model;
    const dollars = dollarsPerMillion === null ? null : (tokens * dollarsPerMillion) / 1_000_000;
    onUsage({ model: model.name, requests: 1, tokens, dollars });
    return vectors;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** As they come, in groups that are full by number or by bytes. */
function groups(texts: readonly string[], maxBytes: number): string[][] {
  const made: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    const own = Buffer.byteLength(text);
    bytes += own;
    if (bytes > maxBytes || made.at(-1)!.length === MAX_TEXTS) {
      made.push([]);
      bytes = own;
    }
    made.at(-1)!.push(text);
  }
  return made;
}
