import { afterEach, expect, it } from 'vitest';
import { createVoyageClient } from '../../src/embedding/voyage/client.js';
import { createVoyageEmbedder } from '../../src/embedding/voyage/voyage.js';
import { createBenches, memory } from '../support/search/search.js';
import { startVoyage } from '../support/voyage/voyage.js';

const benches = createBenches();
afterEach(() => benches.cleanUp());

it('a thousand pending memories need ten requests, four at a time', async () => {
  const voyage = await startVoyage();
  const client = createVoyageClient({ apiKey: voyage.key, model: 'voyage-3-large', baseUrl: voyage.url });
  const embedder = createVoyageEmbedder({ client });
  const bench = await benches.open({ embedder });
  const release = voyage.hold();
  try {
    await bench.create(...Array.from({ length: 1_000 }, (_, n) => memory(`note ${n} of a thousand`)));
    await expect.poll(() => voyage.requests.length).toBe(4);
    release();
    await bench.search.settled();
    expect(await bench.search.status()).toMatchObject({ searchable: 1_000, pending: 0 });
    expect(voyage.requests).toHaveLength(10);
    expect(voyage.peak).toBe(4);
  } finally {
    await bench.search.close();
    await embedder.close();
    await client.close();
    await voyage.stop();
  }
});
