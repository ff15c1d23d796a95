import { beforeEach, describe, expect, it } from 'vitest';
import { type Graph, prepare, startGraph } from '../support.js';

interface Listed {
  readonly totalCount?: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly title: string } }[];
}

const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { title } }';

let shared: Graph;
let graph: Graph;
let projectId: string;

prepare(async () => {
  shared = await startGraph({ shared: true });
});
beforeEach(async () => {
  graph = shared;
  projectId = (await graph.project()).id;
});

/** For a test that counts statements: no index of another test's project reads meanwhile. */
async function startAlone(): Promise<void> {
  graph = await startGraph();
  projectId = (await graph.project()).id;
}

async function makeTasks(titles: readonly string[]): Promise<{ id: string }[]> {
  const tasks = titles.map((title) => ({ title }));
  return (await graph.write<{ tasks: { id: string }[] }>('createTasks', { projectId, tasks }, 'tasks { id }')).tasks;
}

async function listTasks(args = '', fields = PAGE): Promise<Listed> {
  const query = `query ($id: ID!) { project(by: { id: $id }) { tasks${args && `(${args})`} { ${fields} } } }`;
  return (await graph.ask<{ project: { tasks: Listed } }>(query, { id: projectId })).project.tasks;
}

const titles = ({ edges }: Listed) => edges.map(({ node }) => node.title);
const OLDEST_FIRST = 'orderBy: { field: CREATED_AT, direction: ASC }';

/** Whether a statement isn't the index's, which may still follow the log: it reads records by their ids. */
const isAsked = (sql: string): boolean => !/ from log| from (tasks|memories) where id|^log\.find$/.test(sql);

/** The answer of a query that takes this many statements. It is repeated while the index reads at the same time. */
async function askIn<T>(count: number, query: string): Promise<T> {
  let answer: T | undefined;
  const counted = async () => {
    graph.statements.length = 0;
    answer = await graph.ask<T>(query, { id: projectId });
    return graph.statements.filter(isAsked).length;
  };
  await expect.poll(counted).toBe(count);
  return answer!;
}

