import type { ChromaClient } from 'chromadb';
import { z } from 'zod';
import { StoreError } from '../../domain/errors.js';
import type { HttpClient, Received } from '../../network/http.js';
import { hasTooManyValues } from '../../network/json-size.js';
import { isLinkLocal } from '../../network/link-local.js';
import { wordsOf } from '../../network/server-text.js';
import { codeOf } from '../../util/errors.js';
import { requireClient } from './client.js';
import { linkLocal } from './errors.js';

/** The largest response, in bytes. A page of rows usually has 300 KB; memories with much metadata make it some megabytes. */
const MAX_BYTES = 32 * 1_048_576;

/** Chroma's response to a request that it refuses. */
const refusalSchema = z.object({ error: z.string(), message: z.string() });
const MAX_REFUSAL_BYTES = 65_536;
/** Statuses about the content of a request, also from a proxy: Bad Request, Content Too Large, Unprocessable Content. */
const CONTENT_STATUSES: readonly number[] = [400, 413, 422];

/** Chroma's client uses the global `fetch`, with no option to replace it; its inner client accepts another one. */
interface Inside {
  readonly apiClient?: { readonly setConfig?: (config: { readonly fetch: typeof fetch }) => unknown };
}

/** Makes a client send its requests by `guardedFetch`. @throws StoreError when this version of the client can't */
export function useGuardedFetch(client: ChromaClient, http: HttpClient): void {
  const { apiClient } = client as unknown as Inside;
  if (!apiClient?.setConfig) {
    throw new StoreError(
      'STORE_UNSUITABLE',
      "This version of Chroma's client, the package chromadb, isn't supported.",
      'Run `npm install chromadb@~3.5` where Mooring is installed, and restart Mooring.',
    );
  }
  apiClient.setConfig({ fetch: (input, init) => guardedFetch(http, new Request(input, init)) });
}

/**
 * Sends one request. The response is bounded and successful: redirections aren't followed, and nothing of another server's
 * answer is passed on. @throws what Chroma's client throws; StoreError for a link-local address
 */
export async function guardedFetch(http: HttpClient, request: Request): Promise<Response> {
  const headers = Object.fromEntries(request.headers);
  const body = await request.text();
  const sent = { method: request.method, headers, maxBytes: MAX_BYTES, ...(body ? { body } : {}) };
  const received = await http.send(request.url, sent, request.signal).catch((cause: unknown) => {
    throw unsent(cause, request.url);
  });
  if (received.status < 200 || received.status > 299) throw refusal(received);
  if (hasTooManyValues(received.body)) throw new SyntaxError('The response has too many values.');
  const isEmpty = [204, 205].includes(received.status);
  return new Response(isEmpty ? null : new Uint8Array(received.body), {
    status: received.status,
    headers: { 'content-type': received.headers['content-type'] ?? '' },
  });
}

function unsent(cause: unknown, url: string): Error {
  if (isLinkLocal(cause)) return linkLocal(new URL(url).origin);
  return codeOf(cause) !== ''
    ? new (requireClient().ChromaConnectionError)('The request failed.', cause)
    : (cause as Error);
}

function refusal(received: Received): Error {
  const { status } = received;
  const library = requireClient();
  const said = wordsIn(received);
  switch (status) {
    case 401:
      return new library.ChromaUnauthorizedError('Unauthorized.');
    case 403:
      return new library.ChromaForbiddenError('Forbidden.');
    case 404:
      return new library.ChromaNotFoundError('There is no such resource.');
    case 409:
      return new library.ChromaUniqueError('The resource already exists.');
    case 408:
    case 425:
    case 429:
      return new library.ChromaRateLimitError('Too many requests.');
  }
  if (status < 400) return new SyntaxError('A redirection, which is not followed.');
  if (said && /^(Quota|Billing limit) exceeded/.test(said)) return new library.ChromaQuotaExceededError(said);
  const isOfContent = status < 500 && (said !== null || CONTENT_STATUSES.includes(status));
  if (isOfContent) return new library.ChromaClientError(said ?? `status ${status}.`);
  return new library.ChromaServerError(said ?? `status ${status}.`);
}

/** Chroma's own message; null when the response isn't of its shape. */
function wordsIn({ headers, body }: Received): string | null {
  try {
    if (!/^application\/json\b/i.test(headers['content-type'] ?? '') || body.length > MAX_REFUSAL_BYTES) return null;
    return wordsOf(refusalSchema.parse(JSON.parse(body.toString())).message);
  } catch {
    return null;
  }
}

/** Limits a list before its items are parsed. @throws SyntaxError when it has more of them than were requested */
export function atMost<T>(count: number, list: T): T {
  if (Array.isArray(list) && list.length > count) throw new SyntaxError('The response has more items than requested.');
  return list;
}
