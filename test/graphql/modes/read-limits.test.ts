import { describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

let graph: Graph;
let projectId: string;
let taskId: string;
prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project()).id;
  const made = await graph.write<{ task: { id: string } }>('createTask', { projectId, title: 'Paint' }, 'task { id }');
  taskId = made.task.id;
});

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));
const nested = (depth: number) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
const lists = {
  tasks:
    'query Q($id: ID!, $filter: TaskFilter) { project(by: { id: $id }) { tasks(filter: $filter) { totalCount } } }',
  memories:
    'query Q($id: ID!, $filter: MemoryFilter) { project(by: { id: $id }) { memories(filter: $filter) { totalCount } } }',
  sessions:
    'query Q($id: ID!, $filter: SessionFilter) { project(by: { id: $id }) { sessions(filter: $filter) { totalCount } } }',
  projects: 'query Q($filter: ProjectFilter) { projects(filter: $filter) { totalCount } }',
  ofTask: 'query Q($task: ID!, $filter: MemoryFilter) { task(id: $task) { memories(filter: $filter) { totalCount } } }',
  searched:
    'query Q($id: ID!, $filter: MemoryFilter) { project(by: { id: $id }) { searchMemories(query: "x", filter: $filter) { pending } } }',
};

describe('a filter', () => {
  it.each([
    ['tasks', { text: 'x'.repeat(1_001) }, 'filter.text'],
    ['tasks', { text: 'a\0b' }, 'filter.text'],
    ['tasks', { statuses: Array.from({ length: 101 }, () => 'DONE') }, 'filter.statuses'],
    ['memories', { metadata: keys(9) }, 'filter.metadata'],
    ['memories', { metadata: { a: 'x'.repeat(16_384) } }, 'filter.metadata'],
    ['memories', { metadata: { a: nested(32) } }, 'filter.metadata'],
    ['memories', { sessionId: 'a\ud800' }, 'filter.sessionId'],
    ['ofTask', { metadata: keys(5_000) }, 'filter.metadata'],
    ['ofTask', { taskId: 'canary' }, 'filter.taskId'],
    ['searched', { metadata: keys(100) }, 'filter.metadata'],
    ['sessions', { key: 'x'.repeat(1_001) }, 'filter.key'],
    ['projects', { text: 'x'.repeat(1_001) }, 'filter.text'],
  ] as const)('of %s is refused by its field when it is more than a store answers: %#', async (list, filter, field) => {
    const error = await graph.refused(lists[list], { id: projectId, task: taskId, filter });
    expect(error.originalError).toMatchObject({ code: 'INVALID_INPUT', field, hint: expect.stringMatching(/\S/) });
  });

  it('by several keys of metadata passes what has all of them', async () => {
    const save = (metadata: object) =>
      graph.write('saveMemory', { projectId, role: 'USER', content: 'x', metadata }, 'memory { id }');
    await save({ ...keys(8), more: true });
    await save({ ...keys(8), k7: 8 });
    await save(keys(7));
    const count = async (metadata: object) => {
      const answer = await graph.ask<{ project: { memories: { totalCount: number } } }>(lists.memories, {
        id: projectId,
        filter: { metadata },
      });
      return answer.project.memories.totalCount;
    };
    expect(
      await Promise.all([count(keys(8)), count(keys(7)), count({ k0: 0, k7: 8 }), count({ k0: 1, k1: 1 })]),
    ).toEqual([1, 3, 1, 0]);
  });
});

describe('a search', () => {
  const query = `query Q($id: ID!, $query: String!) { project(by: { id: $id }) {
    FIELD } }`;
  it.each(['searchTasks(query: $query) { hits { score } }', 'memoryContext(query: $query) { text }'])(
    'is read to its 10,000th character, in %s',
    async (field) => {
      const ask = query.replace('FIELD', field);
      const asked = (query: string) => graph.ask(ask, { id: projectId, query });
      expect(await asked('x '.repeat(5_000))).toEqual(await asked('x '.repeat(50_000)));
      // The rest isn't read, nor half of a character where it is cut.
      expect(await asked(`${'x'.repeat(9_999)}🚀\u0000`)).toBeTruthy();
    },
  );
});

it('the output of a stage is refused when it is too deep or too large', async () => {
  for (const output of [nested(33), nested(80), 'x'.repeat(262_145)]) {
    const stageResults = [{ stage: 'build', status: 'done', output }];
    expect(await graph.mutate('createTask', { projectId, title: 'x', stageResults }, 'task { id }')).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'stageResults.0.output',
    });
  }
});

it('a time outside of the years 0 to 9999 is refused', async () => {
  for (const after of ['9999-12-31T23:59:59-23:59', '0000-01-01T00:00:00+23:59']) {
    const { message } = await graph
      .refused(
        `{ project(by: { id: "${projectId}" }) { memories(filter: { occurredAt: { after: "${after}" } }) { totalCount } } }`,
      )
      .catch((error: Error) => error);
    expect(message).toContain('in the years 0 to 9999');
  }
});
