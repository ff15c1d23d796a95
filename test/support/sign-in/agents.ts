import type { OAuthClientProvider } from '@modelcontextprotocol/client';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { OAuthClientProvider as OlderProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { onTestFinished } from 'vitest';
import { CALLBACK, DOCUMENT, PROGRAM } from './program.js';

/** The official clients of the protocol, which let themselves in as they do anywhere. */

/** What a program keeps of its authorization, and the address at which it asks. */
export interface Keeper {
  readonly provider: OAuthClientProvider & OlderProvider;
  /** Where the user is to be asked; null: nowhere yet. */
  asked: URL | null;
  tokens: { access_token: string; refresh_token?: string | undefined } | undefined;
}

/** @param isDocumented whether it has a document in which it says what it is, else it registers */
export function createKeeper(isDocumented: boolean): Keeper {
  let client: unknown;
  let verifier = '';
  let discovered: unknown;
  const keeper: Keeper = {
    asked: null,
    tokens: undefined,
    provider: {
      redirectUrl: CALLBACK,
      clientMetadata: DOCUMENT,
      ...(isDocumented && { clientMetadataUrl: PROGRAM }),
      clientInformation: () => client as never,
      saveClientInformation: (saved: unknown) => {
        client = saved;
      },
      tokens: () => keeper.tokens as never,
      saveTokens: (tokens: unknown) => {
        keeper.tokens = tokens as never;
      },
      redirectToAuthorization: (url: URL) => {
        keeper.asked = url;
      },
      saveCodeVerifier: (saved: string) => {
        verifier = saved;
      },
      codeVerifier: () => verifier,
      saveDiscoveryState: (state: unknown) => {
        discovered = state;
      },
      discoveryState: () => discovered as never,
    },
  };
  return keeper;
}

/** A client of either line of the SDK. */
export interface AnyClient {
  /** @throws when it has to be let in first: then the keeper has been told where to ask */
  connect(): Promise<void>;
  finish(code: URLSearchParams): Promise<void>;
  names(): Promise<readonly string[]>;
  readonly version: string | undefined;
}

export type Line = 'v1' | 'v2, older protocol' | 'v2, newest protocol';

export function createClient(line: Line, url: string, provider: Keeper['provider'] | string): AnyClient {
  const options =
    typeof provider === 'string'
      ? { requestInit: { headers: { authorization: `Bearer ${provider}` } } }
      : { authProvider: provider };
  const address = new URL(`${url}/mcp`);
  const older = () => ({
    client: new OlderClient({ name: 'agent', version: '1' }),
    transport: new OlderTransport(address, options),
  });
  const newer = () => ({
    client: new Client(
      { name: 'agent', version: '1' },
      line === 'v2, newest protocol' ? { versionNegotiation: { mode: { pin: '2026-07-28' } } } : {},
    ),
    transport: new StreamableHTTPClientTransport(address, options),
  });
  const make = line === 'v1' ? older : newer;
  let current = make();
  const first = current;
  onTestFinished(() => current.client.close());
  return {
    async connect() {
      current = make();
      await current.client.connect(current.transport as never);
    },
    finish: (answer) =>
      line === 'v1'
        ? (first.transport as OlderTransport).finishAuth(answer.get('code')!)
        : (first.transport as StreamableHTTPClientTransport).finishAuth(answer),
    names: async () => (await current.client.listTools()).tools.map(({ name }) => name),
    get version() {
      return current.transport.protocolVersion;
    },
  };
}
