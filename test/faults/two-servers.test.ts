import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';

describe('two servers on one data directory', () => {
  let data: string;
  let servers: readonly [Running, Running];
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'mooring-two-'));
    // One after the other: the second finds an existing catalog.
    servers = [await startMooring(data), await startMooring(data)];
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await rm(data, { recursive: true });
  });

  const apis = () =>
    servers.map(({ url }) => createApi(url)) as [ReturnType<typeof createApi>, ReturnType<typeof createApi>];

  it('both write, neither loses anything, and both see all', async () => {
    const [one, two] = apis();
    const projectId = await one.createProject();
    const saved = await Promise.all(
      [one, two].flatMap((api, server) =>
        Array.from({ length: 8 }, async (_, writer) => {
          const ids: string[] = [];
          for (let n = 0; n < 20; n += 1) {
            const { task } = await api.mutate<{ task: { id: string } }>(
              'createTask',
              { projectId, title: `${server}/${writer}/${n}` },
              'task { id }',
            );
            ids.push(task.id);
          }
          return ids;
        }),
      ),
    );
    const ids = saved.flat();
    expect(new Set(ids).size).toBe(320);
    for (const { ask } of [one, two]) {
      const { project } = await ask<{ project: { tasks: { totalCount: number } } }>(
        'query T($id: ID!) { project(by: { id: $id }) { tasks(first: 1) { totalCount } } }',
        { id: projectId },
      );
      expect(project.tasks.totalCount).toBe(320);
    }
  });

  it('count up one record together without a lost update', async () => {
    const [one, two] = apis();
    const ownerId = await one.createProject();
    await one.mutate('saveState', { ownerId, key: 'count', value: 0 }, 'state { version }');
    const raise = async ({ ask, mutate }: typeof one) => {
      for (let done = 0; done < 25; ) {
        const { project } = await ask<{ project: { state: { version: number; value: number } } }>(
          'query C($id: ID!) { project(by: { id: $id }) { state(key: "count") { version value } } }',
          { id: ownerId },
        );
        const { version, value } = project.state;
        done += await mutate(
          'saveState',
          { ownerId, key: 'count', value: value + 1, version },
          'state { version }',
        ).then(
          () => 1,
          (error: { code?: string }) => (error.code === 'CONFLICT' ? 0 : Promise.reject(error)),
        );
      }
    };
    await Promise.all([raise(one), raise(two)]);
    const { project } = await two.ask<{ project: { state: { value: number } } }>(
      'query C($id: ID!) { project(by: { id: $id }) { state(key: "count") { value } } }',
      { id: ownerId },
    );
    expect(project.state.value).toBe(50);
  });

  it('receive each other’s changes in subscriptions', async () => {
    const [one, two] = apis();
    const projectId = await one.createProject();
    const client = createClient({
      url: `${servers[1].url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const cursor = await two.ask<{ project: { cursor: string } }>(
      'query C($id: ID!) { project(by: { id: $id }) { cursor } }',
      { id: projectId },
    );
    const changes = client.iterate<{ projectChanges: { entry: { recordId: string; operation: string } } }>({
      query:
        'subscription S($id: ID!, $after: String) { projectChanges(projectId: $id, after: $after) { cursor entry { recordId operation } } }',
      variables: { id: projectId, after: cursor.project.cursor },
    });
    for (let n = 0; n < 20; n += 1) {
      const { task } = await (n % 2 ? one : two).mutate<{ task: { id: string } }>(
        'createTask',
        { projectId, title: `task ${n}` },
        'task { id }',
      );
      const { value } = await changes.next();
      expect(value).toMatchObject({ data: { projectChanges: { entry: { recordId: task.id, operation: 'CREATE' } } } });
    }
    await changes.return!();
    await client.dispose();
  });

  it('find what the other saved, by words and by meaning, and forget what it deleted', async () => {
    const [one, two] = apis();
    const projectId = await one.createProject();
    const search = async ({ ask }: typeof one, query: string, mode: string) => {
      const { project } = await ask<{
        project: { searchMemories: { hits: { node: { id: string } }[]; answeredBy: string; pending: number } };
      }>(
        'query S($id: ID!, $query: String!, $mode: SearchMode!) { project(by: { id: $id }) { searchMemories(query: $query, mode: $mode, first: 3) { hits { node { id } } answeredBy pending } } }',
        { id: projectId, query, mode },
      );
      return project.searchMemories;
    };
    const contents = [
      'The cat sleeps on the warm sofa.',
      'Invoices are due within thirty days.',
      'The rocket reached orbit after nine minutes.',
    ];
    const ids: string[] = [];
    for (const [n, content] of contents.entries()) {
      const { memory } = await (n % 2 ? one : two).mutate<{ memory: { id: string } }>(
        'saveMemory',
        { projectId, role: 'USER', content },
        'memory { id }',
      );
      ids.push(memory.id);
    }
    for (const api of [one, two]) {
      expect((await search(api, 'invoices', 'TEXT')).hits[0]?.node.id).toBe(ids[1]);
      let answer = await search(api, 'a spacecraft flying to space', 'VECTOR');
      while (answer.pending > 0) answer = await search(api, 'a spacecraft flying to space', 'VECTOR');
      expect(answer.answeredBy).toBe('VECTOR');
      expect(answer.hits[0]?.node.id).toBe(ids[2]);
    }
    await one.mutate('deleteMemory', { id: ids[2], version: 1 }, 'memory { id }');
    for (const mode of ['TEXT', 'VECTOR']) {
      const { hits } = await search(two, 'a rocket flying to space', mode);
      expect(hits.map(({ node }) => node.id)).not.toContain(ids[2]);
    }
  });
});
