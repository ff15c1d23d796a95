import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import WebSocket from 'ws';
import type { Turns } from '../../../src/util/turn.js';
import { startToyServer, type ToyServer } from '../../support/toys/server.js';
import { until } from '../../support/until.js';

/** Turns in which all work waits until the test does it. The last to come goes first. */
function createHeldTurns() {
  const owners: (() => void)[][] = [];
  let isHeld = false;
  const turns: Turns = {
    of: () => {
      const own: (() => void)[] = [];
      owners.unshift(own);
      return (work) => (isHeld ? new Promise((resolve) => own.push(() => resolve(work()))) : work());
    },
  };
  return {
    turns,
    waiting: () => owners.flat().length,
    doNext: () => owners.find((own) => own.length > 0)?.shift()?.(),
    hold: () => {
      isHeld = true;
    },
  };
}

let held: ReturnType<typeof createHeldTurns>;
let toy: ToyServer;
let socket: WebSocket;
let answers: { id: string; type: string; payload: { data: { hello: string } } }[];
beforeEach(async () => {
  held = createHeldTurns();
  toy = await startToyServer({ turns: held.turns });
  socket = new WebSocket(`${toy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  answers = [];
  socket.on('message', (data) => void answers.push(JSON.parse(String(data))));
  held.hold();
});
afterEach(async () => {
  socket.terminate();
  await toy.server.close();
});

function subscribe(id: number, load = ''): void {
  const payload = { query: 'query($n: String) { hello(name: $n) }', variables: { n: load } };
  socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
}
/** Does the waiting work, one piece after the other as it comes, until there are this many answers. */
const workUntil = (count: number) =>
  until(() => {
    held.doNext();
    return answers.filter(({ type }) => type === 'next').length === count;
  });

test('messages that wait for their turn are handled in their order', async () => {
  for (let id = 1; id <= 30; id += 1) subscribe(id);
  await until(() => held.waiting() > 1);
  expect(answers).toEqual([]);
  await workUntil(30);
  const ids = answers.filter(({ type }) => type === 'next').map(({ id }) => Number(id));
  expect(ids).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
});

test('while a message waits, no more is read; reading resumes afterwards', async () => {
  const load = 'x'.repeat(500_000);
  for (let id = 1; id <= 40; id += 1) subscribe(id, load);
  await until(() => held.waiting() > 0);
  // Others are answered meanwhile, so all that was sent could have been read.
  for (let time = 0; time < 20; time += 1) expect((await toy.ask({ query: '{ hello }' })).status).toBe(200);
  expect(held.waiting()).toBeLessThan(5);
  expect(socket.bufferedAmount).toBeGreaterThan(load.length);
  await workUntil(40);
});
