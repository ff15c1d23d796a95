import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
afterEach(() => toy.server.close());

const serve = async (options: Parameters<typeof startToyServer>[0] = {}) => {
  toy = await startToyServer(options);
};

/** Sends these bytes, and reads until the server ends the connection. */
async function exchange(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(toy.url).port), '127.0.0.1').setEncoding('utf8');
  let text = '';
  socket.on('data', (part: string) => {
    text += part;
  });
  socket.on('error', () => undefined);
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

const HOST = 'Host: localhost\r\n';
const POST = `POST /graphql HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;

describe('a malformed request is answered in the form of every error', () => {
  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
    ['a header that is none', `GET /health HTTP/1.1\r\n${HOST}a b: c\r\n\r\n`, 400, 'BAD_REQUEST'],
    ['two lengths', `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`, 400, 'BAD_REQUEST'],
    ['a chunk that is none', `${POST}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, 400, 'BAD_REQUEST'],
    ['no host', 'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'BAD_REQUEST'],
    ['headers of 17 KB', `GET /health HTTP/1.1\r\n${HOST}x: ${'x'.repeat(17_000)}\r\n\r\n`, 431, 'PAYLOAD_TOO_LARGE'],
    ['an unknown expectation', `${POST}Expect: luck\r\nContent-Length: 0\r\n\r\n`, 417, 'BAD_REQUEST'],
  ])('%s', async (_what, bytes, status, code) => {
    await serve();
    const [head = '', body = ''] = (await exchange(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^connection: close$/im);
    expect(head).toMatch(/^x-content-type-options: nosniff$/im);
    const { errors } = JSON.parse(body) as { errors: { message: string; extensions: object }[] };
    expect(errors).toEqual([{ message: expect.any(String), extensions: { code, hint: expect.any(String) } }]);
    expect(toy.lines.at(-1)).toMatchObject({ level: 30, via: 'http', status, errors: [code] });
  });

  test('a request that doesn’t arrive in time', async () => {
    await serve({ requestMs: 50 });
    const answers = await Promise.all([exchange('GET /hea'), exchange(`${POST}Content-Length: 9\r\n\r\n{`)]);
    for (const answer of answers) {
      expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\n/);
      expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
    }
  });

  test('but is no answer to the request before it, nor put into an answer that is on its way', async () => {
    await serve();
    const asking = (query: string, headers = '') => {
      const body = JSON.stringify({ query });
      return `${POST}${headers}Content-Length: ${body.length}\r\n\r\n${body}`;
    };
    expect(await exchange(`${asking('{ hello }')}nonsense\r\n\r\n`)).toBe('');

    const socket = connect(Number(new URL(toy.url).port), '127.0.0.1').setEncoding('utf8');
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    let text = '';
    socket.once('data', () => socket.write('nonsense\r\n\r\n'));
    socket.on('data', (part: string) => {
      text += part;
    });
    socket.write(asking('subscription { ticks(upTo: 1000000) { n } }', 'Accept: text/event-stream\r\n'));
    await closed;
    expect(text.match(/HTTP\/1.1/g)).toHaveLength(1);
    expect(text).not.toContain('BAD_REQUEST');
  });
});
