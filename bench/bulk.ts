import { readFileSync } from 'node:fs';
import { createMiniLmEmbedder } from '../src/embedding/minilm/minilm.js';
import { askServer } from '../test/support/api.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { createProject, settled } from './fixtures.js';
import { readMails } from './mails.js';
import { type Bench, median, perSecond } from './measure.js';

const MAILS = 600;
/** Saved at a time; then the embedder alone does the same, so that a noisy moment of the machine affects both. */
const ROUND = 100;
/** Seconds of a process's clock ticks, which Linux counts in hundredths. */
const TICKS_PER_SECOND = 100;

/** Mails saved over the API until all are searchable, against the embedder alone on the same passages. */
export const bench: Bench = async () => {
  const contents = (await readMails(MAILS)).map(({ text }) => text);
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  const { id } = await createProject(server.url, folder.path);
  const embedder = createMiniLmEmbedder();

  const save = async (mails: readonly string[]): Promise<void> => {
    const memories = mails.map((content) => ({ role: 'USER', content }));
    await askServer(
      server.url,
      'mutation S($input: SaveMemoriesInput!) { saveMemories(input: $input) { ... on Error { message } __typename } }',
      { input: { projectId: id, memories } },
    );
    await settled(server.url, id);
  };
  const embed = async (passages: readonly string[]): Promise<void> => {
    for (let from = 0; from < passages.length; from += ROUND)
      await embedder.embedDocuments(passages.slice(from, from + ROUND));
  };

  const rounds: { readonly passages: number; readonly ours: Spent; readonly least: Spent }[] = [];
  for (let from = 0; from < contents.length; from += ROUND) {
    const mails = contents.slice(from, from + ROUND);
    const passages = await cut(embedder, mails);
    // Both have loaded the model when they are timed: it is unloaded when idle.
    await save([`${from} ${mails[0]}`]);
    const ours = await spent(server.process.pid!, () => save(mails));
    await embed(passages.slice(0, 2));
    const least = await spent(process.pid, () => embed(passages));
    rounds.push({ passages: passages.length, ours, least });
  }
  await embedder.close();
  await server.stop();
  await folder.remove();

  const passages = sum(rounds.map((round) => round.passages));
  const rate = (side: 'ours' | 'least') =>
    `${perSecond(passages / sum(rounds.map((round) => round[side].seconds)))} passages`;
  const cpu = sum(rounds.map(({ least }) => least.cpu)) / sum(rounds.map(({ ours }) => ours.cpu));
  return [
    {
      work: `${MAILS} mails saved and searchable`,
      ours: rate('ours'),
      floor: rate('least'),
      ratio: median(rounds.map(({ ours, least }) => least.seconds / ours.seconds)),
      goal: { atLeast: 0.85 },
      note: `${passages} passages, by processor time ${cpu.toFixed(2)}×`,
    },
  ];
};

interface Spent {
  readonly seconds: number;
  /** CPU seconds of all of the process's threads: other work on the machine changes it little. */
  readonly cpu: number;
}

async function spent(pid: number, work: () => Promise<void>): Promise<Spent> {
  const [start, before] = [performance.now(), processorTime(pid)];
  await work();
  return { seconds: (performance.now() - start) / 1_000, cpu: processorTime(pid) - before };
}

/** NaN where /proc doesn't exist. */
function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

async function cut(embedder: ReturnType<typeof createMiniLmEmbedder>, mails: readonly string[]): Promise<string[]> {
  const passages: string[] = [];
  for (const mail of mails)
    for (const { start, end } of await embedder.passages(mail)) passages.push(mail.slice(start, end));
  return passages;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
