import dns from 'node:dns';
import { deflateSync } from 'node:zlib';
import type { Document } from 'mongodb';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { MongoSettings } from '../../../src/domain/storage-settings.js';
import { PROJECT_COLLECTIONS } from '../../../src/storage/collections.js';
import { checkMongo } from '../../../src/storage/mongodb/connection/checks.js';
import { createMongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { createFraming, isFramed, NotMongoError } from '../../../src/storage/mongodb/connection/wire.js';
import { mongoHealth } from '../../../src/storage/mongodb/health.js';
import { type HostileServer, opMessage, opReply, PRIMARY, startHostile } from '../../support/mongodb/hostile.js';

const SECRET = 'canary-of-another-server';

async function serve(...parameters: Parameters<typeof startHostile>): Promise<HostileServer> {
  const server = await startHostile(...parameters);
  onTestFinished(() => server.stop());
  return server;
}

const settingsFor = (host: string): MongoSettings => ({
  connectionString: `mongodb://${host}`,
  ...{ database: 'mooring', maxPoolSize: 4, allowPlaintext: [] },
});

function connect(settings: MongoSettings) {
  const connection = createMongoConnection({ settings, serverSelectionTimeout: 700 });
  onTestFinished(() => connection.close());
  return connection;
}

const i32 = (...numbers: number[]) => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeInt32LE(number, 4 * index);
  return bytes;
};
/** A message whose length is right. */
const framed = (operation: number, body: Buffer) => Buffer.concat([i32(16 + body.length, 1, 1, operation), body]);

const NO_MONGODB: readonly (readonly [what: string, bytes: Buffer])[] = [
  ['four zero bytes', Buffer.alloc(4)],
  ['zeros', Buffer.alloc(64)],
  ['a length below the header’s', i32(8, 1, 1, 2013)],
  ['a negative length', i32(-5, 1, 1, 2013)],
  ['a length of two gigabytes', i32(2_000_000_000, 1, 1, 2013)],
  ['an SSH server', Buffer.from(`SSH-2.0-${SECRET}\r\n`)],
  ['an HTTP server', Buffer.from(`HTTP/1.1 400 ${SECRET}\r\n\r\n${SECRET}`)],
  ['Redis', Buffer.from(`-ERR ${SECRET}\r\n`)],
  ['a mail server', Buffer.from(`220 ${SECRET}\r\n`)],
  ['a billion documents in a reply', framed(1, Buffer.concat([i32(0, 0, 0, 0, 1_000_000_000), Buffer.alloc(60)]))],
  ['sections without end', framed(2013, Buffer.alloc(1_000))],
  ['a kind of message that nobody asked for', framed(2012, Buffer.concat([i32(2013, 400_000_000), Buffer.from([2])]))],
];

describe('the messages of a server', () => {
  it('are framed before the driver reads them', () => {
    expect(isFramed).toBe(true);
  });

  it.each(NO_MONGODB)('are refused as not MongoDB’s: %s', (_, bytes) => {
    expect(() => createFraming(() => false).accept(bytes)).toThrow(NotMongoError);
    // However it is cut.
    const slow = createFraming(() => false);
    expect(() => {
      for (const byte of bytes) slow.accept(Buffer.from([byte]));
    }).toThrow(NotMongoError);
  });

  it('are passed on whole, however they are split', () => {
    const all = Buffer.concat([
      opReply({ ok: 1 }, 1),
      opMessage({ ok: 1, text: 'x'.repeat(500) }, 2),
      opMessage({}, 3),
    ]);
    for (const step of [1, 7, 16, 33, all.length]) {
      const framing = createFraming(() => false);
      const passed: Buffer[] = [];
      for (let at = 0; at < all.length; at += step) passed.push(framing.accept(all.subarray(at, at + step)));
      expect(Buffer.concat(passed)).toEqual(all);
    }
  });
});

describe('a connection string that names another server', () => {
  it.each(NO_MONGODB)('is reported as such, and nothing of its answer comes back: %s', async (_, bytes) => {
    const server = await serve((socket) => socket.write(bytes));
    const host = `127.0.0.1:${server.port}`;
    const connection = connect(settingsFor(host));
    await expect(connection.capabilities()).rejects.toMatchObject({
      code: 'STORE_UNSUITABLE',
      message: `What answers at ${host}/mooring isn't MongoDB.`,
    });
    const health = await mongoHealth(connection, PROJECT_COLLECTIONS);
    expect(health).toMatchObject({ isReachable: false, problems: [expect.stringContaining("isn't MongoDB")] });
    expect(JSON.stringify(health)).not.toContain(SECRET);
  });

  it('fails the check of connecting, and nothing of what answers is in it', async () => {
    const server = await serve((socket) => socket.end(`SSH-2.0-${SECRET}\r\n`));
    const checks = await checkMongo(settingsFor(`127.0.0.1:${server.port}`));
    expect(checks.find(({ outcome }) => outcome === 'FAILED')).toMatchObject({
      name: 'CONNECT',
      message: expect.stringContaining("isn't MongoDB"),
    });
    expect(JSON.stringify(checks)).not.toContain(SECRET);
  });
});

