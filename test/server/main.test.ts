import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { spawnMooring, startMooring } from '../support/machine/processes.js';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'mooring-main-'));
});
afterEach(() => rm(data, { recursive: true }));

async function outcome(
  child: ChildProcess,
): Promise<{ readonly code: number | null; readonly lines: readonly string[] }> {
  let text = '';
  child.stderr!.on('data', (part) => {
    text += part;
  });
  const [code] = await once(child, 'close');
  return { code, lines: text.trim().split('\n') };
}

/** Sends a request that is never completed. */
async function hang(url: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    'Content-Length: 100',
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  await once(socket, 'data'); // 100 Continue: the server waits for the body
}

describe('a failed start is explained, in lines for a person', () => {
  test('when settings are wrong: every mistake', async () => {
    const { code, lines } = await outcome(spawnMooring(data, { PORT: 'http', MOORING_OFLINE: '1' }));
    expect(code).toBe(1);
    expect(lines).toEqual([
      "Mooring can't start: the settings have mistakes.",
      'PORT must be a port from 0 (any free one) to 65535, but is "http"',
      'MOORING_OFLINE is not a setting; did you mean MOORING_OFFLINE?',
    ]);
  });

  test('when the port is in use', async () => {
    const running = await startMooring(data);
    const { port } = new URL(running.url);
    const { code, lines } = await outcome(spawnMooring(data, { PORT: port }));
    expect([code, lines]).toEqual([
      1,
      [
        `Mooring can't start: port ${port} of 127.0.0.1 is already in use.`,
        'Choose another with PORT, or stop the process using it.',
      ],
    ]);
    await running.stop();
  });

  test('when the data can’t be where it should', async () => {
    const { code, lines } = await outcome(spawnMooring('/dev/null/data'));
    expect([code, lines.length]).toEqual([1, 2]);
    expect(lines.join('\n')).not.toContain('    at ');
  });
});

describe('the start says who gets in', () => {
  /** The line of the log that has the server's URL. */
  async function firstLine(environment: Readonly<Record<string, string>>) {
    const child = spawnMooring(data, environment);
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stderr!.resume();
    for await (const line of createInterface(child.stdout!)) {
      const said = JSON.parse(line) as { url?: string; setupToken?: string; msg: string };
      if (said.url) return { ...said, end: () => endOf(child) };
    }
    throw new Error('The server ended before it listened.');
  }

  async function endOf(child: ChildProcess): Promise<void> {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }

  test('nobody on an address that others reach, until the token that it prints was used; then who has a key', async () => {
    const locked = await firstLine({ HOST: '0.0.0.0' });
    expect(locked.msg).toMatch(/lets nobody in until .*mooring admin create.*\/setup/);
    const input = { token: locked.setupToken, email: 'ada@example.com' };
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${locked.url}/setup`, { method: 'POST', headers, body: JSON.stringify(input) });
    expect(answer.status).toBe(200);
    await locked.end();
    const next = await firstLine({ HOST: '0.0.0.0' });
    await next.end();
    expect([next.msg, next.setupToken]).toEqual([
      expect.stringContaining('every request needs a credential'),
      undefined,
    ]);
  });

  test('everyone on this machine, without users', async () => {
    const open = await firstLine({});
    await open.end();
    expect(open.msg).toMatch(/only this machine can connect, and everyone on it/);
    expect(open.setupToken).toBeUndefined();
  });
});

describe('a signal', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s ends the server with 0, and its subscribers with 1001',
    async (signal) => {
      const running = await startMooring(data);
      const client = createClient({
        url: `${running.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const connected = new Promise<void>((resolve) => client.on('connected', () => resolve()));
      const change = client.iterate({ query: 'subscription { projectListChanges { cursor } }' }).next();
      change.catch(() => undefined);
      await connected;
      running.process.kill(signal);
      const [code] = await once(running.process, 'exit');
      expect(code).toBe(0);
      await expect(change).rejects.toMatchObject({ code: 1001 });
    },
  );

  test('ends it with 0 even while a request hangs', async () => {
    const running = await startMooring(data);
    await hang(running.url);
    running.process.kill('SIGTERM');
    expect((await once(running.process, 'exit'))[0]).toBe(0); // 1 would say that closing took more than its time
  });

  test('that comes twice doesn’t wait', async () => {
    const running = await startMooring(data);
    await hang(running.url);
    const stopping = new Promise<void>((resolve) =>
      running.process.stdout!.on('data', (part) => String(part).includes('"stopping"') && resolve()),
    );
    running.process.kill('SIGTERM');
    await stopping;
    running.process.kill('SIGTERM');
    expect((await once(running.process, 'exit'))[0]).toBe(1);
  });
});
