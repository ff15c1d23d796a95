import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/domain/errors.js';
import { withProjectKey } from '../../src/domain/id.js';
import type { Memory } from '../../src/domain/memory.js';
import type { Session } from '../../src/domain/session.js';
import type { Change } from '../../src/storage/store.js';
import { aMemory, aSession } from '../support/records.js';
import { author, makeProject, rejection, START, startBench } from './support.js';

async function startSessions(options: Parameters<typeof startBench>[0] = {}) {
  const bench = await startBench(options);
  const project = await makeProject(bench);
  const { id: projectId, key: projectKey } = project;
  const { memories, sessions, records } = bench.services;
  const save = (sessionId: string) => memories.save(author, { projectId, content: 'x', role: 'USER', sessionId });
  const repositories = await bench.factory.of(projectId);
  const { store } = repositories;
  /** Writes records as they are. */
  const commit = async (documents: readonly (Session | Memory)[]) => {
    const changes = documents.map((document): Change => {
      const collection = 'content' in document ? 'memories' : 'sessions';
      return {
        ...{ kind: 'put', collection, operation: 'CREATE' },
        document: { ...document, id: withProjectKey(document.id, projectKey) },
      };
    });
    await store.commit(changes, { epoch: await store.epoch(), ...author, at: new Date(START).toISOString() });
  };
  const list = async (deleted: 'EXCLUDE' | 'ONLY' = 'EXCLUDE') => {
    const order = { field: 'activeAt', direction: 'DESC' } as const;
    return (await repositories.sessions.list({ filter: {}, deleted, order, limit: 1_000 })).items;
  };
  const countMemories = () => repositories.memories.count({}, 'EXCLUDE');
  return { ...bench, projectId, memories, sessions, records, save, commit, list, countMemories, repositories };
}

describe('deleting many sessions', () => {
  it('deletes at most 10,000 records, their memories included, in one commit', async () => {
    const { sessions, projectId, commit, list, countMemories } = await startSessions();
    const of = (key: string, count: number) => Array.from({ length: count }, () => aMemory({ sessionId: key }));
    await commit([aSession({ key: 'a', agent: 'x' }), aSession({ key: 'b' }), ...of('a', 4_999), ...of('b', 5_000)]);
    const all = { projectId, filter: {}, all: true };
    for (const dryRun of [true, false]) {
      expect(await rejection(sessions.deleteMany(author, { ...all, dryRun }))).toMatchObject({
        code: 'INVALID_INPUT',
        message:
          'The filter matches 2 sessions, and 9,999 records go with them; one call deletes at most 10,000 records.',
      });
    }
    expect(await countMemories()).toBe(9_999);
    const part = { projectId, filter: { agent: 'x' }, dryRun: false };
    expect((await sessions.deleteMany(author, part)).records).toHaveLength(1);
    expect(await countMemories()).toBe(5_000);
    expect((await list()).map(({ key }) => key)).toEqual(['b']);
  });
});

describe('a memory that is saved while its session is removed', () => {
  async function startRace(isRemoval: (change: Change) => boolean) {
    let during: (() => Promise<unknown>) | null = null;
    const bench = await startSessions({
      async beforeCommit(changes) {
        if (!during || !changes.some(isRemoval)) return;
        const run = during;
        during = null;
        await run();
      },
    });
    const { save, list } = bench;
    await save('chat');
    during = () => save('chat');
    return { ...bench, session: (await list())[0]! };
  }

  it('is deleted with it', async () => {
    const { sessions, projectId, countMemories } = await startRace(
      (change) => change.kind === 'put' && change.operation === 'DELETE',
    );
    await sessions.deleteMany(author, { projectId, filter: { key: 'chat' }, dryRun: false });
    expect(await countMemories()).toBe(0);
  });

  it('is purged with it', async () => {
    const { sessions, records, session, repositories } = await startRace(({ kind }) => kind === 'remove');
    const { token } = await records.requestPurge(author, session);
    await sessions.purge(author, { ...session, token });
    expect(await repositories.memories.count({}, 'INCLUDE')).toBe(0);
  });
});

describe('sessions of an earlier version', () => {
  const old = (key: string): Session => {
    const { activeAt: _, userId: __, model: ___, streamingStatus: ____, ...rest } = aSession({ key });
    return rest as Session;
  };

  it('are dated in batches, once', async () => {
    const { sessions, commit, list, repositories } = await startSessions();
    await commit([
      ...Array.from({ length: 1_001 }, (_, n) => old(`s${n}`)),
      aMemory({ sessionId: 's7', occurredAt: '2026-02-01T00:00:00.000Z' }),
      aMemory({ sessionId: 's8', occurredAt: '2099-02-01T00:00:00.000Z' }),
    ]);
    await sessions.date(repositories);
    const dated = await list();
    expect(dated.slice(0, 3).map(({ key, activeAt, version }) => [key, activeAt, version])).toEqual([
      ['s8', new Date(START).toISOString(), 2],
      ['s7', '2026-02-01T00:00:00.000Z', 2],
      [expect.any(String), '2026-01-01T00:00:00.000Z', 2],
    ]);
    const { seq } = await repositories.store.log.head();
    expect(seq).toBe(1_003 + 1_001);
    await sessions.date(repositories);
    expect((await repositories.store.log.head()).seq).toBe(seq);
  });

  it('are read as they are where they can’t be written', async () => {
    const { sessions, commit, list, repositories } = await startSessions({
      async beforeCommit(changes) {
        if (changes.some((change) => change.kind === 'put' && change.operation === 'UPDATE'))
          throw new StoreError('STORE_READ_ONLY', 'The disk is read-only.', 'Remount it.');
      },
    });
    await commit([old('s')]);
    await sessions.date(repositories);
    expect(await list()).toEqual([expect.objectContaining({ key: 's', activeAt: null, version: 1 })]);
  });
});

it('memories that are saved concurrently write their sessions once a second, whichever was active last', async () => {
  let now = START;
  const { save, list } = await startSessions({ now: () => now++ });
  const saveAll = () => Promise.all(Array.from({ length: 40 }, (_, n) => save(n % 2 ? 'a' : 'b')));
  const versions = async () => (await list()).reduce((sum, { version }) => sum + version, 0);
  await saveAll();
  // The last one to finish may be alone by then, and is ordered exactly.
  expect(await versions()).toBeLessThanOrEqual(3);
  now += 1_000;
  await saveAll();
  expect(await versions()).toBeGreaterThanOrEqual(4);
  expect(await versions()).toBeLessThanOrEqual(6);
});
