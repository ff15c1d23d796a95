import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdGenerator } from '../../../src/domain/id.js';
import type { Task } from '../../../src/domain/task.js';
import { tasks } from '../../../src/storage/collections.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH } from '../../contract/store.js';
import { cacheOf, fileFactory, NEVER_SCANNING } from '../../support/files/files.js';
import { AT, aTask } from '../../support/records.js';

const EXPIRES = '9999-12-31T23:59:59.999Z';
const claim = { agent: 'ada', expiresAt: EXPIRES, status: 'BACKLOG', assignedAgent: null } as const;
const lastRelease = { agent: 'bob', at: AT, reason: 'no paint' };

describe('the claim in a task’s file', () => {
  const factory = fileFactory({ projectId: createIdGenerator()('project', 'abcdefgh'), ...NEVER_SCANNING });
  let place: string;
  let store: Store;
  beforeEach(async () => {
    place = await factory.place();
    store = await factory.open(place, EPOCH);
  });
  afterEach(() => factory.cleanUp());

  const pathOf = (id: string) => join(place, 'tasks/2026/01/01', `${id}.json`);
  const stored = async (id: string) => (await store.collection(tasks).get([id]))[0];
  const claimed = async () => {
    const task = aTask({ status: 'IN_PROGRESS', assignedAgent: 'ada', claim, claimToken: 3, lastRelease });
    await store.commit([{ kind: 'put', collection: 'tasks', operation: 'CREATE', document: task }], context());
    return task;
  };
  const edit = async ({ id }: Pick<Task, 'id'>, change: object) => {
    writeFileSync(pathOf(id), JSON.stringify({ ...JSON.parse(readFileSync(pathOf(id), 'utf8')), ...change }));
    expect((await store.health()).problems).toEqual([]);
    return stored(id);
  };
  const add = async (task: Partial<Record<keyof Task, unknown>> & { readonly id: string }) => {
    mkdirSync(dirname(pathOf(task.id)), { recursive: true });
    writeFileSync(pathOf(task.id), JSON.stringify(task));
    expect((await store.health()).problems).toEqual([]);
    return stored(task.id);
  };

  it.each(['DONE', 'BLOCKED'] as const)('ends when a person sets the status %s, and stays so', async (status) => {
    const task = await claimed();
    expect(await edit(task, { status })).toMatchObject({ version: 2, status, claim: null, claimToken: 3, lastRelease });
    expect(await edit(task, { status: 'BACKLOG' })).toMatchObject({
      ...{ version: 3, status: 'BACKLOG', completedAt: null, claim: null, claimToken: 3 },
    });
  });

  it('stays with another status, whatever the file says', async () => {
    const task = await claimed();
    const change = { status: 'TESTING', claim: null, claimToken: 9, lastRelease: null };
    expect(await edit(task, change)).toMatchObject({
      version: 2,
      status: 'TESTING',
      claim,
      claimToken: 3,
      lastRelease,
    });
  });

  it.each([2 ** 31 - 1, 2 ** 53 - 1, 'many'])(
    'is not taken over with a new file, nor its token %s',
    async (claimToken) => {
      const added = aTask({ title: 'dropped in', status: 'IN_PROGRESS', claim, lastRelease });
      expect(await add({ ...added, claimToken })).toMatchObject({
        ...{ title: 'dropped in', status: 'IN_PROGRESS', version: 1, claim: null, claimToken: 0, lastRelease: null },
      });
    },
  );

  it('is not set in the file of a task that an earlier version wrote', async () => {
    const { claim: _, claimToken: __, lastRelease: ___, ...older } = aTask();
    await store.commit([{ kind: 'put', collection: 'tasks', operation: 'CREATE', document: older }], context());
    const change = { title: 'changed', claim, claimToken: 9, lastRelease };
    expect(await edit(older, change)).toMatchObject({
      ...{ version: 2, title: 'changed', claim: null, claimToken: 0, lastRelease: null },
    });
  });

  it('comes back with the file when the log is lost', async () => {
    const task = await claimed();
    await store.close();
    rmSync(dirname(cacheOf(place)), { recursive: true });
    rmSync(join(place, 'log'), { recursive: true });
    store = await factory.open(place);
    expect(await stored(task.id)).toEqual(task);
  });

  it('has a token that the API can give', async () => {
    const task = await claimed();
    const path = pathOf(task.id);
    writeFileSync(path, JSON.stringify({ ...task, claimToken: 2 ** 31 }));
    expect((await store.health()).problems).toEqual([expect.stringContaining('claimToken must be at most 2147483647')]);
    expect(await stored(task.id)).toEqual(task);
  });
});
