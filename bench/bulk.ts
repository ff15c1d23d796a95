import { createMiniLmEmbedder } from '../src/embedding/minilm/minilm.js';
import { ask, startMooring, temporaryFolder } from '../test/support/processes.js';
import { aProject, settled } from './fixtures.js';
import { readMails } from './mails.js';
import { type Bench, perSecond } from './measure.js';

const MAILS = 600;
const BATCH = 100;

/** Mails saved over the API until all are searchable, against the embedder alone on the same passages. */
export const bench: Bench = async () => {
  const contents = (await readMails(MAILS)).map(({ text }) => text);
  const folder = await temporaryFolder();
  const server = await startMooring(folder.path);
  const { id } = await aProject(server.url, folder.path);
  const start = performance.now();
  for (let from = 0; from < contents.length; from += BATCH) {
    const memories = contents.slice(from, from + BATCH).map((content) => ({ role: 'USER', content }));
    await ask(
      server.url,
      'mutation S($input: SaveMemoriesInput!) { saveMemories(input: $input) { ... on Error { message } __typename } }',
      { input: { projectId: id, memories } },
    );
  }
  await settled(server.url, id);
  const ours = (performance.now() - start) / 1_000;
  await server.stop();
  await folder.remove();

  const embedder = createMiniLmEmbedder();
  const passages: string[] = [];
  for (const content of contents)
    for (const { start: from, end } of await embedder.passages(content)) passages.push(content.slice(from, end));
  await embedder.embedDocuments(passages.slice(0, BATCH));
  const again = performance.now();
  for (let from = 0; from < passages.length; from += BATCH)
    await embedder.embedDocuments(passages.slice(from, from + BATCH));
  const least = (performance.now() - again) / 1_000;
  await embedder.close();
  const rate = (seconds: number) => `${perSecond(passages.length / seconds)} passages`;
  return [
    {
      work: `${MAILS} mails saved and searchable`,
      ours: rate(ours),
      floor: rate(least),
      ratio: least / ours,
      goal: { atLeast: 0.8 },
      note: `${passages.length} passages`,
    },
  ];
};
