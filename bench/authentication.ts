import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { createSetupToken } from '../src/authentication/setup-token.js';
import { newKeySecret } from '../src/domain/access/key-format.js';
import { type Running, startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { cpuOf } from './cpu.js';
import { type Bench, interleaved, milliseconds, quantile, type Row } from './measure.js';

const ROUNDS = 12;
const REQUESTS = 800;
const WARM_UP = 2_000;
const STRANGERS = 10_000;
const BODY = JSON.stringify({ query: '{ serverInfo { version } }' });

/** A server without users, and one whose first administrator has a key. */
export const bench: Bench = async () => {
  const folders = [await temporaryFolder(), await temporaryFolder()] as const;
  const open = await startMooring(folders[0].path);
  const closed = await startMooring(folders[1].path, { MOORING_AUTH: 'required' });
  const key = await setUp(closed.url, folders[1].path);
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });

  const anonymous = () => cpuOfEach(agent, open, () => null, 200);
  const known = () => cpuOfEach(agent, closed, () => key, 200);
  const unknown = () => cpuOfEach(agent, closed, newKeySecret, null);
  for (const [server, credential] of [
    [open, null],
    [closed, key],
  ] as const)
    await send(agent, server.url, WARM_UP, () => credential, 200);
  const [without, withKey, withUnknown] = await interleaved(ROUNDS, [anonymous, known, unknown]);

  const others = (credential: () => string, expected: number | null) => async () => {
    const prober = probe(closed.url, key);
    await send(agent, closed.url, STRANGERS, credential, expected);
    return quantile(await prober.stop(), 0.95);
  };
  const [quiet, besides] = await interleaved(3, [others(() => key, 200), others(newKeySecret, null)]);

  agent.destroy();
  for (const server of [open, closed]) await server.stop();
  for (const folder of folders) await folder.remove();
  const micro = (value: number) => `${(value * 1_000).toFixed(0)} µs`;
  const rows: Row[] = [
    {
      work: 'a request with a known key, CPU',
      ours: micro(withKey!),
      floor: micro(without!),
      ratio: withKey! / without!,
      goal: { atMost: 1.05 },
      note: 'against an anonymous one of a server without users',
    },
    more('a known key, CPU more than anonymous', (withKey! - without!) * 1_000, 50),
    more('an unknown key of right form, CPU more than anonymous', (withUnknown! - without!) * 1_000, 150),
    {
      work: `p95 of others while ${STRANGERS.toLocaleString('en')} unknown keys come`,
      ours: milliseconds(besides!),
      floor: milliseconds(quiet!),
      ratio: besides! / quiet!,
      goal: { atMost: 1.2 },
      note: 'against as many requests with a known key',
    },
  ];
  return rows;
};

function more(work: string, micros: number, most: number): Row {
  return { work, ours: `${micros.toFixed(0)} µs`, floor: `${most} µs`, ratio: micros / most, goal: { atMost: 1 } };
}

/** Creates the first administrator. @returns their key */
async function setUp(url: string, data: string): Promise<string> {
  const token = createSetupToken(await readFile(join(data, 'secret.key'))).text;
  const answer = await fetch(`${url}/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, email: 'bench@example.com' }),
  });
  return ((await answer.json()) as { secret: string }).secret;
}

/** Milliseconds of the server's CPU for each of some requests. */
async function cpuOfEach(
  agent: Agent,
  server: Running,
  credential: () => string | null,
  expected: number | null,
): Promise<number> {
  const before = cpuOf(server.process.pid!);
  await send(agent, server.url, REQUESTS, credential, expected);
  return (cpuOf(server.process.pid!) - before) / REQUESTS;
}

/** Sends so many requests over the agent's connections. `expected`: their status; null: that of refused credentials. */
async function send(
  agent: Agent,
  url: string,
  count: number,
  credential: () => string | null,
  expected: number | null,
): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: agent.maxSockets }, async () => {
      while (left-- > 0) {
        const status = await ask(agent, url, credential());
        if (expected === null ? status !== 401 && status !== 429 : status !== expected)
          throw new Error(`The answer was ${status}.`);
      }
    }),
  );
}

/** Somebody else, who asks again and again. */
function probe(url: string, key: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const start = performance.now();
      await ask(agent, url, key);
      times.push(performance.now() - start);
    }
    agent.destroy();
  })();
  return {
    async stop(): Promise<readonly number[]> {
      isOver = true;
      await asking;
      return times;
    },
  };
}

function ask(agent: Agent, url: string, credential: string | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(BODY),
      ...(credential !== null && { authorization: `Bearer ${credential}` }),
    };
    const sent = request(`${url}/graphql`, { agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode!));
    });
    sent.on('error', reject);
    sent.end(BODY);
  });
}
