import { beforeEach, describe, expect, it } from 'vitest';
import { createStandIn, type StandIn } from '../support/storage-control.js';
import { type Graph, startGraph } from './support.js';

const URI = 'mongodb://anna:password@db.example/';

let control: StandIn;
let graph: Graph;

beforeEach(async () => {
  control = createStandIn();
  graph = await startGraph({ storage: { control } });
});

const MODE = 'mode available reason hint place voyageConfigured embedder { model dimensions note } vectorSearch source';
const CONFIG = `${MODE} settings { name value source variable } secrets { name isSet ending source } overriddenBy savedAt`;

async function tested(settings: object): Promise<string> {
  const { token } = await graph.write<{ token: string }>('testStorageConfig', { settings }, 'token');
  return token;
}

describe('storage settings', () => {
  it('are tested, saved, shown and removed', async () => {
    const settings = { mongodb: { connectionString: URI, voyageApiKey: 'pa-0123456789' } };
    const fields = 'passed checks { name outcome ms message hint } token expiresAt projectIds';
    const { token, ...outcome } = await graph.write<{ token: string }>('testStorageConfig', { settings }, fields);
    expect(outcome).toMatchObject({
      passed: true,
      checks: [{ name: 'CONNECT', outcome: 'PASSED', ms: 3, message: 'Connected.', hint: null }],
      expiresAt: expect.any(String),
      projectIds: [],
    });
    const saved = await graph.write('saveStorageConfig', { settings, token }, `config { ${CONFIG} } overriddenBy`);
    expect(saved).toMatchObject({
      config: {
        mode: 'MONGODB',
        available: true,
        reason: null,
        voyageConfigured: true,
        source: 'SAVED',
        embedder: { model: 'all-MiniLM-L6-v2', dimensions: 384, note: null },
        vectorSearch: 'EMBEDDED',
        secrets: [
          { name: 'connectionString', isSet: true, ending: 'ple/', source: 'SAVED' },
          { name: 'voyageApiKey', isSet: true, ending: '6789', source: 'SAVED' },
        ],
      },
      overriddenBy: [],
    });
    const { storageConfig } = await graph.ask<{ storageConfig: { modes: unknown[] } }>(
      `{ storageConfig { modes { ${CONFIG} } } }`,
    );
    expect(storageConfig.modes).toContainEqual((saved as { config: object }).config);
    expect(storageConfig.modes).toHaveLength(3);
    expect(await graph.write('removeStorageConfig', { mode: 'MONGODB' }, 'config { available }')).toMatchObject({
      config: { available: false },
    });
  });

  it('are not saved without the token of their test', async () => {
    const settings = { file: { path: '/srv/files' } };
    const token = await tested({ file: { path: '/srv/other' } });
    expect(await graph.mutate('saveStorageConfig', { settings, token }, 'overriddenBy')).toMatchObject({
      __typename: 'ConfirmationError',
      code: 'CONFIRMATION_REQUIRED',
    });
  });

  it('must be of exactly one mode', async () => {
    const query = 'mutation ($s: StorageSettings!) { testStorageConfig(input: { settings: $s }) { __typename } }';
    for (const s of [{}, { file: {}, local: {} }, { mongodb: null }]) {
      expect((await graph.refused(query, { s })).message).toMatch(/exactly one|non-null/i);
    }
  });

  it('can’t be removed while projects depend on them', async () => {
    const settings = { mongodb: { connectionString: URI } };
    await graph.write('saveStorageConfig', { settings, token: await tested(settings) }, 'overriddenBy');
    const { id } = await graph.project();
    const [project] = await graph.factory.catalog.projects.get([id]);
    const document = { ...project!, version: 2, storageMode: 'MONGODB' } as const;
    const change = { kind: 'put', collection: 'projects', operation: 'UPDATE', document } as const;
    const { store } = graph.factory.catalog;
    await store.commit([change], { epoch: 1, actor: 'a', requestId: 'r', at: document.updatedAt });
    const fields = 'overriddenBy } ... on StorageInUseError { projectIds';
    expect(await graph.mutate('removeStorageConfig', { mode: 'MONGODB' }, fields)).toMatchObject({
      __typename: 'StorageInUseError',
      code: 'STORAGE_IN_USE',
      projectIds: [id],
    });
  });
});

