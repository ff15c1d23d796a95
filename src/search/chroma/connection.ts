import type { ChromaClient } from 'chromadb';
import type { ChromaSettings } from '../../domain/storage-settings.js';
import { createHttpClient } from '../../network/http.js';
import type { StorageHealth } from '../../storage/health.js';
import { delay } from '../../util/async.js';
import { backoff } from '../../util/backoff.js';
import { type ChromaAddress, parseChromaAddress } from './address.js';
import { requireClient } from './client.js';
import { connectionClosed, isMissing, isPassing, late, tooMany, toStoreError } from './errors.js';
import { useGuardedFetch } from './guarded-fetch.js';
import { LISTED, listCollections, type NamedCollection } from './list-collections.js';

/** Timeout of a response, in ms. No request is larger than what a server with two cores processes in half a second. */
const DEADLINE_MS = 5_000;
/** Attempts when the connection or the server fails, and the first backoff, in ms; it doubles. */
const ATTEMPTS = 3;
/** The longest wait after the first attempt, in ms; it doubles with each. */
const RETRY_MS = 50;
/** How long no request is sent after the server answered none in time, in ms: searches then don't wait for every timeout. */
const REST_MS = 1_000;

/** A server that lists more collections than this has no end of them, or is unsuitable. */
const MAX_COLLECTIONS = 100_000;

/** A connection to a Chroma server, shared by the projects whose vectors it has. Every error is a `StoreError`. */
export interface ChromaConnection {
  /** Address, tenant and database. Contains no secret. */
  readonly place: string;
  /**
   * Does work on the server under a timeout, in ms (5,000 when left out). Work of several requests calls `onResponse` after each
   * response, which restarts the timeout. Work must be safe to repeat: it is retried when the connection or the server fails.
   * @throws StoreError
   */
  run<T>(work: (client: ChromaClient, onResponse: () => void) => Promise<T>, deadlineMs?: number): Promise<T>;
  /** The collections whose names have this prefix. @throws StoreError */
  collections(prefix: string): Promise<readonly NamedCollection[]>;
  /** Never throws. */
  health(): Promise<ChromaHealth>;
  /** Aborts current requests. Idempotent. */
  close(): void;
}

export type ChromaHealth = Pick<
  StorageHealth,
  'isReachable' | 'latencyMs' | 'place' | 'collections' | 'lastError' | 'problems'
>;

/** The prefix of the names of Mooring's collections. */
export const COLLECTION_PREFIX = 'mooring.';

/**
 * Connects with the first call. A wrong address or a missing client isn't an error here, but of each call and of health. The
 * token is sent as `x-chroma-token`, which Chroma's services require, and as a bearer token, which proxies require.
 */
export function createChromaConnection(settings: ChromaSettings): ChromaConnection {
  const { token, tenant, database } = settings;
  const given = readAddress(settings);
  const place = `${given instanceof Error ? 'without an address' : given.origin} (${tenant}/${database})`;
  const headers = token === null ? {} : { 'x-chroma-token': token, authorization: `Bearer ${token}` };
  const http = createHttpClient({ isGuarded: !settings.isFromEnvironment });
  const running = new Set<AbortController>();
  let lastError: ChromaHealth['lastError'] = null;
  let restsUntil = 0;
  let respondedAt = 0;
  let isClosed = false;

  // — calling —

  const run: ChromaConnection['run'] = (work, deadlineMs = DEADLINE_MS) =>
    limited(({ address, signal, onResponse }) => work(createClient(address, signal), onResponse), deadlineMs);

  /** A client's signal applies to all of its calls, so each piece of work has its own client; connections are shared. */
  function createClient({ host, port, isTls }: ChromaAddress, signal: AbortSignal): ChromaClient {
    const fetchOptions: RequestInit = { signal };
    const { ChromaClient } = requireClient();
    const client = new ChromaClient({ host, port, ssl: isTls, tenant, database, headers, fetchOptions });
    useGuardedFetch(client, http);
    return client;
  }

  async function limited<T>(work: ServerTask<T>, deadlineMs: number): Promise<T> {
    if (isClosed) throw connectionClosed(place);
    if (given instanceof Error) throw given;
    requireClient();
    if (performance.now() < restsUntil) throw late(place, deadlineMs);
    const abort = new AbortController();
    const start = performance.now();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      if (respondedAt < start) restsUntil = performance.now() + REST_MS;
      abort.abort();
    }, deadlineMs);
    const onResponse = () => {
      respondedAt = performance.now();
      timer.refresh();
    };
    running.add(abort);
    try {
      const result = await repeated(() => work({ address: given, signal: abort.signal, onResponse }), abort.signal);
      onResponse();
      return result;
    } catch (error) {
      if (isClosed) throw connectionClosed(place);
      const failure = isLate ? late(place, deadlineMs) : toStoreError(error, place);
      lastError = { message: failure.message, at: new Date().toISOString() };
      throw failure;
    } finally {
      clearTimeout(timer);
      running.delete(abort);
    }
  }

  async function repeated<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (attempt === ATTEMPTS || signal.aborted || !isPassing(error)) throw error;
        await delay(backoff(attempt, { base: RETRY_MS }), { signal });
        signal.throwIfAborted();
      }
    }
  }

  // — inspecting —

  async function collections(prefix: string): Promise<readonly NamedCollection[]> {
    const found: NamedCollection[] = [];
    for (let offset = 0; ; offset += LISTED) {
      const page = await limited(
        ({ address: { origin }, signal }) =>
          listCollections({ http, origin, tenant, database, headers, signal }, offset),
        DEADLINE_MS,
      );
      if (offset > MAX_COLLECTIONS) throw tooMany(place);
      found.push(...page.filter(({ name }) => name.startsWith(prefix)));
      if (page.length < LISTED) return found;
    }
  }

  async function health(): Promise<ChromaHealth> {
    const problems: string[] = [];
    let latencyMs: number | null = null;
    let counts: ChromaHealth['collections'] = [];
    try {
      const start = performance.now();
      await run(heartbeat);
      latencyMs = performance.now() - start;
      counts = await count(await collections(COLLECTION_PREFIX));
    } catch (error) {
      const { message, hint } = toStoreError(error, place);
      problems.push(`${message} ${hint}`);
    }
    return { isReachable: latencyMs !== null, latencyMs, place, collections: counts, lastError, problems };
  }

  async function count(named: readonly NamedCollection[]): Promise<ChromaHealth['collections']> {
    const counts: { name: string; count: number }[] = [];
    for (const { id, name } of named) {
      const own = await run((client) => client.collection(id).count().catch(zeroIfMissing));
      counts.push({ name, count: own });
    }
    return counts;
  }

  return {
    place,
    run,
    collections,
    health,
    close() {
      isClosed = true;
      for (const abort of running) abort.abort();
      http.close();
    },
  };
}

interface ServerAccess {
  readonly address: ChromaAddress;
  readonly signal: AbortSignal;
  readonly onResponse: () => void;
}

type ServerTask<T> = (means: ServerAccess) => Promise<T>;

function readAddress(settings: ChromaSettings): ChromaAddress | Error {
  try {
    return parseChromaAddress(settings);
  } catch (error) {
    return error as Error;
  }
}

/** A Chroma server returns the time. */
export async function heartbeat(client: ChromaClient): Promise<void> {
  const time: unknown = await client.heartbeat();
  if (typeof time !== 'number') throw new SyntaxError('The heartbeat has no time.');
}

function zeroIfMissing(error: unknown): number {
  if (isMissing(error)) return 0;
  throw error;
}
