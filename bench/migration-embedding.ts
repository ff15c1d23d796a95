import { createMiniLmEmbedder } from '../src/embedding/minilm/minilm.js';
import { memories } from '../src/storage/collections.js';
import { at, benchMemory } from './fixtures.js';
import { type Bench, interleaved, perSecond } from './measure.js';
import { copyAll } from './migration-copy.js';
import { createPlaces, SOURCE_EPOCH, TARGET_EPOCH } from './migration-places.js';
import { createRandom, text } from './words.js';

const MEMORIES = 192;
const WORDS = 60;

/**
 * A move to another model: MONGODB, whose vectors are no use at the target, to LOCAL. From the first record that is copied
 * until the last memory has its vector and is found, against the embedder alone on the same texts in its own batches.
 */
export const bench: Bench = async () => {
  const embedder = createMiniLmEmbedder();
  const places = await createPlaces();
  const random = createRandom(11);
  const texts = Array.from({ length: MEMORIES }, () => text(random, WORDS));
  const source = await places.open('MONGODB', SOURCE_EPOCH);
  await source.store.commit(
    texts.map((content, index) => ({
      ...{ kind: 'put', collection: memories.name, operation: 'CREATE' },
      document: benchMemory(index, 'abcdefgh', { content }),
    })),
    { epoch: SOURCE_EPOCH, actor: 'bench', requestId: 'fill', at: at(0) },
  );
  await embedder.embedDocuments(texts.slice(0, 8));

  const alone = async () => {
    const { maxBatch, lanes } = embedder.model;
    const pending = [...texts];
    const worker = async () => {
      for (let batch = pending.splice(0, maxBatch); batch.length > 0; batch = pending.splice(0, maxBatch)) {
        for (const each of batch) await embedder.passages(each);
        await embedder.embedDocuments(batch);
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: lanes }, worker));
    return (MEMORIES / (performance.now() - start)) * 1_000;
  };
  const moved = async () => {
    const place = await places.open('LOCAL', TARGET_EPOCH);
    const target = await place.search(embedder);
    const start = performance.now();
    await copyAll(source.store, target.store);
    await target.search.settled();
    const took = performance.now() - start;
    await target.close();
    await place.close();
    return (MEMORIES / took) * 1_000;
  };
  const [floor, ours] = await interleaved(3, [alone, moved]);
  await source.close();
  await places.close();
  await embedder.close();
  return [
    {
      work: `MONGODB → LOCAL, ${MEMORIES} memories embedded again, against the embedder alone`,
      ours: perSecond(ours!),
      floor: perSecond(floor!),
      ratio: ours! / floor!,
      goal: { atLeast: 0.8 },
    },
  ];
};
