import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Chroma's own server, as a library for Node that is built for this platform only. */
const BINDINGS = 'chromadb-js-bindings-linux-x64-gnu';
const START_DEADLINE_MS = 20_000;
const LOOK_MS = 20;
const ATTEMPTS = 5;

/** Why no server can be started here; null when one can. */
export const chromaUnavailable: string | null = findReason();

function findReason(): string | null {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64') return `There is no Chroma server for ${platform} among the packages.`;
  try {
    createRequire(import.meta.url).resolve(BINDINGS);
    return null;
  } catch {
    const reason = `The package ${BINDINGS} isn't installed.`;
    if (process.env.CI === 'true') throw new Error(reason);
    return reason;
  }
}

if (chromaUnavailable) console.warn(`Tests with a Chroma server are skipped. ${chromaUnavailable}`);

/** What every server has from its start. */
export const DATABASE = { tenant: 'default_tenant', database: 'default_database' } as const;

/** A Chroma server with a folder of its own. */
export interface TestChroma {
  readonly url: string;
  readonly port: number;
  /** The process that runs now. */
  readonly process: ChildProcess;
  /** Ends the process as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data, after ending it if it runs. */
  restart(): Promise<void>;
  /** Ends the process and removes its data. Calling it again does nothing. */
  stop(): Promise<void>;
}

export async function startChroma(): Promise<TestChroma> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-chroma-'));
  let { child, port } = await startAnywhere(folder);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get process() {
      return child;
    },
    kill: () => end(child),
    async restart() {
      await end(child);
      child = spawnChroma(folder, port);
      await listening(child, port);
    },
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A port that was free may be taken before the server has it: then it ends, and another is tried. */
async function startAnywhere(folder: string): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const child = spawnChroma(folder, port);
    try {
      await listening(child, port);
      return { child, port };
    } catch (error) {
      await end(child);
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** The server holds the thread that runs it. The other one waits for the end of its input, which comes when the test is gone. */
const SCRIPT = `
  const { Worker } = require('node:worker_threads');
  const args = JSON.stringify(['chroma', 'run', '--host', '127.0.0.1', '--path', process.argv[2], '--port', process.argv[3]]);
  const name = JSON.stringify(process.argv[1]);
  new Worker('require(' + name + ').cli(' + args + ')', { eval: true });
  process.stdin.resume().on('end', () => process.kill(process.pid, 'SIGKILL'));
`;

function spawnChroma(folder: string, port: number): ChildProcess {
  const bindings = createRequire(import.meta.url).resolve(BINDINGS);
  const env = { ...process.env, RUST_LOG: 'error' };
  return spawn(process.execPath, ['-e', SCRIPT, bindings, folder, String(port)], {
    env,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

async function listening(child: ChildProcess, port: number): Promise<void> {
  const end = Date.now() + START_DEADLINE_MS;
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-2_000);
  });
  while (!(await isUp(port))) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The Chroma server ended. It said: ${said}`);
    if (Date.now() > end) throw new Error(`The Chroma server didn't answer within ${START_DEADLINE_MS} ms.`);
    await delay(LOOK_MS);
  }
}

async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/api/v2/heartbeat`)).ok;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
