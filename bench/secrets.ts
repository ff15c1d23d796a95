import { readdir, readFile } from 'node:fs/promises';
import { findSecrets } from '../src/secrets/find.js';
import { redactText } from '../src/secrets/redact.js';
import { startMooring, temporaryFolder } from '../test/support/machine/processes.js';
import { createProject } from './fixtures.js';
import { load, type Shot } from './load.js';
import { readMails } from './mails.js';
import { type Bench, interleaved, median, type Row } from './measure.js';

/** How often both servers are measured in turn, and for how long. */
const ROUNDS = 25;
const SECONDS = 0.6;

/** The scanner by itself, and what it adds to a save. */
export const bench: Bench = async () => {
  const texts = { sources: await read('src', '.ts'), prose: await read('docs', '.md'), mails: await mails() };
  const rows: Row[] = [];
  for (const [kind, each] of Object.entries(texts)) if (each.length > 0) rows.push(await scanned(kind, each));
  rows.push(await scanned('texts of 1 KB', pieces(texts.prose, 1_024)), await inTime());
  for (const size of [1_024, 16_384]) {
    rows.push(...(await saved(pieces([...texts.prose, ...texts.sources], size), size)));
  }
  return rows;
};

/** Time by KB, against a loop that reads each character and does nothing with it. */
async function scanned(kind: string, texts: readonly string[]): Promise<Row> {
  const size = texts.reduce((sum, text) => sum + text.length, 0) / 1_024;
  const time = (work: (text: string) => unknown) => async () => {
    const start = performance.now();
    for (const text of texts) work(text);
    return (performance.now() - start) / size;
  };
  const [ours, floor] = await interleaved(15, [time(redactText), time(readThrough)]);
  const found = texts.reduce((sum, text) => sum + findSecrets(text).length, 0);
  return {
    work: `scan ${kind}, by KB`,
    ours: microseconds(ours!),
    floor: microseconds(floor!),
    ratio: ours! / floor!,
    goal: { atMost: 8 },
    note: `${ours! <= 0.15 ? 'within' : 'MORE THAN'} 0.15 ms; ${found} found in ${Math.round(size).toLocaleString('en')} KB`,
  };
}

function readThrough(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum += text.charCodeAt(at);
  return sum;
}

/** Texts made of beginnings of secrets: twice the text takes about twice the time. */
async function inTime(): Promise<Row> {
  const length = 131_072;
  const beginnings = [
    ...[
      '-----BEGIN PRIVATE KEY-----\n',
      '://',
      '://a:',
      'eyJ',
      'eyJaaaaaaaaa.eyJ',
      'password=',
      'password="',
      'token=a1',
    ],
    ...['secret_access_key', 'a', ' ', '=', 'ghp_', 'xoxb-1-', 'sk-ant-api03-AAAA', 'ops_eyA=', 'Bearer a', 'SG.a.'],
  ];
  const ratios: number[] = [];
  for (const beginning of beginnings) {
    const text = beginning.repeat((2 * length) / beginning.length);
    const parts = [text, text.slice(0, length)];
    const times = parts.map(() => Number.POSITIVE_INFINITY);
    // The shortest of several times: the others had to share the processor.
    for (let round = 0; round < 9; round += 1) {
      for (const [index, part] of parts.entries()) {
        const start = performance.now();
        findSecrets(part);
        times[index] = Math.min(times[index]!, performance.now() - start);
      }
    }
    ratios.push(times[0]! / times[1]!);
  }
  const worst = Math.max(...ratios);
  return {
    work: `scan texts made of beginnings of secrets, ${beginnings.length} kinds: twice the length`,
    ours: `${worst.toFixed(1)}× the time, at worst`,
    floor: `${median(ratios).toFixed(1)}×, median`,
    ratio: worst,
    goal: { atMost: 4 },
  };
}

/** Saves at a server that redacts against one that doesn't look. */
async function saved(texts: readonly string[], size: number): Promise<readonly Row[]> {
  const servers = await Promise.all(
    ['redact', 'off'].map(async (policy) => {
      const folder = await temporaryFolder();
      const server = await startMooring(folder.path, { MOORING_SECRETS: policy });
      const { id } = await createProject(server.url, folder.path);
      return { folder, server, projectId: id };
    }),
  );
  const rows: Row[] = [];
  for (const clients of [1, 50]) {
    const times: (readonly [ours: number, floor: number])[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const [ours, floor] = await interleaved(
        1,
        servers.map(({ server, projectId }) => async () => {
          const next = (client: number, sent: number) =>
            save(projectId, texts[(round * 97 + client * 31 + sent) % texts.length]!);
          return 1_000 / (await load(server.url, clients, SECONDS, next)).rate;
        }),
      );
      times.push([ours!, floor!]);
    }
    rows.push({
      work: `saveMemory of ${size / 1_024} KB, ${clients} client${clients > 1 ? 's' : ''}, scanned`,
      ours: microseconds(median(times.map(([ours]) => ours))),
      floor: microseconds(median(times.map(([, floor]) => floor))),
      // Of each round: what the machine does besides changes from one to the next.
      ratio: median(times.map(([ours, floor]) => ours / floor)),
      goal: { atMost: 1.15 },
      note: 'by save; against `MOORING_SECRETS=off`',
    });
  }
  for (const { folder, server } of servers) {
    await server.stop();
    await folder.remove();
  }
  return rows;
}

const save = (projectId: string, content: string): Shot => ({
  method: 'POST',
  path: '/graphql',
  body: JSON.stringify({
    query:
      'mutation S($input: SaveMemoryInput!) { saveMemory(input: $input) { ... on SaveMemoryPayload { memory { id } } } }',
    variables: { input: { projectId, role: 'USER', content } },
  }),
});

async function read(folder: string, extension: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.filter((name) => name.endsWith(extension)).map((name) => readFile(`${folder}/${name}`, 'utf8')),
  );
}

/** None, with a word about it, when they can't be fetched. */
async function mails(): Promise<readonly string[]> {
  try {
    return (await readMails(2_000)).map(({ text }) => text);
  } catch (error) {
    console.error(`The mails are left out: ${error instanceof Error ? error.message : error}`);
    return [];
  }
}

function pieces(texts: readonly string[], length: number): readonly string[] {
  const all = texts.join('\n');
  return Array.from({ length: Math.floor(all.length / length) }, (_, index) =>
    // Made anew, as a request's texts are: not a piece that shares the memory of the whole.
    Buffer.from(all.slice(index * length, (index + 1) * length)).toString(),
  );
}

const microseconds = (value: number): string => `${(value * 1_000).toFixed(1)} µs`;
