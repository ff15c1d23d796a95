import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Api, createApi } from '../api.js';

/** When a server of `migration-server.ts` gets a signal, from itself. */
export interface Fate {
  /** Number of the step, or its name. */
  readonly at?: number | string;
  readonly times?: number;
  readonly how?: NodeJS.Signals;
}

/** A server in a process of its own, whose migration steps are recorded. */
export interface Victim {
  readonly api: Api;
  readonly process: ChildProcess;
  /** Names of the steps that were begun, in order. */
  readonly steps: readonly string[];
  /** The errors and warnings that it logged. */
  readonly complaints: readonly string[];
  /** Resolves when it is gone, however it went. */
  readonly gone: Promise<void>;
  /** Sends it its fate; its steps count from there. */
  doom(fate: Fate): Promise<void>;
  /** Resolves when this many steps were begun; rejects when it is gone before. */
  reached(steps: number): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server that ends, or stops, at its fate. */
export async function startVictim(data: string, env: Readonly<Record<string, string>>): Promise<Victim> {
  const script = join(process.cwd(), 'dist/test/support/migration/server.js');
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, MOORING_DATA: data, MOORING_LOG_LEVEL: 'info', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const steps: string[] = [];
  const complaints: string[] = [];
  let errors = '';
  child.stderr!.on('data', (part: Buffer) => {
    errors = (errors + part.toString()).slice(-4_000);
  });
  const gone = once(child, 'exit').then(() => undefined);
  let onStep = () => {};
  let onDoom = () => {};
  const url = await new Promise<string>((resolve, reject) => {
    void gone.then(() => reject(new Error(`The server ended before it listened: ${errors}`)));
    createInterface(child.stdout!).on('line', (line) => {
      if (/"level":"?(error|warn|[45]0)/.test(line)) complaints.push(line);
      const said = JSON.parse(line) as { url?: string; step?: string; fate?: Fate };
      if (said.url) resolve(said.url);
      if (said.fate) {
        steps.length = 0;
        onDoom();
      }
      if (!said.step) return;
      steps.push(said.step);
      onStep();
    });
  });

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await gone;
  }

  return {
    api: createApi(url),
    process: child,
    steps,
    complaints,
    gone,
    doom: (fate) =>
      new Promise((resolve) => {
        onDoom = resolve;
        child.stdin!.write(`${JSON.stringify(fate)}\n`);
      }),
    reached: (count) =>
      new Promise((resolve, reject) => {
        void gone.then(() => reject(new Error('The server is gone.')));
        onStep = () => {
          if (steps.length >= count) resolve();
        };
        onStep();
      }),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
