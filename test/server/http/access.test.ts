import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawRequest, raw as send } from '../../support/machine/raw-http.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.server.close());

const raw = (path: string, request?: RawRequest) => send(`${toy.url}${path}`, request);
const json = { 'content-type': 'application/json' };
const hello = JSON.stringify({ query: '{ hello }' });

describe('the name that a request is addressed to', () => {
  test('a name of another machine, pointed at this one, is refused', async () => {
    for (const path of ['/graphql', '/health', '/']) {
      const { status, text } = await raw(path, { headers: { host: 'evil.example:4000' } });
      expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([403, 'FORBIDDEN']);
      expect(JSON.parse(text).errors[0].message).toContain('evil.example');
    }
  });

  test.each(['localhost', 'localhost:4000', '127.0.0.1:1', '[::1]:4000'])('%s is accepted', async (host) => {
    expect((await raw('/health', { headers: { host } })).status).toBe(200);
  });
});

test('a server for other machines answers to addresses, short names and the hosts of configured origins', async () => {
  const open = await startToyServer({ settings: { isLoopback: false, corsOrigins: ['https://mooring.example'] } });
  const status = async (host: string) => (await send(`${open.url}/health`, { headers: { host } })).status;
  for (const host of [
    '192.168.1.5:4000',
    '[fe80::1]:4000',
    'mooring:4000',
    'mooring.example',
    'mooring.example:8443',
    'localhost',
  ]) {
    expect([host, await status(host)]).toEqual([host, 200]);
  }
  for (const host of ['evil.example', 'evil.example:4000', 'mooring.example.evil.example', '1.2.3.4.evil.example']) {
    expect([host, await status(host)]).toEqual([host, 403]);
  }
  await open.server.close();
});

describe('pages of other sites that ask by GET', () => {
  const status = (headers: Record<string, string>) =>
    raw('/graphql?query={hello}', { headers }).then((answer) => answer.status);

  test.each([
    ['an image', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' }],
    ['a frame', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }],
    ['another port of this machine', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'empty' }],
    ['a link whose query would be run', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
    ['an event source', { origin: 'https://evil.example', accept: 'text/event-stream' }],
  ])('are refused: %s', async (_, headers) => expect(await status(headers as Record<string, string>)).toBe(403));

  test.each([
    ['a program', {}],
    ['a page of the server', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'empty' }],
    ['an address that somebody types', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }],
    [
      'a link that is followed, to the explorer',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document', accept: 'text/html' },
    ],
    ['Apollo Studio', { origin: 'https://studio.apollographql.com', 'sec-fetch-site': 'cross-site' }],
  ])('but not %s', async (_, headers) => expect(await status(headers as Record<string, string>)).toBe(200));
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    raw('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type, apollo-require-preflight',
        'access-control-request-private-network': 'true',
      },
    });

  test('Apollo Studio may send requests, and read the answers', async () => {
    const origin = 'https://studio.apollographql.com';
    const { status, headers } = await preflight(origin);
    expect([status, headers['access-control-allow-origin'], headers['access-control-allow-private-network']]).toEqual([
      204,
      origin,
      'true',
    ]);
    for (const name of ['content-type', 'authorization', 'apollo-require-preflight', 'mooring-actor', 'x-request-id']) {
      expect(headers['access-control-allow-headers']!.split(', ')).toContain(name);
    }
    const answer = await raw('/graphql', { method: 'POST', headers: { ...json, origin }, body: hello });
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers.vary).toBe('Origin');
  });

  test.each(['https://evil.example', 'null', 'https://studio.apollographql.com.evil.example'])(
    '%s may not',
    async (origin) => {
      for (const { headers } of [
        await preflight(origin),
        await raw('/graphql', { method: 'POST', headers: { ...json, origin }, body: hello }),
      ]) {
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    },
  );
});

describe('the actor of a request', () => {
  test('is named by the header, else anonymous', async () => {
    const ask = async (headers?: Record<string, string>) =>
      (await toy.ask({ query: '{ whoami }' }, headers)).body.data!.whoami;
    expect(await ask()).toBe('anonymous');
    expect(await ask({ 'mooring-actor': 'agent 7 (review)' })).toBe('agent 7 (review)');
  });

  test('may have any letters', async () => {
    const name = Buffer.from('Zoë 🚢').toString('latin1');
    const { text } = await raw('/graphql', {
      method: 'POST',
      headers: { ...json, 'mooring-actor': name },
      body: Buffer.from('{"query":"{ whoami }"}'),
    });
    expect(JSON.parse(text)).toEqual({ data: { whoami: 'Zoë 🚢' } });
  });

  test('must be a name', async () => {
    const { status, body } = await toy.ask({ query: '{ whoami }' }, { 'mooring-actor': 'x'.repeat(129) });
    expect([status, body.errors![0]!.extensions.code]).toEqual([400, 'INVALID_INPUT']);
  });

  test.each(['retention', 'upgrade', 'audit', 'key-use', 'set-up'])('is not the server’s own: %s', async (name) => {
    const { status, body } = await toy.ask({ query: '{ whoami }' }, { 'mooring-actor': name });
    expect([status, body.errors![0]]).toMatchObject([
      400,
      {
        message: `The actor's name is not valid: the server itself writes as ${name}.`,
        extensions: { code: 'INVALID_INPUT' },
      },
    ]);
  });
});

describe('an actor', () => {
  test.each(['usr_01m8qt5w0cfq9tmncgg5y761qw', 'KEY_1 claude', 'oco_01m8qt5w0cfq9tmncgg5y761qw'])(
    'is not named like a user or a key: %s',
    async (name) => {
      const { status, body } = await toy.ask({ query: '{ whoami }' }, { 'mooring-actor': name });
      expect([status, body.errors![0]!.message]).toEqual([
        400,
        "The actor's name is not valid: it looks like the id of a user, a key or a consent, which only they have in the log.",
      ]);
    },
  );
});

describe('a request’s id', () => {
  test('is the client’s when it is valid', async () => {
    const { headers, body } = await toy.ask({ query: '{ requestId }' }, { 'x-request-id': 'abc-1' });
    expect([headers.get('x-request-id'), body.data]).toEqual(['abc-1', { requestId: 'abc-1' }]);
  });

  test('is a new one otherwise', async () => {
    const made = new Set<string | null>();
    for (const id of ['', 'a b', 'x'.repeat(200)]) {
      const { headers } = await toy.ask({ query: '{ requestId }' }, { 'x-request-id': id });
      made.add(headers.get('x-request-id'));
    }
    expect([...made]).toEqual([1, 2, 3].map(() => expect.stringMatching(/^[\w-]{12}-[\da-z]+$/)));
  });
});
