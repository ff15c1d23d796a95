import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aSession } from '../../support/records.js';
import { type Graph, startGraph } from '../support.js';

interface Session {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly title: string | null;
  readonly activeAt: string;
  readonly streamingStatus: string | null;
}

let now: number;
let graph: Graph;
let projectId: string;

beforeAll(async () => {
  graph = await startGraph({ shared: true, now: () => now });
});
beforeEach(async () => {
  now = Date.parse('2026-01-31T09:00:00Z');
  projectId = (await graph.project()).id;
});

const time = (after: number) => new Date(Date.parse('2026-01-31T09:00:00Z') + after).toISOString();
const FIELDS = 'id version key title activeAt streamingStatus';
const save = (sessionId: string, more: object = {}) =>
  graph.write('saveMemory', { projectId, role: 'USER', content: 'hello', sessionId, ...more }, 'memory { id }');

async function list(args = '{}', variables: object = {}, declared = ''): Promise<readonly Session[]> {
  const query = `query ($id: ID!${declared}) { project(by: { id: $id }) {
    sessions(orderBy: { field: LAST_ACTIVE }, filter: ${args}) { nodes { ${FIELDS} } } } }`;
  return (await graph.ask<{ project: { sessions: { nodes: Session[] } } }>(query, { id: projectId, ...variables }))
    .project.sessions.nodes;
}
const keys = async (args?: string) => (await list(args)).map(({ key }) => key);
const get = async (key: string) => (await list()).find((session) => session.key === key)!;

describe('the order by last activity', () => {
  it('has the session first that a memory was last saved to, also within one millisecond', async () => {
    for (const key of ['a', 'b', 'c', 'a', 'b', 'a']) await save(key);
    expect(await keys()).toEqual(['a', 'b', 'c']);
    await save('c');
    expect(await keys()).toEqual(['c', 'a', 'b']);
  });

  it('writes a session that is first already once a second', async () => {
    for (const _ of [1, 2, 3]) await save('a');
    expect(await get('a')).toMatchObject({ version: 1, activeAt: time(0) });
    now += 999;
    await save('a');
    expect(await get('a')).toMatchObject({ version: 1 });
    now += 1;
    await save('a');
    expect(await get('a')).toMatchObject({ version: 2, activeAt: time(1_000) });
  });

  it('goes by when it was said, if that is over', async () => {
    await save('live');
    await save('imported', { occurredAt: '2023-05-01T10:00:00Z' });
    await save('imported', { occurredAt: '2023-05-01T12:00:00Z' });
    await save('imported', { occurredAt: '2023-05-01T11:00:00Z' });
    await save('ahead', { occurredAt: '2099-01-01T00:00:00Z' });
    expect(await keys()).toEqual(['ahead', 'live', 'imported']);
    expect(await get('imported')).toMatchObject({ activeAt: '2023-05-01T12:00:00.000Z' });
    expect((await get('ahead')).activeAt).toBe(time(1));
  });

  it('never goes back when the clock does, or a session is reverted', async () => {
    await save('a');
    const { id } = await get('a');
    now += 60_000;
    await save('a');
    now -= 30_000;
    await save('a');
    expect(await get('a')).toMatchObject({ version: 2, activeAt: time(60_000) });
    await graph.write('revertRecord', { id, version: 2, toVersion: 1 }, 'record { id }');
    expect((await get('a')).activeAt).toBe(time(60_000));
  });

  it('has a session that was created before its first memory', async () => {
    await save('a');
    now += 5_000;
    await graph.write('createSession', { projectId, key: 'b' }, 'session { id }');
    expect(await keys()).toEqual(['b', 'a']);
    expect((await get('b')).activeAt).toBe(time(5_000));
  });

  it('is kept by batches, and pages to its end', async () => {
    const memories = Array.from({ length: 30 }, (_, n) => ({ role: 'USER', content: 'x', sessionId: `s${n % 10}` }));
    await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
    await save('s3');
    const query = `query ($id: ID!, $after: String) { project(by: { id: $id }) {
      sessions(first: 4, after: $after, orderBy: { field: LAST_ACTIVE }) { nodes { key } pageInfo { endCursor } } } }`;
    const seen: string[] = [];
    for (let after: string | null = null; seen.length < 10; ) {
      const answer: {
        project: { sessions: { nodes: { key: string }[]; pageInfo: { endCursor: string } } };
      } = await graph.ask(query, { id: projectId, after });
      expect(answer.project.sessions.nodes.length).toBeGreaterThan(0);
      seen.push(...answer.project.sessions.nodes.map(({ key }) => key));
      after = answer.project.sessions.pageInfo.endCursor;
    }
    expect(seen[0]).toBe('s3');
    expect(new Set(seen).size).toBe(10);
  });
});

