import { describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

let graph: Graph;
let projectId: string;
let taskId: string;

prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project()).id;
  const tasks = [
    { title: 'Mend the torn sail', type: 'BUG', assignedAgent: 'bosun' },
    { title: 'Buy a new sail', type: 'FEATURE' },
    { title: 'Scrub the deck', type: 'CHORE' },
  ];
  const made = await graph.write<{ tasks: { id: string }[] }>('createTasks', { projectId, tasks }, 'tasks { id }');
  taskId = made.tasks[0]!.id;
  const memories = [
    { role: 'USER', content: 'Our canvas was ripped by the storm.', sessionId: 'watch', taskId, metadata: { wind: 9 } },
    { role: 'ASSISTANT', content: 'parseConfigFile reads src/app.ts', sessionId: 'watch' },
    { role: 'USER', content: 'The cook made soup for dinner.', occurredAt: '2020-01-01T00:00:00Z' },
  ];
  await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
  await graph.settled(projectId);
});

async function ask<T>(field: string): Promise<T> {
  const query = `query ($id: ID!) { project(by: { id: $id }) { answer: ${field} } }`;
  return (await graph.ask<{ project: { answer: T } }>(query, { id: projectId })).project.answer;
}
const refused = (field: string) =>
  graph.refused(`query ($id: ID!) { project(by: { id: $id }) { answer: ${field} } }`, { id: projectId });

interface Found {
  readonly hits: readonly {
    readonly node: { readonly content: string; readonly title: string };
    readonly score: number;
  }[];
  readonly answeredBy: string;
  readonly pending: number;
}

describe('a search for memories', () => {
  it('finds by meaning, with a score for each', async () => {
    const { hits, ...answer } = await ask<Found>(
      'searchMemories(query: "damaged fabric of a ship", mode: VECTOR, first: 2) { answeredBy pending hits { node { content } score similarity passage { text start end } } }',
    );
    expect(answer).toEqual({ answeredBy: 'VECTOR', pending: 0 });
    const content = 'Our canvas was ripped by the storm.';
    expect(hits[0]).toMatchObject({ node: { content }, passage: { text: content, start: 0, end: content.length } });
    const { score, similarity } = hits[0] as unknown as { score: number; similarity: number };
    expect(score).toBeCloseTo((1 + similarity) / 2, 5);
    expect(hits[1]!.score).toBeLessThan(score);
  });

  it('finds by words, and by the parts of an identifier', async () => {
    const { hits, answeredBy } = await ask<Found>(
      'searchMemories(query: "config file", mode: TEXT) { answeredBy hits { node { content } score } }',
    );
    expect(answeredBy).toBe('TEXT');
    expect(hits.map(({ node }) => node.content)).toEqual(['parseConfigFile reads src/app.ts']);
  });

  it.each([
    ['roles: [SYSTEM]', []],
    ['sessionId: "watch", roles: [ASSISTANT]', ['parseConfigFile reads src/app.ts']],
    ['sessionId: null', ['The cook made soup for dinner.']],
    ['metadata: { wind: 9 }', ['Our canvas was ripped by the storm.']],
    ['occurredAt: { before: "2021-01-01T00:00:00Z" }', ['The cook made soup for dinner.']],
  ])('searches only what its filter lets through: %s', async (filter, contents) => {
    const { hits } = await ask<Found>(
      `searchMemories(query: "storm soup file", filter: { ${filter} }) { hits { node { content } } }`,
    );
    expect(hits.map(({ node }) => node.content)).toEqual(contents);
  });

  it.each(['', '   ', '"', 'AND OR NOT', 'a*b^c:d', '((((', '💥', 'NEAR(x, 5)'])(
    'accepts the query %j',
    async (query) => {
      const { hits } = await ask<Found>(`searchMemories(query: ${JSON.stringify(query)}) { hits { score } }`);
      expect(Array.isArray(hits)).toBe(true);
    },
  );

  it.each([
    ['first: 0', 'first'],
    ['first: 201', 'first'],
    ['minSimilarity: 2', 'minSimilarity'],
    ['filter: { taskId: "x" }', 'filter.taskId'],
  ])('refuses %s', async (args, field) => {
    const { originalError } = await refused(`searchMemories(query: "x", ${args}) { hits { score } }`);
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field });
  });
});