describe('a server that only looks like MongoDB', () => {
  const answering = (hello: Document) =>
    serve((socket, id, isFirst) => {
      const reply = { ...PRIMARY, ...hello };
      socket.write(isFirst ? opReply(reply, id) : opMessage(reply, id));
    });

  it.each<[string, Document]>([
    ['numbers as members', { hosts: [1, null, {}] }],
    ['a text as members', { hosts: 'a', passives: 7, arbiters: { a: 1 } }],
    ['members that no address has', { hosts: ['a b%zz:99999999', 'x'.repeat(10_000), '@'] }],
    ['nonsense of itself', { me: 5, primary: [], electionId: 3, setVersion: 'x', topologyVersion: 7, $clusterTime: 5 }],
    ['half of what it should', { topologyVersion: { processId: 1 }, $clusterTime: { clusterTime: 1 }, tags: 'x' }],
  ])('crashes nothing by answering %s', async (_, hello) => {
    const server = await answering(hello);
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    onTestFinished(() => void process.off('unhandledRejection', note));
    const connection = connect(settingsFor(`127.0.0.1:${server.port}/?directConnection=true`));
    await connection.capabilities().catch(() => {});
    await connection.close();
    expect(unhandled).toEqual([]);
  });

  it.each(['169.254.169.254:80', '[fe80::1]:27017', '2852039166:80', 'metadata.google.internal:80', 'docker.sock'])(
    'can’t send us to %s: no connection is made to a member that settings may not reach',
    async (member) => {
      const server = await serve((socket, id) => {
        const own = `127.0.0.1:${server.port}`;
        socket.write(opReply({ ...PRIMARY, hosts: [own, member], me: own }, id));
      });
      const connection = connect({
        ...settingsFor(`127.0.0.1:${server.port}`),
        allowPlaintext: [member, '169.254.169.254', 'fe80::1', '2852039166'],
      });
      const opened: string[] = [];
      connection.client.on('serverOpening', ({ address }) => opened.push(address));
      await expect(connection.capabilities()).rejects.toMatchObject({
        code: 'STORE_UNSUITABLE',
        message: expect.stringContaining('link-local'),
      });
      expect(opened).toEqual([`127.0.0.1:${server.port}`]);
    },
  );

  it('gets no compressed message unpacked, as no compression was negotiated', async () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000));
    const server = await serve((socket) =>
      socket.write(framed(2012, Buffer.concat([i32(2013, 50_000_000), Buffer.from([2]), bomb]))),
    );
    await expect(connect(settingsFor(`127.0.0.1:${server.port}`)).capabilities()).rejects.toMatchObject({
      message: expect.stringContaining("isn't MongoDB"),
    });
  });

  it('is quoted in part, without control characters, and with nothing but a number as a code', async () => {
    const errmsg = `\u001b[31mno\r\n${'x'.repeat(10_000)}`;
    const server = await serve((socket, id) => socket.write(opReply({ ok: 0, errmsg, code: 59, codeName: 'x' }, id)));
    const error: Error = await connect(settingsFor(`127.0.0.1:${server.port}`))
      .capabilities()
      .then(
        () => expect.fail('It went well.'),
        (thrown) => thrown,
      );
    expect(error.message).toMatch(/refused \(code 59\)/);
    expect(error.message.length).toBeLessThan(400);
    expect(error.message).not.toMatch(/\p{Cc}/u);
  });
});

describe('a name that resolves to a link-local address', () => {
  it('is never connected to, however the number is spelt', async () => {
    for (const host of ['169.254.169.254', '0xa9fea9fe', '2852039166', '[::ffff:169.254.169.254]']) {
      const settings = { ...settingsFor(`${host}:80`), allowPlaintext: [host.replace(/^\[|\]$/g, '')] };
      expect(await checkMongo(settings)).toMatchObject([
        { name: 'ADDRESS', outcome: 'FAILED', message: expect.stringContaining('link-local') },
        ...Array.from({ length: 8 }, () => ({ outcome: 'SKIPPED' })),
      ]);
    }
  });

  it('is not connected to when DNS says so only to the socket', async () => {
    const answer = (_name: string, _options: unknown, callback: (error: null, found: unknown) => void) =>
      callback(null, [{ address: '169.254.169.254', family: 4 }]);
    vi.spyOn(dns, 'lookup').mockImplementation(answer as never);
    onTestFinished(() => void vi.restoreAllMocks());
    const settings = { ...settingsFor('rebound.example:80'), allowPlaintext: ['rebound.example'] };
    const linkLocal = { code: 'STORE_UNSUITABLE', message: expect.stringContaining('link-local') };
    await expect(connect(settings).capabilities()).rejects.toMatchObject(linkLocal);
    expect((await checkMongo(settings)).find(({ outcome }) => outcome === 'FAILED')).toMatchObject({
      name: 'DNS',
      message: expect.stringContaining('link-local'),
    });
  });
});
