import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

/**
 * The session of an agent over MCP, played by a program with the official client: every call, and what the agent reads.
 * `npm run agent` starts `mooring mcp` in a folder of its own, with a home of its own, and removes both; with the address of a
 * server (`npm run agent -- http://127.0.0.1:4000`) it speaks to that one over HTTP.
 */

const server = process.argv[2] ?? null;
// The folder has the name by which the agent creates the project.
const scratch = await mkdtemp(join(tmpdir(), 'mooring-agent-'));
const folder = join(scratch, 'Lighthouse');
await mkdir(folder);

const client = new Client({ name: 'example-agent', version: '1.0.0' });
let project: string | null = null;
try {
  await client.connect(
    server === null
      ? new StdioClientTransport({
          command: process.execPath,
          args: ['bin/mooring.js', 'mcp', '--project', folder, '--create'],
          env: { ...inherited(), MOORING_HOME: join(scratch, 'home') },
        })
      : new StreamableHTTPClientTransport(new URL('/mcp', server)),
  );
  const tools = (await client.listTools()).tools;
  console.log(`${tools.length} tools: ${tools.map(({ name }) => name).join(', ')}\n`);

  const created = await call('project', server === null ? {} : { create: `Lighthouse ${Date.now()}` });
  project = idIn(created, 'prj');
  const task = idIn(
    await call('save_task', { title: 'Say which line of the config is wrong', priority: 'high' }),
    'tsk',
  );
  await call('save_memory', {
    content: 'Config files are parsed strictly: an unknown key is an error.',
    kind: 'decision',
  });
  await call('get_context', { about: 'errors in config files' });
  await call('claim_task', {});
  const memory = idIn(
    await call('save_memory', { content: 'parseConfigFile() swallows the line number.', kind: 'fact', task }),
    'mem',
  );
  await call('search', { query: 'where does the line number get lost?', kind: 'memories', limit: 1 });
  await call('save_task', { id: task, status: 'done', result: 'Errors name the line.' });
  await call('undo', { id: memory });
  await call('get_history', { limit: 3 });
} finally {
  await client.close();
  await rm(scratch, { recursive: true, force: true });
}

/** Calls a tool, in the project of the session where the connection has none; prints the call and its answer. */
async function call(name: string, given: Readonly<Record<string, unknown>>): Promise<string> {
  const known = server === null || project === null || 'id' in given ? {} : { project };
  console.log(`→ ${name} ${JSON.stringify(given)}`);
  const { content, isError } = await client.callTool({ name, arguments: { ...given, ...known } });
  const text = content.map((part) => ('text' in part ? part.text : '')).join('\n');
  console.log(`${text}\n`);
  if (isError) throw new Error(`${name} failed.`);
  return text;
}

function idIn(text: string, prefix: string): string {
  const [id] = new RegExp(`${prefix}_[0-9a-z]{26}`).exec(text) ?? [];
  if (id === undefined) throw new Error(`The answer names no ${prefix}_….`);
  return id;
}

/** The environment, without the variables that would name another server or data. */
function inherited(): Record<string, string> {
  const others = ['MOORING_URL', 'MOORING_DATA', 'MOORING_PROJECT_DIR', 'CLAUDE_PROJECT_DIR'];
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !others.includes(pair[0]),
    ),
  );
}