describe('a search for tasks', () => {
  it('finds by words, among those its filter lets through', async () => {
    const titles = async (args: string) =>
      (await ask<Found>(`searchTasks(query: "sail"${args}) { hits { node { title } score } }`)).hits.map(
        ({ node }) => node.title,
      );
    expect((await titles('')).sort()).toEqual(['Buy a new sail', 'Mend the torn sail']);
    expect(await titles(', filter: { types: [BUG] }')).toEqual(['Mend the torn sail']);
    expect(await titles(', filter: { assignedAgent: null }')).toEqual(['Buy a new sail']);
    expect(await titles(', first: 1')).toHaveLength(1);
  });

  it('finds the best that pass a filter the index knows nothing of, however few', async () => {
    const tasks = Array.from({ length: 60 }, (_, index) => ({ title: `Rope rope rope ${index}` }));
    await graph.write('createTasks', { projectId, tasks }, 'tasks { id }');
    await graph.write('createTask', { projectId, title: 'Coil the rope', description: 'By NOON' }, 'task { id }');
    const titles = async (filter: string) =>
      (
        await ask<Found>(`searchTasks(query: "rope", first: 5, filter: { ${filter} }) { hits { node { title } } }`)
      ).hits.map(({ node }) => node.title);
    expect(await titles('text: "noon"')).toEqual(['Coil the rope']);
    expect(await titles('createdAt: { before: "2020-01-01T00:00:00Z" }')).toEqual([]);
    expect(await titles('createdAt: { after: "2020-01-01T00:00:00Z" }')).toHaveLength(5);
  });
});

describe('a context', () => {
  it('lists its items and the source of each', async () => {
    const context = await ask<{ tokens: number; items: { source: string; record: { __typename: string } }[] }>(
      `memoryContext(taskId: "${taskId}", sessionId: "watch", query: "dinner") { text tokens omitted items { source text tokens score isCut record { __typename id } } }`,
    );
    expect(context.tokens).toBeLessThanOrEqual(2000);
    expect(new Set(context.items.map(({ source, record }) => `${source} ${record.__typename}`))).toEqual(
      new Set(['TASK Task', 'SESSION Memory', 'RELEVANT Memory']),
    );
  });

  it.each(['maxTokens: 0', 'maxTokens: 999999999'])('refuses %s', async (args) => {
    const { originalError } = await refused(`memoryContext(query: "x", ${args}) { text }`);
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field: 'maxTokens' });
  });
});

describe('the search index', () => {
  const INDEX = 'stored searchable pending failed skipped reasons { state reason count } model isBuilding';

  it('reports that everything stored can be found', async () => {
    expect(await ask(`searchIndex { ${INDEX} }`)).toMatchObject({
      stored: 3,
      searchable: 3,
      pending: 0,
      failed: 0,
      skipped: 0,
    });
  });

  it('has nothing to repair when it is sound', async () => {
    expect(
      await graph.write('repairIndex', { projectId }, `added removed retried searchIndex { ${INDEX} }`),
    ).toMatchObject({
      added: 0,
      removed: 0,
      retried: 0,
      searchIndex: { stored: 3, searchable: 3 },
    });
  });

  it("reports the status of a memory's embedding", async () => {
    const { nodes } = await ask<{ nodes: object[] }>(
      'memories(first: 1) { nodes { embedding { state reason model } } }',
    );
    expect(nodes).toEqual([{ embedding: { state: 'READY', reason: null, model: expect.stringContaining('MiniLM') } }]);
  });
});