describe('a list', () => {
  it('is read forward, page by page, each item once', async () => {
    await makeTasks(['a', 'b', 'c', 'd', 'e']);
    const first = await listTasks(`first: 2, ${OLDEST_FIRST}`);
    const second = await listTasks(`first: 2, ${OLDEST_FIRST}, after: "${first.pageInfo.endCursor}"`);
    const third = await listTasks(`first: 2, ${OLDEST_FIRST}, after: "${second.pageInfo.endCursor}"`);
    expect([first, second, third].map(titles)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect([first, second, third].map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
  });

  it('is read backward, page by page, its items in the same order', async () => {
    await makeTasks(['a', 'b', 'c', 'd', 'e']);
    const last = await listTasks(`last: 2, ${OLDEST_FIRST}`);
    const middle = await listTasks(`last: 2, ${OLDEST_FIRST}, before: "${last.pageInfo.startCursor}"`);
    const first = await listTasks(`last: 2, ${OLDEST_FIRST}, before: "${middle.pageInfo.startCursor}"`);
    expect([last, middle, first].map(titles)).toEqual([['d', 'e'], ['b', 'c'], ['a']]);
    expect([last, middle, first].map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [true, false],
      [true, true],
      [false, true],
    ]);
  });

  it('is read between two cursors', async () => {
    await makeTasks(['a', 'b', 'c', 'd', 'e']);
    const { edges } = await listTasks(OLDEST_FIRST);
    const between = await listTasks(`${OLDEST_FIRST}, after: "${edges[0]!.cursor}", before: "${edges[4]!.cursor}"`);
    expect(titles(between)).toEqual(['b', 'c', 'd']);
    expect(between.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
  });

  it('shows the newest first by default', async () => {
    await makeTasks(['a', 'b', 'c']);
    expect(titles(await listTasks())).toEqual(['c', 'b', 'a']);
  });

  it('continues after an item that was deleted meanwhile', async () => {
    const [task] = await makeTasks(['a', 'b']);
    const { pageInfo } = await listTasks(`first: 1, ${OLDEST_FIRST}`);
    await graph.write('deleteTask', { id: task!.id, version: 1 }, 'task { id }');
    expect(titles(await listTasks(`${OLDEST_FIRST}, after: "${pageInfo.endCursor}"`))).toEqual(['b']);
  });

  it('has no cursors when it has nothing', async () => {
    const { pageInfo } = await listTasks();
    expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });

  it('holds twenty items by default', async () => {
    await makeTasks(Array.from({ length: 30 }, (_, index) => `${index}`));
    expect((await listTasks()).edges).toHaveLength(20);
    expect((await listTasks('first: 200')).edges).toHaveLength(30);
  });

  it('counts all that pass its filter, and only on request', async () => {
    await startAlone();
    await makeTasks(['apple', 'apple pie', 'pear']);
    const counted = await listTasks('first: 1, filter: { text: "apple" }', `totalCount ${PAGE}`);
    expect(counted.totalCount).toBe(2);
    graph.statements.length = 0;
    await listTasks('first: 1');
    expect(graph.statements.filter((sql) => sql.includes('count('))).toEqual([]);
  });

  it('leaves deleted records out, includes them, or holds nothing else', async () => {
    const [task] = await makeTasks(['gone', 'kept']);
    await graph.write('deleteTask', { id: task!.id, version: 1 }, 'task { id }');
    expect(titles(await listTasks(OLDEST_FIRST))).toEqual(['kept']);
    expect(titles(await listTasks(`${OLDEST_FIRST}, deleted: INCLUDE`))).toEqual(['gone', 'kept']);
    expect(titles(await listTasks(`${OLDEST_FIRST}, deleted: ONLY`))).toEqual(['gone']);
    expect(titles(await listTasks(`${OLDEST_FIRST}, deleted: null`))).toEqual(['kept']);
  });

  it.each(['first: 0', 'first: -1', 'first: 201', 'first: 10000', 'last: 0', 'last: 10000'])(
    'refuses %s and names the range',
    async (args) => {
      const error = await graph.refused(`{ projects(${args}) { nodes { id } } }`);
      expect(error.originalError).toMatchObject({ code: 'INVALID_INPUT', field: args.split(':')[0] });
      expect(error.message).toMatch(/from 1 to 200/);
    },
  );

  it('refuses first and last together', async () => {
    const { originalError } = await graph.refused('{ projects(first: 1, last: 1) { nodes { id } } }');
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field: 'last' });
  });
});

