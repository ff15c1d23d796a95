import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { VoyageSettings } from '../../src/domain/storage-settings.js';
import { addressesFor } from '../../src/embedding/voyage/address.js';
import { checkVoyage } from '../../src/embedding/voyage/checks.js';

const SECRET = 'canary-of-another-server';

/** Answers every request with these bytes. */
async function serve(answer: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {}).once('data', () => answer(socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const settingsFor = (baseUrl: string): VoyageSettings => ({ apiKey: 'pa-key', model: 'voyage-3-large', baseUrl });
const reply =
  (status: string, body: string, type = 'application/json') =>
  (socket: Socket) =>
    void socket.end(
      `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
const check = async (answer: (socket: Socket) => void) => checkVoyage(settingsFor(await serve(answer)), { retryMs: 1 });

describe('a server that is not Voyage AI', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['a greeting of SSH', (socket) => void socket.end(`SSH-2.0-${SECRET}\r\n`)],
    ['an error of Redis', (socket) => void socket.end(`-ERR ${SECRET}\r\n`)],
    ['a page', reply('200 OK', `<html>${SECRET}</html>`, 'text/html')],
    ['other JSON', reply('200 OK', JSON.stringify({ data: [{ [SECRET]: SECRET }], usage: SECRET }))],
    ['a reason', reply(`500 ${SECRET}`, '')],
    ['an error of another shape', reply('500 No', JSON.stringify({ message: SECRET }))],
    ['an error as text', reply('400 No', JSON.stringify({ detail: SECRET }), 'text/plain')],
    [
      'a redirection',
      (socket) => void socket.end(`HTTP/1.1 302 Found\r\nlocation: http://${SECRET}/\r\nconnection: close\r\n\r\n`),
    ],
  ])('is never quoted: %s', async (_, answer) => {
    const found = await check(answer);
    expect(found).toMatchObject({ outcome: 'FAILED' });
    expect(JSON.stringify(found)).not.toContain(SECRET);
  });

  it('is quoted when its error has Voyage’s form, on one line and cut', async () => {
    const { message } = await check(
      reply('400 No', JSON.stringify({ detail: `no\u001b[31m\r\nway ${'x'.repeat(10_000)}` })),
    );
    expect(message).toMatch(/no \[31m way x+…/);
    expect(message.length).toBeLessThan(450);
  });
});

describe('an answer without bounds', () => {
  it.each<[string, (socket: Socket) => void, RegExp]>([
    [
      'a body that never ends',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n');
        const chunk = Buffer.alloc(65_536, ' ');
        const more = () => {
          while (!socket.destroyed && socket.write(chunk));
        };
        socket.on('drain', more);
        more();
      },
      /larger than \d+ bytes/,
    ],
    [
      'more vectors than texts',
      reply('200 OK', JSON.stringify({ data: new Array(9_000).fill(0), usage: {} })),
      /it has 9000 vectors for 1 texts/,
    ],
    [
      'headers that never end',
      (socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}`),
      /HPE_HEADER_OVERFLOW/,
    ],
  ])('is aborted: %s', async (_, answer, message) => {
    expect(await check(answer)).toMatchObject({ outcome: 'FAILED', message: expect.stringMatching(message) });
  });
});

describe('an address that was entered', () => {
  it.each([
    'https://169.254.169.254/v1',
    'https://0xa9fea9fe',
    'https://[fe80::1]/',
    'https://metadata.google.internal/',
  ])('can’t be link-local: %s', async (baseUrl) => {
    expect(await checkVoyage(settingsFor(baseUrl))).toMatchObject({
      outcome: 'FAILED',
      message: expect.stringContaining('link-local'),
    });
    expect(() => addressesFor({ ...settingsFor(baseUrl), isFromEnvironment: true })).not.toThrow();
  });
});
