import { afterAll, beforeAll, describe } from 'vitest';
import { type VectorIndexHarness, vectorIndexContract } from '../contract/vector-index.js';
import { type AtlasProcess, type AtlasProcessOptions, openAtlas, passagesOf, whenReady } from '../support/atlas.js';
import { amount } from '../support/extent.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../support/mongodb.js';
import { type SearchProxy, startSearchProxy } from '../support/search-proxy.js';

let projects = 0;

/** An empty index: of a project of its own, in a database that others have used. */
async function harness(
  uri: string,
  database: string,
  options: AtlasProcessOptions & { readonly isReady: boolean },
): Promise<VectorIndexHarness> {
  projects += 1;
  const projectId = `prj_${projects}`;
  const opened: AtlasProcess[] = [];
  const open = async () => {
    const atlas = openAtlas(uri, database, { ...options, projectId });
    opened.push(atlas);
    if (options.isReady) await whenReady(atlas);
    return atlas.index;
  };
  return {
    index: await open(),
    join: open,
    async cleanUp() {
      await passagesOf(opened[0]!).deleteMany({ project: projectId });
      for (const each of opened) await each.close();
    },
  };
}

describe.skipIf(mongoUnavailable)('vectors in MongoDB', () => {
  let proxy: SearchProxy;
  const databases = [freshDatabase(), freshDatabase(), freshDatabase()] as const;
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterAll(async () => {
    await proxy.stop();
    for (const database of databases) await dropDatabase(database);
  });

  describe('found by the index alone', () =>
    vectorIndexContract(() => harness(proxy.uri, databases[0], { isReady: true, forgetsRecent: true }), {
      passages: amount({ quick: 600, all: 3_000 }),
    }));

  describe('that the index has not seen yet', () => {
    beforeAll(() => proxy.mongot.lag());
    afterAll(() => proxy.mongot.catchUp());
    vectorIndexContract(() => harness(proxy.uri, databases[1], { isReady: true }), {
      passages: amount({ quick: 600, all: 2_000 }),
    });
  });

  describe('on a server without search', () =>
    vectorIndexContract(() => harness(sharedMongo(), databases[2], { isReady: false }), {
      passages: amount({ quick: 600, all: 2_000 }),
    }));
});
