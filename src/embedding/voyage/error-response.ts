import { z } from 'zod';
import type { Received } from '../../network/http.js';
import { wordsOf } from '../../network/words.js';
import { replyError, VoyageError } from './errors.js';

const refusalSchema = z.object({ detail: z.string(), error_code: z.string().nullish() });
/** No refusal is longer. */
const MAX_BYTES = 65_536;
/** A key without a payment method has 3 requests a minute. */
const FREE_TIER_PAUSE_MS = 20_000;

export interface RefusedRequest {
  readonly host: string;
  readonly model: string;
  /** Taken out of the service's words, should it be in them. */
  readonly apiKey: string;
}

/** The error of an answer that isn't 200, in the service's own words. */
export function errorOfResponse(received: Received, { host, model, apiKey }: RefusedRequest): VoyageError {
  const { status } = received;
  if (status < 400)
    return replyError(host, `it answers ${status}, such as a redirection, which isn't followed with a key`);
  const { detail, code } = parse(received);
  const said = wordsOf(detail.replaceAll(apiKey, '…'));
  const words = said && `: ${said}`;
  const because = `(${status})${words}${/[.!?]$/.test(said) ? '' : '.'}`;
  switch (status) {
    case 401:
      return new VoyageError('KEY', `Voyage AI doesn't take the key ${because}`, KEY_HINT);
    case 403:
      return new VoyageError('HOST', `The key, or this machine, may not use ${host} ${because}`, HOST_HINT);
    case 410:
      return new VoyageError('MODEL', `The model ${model} is retired ${because}`, MODEL_HINT);
    case 429:
      return rateError(received, said, because);
  }
  if (status >= 500) return new VoyageError('SERVER', `Voyage AI has a fault ${because}`, SERVER_HINT);
  const isTokens = code === 'TOO_MANY_TOKENS_IN_BATCH' || /max allowed tokens per submitted batch/i.test(detail);
  if (isTokens) return new VoyageError('TOO_MANY_TOKENS', `Voyage AI refuses a request ${because}`, TOKENS_HINT);
  return new VoyageError('REFUSED', `Voyage AI refuses what ${model} was asked ${because}`, REFUSED_HINT);
}

const KEY_HINT =
  'Check VOYAGE_AI_API_KEY, or make a new key: in the dashboard of Voyage AI, or in Atlas under AI Models.';
const HOST_HINT =
  'A key that begins with pa- belongs to api.voyageai.com, one with al- to ai.mongodb.com: leave VOYAGE_BASE_URL out, and check which addresses and models the key is limited to.';
const MODEL_HINT =
  'Set VOYAGE_MODEL to one that is served, such as voyage-4-large. Memories are embedded anew with it, and found by keywords meanwhile.';
const SERVER_HINT =
  'What waits is embedded by itself when it is over. Look at https://status.voyageai.com if this goes on.';
const TOKENS_HINT = 'The request is divided and sent again; nothing needs to be done.';
const REFUSED_HINT = 'Check VOYAGE_MODEL. If it is right, the text is what Voyage AI refuses: change it.';

function rateError({ headers }: Received, said: string, because: string): VoyageError {
  const isFreeTier = /payment method/i.test(said);
  const retryAfterMs = parseRetryAfter(headers['retry-after']) ?? (isFreeTier ? FREE_TIER_PAUSE_MS : null);
  const hint = isFreeTier
    ? 'Add a payment method in the billing page of Voyage AI: the free tokens stay free. Until then, embedding goes on slowly by itself.'
    : 'Embedding goes on by itself after a pause. If this happens often, ask Voyage AI for a higher limit.';
  return new VoyageError('RATE', `Voyage AI wants fewer requests ${because}`, hint, { retryAfterMs });
}

/** Seconds or a date, in ms from now. */
function parseRetryAfter(value: string | undefined): number | null {
  if (!value) return null;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Only what is JSON of Voyage's own shape is taken for its words. */
function parse({ headers, body }: Received): { readonly detail: string; readonly code: string | null } {
  try {
    if (!/^application\/json\b/i.test(headers['content-type'] ?? '') || body.length > MAX_BYTES)
      throw new SyntaxError();
    const { detail, error_code: code } = refusalSchema.parse(JSON.parse(body.toString()));
    return { detail, code: code ?? null };
  } catch {
    // Such as the page of a proxy.
    return { detail: '', code: null };
  }
}
