import { once } from 'node:events';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { createKeyedAuthenticator, type KeyedAuthenticator } from '../../support/keyed.js';
import { raw } from '../../support/machine/raw-http.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let authenticator: KeyedAuthenticator;
let toy: ToyServer;
beforeAll(async () => {
  authenticator = createKeyedAuthenticator('one', 'two', 'brief', 'leaving', 'streaming');
  toy = await startToyServer({ authenticator });
});
afterAll(() => toy.server.close());

const address = () => `${toy.url.replace('http', 'ws')}/graphql`;

interface Connection extends Client {
  readonly closed: { readonly code: number; readonly reason: string }[];
}

function connect(
  connectionParams: Record<string, unknown>,
  headers: Record<string, string> = {},
  retryAttempts = 0,
): Connection {
  const closed: { code: number; reason: string }[] = [];
  class Socket extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers });
    }
  }
  const client = createClient({
    url: address(),
    webSocketImpl: Socket,
    retryAttempts,
    retryWait: async () => undefined,
    connectionParams,
    on: {
      closed: (event) => {
        const { code, reason } = event as CloseEvent;
        closed.push({ code, reason });
      },
    },
  });
  onTestFinished(async () => void (await client.dispose()));
  return Object.assign(client, { closed });
}

const WHO = { query: '{ whoami }' };
const TICKS = { query: 'subscription { ticks { n of } }' };
const who = async (client: Client) => (await client.iterate<{ whoami: string }>(WHO).next()).value?.data?.whoami;

describe('a websocket, where a credential is needed', () => {
  test.each([
    ['its first message', { authorization: 'Bearer one' }, {}],
    ['its first message, in capitals', { Authorization: 'Bearer one' }, {}],
    ['its first message, as a key', { apiKey: 'one' }, {}],
    ['a header', {}, { authorization: 'Bearer one' }],
    ['a header of other tools', {}, { 'x-api-key': 'one' }],
    ['its first message, before that of a header', { authorization: 'Bearer one' }, { authorization: 'Bearer two' }],
  ])('has it in %s', async (_name, params, headers) => {
    expect(await who(connect(params, headers))).toBe('key_one');
  });

  test('is called by its principal and what the client says of itself', async () => {
    expect(await who(connect({ authorization: 'Bearer one', 'mooring-actor': 'claude' }))).toBe('key_one claude');
    expect(await who(connect({}, { authorization: 'Bearer two', 'mooring-actor': 'cursor' }))).toBe('key_two cursor');
  });

  test.each([
    ['none', {}],
    ['an unknown one', { authorization: 'Bearer three' }],
    ['one that is not a text', { authorization: 7 }],
  ])('is closed for good with %s in its first message', async (_name, params) => {
    const client = connect(params, {}, 3);
    await expect(who(client)).rejects.toMatchObject({ code: 4401 });
    expect(client.closed).toEqual([{ code: 4401, reason: 'No such key. Send another.' }]);
  });

  test('with an unknown one in a header, is refused before it is opened', async () => {
    const socket = new WebSocket(address(), 'graphql-transport-ws', { headers: { authorization: 'Bearer three' } });
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    socket.on('error', () => undefined).terminate();
  });

  test('runs nothing before it', async () => {
    const socket = new WebSocket(address(), 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: WHO }));
    const [code] = await once(socket, 'close');
    expect(code).toBe(4401);
  });

  test('is closed when its rights end, and opened again with what is valid then', async () => {
    let credential = 'brief';
    const closed: number[] = [];
    const client = createClient({
      url: address(),
      webSocketImpl: WebSocket,
      retryAttempts: 5,
      retryWait: async () => undefined,
      connectionParams: () => ({ authorization: `Bearer ${credential}` }),
      on: { closed: (event) => void closed.push((event as CloseEvent).code) },
    });
    onTestFinished(async () => void (await client.dispose()));
    const ticks = client.iterate<{ ticks: { n: number; of: string } }>(TICKS);
    const first = ticks.next();
    await expect.poll(() => toy.toys.followers).toBe(1);
    toy.toys.publish(1);
    expect((await first).value?.data?.ticks).toEqual({ n: 1, of: 'key_brief' });
    const second = ticks.next();
    credential = 'two';
    authenticator.principals.get('brief')!.ending.end('The key was revoked.');
    await expect.poll(() => closed).toEqual([4403]);
    // The client subscribed again by itself.
    await expect.poll(() => toy.toys.followers).toBe(1);
    toy.toys.publish(2);
    expect((await second).value?.data?.ticks).toEqual({ n: 2, of: 'key_two' });
    await ticks.return?.(undefined);
    await expect.poll(() => toy.toys.followers).toBe(0);
  });

  test('delivers no event after that', async () => {
    const ticks = connect({ authorization: 'Bearer leaving' }).iterate(TICKS);
    const next = ticks.next();
    await expect.poll(() => toy.toys.followers).toBe(1);
    authenticator.principals.get('leaving')!.ending.end('The key was revoked.');
    toy.toys.publish(2);
    await expect(next).rejects.toMatchObject({ code: 4403, reason: 'The key was revoked.' });
    await expect.poll(() => toy.toys.followers).toBe(0);
  });

  test('counts each operation for the limit of its key', async () => {
    const client = connect({ authorization: 'Bearer one' });
    expect(await who(client)).toBe('key_one');
    authenticator.isSpent = true;
    onTestFinished(() => {
      authenticator.isSpent = false;
    });
    await expect(who(client)).rejects.toMatchObject([{ extensions: { code: 'RATE_LIMITED', hint: 'Wait.' } }]);
  });

  test('may wait for its first message only beside few others from the same address', async () => {
    const sockets = Array.from({ length: 60 }, () => new WebSocket(address(), 'graphql-transport-ws'));
    const codes = await Promise.all(
      sockets.map(async (socket) => {
        const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => statusCode as number);
        socket.on('error', () => undefined);
        return Promise.race([refused, once(socket, 'open').then(() => 101)]);
      }),
    );
    expect(codes.filter((code) => code === 101).length).toBe(50);
    expect(codes.filter((code) => code === 429).length).toBe(10);
    for (const socket of sockets) socket.terminate();
    // They make room for others, and those with a credential never needed it.
    await expect.poll(() => who(connect({ authorization: 'Bearer one' })).catch(() => null)).toBe('key_one');
  });
});

describe('server-sent events', () => {
  test('end with an error when the rights end', async () => {
    const response = raw(`${toy.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: 'Bearer streaming',
      },
      body: JSON.stringify(TICKS),
    });
    await expect.poll(() => toy.toys.followers).toBe(1);
    authenticator.principals.get('streaming')!.ending.end('The key was revoked.');
    const { text } = await response;
    const [event] = /^data: (.+)$/m.exec(text)?.slice(1) ?? [];
    expect(JSON.parse(event!).errors).toMatchObject([
      { message: 'The key was revoked.', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(text).toContain('event: complete');
    expect(toy.toys.followers).toBe(0);
  });
});
