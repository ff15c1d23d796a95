import { once } from 'node:events';
import { type Client, createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
let client: Client;
let closed: number[];

const address = () => `${toy.url.replace('http', 'ws')}/graphql`;

beforeEach(async () => {
  toy = await startToyServer();
  const codes: number[] = [];
  closed = codes;
  client = createClient({
    url: address(),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { 'mooring-actor': 'socket agent' },
    on: { closed: (event) => void codes.push((event as CloseEvent).code) },
  });
});
afterEach(async () => {
  await client.dispose();
  await toy.server.close();
});

const next = async (query: string, variables?: Record<string, unknown>) =>
  (await client.iterate({ query, ...(variables && { variables }) }).next()).value;

describe('a websocket', () => {
  test('answers queries, mutations and subscriptions', async () => {
    expect(await next('{ hello }')).toEqual({ data: { hello: 'hello {"name":"you"}' } });
    expect(await next('mutation($i: BuildInput!) { build(input: $i) { name } }', { i: { name: 'a' } })).toEqual({
      data: { build: { name: 'a' } },
    });
    const seen = [];
    for await (const { data } of client.iterate({ query: 'subscription { ticks(upTo: 3) { n of } }' })) seen.push(data);
    expect(seen).toEqual([1, 2, 3].map((n) => ({ ticks: { n, of: 'socket agent' } })));
  });

  test.each([
    ['a syntax error', '{', 'INVALID_INPUT'],
    ['an unknown field', 'subscription { nothing }', 'INVALID_INPUT'],
    ['too much', `{ ${'hello '.repeat(2_001)} }`, 'QUERY_TOO_COMPLEX'],
    ['an operation that is not there', 'fragment A on Boat { id }', 'INVALID_INPUT'],
  ])('reports %s, and stays open', async (_name, query, code) => {
    const ticks = client.iterate({ query: 'subscription { ticks { n } }' });
    const first = ticks.next();
    await expect.poll(() => toy.toys.followers).toBe(1);
    await expect(next(query)).rejects.toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code, hint: expect.any(String) }) }),
    ]);
    toy.toys.publish(7);
    expect((await first).value).toEqual({ data: { ticks: { n: 7 } } });
    expect(closed).toEqual([]);
  });

  test('sends the error of a subscription that can’t begin, or that fails later, as its last result', async () => {
    expect(await next('subscription { ticks(fail: true) { n } }')).toMatchObject({
      errors: [{ message: 'There is no record b404.', extensions: { code: 'NOT_FOUND' } }],
    });
    const ticks = client.iterate({ query: 'subscription { ticks { n } }' });
    const first = ticks.next();
    await expect.poll(() => toy.toys.followers).toBe(1);
    toy.toys.publish(new Error('secret'));
    expect((await first).value).toMatchObject({
      errors: [{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }],
    });
    expect((await ticks.next()).done).toBe(true);
    expect(closed.filter((code) => code !== 1000)).toEqual([]); // 1000: the client itself, having nothing to follow
  });

  test('stops a subscription that nobody follows, without waiting for the next event', async () => {
    const ticks = client.iterate({ query: 'subscription { ticks { n } }' });
    const first = ticks.next();
    await expect.poll(() => toy.toys.followers).toBe(1);
    await ticks.return?.();
    await first;
    await expect.poll(() => toy.toys.followers).toBe(0);

    const others = [1, 2, 3].map(() => client.iterate({ query: 'subscription { ticks { n } }' }).next());
    await expect.poll(() => toy.toys.followers).toBe(3);
    await client.dispose();
    await expect.poll(() => toy.toys.followers).toBe(0);
    await Promise.allSettled(others);
  });

  test('runs at most a thousand operations at once', async () => {
    const socket = new WebSocket(address(), 'graphql-transport-ws');
    await once(socket, 'open');
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    const query = 'subscription { ticks { n } }';
    for (let id = 0; id <= 1_000; id++)
      socket.send(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: { query } }));
    const [message] = await once(socket, 'message');
    expect(JSON.parse(String(message))).toMatchObject({
      id: '1000',
      type: 'error',
      payload: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
    socket.terminate();
    await expect.poll(() => toy.toys.followers).toBe(0);
  });

  test('accepts messages of up to 16 MB', async () => {
    const n = 'x'.repeat(15_000_000);
    expect(await next('query($n: String) { hello(name: $n) }', { n })).toMatchObject({
      data: { hello: expect.stringContaining('xxx') },
    });
    await expect(next('query($n: String) { hello(name: $n) }', { n: n + n })).rejects.toMatchObject({ code: 1009 });
  });

  test('refuses a message of more than 100,000 values', async () => {
    const query = 'query($n: String) { hello(name: $n) }';
    const variables = { more: Array.from({ length: 100_001 }, () => 1) };
    await expect(next(query, variables)).rejects.toMatchObject({ code: 4400 });
  });

  test('refuses long variables for a subscription, as they would be kept', async () => {
    const query = 'subscription($n: Int) { ticks(upTo: $n) { n } }';
    await expect(next(query, { n: 'x'.repeat(70_000) })).rejects.toMatchObject([
      { extensions: { code: 'QUERY_TOO_COMPLEX' } },
    ]);
    // What it doesn't declare isn't kept, so it may be sent.
    expect(await next(query, { n: 1, more: 'x'.repeat(70_000) })).toMatchObject({ data: { ticks: { n: 1 } } });
  });
});

