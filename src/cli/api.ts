import type { Credential, Endpoint } from '../endpoint/endpoint.js';
import { codeOf } from '../util/errors.js';
import { CliError, EXIT, toCliError } from './exit.js';
import type { TypedDocumentString } from './gql/graphql.js';
import { credentialFor, refusalOf } from './refusal.js';

/** A server's GraphQL API; variables and results are typed by the document. */
export interface Api {
  readonly url: string;
  /** Runs a query or a mutation. `actor`: who does it, for the log; left out, the command line. @throws CliError */
  run<R, V>(document: TypedDocumentString<R, V>, variables: V, actor?: string): Promise<R>;
  /**
   * Follows a subscription over one connection, until it ends, the signal aborts or the loop is left.
   * @throws CliError when the server refuses it; `DroppedError` when the connection was lost
   */
  follow<R, V>(document: TypedDocumentString<R, V>, variables: V, signal: AbortSignal): AsyncGenerator<R>;
}

/** The connection to the server was lost, or there was none. */
export class DroppedError extends Error {}

interface ApiError {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown; readonly hint?: unknown };
}

/** Transforms an answer, and keeps its shape. */
type Transform = <T>(answer: T) => T;

/** How often a silent server is pinged, and how long it may take to respond. */
const PING_MS = 10_000;
const PONG_MS = 10_000;
/** The actor in the log. */
const ACTOR = 'cli';

/** @param read applied to each answer, such as `plainTexts`, which removes control sequences. Left out: nothing is changed. */
export function createApi(server: Endpoint, { read = (answer) => answer }: { readonly read?: Transform } = {}): Api {
  const { url } = server;
  return {
    url,
    async run(document, variables, actor) {
      const credential = credentialFor(server);
      const answer = read(await post(url, { query: document.toString(), variables }, credential, actor));
      const [error] = answer.errors ?? [];
      if (error) throw refusalOf(toError(error), url, credential);
      return answer.data as never;
    },
    follow: (document, variables, signal) =>
      subscribe(server, { query: document.toString(), variables: variables as Record<string, unknown> }, signal, read),
  };
}

async function post(
  url: string,
  body: object,
  credential: Credential | null,
  actor = ACTOR,
): Promise<{ data?: unknown; errors?: readonly ApiError[] }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', accept: 'application/json', 'mooring-actor': toHeader(actor) },
      ...(credential && { authorization: `Bearer ${credential.secret}` }),
    },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  const answer = (await response.json().catch(() => null)) as { data?: unknown; errors?: readonly ApiError[] } | null;
  if (!answer || (!('data' in answer) && !('errors' in answer))) {
    throw new CliError(
      EXIT.unreachable,
      `The server at ${url} is not Mooring (HTTP ${response.status}).`,
      'Give the address of a server by --url or MOORING_URL, such as http://127.0.0.1:4000.',
    );
  }
  return answer;
}

/** A name as a header carries it: the bytes of its UTF-8. What no header may carry isn't a name, as the API will say. */
function toHeader(name: string): string {
  return /\p{Cc}/u.test(name) ? ACTOR : Buffer.from(name).toString('latin1');
}

function unreachable(url: string, error: unknown): CliError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = codeOf(cause);
  return new CliError(
    EXIT.unreachable,
    `The server at ${url} can't be reached${code && ` (${code})`}.`,
    'Start it with `mooring serve`, or give the address of another by --url or MOORING_URL.',
  );
}

function toError({ message, extensions }: ApiError): CliError {
  return toCliError({ message, code: String(extensions?.code ?? 'INTERNAL'), hint: String(extensions?.hint ?? '') });
}

async function* subscribe<R>(
  server: Endpoint,
  operation: { readonly query: string; readonly variables: Record<string, unknown> },
  signal: AbortSignal,
  read: Transform,
): AsyncGenerator<R> {
  // Loaded on demand: most commands follow nothing.
  const [{ createClient }, { default: WebSocket }] = await Promise.all([import('graphql-ws'), import('ws')]);
  // One connection: resuming after it is lost takes a cursor, which only the caller knows.
  let silence: NodeJS.Timeout | undefined;
  const { url } = server;
  let credential: Credential | null = null;
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: () => {
      credential = credentialFor(server);
      return credential === null ? {} : { authorization: `Bearer ${credential.secret}` };
    },
    // A server that disappeared is detected by its missing pongs.
    keepAlive: PING_MS,
    on: {
      ping: (isReceived) => {
        if (!isReceived) silence = setTimeout(() => client.terminate(), PONG_MS);
      },
      pong: (isReceived) => {
        if (isReceived) clearTimeout(silence);
      },
    },
  });
  const results = client.iterate<R>(operation);
  const stop = () => void results.return?.(undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) return;
    for await (const result of results) {
      const { data, errors } = read(result);
      const [error] = errors ?? [];
      if (error) throw refusalOf(toError(error), url, credential);
      if (data) yield data;
    }
  } catch (error) {
    const found = explain(Array.isArray(error) ? read(error) : error);
    throw found instanceof CliError ? refusalOf(found, url, credential) : found;
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(silence);
    await client.dispose();
  }
}

/** An error thrown by the client: the server's errors as a list, or the state of the connection. */
function explain(error: unknown): Error {
  if (error instanceof CliError) return error;
  if (isRefusal(error)) return new CliError(EXIT.unauthenticated, error.reason, null, 'UNAUTHENTICATED');
  const [first] = Array.isArray(error) ? (error as readonly ApiError[]) : [];
  return first ? toError(first) : new DroppedError('The connection to the server was lost.');
}

/** Close codes of a server that doesn't know who asks, or that asks no longer may. */
const REFUSALS: readonly unknown[] = [4401, 4403];

function isRefusal(error: unknown): error is { readonly reason: string } {
  return typeof error === 'object' && error !== null && 'code' in error && REFUSALS.includes(error.code);
}

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The most nodes of a page. */
const PAGE = 200;

/**
 * Reads a list page by page.
 * @param read the next page; null or undefined when the list is gone, as its project was deleted meanwhile
 * @param limit the most nodes. Left out: all
 */
export async function* everyNode<T>(
  read: (first: number, after: string | null) => Promise<Page<T | null> | null | undefined>,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<T> {
  let left = limit;
  for (let after: string | null = null; left > 0; ) {
    const page: Page<T | null> | null | undefined = await read(Math.min(PAGE, left), after);
    const nodes = page?.nodes.filter((node) => node !== null) ?? [];
    yield* nodes;
    left -= nodes.length;
    after = page?.pageInfo.endCursor ?? null;
    if (!page?.pageInfo.hasNextPage || after === null) return;
  }
}
