import { z } from 'zod';
import type { Received } from '../../network/http.js';
import { wordsOf } from '../../network/server-text.js';
import { replyError, VoyageError } from './errors.js';

const refusalSchema = z.object({ detail: z.string(), error_code: z.string().nullish() });
/** The largest error response that is parsed. */
const MAX_BYTES = 65_536;
/** A key without a payment method is limited to 3 requests per minute. */
const FREE_TIER_PAUSE_MS = 20_000;

export interface RefusedRequest {
  readonly host: string;
  readonly model: string;
  /** Removed from the service's message, in case it contains it. */
  readonly apiKey: string;
}

/** The error for a response that isn't 200, with the service's own message. */
export function errorOfResponse(received: Received, { host, model, apiKey }: RefusedRequest): VoyageError {
  const { status } = received;
  if (status < 400)
    return replyError(host, `its status is ${status}, such as a redirection, which isn't followed with a key`);
  const { detail, code } = parse(received);
  const said = wordsOf(detail.replaceAll(apiKey, '…'));
  const words = said && `: ${said}`;
  const because = `(${status})${words}${/[.!?]$/.test(said) ? '' : '.'}`;
  switch (status) {
    case 401:
      return new VoyageError('KEY', `Voyage AI refuses the key ${because}`, KEY_HINT);
    case 403:
      return new VoyageError('HOST', `The key, or this machine, may not use ${host} ${because}`, HOST_HINT);
    case 410:
      return new VoyageError('MODEL', `The model ${model} is retired ${because}`, MODEL_HINT);
    case 429:
      return rateError(received, said, because);
  }
  if (status >= 500) return new VoyageError('SERVER', `Voyage AI has an internal error ${because}`, SERVER_HINT);
  const isTokens = code === 'TOO_MANY_TOKENS_IN_BATCH' || /max allowed tokens per submitted batch/i.test(detail);
  if (isTokens) return new VoyageError('TOO_MANY_TOKENS', `Voyage AI refuses a request ${because}`, TOKENS_HINT);
  return new VoyageError('REFUSED', `Voyage AI refuses a request for ${model} ${because}`, REFUSED_HINT);
}

const KEY_HINT =
  'Check VOYAGE_AI_API_KEY, or create a new key: in the dashboard of Voyage AI, or in Atlas under AI Models.';
const HOST_HINT =
  'A key that starts with pa- is for api.voyageai.com, one with al- for ai.mongodb.com: leave VOYAGE_BASE_URL out, and check which addresses and models the key is limited to.';
const MODEL_HINT =
  'Set VOYAGE_MODEL to a current model, such as voyage-4-large. Memories are then embedded again, and are found by keywords meanwhile.';
const SERVER_HINT =
  'Pending memories are embedded when it is over. Check https://status.voyageai.com if this continues.';
const TOKENS_HINT = 'The request is split and sent again. No action is needed.';
const REFUSED_HINT = 'Check VOYAGE_MODEL. If it is right, Voyage AI refuses the text: change it.';

function rateError({ headers }: Received, said: string, because: string): VoyageError {
  const isFreeTier = /payment method/i.test(said);
  const retryAfterMs = parseRetryAfter(headers['retry-after']) ?? (isFreeTier ? FREE_TIER_PAUSE_MS : null);
  const hint = isFreeTier
    ? 'Add a payment method on the billing page of Voyage AI: the free tokens stay free. Until then, embedding continues slowly.'
    : 'Embedding continues after a pause. If this happens often, ask Voyage AI for a higher limit.';
  return new VoyageError('RATE', `Voyage AI limits the rate of requests ${because}`, hint, { retryAfterMs });
}

/** Parses seconds or a date. Returns ms from now. */
function parseRetryAfter(value: string | undefined): number | null {
  if (!value) return null;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/** Only JSON of Voyage's own shape counts as its message. */
function parse({ headers, body }: Received): { readonly detail: string; readonly code: string | null } {
  try {
    if (!/^application\/json\b/i.test(headers['content-type'] ?? '') || body.length > MAX_BYTES)
      throw new SyntaxError();
    const { detail, error_code: code } = refusalSchema.parse(JSON.parse(body.toString()));
    return { detail, code: code ?? null };
  } catch {
    // For example, an error page of a proxy.
    return { detail: '', code: null };
  }
}
