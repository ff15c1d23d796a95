import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

let toy: ToyServer;
let socket: Socket;
beforeEach(async () => {
  toy = await startToyServer();
  socket = connect(Number(new URL(toy.url).port), '127.0.0.1');
  await once(socket, 'connect');
});
afterEach(async () => {
  socket.destroy();
  await toy.server.close();
});

function requestOf(query: string): string {
  const body = JSON.stringify({ query });
  return [
    'POST /graphql HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

describe('pipelined requests', () => {
  it('are answered in order when they are a few', async () => {
    let text = '';
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    socket.write(requestOf('{ hello }').repeat(50));
    await expect.poll(() => text.split('HTTP/1.1 200').length - 1).toBe(50);
  });

  it('end their connection when many of them wait, and most are not begun', async () => {
    socket.on('error', () => undefined);
    const over = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    socket.write(requestOf('{ slow }').repeat(20_000));
    await over;
    expect(toy.lines.filter(({ msg }) => msg === 'too many requests without waiting for answers')).toHaveLength(1);
    expect(toy.lines.filter(({ msg }) => msg === 'request').length).toBeLessThan(1_000);
    expect((await toy.ask({ query: '{ hello }' })).status).toBe(200);
  });
});
