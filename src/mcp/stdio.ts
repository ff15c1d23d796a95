import type { Readable, Writable } from 'node:stream';
import type { McpRequestContext, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Endpoint } from '../endpoint/endpoint.js';
import type { Ask } from './ask.js';
import { nameOf } from './calls/create-call.js';
import { createMemory } from './calls/memory.js';
import { createHttpAsk } from './http-ask.js';
import { registerSubscriptions, type Subscriptions } from './resources/subscriptions.js';
import { createWatcher } from './resources/watcher.js';
import { createMcpServer } from './server.js';
import { createStdioTransport } from './stdio-transport.js';

export interface StdioOptions {
  /** Finds the server of the API, or starts one; called with the first question, and again after it was lost. */
  readonly reach: () => Promise<Endpoint>;
  /** Id or path of the project, or a folder in it: the tools work there unless a call names another. Null: there is none. */
  readonly project: string | null;
  /** Whether to create a project for the folder when there is none. */
  readonly mayCreate: boolean;
  /** Says which other server has the project, for the error when this one hasn't; null when none has. */
  readonly whereElse?: () => Promise<string | null>;
  /** Whether to offer only tools that read. */
  readonly isReadOnly: boolean;
  /** The agent's name in the log. Left out: the one that the client gives in the handshake. */
  readonly actor?: string | undefined;
  /** Default: those of the process. Nothing else may write to the output: it belongs to the protocol. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** Told of unexpected errors: for the error output, never the output. */
  readonly onFault: (error: unknown) => void;
  /** How long a call may take, in ms. Default 9 s. */
  readonly deadlineMs?: number;
}

/** Serves the protocol until the input ends; what is in flight then is answered first. */
export async function runStdio(options: StdioOptions): Promise<void> {
  const { reach, project, mayCreate, whereElse, isReadOnly, actor, onFault, deadlineMs } = options;
  const { input = process.stdin, output = process.stdout } = options;
  const ask: Ask = createHttpAsk(reach);
  const connection = {
    ask,
    place: { named: project, isLocal: true, mayCreate, ...(whereElse && { whereElse }) },
    memory: createMemory(),
    isReadOnly,
    actor: actor === undefined ? null : nameOf(actor),
    onFault,
    ...(deadlineMs !== undefined && { deadlineMs }),
  };
  let server: McpServer | undefined;
  let subscriptions: Subscriptions | undefined;
  const watcher = createWatcher(connection, (uri) => {
    // Since 2026 the SDK knows who listens to what.
    if (subscriptions === undefined || subscriptions.has(uri))
      server?.server.sendResourceUpdated({ uri }).catch(onFault);
  });
  const { transport, closed } = createStdioTransport(input, output, { onListen: watcher.start });
  const create = ({ era }: McpRequestContext): McpServer => {
    server = createMcpServer(connection, { hasSubscriptions: true });
    subscriptions = era === 'legacy' ? registerSubscriptions(server, watcher) : undefined;
    return server;
  };
  serveStdio(create, { transport, onerror: onFault });
  await closed;
  watcher.stop();
}
