import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Embedder } from '../src/embedding/embedder.js';
import { createAtlasIndex } from '../src/search/atlas/atlas-index.js';
import { createAtlasSupport } from '../src/search/atlas/support.js';
import type { ProjectSearch } from '../src/search/contract.js';
import { silentLogger } from '../src/search/contract.js';
import { createProjectSearch } from '../src/search/create-search.js';
import { memories, PROJECT_COLLECTIONS } from '../src/storage/collections.js';
import { createSqliteStore } from '../src/storage/sqlite/store.js';
import { createWriter } from '../src/storage/sqlite/writer.js';
import { temporaryFolder } from '../test/support/machine/processes.js';
import { startMongo } from '../test/support/mongodb/server.js';
import { benchMemory, fill } from './fixtures.js';
import { type Bench, median, milliseconds, timed } from './measure.js';
import { createRandom, createVectors, text } from './words.js';

const COUNT = 3_000;
const DIMENSIONS = 384;
const RUNS = 200;

/** A search by the embedded index over vectors that MongoDB keeps, once warm, against the same search of a LOCAL project. */
export const bench: Bench = async () => {
  const folder = await temporaryFolder();
  const mongo = await startMongo();
  const client = new MongoClient(mongo.uri);
  const db = client.db('bench');
  const embedder = createFastEmbedder();
  const { model } = embedder;
  const support = createAtlasSupport({ db, dimensions: DIMENSIONS, logger: silentLogger });
  const archive = createAtlasIndex({ db, projectId: 'prj_bench', model, support });

  const writer = createWriter();
  const path = join(folder.path, 'store.db');
  const store = await createSqliteStore({ path, collections: PROJECT_COLLECTIONS, writer, create: { epoch: 1 } });
  const random = createRandom(COUNT);
  const documents = Array.from({ length: COUNT }, (_, n) =>
    benchMemory(n, 'abcdefgh', { content: `${n} ${text(random, 20)}` }),
  );
  await fill(path, memories.name, documents);
  const open = (name: string) => ({ store, embedder, path: join(folder.path, name) });
  const archived = createProjectSearch({ ...open('archived.db'), archive });
  const local = createProjectSearch(open('local.db'));
  await Promise.all([archived.settled(), local.settled()]);

  const ask = (search: ProjectSearch) => async (run: number) => {
    const { answeredBy } = await search.memories({ text: `query ${run}`, mode: 'VECTOR', limit: 10, filter: {} });
    if (answeredBy !== 'VECTOR') throw new Error(`A search was answered by ${answeredBy}.`);
  };
  for (const search of [archived, local]) await timed(10, ask(search));
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(...(await timed(1, () => ask(archived)(run))));
    floor.push(...(await timed(1, () => ask(local)(run))));
  }

  for (const search of [archived, local]) await search.close();
  await support.close();
  await client.close();
  await mongo.stop();
  await store.close();
  await writer.close();
  await folder.remove();
  return [
    {
      work: `embedded search over vectors in MongoDB, ${COUNT.toLocaleString('en')} memories, against LOCAL`,
      ours: milliseconds(median(ours)),
      floor: milliseconds(median(floor)),
      ratio: median(ours) / median(floor),
      goal: { atMost: 1.2 },
    },
  ];
};

/** Vectors that cost nothing, so that only the search is measured. */
function createFastEmbedder(): Embedder {
  const makeVector = createVectors(createRandom(7), DIMENSIONS);
  return {
    model: { name: 'bench', dimensions: DIMENSIONS, maxBatch: 100, maxBatchBytes: 1_000_000, lanes: 2 },
    passages: async (content) => [{ start: 0, end: content.length }],
    embedDocuments: async (texts) => texts.map(makeVector),
    embedQuery: async () => makeVector(),
    close: async () => {},
  };
}
