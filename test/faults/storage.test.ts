import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { listening, type Running, spawnMooring } from '../support/machine/processes.js';
import { freshDatabase, type MongoServer, mongoUnavailable, startMongo } from '../support/mongodb/mongodb.js';
import { chromaUnavailable, startChroma, type TestChroma } from '../support/search/chroma.js';
import { startVoyage, type VoyageDouble } from '../support/voyage/voyage.js';

const unavailable = mongoUnavailable ?? chromaUnavailable;
const CANARY = 'canary-8f2b61d04c';

/** A server whose projects live everywhere, each place in a process of its own. */
describe.skipIf(unavailable)(`a server with every storage mode${unavailable ? ` (${unavailable})` : ''}`, () => {
  let data: string;
  let mongo: MongoServer;
  let chroma: TestChroma;
  let voyage: VoyageDouble;
  let server: Running;
  let api: Api;
  const output: string[] = [];
  const replies: string[] = [];
  const projects = { LOCAL: '', FILE: '', MONGODB: '' };

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'mooring-storage-'));
    [mongo, chroma, voyage] = await Promise.all([
      startMongo({ auth: true }),
      startChroma(),
      startVoyage({ key: `pa-${CANARY}-voyage` }),
    ]);
    const child = spawnMooring(data, { MOORING_LOG_LEVEL: 'debug' });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => output.push(String(chunk)));
    server = await listening(child);
    api = keeping(createApi(server.url), replies);
  });
  afterAll(async () => {
    await server?.stop();
    await Promise.all([mongo?.stop(), chroma?.stop(), voyage?.stop()]);
    await rm(data, { recursive: true });
  });

  const mongoSettings = (change: object = {}) => ({
    mongodb: {
      connectionString: mongo.uri,
      database: DATABASE,
      voyageApiKey: voyage.key,
      voyageBaseUrl: voyage.url,
      ...change,
    },
  });
  const DATABASE = freshDatabase();

  it('applies settings that have passed their test, at once', async () => {
    const refused = await testSettings(api, mongoSettings({ connectionString: mongo.uri.replace('@', `${CANARY}@`) }));
    expect(refused).toMatchObject({ passed: false, token: null });
    expect(refused.checks.find(({ outcome }) => outcome === 'FAILED')).toMatchObject({ name: 'AUTHENTICATION' });

    const local = { local: { chromaUrl: chroma.url, chromaToken: `${CANARY}-chroma` } };
    for (const settings of [mongoSettings(), local]) {
      const { passed, token, checks } = await testSettings(api, settings);
      expect(checks.filter(({ outcome }) => outcome === 'FAILED')).toEqual([]);
      expect(passed).toBe(true);
      await api.mutate('saveStorageConfig', { settings, token }, 'config { available }');
    }
    const { storageConfig } = await api.ask<{ storageConfig: { modes: object[] } }>(
      '{ storageConfig { modes { mode available vectorSearch embedder { model } voyageConfigured secrets { name isSet ending } } } }',
    );
    expect(storageConfig.modes).toMatchObject([
      { mode: 'LOCAL', available: true, vectorSearch: 'CHROMA' },
      { mode: 'MONGODB', available: true, voyageConfigured: true, embedder: { model: 'voyage-3-large/1024' } },
      { mode: 'FILE', available: true },
    ]);
    for (const mode of Object.keys(projects) as (keyof typeof projects)[]) {
      projects[mode] = await api.createProject({ name: mode, storageMode: mode });
      await save(api, projects[mode], 'A lighthouse on the rock');
      await found(api, projects[mode], 'lighthouse rock', 'HYBRID');
    }
  });

  it('serves the projects of the other modes while MongoDB is killed, and reconnects within seconds', async () => {
    await mongo.kill();
    let isOver = false;
    const refused = save(api, projects.MONGODB, 'never')
      .catch((error: { code: string }) => error)
      .finally(() => {
        isOver = true;
      });
    for (const mode of ['LOCAL', 'FILE'] as const) {
      await save(api, projects[mode], 'Another lighthouse');
      await found(api, projects[mode], 'another', 'HYBRID');
    }
    // The other modes don't wait for the missing one.
    expect(isOver).toBe(false);
    expect(await refused).toMatchObject({ code: expect.stringMatching(/^STORE_(UNAVAILABLE|TIMEOUT)$/) });
    const health = await healthOf(api, 'MONGODB');
    expect(health).toMatchObject({ ok: false, isReachable: false });
    await mongo.restart();
    await until(() => save(api, projects.MONGODB, 'Back again').then(() => true));
    await found(api, projects.MONGODB, 'lighthouse rock', 'HYBRID');
    await until(async () => (await healthOf(api, 'MONGODB')).ok);
  });

  it('answers by words while Chroma or Voyage is away, and by meaning once they are back', async () => {
    await chroma.kill();
    await voyage.stop();
    for (const mode of ['LOCAL', 'MONGODB'] as const) {
      await save(api, projects[mode], `Saved while ${mode} is without vectors`);
      await found(api, projects[mode], 'without vectors', 'TEXT');
    }
    await chroma.restart();
    await voyage.start();
    for (const mode of ['LOCAL', 'MONGODB'] as const) await found(api, projects[mode], 'without vectors', 'HYBRID');
  });

  it('says what its embeddings cost', async () => {
    const { project } = await api.ask<{ project: { usage: { model: string; tokens: number; dollars: number }[] } }>(
      'query ($id: ID!) { project(by: { id: $id }) { usage { day model requests tokens dollars } } }',
      { id: projects.MONGODB },
    );
    expect(project.usage).toEqual([expect.objectContaining({ model: 'voyage-3-large', requests: expect.any(Number) })]);
    expect(project.usage[0]!.tokens).toBeGreaterThan(0);
  });

  it('leaves no secret in its log, its answers, its errors or on its disk', async () => {
    await server.stop();
    const password = new URL(mongo.uri).password;
    const disk = await Promise.all(
      (await readdir(data, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
    );
    expect(output.join('').length + replies.join('').length).toBeGreaterThan(1_000);
    for (const secret of [CANARY, password, mongo.uri]) {
      for (const text of [...output, ...replies, ...disk]) expect(text.includes(secret), secret).toBe(false);
    }
  });
});

