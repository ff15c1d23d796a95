import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ChromaSettings } from '../../../src/domain/storage-settings.js';
import { checkChroma } from '../../../src/search/chroma/checks.js';
import { createChromaIndex } from '../../../src/search/chroma/chroma-index.js';
import { type ChromaConnection, createChromaConnection } from '../../../src/search/chroma/connection.js';
import { silentLogger } from '../../../src/search/contract.js';
import { DATABASE } from '../../support/search/chroma.js';

const SECRET = 'canary-of-another-server';

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers every request with these bytes. */
function serveBytes(answer: (socket: Socket) => void): Promise<string> {
  return listening(
    createServer((socket) => {
      onTestFinished(() => void socket.destroy());
      socket.on('error', () => {}).once('data', () => answer(socket));
    }),
  );
}

function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createHttpServer(answer);
  onTestFinished(() => server.closeAllConnections());
  return listening(server);
}

const settingsFor = (url: string): ChromaSettings => ({ url, token: null, ...DATABASE });

function connect(url: string): ChromaConnection {
  const connection = createChromaConnection(settingsFor(url));
  onTestFinished(() => connection.close());
  return connection;
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('It went well.'),
    (error: unknown) => error as Error & { code: string; hint: string },
  );

describe('a server that is not Chroma', () => {
  const page =
    (status: string, body: string, type = 'text/html') =>
    (socket: Socket) =>
      socket.end(
        `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\nx-secret: ${SECRET}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      );

  it.each<[string, (socket: Socket) => void]>([
    ['a greeting of SSH', (socket) => socket.end(`SSH-2.0-${SECRET}\r\n`)],
    ['an error of Redis', (socket) => socket.end(`-ERR ${SECRET}\r\n`)],
    ['a page', page('200 OK', `<html>${SECRET}</html>`)],
    ['a page as JSON', page('200 OK', `{"secret":"${SECRET}"}`, 'application/json')],
    ['a text as JSON', page('200 OK', `"${SECRET}"`, 'application/json')],
    ['a reason', page(`500 ${SECRET}`, '')],
    ['a bad request with a page', page('400 Bad', SECRET)],
    ['an error of another shape', page('500 Bad', `{"message":"${SECRET}"}`, 'application/json')],
    ['an error as text', page('400 Bad', `{"error":"x","message":"${SECRET}"}`, 'text/plain')],
    ['a quota', page('422 No', `{"message":"Quota exceeded ${SECRET}"}`, 'application/json')],
    [
      'a redirection',
      (socket) => socket.end(`HTTP/1.1 302 Found\r\nlocation: http://${SECRET}/\r\nconnection: close\r\n\r\n`),
    ],
  ])('is never quoted: %s', async (_, answer) => {
    const url = await serveBytes(answer);
    const connection = connect(url);
    const error = await failureOf(
      connection.collections('').then(() => connection.run((client) => client.getCollection({ name: 'mooring.x' }))),
    );
    const told = JSON.stringify([
      ...[error.message, error.hint, await connection.health()],
      await checkChroma(settingsFor(url)),
    ]);
    expect(told).not.toContain(SECRET);
  });

  it('is quoted when its error has Chroma’s form, on one line and cut', async () => {
    const url = await serve((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ error: 'ChromaError', message: `Too\u001b[31m many\r\nrows ${'x'.repeat(10_000)}` }),
      );
    });
    const { message } = await failureOf(connect(url).collections(''));
    expect(message).toMatch(/refused a request: Too \[31m many rows x+…$/);
    expect(message.length).toBeLessThan(450);
  });
});

