import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from '../support.js';

const caller = { actor: 'agent', requestId: '' };
let graph: Graph;
let projectId: string;

beforeAll(async () => {
  graph = await startGraph({ shared: true, caller });
});
beforeEach(async () => {
  caller.requestId = 'set up';
  projectId = (await graph.project()).id;
});

interface Row {
  readonly id: string;
  readonly version: number;
}
const create = async (title: string) =>
  (await graph.write<{ task: Row }>('createTask', { projectId, title }, 'task { id version }')).task;
const titles = async () => {
  const query = 'query ($id: ID!) { project(by: { id: $id }) { tasks { nodes { title status } } } }';
  const { project } = await graph.ask<{ project: { tasks: { nodes: object[] } } }>(query, { id: projectId });
  return project.tasks.nodes;
};
const UNDONE = 'count ids records { id ... on Task { title deletedAt } }';
const undo = (requestId: string, as = `undo ${requestId}`) => {
  caller.requestId = as;
  return graph.mutate<Record<string, unknown>>(
    'revertRequest',
    { projectId, requestId },
    `${UNDONE} } ... on ChangedSinceError { changes { recordId actor requestId operation changedFields }`,
  );
};

describe('revertRequest', () => {
  it('undoes all that a request wrote, and then the undo', async () => {
    const { id } = await create('Mend the sail');
    const gone = await create('Paint the hull');
    caller.requestId = 'r1';
    const added = await create('Buy rope');
    await graph.write('updateTask', { id, version: 1, status: 'DONE', title: 'Sail' }, 'task { id }');
    await graph.write('deleteTask', gone, 'task { id }');
    const after = await titles();
    expect(after).toEqual([
      { title: 'Buy rope', status: 'BACKLOG' },
      { title: 'Sail', status: 'DONE' },
    ]);

    const undone = await undo('r1');
    expect(undone).toMatchObject({ __typename: 'RevertRequestPayload', count: 3 });
    expect(new Set(undone.ids as string[])).toEqual(new Set([id, gone.id, added.id]));
    expect(undone.records).toContainEqual({ id: added.id, title: 'Buy rope', deletedAt: expect.any(String) });
    expect(await titles()).toEqual([
      { title: 'Paint the hull', status: 'BACKLOG' },
      { title: 'Mend the sail', status: 'BACKLOG' },
    ]);

    expect(await undo('r1', 'again')).toMatchObject({ count: 0, ids: [], records: [] });
    expect(await undo('undo r1', 'redo')).toMatchObject({ count: 3 });
    expect(await titles()).toEqual(after);
  });

  it('undoes memories with the session that began with them', async () => {
    caller.requestId = 'r1';
    for (const content of ['hello', 'and more'])
      await graph.write('saveMemory', { projectId, role: 'USER', content, sessionId: 'deck' }, 'memory { id }');
    const count = async () => {
      const query =
        'query ($id: ID!) { project(by: { id: $id }) { sessions { totalCount nodes { memoryCount } } memories { totalCount } } }';
      return (await graph.ask<{ project: object }>(query, { id: projectId })).project;
    };
    const all = { sessions: { totalCount: 1, nodes: [{ memoryCount: 2 }] }, memories: { totalCount: 2 } };
    expect(await count()).toEqual(all);
    expect(await undo('r1')).toMatchObject({ count: 3 });
    expect(await count()).toEqual({ sessions: { totalCount: 0, nodes: [] }, memories: { totalCount: 0 } });
    await undo('undo r1', 'redo');
    expect(await count()).toEqual(all);
  });

  it('is refused when others have changed a record since, and shows how', async () => {
    const { id } = await create('Mend the sail');
    caller.requestId = 'r1';
    await graph.write('updateTask', { id, version: 1, title: 'Sail' }, 'task { id }');
    caller.requestId = 'r2';
    await graph.write('updateTask', { id, version: 2, status: 'DONE' }, 'task { id }');
    expect(await undo('r1')).toMatchObject({
      __typename: 'ChangedSinceError',
      code: 'CHANGED_SINCE',
      changes: [
        {
          recordId: id,
          actor: 'agent',
          requestId: 'r2',
          operation: 'UPDATE',
          changedFields: ['status', 'completedAt'],
        },
      ],
    });
    expect(await titles()).toEqual([{ title: 'Sail', status: 'DONE' }]);
    expect(await undo('none')).toMatchObject({ __typename: 'NotFoundError', recordId: 'none' });
  });
});

it('the log of one request is a list of its own, with its own cursors', async () => {
  const { id } = await create('one');
  caller.requestId = 'r1';
  for (const version of [1, 2, 3]) await graph.write('updateTask', { id, version, title: `${version}` }, 'task { id }');
  caller.requestId = 'r2';
  await create('other');
  const query = `query ($id: ID!, $request: String, $record: ID, $first: Int, $after: String) { project(by: { id: $id }) {
    log(requestId: $request, recordId: $record, first: $first, after: $after) { pageInfo { endCursor hasNextPage } nodes { version requestId } } } }`;
  type Page = {
    pageInfo: { endCursor: string; hasNextPage: boolean };
    nodes: { version: number; requestId: string }[];
  };
  const read = async (variables: object) =>
    (await graph.ask<{ project: { log: Page } }>(query, { id: projectId, ...variables })).project.log;
  const first = await read({ request: 'r1', first: 2 });
  expect(first).toMatchObject({ nodes: [{ version: 4 }, { version: 3 }], pageInfo: { hasNextPage: true } });
  const after = first.pageInfo.endCursor;
  expect((await read({ request: 'r1', after })).nodes).toEqual([{ version: 2, requestId: 'r1' }]);
  expect((await read({ request: 'r2', record: id })).nodes).toEqual([]);
  expect((await graph.refused(query, { id: projectId, request: 'r2', after })).originalError).toMatchObject({
    code: 'INVALID_CURSOR',
  });
});
