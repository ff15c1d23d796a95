import { afterAll, beforeAll, describe } from 'vitest';
import { createChromaConnection } from '../../src/search/chroma/connection.js';
import { createChromaIndex } from '../../src/search/chroma/index.js';
import { silentLogger } from '../../src/search/logger.js';
import { DIMENSIONS, vectorIndexContract } from '../contract/vector-index.js';
import { chromaUnavailable, startChroma, type TestChroma } from '../support/chroma.js';

const model = { name: 'test/model:int8', dimensions: DIMENSIONS };

describe.skipIf(chromaUnavailable !== null)('vectors on a Chroma server', () => {
  let chroma: TestChroma;
  let projects = 0;
  beforeAll(async () => {
    chroma = await startChroma();
  });
  afterAll(() => chroma?.stop());

  const connect = () =>
    createChromaConnection({ url: chroma.url, token: null, tenant: 'default_tenant', database: 'default_database' });

  vectorIndexContract(async () => {
    projects += 1;
    const projectId = `prj_${projects}`;
    const connections = [connect()];
    const open = (connection = connections[0]!) =>
      createChromaIndex({ connection, projectId, model, logger: silentLogger });
    const index = open();
    return {
      index,
      async join() {
        connections.push(connect());
        return open(connections.at(-1));
      },
      async cleanUp() {
        await index.clear();
        for (const connection of connections) connection.close();
      },
    };
  });
});
