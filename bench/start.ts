import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { createProject, settled } from './fixtures.js';
import { type Bench, median, milliseconds } from './measure.js';

const STARTS = 5;
/** Long enough to release what is only needed at the start, or while texts are embedded. */
const IDLE_MS = 8_000;

/** From the start of the process to the answer of `/health`, and the memory of an idle server without and with the model. */
export const bench: Bench = async () => {
  const times: number[] = [];
  const folder = await temporaryFolder();
  for (let run = 0; run < STARTS; run += 1) {
    const start = performance.now();
    const server = await startMooring(folder.path);
    await fetch(`${server.url}/health`);
    times.push(performance.now() - start);
    await server.stop();
  }
  const server = await startMooring(folder.path);
  await fetch(`${server.url}/health`);
  await delay(IDLE_MS);
  const without = await residentMegabytes(server.process.pid!);
  const { id } = await createProject(server.url, folder.path);
  await askServer(
    server.url,
    'mutation S($id: ID!) { saveMemory(input: { projectId: $id, role: USER, content: "The parser is slow." }) { __typename } }',
    { id },
  );
  await settled(server.url, id);
  await askServer(
    server.url,
    'query S($id: ID!) { project(by: { id: $id }) { searchMemories(query: "speed of parsing") { answeredBy } } }',
    { id },
  );
  await delay(IDLE_MS);
  const withModel = await residentMegabytes(server.process.pid!);
  await server.stop();
  await folder.remove();

  const cold = median(times);
  const row = (work: string, ours: string, value: number, goal: number) => ({
    work,
    ours,
    floor: `${goal}`,
    ratio: value / goal,
    goal: { atMost: 1 },
  });
  return [
    row('cold start to /health', milliseconds(cold), cold, 800),
    row('idle memory, MB resident', `${without.toFixed(0)} MB`, without, 130),
    row('idle memory with the model, MB resident', `${withModel.toFixed(0)} MB`, withModel, 220),
  ];
};

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1_024;
}
