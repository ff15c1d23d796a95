import type { GraphQLObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/graphql/schema.js';
import { type Graph, graphql, prepare, startGraph } from '../support.js';

const { getNamedType, isLeafType, isObjectType, isUnionType } = graphql;

let graph: Graph;
let projectId: string;
const ids: Record<string, string> = {};

prepare(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project({ path: '/ship', externalId: 'ship', techStack: ['rope'] })).id;
  const input = {
    projectId,
    title: 'Mend the sail',
    stageResults: [{ stage: 'look', status: 'ok', output: { tears: 2 } }],
    testingUrls: [{ label: 'deck', url: 'http://deck.example/' }],
  };
  ids.Task = (await graph.write<{ task: { id: string } }>('createTask', input, 'task { id }')).task.id;
  const said = {
    projectId,
    sessionId: 'watch',
    taskId: ids.Task,
    role: 'USER',
    content: 'The sail is torn in two places.',
  };
  const { memory } = await graph.write<{ memory: { id: string; session: { id: string } } }>(
    'saveMemory',
    said,
    'memory { id session { id } }',
  );
  ids.Memory = memory.id;
  ids.Session = memory.session.id;
  const plan = { ownerId: ids.Task, key: 'plan', value: { steps: ['sew'] } };
  ids.State = (await graph.write<{ state: { id: string } }>('saveState', plan, 'state { id }')).state.id;
  ids.Project = projectId;
  await graph.settled(projectId);
});

/** Arguments without which a field has nothing to answer. */
const NEEDED: Readonly<Record<string, string>> = {
  memoryContext: '(query: "sail")',
  searchMemories: '(query: "sail")',
  searchTasks: '(query: "sail")',
  state: '(key: "plan")',
};

/** All fields of a type, to this depth. */
function selection(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).map(({ name, type, args }) => {
    const below = getNamedType(type);
    const field = args.length > 0 ? `${name}${NEEDED[name] ?? ''}` : name;
    if (isLeafType(below)) return field;
    if (isUnionType(below)) return `${field} { __typename }`;
    if (!isObjectType(below)) return `${field} { __typename id }`;
    return depth > 0 ? `${field} { ${selection(below, depth - 1)} }` : '';
  });
  return ['__typename', ...fields].join(' ');
}

