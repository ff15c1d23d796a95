import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { repeatOnConflict } from '../../support/api.js';
import { amount } from '../../support/extent.js';
import { freshDatabase } from '../../support/mongodb/mongodb.js';
import { mongoEnvironment, startApp } from '../../support/server.js';
import { type Graph, startGraph, storageMode } from '../support.js';

interface Upserted {
  readonly __typename: string;
  readonly created: boolean;
  readonly code?: string;
}
type TaskUpsert = Upserted & { readonly task: { readonly id: string; readonly version: number } };
type SessionUpsert = Upserted & { readonly session: { readonly id: string; readonly version: number } };
type StateUpsert = Upserted & { readonly state: { readonly id: string; readonly version: number } };

let graph: Graph;
let projectId: string;
beforeAll(async () => {
  graph = await startGraph({ shared: true });
});
beforeEach(async () => {
  projectId = (await graph.project()).id;
});

const TASK = 'id version externalId title status priority analysis stageResults { stage at }';
const upsertTask = (input: object) =>
  graph.mutate<TaskUpsert>('upsertTask', { projectId, externalId: 'a', ...input }, `created task { ${TASK} }`);
const upsertState = (input: object = {}) =>
  graph.mutate<StateUpsert>(
    'upsertState',
    { ownerId: projectId, key: 'plan', ...input },
    'created state { id version key value externalId }',
  );
const existing = '... on AlreadyExistsError { existingId existingIsDeleted }';

describe('upsertTask', () => {
  it('creates a task, updates it, and writes nothing when nothing changes', async () => {
    const first = await upsertTask({ title: 'Mend the sail', analysis: 'torn' });
    expect(first).toMatchObject({
      created: true,
      task: { version: 1, externalId: 'a', title: 'Mend the sail', status: 'BACKLOG', analysis: 'torn' },
    });
    const { id } = first.task;
    expect(await upsertTask({ status: 'TESTING', analysis: null })).toMatchObject({
      created: false,
      task: { id, version: 2, title: 'Mend the sail', status: 'TESTING', analysis: null },
    });
    expect(await upsertTask({ title: 'Mend the sail', status: 'TESTING' })).toMatchObject({
      created: false,
      task: { id, version: 2 },
    });
  });

  it('updates the task that createTask gave the externalId, and dates its stage results', async () => {
    const { task } = await graph.write<{ task: { id: string } }>(
      'createTask',
      { projectId, title: 'Sand the hull', externalId: 'b' },
      'task { id }',
    );
    expect(
      await upsertTask({ externalId: 'b', stageResults: [{ stage: 'look', status: 'ok' }], priority: 'HIGH' }),
    ).toMatchObject({
      created: false,
      task: { id: task.id, priority: 'HIGH', stageResults: [{ stage: 'look', at: expect.any(String) }] },
    });
  });

  it('needs a title to create, and nulls only for what can be empty', async () => {
    expect(await upsertTask({ status: 'TESTING' })).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'title',
      message: expect.stringContaining('no task with this `externalId`'),
    });
    expect(await upsertTask({ title: null })).toMatchObject({ __typename: 'InvalidInputError', field: 'title' });
    expect(await upsertTask({ title: 'x', externalId: ' ' })).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'externalId',
    });
  });

  it('neither updates nor restores a deleted task', async () => {
    const { task } = await upsertTask({ title: 'Mend the sail' });
    await graph.write('deleteTask', { id: task.id, version: 1 }, 'task { id }');
    const fields = `created } ${existing} ... on UpsertTaskPayload { created`;
    for (const title of [undefined, 'Another']) {
      const input = { projectId, externalId: 'a', title };
      expect(await graph.mutate('upsertTask', input, fields)).toMatchObject({
        __typename: 'AlreadyExistsError',
        existingId: task.id,
        existingIsDeleted: true,
        hint: expect.stringContaining('restoreTask'),
      });
    }
    await graph.write('restoreTask', { id: task.id }, 'task { id }');
    expect(await upsertTask({ title: 'Another' })).toMatchObject({
      created: false,
      task: { id: task.id, title: 'Another' },
    });
  });

  it('of 50 at once creates one task, and each change is a version of it', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => upsertTask({ title: `Change ${n}` })));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(all.map(({ task }) => task.id)).size).toBe(1);
    expect(all.map(({ task }) => task.version).sort((a, b) => a - b)).toEqual(all.map((_, n) => n + 1));
  });
});

describe('upsertState', () => {
  it('creates the state of an owner and key, and updates it; a value that is left out stays', async () => {
    const first = await upsertState();
    expect(first).toMatchObject({ created: true, state: { version: 1, value: null, externalId: null } });
    const { id } = first.state;
    expect(await upsertState({ value: [1] })).toMatchObject({ created: false, state: { id, version: 2, value: [1] } });
    expect(await upsertState()).toMatchObject({ created: false, state: { id, version: 2, value: [1] } });
    expect(await upsertState({ value: null })).toMatchObject({
      created: false,
      state: { id, version: 3, value: null },
    });
  });

  it('leaves a deleted state deleted, and creates another', async () => {
    const { state } = await upsertState({ value: 1 });
    await graph.write('deleteState', { id: state.id, version: 1 }, 'state { id }');
    const second = await upsertState({ value: 2 });
    expect(second).toMatchObject({ created: true, state: { version: 1, value: 2 } });
    expect(second.state.id).not.toBe(state.id);
  });

  it('needs an owner that is live', async () => {
    const { task } = await upsertTask({ title: 'Mend the sail' });
    await graph.write('deleteTask', { id: task.id, version: 1 }, 'task { id }');
    expect(await upsertState({ ownerId: task.id })).toMatchObject({ __typename: 'NotFoundError' });
  });

  it('of 50 at once creates one state', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, value) => upsertState({ value })));
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(all.map(({ state }) => state.version).sort((a, b) => a - b)).toEqual(all.map((_, n) => n + 1));
  });
});

