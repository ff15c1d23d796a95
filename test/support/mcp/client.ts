import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { onTestFinished } from 'vitest';
import type { Endpoint } from '../../../src/endpoint/endpoint.js';
import type { Connection } from '../../../src/mcp/calls/create-call.js';
import { createMemory } from '../../../src/mcp/calls/memory.js';
import { createHttpAsk } from '../../../src/mcp/http-ask.js';
import { createMcpServer } from '../../../src/mcp/server.js';

/** An agent's client: the official one, in either era of the protocol. */
export interface Agent {
  readonly client: Client;
  /** Calls a tool. */
  call(name: string, given?: Record<string, unknown>): Promise<Answer>;
  /** The text of a tool's answer; throws when it is an error. */
  text(name: string, given?: Record<string, unknown>): Promise<string>;
  /** The error of a tool; throws when it is none. */
  error(name: string, given?: Record<string, unknown>): Promise<string>;
}

export interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

export type Era = 'legacy' | 'modern';

const MODES = { legacy: 'legacy', modern: { pin: '2026-07-28' } } as const;

interface AgentOptions {
  readonly era?: Era;
  readonly name?: string;
}

/** Connects a client, which is closed when the test ends. */
export async function connect(
  transport: Transport,
  { era = 'legacy', name = 'agent-one' }: AgentOptions = {},
): Promise<Agent> {
  const client = new Client({ name, version: '1.0.0' }, { versionNegotiation: { mode: MODES[era] } });
  await client.connect(transport);
  onTestFinished(() => client.close());
  const call = async (tool: string, given: Record<string, unknown> = {}): Promise<Answer> => {
    const { content, isError = false } = await client.callTool({ name: tool, arguments: given });
    return { text: content.map((part) => (part.type === 'text' ? part.text : '')).join('\n'), isError };
  };
  return {
    client,
    call,
    text: async (tool, given) => {
      const { text, isError } = await call(tool, given);
      if (isError) throw new Error(text);
      return text;
    },
    error: async (tool, given) => {
      const { text, isError } = await call(tool, given);
      if (!isError) throw new Error(`It is no error: ${text}`);
      return text;
    },
  };
}

/** Connects over HTTP to the server at a URL. */
export function connectHttp(
  url: string,
  { headers = {}, ...options }: AgentOptions & { readonly headers?: Record<string, string> } = {},
): Promise<Agent> {
  return connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }), options);
}

/** Starts a program and connects to its standard input and output. */
export function connectStdio(
  command: { readonly args: readonly string[]; readonly cwd?: string; readonly env?: Record<string, string> },
  options: AgentOptions = {},
): Promise<Agent> {
  const { args, ...rest } = command;
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [...args],
    stderr: 'inherit',
    ...rest,
  });
  return connect(transport, options);
}

/** The first id of a kind in a text. */
export function idIn(text: string, prefix: 'mem' | 'tsk' | 'prj' | 'ses' = 'mem'): string {
  const [id] = new RegExp(`${prefix}_[0-9a-z]{26}`).exec(text) ?? [];
  if (id === undefined) throw new Error(`There is no ${prefix}_ id in: ${text}`);
  return id;
}

/** Connects to a server of the protocol in this process, which asks the API at a URL over HTTP. */
export async function connectInProcess(
  {
    reach,
    folder = '/',
    ...rest
  }: { readonly reach: () => Promise<Endpoint>; readonly folder?: string } & Partial<Connection>,
  options: AgentOptions = {},
): Promise<Agent> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const connection: Connection = {
    ask: createHttpAsk(reach),
    place: { named: folder, isLocal: true, mayCreate: false },
    memory: createMemory(),
    isReadOnly: false,
    actor: null,
    onFault: (error) => {
      throw error;
    },
    ...rest,
  };
  await createMcpServer(connection, { hasSubscriptions: false }).connect(serverSide);
  return connect(clientSide, options);
}
