import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HANDLE_START, handleOf } from '../../../src/domain/id.js';
import { tasks } from '../../../src/storage/collections.js';
import { author, type Graph, startGraph } from '../support.js';

let graph: Graph;
let projectId: string;
beforeAll(async () => {
  graph = await startGraph({ shared: true });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

/** Two tasks that share a handle: the second is a copy of the first from another time. */
async function makeTwins(): Promise<readonly [string, string]> {
  const { task } = await graph.write<{ task: { id: string } }>(
    'createTask',
    { projectId, title: 'one' },
    'task { id }',
  );
  const { store } = await graph.factory.of(projectId);
  const [stored] = await store.collection(tasks).get([task.id]);
  const at = HANDLE_START - 3;
  const id = `${task.id.slice(0, at)}${task.id[at] === '0' ? '1' : '0'}${task.id.slice(at + 1)}`;
  expect(handleOf(id)).toBe(handleOf(task.id));
  await store.commit(
    [{ kind: 'put', collection: tasks.name, operation: 'CREATE', document: { ...stored!, id, version: 1 } }],
    { epoch: await store.epoch(), ...author, at: stored!.createdAt },
  );
  return [task.id, id];
}

describe('a handle that two tasks share', () => {
  const FIND = 'query ($by: TaskBy!) { task(by: $by) { id } }';
  const claim = (input: object) =>
    graph.mutate<object>('claimTask', { projectId, agent: 'ada', ...input }, 'task { id }');

  it('names neither: the error lists both', async () => {
    const twins = await makeTwins();
    const handle = handleOf(twins[0]);
    const refused = await graph.refused(FIND, { by: { projectId, handle } });
    expect(refused.originalError).toMatchObject({ code: 'INVALID_INPUT', hint: expect.stringContaining('id') });
    const claimed = await claim({ handle });
    expect(claimed).toMatchObject({ __typename: 'InvalidInputError', field: 'handle' });
    for (const { message } of [refused, claimed as { message: string }]) {
      for (const id of twins) expect(message).toContain(id);
    }
    const query = 'query ($id: ID!) { task(id: $id) { claim { agent } } }';
    for (const id of twins) expect(await graph.ask(query, { id })).toEqual({ task: { claim: null } });
  });

  it('names the other when one is deleted; each is claimed by its id', async () => {
    const [first, second] = await makeTwins();
    const handle = handleOf(first);
    expect(await claim({ id: second })).toMatchObject({ task: { id: second } });
    await graph.write('deleteTask', { id: first, version: 1 }, 'task { id }');
    expect(await graph.ask(FIND, { by: { projectId, handle } })).toEqual({ task: { id: second } });
    expect(await claim({ handle })).toMatchObject({ task: { id: second } });
  });
});
