import { codeOf } from '../util/errors.js';
import { CliError, EXIT, toCliError } from './exit.js';
import type { TypedDocumentString } from './gql/graphql.js';

/** A server's GraphQL API; what goes in and what comes out is typed by the document. */
export interface Api {
  readonly url: string;
  /** Runs a query or a mutation. @throws CliError */
  run<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R>;
  /**
   * Follows a subscription over one connection, until it ends, the signal comes or the loop is left.
   * @throws CliError when the server refuses it; `DroppedError` when the connection was lost
   */
  follow<R, V>(document: TypedDocumentString<R, V>, variables: V, signal: AbortSignal): AsyncGenerator<R>;
}

/** The connection to the server was lost, or there was none. */
export class DroppedError extends Error {}

interface Complaint {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown; readonly hint?: unknown };
}

/** Makes something of an answer, and leaves its shape. */
type Read = <T>(answer: T) => T;

/** How often a server that says nothing is asked whether it is there, and how long it may take to say so. */
const PING_MS = 10_000;
const PONG_MS = 10_000;
/** Who the log says it was. */
const ACTOR = 'cli';

/**
 * @param read what is made of each answer, such as `plainTexts`, which a terminal shows and doesn't obey. Left out: it stays
 * as it is
 */
export function createApi(url: string, { read = (answer) => answer }: { readonly read?: Read } = {}): Api {
  return {
    url,
    async run(document, variables) {
      const answer = read(await post(url, { query: document.toString(), variables }));
      const [error] = answer.errors ?? [];
      if (error) throw complaintOf(error);
      return answer.data as never;
    },
    follow: (document, variables, signal) =>
      subscribe(url, { query: document.toString(), variables: variables as Record<string, unknown> }, signal, read),
  };
}

async function post(url: string, body: object): Promise<{ data?: unknown; errors?: readonly Complaint[] }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'mooring-actor': ACTOR },
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  const answer = (await response.json().catch(() => null)) as { data?: unknown; errors?: readonly Complaint[] } | null;
  if (!answer || (!('data' in answer) && !('errors' in answer))) {
    throw new CliError(
      EXIT.unreachable,
      `What answers at ${url} is not Mooring (HTTP ${response.status}).`,
      'Give the address of a server by --url or MOORING_URL, such as http://127.0.0.1:4000.',
    );
  }
  return answer;
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

function complaintOf({ message, extensions }: Complaint): CliError {
  return toCliError({ message, code: String(extensions?.code ?? 'INTERNAL'), hint: String(extensions?.hint ?? '') });
}

async function* subscribe<R>(
  url: string,
  operation: { readonly query: string; readonly variables: Record<string, unknown> },
  signal: AbortSignal,
  read: Read,
): AsyncGenerator<R> {
  // Loaded only by who follows something: most commands don't.
  const [{ createClient }, { default: WebSocket }] = await Promise.all([import('graphql-ws'), import('ws')]);
  // One connection: going on after it is lost takes a cursor, which only the caller knows.
  let silence: NodeJS.Timeout | undefined;
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    // A server that went away without a word is noticed by its silence.
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
      if (error) throw complaintOf(error);
      if (data) yield data;
    }
  } catch (error) {
    throw explain(Array.isArray(error) ? read(error) : error);
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(silence);
    await client.dispose();
  }
}

/** What the client throws: the server's complaints as a list, or what became of the connection. */
function explain(error: unknown): Error {
  if (error instanceof CliError) return error;
  const [complaint] = Array.isArray(error) ? (error as readonly Complaint[]) : [];
  return complaint ? complaintOf(complaint) : new DroppedError('The connection to the server was lost.');
}
