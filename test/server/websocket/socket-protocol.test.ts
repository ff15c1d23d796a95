import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
beforeEach(async () => {
  toy = await startToyServer();
});
afterEach(() => toy.server.close());

async function open(protocol: string | string[] = 'graphql-transport-ws'): Promise<WebSocket> {
  const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, protocol);
  await once(socket, 'open');
  return socket;
}

/** A connection that the server has acknowledged. */
async function acknowledged(): Promise<WebSocket> {
  const socket = await open();
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  return socket;
}

async function closed(socket: WebSocket): Promise<[number, string]> {
  const [code, reason] = await once(socket, 'close');
  return [code, String(reason)];
}

/** Lines of the log that say that something is wrong with the server. */
const alarms = () => toy.lines.filter(({ level }) => Number(level) > 30);
const subscribe = (id: string, query: string) => JSON.stringify({ id, type: 'subscribe', payload: { query } });
const TICKS = 'subscription { ticks { n } }';

describe('what a client does wrong closes its connection, and is no error of the server', () => {
  test.each<[string, string | Buffer, number, RegExp]>([
    ['no JSON', '{', 4400, /not JSON/],
    ['JSON that is no object', '[]', 4400, /not an object/],
    ['nothing', '', 4400, /not JSON/],
    ['a type that there is not', '{"type":"hello"}', 4400, /not one of graphql-transport-ws/],
    ['no type', '{}', 4400, /not one of graphql-transport-ws/],
    ['a subscription without a query', '{"type":"subscribe","id":"1","payload":{}}', 4400, /a part of it is missing/],
    [
      'variables that are none',
      '{"type":"subscribe","id":"1","payload":{"query":"{hello}","variables":1}}',
      4400,
      /wrong type/,
    ],
    ['an acknowledgement', '{"type":"connection_ack"}', 4400, /`connection_ack` is for servers/],
    ['a result', '{"type":"next","id":"1","payload":{"data":{}}}', 4400, /`next` is for servers/],
    ['an error', '{"type":"error","id":"1","payload":[{"message":"x"}]}', 4400, /`error` is for servers/],
    [
      'the protocol before this one',
      '{"type":"start","id":"1","payload":{"query":"{hello}"}}',
      4400,
      /Use a client of graphql-tr/,
    ],
    ['a second greeting', '{"type":"connection_init"}', 4429, /Too many/],
    ['bytes that are no message', Buffer.from([0xff, 0xfe]), 4400, /not JSON/],
    ['an id that is in use', subscribe('in use', TICKS), 4409, /in use/],
    ['more than 16 MB', Buffer.alloc(16 * 1024 * 1024 + 1, 32), 1009, /^$/],
  ])('%s', async (_what, message, code, reason) => {
    const socket = await acknowledged();
    socket.send(subscribe('in use', TICKS));
    await expect.poll(() => toy.toys.followers).toBe(1);
    socket.send(message);
    expect(await closed(socket)).toEqual([code, expect.stringMatching(reason)]);
    await expect.poll(() => toy.toys.followers).toBe(0);
    expect(alarms()).toEqual([]);
    expect(toy.lines.filter(({ msg }) => /^websocket/.test(String(msg)))).toEqual([
      expect.objectContaining({ level: 30, reason: expect.any(String), ...(code > 4000 && { code }) }),
    ]);
    expect(JSON.stringify(toy.lines)).not.toContain('stack');
  });

  test('text that is not UTF-8', async () => {
    const socket = await acknowledged();
    socket.send(Buffer.from([0x22, 0xe9, 0x22]), { binary: false });
    expect((await closed(socket))[0]).toBe(1007);
    expect(alarms()).toEqual([]);
  });

  test('a subscription before the greeting', async () => {
    const socket = await open();
    socket.send(subscribe('1', '{ hello }'));
    expect(await closed(socket)).toEqual([4401, 'Unauthorized']);
    expect(alarms()).toEqual([]);
  });

  test('an id that is too long for the reason of a close', async () => {
    const socket = await acknowledged();
    const id = 'ü'.repeat(5_000);
    socket.send(subscribe(id, TICKS));
    socket.send(subscribe(id, TICKS));
    const [code, reason] = await closed(socket);
    expect([code, reason]).toEqual([4409, `Subscriber for ${'ü'.repeat(54)}`]);
    expect(alarms()).toEqual([]);
    for (const line of toy.lines) expect(JSON.stringify(line).length).toBeLessThan(500);
  });

  test('going away without a word, in the middle of a subscription and of a query', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1', 'subscription { ticks(bytes: 100000) { n load } }'));
    await expect.poll(() => toy.toys.followers).toBe(1);
    socket.send(subscribe('2', '{ slow }'));
    await toy.toys.slowBegan;
    for (let n = 0; n < 50; n++) toy.toys.publish(n);
    socket.terminate();
    await expect.poll(() => toy.toys.followers).toBe(0);
    toy.toys.release();
    await expect.poll(() => toy.lines.filter(({ msg }) => msg === 'request')).toHaveLength(2);
    expect(alarms()).toEqual([]);
  });
});

