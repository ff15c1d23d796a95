import { afterAll, beforeAll, describe } from 'vitest';
import { type VectorIndexHarness, vectorIndexContract } from '../contract/vector-index.js';
import { type AtlasProcess, type AtlasProcessOptions, openAtlas, whenReady } from '../support/atlas.js';
import { amount } from '../support/extent.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb.js';
import { type SearchProxy, startSearchProxy } from '../support/search-proxy.js';

async function harness(uri: string, options: AtlasProcessOptions & { readonly isReady: boolean }) {
  const database = freshDatabase();
  const opened: AtlasProcess[] = [];
  const open = async () => {
    const atlas = openAtlas(uri, database, options);
    opened.push(atlas);
    if (options.isReady) await whenReady(atlas);
    return atlas.index;
  };
  return {
    index: await open(),
    join: open,
    async cleanUp() {
      await dropDatabase(database);
      for (const each of opened) await each.close();
    },
  } satisfies VectorIndexHarness;
}

describe.skipIf(mongoUnavailable)('vectors in MongoDB', () => {
  let proxy: SearchProxy;
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterAll(() => proxy.stop());

  describe('found by the index alone', () =>
    vectorIndexContract(() => harness(proxy.uri, { isReady: true, forgetsRecent: true }), {
      passages: amount({ quick: 600, all: 3_000 }),
    }));

  describe('that the index has not seen yet', () => {
    beforeAll(() => proxy.mongot.lag());
    afterAll(() => proxy.mongot.catchUp());
    vectorIndexContract(() => harness(proxy.uri, { isReady: true }), { passages: amount({ quick: 600, all: 2_000 }) });
  });

  describe('on a server without search', () =>
    vectorIndexContract(() => harness(sharedMongo(), { isReady: false }), {
      passages: amount({ quick: 600, all: 2_000 }),
    }));
});