describe('a cursor', () => {
  const refusal = (args: string) =>
    graph.refused(`query ($id: ID!) { project(by: { id: $id }) { tasks(${args}) { edges { cursor } } } }`, {
      id: projectId,
    });

  it('works only in the order it came from', async () => {
    await makeTasks(['a', 'b']);
    const { pageInfo } = await listTasks(`first: 1, ${OLDEST_FIRST}`);
    for (const order of ['CREATED_AT, direction: DESC', 'UPDATED_AT, direction: ASC']) {
      const { originalError } = await refusal(`orderBy: { field: ${order} }, after: "${pageInfo.endCursor}"`);
      expect(originalError).toMatchObject({ code: 'INVALID_CURSOR', hint: expect.stringContaining('order') });
    }
  });

  it('works only with the project it came from', async () => {
    await makeTasks(['a', 'b']);
    const { pageInfo } = await listTasks('first: 1');
    const from = projectId;
    projectId = (await graph.project()).id;
    const { message, originalError } = await refusal(`after: "${pageInfo.endCursor}"`);
    expect(originalError).toMatchObject({ code: 'INVALID_CURSOR' });
    expect(message).toContain(from);
  });

  it('works only with the list it came from', async () => {
    await makeTasks(['a', 'b']);
    const { pageInfo } = await listTasks('first: 1');
    const query = `query ($id: ID!) { project(by: { id: $id }) { memories(before: "${pageInfo.endCursor}") { edges { cursor } } } }`;
    expect((await graph.refused(query, { id: projectId })).originalError).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it.each(['', 'rubbish', 'bnVsbA', 'W10', 'WyJhIix7fV0', 'WyJ0YXNrcyJd', '💥'])(
    'is refused when it is %j',
    async (cursor) => {
      const { message, originalError } = await refusal(`after: ${JSON.stringify(cursor)}`);
      expect(originalError).toMatchObject({ code: 'INVALID_CURSOR' });
      expect(message).not.toMatch(/JSON|undefined|stack/);
    },
  );
});

describe('lists within a list', () => {
  const TREE = `query ($id: ID!) {
    project(by: { id: $id }) {
      name
      tasks(first: 100) { nodes { title project { name } memories(first: 20) {
        pageInfo { hasNextPage } nodes { content project { name } }
      } } }
    }
  }`;

  it('are read in three statements: the project, a hundred tasks, and twenty memories of each', async () => {
    await startAlone();
    const tasks = await makeTasks(Array.from({ length: 100 }, (_, index) => `task ${index}`));
    const memories = tasks.map(({ id }) => ({ taskId: id, role: 'USER', content: 'about it' }));
    await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
    await graph.settled(projectId);
    type Tree = { project: { tasks: { nodes: { memories: { nodes: unknown[] } }[] } } };
    const { project } = await askIn<Tree>(3, TREE);
    expect(project.tasks.nodes.flatMap(({ memories }) => memories.nodes)).toHaveLength(100);
  });

  it('continue from a cursor of their own parent, which no other parent accepts', async () => {
    const [one, other] = await makeTasks(['one', 'other']);
    const memories = [1, 2, 3].map((index) => ({ taskId: one!.id, role: 'USER', content: `${index}` }));
    await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
    const query = `query ($id: ID!, $after: String) { task(id: $id) { memories(first: 2, after: $after) {
      pageInfo { endCursor hasNextPage } nodes { content } } } }`;
    type Answer = { task: { memories: { pageInfo: { endCursor: string }; nodes: { content: string }[] } } };
    const first = await graph.ask<Answer>(query, { id: one!.id });
    const second = await graph.ask<Answer>(query, { id: one!.id, after: first.task.memories.pageInfo.endCursor });
    expect([first, second].map(({ task }) => task.memories.nodes.map(({ content }) => content))).toEqual([
      ['1', '2'],
      ['3'],
    ]);
    const error = await graph.refused(query, { id: other!.id, after: first.task.memories.pageInfo.endCursor });
    expect(error.originalError).toMatchObject({ code: 'INVALID_CURSOR' });
  });

  it('count, and give the time of the latest, of all sessions in one statement', async () => {
    await startAlone();
    const memories = ['a', 'b', 'b'].map((sessionId, index) => ({
      sessionId,
      role: 'USER',
      content: 'hello',
      occurredAt: `2026-01-0${index + 1}T00:00:00Z`,
    }));
    await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
    await graph.settled(projectId);
    const query = `query ($id: ID!) { project(by: { id: $id }) { sessions(orderBy: { field: STARTED_AT, direction: ASC }) {
      nodes { key memoryCount lastMemoryAt } } } }`;
    expect(await askIn(3, query)).toEqual({
      project: {
        sessions: {
          nodes: [
            { key: 'a', memoryCount: 1, lastMemoryAt: '2026-01-01T00:00:00.000Z' },
            { key: 'b', memoryCount: 2, lastMemoryAt: '2026-01-03T00:00:00.000Z' },
          ],
        },
      },
    });
  });

  it('are empty in a deleted project, and back once it is restored', async () => {
    await makeTasks(['a']);
    await graph.write('saveState', { ownerId: projectId, key: 'plan', value: 1 }, 'state { id }');
    await graph.write('deleteProject', { id: projectId, version: 1 }, 'project { id }');
    const query = `query ($id: ID!) { project(by: { id: $id }) { deletedAt tasks { nodes { title } } memories { totalCount }
      sessions { totalCount } states { nodes { key } } state(key: "plan") { key } log { nodes { seq } } history { nodes { operation } } } }`;
    expect(await graph.ask(query, { id: projectId })).toEqual({
      project: {
        deletedAt: expect.any(String),
        tasks: { nodes: [] },
        memories: { totalCount: 0 },
        sessions: { totalCount: 0 },
        states: { nodes: [] },
        state: null,
        log: { nodes: [] },
        history: { nodes: [{ operation: 'DELETE' }, { operation: 'CREATE' }] },
      },
    });
    await graph.write('restoreProject', { id: projectId }, 'project { id }');
    expect(await graph.ask(query, { id: projectId })).toMatchObject({
      project: { deletedAt: null, tasks: { nodes: [{ title: 'a' }] }, state: { key: 'plan' } },
    });
  });
});
