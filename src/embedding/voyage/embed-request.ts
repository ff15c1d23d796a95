import { BodyTooLargeError, type HttpClient } from '../../network/http.js';
import { isLinkLocal } from '../../network/link-local.js';
import { errorOfResponse } from './error-response.js';
import { linkLocalError, networkError, replyError } from './errors.js';
import type { VoyageModel } from './models.js';
import { parseReply, type VoyageReply } from './reply.js';

export interface EmbedRequest {
  readonly address: string;
  readonly apiKey: string;
  readonly texts: readonly string[];
  readonly model: VoyageModel;
  readonly inputType: 'document' | 'query';
  readonly signal: AbortSignal;
}

/** What an answer may have beside its vectors, and all that a refusal may have. */
const BYTES = 65_536;
/** The most bytes that a number of a vector takes, in decimal. */
const BYTES_PER_NUMBER = 32;

/** The package's own time limit, in seconds. Ours is the signal's, and shorter. */
const PACKAGE_TIMEOUT = 3_600;

/**
 * Asks the service once, through its package. That knows the protocol of requests; time limits, retries, connections and
 * the reading of answers are ours: it would tell a timeout from nothing else, leave out the body, take any answer for
 * vectors, and print a line for each number in it that is none.
 * @throws VoyageError, or the signal's reason
 */
export async function embedOnce(http: HttpClient, exchange: EmbedRequest): Promise<VoyageReply> {
  const { address, apiKey, texts, model, inputType, signal } = exchange;
  const { host } = new URL(address);
  const maxBytes = BYTES + texts.length * model.dimensions * BYTES_PER_NUMBER;
  const outcome: { body?: Buffer; error?: unknown } = {};

  /** Never rejects: then the package would leave its timer behind, which keeps the process alive. */
  const send: typeof fetch = async (url, init) => {
    try {
      const headers = Object.fromEntries(new Headers(init?.headers));
      const sent = { method: 'POST', headers, body: String(init?.body), maxBytes };
      const received = await http.send(String(url), sent, signal);
      if (received.status === 200) outcome.body = received.body;
      else outcome.error = errorOfResponse(received, { host, model: model.name, apiKey });
    } catch (error) {
      outcome.error = toVoyageError(error, host, signal);
    }
    return new Response('{}');
  };

  // Loaded when first needed, for it takes 17 MB and a tenth of a second. The generated client is the one that never
  // downloads a model to run it here.
  const { GeneratedVoyageAIClient } = await import('voyageai');
  const client = new GeneratedVoyageAIClient({ apiKey, baseUrl: address, fetch: send });
  const request = {
    input: texts.map(wellFormed),
    model: model.name,
    inputType,
    // A document that doesn't fit is an error, not one that can be found by its head only.
    truncation: inputType === 'query',
    encodingFormat: 'base64' as const,
    ...(model.isResizable ? { outputDimension: model.dimensions } : {}),
  };
  await client.embed(request, { maxRetries: 0, timeoutInSeconds: PACKAGE_TIMEOUT });
  if (!outcome.body) throw outcome.error;
  return parseReply(outcome.body, { host, count: texts.length, dimensions: model.dimensions });
}

function toVoyageError(error: unknown, host: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (isLinkLocal(error)) return linkLocalError(host);
  if (error instanceof BodyTooLargeError) return replyError(host, `it is larger than ${error.maxBytes} bytes`);
  return networkError(host, error instanceof Error ? error : new Error(String(error)));
}

/** JSON can carry half a surrogate pair, but it is no text to the service. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
