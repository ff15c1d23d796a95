import { beforeAll, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from './support.js';

type Failure = { readonly __typename: string; readonly code: string; readonly hint: string } & Record<string, unknown>;

interface Described {
  readonly name: string;
  readonly args: readonly { readonly name: string; readonly description: string }[];
}

/** A well-formed id of that kind that no record has. */
const UNKNOWN = {
  project: `prj_${'0'.repeat(26)}`,
  task: `tsk_${'0'.repeat(26)}`,
  memory: `mem_${'0'.repeat(26)}`,
  session: `ses_${'0'.repeat(26)}`,
  state: `sta_${'0'.repeat(26)}`,
};

let graph: Graph;
let projectId: string;
let taskId: string;

beforeAll(async () => {
  graph = await startGraph({ shared: true });
  projectId = (await graph.project({ path: '/harbour' })).id;
  const { task } = await graph.write<{ task: { id: string } }>(
    'createTask',
    { projectId, title: 'Paint' },
    'task { id }',
  );
  taskId = task.id;
});

const fail = (name: string, input: object, fields: string) => graph.mutate<Failure>(name, input, fields);

describe('a query', () => {
  it.each(['task', 'memory', 'session', 'state'] as const)('returns null for the id of no %s', async (kind) => {
    const elsewhere = UNKNOWN[kind];
    const here = elsewhere.slice(0, -8) + projectId.slice(-8);
    const query = `query ($a: ID!, $b: ID!) { a: ${kind}(id: $a) { id } b: ${kind}(id: $b) { id } c: node(id: $a) { id } }`;
    expect(await graph.ask(query, { a: elsewhere, b: here })).toEqual({ a: null, b: null, c: null });
  });

  it('returns null for the id or the path of no project', async () => {
    const query = `query ($id: ID!) { a: project(by: { id: $id }) { id } b: project(by: { path: "/none" }) { id } }`;
    expect(await graph.ask(query, { id: UNKNOWN.project })).toEqual({ a: null, b: null });
  });

  it.each(['task', 'memory', 'session', 'state'])(
    'explains when a %s is requested by the id of a project',
    async (kind) => {
      const { message, originalError } = await graph.refused(`{ ${kind}(id: "${projectId}") { id } }`);
      expect(message).toContain(`of a project, not of a ${kind}`);
      expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field: 'id' });
    },
  );

  it('names every kind of object that has an id when a node is asked for by none', async () => {
    const { originalError } = await graph.refused('{ node(id: "x") { id } }');
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT' });
    expect(originalError).toHaveProperty('hint', expect.stringContaining('mig_'));
  });

  it.each(['', 'x', 'tsk_', 'tsk_01H', "'; drop", '\u0000', `xyz_${'0'.repeat(26)}`])(
    'refuses %j as an id',
    async (id) => {
      for (const field of ['node', 'task']) {
        const { originalError } = await graph.refused(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id });
        expect(originalError).toMatchObject({ code: 'INVALID_INPUT', hint: expect.stringContaining('tsk_') });
      }
    },
  );

  it('refuses a path that is not absolute', async () => {
    const { originalError } = await graph.refused('{ project(by: { path: "src" }) { id } }');
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field: 'by.path' });
  });

  it('refuses both of id and path, or neither', async () => {
    for (const by of [{}, { id: projectId, path: '/harbour' }]) {
      const query = 'query ($by: ProjectBy!) { project(by: $by) { id } }';
      expect((await graph.refused(query, { by })).message).toMatch(/exactly one/i);
    }
  });

  it('refuses a budget for a context by the limit that its argument states', async () => {
    const query = `query ($id: ID!, $maxTokens: Int!, $type: String = "Project") {
      __type(name: $type) { fields { name args { name description } } }
      project(by: { id: $id }) { memoryContext(query: "paint", maxTokens: $maxTokens) { tokens } } }`;
    const asked = { id: projectId, maxTokens: 100_000 };
    const { __type: type } = await graph.ask<{ __type: { fields: readonly Described[] } }>(query, asked);
    const { args } = type.fields.find(({ name }) => name === 'memoryContext')!;
    expect(args.find(({ name }) => name === 'maxTokens')!.description).toContain('1 to 100,000');
    const { originalError } = await graph.refused(query, { ...asked, maxTokens: 100_001 });
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field: 'maxTokens' });
  });

  it('refuses more ids than a page may hold', async () => {
    const ids = Array.from({ length: 201 }, () => taskId);
    const { originalError } = await graph.refused('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(originalError).toMatchObject({ code: 'INVALID_INPUT', field: 'ids' });
  });

  it('returns the records of many ids in their order, with null for unknown ones', async () => {
    const ids = [taskId, UNKNOWN.task, projectId, taskId];
    expect(await graph.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids })).toEqual({
      nodes: [
        { __typename: 'Task', id: taskId },
        null,
        { __typename: 'Project', id: projectId },
        { __typename: 'Task', id: taskId },
      ],
    });
  });
});

