import { CLIENT_INFO_META_KEY, type McpServer, type ServerContext } from '@modelcontextprotocol/server';
import { AskError } from '../ask.js';
import type { CallOptions, Connection } from './create-call.js';

/** What the protocol knows of a request: its client says its name in the handshake, or with each request since 2026. */
export function callOptions(server: McpServer, { mcpReq, http }: ServerContext): CallOptions {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const named = envelope[CLIENT_INFO_META_KEY];
  const envelopeName = typeof named === 'object' && named !== null && 'name' in named ? named.name : undefined;
  return {
    clientName: typeof envelopeName === 'string' ? envelopeName : server.server.getClientVersion()?.name,
    signal: mcpReq.signal,
    requestId: http?.req?.headers.get('x-request-id') ?? undefined,
  };
}

/** An error as a model reads it. */
export function errorText(error: unknown, onFault: Connection['onFault']): string {
  if (error instanceof AskError) return `${error.code}: ${error.message}\nHint: ${error.hint}`;
  onFault(error);
  return 'INTERNAL: Unexpected error of the connection to Mooring.\nHint: Repeat the call once; if it fails again, tell the user.';
}
