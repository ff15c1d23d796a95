import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { on } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askServer } from '../test/support/api.js';
import { type Running, startMooring, startPeer, temporaryFolder } from '../test/support/machine/processes.js';
import { createProject } from './fixtures.js';
import { type Bench, interleaved, milliseconds, type Row } from './measure.js';
import type { ClientReport, FollowRequest } from './subscriber-clients.js';

/** As many as there may be files open, of which a process of clients has two for each: one of either server. */
const WANTED = 8_000;
const SPARE = 500;
const PROCESSES = 2;
const ROUNDS = 9;
/** Memory of a subscriber, with its socket, in KB. */
const LIMIT_KB = 10;
/** How long a signal to collect garbage takes to work. */
const COLLECT_MS = 1_000;

const QUERY = `subscription ($id: ID!) { projectChanges(projectId: $id) {
  cursor entry { seq operation collection } record { id ... on Task { title description status priority version updatedAt } } } }`;

/** One event to many subscribers of one query, against a server of bare `ws` that sends the same bytes to as many. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const mooring = await startMooring(folder.path, {
    NODE_OPTIONS: `--import ${join(import.meta.dirname, 'collect.js')}`,
  });
  const peer = await startPeer('sockets');
  const clients = createClients();
  try {
    const { id } = await createProject(mooring.url, folder.path);
    const write = () => writeTask(mooring.url, id);
    await write();
    const payload = { query: QUERY, variables: { id } };
    const ours = await memoryOf(mooring, () => clients.follow(mooring.url, payload));
    const floor = await memoryOf(peer, () => clients.follow(peer.url, payload));
    const first = await clients.timeToAll(mooring.url, write);
    const { event } = first;
    const publish = async () => void (await fetch(`${peer.url}/publish`, { method: 'POST', body: event }));
    await clients.timeToAll(peer.url, publish);
    const cpu = { ours: await processorMs(mooring), floor: await processorMs(peer) };
    const [ourMs, floorMs] = (await interleaved(ROUNDS, [
      async () => (await clients.timeToAll(mooring.url, write)).ms,
      async () => (await clients.timeToAll(peer.url, publish)).ms,
    ])) as [number, number];
    const ourCpu = ((await processorMs(mooring)) - cpu.ours) / ROUNDS;
    const floorCpu = ((await processorMs(peer)) - cpu.floor) / ROUNDS;
    const many = `${clients.count.toLocaleString('en')} subscribers`;
    return [
      {
        work: `one event of ${event.length} characters to ${many}`,
        ours: milliseconds(ourMs),
        floor: milliseconds(floorMs),
        ratio: floorMs / ourMs,
        goal: { atLeast: 0.6 },
        note: `the first took ${milliseconds(first.ms)}; the servers’ processor time ${milliseconds(ourCpu)} and ${milliseconds(floorCpu)}`,
      },
      memoryRow(`memory of each of ${many}, after collecting garbage`, ours, floor),
    ];
  } finally {
    clients.close();
    await peer.stop();
    await mooring.stop();
    await folder.remove();
  }
};

function memoryRow(work: string, bytes: number, floor: number): Row {
  const kilobytes = (of: number) => `${(of / 1_024).toFixed(1)} KB`;
  return {
    work,
    ours: kilobytes(bytes),
    floor: `${LIMIT_KB} KB`,
    ratio: bytes / 1_024 / LIMIT_KB,
    goal: { atMost: 1 },
    note: `bare ws ${kilobytes(floor)}`,
  };
}

async function writeTask(url: string, projectId: string): Promise<void> {
  await askServer(url, 'mutation W($input: CreateTaskInput!) { createTask(input: $input) { __typename } }', {
    input: { projectId, title: 'Parse the config file', description: 'It must say which line is wrong. '.repeat(8) },
  });
}

/** Bytes of resident memory that a server uses for each follower. */
async function memoryOf({ process }: Running, follow: () => Promise<number>): Promise<number> {
  const before = await resident(process);
  const count = await follow();
  return ((await resident(process)) - before) / count;
}

async function resident(server: ChildProcess): Promise<number> {
  server.kill('SIGUSR2');
  await delay(COLLECT_MS);
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) * 1_024;
}

/** CPU time of a server in milliseconds. Linux counts it in hundredths of a second. */
async function processorMs({ process }: Running): Promise<number> {
  const stat = await readFile(`/proc/${process.pid}/stat`, 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user! + system!) * 10;
}

/** The clients of both servers, in processes of their own. */
function createClients() {
  const said = execFileSync('bash', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  const limit = said === 'unlimited' ? Number.POSITIVE_INFINITY : Number(said);
  const each = Math.floor(Math.min(WANTED, limit - SPARE, ((limit - SPARE) / 2) * PROCESSES) / PROCESSES);
  const processes = Array.from({ length: PROCESSES }, () => fork(join(import.meta.dirname, 'subscriber-clients.js')));

  /** The next report of each about this server. */
  const reports = (url: string) =>
    Promise.all(
      processes.map(async (client) => {
        for await (const [report] of on(client, 'message')) {
          if ((report as ClientReport).url === url) return report as ClientReport;
        }
        throw new Error('A process of clients ended.');
      }),
    );
  return {
    count: each * PROCESSES,
    async follow(url: string, payload: object): Promise<number> {
      const following = reports(url);
      for (const client of processes) client.send({ url, count: each, payload } satisfies FollowRequest);
      await following;
      return each * PROCESSES;
    },
    /** How long it takes until all have what is sent by this, and what that was. */
    async timeToAll(url: string, send: () => Promise<void>): Promise<{ readonly ms: number; readonly event: string }> {
      const start = performance.now();
      const [[report]] = await Promise.all([reports(url), send()]);
      const ms = performance.now() - start;
      return { ms, event: (report as { readonly payload: string }).payload };
    },
    close() {
      for (const client of processes) client.kill();
    },
  };
}