it('many writers of two sessions all succeed, and each session is written once a second', async () => {
  await Promise.all(Array.from({ length: 60 }, (_, n) => save(n % 2 ? 'a' : 'b')));
  expect((await get('a')).version + (await get('b')).version).toBeLessThanOrEqual(4);
  const query = 'query ($id: ID!) { project(by: { id: $id }) { memories { totalCount } } }';
  expect(await graph.ask(query, { id: projectId })).toEqual({ project: { memories: { totalCount: 60 } } });
});

describe('filters', () => {
  it('select by user, agent, title, streaming and the range of activity', async () => {
    const create = (key: string, more: object) =>
      graph.write('createSession', { projectId, key, ...more }, 'session { id }');
    await create('a', { userId: 'ann', agent: 'claude', title: 'Mend the Sail' });
    now += 60_000;
    await create('b', { userId: 'ben', agent: 'claude', title: 'Paint the hull', streamingStatus: 'STREAMING' });
    now += 60_000;
    await create('c', { userId: 'ann', agent: 'codex' });
    await create('d', {});
    expect(await keys('{ userId: "ann" }')).toEqual(['c', 'a']);
    expect(await keys('{ userId: null }')).toEqual(['d']);
    expect(await keys('{ agent: "claude" }')).toEqual(['b', 'a']);
    expect(await keys('{ text: "sail" }')).toEqual(['a']);
    expect(await keys('{ streamingStatus: STREAMING }')).toEqual(['b']);
    expect(await keys('{ streamingStatus: null, agent: "codex" }')).toEqual(['c']);
    const range = { activeAt: { after: time(30_000), before: time(90_000) } };
    expect((await list('$filter', { filter: range }, ', $filter: SessionFilter')).map(({ key }) => key)).toEqual(['b']);
  });
});

describe('a session of an earlier version', () => {
  async function store(...sessions: readonly { readonly key: string; readonly startedAt: string }[]): Promise<void> {
    const { store } = await graph.factory.of(projectId);
    const changes = sessions.map((own) => {
      const { userId: _, model: __, streamingStatus: ___, activeAt: ____, ...document } = aSession(own);
      const id = `${document.id.slice(0, -8)}${projectId.slice(-8)}`;
      return { kind: 'put', collection: 'sessions', operation: 'CREATE', document: { ...document, id } } as const;
    });
    await store.commit(changes, { epoch: await store.epoch(), actor: 'old', requestId: 'old', at: time(0) });
  }

  it('reads, updates, and has the time of its last memory in every order and filter', async () => {
    await store(
      { key: 'silent', startedAt: '2024-02-01T00:00:00.000Z' },
      { key: 'long', startedAt: '2024-01-01T00:00:00.000Z' },
    );
    await save('long', { occurredAt: '2024-03-01T00:00:00Z' });
    await save('new', { occurredAt: '2024-02-10T00:00:00Z' });
    const query = `query ($id: ID!) { project(by: { id: $id }) { sessions { nodes { id version key userId model streamingStatus activeAt } } } }`;
    const { project } = await graph.ask<{ project: { sessions: { nodes: Session[] } } }>(query, { id: projectId });
    expect(project.sessions.nodes.map(({ key, activeAt }) => [key, activeAt])).toEqual([
      ['new', '2024-02-10T00:00:00.000Z'],
      ['silent', '2024-02-01T00:00:00.000Z'],
      ['long', '2024-03-01T00:00:00.000Z'],
    ]);
    expect(project.sessions.nodes[1]).toMatchObject({ userId: null, model: null, streamingStatus: null, version: 1 });
    expect(await keys('{ activeAt: { after: "2024-02-15T00:00:00Z" } }')).toEqual(['long']);
    expect(await keys()).toEqual(['long', 'new', 'silent']);
    expect(await get('silent')).toMatchObject({ version: 2 });
    await graph.write('updateSession', { id: (await get('silent')).id, version: 2, userId: 'ann' }, 'session { id }');
    expect(await keys('{ userId: "ann" }')).toEqual(['silent']);
  });

  it('is active when a memory is saved, and takes no title from a later message', async () => {
    await store({ key: 'old', startedAt: '2024-01-01T00:00:00.000Z' });
    const { store: opened } = await graph.factory.of(projectId);
    expect(await opened.log.head()).toMatchObject({ seq: 1 });
    await save('old', { role: 'ASSISTANT' });
    expect(await get('old')).toMatchObject({ version: 2, activeAt: time(0), title: null });
  });

  it('is reverted to a version that an earlier server wrote', async () => {
    await store({ key: 'old', startedAt: '2024-01-01T00:00:00.000Z' });
    await save('old');
    const { id, version } = await get('old');
    await graph.write('revertRecord', { id, version, toVersion: 1 }, 'record { id }');
    expect(await get('old')).toMatchObject({ version: version + 1, activeAt: time(0), title: null });
  });
});
