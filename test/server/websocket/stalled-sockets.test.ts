import { once } from 'node:events';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';

const EVENTS = 40;
const LOAD = 1_000_000;

let toy: ToyServer;
beforeEach(async () => {
  toy = await startToyServer({ stallMs: 400 });
});
afterEach(() => toy.server.close());

/** Follows the ticks over a WebSocket and counts them. */
async function follow(bytes: number): Promise<{ readonly socket: WebSocket; readonly seen: () => number }> {
  const socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  let seen = 0;
  socket.on('message', (data) => {
    if (String(data).includes('"next"')) seen++;
  });
  await once(socket, 'open');
  const query = `subscription { ticks(bytes: ${bytes}) { n load } }`;
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
  return { socket, seen: () => seen };
}

function post(body: object, accept: string): Promise<import('node:http').IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', accept };
    request(`${toy.url}/graphql`, { method: 'POST', headers, agent: false }, resolve)
      .on('error', reject)
      .end(JSON.stringify(body));
  });
}

const cuts = () => toy.lines.filter(({ msg }) => msg === 'stalled reader cut off');

describe('a reader that stops reading', () => {
  test('is cut off, and 999 others get everything', async () => {
    const healthy: Awaited<ReturnType<typeof follow>>[] = [];
    // More at once than a system keeps waiting for a busy server may be refused.
    while (healthy.length < 999) healthy.push(...(await Promise.all(Array.from({ length: 37 }, () => follow(10)))));
    const stalled = await follow(LOAD);
    // Its reset may reach it before it is paused.
    stalled.socket.on('error', () => {});
    await expect.poll(() => toy.toys.followers).toBe(1_000);
    stalled.socket.pause();

    for (let n = 1; n <= EVENTS; n++) {
      toy.toys.publish(n);
      await expect.poll(() => healthy.every(({ seen }) => seen() === n), { interval: 5 }).toBe(true);
    }
    await expect.poll(() => toy.toys.followers).toBe(999);
    expect(cuts()).toHaveLength(1);
    expect(cuts()[0]!.waitingBytes).toBeLessThan(2 * LOAD); // one event, not all that came since

    toy.toys.publish(EVENTS + 1);
    await expect.poll(() => healthy.every(({ seen }) => seen() === EVENTS + 1)).toBe(true);
    for (const { socket } of [...healthy, stalled]) socket.terminate();
  });

  test('of server-sent events is cut off as well', async () => {
    const response = await post({ query: `subscription { ticks(bytes: ${LOAD}) { n load } }` }, 'text/event-stream');
    response.pause();
    await expect.poll(() => toy.toys.followers).toBe(1);
    for (let n = 1; n <= EVENTS; n++) toy.toys.publish(n);
    await expect.poll(() => toy.toys.followers).toBe(0);
    expect(cuts()).toHaveLength(1);
    expect(cuts()[0]!.waitingBytes).toBeLessThan(2 * LOAD);
    response.destroy();
  });

  test('of a large answer is cut off as well', async () => {
    const query = `query($n: String) { ${Array.from({ length: 8 }, (_, i) => `a${i}: hello(name: $n)`).join(' ')} }`;
    const response = await post({ query, variables: { n: 'x'.repeat(1.8 * LOAD) } }, 'application/json');
    response.pause();
    await expect.poll(() => cuts().length).toBe(1);
    response.destroy();
  });

  test('but keeps sending queries is cut off before its answers pile up', async () => {
    const { socket } = await follow(10);
    socket.pause();
    const ask = JSON.stringify({
      type: 'subscribe',
      payload: { query: 'query($n: String) { hello(name: $n) }', variables: { n: 'x'.repeat(100_000) } },
    });
    for (let id = 2; id < 900; id++) socket.send(ask.replace('{', `{"id":"${id}",`));
    await expect.poll(() => cuts().length).toBe(1);
    expect(toy.lines.filter(({ msg }) => msg === 'request').length).toBeLessThan(450);
    expect(cuts()[0]!.waitingBytes).toBeLessThan(3 * LOAD);
    socket.terminate();
  });

  test('but one that only has nothing to read is left alone', async () => {
    const quiet = await follow(10);
    const events = await post({ query: 'subscription { ticks { n } }' }, 'text/event-stream');
    await expect.poll(() => toy.toys.followers).toBe(2);
    const slow = toy.ask({ query: '{ slow }' });
    await toy.toys.slowBegan;
    // One that stalls from now on is cut off first after the time that these have had nothing to read.
    const stalled = await follow(LOAD);
    stalled.socket.pause();
    await expect.poll(() => toy.toys.followers).toBe(3);
    for (let n = 1; n <= EVENTS; n++) toy.toys.publish(n);
    await expect.poll(() => cuts().length).toBe(1);
    toy.toys.release();
    toy.toys.publish(EVENTS + 1);
    expect((await slow).body).toEqual({ data: { slow: 'done' } });
    await expect.poll(quiet.seen).toBe(EVENTS + 1);
    await expect.poll(() => toy.toys.followers).toBe(2);
    expect(cuts()).toHaveLength(1);
    for (const { socket } of [quiet, stalled]) socket.terminate();
    events.destroy();
  });
});
