import dns from 'node:dns';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHttpClient } from '../../src/network/http.js';
import { guardedAddress, isRefusedHost, LinkLocalError } from '../../src/network/link-local.js';

afterEach(() => vi.restoreAllMocks());

/** Answers of DNS, one after the other; the last one is repeated. */
function resolveTo(...answers: readonly (readonly string[])[]): void {
  let asked = 0;
  const answer = (_name: string, _options: unknown, callback: (error: null, found: dns.LookupAddress[]) => void) => {
    const addresses = answers[Math.min(asked, answers.length - 1)]!;
    asked += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  vi.spyOn(dns, 'lookup').mockImplementation(answer as never);
}

describe('a host', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '[fe80::1]',
    'fe80::1%eth0',
    'FEBF::1',
    '::ffff:169.254.169.254',
    '[::ffff:a9fe:a9fe]',
    '64:ff9b::a9fe:a9fe',
    'fd00:ec2::254',
    '0.0.0.0',
    '0',
    '::',
    '2852039166',
    '0xA9FEA9FE',
    '0xa9.254.0xa9.254',
    '0251.0376.0251.0376',
    '169.16689662',
    'metadata.google.internal',
    'Metadata.Google.Internal.',
    'instance-data.ec2.internal',
    '168.63.129.16',
    '100.100.100.200',
  ])('that is a link-local address or a metadata service is refused: %s', (host) => {
    expect(isRefusedHost(host)).toBe(true);
  });

  it.each([
    'localhost',
    '127.0.0.1',
    '[::1]',
    '10.0.0.5',
    '192.168.1.2',
    '172.16.0.1',
    'fd12::1',
    'ip-10-0-0-1.ec2.internal',
    'db.example',
    'metadata',
    '8.8.8.8',
    '169.253.0.1',
    'fec0::1',
  ])('of this machine, a private network or the world is not: %s', (host) => {
    expect(isRefusedHost(host)).toBe(false);
  });
});

describe('a name', () => {
  it('resolves to its other addresses, never to a link-local one', async () => {
    resolveTo(['fe80::1', '192.168.0.9', '169.254.1.1']);
    expect(await guardedAddress('nas.local')).toEqual({ address: '192.168.0.9', family: 4 });
    resolveTo(['169.254.169.254', '::ffff:169.254.169.254']);
    await expect(guardedAddress('evil.example')).rejects.toBeInstanceOf(LinkLocalError);
  });

  it('is checked for each connection: an earlier address proves nothing', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok'));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const http = createHttpClient({ isGuarded: true });
    onTestFinished(() => {
      http.close();
      server.close();
    });
    const { port } = server.address() as { port: number };
    resolveTo(['127.0.0.1'], ['169.254.169.254']);
    const ask = () =>
      http.send(
        `http://rebound.example:${port}/`,
        { method: 'GET', headers: {}, maxBytes: 10 },
        AbortSignal.timeout(5_000),
      );
    expect((await ask()).body.toString()).toBe('ok');
    await expect(ask()).rejects.toBeInstanceOf(LinkLocalError);
  });

  it('that spells a link-local address differently is refused without a connection', async () => {
    const http = createHttpClient({ isGuarded: true });
    onTestFinished(() => http.close());
    const sent = { method: 'GET', headers: {}, maxBytes: 10 };
    for (const host of ['2852039166', '0xa9fea9fe', '[::ffff:169.254.169.254]']) {
      await expect(http.send(`http://${host}/`, sent, AbortSignal.timeout(5_000))).rejects.toBeInstanceOf(
        LinkLocalError,
      );
    }
  });
});

describe('an answer that is not HTTP', () => {
  it('is not quoted in the error', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-canary\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const http = createHttpClient({ isGuarded: true });
    onTestFinished(() => {
      http.close();
      server.close();
    });
    const { port } = server.address() as { port: number };
    const sent = { method: 'GET', headers: {}, maxBytes: 10 };
    const error = await http.send(`http://127.0.0.1:${port}/`, sent, AbortSignal.timeout(5_000)).then(
      () => expect.fail('It went well.'),
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: expect.stringMatching(/^HPE_/) });
    // Neither as text nor as bytes.
    expect(inspect(error, { depth: null, showHidden: true })).not.toMatch(/canary|rawPacket/);
  });
});
