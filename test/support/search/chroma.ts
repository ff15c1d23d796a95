import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { installPackage, type PinnedPackage, reasonOf } from '../machine/install-once.js';
import { freePort } from '../mongodb/server.js';

/** Chroma's own server, as a library for Node that is built for this platform only. Fetched by the first test that wants it. */
const SERVER: PinnedPackage = {
  name: 'chromadb-js-bindings-linux-x64-gnu',
  version: '1.0.5',
  integrity: 'sha512-bIigJ+gyNZz8p3wr/zcJZTlKL7p2TVEyT7EfW9lWpdvkajPke8Q+b87aDJaPs6NuGxLcXxPHMRpS3zHWplZbdw==',
};
const START_DEADLINE_MS = 20_000;
const POLL_MS = 20;
const ATTEMPTS = 5;

const found = await findServer();

/** Why no server can be started here; null when one can. */
export const chromaUnavailable: string | null = 'reason' in found ? found.reason : null;

async function findServer(): Promise<{ readonly path: string } | { readonly reason: string }> {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64') return { reason: `There is no Chroma server for ${platform} among the packages.` };
  try {
    return { path: await installPackage(SERVER) };
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return { reason: reasonOf(error) };
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

/** The server blocks the thread that runs it. The other one waits for the end of its input, which comes when the test is gone. */
const SCRIPT = `
  const { Worker } = require('node:worker_threads');
  const args = JSON.stringify(['chroma', 'run', '--host', '127.0.0.1', '--path', process.argv[2], '--port', process.argv[3]]);
  const name = JSON.stringify(process.argv[1]);
  new Worker('require(' + name + ').cli(' + args + ')', { eval: true });
  process.stdin.resume().on('end', () => process.kill(process.pid, 'SIGKILL'));
`;

function spawnChroma(folder: string, port: number): ChildProcess {
  if ('reason' in found) throw new Error(found.reason);
  const env = { ...process.env, RUST_LOG: 'error' };
  return spawn(process.execPath, ['-e', SCRIPT, found.path, folder, String(port)], {
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
    await delay(POLL_MS);
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
