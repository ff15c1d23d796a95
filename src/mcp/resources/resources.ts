import {
  type McpServer,
  ResourceNotFoundError,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { AskError } from '../ask.js';
import type { Call } from '../calls/call.js';
import { type Connection, runCall } from '../calls/create-call.js';
import { callOptions, errorText } from '../calls/protocol.js';
import { contextOf } from '../tools/get-context.js';
import { ready } from '../tools/list-tasks.js';
import { statusOf } from '../tools/project.js';
import { suggestMemories, suggestSessions, suggestTasks } from './completion.js';
import { recordText, sessionText } from './records.js';

/** Tasks of a list that a person reads. */
const TASKS = 50;

/** What is always there, for people to mention; a model pays for what it reads only. */
export const FIXED = [
  {
    name: 'project',
    uri: 'mooring://project',
    title: 'The project',
    description: 'What the project is, and how much is in it.',
    read: async (call: Call) => statusOf((await call.project()).id, call),
  },
  {
    name: 'context',
    uri: 'mooring://context',
    title: 'Context of the project',
    description: 'Instructions, pinned memories, decisions and ready tasks.',
    read: async (call: Call) => contextOf(await call.project(), {}, call),
  },
  {
    name: 'ready-tasks',
    uri: 'mooring://tasks/ready',
    title: 'Ready tasks',
    description: 'Tasks that can be claimed now, the most urgent first.',
    read: async (call: Call) => ready(await call.project(), TASKS, call),
  },
] as const;

const TEMPLATES = [
  {
    name: 'memory',
    variable: 'id',
    title: 'A memory',
    description: 'A memory whole, by its id.',
    read: recordText,
    complete: suggestMemories,
  },
  {
    name: 'task',
    variable: 'id',
    title: 'A task',
    description: 'A task whole, by its id.',
    read: recordText,
    complete: suggestTasks,
  },
  {
    name: 'session',
    variable: 'key',
    title: 'A conversation',
    description: 'The transcript of a session, by its key.',
    read: sessionText,
    complete: suggestSessions,
  },
] as const;

const TEXT = { mimeType: 'text/markdown' };

/** Registers all resources. */
export function registerResources(server: McpServer, connection: Connection): void {
  for (const { name, uri, title, description, read } of FIXED) {
    server.registerResource(name, uri, { title, description, ...TEXT }, (url, context) =>
      contentsOf(url, read, server, connection, context),
    );
  }
  for (const { name, variable, title, description, read, complete } of TEMPLATES) {
    const completing = async (typed: string): Promise<string[]> => {
      const options = { clientName: server.server.getClientVersion()?.name, signal: new AbortController().signal };
      // Somebody is typing: no error helps.
      return runCall(connection, options, (call) => complete(typed, call), null).catch(() => []);
    };
    const template = new ResourceTemplate(`mooring://${name}/{${variable}}`, {
      list: undefined,
      complete: { [variable]: completing },
    });
    server.registerResource(name, template, { title, description, ...TEXT }, (url, variables, context) => {
      const named = decodeURIComponent(String(variables[variable]));
      return contentsOf(url, (call) => read(named, call), server, connection, context);
    });
  }
}

async function contentsOf(
  { href: uri }: URL,
  read: (call: Call) => Promise<string>,
  server: McpServer,
  connection: Connection,
  context: ServerContext,
) {
  try {
    const text = await runCall(connection, callOptions(server, context), read, null);
    return { contents: [{ uri, ...TEXT, text }] };
  } catch (error) {
    if (error instanceof AskError && error.code === 'NOT_FOUND') throw new ResourceNotFoundError(uri);
    throw new Error(errorText(error, connection.onFault));
  }
}
