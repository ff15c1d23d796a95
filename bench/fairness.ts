import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { type Attack, attacksOn } from './attacks.js';
import { benchMemory, benchTask, createProject, fill, settled } from './fixtures.js';
import { type Bench, milliseconds, quantile, type Row } from './measure.js';

/** What another client's `serverInfo` may take at p99 while one client sends its worst. */
const LIMIT_MS = 250;
/** Resident memory that the server may use meanwhile and afterwards, in MB. */
const BUSY_MB = 1_500;
const CALM_MB = 500;
const ATTACK_MS = 8_000;
/** Until memory is released. */
const CALM_MS = 15_000;
const PROJECTS = 10;
const TASKS = 20_000;
const MEMORIES = 400;
const LARGE = 40;

/** What one client can do to another, with the worst requests within the limits that are known. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  const rows: Row[] = [];
  let most = 0;
  try {
    const projects: { readonly id: string; readonly key: string; readonly path: string }[] = [];
    for (let index = 0; index < PROJECTS; index += 1) projects.push(await createProject(server.url, folder.path));
    const [{ id, key, path }] = projects as [(typeof projects)[number]];
    await fill(
      path,
      'tasks',
      Array.from({ length: TASKS }, (_, index) => benchTask(index, key)),
    );
    await fill(
      path,
      'memories',
      Array.from({ length: MEMORIES }, (_, index) => benchMemory(index, key)),
    );
    await fillLarge(server.url, projects[1]!.id);
    await settled(server.url, id);
    await settled(server.url, projects[1]!.id);
    // ATTACKS="a name, another": those alone whose names have one of these in them.
    const only = process.env.ATTACKS?.split(',').map((name) => name.trim());
    const pid = server.process.pid!;
    rows.push((await measured(server.url, pid, { name: 'nothing else', run: () => delay(3_000, undefined) })).row);
    for (const attack of attacksOn({ url: server.url, projectId: id, largeProjectId: projects[1]!.id })) {
      if (only && !only.some((name) => attack.name.includes(name))) continue;
      const { row: measuredRow, peak } = await measured(server.url, pid, attack);
      most = Math.max(most, peak);
      rows.push(measuredRow);
    }
    await delay(CALM_MS);
    const after = await resident(pid);
    rows.push(row('most resident memory meanwhile, MB', `${most.toFixed(0)} MB`, most, BUSY_MB));
    rows.push(row('resident memory after it all, MB', `${after.toFixed(0)} MB`, after, CALM_MB));
  } finally {
    await server.stop();
    await folder.remove();
  }
  return rows;
};

async function fillLarge(url: string, projectId: string): Promise<void> {
  const content = 'What was said goes on and on. '.repeat(33_000);
  for (let index = 0; index < LARGE; index += 1) {
    await askServer(url, 'mutation S($input: CreateTaskInput!) { createTask(input: $input) { __typename } }', {
      input: { projectId, title: `large ${index}`, description: content },
    });
  }
}

async function measured(
  url: string,
  pid: number,
  { name, run }: Attack,
): Promise<{ readonly row: Row; readonly peak: number }> {
  const prober = new Worker(new URL('./prober.js', import.meta.url), { workerData: { url } });
  const over = new AbortController();
  let peak = 0;
  const watching = (async () => {
    while (!over.signal.aborted) {
      peak = Math.max(peak, await resident(pid));
      await delay(100);
    }
  })();
  const timer = setTimeout(() => over.abort(), ATTACK_MS);
  const said = await run(over.signal);
  clearTimeout(timer);
  over.abort();
  const told = new Promise<{ times: number[]; failed: number }>((resolve) => prober.once('message', resolve));
  prober.postMessage('stop');
  const { times, failed } = await told;
  await watching;
  await prober.terminate();
  const p99 = quantile(times, 0.99);
  const note = [`max ${milliseconds(Math.max(...times))}`, `${times.length} asked`, `${peak.toFixed(0)} MB`, said];
  const measuredRow = row(
    `\`serverInfo\` p99 beside: ${name}`,
    milliseconds(p99),
    failed > 0 ? Number.POSITIVE_INFINITY : p99,
    LIMIT_MS,
    note.filter(Boolean).join(', '),
  );
  return { row: measuredRow, peak };
}

function row(work: string, ours: string, value: number, limit: number, note?: string): Row {
  return { work, ours, floor: `${limit}`, ratio: value / limit, goal: { atMost: 1 }, ...(note && { note }) };
}

async function resident(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1_024;
}
