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

/** The size of a response without its vectors, and of an error response, in bytes. */
const BYTES = 65_536;
/** The most bytes of a vector's component, in decimal. */
const BYTES_PER_NUMBER = 32;

/** The package's own timeout, in seconds. The signal's is shorter. */
const PACKAGE_TIMEOUT = 3_600;

/**
 * Sends one request through Voyage AI's package. The package builds the request; timeouts, retries, connections and parsing are
 * done here, because the package can't distinguish a timeout from other errors, drops the body, accepts any response as vectors,
 * and prints a line for each component that isn't a number.
 * @throws VoyageError, or the signal's reason
 */
export async function embedOnce(http: HttpClient, embedding: EmbedRequest): Promise<VoyageReply> {
  const { address, apiKey, texts, model, inputType, signal } = embedding;
  const { host } = new URL(address);
  const maxBytes = BYTES + texts.length * model.dimensions * BYTES_PER_NUMBER;
  const outcome: { body?: Buffer; error?: unknown } = {};

  /** Never rejects: the package would then leave its timer running, which keeps the process alive. */
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

  // Loaded when first needed, as it takes 17 MB and a tenth of a second. Unlike the other client, the generated one never
  // downloads a model to run it locally.
  const { GeneratedVoyageAIClient } = await import('voyageai');
  const client = new GeneratedVoyageAIClient({ apiKey, baseUrl: address, fetch: send });
  const request = {
    input: texts.map(wellFormed),
    model: model.name,
    inputType,
    // A document that doesn't fit is an error, instead of being found by its beginning only.
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

/** Replaces lone surrogates, which JSON can represent but the service refuses. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
