import { beforeEach, describe, expect, it } from 'vitest';
import { encodeCursor } from '../../../src/domain/cursor.js';
import { amount } from '../../support/extent.js';
import { type Graph, prepare, startGraph } from '../support.js';

/** How many follow at once. */
const READERS = amount({ quick: 200, all: 1_000 });

interface Change {
  readonly cursor: string;
  readonly entry: { readonly operation: string; readonly seq: number };
  readonly record: { readonly id: string; readonly title?: string } | null;
}

const FIELDS = 'cursor entry { operation seq } record { id ... on Task { title } ... on Memory { content } }';
const FOLLOW = `subscription ($id: ID!, $after: String) { projectChanges(projectId: $id, after: $after) { ${FIELDS} } }`;

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

async function createTask(title: string): Promise<string> {
  const { task } = await graph.write<{ task: { id: string } }>('createTask', { projectId, title }, 'task { id }');
  return task.id;
}

async function cursorNow(): Promise<string> {
  const query = 'query ($id: ID!) { project(by: { id: $id }) { cursor } }';
  return (await graph.ask<{ project: { cursor: string } }>(query, { id: projectId })).project.cursor;
}

function follow(after?: string) {
  return graph.follow<{ projectChanges: Change }>(FOLLOW, { id: projectId, after });
}

async function take(changes: Awaited<ReturnType<typeof follow>>, count: number): Promise<Change[]> {
  const taken: Change[] = [];
  while (taken.length < count) {
    const { done, value } = await changes.next();
    if (done) throw new Error(`It ended after ${taken.length}.`);
    if (value.errors) throw value.errors[0];
    taken.push(value.data!.projectChanges);
  }
  return taken;
}

