import { createVoyageClient } from '../src/embedding/voyage/client.js';
import { createVoyageEmbedder } from '../src/embedding/voyage/voyage.js';
import { startVoyage } from '../test/support/voyage/voyage.js';
import type { Bench } from './measure.js';
import { createRandom, text } from './words.js';

const MEMORIES = 1_000;
/** Roughly how long the service takes for a batch: enough for requests to overlap. */
const MS_PER_TEXT = 1;

/** How many requests the pending memories take, as the indexer sends them, and how many overlap. */
export const bench: Bench = async () => {
  const double = await startVoyage({ msPerText: MS_PER_TEXT });
  const client = createVoyageClient({ apiKey: double.key, baseUrl: double.url, model: 'voyage-3-large' });
  const embedder = createVoyageEmbedder({ client });
  const random = createRandom(MEMORIES);
  const pending = Array.from({ length: MEMORIES }, (_, index) => `${index} ${text(random, 40)}`);
  const take = () => pending.splice(0, embedder.model.maxBatch);
  const worker = async () => {
    for (let batch = take(); batch.length > 0; batch = take()) await embedder.embedDocuments(batch);
  };
  await Promise.all(Array.from({ length: embedder.model.lanes }, worker));
  const requests = double.requests.length;
  const { peak } = double;

  await embedder.close();
  await client.close();
  await double.stop();
  const fewest = MEMORIES / embedder.model.maxBatch;
  return [
    {
      work: `Voyage: requests for ${MEMORIES.toLocaleString('en')} memories`,
      ours: `${requests}`,
      floor: `${fewest}`,
      ratio: requests / fewest,
      goal: { atMost: 1 },
    },
    {
      work: 'Voyage: requests at once',
      ours: `${peak}`,
      floor: `${embedder.model.lanes}`,
      ratio: peak / embedder.model.lanes,
      goal: { atMost: 1 },
      note: peak > 1 ? 'they overlap' : 'they do not overlap',
    },
  ];
};
