import { once } from 'node:events';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi, type Refusal } from '../support/api.js';
import { canMount, mountDisk, remountDisk } from '../support/machine/disk.js';
import { type Running, spawnMooring, startMooring } from '../support/machine/processes.js';

describe('a disk', () => {
  let folder: string;
  const servers: Running[] = [];
  let unmount: (() => void) | null = null;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mooring-disk-'));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    unmount?.();
    unmount = null;
    await rm(folder, { recursive: true });
  });
  const mount = () => {
    unmount = mountDisk(folder, 12);
  };
  const start = async () => {
    const server = await startMooring(folder);
    servers.push(server);
    return createApi(server.url);
  };

  it.runIf(canMount)(
    'that is full causes a clear error, loses nothing, and works again when space is free',
    async () => {
      mount();
      const filler = join(folder, 'filler');
      await writeFile(filler, Buffer.alloc(6_000_000));
      const { ask, mutate, createProject } = await start();
      const projectId = await createProject();
      const kept: string[] = [];
      let refusal: Refusal | null = null;
      for (let n = 0; n < 200 && !refusal; n += 1) {
        const content = `${n} ${'lorem ipsum '.repeat(10_000)}`;
        await mutate<{ memory: { id: string } }>(
          'saveMemory',
          { projectId, role: 'USER', content },
          'memory { id }',
        ).then(
          ({ memory }) => kept.push(memory.id),
          (error: Refusal) => {
            refusal = error;
          },
        );
      }
      expect(refusal).toMatchObject({ code: 'STORE_FULL', hint: expect.stringContaining('space') });
      expect(kept.length).toBeGreaterThan(0);
      const { nodes } = await ask<{ nodes: ({ id: string } | null)[] }>(
        'query N($ids: [ID!]!) { nodes(ids: $ids) { id } }',
        { ids: kept },
      );
      expect(nodes.map((node) => node?.id)).toEqual(kept);
      await rm(filler);
      await mutate('saveMemory', { projectId, role: 'USER', content: 'there is space again' }, 'memory { id }');
    },
  );

  it.runIf(canMount)('that is read-only is refused at the start, in two lines', async () => {
    mount();
    remountDisk(folder, 'ro');
    const child = spawnMooring(folder);
    let said = '';
    child.stderr!.on('data', (part: Buffer) => (said += part.toString()));
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(1);
    expect(said).toMatch(/MOORING_DATA/);
    expect(said).not.toMatch(/\n\s+at /);
  });

  it('with a damaged project leaves the others alone, and the damaged file as it is', async () => {
    const first = await start();
    const [hurt, well] = [await first.createProject(), await first.createProject()];
    for (const projectId of [hurt, well])
      await first.mutate('createTask', { projectId, title: 'A task' }, 'task { id }');
    await servers.pop()!.stop();
    const file = await open(join(folder, 'projects', hurt, 'store.db'), 'r+');
    await file.write(Buffer.alloc(8_192, 0x5a), 0, 8_192, 0);
    await file.close();
    const { ask, mutate } = await start();
    await expect(mutate('createTask', { projectId: hurt, title: 'Another' }, 'task { id }')).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
    });
    await mutate('createTask', { projectId: well, title: 'Another' }, 'task { id }');
    const { project } = await ask<{ project: { name: string } }>(
      'query P($id: ID!) { project(by: { id: $id }) { name } }',
      { id: hurt },
    );
    expect(project.name).toBe('A project');
  });

  it('with a damaged index sets it aside and rebuilds it from the texts', async () => {
    const first = await start();
    const projectId = await first.createProject();
    await first.mutate(
      'saveMemory',
      { projectId, role: 'USER', content: 'The kestrel hovers over the field.' },
      'memory { id }',
    );
    await servers.pop()!.stop();
    const home = join(folder, 'projects', projectId);
    for (const name of (await readdir(home)).filter((each) => each.startsWith('search.db')))
      await writeFile(join(home, name), Buffer.alloc(8_192, 0x5a));
    const { ask } = await start();
    type Answer = { project: { searchMemories: { hits: unknown[]; answeredBy: string; pending: number } } };
    const search = (query: string) =>
      ask<Answer>(
        'query S($id: ID!, $query: String!) { project(by: { id: $id }) { searchMemories(query: $query) { hits { score } answeredBy pending } } }',
        { id: projectId, query },
      );
    let answer = await search('kestrel');
    while (answer.project.searchMemories.hits.length === 0 || answer.project.searchMemories.pending > 0)
      answer = await search('kestrel');
    expect(answer.project.searchMemories.answeredBy).toBe('HYBRID');
    expect((await readdir(home)).some((name) => /^search\.db.*damaged/.test(name))).toBe(true);
  });
});