interface Tested {
  readonly passed: boolean;
  readonly token: string | null;
  readonly checks: readonly { readonly name: string; readonly outcome: string; readonly message: string }[];
}

const testSettings = (api: Api, settings: object) =>
  api.mutate<Tested>('testStorageConfig', { settings }, 'passed token checks { name outcome ms message hint }');

const save = (api: Api, projectId: string, content: string) =>
  api.mutate('saveMemory', { projectId, content, role: 'USER' }, 'memory { id }');

/** Resolves when a search finds something in this way. */
async function found(api: Api, id: string, query: string, by: string): Promise<void> {
  interface Answer {
    readonly project: {
      readonly searchMemories: {
        readonly answeredBy: string;
        readonly hits: readonly object[];
        readonly pending: number;
      };
    };
  }
  await until(async () => {
    const { project } = await api.ask<Answer>(
      'query ($id: ID!, $query: String!) { project(by: { id: $id }) { searchMemories(query: $query) { answeredBy pending hits { score } } } }',
      { id, query },
    );
    const { answeredBy, hits, pending } = project.searchMemories;
    return hits.length > 0 && answeredBy === by && (by === 'TEXT' || pending === 0);
  });
}

async function healthOf({ ask }: Api, mode: string): Promise<{ ok: boolean; isReachable: boolean }> {
  const query = `{ storageHealth(mode: ${mode}) { ok isReachable latencyMs place problems lastError { message } } }`;
  return (await ask<{ storageHealth: { ok: boolean; isReachable: boolean }[] }>(query)).storageHealth[0]!;
}

/** Retries until it holds; the last error is thrown when that takes too long. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 30_000;
  for (;;) {
    const last = performance.now() > end;
    if (
      await holds().catch((error: unknown) => {
        if (last) throw error;
        return false;
      })
    )
      return;
    if (last) throw new Error('It did not come to hold within 30 s.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The same API, with everything it answers kept. */
function keeping(api: Api, replies: string[]): Api {
  const kept =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        const answer = await call(...args);
        replies.push(JSON.stringify(answer));
        return answer;
      } catch (error) {
        replies.push(String(error), JSON.stringify(error));
        throw error;
      }
    };
  return { ...api, ask: kept(api.ask) as Api['ask'], mutate: kept(api.mutate) as Api['mutate'] };
}
