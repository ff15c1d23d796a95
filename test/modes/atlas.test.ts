import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mongoUnavailable, sharedMongo } from '../support/mongodb/mongodb.js';
import { Refusal, type SearchProxy, startSearchProxy } from '../support/search/search-proxy.js';
import { type RunningApp, settled, startApp } from '../support/server.js';
import { makeDatabase, makeFolder } from '../support/temporary.js';

/** MongoDB with search, as Atlas has it. */
describe.skipIf(mongoUnavailable)('a project in MongoDB with vector search', () => {
  let proxy: SearchProxy;
  beforeEach(async () => {
    proxy = await startSearchProxy(sharedMongo());
  });
  afterEach(() => proxy.stop());

  const start = async () =>
    startApp(await makeFolder(), {
      MONGODB_URI: `${proxy.uri}?directConnection=true`,
      MONGODB_DATABASE: makeDatabase(),
      MOORING_STORAGE_MODE: 'MONGODB',
    });

  async function find({ ask }: RunningApp, id: string, query: string) {
    interface Answer {
      readonly project: {
        readonly searchMemories: {
          readonly answeredBy: string;
          readonly hits: { readonly node: { readonly content: string } }[];
        };
      };
    }
    const { project } = await ask<Answer>(
      'query ($id: ID!, $query: String!) { project(by: { id: $id }) { searchMemories(query: $query, first: 1) { answeredBy hits { node { content } } } } }',
      { id, query },
    );
    return project.searchMemories;
  }

  it('is searched by the server, and says so', async () => {
    const app = await start();
    const projectId = await app.createProject();
    const memories = ['The ferry leaves at nine.', 'Paint dries slowly.'].map((content) => ({ content, role: 'USER' }));
    await app.mutate('saveMemories', { projectId, memories }, 'memories { id }');
    await settled(app, projectId);
    while (proxy.received === 0) {
      const { answeredBy, hits } = await find(app, projectId, 'when does the boat go?');
      expect([answeredBy, hits[0]!.node.content]).toEqual(['HYBRID', 'The ferry leaves at nine.']);
    }
    const { storageConfig } = await app.ask<{ storageConfig: object }>(
      '{ storageConfig { modes { mode vectorSearch embedder { note } } } }',
    );
    expect(storageConfig).toMatchObject({
      modes: expect.arrayContaining([
        { mode: 'MONGODB', vectorSearch: 'ATLAS', embedder: { note: expect.stringContaining('Voyage') } },
      ]),
    });
  });

  it('is opened, written and searched all the same while the service that manages search is down', async () => {
    proxy.listing = new Refusal(125, 'CommandFailed', 'Error connecting to Search Index Management service.');
    const app = await start();
    const projectId = await app.createProject();
    await app.mutate('saveMemory', { projectId, content: 'The ferry leaves at nine.', role: 'USER' }, 'memory { id }');
    await settled(app, projectId);
    expect((await find(app, projectId, 'when does the boat go?')).hits).toHaveLength(1);
  });
});
