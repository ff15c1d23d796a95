import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { authorizationFor, type Endpoint } from '../endpoint/endpoint.js';
import { CredentialsError } from '../endpoint/errors.js';
import { codeOf } from '../util/errors.js';
import { type Ask, AskError, dataOf } from './ask.js';

/** A connection to a server. By `node:http`: `fetch` takes as long to load as a hook may run. */
export interface Connection {
  /**
   * @param actor who writes, for the log
   * @param within milliseconds until the answer must be there
   */
  ask(actor: string, within: () => number): Ask;
  close(): void;
}

/** The most that is read of an answer: contexts are small. */
const MAX_ANSWER = 4 * 1024 * 1024;

export async function connect(server: Endpoint): Promise<Connection> {
  const { url } = server;
  const isSecure = url.startsWith('https:');
  // Servers on this machine speak HTTP: the rest is loaded for others only.
  const https = isSecure ? await import('node:https') : null;
  const agent = new (https?.Agent ?? HttpAgent)({ keepAlive: true, maxSockets: 1 });
  const open = https?.request ?? httpRequest;
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
  };

  function post(body: string, actor: string, within: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (why: string, isAbsent = false) =>
        reject(new AskError('UNREACHABLE', `The server can't be reached: ${why}.`, true, isAbsent));
      if (within <= 0) return fail('no time is left');
      const length = Buffer.byteLength(body);
      // Node sends headers in Latin-1, servers read UTF-8.
      const own = { 'content-length': length, 'mooring-actor': Buffer.from(actor).toString('latin1') };
      const options = { method: 'POST', agent, headers: { ...headers, ...own, ...authorizing(server) } };
      const request = open(`${url}/graphql`, options, (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER) request.destroy(new Error('its answer is too long'));
          else chunks.push(chunk);
        });
        response.on('error', ({ message }) => fail(message));
        response.on('end', () => {
          if ((response.statusCode ?? 500) >= 500) fail(`it answered ${response.statusCode}`);
          else resolve(Buffer.concat(chunks).toString('utf8'));
        });
      });
      const timer = setTimeout(() => request.destroy(new Error('it takes too long')), within);
      request.on('close', () => clearTimeout(timer));
      request.on('error', (error) => fail(error.message, codeOf(error) === 'ECONNREFUSED'));
      request.end(body);
    });
  }

  return {
    ask: (actor, within) => async (query, variables) => {
      const text = await post(JSON.stringify({ query, variables }), actor, within());
      return dataOf(parse(text));
    },
    close: () => agent.destroy(),
  };
}

/** @throws AskError when the credential can't be used */
function authorizing(server: Endpoint): { readonly authorization?: string } {
  try {
    return authorizationFor(server);
  } catch (error) {
    if (!(error instanceof CredentialsError)) throw error;
    throw new AskError('UNAUTHENTICATED', `${error.message} ${error.hint}`, true);
  }
}

function parse(text: string): object {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null) return answer;
  } catch {
    // Something else listens there, or a proxy answers for a server that is down.
  }
  throw new AskError('UNREACHABLE', 'What answers there is not Mooring.', true);
}
