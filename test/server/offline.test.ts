import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { settled } from '../support/server.js';

describe('a server', () => {
  let data: string;
  let server: Running;
  afterEach(async () => {
    await server.stop();
    await rm(data, { recursive: true });
  });

  const start = async (environment: Record<string, string> = { MOORING_OFFLINE: '1' }) => {
    data = await mkdtemp(join(tmpdir(), 'mooring-offline-'));
    const preload = `--import ${process.cwd()}/dist/test/support/machine/no-network.js`;
    server = await startMooring(data, { NODE_OPTIONS: preload, ...environment });
    let said = '';
    server.process.stderr!.on('data', (part: Buffer) => {
      said += part.toString();
    });
    return { api: createApi(server.url), outgoing: () => said };
  };

  it('contacts no other machine while memories are saved, embedded and found', async () => {
    const { api, outgoing } = await start();
    const projectId = await api.createProject();
    await api.mutate('saveMemory', { projectId, role: 'USER', content: 'The ferry leaves at nine.' }, 'memory { id }');
    await settled(api, projectId);
    const { project } = await api.ask<{ project: { searchMemories: { answeredBy: string; hits: unknown[] } } }>(
      'query S($id: ID!) { project(by: { id: $id }) { searchMemories(query: "when does the boat go?") { answeredBy hits { score } } } }',
      { id: projectId },
    );
    expect(project.searchMemories).toMatchObject({ answeredBy: 'HYBRID', hits: [{}] });
    await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(outgoing()).not.toContain('OUTGOING');
  });

  it('leaves nothing outside its data directory: its libraries keep no record of what they do for their makers', async () => {
    const home = await mkdtemp(join(tmpdir(), 'mooring-home-'));
    const { api } = await start({ HOME: home, XDG_CACHE_HOME: join(home, '.cache'), TMPDIR: home });
    const projectId = await api.createProject();
    await api.mutate('saveMemory', { projectId, role: 'USER', content: 'The ferry leaves at nine.' }, 'memory { id }');
    await settled(api, projectId);
    const { project } = await api.ask<{ project: { searchMemories: { answeredBy: string } } }>(
      'query S($id: ID!) { project(by: { id: $id }) { searchMemories(query: "boat") { answeredBy } } }',
      { id: projectId },
    );
    expect(project.searchMemories.answeredBy).toBe('HYBRID');
    expect(await readdir(home, { recursive: true })).toEqual([]);
    await rm(home, { recursive: true });
  });

  const ELSEWHERE = {
    MONGODB_URI: 'mongodb://database.invalid/?tls=true',
    VOYAGE_AI_API_KEY: 'pa-nothing',
    CHROMA_URL: 'https://chroma.invalid',
  };

  it('that is offline never contacts the configured services, not even to test them', async () => {
    const { api, outgoing } = await start({ MOORING_OFFLINE: '1', ...ELSEWHERE });
    await expect(api.createProject({ storageMode: 'MONGODB' })).rejects.toMatchObject({
      code: 'STORAGE_MODE_UNAVAILABLE',
      message: expect.stringContaining('MOORING_OFFLINE'),
    });
    const projectId = await api.createProject();
    await api.mutate('saveMemory', { projectId, role: 'USER', content: 'The ferry leaves at nine.' }, 'memory { id }');
    for (const settings of [{ mongodb: { database: 'other' } }, { local: { chromaDatabase: 'other' } }]) {
      expect(await api.mutate('testStorageConfig', { settings }, 'passed token')).toEqual({
        passed: false,
        token: null,
      });
    }
    expect(await api.ask('{ storageHealth { mode ok } }')).toMatchObject({
      storageHealth: expect.arrayContaining([{ mode: 'MONGODB', ok: false }]),
    });
    expect(outgoing()).not.toContain('OUTGOING');
  });

  it('that is not offline is caught contacting them', async () => {
    const { api, outgoing } = await start(ELSEWHERE);
    await api.ask('{ storageHealth(mode: MONGODB) { ok } }');
    expect(outgoing()).toContain('OUTGOING database.invalid');
  });
});