describe('an answer without bounds', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  const stream = (response: ServerResponse) => {
    const chunk = Buffer.alloc(1 << 20, '[');
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response
      .writeHead(200, JSON_TYPE)
      .on('drain', more)
      .on('error', () => {});
    more();
  };

  /** Correct except for the additions. */
  const heartbeat = (more: string) => `{"nanosecond heartbeat":1,"more":${more}}`;
  const collections = (more: string) => `[{"id":"a","name":"b","more":${more}}]`;
  type Answer = (response: ServerResponse, right: (more: string) => string) => unknown;

  it.each<[string, Answer]>([
    ['a body that never ends', stream],
    [
      'ten million values',
      (response, right) => response.writeHead(200, JSON_TYPE).end(right(`[${'0,'.repeat(1e7)}0]`)),
    ],
    [
      'lists in lists',
      (response, right) => response.writeHead(200, JSON_TYPE).end(right(`${'['.repeat(2e6)}${']'.repeat(2e6)}`)),
    ],
    [
      'more bytes than rows have',
      (response, right) => response.writeHead(200, JSON_TYPE).end(right(`"${'x'.repeat(4e7)}"`)),
    ],
    [
      'a bomb of gzip',
      (response, right) =>
        response
          .writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' })
          .end(gzipSync(right(`"${'x'.repeat(2e7)}"`))),
    ],
  ])('is refused as not Chroma’s: %s', async (_, answer) => {
    const url = await serve((request, response) => {
      request.resume();
      answer(response, request.url!.includes('collections') ? collections : heartbeat);
    });
    const connection = connect(url);
    const isNoChroma = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining("isn't a Chroma server") };
    expect(await failureOf(connection.collections(''))).toMatchObject(isNoChroma);
    expect(await failureOf(connection.run((client) => client.heartbeat()))).toMatchObject(isNoChroma);
  });

  it('is accepted within bounds', async () => {
    const url = await serve((request, response) =>
      response
        .writeHead(200, JSON_TYPE)
        .end(request.url!.includes('collections') ? collections('0') : heartbeat('[0]')),
    );
    const connection = connect(url);
    expect(await connection.collections('')).toHaveLength(1);
    expect(await connection.run((client) => client.heartbeat())).toBe(1);
  });

  it('has no more collections on a page than requested', async () => {
    const body = JSON.stringify(new Array(101).fill({ id: 'a', name: 'b' }));
    const url = await serve((_, response) => response.writeHead(200, JSON_TYPE).end(body));
    expect(await failureOf(connect(url).collections(''))).toMatchObject({
      message: expect.stringContaining("isn't a Chroma server"),
    });
  });

  it('is cut at headers that never end', async () => {
    const url = await serveBytes((socket) => {
      const line = `x-filler: ${'x'.repeat(1_000)}\r\n`.repeat(100);
      const more = () => {
        while (!socket.destroyed && socket.write(line));
      };
      socket.write('HTTP/1.1 200 OK\r\n');
      socket.on('drain', more);
      more();
    });
    expect(await failureOf(connect(url).collections(''))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('has a list of collections with an end', async () => {
    let asked = 0;
    const listed = JSON.stringify(new Array(100).fill({ id: 'a', name: 'mooring.b' }));
    const url = await serve((_, response) => {
      asked += 1;
      response.writeHead(200, JSON_TYPE).end(listed);
    });
    expect(await failureOf(connect(url).collections('mooring.'))).toMatchObject({ code: 'STORE_UNSUITABLE' });
    expect(asked).toBeLessThan(2_000);
  });

  it('has no more rows than requested', async () => {
    const row = { memory: 'a', hash: 'h', edition: 'e', passages: 1, start: 0, end: 1 };
    const rows = new Array(50_000).fill(row);
    const collection = {
      id: '3f2b1c9e-0000-4000-8000-000000000000',
      name: 'c',
      metadata: null,
      dimension: 3,
      tenant: 't',
      database: 'd',
      configuration_json: { hnsw: { space: 'cosine' } },
    };
    const url = await serve((request, response) => {
      request.resume();
      const isQuery = request.url!.endsWith('/query');
      const body = isQuery
        ? {
            ids: [[]],
            metadatas: [rows],
            distances: [new Array(50_000).fill(0.5)],
            include: ['metadatas', 'distances'],
          }
        : collection;
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(body));
    });
    const model = { name: 'm', dimensions: 3 };
    const index = createChromaIndex({ connection: connect(url), projectId: 'prj_1', model, logger: silentLogger });
    expect(await failureOf(index.search(new Float32Array(3), {}, 1))).toMatchObject({
      message: expect.stringContaining("isn't a Chroma server"),
    });
  });
});

describe('an address that was entered', () => {
  it.each([
    'http://169.254.169.254',
    'http://0xa9fea9fe:8000',
    'http://2852039166',
    'http://[fe80::1]:8000',
    'http://[::ffff:169.254.169.254]',
    'http://metadata.google.internal',
    'http://0.0.0.0:8000',
  ])('can’t be link-local: %s', async (url) => {
    const [first] = await checkChroma(settingsFor(url));
    expect(first).toMatchObject({ name: 'ADDRESS', outcome: 'FAILED', message: expect.stringContaining('link-local') });
    expect(await failureOf(connect(url).collections(''))).toMatchObject({ code: 'STORE_UNSUITABLE' });
  });
});
