import { McpServer, type ServerContext, type StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { packageVersion } from '../util/own-package.js';
import type { Call } from './calls/call.js';
import { type Connection, runCall } from './calls/create-call.js';
import { withProgress } from './calls/progress.js';
import { callOptions, errorText } from './calls/protocol.js';
import { INSTRUCTIONS } from './instructions.js';
import { registerPrompts } from './prompts.js';
import { registerResources } from './resources/resources.js';
import type { Tool } from './tools/tool.js';
import { READING_TOOLS, TOOLS } from './tools/tools.js';

/** Lists of tools, prompts and templates never change while a server runs. */
const STATIC = { ttlMs: 3_600_000, cacheScope: 'public' } as const;

/**
 * The server of the protocol for a connection, or for one request of HTTP: the same in both eras of the protocol.
 * @param hasSubscriptions whether changes of resources reach the client
 */
export function createMcpServer(
  connection: Connection,
  { hasSubscriptions }: { readonly hasSubscriptions: boolean },
): McpServer {
  const server = new McpServer(
    { name: 'mooring', title: 'Mooring', version: packageVersion() },
    {
      instructions: INSTRUCTIONS,
      ...(hasSubscriptions && { capabilities: { resources: { subscribe: true } } }),
      cacheHints: {
        'tools/list': STATIC,
        'prompts/list': STATIC,
        'resources/list': STATIC,
        'resources/templates/list': STATIC,
      },
    },
  );
  for (const tool of connection.isReadOnly ? READING_TOOLS : TOOLS) registerTool(server, tool, connection);
  registerResources(server, connection);
  registerPrompts(server, connection);
  return server;
}

function registerTool(server: McpServer, tool: Tool, connection: Connection): void {
  const { name, title, description, isReading, isDestructive, isIdempotent, isAlwaysLoaded } = tool;
  server.registerTool(
    name,
    {
      title,
      description,
      inputSchema: advertised(tool),
      annotations: {
        readOnlyHint: isReading,
        ...(!isReading && { destructiveHint: isDestructive === true, idempotentHint: isIdempotent === true }),
        openWorldHint: false,
      },
      ...(isAlwaysLoaded && { _meta: { 'anthropic/alwaysLoad': true } }),
    },
    async (given, context) => {
      try {
        return answered(await runTool(tool, given, server, connection, context));
      } catch (error) {
        return failed(error, connection);
      }
    },
  );
}

const REPEATABLE = 'Repeat the call once with the same arguments: it is not carried out twice.';

function runTool(tool: Tool, given: unknown, server: McpServer, connection: Connection, context: ServerContext) {
  const unsure = tool.isReading ? null : (tool.ifUnsure ?? REPEATABLE);
  return withProgress(context, () =>
    runCall(connection, callOptions(server, context), (call: Call) => tool.run(given, call), unsure),
  );
}

/** Only text: hosts that find structured content as well drop the text. */
function answered(text: string) {
  return { content: [{ type: 'text' as const, text }] };
}

function failed(error: unknown, { onFault }: Connection) {
  return { ...answered(errorText(error, onFault)), isError: true };
}

/**
 * The schema of a tool for the SDK, which advertises it and hands the arguments on as they came: they are read leniently, and
 * errors are answers.
 */
function advertised({ schema }: Tool): StandardSchemaWithJSON {
  const json = () => schema;
  return {
    '~standard': {
      version: 1,
      vendor: 'mooring',
      validate: (value) => ({ value }),
      jsonSchema: { input: json, output: json },
    },
  };
}
