import { setTimeout as delay } from 'node:timers/promises';
import type { VoyageSettings } from '../../domain/storage-settings.js';
import { createHttpClient } from '../../network/http.js';
import { createFairTurns } from '../fair-turns.js';
import { addressesFor, type VoyageHosts } from './address.js';
import { embedOnce } from './embed-request.js';
import { closedError, timeoutError, VoyageError, type VoyageFailure } from './errors.js';
import type { VoyageModel } from './models.js';
import type { VoyageReply } from './reply.js';
import { createWorkSignal, type WorkSignal } from './work-signal.js';

/** Voyage AI's embeddings, asked for with one key. What has the same key should share a client: limits are the key's. */
export interface VoyageClient {
  /** The model that the settings name. */
  readonly model: string;
  /**
   * Embeds texts in one request, which is sent up to three times. Of documents, four are under way at once; others wait
   * for their turn, and owners take turns. @throws VoyageError
   */
  embed(request: VoyageRequest): Promise<VoyageReply>;
  /** Fails what is under way and lets go of the connections. Calling it again does nothing. */
  close(): Promise<void>;
}

export interface VoyageRequest {
  readonly texts: readonly string[];
  readonly model: VoyageModel;
  /** Queries and documents are embedded differently. A query waits for no turn, and less long for its answer. */
  readonly inputType: 'document' | 'query';
  /** For whom it is asked: a project's embedder. All that name none are one. */
  readonly owner?: object | undefined;
  /** Gives the request up; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

export interface VoyageClientOptions {
  /** Where keys are taken when no address is set; the real hosts when left out. */
  readonly hosts?: VoyageHosts | undefined;
  /** Wait before the second attempt, in ms, give or take a quarter; it doubles with each. 500 when left out. */
  readonly retryMs?: number | undefined;
}

/** How many requests with documents are under way at once. */
export const VOYAGE_LANES = 4;
/** Attempts, waits and the whole of the answer included; what waits for its turn isn't counted. */
const DEADLINE_MS = 30_000;
/** A search answers without the query's vector rather than wait longer. */
const QUERY_DEADLINE_MS = 5_000;
const ATTEMPTS = 3;
/** Not a timeout: what wasn't answered in time may have been paid for, and there is no time left. */
const REPEATED = ['RATE', 'SERVER', 'NETWORK'] as const;
const RETRY_MS = 500;
/** The longest that the service's own words can keep the client from asking again. */
const MAX_PAUSE_MS = 60_000;

/** `deadlineMs`: the most that a request may take, from its turn to the end of the answer; 30 s when left out. */
export function createVoyageClient(
  settings: VoyageSettings & { readonly deadlineMs?: number | undefined },
  { hosts, retryMs = RETRY_MS }: VoyageClientOptions = {},
): VoyageClient {
  const { apiKey, deadlineMs = DEADLINE_MS } = settings;
  // Voyage's own hosts are looked at as well: nothing of theirs is link-local.
  const http = createHttpClient({ isGuarded: !settings.isFromEnvironment });
  const turns = createFairTurns(VOYAGE_LANES);
  const closing = new AbortController();
  /** The address that took the key. */
  let home: string | null = null;
  let pause: { readonly until: number; readonly because: VoyageError } | null = null;

  // — one request —

  async function embed(request: VoyageRequest): Promise<VoyageReply> {
    const scope = createWorkSignal([closing.signal, request.signal]);
    try {
      scope.signal.throwIfAborted();
      if (request.inputType === 'query') return await attempt(request, scope, Math.min(deadlineMs, QUERY_DEADLINE_MS));
      const giveBack = await turns.take(request.owner ?? turns, scope.signal);
      return await attempt(request, scope, deadlineMs).finally(giveBack);
    } finally {
      scope.end();
    }
  }

  async function attempt(request: VoyageRequest, { signal, limit }: WorkSignal, ms: number): Promise<VoyageReply> {
    const addresses = home === null ? addressesFor(settings, hosts) : [home];
    const end = performance.now() + ms;
    limit(ms, () => timeoutError(new URL(home ?? addresses[0]!).host, ms));
    for (let number = 1; ; number += 1) {
      await sitOut(end, signal);
      try {
        return await ask(request, addresses, signal);
      } catch (error) {
        const wait = retryMs * 2 ** (number - 1) * (0.75 + Math.random() / 2);
        if (isOf(error, ['RATE'])) holdBack(error, wait);
        if (number === ATTEMPTS || !isOf(error, REPEATED) || performance.now() + wait >= end) throw error;
        await delay(wait, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  // — pausing, all together —

  function holdBack(because: VoyageError, wait: number): void {
    const until = performance.now() + Math.min(Math.max(because.retryAfterMs ?? 0, wait), MAX_PAUSE_MS);
    if (!pause || until > pause.until) pause = { until, because };
  }

  /** Waits until the service may be asked again. @throws the error that says why, at once, when that is too late */
  async function sitOut(end: number, signal: AbortSignal): Promise<void> {
    while (pause && pause.until > performance.now()) {
      if (pause.until >= end) throw pause.because;
      await delay(pause.until - performance.now() + 1, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    signal.throwIfAborted();
  }

  // — finding the host —

  /** Tries the next address when one doesn't take the key, and remembers the one that does. */
  async function ask(request: VoyageRequest, addresses: readonly string[], signal: AbortSignal): Promise<VoyageReply> {
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
