import type { VoyageSettings } from '../../domain/storage-settings.js';
import { createHttpClient } from '../../network/http.js';
import { delay } from '../../util/async.js';
import { backoff } from '../../util/backoff.js';
import { createFairSemaphore } from '../fair-semaphore.js';
import { addressesFor, type VoyageHosts } from './address.js';
import { embedOnce } from './embed-request.js';
import { closedError, timeoutError, VoyageError, type VoyageFailure } from './errors.js';
import type { VoyageModel } from './models.js';
import type { VoyageReply } from './reply.js';
import { createWorkSignal, type WorkSignal } from './work-signal.js';

/** A client of Voyage AI's API for one key. Share it among all that use the key, as rate limits are per key. */
export interface VoyageClient {
  /** The model in the settings. */
  readonly model: string;
  /**
   * Embeds texts in one request, with up to three attempts. Up to four requests with documents run concurrently; others wait
   * for a turn, fairly among owners. @throws VoyageError
   */
  embed(request: VoyageRequest): Promise<VoyageReply>;
  /** Fails current requests and closes the connections. Idempotent. */
  close(): Promise<void>;
}

export interface VoyageRequest {
  readonly texts: readonly string[];
  readonly model: VoyageModel;
  /** Queries and documents are embedded differently. A query doesn't wait for a turn, and has a shorter timeout. */
  readonly inputType: 'document' | 'query';
  /** The requester, such as a project's embedder, for fair turns. Requests without one share one owner. */
  readonly owner?: object | undefined;
  /** Aborts the request; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

export interface VoyageClientOptions {
  /** The hosts to use when no address is configured. Left out, the real ones. */
  readonly hosts?: VoyageHosts | undefined;
  /** The longest wait before the second attempt, in ms; it doubles with each. 500 when left out. */
  readonly retryMs?: number | undefined;
}

/** Concurrent requests with documents. */
export const VOYAGE_LANES = 4;
/** The timeout of a request with all its attempts and backoffs, but not its wait for a turn, in ms. */
const DEADLINE_MS = 30_000;
/** The same for a query, in ms: after that, the search runs without its vector. */
const QUERY_DEADLINE_MS = 5_000;
const ATTEMPTS = 3;
/** Failures that are retried. Not timeouts: the request may have been billed, and no time is left. */
const RETRIED = ['RATE', 'SERVER', 'NETWORK'] as const;
const RETRY_MS = 500;
/** The longest pause that the service can demand, in ms. */
const MAX_PAUSE_MS = 60_000;

/** `deadlineMs`: the timeout of a request, from its turn to the end of the response. Default 30 s. */
export function createVoyageClient(
  settings: VoyageSettings & { readonly deadlineMs?: number | undefined },
  { hosts, retryMs = RETRY_MS }: VoyageClientOptions = {},
): VoyageClient {
  const { apiKey, deadlineMs = DEADLINE_MS } = settings;
  // Also checks Voyage's own hosts, none of which is link-local.
  const http = createHttpClient({ isGuarded: !settings.isFromEnvironment });
  const turns = createFairSemaphore(VOYAGE_LANES);
  const closing = new AbortController();
  /** The address that accepted the key. */
  let home: string | null = null;
  let pause: { readonly until: number; readonly because: VoyageError } | null = null;

  // — one request —

  async function embed(request: VoyageRequest): Promise<VoyageReply> {
    const work = createWorkSignal([closing.signal, request.signal]);
    try {
      work.signal.throwIfAborted();
      if (request.inputType === 'query') return await attempt(request, work, Math.min(deadlineMs, QUERY_DEADLINE_MS));
      const release = await turns.acquire(request.owner ?? turns, work.signal);
      return await attempt(request, work, deadlineMs).finally(release);
    } finally {
      work.end();
    }
  }

  async function attempt(request: VoyageRequest, { signal, limit }: WorkSignal, ms: number): Promise<VoyageReply> {
    const addresses = home === null ? addressesFor(settings, hosts) : [home];
    const end = performance.now() + ms;
    limit(ms, () => timeoutError(new URL(home ?? addresses[0]!).host, ms));
    for (let number = 1; ; number += 1) {
      await waitForPause(end, signal);
      try {
        return await send(request, addresses, signal);
      } catch (error) {
        const wait = backoff(number, { base: retryMs });
        if (isOf(error, ['RATE'])) pauseAll(error, wait);
        if (number === ATTEMPTS || !isOf(error, RETRIED) || performance.now() + wait >= end) throw error;
        await delay(wait, { signal });
        signal.throwIfAborted();
      }
    }
  }

  // — pausing all requests —

  function pauseAll(because: VoyageError, wait: number): void {
    const until = performance.now() + Math.min(Math.max(because.retryAfterMs ?? 0, wait), MAX_PAUSE_MS);
    if (!pause || until > pause.until) pause = { until, because };
  }

  /** Waits for the end of a pause. @throws the error that caused it, immediately, if the request would time out first */
  async function waitForPause(end: number, signal: AbortSignal): Promise<void> {
    while (pause && pause.until > performance.now()) {
      if (pause.until >= end) throw pause.because;
      await delay(pause.until - performance.now() + 1, { signal });
      signal.throwIfAborted();
    }
    signal.throwIfAborted();
  }

  // — finding the host —

  /** Tries the next address if one refuses the key, and remembers the one that accepts it. */
  async function send(request: VoyageRequest, addresses: readonly string[], signal: AbortSignal): Promise<VoyageReply> {
    let refused: unknown;
    for (const address of addresses) {
      try {
        const reply = await embedOnce(http, { ...request, address, apiKey, signal });
        home = address;
        return reply;
      } catch (error) {
        if (!isOf(error, ['HOST'])) throw error;
        refused ??= error;
      }
    }
    throw refused;
  }

  return {
    model: settings.model,
    embed,
    async close() {
      if (closing.signal.aborted) return;
      closing.abort(closedError());
      http.close();
    },
  };
}

function isOf(error: unknown, failures: readonly VoyageFailure[]): error is VoyageError {
  return error instanceof VoyageError && failures.includes(error.failure);
}
