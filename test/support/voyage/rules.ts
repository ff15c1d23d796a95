import type { IncomingMessage } from 'node:http';
import { base64, embed } from './vectors.js';

/** Which requests Voyage AI accepts, and how it answers them. */

/** An answer of the service. `tokens`: what it counts; 0 for a refusal. */
export interface Reply {
  readonly status: number;
  readonly body: object;
  readonly tokens: number;
}

const SIZES = [1024, 256, 512, 2048];
const FIXED = [1024];
/** The first dimensions are what a model gives unless asked; where there is one, it can't be asked. */
const MODELS: Readonly<Record<string, { dimensions: readonly number[]; window: number; batch: number }>> = {
  'voyage-4-large': { dimensions: SIZES, window: 32_000, batch: 120_000 },
  'voyage-4': { dimensions: SIZES, window: 32_000, batch: 320_000 },
  'voyage-4-lite': { dimensions: SIZES, window: 32_000, batch: 1_000_000 },
  'voyage-code-4': { dimensions: SIZES, window: 32_000, batch: 120_000 },
  'voyage-3-large': { dimensions: SIZES, window: 32_000, batch: 120_000 },
  'voyage-3.5': { dimensions: SIZES, window: 32_000, batch: 320_000 },
  'voyage-3.5-lite': { dimensions: SIZES, window: 32_000, batch: 1_000_000 },
  'voyage-code-3': { dimensions: SIZES, window: 32_000, batch: 120_000 },
  'voyage-finance-2': { dimensions: FIXED, window: 32_000, batch: 120_000 },
  'voyage-law-2': { dimensions: FIXED, window: 16_000, batch: 120_000 },
};
const RETIRED = ['voyage-01', 'voyage-02'];
const PROMPTS = {
  query: 'Represent the query for retrieving supporting documents: ',
  document: 'Represent the document for retrieval: ',
};
const MAX_TEXTS = 1_000;
/** Each platform's keys begin with its own letters, and its host accepts no others. */
const PREFIX = /^(pa|al)-/;

/** How the service answers a request. `body`: undefined when it isn't JSON. `poison`: refused wherever it is. */
export function judge(request: IncomingMessage, body: unknown, key: string, poison?: string): Reply {
  if (request.url !== '/v1/embeddings' || request.method !== 'POST') return refuse(404, 'Not Found');
  return refuseKey(request.headers.authorization, key) ?? judgeBody(body, poison);
}

/** A refusal's answer. */
export function refuse(status: number, detail: string, code?: string): Reply {
  return { status, body: { detail, ...(code ? { error_code: code } : {}) }, tokens: 0 };
}

function refuseKey(authorization: string | undefined, key: string): Reply | null {
  const given = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  if (given === key) return null;
  if (!given) return refuse(401, 'No API key was provided.');
  const isAtHome = PREFIX.exec(given)?.[0] === PREFIX.exec(key)?.[0];
  return isAtHome ? refuse(401, 'Provided API key is invalid.') : refuse(403, 'The key may not be used on this host.');
}

function judgeBody(body: unknown, poison?: string): Reply {
  if (!isRecord(body)) return refuse(400, 'The request body is not valid JSON.');
  const { input, model, input_type: type = null, output_dimension: asked, encoding_format: format = null } = body;
  if (typeof model !== 'string') return refuse(400, "The parameter 'model' is required.");
  if (RETIRED.includes(model)) return refuse(410, `Model ${model} has been retired.`);
  const facts = MODELS[model];
  if (!facts) return refuse(400, `Model ${model} is not supported. Supported models are ${Object.keys(MODELS)}.`);

  const texts: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || !texts.every(isText)) {
    return refuse(400, 'Input cannot contain empty strings or empty lists.');
  }
  if (texts.length > MAX_TEXTS) return refuse(400, `The batch size limit is ${MAX_TEXTS}, not ${texts.length}.`);
  if (texts.some((text) => poison !== undefined && text.includes(poison))) return refuse(400, 'A text is refused.');
  if (type !== null && type !== 'query' && type !== 'document') return refuse(400, `There is no input_type ${type}.`);
  if (format !== null && format !== 'base64') return refuse(400, `There is no encoding_format ${format}.`);
  const isChoice = facts.dimensions.length > 1 && facts.dimensions.some((each) => each === asked);
  if (asked !== undefined && !isChoice) return refuse(400, `${model} has no output_dimension ${asked}.`);

  const dimensions = Number(asked ?? facts.dimensions[0]);
  const counts = texts.map((text) => countTokens(text, type));
  const overlong = body.truncation === false ? counts.findIndex((count) => count > facts.window) : -1;
  if (overlong >= 0) {
    return refuse(
      400,
      `Request to model '${model}' failed. The example at index ${overlong} in your batch has too many tokens and does not fit into the model's context window of ${facts.window} tokens.`,
    );
  }
  const tokens = counts.reduce((sum, count) => sum + Math.min(count, facts.window), 0);
  if (tokens > facts.batch) return refuseTokens(model, tokens, facts.batch);
  const data = texts.map((text, index) => {
    const vector = embed(text, dimensions);
    return { object: 'embedding', embedding: format === 'base64' ? base64(vector) : [...vector], index };
  });
  return { status: 200, body: { object: 'list', data, model, usage: { total_tokens: tokens } }, tokens };
}

function refuseTokens(model: string, tokens: number, limit: number): Reply {
  return refuse(
    400,
    `Request to model '${model}' failed. The max allowed tokens per submitted batch is ${limit}. Your batch has ${tokens} tokens after truncation. Please lower the number of tokens in the batch.`,
    'TOO_MANY_TOKENS_IN_BATCH',
  );
}

/** A token for every four letters of a Latin word, and one for each byte of anything else but blanks. */
export function countTokens(text: string, type: 'query' | 'document' | null = null): number {
  let tokens = type ? countTokens(PROMPTS[type]) : 0;
  for (const [piece] of text.matchAll(/[a-z0-9]+|[^a-z0-9\s]+/gi)) {
    tokens += /^[a-z0-9]/i.test(piece) ? Math.ceil(piece.length / 4) : Buffer.byteLength(piece);
  }
  return tokens;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
