import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { findMongo, type MongoProgram, TEST_FOLDER } from './install.js';

/** A MongoDB server in a process of its own. */
export interface MongoServer {
  /** Connects directly, so that a proxy may replace the port. With `auth`, as an administrator. */
  readonly uri: string;
  readonly port: number;
  /** Folder of its data. */
  readonly storage: string;
  readonly process: ChildProcess | null;
  /** Ends it, and removes a throwaway storage. */
  stop(): Promise<void>;
  /** SIGKILL. The storage stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and storage, after `kill`; one that runs is stopped before. */
  restart(): Promise<void>;
}

export interface MongoServerOptions {
  /** Folder of its data; left out, a throwaway one. */
  readonly storage?: string;
  /** Left out, a free one. */
  readonly port?: number;
  /** Asks clients to authenticate. An administrator is made, and `uri` is theirs. */
  readonly auth?: boolean;
  /** No replica set: what a store must refuse. */
  readonly standalone?: boolean;
  /** Allows `configureFailPoint`. */
  readonly testCommands?: boolean;
  /** Whether a confirmed commit survives a kill, at the cost of a disk sync each and a checkpoint each minute. Default: true. */
  readonly syncs?: boolean;
  /** PEM files; the server then takes TLS only. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string; readonly caFile: string };
}

const REPLICA_SET = 'mooring';
const START_DEADLINE = 30_000;
const ADMINISTRATOR = { user: 'administrator', pwd: randomBytes(12).toString('hex') };

/** Where servers store: on the disk that the project is on, unless the environment says where temporary files go. */
const SCRATCH = process.env.TMPDIR ?? TEST_FOLDER;

/** Starts a server, by default a replica set of one. */
export async function startMongo(options: MongoServerOptions = {}): Promise<MongoServer> {
  const program = await findMongo();
  await mkdir(SCRATCH, { recursive: true });
  const storage = options.storage ?? (await mkdtemp(join(SCRATCH, 'mooring-mongodb-')));
  await mkdir(storage, { recursive: true });
  const port = options.port ?? (await freePort());
  const { auth = false, tls } = options;
  const tlsQuery = tls ? `&tls=true&tlsCAFile=${encodeURIComponent(tls.caFile)}` : '';
  const open = `mongodb://127.0.0.1:${port}/?directConnection=true${tlsQuery}`;
  const uri = auth ? open.replace('//', `//${ADMINISTRATOR.user}:${ADMINISTRATOR.pwd}@`) : open;
  let child: ChildProcess;

  async function start(withAuth: boolean): Promise<void> {
    const started = spawn(program.path, await flags(program, { ...options, auth: withAuth, storage, port }), {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: options.syncs === false ? { ...process.env, SECANTUS_TEST_FAST_STORAGE: '1' } : process.env,
    });
    child = started;
    guard(started);
    await ready(started, open, program, options);
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  if (auth) {
    await start(false);
    await withClient(open, (client) =>
      client.db('admin').command({ createUser: ADMINISTRATOR.user, pwd: ADMINISTRATOR.pwd, roles: ['root'] }),
    );
    await end('SIGTERM');
  }
  await start(auth);
  return {
    uri,
    port,
    storage,
    get process() {
      return child;
    },
    async stop() {
      // A throwaway server needn't shut down cleanly, which takes seconds.
      await end(options.storage === undefined ? 'SIGKILL' : 'SIGTERM');
      if (options.storage === undefined) await rm(storage, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGTERM');
      await start(auth);
    },
  };
}

/** Kills the processes given as arguments when its input ends, which happens when this process is gone for any reason. */
const GUARD = `process.stdin.resume().on('end', () => { try { process.kill(Number(process.argv[1]), 'SIGKILL'); } catch {} });`;

/** No server outlives the tests, not even those that are killed. */
function guard(server: ChildProcess): void {
  const watcher = spawn(process.execPath, ['-e', GUARD, String(server.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  server.once('exit', () => watcher.kill('SIGKILL'));
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

async function flags(
  { kind }: MongoProgram,
  {
    storage,
    port,
    auth,
    standalone,
    testCommands,
    syncs = true,
    tls,
  }: MongoServerOptions & { readonly storage: string; readonly port: number },
): Promise<string[]> {
  if (kind === 'secantus') {
    return [
      ...['--host', '127.0.0.1', '--port', String(port), '--storage-path', storage],
      // Of its usual 1 GB a fifth may wait to be written; beyond that its clients do the writing, and wait for it.
      ...['--log-level', 'ERROR', '--cache-size', '4G'],
      ...(syncs ? ['--sync-on-commit'] : []),
      ...(auth ? ['--auth'] : []),
      ...(standalone ? ['--standalone'] : []),
      ...(testCommands ? ['--enable-test-commands'] : []),
      ...(tls ? ['--tls-cert-file', tls.certFile, '--tls-key-file', tls.keyFile] : []),
    ];
  }
  const keyFile = join(storage, 'members.key');
  if (auth) {
    await writeFile(keyFile, randomBytes(48).toString('base64'));
    await chmod(keyFile, 0o400);
  }
  return [
    ...['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', storage, '--wiredTigerCacheSizeGB', '0.25'],
    ...(standalone ? [] : ['--replSet', REPLICA_SET]),
    ...(auth ? ['--keyFile', keyFile] : []),
    ...(testCommands ? ['--setParameter', 'enableTestCommands=1'] : []),
    // One file holds certificate and key, as `mongod` wants it.
    ...(tls ? ['--tlsMode', 'requireTLS', '--tlsCertificateKeyFile', tls.certFile] : []),
    ...(tls ? ['--tlsCAFile', tls.caFile, '--tlsAllowConnectionsWithoutCertificates'] : []),
  ];
}

/** Resolves when the server takes writes. */
async function ready(
  child: ChildProcess,
  uri: string,
  { kind }: MongoProgram,
  { standalone = false }: MongoServerOptions,
): Promise<void> {
  let said = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000);
  });
  const deadline = Date.now() + START_DEADLINE;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The MongoDB server ended before it listened: ${said}`);
    try {
      await withClient(uri, async (client) => {
        const admin = client.db('admin');
        const { setName, isWritablePrimary } = await admin.command({ hello: 1 });
        if (kind === 'mongod' && !standalone && setName === undefined) {
          const host = uri.slice('mongodb://'.length, uri.indexOf('/?'));
          const config = { _id: REPLICA_SET, members: [{ _id: 0, host }] };
          await admin.command({ replSetInitiate: config }).catch(() => undefined);
        }
        if (!isWritablePrimary) throw new Error('it takes no writes yet');
      });
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new Error(`The MongoDB server didn't come up: ${String(error)} ${said}`, { cause: error });
      }
      await wait(30);
    }
  }
}

async function withClient(uri: string, work: (client: MongoClient) => Promise<unknown>): Promise<void> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500 });
  try {
    await work(client);
  } finally {
    await client.close();
  }
}
