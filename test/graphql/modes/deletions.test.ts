import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from '../support.js';

interface Deletion {
  readonly __typename: string;
  readonly count: number;
  readonly ids: readonly string[];
}

let graph: Graph;
let projectId: string;
beforeAll(async () => {
  graph = await startGraph({ shared: true });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

const remove = (name: 'deleteTasks' | 'deleteStates', input: object) =>
  graph.mutate<Deletion>(name, { projectId, ...input }, 'count ids');

async function makeTasks(...tasks: readonly object[]): Promise<string[]> {
  const made = await graph.write<{ tasks: { id: string }[] }>('createTasks', { projectId, tasks }, 'tasks { id }');
  return made.tasks.map(({ id }) => id);
}
async function save(ownerId: string, key: string): Promise<string> {
  return (await graph.write<{ state: { id: string } }>('saveState', { ownerId, key, value: 1 }, 'state { id }')).state
    .id;
}

const LIVE =
  'tasks { nodes { id } } readyTasks { nodes { id } } deleted: tasks(deleted: ONLY) { nodes { id version } }';
async function live() {
  const { project } = await graph.ask<{
    project: Record<'tasks' | 'readyTasks' | 'deleted', { nodes: { id: string; version: number }[] }>;
  }>(`query ($id: ID!) { project(by: { id: $id }) { ${LIVE} } }`, { id: projectId });
  return project;
}
const idsOf = ({ nodes }: { readonly nodes: readonly { readonly id: string }[] }) => nodes.map(({ id }) => id);

describe('deleteTasks', () => {
  it('deletes what matches, oldest first, after a dry run that writes nothing', async () => {
    const ids = await makeTasks(
      { title: 'paint 1', type: 'CHORE' },
      { title: 'sail' },
      { title: 'paint 2', type: 'CHORE' },
    );
    const chores = { filter: { types: ['CHORE'] } };
    const doomed = { count: 2, ids: [ids[0], ids[2]] };
    expect(await remove('deleteTasks', { ...chores, dryRun: true })).toMatchObject(doomed);
    expect(idsOf((await live()).deleted)).toEqual([]);
    expect(await remove('deleteTasks', chores)).toMatchObject(doomed);
    expect(await remove('deleteTasks', chores)).toMatchObject({ count: 0, ids: [] });
    const { tasks, readyTasks, deleted } = await live();
    expect([idsOf(tasks), idsOf(readyTasks)]).toEqual([[ids[1]], [ids[1]]]);
    expect(deleted.nodes.map(({ version }) => version)).toEqual([2, 2]);
    await graph.write('restoreTask', { id: ids[0] }, 'task { id }');
    expect(idsOf((await live()).readyTasks)).toEqual([ids[0], ids[1]]);
  });

  it('frees the tasks that depend on a deleted one, and ends its claim', async () => {
    const [first] = await makeTasks({ title: 'first', type: 'BUG' });
    const [second] = await makeTasks({ title: 'second', dependsOn: [first] });
    const { claim } = await graph.write<{ claim: { token: number } }>(
      'claimTask',
      { projectId, agent: 'ada', id: first },
      'claim { token }',
    );
    await remove('deleteTasks', { filter: { types: ['BUG'] } });
    expect(idsOf((await live()).readyTasks)).toEqual([second]);
    expect(await graph.mutate('completeTask', { id: first, token: claim.token }, 'task { id }')).toMatchObject({
      __typename: 'NotFoundError',
    });
  });

  it.each([{}, { text: '' }, { createdAt: {} }])('takes the filter %j for empty, which needs `all`', async (filter) => {
    const ids = await makeTasks({ title: 'one' }, { title: 'two' });
    expect(await remove('deleteTasks', { filter })).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'filter',
      hint: expect.stringContaining('all: true'),
    });
    expect(await remove('deleteTasks', { filter, dryRun: true })).toMatchObject({ __typename: 'InvalidInputError' });
    expect(idsOf((await live()).deleted)).toEqual([]);
    expect(await remove('deleteTasks', { filter, all: true })).toMatchObject({ count: 2, ids });
  });

  it('takes a filter with nothing but null for what a client has no values for, unless `all` says otherwise', async () => {
    const [free] = await makeTasks({ title: 'one' }, { title: 'two', assignedAgent: 'ada' });
    const filter = { text: null, statuses: null, assignedAgent: null, parentId: null };
    expect(await remove('deleteTasks', { filter, dryRun: true })).toMatchObject({ __typename: 'InvalidInputError' });
    expect(await remove('deleteTasks', { filter, all: true })).toMatchObject({ count: 1, ids: [free] });
  });

  it('names the field of a filter that is wrong', async () => {
    expect(await remove('deleteTasks', { filter: { parentId: projectId } })).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'filter.parentId',
    });
  });
});

describe('deleteStates', () => {
  it('deletes the states of an owner, or of a key, and their keys are free', async () => {
    const [task] = await makeTasks({ title: 'one' });
    const ofTask = [await save(task!, 'plan'), await save(task!, 'log')];
    const ofProject = await save(projectId, 'plan');
    expect(await remove('deleteStates', { filter: { ownerId: task, key: 'log' }, dryRun: true })).toMatchObject({
      ids: [ofTask[1]],
    });
    expect(await remove('deleteStates', { filter: { key: 'plan' } })).toMatchObject({
      count: 2,
      ids: [ofTask[0], ofProject],
    });
    expect(await remove('deleteStates', { filter: {} })).toMatchObject({ __typename: 'InvalidInputError' });
    const again = await save(task!, 'plan');
    expect(await remove('deleteStates', { filter: {}, all: true })).toMatchObject({ ids: [ofTask[1], again] });
  });
});

describe('purgeState', () => {
  it('removes a state for good, with a token for its version, and its content from the log', async () => {
    const id = await save(projectId, 'plan');
    const asked = await graph.write<{ token: string; consequence: string }>(
      'requestPurge',
      { id },
      'token consequence record { id }',
    );
    expect(asked.consequence).toContain(`The state ${id} would be removed permanently`);
    const purge = (token: string) => graph.mutate('purgeState', { id, version: 1, token }, 'state { value }');
    expect(await purge('yes')).toMatchObject({ __typename: 'ConfirmationError' });
    expect(await purge(asked.token)).toMatchObject({ state: { value: 1 } });
    expect(await graph.ask('query ($id: ID!) { state(id: $id) { id } }', { id })).toEqual({ state: null });
    const log =
      'query ($id: ID!, $state: ID) { project(by: { id: $id }) { log(recordId: $state) { nodes { operation isErased after } } } }';
    expect(await graph.ask(log, { id: projectId, state: id })).toEqual({
      project: {
        log: { nodes: ['PURGE', 'CREATE'].map((operation) => ({ operation, isErased: true, after: null })) },
      },
    });
  });
});