describe('the changes of a project', () => {
  it('come live, each with the record as it is now', async () => {
    const changes = await follow();
    const next = take(changes, 2);
    const id = await createTask('Row');
    await graph.write('saveMemory', { projectId, role: 'USER', content: 'Faster' }, 'memory { id }');
    expect(await next).toMatchObject([
      { entry: { operation: 'CREATE' }, record: { id, title: 'Row' } },
      { entry: { operation: 'CREATE' }, record: { content: 'Faster' } },
    ]);
    await changes.return();
  });

  it('resume after a cursor without a gap', async () => {
    const changes = await follow();
    const next = take(changes, 1);
    await createTask('seen');
    const [seen] = await next;
    await changes.return();
    await createTask('missed');
    const again = await follow(seen!.cursor);
    const rest = take(again, 2);
    await createTask('live');
    expect((await rest).map(({ record }) => record?.title)).toEqual(['missed', 'live']);
    await again.return();
  });

  it('begin after the cursor of the project, so that lists read after it miss nothing', async () => {
    const cursor = await cursorNow();
    await createTask('between');
    const changes = await follow(cursor);
    expect(await take(changes, 1)).toMatchObject([{ record: { title: 'between' } }]);
    await changes.return();
  });

  it('come in pages and in order when there are many', async () => {
    const cursor = await cursorNow();
    const tasks = Array.from({ length: 230 }, (_, index) => ({ title: `${index}` }));
    await graph.write('createTasks', { projectId, tasks }, 'tasks { id }');
    const changes = await follow(cursor);
    expect((await take(changes, 230)).map(({ record }) => record?.title)).toEqual(tasks.map(({ title }) => title));
    await changes.return();
  });

  it('show no record that was purged', async () => {
    const cursor = await cursorNow();
    const id = await createTask('gone');
    const asked = await graph.write<{ token: string }>('requestPurge', { id }, 'token');
    await graph.write('purgeTask', { id, version: 1, token: asked.token }, 'task { id }');
    const changes = await follow(cursor);
    expect(await take(changes, 2)).toMatchObject([
      { entry: { operation: 'CREATE' }, record: null },
      { entry: { operation: 'PURGE' }, record: null },
    ]);
    await changes.return();
  });

  it('show what the record was after each of them', async () => {
    const cursor = await cursorNow();
    const id = await createTask('first');
    await graph.write('updateTask', { id, version: 1, title: 'second' }, 'task { id }');
    const query = `subscription ($id: ID!, $after: String) { projectChanges(projectId: $id, after: $after) { entry { before after changedFields } } }`;
    const changes = await graph.follow<{ projectChanges: object }>(query, { id: projectId, after: cursor });
    expect([(await changes.next()).value, (await changes.next()).value]).toMatchObject([
      { data: { projectChanges: { entry: { before: null, after: { title: 'first' }, changedFields: null } } } },
      {
        data: {
          projectChanges: {
            entry: { before: { title: 'first' }, after: { title: 'second' }, changedFields: ['title'] },
          },
        },
      },
    ]);
    await changes.return();
  });

  it('end at once when the reader leaves while it waits', async () => {
    const changes = await follow();
    const waiting = changes.next();
    await changes.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('end when the project is deleted, and resume from there once it is restored', async () => {
    const changes = await follow();
    const next = take(changes, 2);
    await createTask('before');
    await graph.write('deleteProject', { id: projectId, version: 1 }, 'project { id }');
    const [before, last] = await next;
    expect(before).toMatchObject({ record: { title: 'before' } });
    expect(last).toMatchObject({ entry: { operation: 'DELETE' }, record: { id: projectId }, cursor: before!.cursor });
    expect(await changes.next()).toEqual({ done: true, value: undefined });
    await expect(follow(last!.cursor)).rejects.toMatchObject({ originalError: { code: 'NOT_FOUND' } });

    await graph.write('restoreProject', { id: projectId }, 'project { id }');
    const again = await follow(last!.cursor);
    await createTask('after');
    expect(await take(again, 1)).toMatchObject([{ record: { title: 'after' } }]);
    await again.return();
  });

  it('are refused for a project that doesn’t exist', async () => {
    const refused = (id: string) => graph.follow(FOLLOW, { id });
    await expect(refused(`prj_${'0'.repeat(26)}`)).rejects.toMatchObject({ originalError: { code: 'NOT_FOUND' } });
    await expect(refused(await createTask('x'))).rejects.toMatchObject({ originalError: { code: 'INVALID_INPUT' } });
  });
});

describe('a cursor of changes', () => {
  it('is refused when it is of another project, of a list, beyond the end, or rubbish', async () => {
    await createTask('x');
    const mine = await cursorNow();
    const name = `changes of ${projectId}`;
    projectId = (await graph.project()).id;
    const bad = [
      mine,
      'rubbish',
      '',
      encodeCursor(name, [1]),
      ...[99, -1, 1.5, '1', null].map((seq) => encodeCursor(`changes of ${projectId}`, [seq])),
    ];
    for (const cursor of bad) {
      await expect(follow(cursor)).rejects.toMatchObject({ originalError: { code: 'INVALID_CURSOR' } });
    }
  });

  it('is expired when the log no longer keeps what came after it, with a hint how to continue', async () => {
    const cursor = await cursorNow();
    const id = await createTask('x');
    await graph.write('updateTask', { id, version: 1, title: 'y' }, 'task { id }');
    const { store } = await graph.factory.of(projectId);
    await store.trimLog(new Date(Date.now() + 60_000).toISOString());
    await expect(follow(cursor)).rejects.toMatchObject({
      originalError: { code: 'CURSOR_EXPIRED', hint: expect.stringContaining('cursor') },
    });
    const changes = await follow(await cursorNow());
    await createTask('z');
    expect(await take(changes, 1)).toMatchObject([{ record: { title: 'z' } }]);
    await changes.return();
  });
});

describe('many followers of a project', () => {
  it('all get everything, and the store is read once for all of them', async () => {
    // No index of another test's project reads meanwhile.
    graph = await startGraph();
    projectId = (await graph.project()).id;
    const readers = await Promise.all(Array.from({ length: READERS }, () => follow()));
    const first = readers.map((changes) => take(changes, 1));
    await createTask('warm');
    await Promise.all(first);
    await graph.settled(projectId);
    graph.statements.length = 0;
    const next = readers.map((changes) => take(changes, 3));
    await graph.write('createTasks', { projectId, tasks: ['a', 'b', 'c'].map((title) => ({ title })) }, 'tasks { id }');
    for (const taken of await Promise.all(next)) {
      expect(taken.map(({ record }) => record?.title)).toEqual(['a', 'b', 'c']);
    }
    expect(graph.statements.length).toBeLessThan(30);
    await Promise.all(readers.map((changes) => changes.return()));
  });

  it("don't wait for one that stalls", async () => {
    const stalled = await follow();
    const healthy = await follow();
    const next = take(healthy, 2);
    await createTask('a');
    await createTask('b');
    expect((await next).map(({ record }) => record?.title)).toEqual(['a', 'b']);
    expect((await take(stalled, 2)).map(({ record }) => record?.title)).toEqual(['a', 'b']);
    await Promise.all([stalled.return(), healthy.return()]);
  });
});

describe('the changes of the list of projects', () => {
  const LIST = `subscription ($after: String) { projectListChanges(after: $after) { cursor entry { operation } record { name } } }`;
  type ListChange = {
    projectListChanges: { cursor: string; entry: { operation: string }; record: { name: string } | null };
  };

  it('show each project that is created, changed, deleted and restored, from a cursor on', async () => {
    const { projectListCursor: after } = await graph.ask<{ projectListCursor: string }>('{ projectListCursor }');
    const changes = await graph.follow<ListChange>(LIST, { after });
    const { id } = await graph.project({ name: 'Pier' });
    await graph.write('updateProject', { id, version: 1, name: 'Quay' }, 'project { id }');
    await graph.write('deleteProject', { id, version: 2 }, 'project { id }');
    await graph.write('restoreProject', { id }, 'project { id }');
    const operations: string[] = [];
    while (operations.length < 4)
      operations.push((await changes.next()).value?.data?.projectListChanges.entry.operation ?? 'none');
    expect(operations).toEqual(['CREATE', 'UPDATE', 'DELETE', 'RESTORE']);
    await changes.return();
  });

  it('accept no cursor of a project', async () => {
    const after = await cursorNow();
    await expect(graph.follow(LIST, { after })).rejects.toMatchObject({ originalError: { code: 'INVALID_CURSOR' } });
  });
});