describe('saveState', () => {
  const save = (input: object) =>
    graph.mutate<StateUpsert>('saveState', { ownerId: projectId, key: 'plan', ...input }, 'state { id version value }');

  it('with overwrite sets the value whatever it is', async () => {
    const first = await save({ value: 1, overwrite: true });
    expect(first).toMatchObject({ state: { version: 1, value: 1 } });
    expect(await save({ value: 2 })).toMatchObject({ __typename: 'AlreadyExistsError' });
    const { id } = first.state;
    expect(await save({ value: 2, overwrite: true })).toMatchObject({ state: { id, version: 2, value: 2 } });
    expect(await save({ overwrite: true })).toMatchObject({ state: { id, version: 3, value: null } });
  });

  it.each([{ version: 1 }, { externalId: 'x' }])('refuses overwrite together with %j', async (other) => {
    expect(await save({ value: 1, overwrite: true, ...other })).toMatchObject({
      __typename: 'InvalidInputError',
      message: expect.stringContaining(`\`${Object.keys(other)[0]}\``),
    });
  });
});

const CALLS = amount({ quick: 40, all: 100 });

describe('two servers on one data directory', () => {
  /** A project, and calls for 5 keys, half of them at each server. */
  async function startCalls() {
    const data = await mkdtemp(join(tmpdir(), 'mooring-upserts-'));
    onTestFinished(() => rm(data, { recursive: true, force: true }));
    const environment = mongoEnvironment(freshDatabase());
    const one = await startApp(data, environment);
    const two = await startApp(data, environment);
    const project = await one.createProject({ storageMode });
    const calls = Array.from({ length: CALLS }, (_, n) => ({ key: `k${n % 5}`, n }));
    const callAll = <T>(name: string, fields: string, inputOf: (call: { key: string; n: number }) => object) =>
      Promise.all(
        calls.map((call) =>
          repeatOnConflict(() => (call.n % 2 === 0 ? one : two).mutate<T>(name, inputOf(call), fields)),
        ),
      );
    return { one, project, callAll };
  }

  it('create one record of each key, and lose no change', async () => {
    const { project: projectId, callAll } = await startCalls();
    const tasks = await callAll<TaskUpsert>('upsertTask', 'created task { id version }', ({ key, n }) => ({
      projectId,
      externalId: key,
      title: `Change ${n}`,
    }));
    const sessions = await callAll<SessionUpsert>('upsertSession', 'created session { id version }', ({ key, n }) => ({
      projectId,
      externalId: key,
      title: `Change ${n}`,
    }));
    const states = await callAll<StateUpsert>('upsertState', 'created state { id version }', ({ key, n }) => ({
      ownerId: projectId,
      key,
      value: n,
    }));
    for (const upserts of [
      tasks.map(({ created, task }) => ({ created, ...task })),
      sessions.map(({ created, session }) => ({ created, ...session })),
      states.map(({ created, state }) => ({ created, ...state })),
    ]) {
      expect(upserts.filter(({ created }) => created)).toHaveLength(5);
      expect(new Set(upserts.map(({ id }) => id)).size).toBe(5);
      expect(new Set(upserts.map(({ id, version }) => `${id} ${version}`)).size).toBe(CALLS);
    }
  });

  it('create one session of each key, by upserts and by memories that name it', async () => {
    const { one, project: projectId, callAll } = await startCalls();
    const [upserts] = await Promise.all([
      callAll<SessionUpsert>('upsertSession', 'created session { id version }', ({ key, n }) => ({
        projectId,
        key,
        title: `Change ${n}`,
      })),
      callAll('saveMemory', 'memory { id }', ({ key, n }) => ({
        projectId,
        sessionId: key,
        role: 'USER',
        content: `Message ${n}`,
      })),
    ]);
    expect(upserts.filter(({ created }) => created).length).toBeLessThanOrEqual(5);
    expect(new Set(upserts.map(({ session }) => `${session.id} ${session.version}`)).size).toBe(CALLS);
    const query = `query ($id: ID!) { project(by: { id: $id }) {
      sessions(deleted: INCLUDE) { nodes { id key memoryCount } } } }`;
    const { project } = await one.ask<{ project: { sessions: { nodes: readonly { key: string }[] } } }>(query, {
      id: projectId,
    });
    const sessions = project.sessions.nodes.toSorted((a, b) => a.key.localeCompare(b.key));
    expect(sessions).toEqual(
      [0, 1, 2, 3, 4].map((n) => ({ id: upserts[n]!.session.id, key: `k${n}`, memoryCount: CALLS / 5 })),
    );
  });
});