describe('the protocol of a websocket', () => {
  test('must be requested', async () => {
    const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`);
    expect(await closed(socket)).toEqual([4406, expect.stringContaining('graphql-transport-ws')]);
    expect(alarms()).toEqual([]);
  });

  test('is not the older one, whose clients are refused in its own terms', async () => {
    const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-ws');
    const [[message], end] = await Promise.all([once(socket, 'message'), closed(socket)]);
    expect(JSON.parse(String(message))).toEqual({
      type: 'connection_error',
      payload: { message: expect.stringContaining('graphql-transport-ws') },
    });
    expect(end).toEqual([4406, expect.stringContaining('graphql-transport-ws')]);
    expect(alarms()).toEqual([]);
  });

  test('is chosen by a client that speaks both', async () => {
    const socket = await open(['graphql-ws', 'graphql-transport-ws']);
    expect(socket.protocol).toBe('graphql-transport-ws');
    socket.terminate();
  });
});

test('a persisted query that is only a hash is not known, and the connection stays open', async () => {
  const socket = await acknowledged();
  const payload = { extensions: { persistedQuery: { version: 1, sha256Hash: 'ecf4edb4' } } };
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }));
  const [message] = await once(socket, 'message');
  expect(JSON.parse(String(message))).toMatchObject({
    id: '1',
    type: 'error',
    payload: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }],
  });
  socket.send(subscribe('1', '{ hello }'));
  const [answer] = await once(socket, 'message');
  expect(JSON.parse(String(answer))).toMatchObject({
    id: '1',
    type: 'next',
    payload: { data: { hello: expect.any(String) } },
  });
  socket.terminate();
});

test('a refused websocket is answered with the headers of every answer', async () => {
  const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/other`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  response.resume();
  expect(response.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
});

describe('messages that arrive in parts', () => {
  const MB = 2 ** 20;
  /** Begins a message that never ends. @returns once the server has read it, or has ended the connection */
  async function begin(socket: WebSocket): Promise<void> {
    const over = once(socket, 'close');
    for (let part = 0; part < 15; part += 1) socket.send(Buffer.alloc(MB, 'x'), { fin: false, binary: false });
    // A frame between the parts of a message is answered once the parts before it are read.
    const read = once(socket, 'pong');
    socket.ping();
    await Promise.race([read, over]);
  }

  test('are held up to a bound for all connections together, and give it back', async () => {
    const sockets: WebSocket[] = [];
    for (let count = 0; count < 8; count += 1) {
      const socket = await acknowledged();
      socket.on('error', () => undefined);
      sockets.push(socket);
      await begin(socket);
    }
    const isOpen = sockets.map(({ readyState }) => readyState === WebSocket.OPEN);
    expect(isOpen).toEqual([true, true, true, true, false, false, false, false]);
    expect(alarms()).toEqual([]);
    // A client that sends little is served meanwhile.
    const client = await acknowledged();
    client.send(subscribe('1', '{ hello }'));
    const [data] = await once(client, 'message');
    expect(JSON.parse(String(data))).toMatchObject({ type: 'next', payload: { data: {} } });
    client.terminate();
    for (const socket of sockets) socket.terminate();
    // Room is free again once the server has noticed that they are gone.
    await expect
      .poll(async () => {
        const again = await acknowledged();
        again.on('error', () => undefined);
        await begin(again);
        const isHeld = again.readyState === WebSocket.OPEN;
        again.terminate();
        return isHeld;
      })
      .toBe(true);
  });
});
