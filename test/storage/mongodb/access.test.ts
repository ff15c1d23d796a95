import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LOG_START } from '../../../src/domain/log-position.js';
import { memories, PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { checkMongo } from '../../../src/storage/mongodb/connection/checks.js';
import { createMongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { mongoHealth, repairMongo } from '../../../src/storage/mongodb/health.js';
import { destroyProject, listProjects } from '../../../src/storage/mongodb/projects.js';
import { createMongoStore } from '../../../src/storage/mongodb/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import {
  freePort,
  type MongoServer,
  type MongoServerOptions,
  mongoUnavailable,
  startMongo,
} from '../../support/mongodb/mongodb.js';
import { mongoSettings } from '../../support/mongodb/stores.js';
import { aMemory } from '../../support/records.js';

const PASSWORD = 'canary p@ss:w/rd?';

/** Opens a store at an address, writes to it and follows it, then removes it. */
async function use(uri: string, { database = 'mooring', serverSelectionTimeout = 5_000 } = {}): Promise<void> {
  const connection = createMongoConnection({ settings: mongoSettings(uri, database), serverSelectionTimeout });
  try {
    const projectId = 'prj_access';
    const options = { connection, projectId, collections: PROJECT_COLLECTIONS, create: { epoch: EPOCH } };
    const store = await createMongoStore(options);
    const memory = aMemory();
    const stop = new AbortController();
    const first = (async () => {
      for await (const [entry] of store.log.follow(LOG_START, stop.signal)) return entry;
    })();
    await store.commit([put(memory)], context());
    expect((await first)?.recordId).toBe(memory.id);
    stop.abort();
    expect(await store.collection(memories).get([memory.id])).toEqual([memory]);
    await store.commit([{ kind: 'remove', collection: 'memories', id: memory.id, version: 1 }], context());
    expect(await store.setEpoch(EPOCH, -1)).toBe(true);
    await store.import({ documents: [{ collection: 'memories', document: memory }], entries: [], removed: [] }, -1);
    expect(await store.health()).toEqual({ ok: true, problems: [] });
    await store.close();
    expect(await mongoHealth(connection, PROJECT_COLLECTIONS)).toMatchObject({ ok: true });
    expect(await repairMongo(connection, PROJECT_COLLECTIONS)).toEqual([]);
    expect(await listProjects(connection)).toMatchObject([{ projectId }]);
    await destroyProject(connection, projectId);
  } finally {
    await connection.close();
  }
}

const outcomes = async (uri: string, database = 'mooring') =>
  Object.fromEntries((await checkMongo(mongoSettings(uri, database))).map(({ name, outcome }) => [name, outcome]));

/** A server that ends with the test, however that ends. */
async function started(options?: MongoServerOptions): Promise<MongoServer> {
  const server = await startMongo(options);
  onTestFinished(() => server.stop());
  return server;
}

describe.skipIf(mongoUnavailable)('access to MongoDB', () => {
  it('needs no more than readWrite on the one database, and reports what is missing', async () => {
    const server = await started({ auth: true });
    const administrator = await MongoClient.connect(server.uri);
    const user = { user: 'ada', pwd: PASSWORD, roles: [{ role: 'readWrite', db: 'mooring' }] };
    await administrator.db('admin').command({ createUser: user.user, pwd: user.pwd, roles: user.roles });
    const as = (password: string) => server.uri.replace(/\/\/.*@/, `//ada:${encodeURIComponent(password)}@`);
    await use(as(PASSWORD));
    expect(await outcomes(as(PASSWORD))).toMatchObject({
      AUTHENTICATION: 'PASSED',
      WRITABLE: 'PASSED',
      INDEXES: 'PASSED',
    });

    await expect(use(as('wrong'))).rejects.toMatchObject({ code: 'STORE_AUTHENTICATION' });
    await expect(use(as(PASSWORD), { database: 'elsewhere' })).rejects.toMatchObject({ code: 'STORE_NOT_AUTHORIZED' });
    await expect(use(server.uri.replace(/\/\/.*@/, '//'))).rejects.toMatchObject({ code: 'STORE_NOT_AUTHORIZED' });
    expect(await outcomes(as('wrong'))).toMatchObject({
      CONNECT: 'PASSED',
      AUTHENTICATION: 'FAILED',
      WRITABLE: 'SKIPPED',
    });
    expect(await outcomes(as(PASSWORD), 'elsewhere')).toMatchObject({ AUTHENTICATION: 'PASSED', WRITABLE: 'FAILED' });
    expect(await outcomes(server.uri.replace(/\/\/.*@/, '//'))).toMatchObject({ AUTHENTICATION: 'FAILED' });
    const shown = JSON.stringify([
      await checkMongo(mongoSettings(as(`${PASSWORD}!`), 'mooring')),
      await use(as(`${PASSWORD}!`)).catch((error: unknown) => [error, String(error), (error as Error).cause]),
    ]);
    expect(shown).not.toMatch(/canary|p%40ss|p@ss/);
    await administrator.close();
  });

  it('refuses a standalone server, and explains how it becomes a replica set', async () => {
    const server = await started({ standalone: true });
    await expect(use(server.uri)).rejects.toMatchObject({
      code: 'STORE_UNSUITABLE',
      hint: expect.stringMatching(/replSetName: rs0.*rs\.initiate\(\)/),
    });
    expect(await outcomes(server.uri)).toMatchObject({
      AUTHENTICATION: 'WARNING',
      REPLICA_SET: 'FAILED',
      WRITABLE: 'SKIPPED',
    });
  });

  it('is an error that says so when nobody listens', async () => {
    const uri = `mongodb://127.0.0.1:${await freePort()}/?directConnection=true`;
    await expect(use(uri, { serverSelectionTimeout: 1_000 })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    const connection = createMongoConnection({ settings: mongoSettings(uri, 'mooring'), serverSelectionTimeout: 300 });
    expect(await mongoHealth(connection, PROJECT_COLLECTIONS)).toMatchObject({
      ok: false,
      isReachable: false,
      latencyMs: null,
      lastError: { message: expect.stringMatching(/can't be reached/) },
    });
    await connection.close();
  });

  it('is refused at an address that an allowed server names instead', async () => {
    // Its members are found by their address, which isn't the one that was allowed by name.
    const server = await started();
    const connection = createMongoConnection({
      settings: mongoSettings(`mongodb://example.invalid:${server.port}`, 'mooring', {
        allowPlaintext: ['example.invalid'],
      }),
      serverSelectionTimeout: 500,
    });
    connection.client.emit('serverOpening', { address: '192.0.2.1:27017' } as never);
    await expect(connection.capabilities()).rejects.toMatchObject({ code: 'STORE_TLS' });
    await connection.close();
  });

  it('accepts TLS only from a server that proves its identity', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-tls-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile];
    execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' });
    const server = await started({ tls: { certFile, keyFile, caFile: certFile } });
    await use(server.uri);
    expect(await outcomes(server.uri)).toMatchObject({ TLS: 'PASSED', CONNECT: 'PASSED' });
    await expect(use(server.uri.replace(/&tlsCAFile=[^&]*/, ''))).rejects.toMatchObject({ code: 'STORE_TLS' });
    await expect(use(server.uri.replace(certFile.replaceAll('/', '%2F'), '%2Fnowhere.pem'))).rejects.toMatchObject({
      code: 'STORE_TLS',
    });
  });
});
