import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { raw as send } from '../../support/machine/raw-http.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
beforeAll(async () => {
  toy = await startToyServer();
});
afterAll(() => toy.server.close());

const QUERY = '{ hello(name: "NAME") }';
/** A request for a name, whose bytes are these. */
const asking = (name: string) => Buffer.from(JSON.stringify({ query: QUERY }).replace('NAME', name), 'latin1');
const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: Buffer, headers = {}) =>
  send(`${toy.url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

/** Bytes, as Latin-1, that are not UTF-8. */
const WRONG: readonly (readonly [what: string, bytes: string])[] = [
  ['é in ISO-8859-1', '\xe9'],
  ['a byte that no character begins with', '\x80'],
  ['half a character', '\xc3'],
  ['a slash in two bytes', '\xc0\xaf'],
  ['NUL in two bytes', '\xc0\x80'],
  ['half a surrogate pair', '\xed\xa0\x80'],
  ['a code point that there is not', '\xf4\x90\x80\x80'],
  ['a byte that UTF-8 never has', '\xff'],
];
const encoded = (bytes: string) => bytes.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16)}`);

describe('a request that isn’t UTF-8 is refused', () => {
  test.each(WRONG)('in a body: %s', async (_what, bytes) => {
    const { status, text } = await post(asking(bytes));
    expect([status, JSON.parse(text).errors[0].message]).toEqual([400, 'The body is not UTF-8.']);
  });

  test.each(WRONG)('in an address: %s', async (_what, bytes) => {
    for (const search of [
      `query=${QUERY.replace('NAME', encoded(bytes))}`,
      `query=${QUERY.replace('NAME', `%c3%a9${encoded(bytes)}`)}`,
      `query={hello}&variables={"n":"${encoded(bytes)}"}`,
      `query={hello}&operationName=${encoded(bytes)}`,
    ]) {
      const { status, text } = await send(`${toy.url}/graphql?${search.replaceAll(' ', '+')}`);
      expect([status, JSON.parse(text).errors[0].message]).toEqual([400, 'The query string is not UTF-8.']);
    }
    const answer = await exchange(`GET /graphql?query={hello${bytes}} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test.each(WRONG)('in the name of the actor: %s', async (_what, bytes) => {
    const { status, text } = await post(asking('x'), { 'mooring-actor': `Zo${bytes}` });
    expect([status, JSON.parse(text).errors[0]]).toMatchObject([
      400,
      { message: 'The header `mooring-actor` is not UTF-8.', extensions: { code: 'INVALID_INPUT' } },
    ]);
    const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers: { 'mooring-actor': `Zo${bytes}` },
    });
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('400');
  });

  test.each(WRONG)('in a message over WebSocket, as text or binary: %s', async (_what, bytes) => {
    const init = Buffer.from(`{"type":"connection_init","payload":{"actor":"${bytes}"}}`, 'latin1');
    for (const [binary, expected] of [
      [false, 1007],
      [true, 4400],
    ] as const) {
      const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send(init, { binary });
      const [code] = await once(socket, 'close');
      expect(code).toBe(expected);
    }
  });

  test.each([
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${JSON.stringify({ query: '{ hello }' })}`, 'utf16le')],
    ['UTF-16 without it', Buffer.from(JSON.stringify({ query: '{ hello }' }), 'utf16le')],
  ])('as %s', async (_what, body) => {
    expect((await post(body)).status).toBe(400);
  });

  test.each(['iso-8859-1', 'utf-8; charset=iso-8859-1', 'us-ascii', '"utf-16"'])('declared as %s', async (charset) => {
    for (const type of [`application/json; charset=${charset}`, `application/json;Charset = ${charset}`]) {
      const { status, text } = await post(asking('\xe9'), { 'content-type': type });
      expect([type, status, JSON.parse(text).errors[0].extensions.code]).toEqual([type, 415, 'UNSUPPORTED_MEDIA_TYPE']);
    }
  });
});

describe('UTF-8 is read as it is', () => {
  const name = 'Zoë 🚢 \uFFFD';
  const greeting = { data: { hello: `hello ${JSON.stringify({ name })}` } };

  test('also after a byte order mark', async () => {
    const { text } = await post(Buffer.from(`\uFEFF${JSON.stringify({ query: QUERY.replace('NAME', name) })}`));
    expect(JSON.parse(text)).toEqual(greeting);
  });

  test('in an address, also next to a percent sign that encodes nothing', async () => {
    const ask = async (query: string) => JSON.parse((await send(`${toy.url}/graphql?query=${query}`)).text);
    expect(await ask(encodeURIComponent(QUERY.replace('NAME', name)))).toEqual(greeting);
    expect(await ask('{hello(name:"100%")}')).toEqual({ data: { hello: 'hello {"name":"100%"}' } });
  });

  test('in the name of the actor, whatever character it has', async () => {
    const actor = Buffer.from('Zoë \uFFFD').toString('latin1');
    const { text } = await post(Buffer.from('{"query":"{ whoami }"}'), { 'mooring-actor': actor });
    expect(JSON.parse(text)).toEqual({ data: { whoami: 'Zoë \uFFFD' } });
  });
});

/** Sends these bytes, and reads until the server ends the connection. */
async function exchange(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(toy.url).port), '127.0.0.1');
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return Buffer.concat(parts).toString();
}