describe('the places of the storage modes', () => {
  const HEALTH = `mode ok isReachable latencyMs place collections { name count } indexes missingIndexes
    pool { inUse idle max } lastError { message at } problems`;

  it('report their health', async () => {
    const query = `{ all: storageHealth { mode } one: storageHealth(mode: MONGODB) { ${HEALTH} } }`;
    const { all, one } = await graph.ask<{ all: unknown[]; one: unknown[] }>(query);
    expect(all).toHaveLength(3);
    expect(one).toEqual([
      {
        mode: 'MONGODB',
        ok: true,
        isReachable: true,
        latencyMs: 1.5,
        place: '/data/MONGODB',
        collections: [{ name: 'tasks', count: 3 }],
        indexes: ['tasks.status'],
        missingIndexes: ['tasks.createdAt'],
        pool: { inUse: 1, idle: 2, max: 10 },
        lastError: null,
        problems: [],
      },
    ]);
  });

  it('are repaired', async () => {
    expect(await graph.write('repairStorage', { mode: 'FILE' }, `repaired health { ${HEALTH} }`)).toMatchObject({
      repaired: ['index tasks.createdAt of FILE'],
      health: { mode: 'FILE' },
    });
    expect(await graph.mutate('repairStorage', { mode: 'MONGODB' }, 'repaired')).toMatchObject({
      __typename: 'StorageModeUnavailableError',
    });
  });

  it('list projects stored there that can be attached', async () => {
    const projectId = `prj_${'0'.repeat(18)}aaaaaaaa`;
    control.lying.FILE = [{ projectId, manifest: null, epoch: 1 }];
    const query = `{ attachableProjects(mode: FILE) {
      projectId mode canAttach reason hint name description path createdAt deletedAt } }`;
    expect(await graph.ask(query)).toEqual({
      attachableProjects: [
        {
          projectId,
          mode: 'FILE',
          canAttach: false,
          reason: expect.any(String),
          hint: expect.any(String),
          name: null,
          description: null,
          path: null,
          createdAt: null,
          deletedAt: null,
        },
      ],
    });
    expect(await graph.mutate('attachProject', { mode: 'FILE', projectId }, 'project { id }')).toMatchObject({
      __typename: 'StoreError',
      code: 'STORE_DAMAGED',
    });
  });
});

describe('a project', () => {
  it('reports the usage of its embeddings', async () => {
    const { id } = await graph.project();
    graph.services.usage.record({ projectId: id, model: 'voyage-3-large', requests: 2, tokens: 3e9, dollars: 540 });
    const query = `query ($id: ID!, $from: String) {
      project(by: { id: $id }) { usage(from: $from) { day model requests tokens dollars } } }`;
    const day = new Date().toISOString().slice(0, 10);
    expect(await graph.ask(query, { id })).toEqual({
      project: { usage: [{ day, model: 'voyage-3-large', requests: 2, tokens: 3e9, dollars: 540 }] },
    });
    const { originalError } = await graph.refused(query, { id, from: 'yesterday' });
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field: 'from' });
  });

  it('is not moved by an update', async () => {
    const { id, version } = await graph.project();
    const query = 'query ($id: ID!) { project(by: { id: $id }) { storageMode } }';
    const { project } = await graph.ask<{ project: { storageMode: string } }>(query, { id });
    const other = project.storageMode === 'LOCAL' ? 'FILE' : 'LOCAL';
    const update = (storageMode: string) =>
      graph.mutate('updateProject', { id, version, storageMode }, 'project { id }');
    expect(await update(other)).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'storageMode',
      hint: expect.stringContaining('startMigration'),
    });
    expect(await update(project.storageMode)).toMatchObject({ project: { id } });
  });
});
