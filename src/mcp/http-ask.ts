import { authorizationFor, type Endpoint } from '../endpoint/endpoint.js';
import { CredentialsError } from '../endpoint/errors.js';
import { postJson } from '../endpoint/post-json.js';
import { codeOf } from '../util/errors.js';
import { type ApiAnswer, type Ask, AskError, dataOf } from './ask.js';

/**
 * Asks a server over HTTP. It is looked for with the first question, and again when it fails to answer: it may have
 * ended, and another may have started elsewhere, which is then asked once what can be asked twice.
 */
export function createHttpAsk(reach: () => Promise<Endpoint>): Ask {
  let reached: Promise<Endpoint> | undefined;
  const find = (): Promise<Endpoint> => {
    reached ??= reach();
    const current = reached;
    current.catch(() => {
      if (reached === current) reached = undefined;
    });
    return current;
  };
  return async (document, variables, { actor, requestId, signal }) => {
    const query = document.toString();
    const body = JSON.stringify({ query, variables });
    const about = { 'mooring-actor': Buffer.from(actor).toString('latin1'), 'x-request-id': requestId };
    const attempt = async (): Promise<ApiAnswer> => {
      const current = find();
      const server = await current;
      const { url } = server;
      const headers = { ...about, ...authorizing(server) };
      try {
        const { text, status } = await postJson(`${url}/graphql`, body, { headers, signal });
        return answerIn(text, url, status);
      } catch (error) {
        // Also after one that hangs, or isn't Mooring: by the next question another may have taken its place.
        if (reached === current) reached = undefined;
        signal.throwIfAborted();
        if (error instanceof AskError) throw error;
        throw new LostError(url, error);
      }
    };
    const answer = await attempt()
      .catch((error: unknown) => {
        if (error instanceof LostError && (error.isUnsent || isReading(query))) return attempt();
        throw error;
      })
      .catch((error: unknown) => {
        throw error instanceof LostError ? unreachable(error, !error.isUnsent && !isReading(query)) : error;
      });
    return dataOf(answer);
  };
}

/** @throws AskError when the credential can't be used */
function authorizing(server: Endpoint): { readonly authorization?: string } {
  try {
    return authorizationFor(server);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    throw new AskError('UNAUTHENTICATED', error.message, `Tell the user: ${error.hint}`);
  }
}

/** The connection to a server couldn't be made, or broke before its answer was there. */
class LostError extends Error {
  constructor(
    readonly url: string,
    override readonly cause: unknown,
  ) {
    super(`The connection to ${url} failed.`);
  }

  /** Whether nothing was received, so that sending it again repeats nothing. */
  get isUnsent(): boolean {
    return UNSENT.has(codeOf(this.cause));
  }
}

const UNSENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);

const isReading = (query: string): boolean => /^\s*(query\b|\{)/.test(query);

function answerIn(text: string, url: string, status: number): ApiAnswer {
  const answer = parse(text);
  if (answer && ('data' in answer || 'errors' in answer)) return answer;
  throw notMooring(url, status);
}

function parse(text: string): ApiAnswer | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}

function unreachable({ url, cause }: LostError, isUnsure: boolean): AskError {
  const code = codeOf(cause);
  return new AskError(
    'SERVER_UNREACHABLE',
    `The Mooring server at ${url} can't be reached${code && ` (${code})`}.`,
    'Repeat the call once: a server is looked for again. If that fails, tell the user to start it with `mooring serve`, and go on without it.',
    isUnsure,
  );
}

function notMooring(url: string, status: number): AskError {
  return new AskError(
    'SERVER_UNREACHABLE',
    `The server at ${url} did not answer as Mooring does (HTTP ${status}).`,
    'Tell the user to check the address in --url or MOORING_URL.',
  );
}
