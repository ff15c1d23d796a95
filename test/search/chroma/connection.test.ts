import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ChromaSettings } from '../../../src/domain/storage-settings.js';
import { checkChroma } from '../../../src/search/chroma/checks.js';
import { createChromaIndex } from '../../../src/search/chroma/chroma-index.js';
import { type ChromaConnection, createChromaConnection } from '../../../src/search/chroma/connection.js';
import { silentLogger } from '../../../src/search/contract.js';
import type { Check } from '../../../src/storage/health.js';
import { chromaUnavailable, DATABASE, startChroma, type TestChroma } from '../../support/search/chroma.js';

const TOKEN = 'canary-token-7f3a';

function connect(own: Partial<ChromaSettings>): ChromaConnection {
  const connection = createChromaConnection({ url: 'http://127.0.0.1:1', token: null, ...DATABASE, ...own });
  onTestFinished(() => connection.close());
  return connection;
}

/** Something else that answers where Chroma should. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('It went well.'),
    (error: unknown) => error as Error & { code: string; hint: string },
  );
const outcomes = (checks: readonly Check[]) =>
  Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome] as const));

describe('an address', () => {
  it.each([
    ['no address at all', 'STORE_UNSUITABLE'],
    ['ftp://chroma.example', 'STORE_UNSUITABLE'],
    [`http://user:${TOKEN}@localhost:8000`, 'STORE_UNSUITABLE'],
    ['http://localhost:8000/chroma', 'STORE_UNSUITABLE'],
    ['http://chroma.example:8000', 'STORE_TLS'],
    ['http://127.0.0.1.chroma.example:8000', 'STORE_TLS'],
  ])('like %s is an error of each call, with a token, and reveals no secret', async (url, code) => {
    const connection = connect({ url, token: TOKEN });
    const error = await failureOf(connection.run((client) => client.heartbeat()));
    expect(error).toMatchObject({ code, hint: expect.any(String) });
    expect(inspect([error, connection])).not.toContain(TOKEN);
    expect(await connection.health()).toMatchObject({ isReachable: false, problems: [expect.any(String)] });
    const [check] = await checkChroma({ url, token: TOKEN, ...DATABASE });
    expect(check).toMatchObject({ name: 'ADDRESS', outcome: 'FAILED', message: error.message, hint: error.hint });
  });
});

describe('a token', () => {
  it('is sent with each request, in Chroma’s own header and in HTTP’s', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const url = await serve(({ headers }, response) => {
      seen.push(headers);
      response.setHeader('content-type', 'application/json').end('{"nanosecond heartbeat":1}');
    });
    await connect({ url, token: TOKEN }).run((client) => client.heartbeat());
    await connect({ url, token: TOKEN })
      .collections('')
      .catch(() => {});
    expect(seen).toHaveLength(2);
    for (const headers of seen) {
      expect(headers).toMatchObject({ 'x-chroma-token': TOKEN, authorization: `Bearer ${TOKEN}` });
    }
  });

  it('does not follow a redirection to somewhere else', async () => {
    let isReached = false;
    const elsewhere = await serve((_, response) => {
      isReached = true;
      response.end('{"nanosecond heartbeat":1}');
    });
    const url = await serve((_, response) => response.writeHead(307, { location: elsewhere }).end());
    const connection = connect({ url, token: TOKEN });
    expect(await failureOf(connection.run((client) => client.heartbeat()))).toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(await failureOf(connection.collections(''))).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(isReached).toBe(false);
  });

  it.each([
    [401, 'STORE_AUTHENTICATION', /requires authentication/],
    [403, 'STORE_NOT_AUTHORIZED', /doesn't allow/],
    [429, 'STORE_UNAVAILABLE', /overloaded/],
    [500, 'STORE_UNAVAILABLE', /failed/],
  ])('that is answered with %i is reported as such, and never shown', async (status, code, message) => {
    const url = await serve((_, response) => response.writeHead(status).end('{"message":"no"}'));
    const connection = connect({ url, token: TOKEN });
    const index = createChromaIndex({
      ...{ connection, projectId: 'prj_1', logger: silentLogger },
      model: { name: 'm', dimensions: 3 },
    });
    const error = await failureOf(index.search(new Float32Array(3), {}, 1));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), hint: expect.any(String) });
    const health = await connection.health();
    expect(health.lastError?.message).toMatch(message);
    expect(inspect([error, error.cause, health, await checkChroma({ url, token: TOKEN, ...DATABASE })])).not.toContain(
      TOKEN,
    );
  });
});

describe('a server that fails', () => {
  const asked = async (failures: number) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.setHeader('content-type', 'application/json');
      if (requests > failures) response.end('{"nanosecond heartbeat":1}');
      else response.writeHead(500).end('{"error":"InternalError","message":"Error finding id"}');
    });
    const answer = await connect({ url })
      .run((client) => client.heartbeat())
      .catch(({ code }) => code);
    return { answer, requests };
  };

  it('is retried, for Chroma fails when a row is replaced while it is compared', async () => {
    expect(await asked(2)).toEqual({ answer: 1, requests: 3 });
  });

  it('is tried three times and no more', async () => {
    expect(await asked(9)).toEqual({ answer: 'STORE_UNAVAILABLE', requests: 3 });
  });
});

describe('another service in place of Chroma', () => {
  it.each([
    ['a page', 'text/html', '<html>Hello</html>'],
    ['JSON of another service', 'application/json', '{"status":"ok"}'],
    ['half of some JSON', 'application/json', '{"ids": [['],
  ])('is recognized: %s', async (_, type, body) => {
    const url = await serve((__, response) => response.setHeader('content-type', type).end(body));
    const index = createChromaIndex({
      ...{ connection: connect({ url }), projectId: 'prj_1', logger: silentLogger },
      model: { name: 'm', dimensions: 3 },
    });
    const says = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining("isn't a Chroma server") };
    expect(await failureOf(index.search(new Float32Array(3), {}, 1))).toMatchObject(says);
    expect(await failureOf(index.held())).toMatchObject(says);
    const checks = await checkChroma({ url, token: null, ...DATABASE });
    expect(outcomes(checks)).toMatchObject({ DNS: 'PASSED', CONNECT: 'FAILED', VECTOR_SEARCH: 'SKIPPED' });
  });
});

describe('a connection that was closed', () => {
  it('does nothing more, and aborts requests in flight', async () => {
    const url = await serve(() => {});
    const connection = connect({ url });
    const asked = failureOf(connection.run((client) => client.heartbeat()));
    connection.close();
    connection.close();
    const closed = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('is closed') };
    expect(await asked).toMatchObject(closed);
    expect(await failureOf(connection.run((client) => client.heartbeat()))).toMatchObject(closed);
  });
});

describe.skipIf(chromaUnavailable !== null)('a server of Chroma', () => {
  let chroma: TestChroma;
  beforeAll(async () => {
    chroma = await startChroma();
  });
  afterAll(() => chroma?.stop());

  it('passes every check, and nothing stays behind', async () => {
    const checks = await checkChroma({ url: chroma.url, token: null, ...DATABASE });
    expect(outcomes(checks)).toEqual({
      ADDRESS: 'PASSED',
      DNS: 'PASSED',
      CONNECT: 'PASSED',
      AUTHENTICATION: 'PASSED',
      WRITABLE: 'PASSED',
      VECTOR_SEARCH: 'PASSED',
    });
    expect(await connect({ url: chroma.url }).collections('')).toEqual([]);
  });

  it('fails the check of writing when the database doesn’t exist', async () => {
    const checks = await checkChroma({ url: chroma.url, token: null, ...DATABASE, database: 'nowhere' });
    expect(outcomes(checks)).toMatchObject({ CONNECT: 'PASSED', WRITABLE: 'FAILED', VECTOR_SEARCH: 'SKIPPED' });
    const failed = checks.find(({ outcome }) => outcome === 'FAILED')!;
    expect(failed.message).toContain('[nowhere] does not exist');
    expect(failed.hint).toContain('CHROMA_DATABASE');
  });

  it('reports in its health what is kept there, more than a page of it', async () => {
    const connection = connect({ url: chroma.url });
    expect(await connection.health()).toMatchObject({ isReachable: true, collections: [], problems: [] });
    for (let n = 0; n < 101; n += 1) {
      const name = `other-${n}`;
      await connection.run((client) => client.getOrCreateCollection({ name, embeddingFunction: null }));
    }
    const model = { name: 'm', dimensions: 2 };
    const index = createChromaIndex({ connection, projectId: 'prj_1', model, logger: silentLogger });
    const passage = { start: 0, end: 1 };
    const fields = { sessionId: null, taskId: null, role: 'USER', occurredAt: '2026-01-01T00:00:00.000Z' } as const;
    const vectors = [{ passage, vector: Float32Array.of(1, 0) }];
    await index.add([{ id: 'a', hash: 'h', ...fields, metadata: {}, vectors }]);
    const { collections, latencyMs } = await connection.health();
    expect(collections).toEqual([{ name: expect.stringContaining('mooring.prj_1.'), count: 1 }]);
    expect(latencyMs).toBeGreaterThan(0);
  });
});
