import { describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

const TIMES = ['0000-01-01T00:00:00.000Z', '1999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'] as const;

let graph: Graph;
let projectId: string;

prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project()).id;
  const memories = TIMES.map((occurredAt) => ({ role: 'USER', content: 'said', sessionId: 'one', occurredAt }));
  await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
  await graph.write('createTask', { projectId, title: 'said' }, 'task { id }');
  await graph.indexed(projectId);
});

/** Everything that takes a range of time. `$range` stands for it. */
const READS = {
  'a list': 'memories(filter: { occurredAt: $range }) { nodes { occurredAt } }',
  'a count': 'memories(filter: { occurredAt: $range }) { totalCount }',
  'a list of a session': 'sessions { nodes { memories(filter: { occurredAt: $range }) { nodes { occurredAt } } } }',
  'a search':
    'searchMemories(query: "said", mode: TEXT, filter: { occurredAt: $range }) { hits { node { occurredAt } } }',
  'a list of tasks': 'tasks(filter: { createdAt: $range }) { nodes { title } }',
  'a search of tasks': 'searchTasks(query: "said", filter: { createdAt: $range }) { hits { node { title } } }',
};
const inProject = (field: string) => `project(by: { id: $id }) { ${field} }`;
const DELETION = `deleteMemories(input: { projectId: $id, dryRun: true, filter: { occurredAt: $range } }) {
  ... on DeleteMemoriesPayload { count } ... on Error { message code } }`;

type Range = { readonly after?: string; readonly before?: string };
const literal = ({ after, before }: Range) =>
  `{ ${[after && `after: "${after}"`, before && `before: "${before}"`].filter(Boolean).join(', ')} }`;

async function askFor<T>(field: string, range: Range, kind = 'query'): Promise<T> {
  return graph.ask<T>(`${kind} ($id: ID!, $range: TimeRange!) { ${field} }`, { id: projectId, range });
}

const OUTSIDE: readonly Range[] = [
  { before: '9999-12-31T23:59:59.999-00:01' },
  { after: '9999-12-31T23:59:60Z' },
  { after: '9999-12-31T10:00:00-14:00' },
  { after: '0000-01-01T00:00:00+00:01' },
  { before: '0000-01-01T13:00:00+14:00' },
  { before: '+010000-01-01T00:00:00Z' },
  { after: '-000001-12-31T00:00:00Z' },
  { after: '10000-01-01T00:00:00Z' },
];

describe('a range of time', () => {
  describe.each(OUTSIDE)('with a bound outside of the years 0 to 9999, %j', (range) => {
    it.each(Object.entries({ ...READS, 'a deletion': '' }))('is refused by %s', async (name, field) => {
      const asked = name === 'a deletion' ? DELETION : inProject(field);
      const kind = name === 'a deletion' ? 'mutation' : 'query';
      await expect(askFor(asked, range, kind)).rejects.toThrow(/is not a date and time/);
      const written = `${kind} ($id: ID!) { ${asked.replace('$range', literal(range))} }`;
      await expect(graph.ask(written, { id: projectId })).rejects.toThrow(/is not a date and time/);
    });
  });

  it.each([
    [{}, 3],
    [{ after: '0000-01-01T00:00:00Z' }, 3],
    [{ after: '0000-01-01T00:00:00.001Z' }, 2],
    [{ before: '9999-12-31T23:59:59.999Z' }, 2],
    [{ after: '9999-12-31T23:59:59.999Z' }, 1],
    [{ after: '0000-02-29T00:00:00Z', before: '2000-01-01T00:59:59.999+01:00' }, 0],
    [{ after: '0000-02-29T00:00:00Z', before: '2000-01-01T01:00:00.000+01:00' }, 1],
  ] as [Range, number][])('%j holds the same for lists, counts, searches and deletions', async (range, count) => {
    const [listed, counted, searched] = await Promise.all([
      askFor<{ project: { memories: { nodes: object[] } } }>(inProject(READS['a list']), range),
      askFor<{ project: { memories: { totalCount: number } } }>(inProject(READS['a count']), range),
      askFor<{ project: { searchMemories: { hits: object[] } } }>(inProject(READS['a search']), range),
    ]);
    const deleted = await askFor<{ deleteMemories: { count: number } }>(DELETION, range, 'mutation');
    expect([
      listed.project.memories.nodes.length,
      counted.project.memories.totalCount,
      searched.project.searchMemories.hits.length,
      deleted.deleteMemories.count,
    ]).toEqual([count, count, count, count]);
  });
});
