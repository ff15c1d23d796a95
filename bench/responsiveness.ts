import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { createProject, settled } from './fixtures.js';
import { readMails } from './mails.js';
import { type Bench, median, milliseconds, quantile } from './measure.js';
import { createRandom, text } from './words.js';

/** Memories that are searchable before. */
const READY = 1_000;
const MEMORIES = 1_000;
/** Memories are saved in this many rounds, the server idle before each: a noisy moment of the machine affects both. */
const ROUNDS = 4;
const IDLE_SEARCHES = 100;

/** How a server answers while 1,000 memories are being embedded: its event loop's delay, and searches. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path, {
    NODE_OPTIONS: `--import ${process.cwd()}/dist/bench/event-loop.js`,
  });
  const lines = createInterface(server.process.stdout!);
  const loopDelay = async (): Promise<{ p50: number; p99: number; max: number }> => {
    const said = new Promise<string>((resolve) => {
      const hear = (line: string) => {
        if (!line.includes('"eventLoop"')) return;
        lines.off('line', hear);
        resolve(line);
      };
      lines.on('line', hear);
    });
    server.process.kill('SIGUSR2');
    return (JSON.parse(await said) as { eventLoop: { p50: number; p99: number; max: number } }).eventLoop;
  };
  const { id } = await createProject(server.url, folder.path);
  const contents = (await readMails(READY + MEMORIES)).map((mail) => mail.text.slice(0, 900));
  const save = (from: number, count: number) =>
    askServer(
      server.url,
      'mutation S($input: SaveMemoriesInput!) { saveMemories(input: $input) { __typename ... on Error { message } } }',
      {
        input: {
          projectId: id,
          memories: contents.slice(from, from + count).map((content) => ({ role: 'USER', content })),
        },
      },
    );
  await save(0, READY);
  await settled(server.url, id);

  const random = createRandom(3);
  const search = async (): Promise<number> => {
    const start = performance.now();
    await askServer(
      server.url,
      'query S($id: ID!, $q: String!) { project(by: { id: $id }) { searchMemories(query: $q) { hits { score } } } }',
      { id, q: text(random, 3) },
    );
    return performance.now() - start;
  };
  const idle: number[] = [];
  const busy: number[] = [];
  for (let run = 0; run < IDLE_SEARCHES; run += 1) await search();
  await loopDelay();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let run = 0; run < IDLE_SEARCHES; run += 1) {
      idle.push(await search());
      await delay(10);
    }
    const part = MEMORIES / ROUNDS;
    await save(READY + round * part, part);
    let isDone = false;
    const finished = settled(server.url, id, 500).then(() => {
      isDone = true;
    });
    while (!isDone) {
      busy.push(await search());
      await delay(10);
    }
    await finished;
  }
  const delays = await loopDelay();
  await server.stop();
  await folder.remove();

  const [calm, strained] = [quantile(idle, 0.95), quantile(busy, 0.95)];
  const [usual, meanwhile] = [median(idle), median(busy)];
  return [
    {
      work: `event loop delay p99 while ${MEMORIES.toLocaleString('en')} memories are embedded, against 20 ms`,
      ours: milliseconds(delays.p99),
      floor: '20 ms',
      ratio: delays.p99 / 20,
      goal: { atMost: 1 },
      note: `max ${milliseconds(delays.max)}`,
    },
    {
      work: 'search p50 meanwhile, against idle',
      ours: milliseconds(meanwhile),
      floor: milliseconds(usual),
      ratio: meanwhile / usual,
      goal: { atMost: 2 },
    },
    {
      work: 'search p95 meanwhile, against idle',
      ours: milliseconds(strained),
      floor: milliseconds(calm),
      ratio: strained / calm,
      goal: { atMost: 3 },
      note: `${busy.length} searches`,
    },
  ];
};
