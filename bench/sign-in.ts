import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { createApp } from '../src/app.js';
import { createSetupToken } from '../src/authentication/setup-token.js';
import { loadSettings } from '../src/config/settings.js';
import { createLogger } from '../src/server/log.js';
import { createPasswordHashing } from '../src/services/passwords/hashing.js';
import { temporaryFolder } from '../test/support/machine/processes.js';
import { type Bench, interleaved, quantile } from './measure.js';

const USER = { email: 'ada@example.com', password: 'canary-battery-staple' };
const AWAITS = 2_000_000;
const ROUNDS = 15;
const SIGN_INS = 15;
const PROBES = 400;

/**
 * Signing in with a password: what it leaves behind on the thread that answers requests, how much more it takes than the hash
 * of its password, and how long others wait meanwhile.
 */
export const bench: Bench = async () => {
  const { path, remove } = await temporaryFolder();
  const app = await createApp(
    loadSettings({ PORT: '0', MOORING_DATA: path, MOORING_OFFLINE: '1', MOORING_AUTH: 'required' }),
    createLogger('error', { write: () => {} }),
  );
  const { url } = await app.listen();
  let sent = 0;
  const signIn = async () => {
    sent += 1;
    const status = await post(`${url}/auth/sign-in/email`, USER, sent);
    if (status !== 200) throw new Error(`A sign-in was answered with ${status}.`);
  };
  try {
    const token = createSetupToken(await readFile(join(path, 'secret.key'))).text;
    await post(`${url}/setup`, { token, ...USER }, sent);
    const before = await leastOf(awaits);
    await signIn();
    const after = await leastOf(awaits);

    const hashing = createPasswordHashing();
    const hash = await hashing.hash(USER.password);
    const [ours, floor] = await interleaved(
      SIGN_INS,
      [() => signIn(), () => hashing.verify(hash, USER.password)].map((work) => async () => {
        const from = performance.now();
        await work();
        return performance.now() - from;
      }),
    );

    const [busy, quiet] = await waitsOfOthers(url, async (isOver) => {
      await Promise.all(
        [0, 1].map(async () => {
          while (!isOver()) await signIn();
        }),
      );
    });
    const ms = (value: number) => `${value.toFixed(1)} ms`;
    return [
      {
        work: 'two million awaits on the main thread after a sign-in, against before',
        ...{ ours: ms(after), floor: ms(before), ratio: after / before, goal: { atMost: 1.02 } },
      },
      {
        work: 'a sign-in over HTTP, against its scrypt, median',
        ...{ ours: ms(ours!), floor: ms(floor!), ratio: ours! / floor!, goal: { atMost: 1.2 } },
      },
      {
        work: 'a request of others while two sign in all the time, against none, 95th percentile',
        ...{ ours: ms(busy), floor: ms(quiet), ratio: busy / quiet, goal: { atMost: 1.3 } },
      },
    ];
  } finally {
    await app.close();
    await remove();
  }
};

/** How long many awaits take, in ms. */
async function awaits(): Promise<number> {
  const from = performance.now();
  for (let n = 0; n < AWAITS; n += 1) await n;
  return performance.now() - from;
}

async function leastOf(measure: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) least = Math.min(least, await measure());
  return least;
}

/** @param from - one of many clients: each has an address of its own, as each may sign in so often only */
function post(url: string, body: object, from: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { origin } = new URL(url);
    const headers = { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' };
    const localAddress = `127.0.${1 + (from % 200)}.1`;
    const asked = request(url, { method: 'POST', headers, localAddress }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    asked.on('error', reject).end(JSON.stringify(body));
  });
}

/** Sends requests from a thread of its own, so that the client doesn't wait for the server's thread. */
const PROBER = `
const { parentPort, workerData } = require('node:worker_threads');
(async () => {
  const times = [];
  for (let n = 0; n < workerData.probes; n += 1) {
    const from = performance.now();
    await (await fetch(workerData.url + '/health')).text();
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  parentPort.postMessage(times);
})();
`;

/** The 95th percentile of the time of others' requests, in ms: while something runs, and while nothing does. */
async function waitsOfOthers(
  url: string,
  run: (isOver: () => boolean) => Promise<void>,
): Promise<readonly [busy: number, quiet: number]> {
  const probe = async (): Promise<number> => {
    const worker = new Worker(PROBER, { eval: true, workerData: { url, probes: PROBES } });
    const [times] = (await once(worker, 'message')) as [number[]];
    await worker.terminate();
    return quantile(times, 0.95);
  };
  await probe();
  const quiet = await probe();
  let isOver = false;
  const running = run(() => isOver);
  const busy = await probe();
  isOver = true;
  await running;
  return [busy, quiet];
}