describe('the actor over a websocket', () => {
  class Named extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers: { 'mooring-actor': 'by header' } });
    }
  }
  const whoami = async (connectionParams: Record<string, unknown> | undefined, webSocketImpl: unknown = WebSocket) => {
    const one = createClient({
      ...{ url: address(), webSocketImpl, retryAttempts: 0 },
      ...(connectionParams && { connectionParams }),
    });
    const { value } = await one.iterate({ query: '{ whoami }' }).next();
    await one.dispose();
    return value;
  };

  test.each([
    [undefined, 'anonymous', 'by header'],
    [{}, 'anonymous', 'by header'],
    [{ 'mooring-actor': null }, 'anonymous', 'by header'],
    [{ 'mooring-actor': '' }, 'anonymous', 'by header'],
    [{ 'mooring-actor': 'Zoë 🚢' }, 'Zoë 🚢', 'Zoë 🚢'],
    [{ 'Mooring-Actor': 'ada' }, 'ada', 'ada'],
    [{ actor: 'ada' }, 'ada', 'ada'],
    [{ actor: 'bob', 'mooring-actor': 'ada' }, 'ada', 'ada'],
  ])('with %j is %s, and %s where the header says', async (connectionParams, alone, beside) => {
    expect(await whoami(connectionParams)).toEqual({ data: { whoami: alone } });
    expect(await whoami(connectionParams, Named)).toEqual({ data: { whoami: beside } });
  });

  test.each([
    ['a line feed', 'a\nb'],
    ['what turns the direction', 'a\u202eb'],
    ['a number', 7],
    ['a list', ['ada']],
    ['too long a name', 'x'.repeat(129)],
  ])('is refused with %s, in the words of the header', async (_what, name) => {
    const { body } = await toy.ask({ query: '{ whoami }' }, { 'mooring-actor': 'x'.repeat(129) });
    const [{ message, extensions }] = body.errors as unknown as [{ message: string; extensions: { hint: string } }];
    for (const params of [{ 'mooring-actor': name }, { actor: name }])
      await expect(whoami(params)).rejects.toMatchObject({ code: 4400, reason: `${message} ${extensions.hint}` });
  });
});

describe('websockets may be opened by', () => {
  async function open(options: { origin?: string; host?: string; path?: string }) {
    const headers = { ...(options.origin && { origin: options.origin }), ...(options.host && { host: options.host }) };
    const socket = new WebSocket(`${address()}${options.path ?? ''}`, 'graphql-transport-ws', { headers });
    try {
      return await Promise.race([
        once(socket, 'open').then(() => 101),
        once(socket, 'unexpected-response').then(async ([, response]) => {
          let text = '';
          for await (const part of response) text += part;
          return `${response.statusCode} ${JSON.parse(text).errors[0].extensions.code}`;
        }),
      ]);
    } finally {
      socket.on('error', () => undefined);
      socket.terminate();
    }
  }

  test('programs, Apollo Studio, and pages of the server itself', async () => {
    expect(await open({})).toBe(101);
    expect(await open({ origin: 'https://studio.apollographql.com' })).toBe(101);
    expect(await open({ origin: toy.url })).toBe(101);
  });

  test('no other page, which CORS wouldn’t keep out', async () => {
    expect(await open({ origin: 'https://evil.example' })).toBe('403 FORBIDDEN');
    expect(await open({ origin: 'http://localhost:3000' })).toBe('403 FORBIDDEN');
    expect(await open({ origin: 'null' })).toBe('403 FORBIDDEN');
  });

  test('nobody under a name of another machine', async () => {
    expect(await open({ host: 'evil.example', origin: 'http://evil.example' })).toBe('403 FORBIDDEN');
  });

  test('nobody elsewhere than at /graphql', async () => {
    expect(await open({ path: '/other' })).toBe('404 NO_SUCH_PAGE');
  });
});

describe('large messages on many sockets', () => {
  const MB = 1024 * 1024;
  const sending = async (bytes: number) => {
    const socket = new WebSocket(address(), 'graphql-transport-ws');
    const code = once(socket, 'close').then(([closeCode]) => closeCode as number);
    await once(socket, 'open');
    // A connection that isn't initialised is closed after a few seconds.
    socket.send('{"type":"connection_init"}');
    await once(socket, 'message');
    socket.send('x'.repeat(bytes), { fin: false });
    return { socket, code };
  };

  test('are let in as far as there is room, and again when they are gone', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => sending(15 * MB)));
    // Four of them fit; one that is cut off releases its room.
    const codes = await Promise.race([
      Promise.all(all.map(({ code }) => code)).then(() => 'all'),
      Promise.any(all.map(({ code }) => code)),
    ]);
    expect([1006, 1013]).toContain(codes);
    // Small ones are served meanwhile.
    expect(await next('{ hello }')).toMatchObject({ data: { hello: expect.any(String) } });
    for (const { socket, code } of all) {
      socket.terminate();
      await code;
    }
    const { socket, code } = await sending(15 * MB);
    socket.send(' ', { fin: true });
    expect(await code).toBe(4400);
  });
});
