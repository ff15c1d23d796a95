import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type MongoServer, startMongo } from './server.js';

/** Lends MongoDB servers to the test files of a run, one at a time to each, so that not every file has to start one. */
export interface MongoLender {
  /** Port on 127.0.0.1 where `borrowMongo` asks. */
  readonly port: number;
  /** Stops every server. */
  close(): Promise<void>;
}

/** A server that a test file has for itself until it gives it back. */
export interface Loan {
  readonly uri: string;
  giveBack(): Promise<void>;
}

/** Bytes; a server that holds more answers reads of many documents slowly, so it is replaced. */
const FULL = 48 * 2 ** 20;
const RETURNED = 'returned';

/** Servers are started when they are asked for. One whose borrower died with it in use is stopped, not lent again. */
export async function createMongoLender(): Promise<MongoLender> {
  const idle: MongoServer[] = [];
  const all = new Set<MongoServer>();

  async function lend(socket: Socket): Promise<void> {
    let said = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    socket.on('error', () => undefined);
    const gone = once(socket, 'close').catch(() => undefined);
    const server = idle.pop() ?? (await start());
    socket.write(`${server.uri}\n`);
    await gone;
    if (said === RETURNED && (await sizeOf(server.storage)) < FULL) idle.push(server);
    else await stop(server);
  }

  async function start(): Promise<MongoServer> {
    // It isn't killed while it is lent, so what it confirms needn't be on a disk, which may be slow.
    const server = await startMongo({ syncs: false });
    all.add(server);
    return server;
  }

  async function stop(server: MongoServer): Promise<void> {
    if (all.delete(server)) await server.stop();
  }

  const listener = createServer((socket) => {
    lend(socket).catch((error: unknown) => socket.end(`${String(error)}\n`));
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    port: (listener.address() as AddressInfo).port,
    async close() {
      listener.close();
      await Promise.all([...all].map(stop));
    },
  };
}

/** Takes a server from the lender of this run; starts with whatever databases earlier borrowers left. @throws when none can be started */
export async function borrowMongo(port: number): Promise<Loan> {
  const socket = createConnection(port, '127.0.0.1').setEncoding('utf8');
  const gone = once(socket, 'close').then(() => ['The lender is gone.']);
  const [answer] = (await Promise.race([once(socket, 'data'), gone])) as [string];
  const uri = answer.trim();
  if (!uri.startsWith('mongodb:')) throw new Error(`No MongoDB server was lent: ${uri}`);
  // It must not keep the tests' process running.
  socket.unref();
  return {
    uri,
    async giveBack() {
      socket.end(RETURNED);
      await once(socket, 'close');
    },
  };
}

/** A journal is as large from the beginning. */
const isData = (name: string): boolean => !name.startsWith('journal');

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(
    names.filter(isData).map((name) =>
      stat(join(folder, name)).then(
        ({ blocks }) => blocks * 512,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
