import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Another client, in a thread of its own: it requests `serverInfo` repeatedly until asked to stop, then reports how
 * long each answer took, in milliseconds, and how many answers were wrong.
 */
const { url } = workerData as { url: string };
const agent = new Agent({ keepAlive: true });
const body = JSON.stringify({ query: '{ serverInfo { version } }' });
const EVERY_MS = 20;

function ask(): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(`${url}/graphql`, { agent, method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (part: Buffer) => {
        text += String(part);
      });
      response.on('end', () => resolve(text.includes('"version"')));
      response.on('error', () => resolve(false));
    });
    sent.on('error', () => resolve(false));
    sent.end(body);
  });
}

let isOver = false;
parentPort!.once('message', () => {
  isOver = true;
});
const times: number[] = [];
let failed = 0;
while (!isOver) {
  const start = performance.now();
  if (!(await ask())) failed += 1;
  times.push(performance.now() - start);
  await delay(EVERY_MS);
}
agent.destroy();
parentPort!.postMessage({ times, failed });