describe('a project whose store is gone', () => {
  it('is missing in the list with an error that says why, and the others are listed', async () => {
    const lost = await graph.project({ name: 'Lost' });
    const { project } = await graph.factory.of(lost.id);
    await graph.factory.destroy(project);
    const { data, errors } = await graph.run('{ projects { nodes { name tasks { nodes { title } } } } }');
    expect(data).toEqual({ projects: { nodes: [null, { name: 'Harbour', tasks: { nodes: [{ title: 'Paint' }] } }] } });
    expect(errors).toMatchObject([
      { path: ['projects', 'nodes', 0, 'tasks'], originalError: { code: 'STORE_UNAVAILABLE' } },
    ]);
    expect(await graph.ask('{ projects { nodes { name } } }')).toMatchObject({
      projects: { nodes: [{ name: 'Lost' }, {}] },
    });
  });
});

describe('a mutation', () => {
  it('of an old version returns the record as it is now', async () => {
    const answer = await graph.mutate(
      'updateTask',
      { id: taskId, version: 7, title: 'x' },
      'task { id } } ... on ConflictError { recordId currentVersion current { __typename ... on Task { title version } }',
    );
    expect(answer).toMatchObject({
      __typename: 'ConflictError',
      code: 'CONFLICT',
      recordId: taskId,
      currentVersion: 1,
      current: { __typename: 'Task', title: 'Paint', version: 1 },
    });
  });

  it('with a path that is taken names the project that has it', async () => {
    const answer = await graph.mutate(
      'createProject',
      { name: 'Other', path: '/harbour' },
      'project { id } } ... on AlreadyExistsError { existingId',
    );
    expect(answer).toMatchObject({ __typename: 'AlreadyExistsError', code: 'ALREADY_EXISTS', existingId: projectId });
  });

  it('that asks for a storage mode which is not configured creates nothing', async () => {
    const bare = await startGraph({ settings: { mongo: null } });
    const input = { name: 'Other', storageMode: 'MONGODB' };
    expect(await bare.mutate('createProject', input, 'project { id }')).toMatchObject({
      __typename: 'StorageModeUnavailableError',
      code: 'STORAGE_MODE_UNAVAILABLE',
      hint: expect.stringContaining('MONGODB_CONNECTION_STRING'),
    });
    expect(await bare.ask('{ projects { totalCount } }')).toEqual({ projects: { totalCount: 0 } });
  });

  it('that purges without a valid token removes nothing', async () => {
    expect(await fail('purgeTask', { id: taskId, version: 1, token: 'x' }, 'task { id }')).toMatchObject({
      __typename: 'ConfirmationError',
      code: 'CONFIRMATION_REQUIRED',
    });
    expect(await graph.ask(`{ task(id: "${taskId}") { title } }`)).toEqual({ task: { title: 'Paint' } });
  });

  it.each([
    ['updateTask', { title: 'x' }, 'task'],
    ['deleteTask', {}, 'task'],
    ['updateMemory', { content: 'x' }, 'memory'],
    ['deleteMemory', {}, 'memory'],
    ['deleteSession', {}, 'session'],
    ['deleteState', {}, 'state'],
    ['updateProject', { name: 'x' }, 'project'],
    ['deleteProject', {}, 'project'],
  ] as const)('%s reports an unknown id', async (name, input, kind) => {
    expect(await fail(name, { id: UNKNOWN[kind], version: 1, ...input }, `${kind} { id }`)).toMatchObject({
      __typename: 'NotFoundError',
      code: 'NOT_FOUND',
    });
  });

  it.each([
    ['updateTask', 'task'],
    ['deleteMemory', 'memory'],
    ['updateSession', 'session'],
    ['deleteState', 'state'],
    ['deleteProject', 'project'],
  ] as const)('%s reports an id of another kind', async (name, kind) => {
    const id = kind === 'task' ? projectId : taskId;
    expect(await fail(name, { id, version: 1 }, `${kind} { id }`)).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'id',
    });
  });

  it.each([
    ['createTask', { title: '' }, 'task', 'title'],
    ['createTask', { title: 'a\u0000b' }, 'task', 'title'],
    ['createTask', { title: '\ud800' }, 'task', 'title'],
    ['createTask', { title: 'x', estimatedHours: -1 }, 'task', 'estimatedHours'],
    ['createTask', { title: 'x', dependsOn: [UNKNOWN.task] }, 'task', 'dependsOn'],
    ['saveMemory', { role: 'USER', content: '' }, 'memory', 'content'],
    ['saveMemory', { role: 'USER', content: 'x'.repeat(1_048_577) }, 'memory', 'content'],
    ['saveMemory', { role: 'USER', content: 'x', metadata: JSON.parse('{"__proto__": 1}') }, 'memory', 'metadata'],
    ['saveMemory', { role: 'USER', content: 'x', taskId: UNKNOWN.task }, 'memory', 'taskId'],
    ['saveMemory', { role: 'USER', content: 'x', taskId: UNKNOWN.memory }, 'memory', 'taskId'],
    [
      'saveMemories',
      {
        memories: [
          { role: 'USER', content: 'x' },
          { role: 'USER', content: '' },
        ],
      },
      'memories',
      'memories.1.content',
    ],
    ['createTasks', { tasks: [{ title: 'x' }, { title: '' }] }, 'tasks', 'tasks.1.title'],
    ['deleteMemories', { filter: { taskId: UNKNOWN.memory } }, 'count', 'filter.taskId'],
  ])('%s refuses %j and names the field', async (name, input, payload, field) => {
    const fields = payload === 'count' ? 'count' : `${payload} { id }`;
    const answer = await fail(name, { projectId, ...input }, fields);
    expect(answer).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      hint: expect.stringMatching(/\S/),
    });
    expect(answer.field).toMatch(new RegExp(`^${field}`));
  });

  it('takes null as left out when it creates a record', async () => {
    const input = { projectId, title: 'x', status: null, description: null, stageResults: null, externalId: null };
    expect(await graph.mutate('createTask', input, 'task { status description stageResults { at } }')).toMatchObject({
      task: { status: 'BACKLOG', description: '', stageResults: [] },
    });
  });

  it('clears with null what can be empty when it changes a record, and refuses null elsewhere', async () => {
    const { task } = await graph.write<{ task: { id: string } }>(
      'createTask',
      { projectId, title: 'x', analysis: 'y' },
      'task { id }',
    );
    const change = (input: object) =>
      fail('updateTask', { id: task.id, version: 1, ...input }, 'task { title analysis }');
    expect(await change({ title: null })).toMatchObject({ __typename: 'InvalidInputError', field: 'title' });
    expect(await change({ analysis: null })).toMatchObject({ task: { title: 'x', analysis: null } });
  });
});
