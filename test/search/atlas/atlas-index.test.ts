import { afterAll, beforeAll, describe } from 'vitest';
import { type VectorIndexHarness, vectorIndexContract } from '../../contract/vector-index.js';
import { amount, cases } from '../../support/extent.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import {
  type AtlasProcess,
  type AtlasProcessOptions,
  openAtlas,
  passagesOf,
  whenReady,
} from '../../support/search/atlas.js';
import { type SearchProxy, startSearchProxy } from '../../support/search/search-proxy.js';

/** What doesn't depend on how a search is answered is tried once, except in a full run. */
const IS_QUICK = !cases([false], [true]).includes(true);
let projects = 0;

/** An empty index: of a project of its own, in a database that others may have used. */
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
  const databases: string[] = [];
  const makeDatabase = () => {
    databases.push(freshDatabase());
    return databases.at(-1)!;
  };
  beforeAll(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterAll(async () => {
    await proxy.stop();
    for (const database of databases) await dropDatabase(database);
  });

  describe('found by the index alone', () => {
    const database = makeDatabase();
    vectorIndexContract(() => harness(proxy.uri, database, { isReady: true, forgetsRecent: true }), {
      passages: amount({ quick: 600, all: 3_000 }),
    });
  });

  describe('that the index has not seen yet', () => {
    beforeAll(() => proxy.mongot.lag());
    afterAll(() => proxy.mongot.catchUp());
    // It indexes a collection that is new to it at the first search, and lags from then on.
    vectorIndexContract(() => harness(proxy.uri, makeDatabase(), { isReady: true }), {
      isSearchedOnly: IS_QUICK,
      passages: amount({ quick: 600, all: 2_000 }),
    });
  });

  describe('on a server without search', () => {
    const database = makeDatabase();
    vectorIndexContract(() => harness(sharedMongo(), database, { isReady: false }), {
      isSearchedOnly: IS_QUICK,
      passages: amount({ quick: 600, all: 2_000 }),
    });
  });
});