describe('every field', () => {
  it.each(['Project', 'Task', 'Memory', 'Session', 'State'])('of a %s answers', async (name) => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is no object type.`);
    const query = `query ($id: ID!) { node(id: $id) { ... on ${name} { ${selection(type, 3)} } } }`;
    const { node } = await graph.ask<{ node: object }>(query, { id: ids[name] });
    expect(node).toMatchObject({ __typename: name, id: ids[name], version: 1, deletedAt: null });
  });

  it('that all records share answers for each kind', async () => {
    const query =
      'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on StoredRecord { id version history { nodes { operation recordId } } } } }';
    const all = Object.values(ids);
    expect(all).toHaveLength(5);
    expect(await graph.ask(query, { ids: all })).toEqual({
      nodes: all.map((id) => ({ id, version: 1, history: { nodes: [{ operation: 'CREATE', recordId: id }] } })),
    });
  });

  it('of the queries answers', async () => {
    const query = `query ($id: ID!, $task: ID!, $memory: ID!, $session: ID!, $state: ID!) {
      serverInfo { version storageModes } projectListCursor
      project(by: { path: "/ship" }) { name } projects { nodes { name } }
      node(id: $id) { id } nodes(ids: [$id, $task]) { id }
      task(id: $task) { title } memory(id: $memory) { content } session(id: $session) { key } state(id: $state) { key }
    }`;
    const { Project: id, Task: task, Memory: memory, Session: session, State: state } = ids;
    expect(await graph.ask(query, { id, task, memory, session, state })).toEqual({
      serverInfo: { version: '1.2.3', storageModes: ['LOCAL'] },
      projectListCursor: expect.any(String),
      project: { name: 'Harbour' },
      projects: { nodes: [{ name: 'Harbour' }] },
      node: { id },
      nodes: [{ id }, { id: task }],
      task: { title: 'Mend the sail' },
      memory: { content: 'The sail is torn in two places.' },
      session: { key: 'watch' },
      state: { key: 'plan' },
    });
  });
});

describe('related records', () => {
  it('are reached from each side', async () => {
    const query = `query ($id: ID!) { memory(id: $id) {
      project { id } task { id memories { nodes { id } } state(key: "plan") { value owner { id } } } session { id memories { nodes { id } } }
    } }`;
    const { Task: task, Memory: memory, Session: session } = ids;
    expect(await graph.ask(query, { id: memory })).toEqual({
      memory: {
        project: { id: projectId },
        task: {
          id: task,
          memories: { nodes: [{ id: memory }] },
          state: { value: { steps: ['sew'] }, owner: { id: task } },
        },
        session: { id: session, memories: { nodes: [{ id: memory }] } },
      },
    });
  });

  it('are read again after a write in the same request', async () => {
    const query = `mutation ($a: UpdateProjectInput!, $b: UpdateTaskInput!, $c: UpdateProjectInput!) {
      a: updateProject(input: $a) { ... on UpdateProjectPayload { project { name } } }
      b: updateTask(input: $b) { ... on UpdateTaskPayload { task { version project { name } } } }
      c: updateProject(input: $c) { ... on UpdateProjectPayload { project { name tasks { nodes { project { name } } } } } }
    }`;
    const a = { id: projectId, version: 1, name: 'Ship' };
    const b = { id: ids.Task, version: 1, status: 'DONE' };
    const c = { id: projectId, version: 2, name: 'Harbour' };
    expect(await graph.ask(query, { a, b, c })).toEqual({
      a: { project: { name: 'Ship' } },
      b: { task: { version: 2, project: { name: 'Ship' } } },
      c: { project: { name: 'Harbour', tasks: { nodes: [{ project: { name: 'Harbour' } }] } } },
    });
  });
});

describe('the log', () => {
  it('shows who did what to a record when, and what it changed, newest first', async () => {
    const query = `query ($id: ID!) { task(id: $id) { history { nodes {
      seq at actor requestId collection recordId version operation isErased changedFields before after } } } }`;
    const { task } = await graph.ask<{ task: { history: { nodes: Record<string, unknown>[] } } }>(query, {
      id: ids.Task,
    });
    expect(task.history.nodes).toMatchObject([
      {
        actor: 'tester',
        requestId: 'request-1',
        collection: 'tasks',
        recordId: ids.Task,
        version: 2,
        operation: 'UPDATE',
        isErased: false,
        changedFields: ['status', 'completedAt'],
        before: { status: 'BACKLOG' },
        after: { status: 'DONE', version: 2 },
      },
      { version: 1, operation: 'CREATE', before: null, after: { status: 'BACKLOG' }, changedFields: null },
    ]);
  });

  it('is read in both directions, of a record or of everything, with cursors of its own', async () => {
    const query = `query ($id: ID!, $record: ID, $direction: SortDirection, $after: String, $first: Int) { project(by: { id: $id }) {
      log(recordId: $record, direction: $direction, after: $after, first: $first) { pageInfo { endCursor hasNextPage } nodes { seq recordId } } } }`;
    type Answer = {
      project: {
        log: { pageInfo: { endCursor: string; hasNextPage: boolean }; nodes: { seq: number; recordId: string }[] };
      };
    };
    const read = async (variables: object) =>
      (await graph.ask<Answer>(query, { id: projectId, ...variables })).project.log;
    const newest = await read({ first: 2 });
    const older = await read({ first: 200, after: newest.pageInfo.endCursor });
    const oldest = await read({ direction: 'ASC' });
    const all = [...newest.nodes, ...older.nodes].map(({ seq }) => seq);
    expect(all).toEqual(oldest.nodes.map(({ seq }) => seq).reverse());
    expect((await read({ record: ids.Task })).nodes.map(({ recordId }) => recordId)).toEqual([ids.Task, ids.Task]);
    const error = await graph.refused(query, { id: projectId, direction: 'ASC', after: newest.pageInfo.endCursor });
    expect(error.originalError).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

describe('undoing', () => {
  it('deletes, restores, reverts and purges a record, each step visible in its history', async () => {
    const { task } = await graph.write<{ task: { id: string } }>(
      'createTask',
      { projectId, title: 'First' },
      'task { id }',
    );
    const { id } = task;
    await graph.write('updateTask', { id, version: 1, title: 'Second' }, 'task { id }');
    await graph.write('deleteTask', { id, version: 2 }, 'task { id deletedAt }');
    await graph.write('restoreTask', { id }, 'task { id }');
    const { record } = await graph.write<{ record: object }>(
      'revertRecord',
      { id, version: 4, toVersion: 1 },
      'record { ... on Task { title version } }',
    );
    expect(record).toEqual({ title: 'First', version: 5 });
    const asked = await graph.write<{ token: string; consequence: string }>(
      'requestPurge',
      { id },
      'token expiresAt consequence record { id }',
    );
    await graph.write('purgeTask', { id, version: 5, token: asked.token }, 'task { title }');
    expect(await graph.ask(`{ node(id: "${id}") { id } }`)).toEqual({ node: null });
    const log = `query ($p: ID!, $id: ID!) { project(by: { id: $p }) { log(recordId: $id) { nodes { operation isErased before after } } } }`;
    const { project } = await graph.ask<{ project: { log: { nodes: object[] } } }>(log, { p: projectId, id });
    expect(project.log.nodes).toEqual(
      ['PURGE', 'REVERT', 'RESTORE', 'DELETE', 'UPDATE', 'CREATE'].map((operation) => ({
        operation,
        isErased: true,
        before: null,
        after: null,
      })),
    );
  });

  it('brings a deleted state back', async () => {
    const plan = { ownerId: projectId, key: 'route', value: [1, 2] };
    const { state } = await graph.write<{ state: { id: string } }>('saveState', plan, 'state { id }');
    await graph.write('deleteState', { id: state.id, version: 1 }, 'state { id }');
    await graph.write('restoreState', { id: state.id }, 'state { id }');
    const query = `query ($id: ID!) { project(by: { id: $id }) { state(key: "route") { value version } } }`;
    expect(await graph.ask(query, { id: projectId })).toEqual({ project: { state: { value: [1, 2], version: 3 } } });
  });

  it('deletes many memories by a filter, after a dry run that only says which', async () => {
    const memories = ['a', 'b', 'c'].map((content) => ({ role: 'SYSTEM', sessionId: 'noise', content }));
    await graph.write('saveMemories', { projectId, memories }, 'memories { id }');
    const remove = (dryRun: boolean) =>
      graph.write<{ count: number; ids: string[] }>(
        'deleteMemories',
        { projectId, filter: { sessionId: 'noise' }, dryRun },
        'count ids',
      );
    const tried = await remove(true);
    const done = await remove(false);
    expect(tried).toMatchObject({ count: 3, ids: done.ids });
    expect(await remove(false)).toMatchObject({ count: 0, ids: [] });
  });
});
