import { describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

/** Names that databases might take for one another, or for something else. */
const NAMES = ['a', 'A', 'a ', 'é', 'e\u0301', 'ß', 'ss', '%', '_', "it's", '"', '$a', 'a.b', '\\', '😀', 'null', '1'];
const ROLES = ['USER', 'ASSISTANT', 'SYSTEM'] as const;

interface Kept {
  readonly name: string | null;
  readonly role: (typeof ROLES)[number];
}
const KEPT: readonly Kept[] = [null, ...NAMES].map((name, index) => ({ name, role: ROLES[index % 3]! }));

let graph: Graph;
let projectId: string;

prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project()).id;
  const memories = KEPT.map(({ name, role }, index) => ({ role, sessionId: name, content: `memory ${index}` }));
  await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
  const tasks = KEPT.map(({ name }, index) => ({ title: `task ${index}`, assignedAgent: name }));
  await graph.write('createTasks', { projectId, tasks }, 'tasks { id }');
  await graph.indexed(projectId);
});

const indexes = (texts: readonly string[]) => texts.map((text) => Number(text.split(' ')[1])).sort((a, b) => a - b);
const matching = (holds: (kept: Kept) => boolean) => KEPT.flatMap((kept, index) => (holds(kept) ? [index] : []));

async function read<T>(fields: string, type: string, filter: object): Promise<T> {
  const query = `query ($id: ID!, $filter: ${type}) { project(by: { id: $id }) { ${fields} } }`;
  return (await graph.ask<{ project: T }>(query, { id: projectId, filter })).project;
}

/** What a list, its count, a search and a deletion find. */
async function memoriesBy(filter: object) {
  const { memories, searchMemories } = await read<{
    memories: { totalCount: number; nodes: { content: string }[] };
    searchMemories: { hits: { node: { content: string } }[] };
  }>(
    `memories(first: 200, filter: $filter) { totalCount nodes { content } }
     searchMemories(query: "memory", mode: TEXT, first: 200, filter: $filter) { hits { node { content } } }`,
    'MemoryFilter',
    filter,
  );
  const deletion = await graph.write<{ count: number }>('deleteMemories', { projectId, filter, dryRun: true }, 'count');
  return {
    listed: indexes(memories.nodes.map(({ content }) => content)),
    counted: memories.totalCount,
    searched: indexes(searchMemories.hits.map(({ node }) => node.content)),
    deleted: deletion.count,
  };
}

async function tasksBy(filter: object) {
  const { tasks, searchTasks } = await read<{
    tasks: { totalCount: number; nodes: { title: string }[] };
    searchTasks: { hits: { node: { title: string } }[] };
  }>(
    `tasks(first: 200, filter: $filter) { totalCount nodes { title } }
     searchTasks(query: "task", first: 200, filter: $filter) { hits { node { title } } }`,
    'TaskFilter',
    filter,
  );
  return {
    listed: indexes(tasks.nodes.map(({ title }) => title)),
    counted: tasks.totalCount,
    searched: indexes(searchTasks.hits.map(({ node }) => node.title)),
  };
}

const allOf = (found: readonly number[]) => ({ listed: found, counted: found.length, searched: found });
const allAndDeleted = (found: readonly number[]) => ({ ...allOf(found), deleted: found.length });

describe('a filter by a name', () => {
  it.each([null, ...NAMES, 'nobody', 'É', 'SS'])(
    'finds %j to the letter, in lists, searches and deletions',
    async (name) => {
      const found = matching((kept) => kept.name === name);
      expect(await memoriesBy({ sessionId: name })).toEqual(allAndDeleted(found));
      expect(await tasksBy({ assignedAgent: name })).toEqual(allOf(found));
    },
  );
});

describe('a filter by a choice', () => {
  it.each([[[]], [['USER']], [['USER', 'USER']], [['SYSTEM', 'ASSISTANT']], [[...ROLES]]] as Kept['role'][][][])(
    'finds any of %j',
    async (roles) => {
      expect(await memoriesBy({ roles })).toEqual(allAndDeleted(matching(({ role }) => roles.includes(role))));
    },
  );

  it('finds nothing by an empty list of choices', async () => {
    for (const filter of [{ statuses: [] }, { priorities: [] }, { types: [] }])
      expect(await tasksBy(filter)).toEqual(allOf([]));
  });

  it('that is left out or null filters nothing', async () => {
    const everything = matching(() => true);
    expect(await memoriesBy({})).toEqual(allAndDeleted(everything));
    expect(await memoriesBy({ roles: null, occurredAt: null, metadata: null })).toEqual(allAndDeleted(everything));
    expect(await tasksBy({ statuses: null, text: null, createdAt: { after: null } })).toEqual(allOf(everything));
  });
});
