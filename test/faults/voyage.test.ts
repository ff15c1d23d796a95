import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.js';
import { createVoyageClient, type VoyageClient } from '../../src/embedding/voyage/client.js';
import { createVoyageEmbedder } from '../../src/embedding/voyage/voyage.js';
import { embedInProcess } from '../support/voyage/program.js';
import { startVoyage, type VoyageDouble } from '../support/voyage/voyage.js';

/** A timeout for what must not answer in time. */
const SHORT_MS = 2_000;
/** A timeout for what must answer, even on a busy machine. */
const LONG_MS = 60_000;

/** What the network does to each connection. */
type Fault = 'refuse' | 'hang' | 'slow' | 'cut' | 'garbage' | 'reset';

let double: VoyageDouble;
let network: Network;
let client: VoyageClient;
let embedder: Embedder;
beforeEach(async () => {
  double = await startVoyage();
  network = await startNetwork(double.url);
  use(LONG_MS);
});
const use = (deadlineMs: number) => {
  const settings = { apiKey: double.key, baseUrl: network.url, model: 'voyage-3-large', deadlineMs };
  client = createVoyageClient(settings, { retryMs: 20 });
  embedder = createVoyageEmbedder({ client });
};
const leave = async () => {
  await embedder.close();
  await client.close();
};
afterEach(async () => {
  await leave();
  await network.stop();
  await double.stop();
});

let asked = 0;
const embed = () => embedder.embedDocuments(Array.from({ length: 20 }, () => `Text ${asked++}.`));

describe('a network that fails between Mooring and Voyage', () => {
  it.each<[Fault, string]>([
    ['refuse', 'NETWORK'],
    ['hang', 'TIMEOUT'],
    ['slow', 'TIMEOUT'],
    ['cut', 'NETWORK'],
    ['garbage', 'NETWORK'],
    ['reset', 'NETWORK'],
  ])('(%s) is an error that says so, and embedding works once it is back', async (fault, failure) => {
    if (failure === 'TIMEOUT') {
      await leave();
      use(SHORT_MS);
    }
    await embed();
    await network.fail(fault);
    for (const request of [embed, () => embedder.embedQuery(`Question ${asked++}`)]) {
      await expect(request()).rejects.toMatchObject({ code: 'EMBEDDING_UNAVAILABLE', failure });
    }
    await network.fail(null);
    expect(await embed()).toHaveLength(20);
  });

  it('is bridged when it fails for a moment only', async () => {
    for (const fault of ['refuse', 'cut', 'garbage', 'reset'] as const) {
      await network.fail(fault, 1);
      expect(await embed()).toHaveLength(20);
    }
  });

  it('leaves no request in flight: four still run at once after a hundred failures', async () => {
    await network.fail('reset');
    await Promise.allSettled(Array.from({ length: 100 }, embed));
    await network.fail(null);
    double.forget();
    const release = double.hold();
    const waiting = Array.from({ length: 8 }, embed);
    await expect.poll(() => double.requests.length).toBe(4);
    release();
    await Promise.all(waiting);
  });
});

describe('a service that is started again', () => {
  it('answers the next request, though connections to it were kept', async () => {
    for (let round = 0; round < 5; round += 1) {
      await embed();
      await double.stop();
      await expect(embed()).rejects.toMatchObject({ failure: 'NETWORK' });
      await double.start();
      expect(await embed()).toHaveLength(20);
    }
  });

  it('gets every text once more only when it had not answered', async () => {
    const release = double.hold();
    const waiting = embedder.embedDocuments(['first', 'second']);
    await expect.poll(() => double.requests.length).toBe(1);
    await double.stop();
    release();
    await double.start();
    expect(await waiting).toHaveLength(2);
    await embedder.embedDocuments(['first', 'second']);
    expect(double.requests).toHaveLength(2);
  });
});

describe('an address that accepts no connections', () => {
  let stuck: ChildProcess;
  const sockets: Socket[] = [];
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    stuck.kill('SIGKILL');
  });

  it('doesn’t keep a process from exiting', async () => {
    const program = `
      const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
        require('node:fs').writeSync(1, server.address().port + '\\n');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      });`;
    stuck = spawn(process.execPath, ['--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = (await once(createInterface(stuck.stdout!), 'line')) as [string];
    // The system accepts a few connections for a process that doesn't; the others wait.
    for (let i = 0; i < 8; i++) sockets.push(connect(Number(port), '127.0.0.1').on('error', () => {}));
    await expect.poll(() => sockets.some(({ connecting }) => !connecting)).toBe(true);
    const ended = await embedInProcess({ apiKey: 'pa-x', baseUrl: `http://127.0.0.1:${port}/v1`, deadlineMs: 300 });
    expect(ended).toEqual({ failure: 'TIMEOUT', held: [], code: 0, stderr: '' });
    expect(sockets.some(({ connecting }) => connecting)).toBe(true);
  });
});

/** A proxy to the service that can be made to fail. */
interface Network {
  readonly url: string;
  /** Each new connection fails so, or the next few; connections that are open are cut. */
  fail(fault: Fault | null, times?: number): Promise<void>;
  stop(): Promise<void>;
}

async function startNetwork(target: string): Promise<Network> {
  const open = new Set<Socket>();
  let fault: Fault | null = null;
  let times = Number.POSITIVE_INFINITY;
  let server: Server | null = null;
  let port = 0;

  function carry(socket: Socket): void {
    track(socket);
    // Where nothing listens, no connection needs a fault.
    const current = times > 0 && fault !== 'refuse' ? fault : null;
    times -= 1;
    if (current === 'reset') return void socket.resetAndDestroy();
    if (current === 'hang') return;
    if (current === 'garbage') return void socket.end('SSH-2.0-OpenSSH_9.6\r\n\0\xff\r\n');
    const upstream = connect(Number(new URL(target).port), '127.0.0.1');
    track(upstream);
    socket.pipe(upstream);
    upstream.on('close', () => socket.destroy());
    if (!current) upstream.pipe(socket);
    if (current === 'cut')
      upstream.once('data', (chunk: Buffer) => socket.write(chunk.subarray(0, 300), () => socket.destroy()));
    if (current === 'slow') upstream.once('data', (chunk: Buffer) => trickle(socket, chunk));
  }

  function track(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  }

  async function listen(): Promise<void> {
    if (server) return;
    server = createServer(carry).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    const stopped = server;
    server = null;
    for (const socket of open) socket.destroy();
    if (stopped) await new Promise((resolve) => stopped.close(resolve));
  }

  await listen();
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async fail(next, count = Number.POSITIVE_INFINITY) {
      fault = next;
      times = count;
      await stop();
      if (next === 'refuse' && count < Number.POSITIVE_INFINITY) setTimeout(() => void listen(), 10);
      else if (next !== 'refuse') await listen();
    },
    stop,
  };
}

/** A byte at a time, so that something always comes and it never ends in time. */
function trickle(socket: Socket, chunk: Buffer): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || sent === chunk.length) return clearInterval(timer);
    socket.write(chunk.subarray(sent, ++sent));
  }, 5);
}
