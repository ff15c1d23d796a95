import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export interface Running {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** npm runs tests and benchmarks from the project's folder. */
const root = process.cwd();

/** A folder on the disk that the project is on, for a memory file system would make every sync free. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(root, '.mooring-bench-'));
  return { path, remove: () => rm(path, { recursive: true }) };
}

/** Starts Mooring on a data directory. `under`: a shell command to run first, such as `umask 0`. */
export function startMooring(
  data: string,
  env: Readonly<Record<string, string>> = {},
  under: string | null = null,
): Promise<Running> {
  const child = spawnMooring(data, env, 'pipe', under);
  child.stderr!.pipe(process.stderr);
  return listening(child);
}

/** The process of a server, whether it gets to listen or not. `stdout`: a pipe, or an open file for its log. */
export function spawnMooring(
  data: string,
  env: Readonly<Record<string, string>> = {},
  stdout: 'pipe' | number = 'pipe',
  under: string | null = null,
): ChildProcess {
  const home = process.env.MOORING_HOME ?? join(data, 'home');
  const own = { MOORING_DATA: data, MOORING_HOME: home, MOORING_LOG_LEVEL: 'info', HOST: '127.0.0.1', PORT: '0' };
  return run('dist/src/main.js', [], { ...own, ...env }, stdout, under);
}

/** Starts a floor or a peer of `bench/peers`. */
export function startPeer(name: string, ...args: string[]): Promise<Running> {
  const child = run(`dist/bench/peers/${name}.js`, args, {});
  child.stderr!.pipe(process.stderr);
  return listening(child);
}

function run(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  stdout: 'pipe' | number = 'pipe',
  under: string | null = null,
): ChildProcess {
  const command = [process.execPath, join(root, script), ...args];
  const [program, ...rest] = under === null ? command : ['bash', '-c', `${under}; exec "$0" "$@"`, ...command];
  return spawn(program!, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'pipe'],
  });
}

/** Resolves when the server has printed a line of JSON with its `url`. */
export async function listening(child: ChildProcess): Promise<Running> {
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened.`)));
    createInterface(child.stdout!).on('line', (line) => {
      const said = parse(line);
      if (typeof said?.url === 'string') resolve(said.url);
    });
  });
  return {
    url,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function parse(line: string): { url?: unknown } | null {
  try {
    return JSON.parse(line) as { url?: unknown };
  } catch {
    return null;
  }
}
