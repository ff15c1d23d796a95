import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/processes.js';

describe('a server', () => {
  let data: string;
  let server: Running;
  afterEach(async () => {
    await server.stop();
    await rm(data, { recursive: true });
  });

  const start = async () => {
    data = await mkdtemp(join(tmpdir(), 'mooring-offline-'));
    const preload = `--import ${process.cwd()}/dist/test/support/no-network.js`;
    server = await startMooring(data, { NODE_OPTIONS: preload, MOORING_OFFLINE: '1' });
    let said = '';
    server.process.stderr!.on('data', (part: Buffer) => {
      said += part.toString();
    });
    return { api: createApi(server.url), heard: () => said };
  };

  it('reaches for no other machine while memories are saved, embedded and found', async () => {
    const { api, heard } = await start();
    const projectId = await api.createProject();
    await api.mutate('saveMemory', { projectId, role: 'USER', content: 'The ferry leaves at nine.' }, 'memory { id }');
    const { project } = await api.ask<{ project: { searchMemories: { answeredBy: string; hits: unknown[] } } }>(
      'query S($id: ID!) { project(by: { id: $id }) { searchMemories(query: "when does the boat go?") { answeredBy hits { score } } } }',
      { id: projectId },
    );
    expect(project.searchMemories).toMatchObject({ answeredBy: 'HYBRID', hits: [{}] });
    await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(heard()).not.toContain('OUTGOING');
  });
});
