import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The program, running. */
export interface RunningCli {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when it has printed the text. Rejects when it ends before. */
  printed(text: string): Promise<void>;
  /** Resolves when it has ended. */
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Each line of standard output, parsed. */
  readonly lines: <T>() => T[];
}

export interface CliOptions {
  readonly data: string;
  /** Undefined: not set. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer;
}

const MAIN = join(process.cwd(), 'dist/src/cli/run.js');
/** The program, for `node -e`. */
export const LAUNCH = `import(${JSON.stringify(MAIN)}).then(({ run }) => run(process.argv.slice(1)))`;

/** Starts the program on a data directory, which is its working directory too. */
export function startCli({ data, env = {}, input = '' }: CliOptions, ...args: string[]): RunningCli {
  const child = spawn(process.execPath, ['-e', LAUNCH, '--', ...args], {
    cwd: data,
    env: {
      ...{ PATH: process.env.PATH, XDG_CONFIG_HOME: join(data, 'config') },
      ...{ MOORING_DATA: data, MOORING_HOME: join(data, 'home') },
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part) => {
    stdout += part;
  });
  child.stderr.on('data', (part) => {
    stderr += part;
  });
  const ended = once(child, 'close').then(([code]) => ({
    ...{ code: code as number | null, stdout, stderr },
    lines: <T>() =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as T),
  }));
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => (stdout + stderr).includes(text) && resolve();
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      child.once('close', (code) => reject(new Error(`It ended with ${code} without ${text}:\n${stdout}${stderr}`)));
      look();
    });
  return { process: child, stdout: () => stdout, stderr: () => stderr, printed, ended };
}

/** Runs the program to its end. */
export function runCli(options: CliOptions, ...args: string[]): Promise<Ended> {
  return startCli(options, ...args).ended;
}

export async function dataFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'mooring-cli-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
