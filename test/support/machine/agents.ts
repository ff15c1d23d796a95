import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { onTestFinished } from 'vitest';
import { type Home, homeOf } from '../../../src/config/home.js';
import { isRunning, type Presence, readPresence } from '../../../src/config/presence.js';
import { makeFolder } from '../temporary.js';

/** Agents in processes of their own, each with `mooring mcp` as its program starts it, and the home that they share. */

/** The program, as a host of agents starts it. */
export const PROGRAM = join(process.cwd(), 'bin/mooring.js');

/** A user with a home and a repository that isn't Mooring's. */
export interface User {
  readonly home: Home;
  /** Where agents work. */
  readonly repository: string;
  /** What the processes of agents have as their environment, and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  /** The announced servers that run, those of `serve` first. */
  servers(): Promise<readonly Presence[]>;
}

export async function makeUser(): Promise<User> {
  const folder = await makeFolder();
  const home = homeOf({ MOORING_HOME: join(folder, 'home') });
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  const env = { PATH: process.env.PATH!, HOME: folder, MOORING_HOME: home.path };
  return { home, repository, env, servers: () => announcedIn(home) };
}

/** Asks none of them: a machine with much other work may not answer in time. */
async function announcedIn({ servers }: Home): Promise<readonly Presence[]> {
  const names = await readdir(servers).catch(() => []);
  const found = await Promise.all(
    names
      .sort()
      .reverse()
      .map((name) => readPresence(join(servers, name))),
  );
  return found.filter((presence) => presence !== null && isRunning(presence.pid)) as Presence[];
}

export interface Agent {
  readonly client: Client;
  readonly pid: number;
  /** What it printed on standard error so far. */
  readonly notes: () => string;
  /** Calls a tool without arguments. @returns its text */
  call(tool: string): Promise<string>;
  /** Makes a call that needs the server. @returns what it says of the project */
  touch(): Promise<string>;
  /** Ends as a program does that stops its agent: the process of `mooring mcp` has ended then. */
  close(): Promise<void>;
  /** Ends the process of `mooring mcp` at once. */
  kill(): Promise<void>;
}

export interface AgentOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts an agent of the user in the repository. It has been answered `initialize`. It ends when the test does. */
export async function startAgent(user: User, { args = [], env = {}, cwd }: AgentOptions = {}): Promise<Agent> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [PROGRAM, 'mcp', ...args],
    env: { ...user.env, ...env },
    cwd: cwd ?? user.repository,
    stderr: 'pipe',
  });
  let notes = '';
  transport.stderr!.on('data', (part) => {
    notes += part;
  });
  const client = new Client({ name: 'test', version: '1' });
  onTestFinished(() => client.close());
  await client.connect(transport);
  const pid = transport.pid!;
  const closed = once(transport.stderr!, 'close');
  const call = async (name: string): Promise<string> => {
    const { content } = await client.callTool({ name, arguments: {} });
    const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('\n');
    // A machine with much other work may not start a server within the time of a call: it has when it is called again.
    return text.startsWith('TIMEOUT: ') ? call(name) : text;
  };
  return {
    client,
    pid,
    notes: () => notes,
    call,
    touch: () => call('project'),
    async close() {
      await client.close();
      await closed;
    },
    async kill() {
      process.kill(pid, 'SIGKILL');
      await closed;
      while (isRunning(pid)) await new Promise((look) => setTimeout(look, 10));
    },
  };
}
