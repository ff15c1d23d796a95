import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../support/api.js';
import { amount } from '../support/extent.js';
import { type Running, startMooring } from '../support/machine/processes.js';

const KILLS = amount({ quick: 4, all: 50 });
const WRITERS = 8;

describe('a server that is killed while it writes', () => {
  let data: string;
  let server: Running;
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'mooring-kill-'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(data, { recursive: true });
  });

  it(`loses no acknowledged write in ${KILLS} kills, and finds them all`, async () => {
    server = await startMooring(data);
    const projectId = await createApi(server.url).createProject();
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < KILLS; round += 1) {
      const api = createApi(server.url);
      let isAlive = true;
      const writers = Array.from({ length: WRITERS }, async (_, writer) => {
        for (let n = 0; isAlive; n += 1) {
          const content = `round ${round} writer ${writer} note ${n} kestrel${round}x${writer}x${n}`;
          const saved = await api
            .mutate<{ memory: { id: string } }>(
              'saveMemory',
              { projectId, role: 'USER', sessionId: `s${writer}`, content },
              'memory { id }',
            )
            .catch(() => null);
          if (!saved) return;
          acknowledged.set(saved.memory.id, content);
        }
      });
      const before = acknowledged.size;
      while (acknowledged.size < before + 5 + ((round * 7) % 40)) await delay(5);
      server.process.kill('SIGKILL');
      await once(server.process, 'exit');
      isAlive = false;
      await Promise.all(writers);
      server = await startMooring(data);
      await expectStored(acknowledged);
    }

    const { ask } = createApi(server.url);
    const index = await settled(ask, projectId);
    expect(index.stored).toBeGreaterThanOrEqual(acknowledged.size);
    expect(index).toMatchObject({ searchable: index.stored, pending: 0, failed: 0, skipped: 0 });
    for (const [id, content] of [...acknowledged].filter((_, n) => n % 97 === 0)) {
      const word = content.split(' ').at(-1);
      const { project } = await ask<{ project: { searchMemories: { hits: { node: { id: string } }[] } } }>(
        'query S($id: ID!, $word: String!) { project(by: { id: $id }) { searchMemories(query: $word, first: 1) { hits { node { id } } } } }',
        { id: projectId, word },
      );
      expect(project.searchMemories.hits[0]?.node.id).toBe(id);
    }
  });

  async function expectStored(acknowledged: ReadonlyMap<string, string>): Promise<void> {
    const { ask } = createApi(server.url);
    const ids = [...acknowledged.keys()];
    for (let start = 0; start < ids.length; start += 200) {
      const part = ids.slice(start, start + 200);
      const { nodes } = await ask<{ nodes: ({ id: string; content: string } | null)[] }>(
        'query N($ids: [ID!]!) { nodes(ids: $ids) { id ... on Memory { content } } }',
        { ids: part },
      );
      expect(nodes.map((node) => node?.content)).toEqual(part.map((id) => acknowledged.get(id)));
    }
  }
});

interface SearchIndex {
  readonly stored: number;
  readonly searchable: number;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The index's counts when nothing is pending any more. They add up each time they are read. */
async function settled(ask: ReturnType<typeof createApi>['ask'], id: string): Promise<SearchIndex> {
  for (;;) {
    const { project } = await ask<{ project: { searchIndex: SearchIndex } }>(
      'query I($id: ID!) { project(by: { id: $id }) { searchIndex { stored searchable pending failed skipped } } }',
      { id },
    );
    const { stored, searchable, pending, failed, skipped } = project.searchIndex;
    expect(searchable + pending + failed + skipped).toBe(stored);
    if (pending === 0) return project.searchIndex;
  }
}
