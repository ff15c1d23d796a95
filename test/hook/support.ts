import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { homeOf } from '../../src/config/home.js';
import { ownPresence, writePresence } from '../../src/config/presence.js';
import { type HookOptions, runHook } from '../../src/hook/run.js';
import type { Api } from '../support/api.js';
import { type RunningApp, startApp } from '../support/server.js';
import { makeFolder } from '../support/temporary.js';

/** An agent at work: a repository, a home of Mooring, and a server that may be down. */
export interface Agent {
  readonly home: string;
  /** The folder that the agent works in, a git repository. */
  readonly cwd: string;
  /** Fields of an event. */
  event(name: string, fields?: object): object;
  /** Runs the hook in this process. @returns what it printed */
  hear(event: object | string, options?: Partial<HookOptions>): Promise<string>;
  /** Runs the hook as a process of its own. */
  spawnHook(input: string | Buffer, args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<HookEnd>;
  /** Announces a server as running. */
  announce(url: string): Promise<void>;
  /** The files that wait for a server. */
  spooled(): Promise<readonly string[]>;
  /** What is in them. */
  spooledText(): Promise<string>;
}

export interface HookEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const SESSION = '0b2c8f1e-1d0a-4f7e-9a3c-5b1d2e3f4a5b';

export async function startAgent(): Promise<Agent> {
  const home = await makeFolder();
  const repository = await makeFolder();
  const cwd = join(repository, 'harbor');
  await mkdir(join(cwd, '.git'), { recursive: true });
  const places = homeOf({ MOORING_HOME: home });
  const spool = join(places.spool, 'default');
  const files = async () => (await readdir(spool).catch(() => [])).filter((name) => name.endsWith('.json')).sort();

  return {
    home,
    cwd,
    event: (name, fields = {}) => ({
      ...{ session_id: SESSION, transcript_path: join(home, 'none.jsonl'), cwd, hook_event_name: name },
      ...fields,
    }),
    async hear(event, options = {}) {
      const text = typeof event === 'string' ? event : JSON.stringify(event);
      let printed = '';
      await runHook({
        ...{ url: null, data: null, home: places, folder: null, isSetUp: true, agent: 'claude-code', text },
        // A test decides nothing by time.
        ...{ timeout: 600_000, elapsed: () => 0 },
        print: (answer) => {
          printed += answer;
        },
        debug: () => undefined,
        ...options,
      });
      return printed;
    },
    spawnHook: (input, args = ['--capture'], env = {}) =>
      spawnHook(input, args, { MOORING_HOME: home, MOORING_HOOK_TIMEOUT_MS: '120000', ...env }),
    async announce(url) {
      await mkdir(places.servers, { recursive: true });
      await writePresence(join(places.servers, 'serve-test.json'), ownPresence(url, home, 'serve'));
    },
    spooled: files,
    async spooledText() {
      const names = await readdir(home, { recursive: true, withFileTypes: true });
      const texts = names
        .filter((each) => each.isFile())
        .map((each) => readFile(join(each.parentPath, each.name), 'utf8'));
      return (await Promise.all(texts)).join('\n');
    },
  };
}

const BIN = join(process.cwd(), 'bin/mooring.js');

async function spawnHook(
  input: string | Buffer,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<HookEnd> {
  const child = spawn(process.execPath, [BIN, 'hook', ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  // It needn't read all of it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (part) => {
      output[stream] += part;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...output };
}

/** A server, announced to the agent. */
export async function startServerFor(agent: Agent): Promise<RunningApp> {
  const app = await startApp(await makeFolder());
  await agent.announce(app.url);
  return app;
}

export interface Remembered {
  readonly id: string;
  readonly role: string;
  readonly kind: string;
  readonly content: string;
  readonly externalId: string;
  readonly toolName: string | null;
  readonly toolCallId: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly sessionId: string;
}

/** All memories of the agent's project, the earliest first; none without a project. */
export async function memoriesOf({ ask }: Api, { cwd }: Agent): Promise<readonly Remembered[]> {
  const query = `query M($cwd: String!, $after: String) { project(by: { path: $cwd }) { memories(first: 200, after: $after, orderBy: { field: OCCURRED_AT, direction: ASC }) {
    nodes { id role kind content externalId toolName toolCallId metadata sessionId } pageInfo { hasNextPage endCursor } } } }`;
  const all: Remembered[] = [];
  for (let after: string | null = null; ; ) {
    const { project }: { project: Page | null } = await ask(query, { cwd, after });
    if (!project) return [];
    all.push(...project.memories.nodes);
    if (!project.memories.pageInfo.hasNextPage) return all;
    after = project.memories.pageInfo.endCursor;
  }
}

interface Page {
  readonly memories: {
    readonly nodes: readonly Remembered[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

/** Writes a file, with its folders. */
export async function put(path: string, text: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}
