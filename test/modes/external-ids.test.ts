import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, createApi } from '../support/api.js';
import { type Running, startMooring } from '../support/machine/processes.js';
import { MODES } from '../support/modes.js';
import { dropDatabase, freshDatabase } from '../support/mongodb/mongodb.js';
import { mongoEnvironment } from '../support/server.js';

interface Made {
  readonly id: string;
  readonly version: number;
}

/** How a record of each kind is created with an `externalId`, and its name in mutations and payloads. */
const KINDS = [
  { kind: 'task', create: 'createTask', one: (projectId: string) => ({ projectId, title: 'Moor' }) },
  { kind: 'memory', create: 'saveMemory', one: (projectId: string) => ({ projectId, role: 'USER', content: 'Ahoy' }) },
  { kind: 'state', create: 'saveState', one: (ownerId: string) => ({ ownerId, key: 'plan', value: 1 }) },
] as const;
/** The same for kinds that are created in batches. */
const BATCHES = [
  { kind: 'task', create: 'createTasks', list: 'tasks', one: (text: string) => ({ title: text }) },
  { kind: 'memory', create: 'saveMemories', list: 'memories', one: (content: string) => ({ role: 'USER', content }) },
] as const;
const capital = (word: string) => word[0]!.toUpperCase() + word.slice(1);

let data: string;
const database = freshDatabase();
let servers: readonly Running[] = [];
let one: Api;
let other: Api;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'mooring-external-ids-'));
  const environment = mongoEnvironment(database);
  servers = [await startMooring(data, environment), await startMooring(data, environment)];
  [one, other] = servers.map(({ url }) => createApi(url)) as [Api, Api];
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await rm(data, { recursive: true, force: true });
  if (MODES.some((mode) => mode === 'MONGODB')) await dropDatabase(database);
});

/** The result of a mutation: its payload, or its error with all fields. */
async function answerOf(api: Api, name: string, input: object, fields: string): Promise<Record<string, unknown>> {
  const type = capital(name);
  const query = `mutation M($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${type}Payload { ${fields} }
    ... on Error { message code hint } ... on InvalidInputError { field } ... on AlreadyExistsError { existingId existingIsDeleted } } }`;
  return (await api.ask<Record<string, Record<string, unknown>>>(query, { input }))[name]!;
}

async function madeBy(name: string, input: object, kind: string): Promise<Made> {
  return (await one.mutate<Record<string, Made>>(name, input, `${kind} { id version }`))[kind]!;
}

const deleted = (kind: string, { id, version }: Made) =>
  one.mutate(`delete${capital(kind)}`, { id, version }, `${kind} { id }`);

async function countOf(projectId: string, list: 'tasks' | 'memories'): Promise<number> {
  const query = `query C($id: ID!) { project(by: { id: $id }) { ${list}(deleted: INCLUDE) { totalCount } } }`;
  return (await one.ask<{ project: Record<string, { totalCount: number }> }>(query, { id: projectId })).project[list]!
    .totalCount;
}

describe.each(MODES)('an externalId in %s', (storageMode) => {
  const project = () => one.createProject({ storageMode });

  it.each(KINDS)(
    'of a $kind that is deleted is refused, until it is restored',
    async ({ kind, create, one: content }) => {
      const projectId = await project();
      const input = { ...content(projectId), externalId: 'mail-1' };
      const first = await madeBy(create, input, kind);
      expect(await madeBy(create, input, kind)).toEqual(first);
      await deleted(kind, first);
      const answer = await answerOf(other, create, input, `${kind} { id }`);
      expect(answer).toMatchObject({
        __typename: 'AlreadyExistsError',
        code: 'ALREADY_EXISTS',
        existingId: first.id,
        existingIsDeleted: true,
      });
      expect(answer.message).toBe(
        `externalId belongs to the ${kind} ${first.id}, which is deleted. Nothing was written.`,
      );
      expect(answer.hint).toContain(`\`restore${capital(kind)}\``);
      await one.mutate(`restore${capital(kind)}`, { id: first.id }, `${kind} { id }`);
      expect(await madeBy(create, input, kind)).toEqual({ id: first.id, version: 3 });
    },
  );

  it.each(BATCHES)(
    'in a batch of $list is refused with each that is deleted, and nothing is written',
    async (batch) => {
      const { kind, create, list } = batch;
      const projectId = await project();
      const records = ['a', 'b', 'c'].map((externalId) => ({ ...batch.one(externalId), externalId }));
      const made = await one.mutate<Record<string, Made[]>>(
        create,
        { projectId, [list]: records },
        `${list} { id version }`,
      );
      const [a, , c] = made[list]!;
      await deleted(kind, a!);
      await deleted(kind, c!);
      const again = [batch.one('new'), records[1], records[2], records[0]];
      const answer = await answerOf(other, create, { projectId, [list]: again }, `${list} { id }`);
      expect(answer).toMatchObject({ __typename: 'AlreadyExistsError', existingId: c!.id, existingIsDeleted: true });
      expect(answer.message).toBe(
        `${list}.2.externalId belongs to the ${kind} ${c!.id}, which is deleted. 1 more is, too: ${a!.id}. Nothing was written.`,
      );
      expect(await countOf(projectId, list)).toBe(3);
    },
  );

  it.each(BATCHES)('twice in a batch of $list is one record, if the two are alike', async (batch) => {
    const { create, list } = batch;
    const projectId = await project();
    const twin = { ...batch.one('alike'), externalId: 'twin' };
    const made = await one.mutate<Record<string, Made[]>>(
      create,
      { projectId, [list]: [twin, batch.one('between'), { ...twin }] },
      `${list} { id }`,
    );
    const ids = made[list]!.map(({ id }) => id);
    expect(ids[2]).toBe(ids[0]);
    expect(await countOf(projectId, list)).toBe(2);
    // Also where it exists already: they contradict each other, whatever is stored.
    for (const externalId of ['twin', 'new']) {
      const two = [batch.one('x'), { ...batch.one('y'), externalId }, { ...batch.one('z'), externalId }];
      const answer = await answerOf(other, create, { projectId, [list]: two }, `${list} { id }`);
      expect(answer).toMatchObject({ __typename: 'InvalidInputError', field: `${list}.2.externalId` });
      expect(answer.message).toContain(`is the same as ${list}.1.externalId, and the two records differ`);
    }
    expect(await countOf(projectId, list)).toBe(2);
  });

  it('of an existing record returns that as it is, whatever else is sent', async () => {
    const projectId = await project();
    const first = await madeBy('createTask', { projectId, title: 'Moor', externalId: 'x' }, 'task');
    const { task } = await one.mutate<{ task: object }>(
      'createTask',
      { projectId, title: 'Cast off', priority: 'HIGH', externalId: 'x' },
      'task { id version title priority }',
    );
    expect(task).toEqual({ ...first, title: 'Moor', priority: 'MEDIUM' });
  });

  it('sent to two servers at once, many times, creates each record once', async () => {
    const projectId = await project();
    const names = ['a', 'b', 'c', 'd'];
    const turned = (n: number) => [...names.slice(n % 4), ...names.slice(0, n % 4)];
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        const api = n % 2 ? one : other;
        const tasks = turned(n).map((externalId) => ({ title: externalId, externalId }));
        const made = await api.mutate<{ tasks: Made[] }>('createTasks', { projectId, tasks }, 'tasks { id title }');
        const single = { projectId, role: 'USER', content: `by ${n}`, externalId: 'single' };
        const { memory } = await api.mutate<{ memory: Made }>('saveMemory', single, 'memory { id content }');
        return { tasks: JSON.stringify([...made.tasks].sort((a, b) => (a.id < b.id ? -1 : 1))), memory };
      }),
    );
    expect(new Set(answers.map(({ tasks }) => tasks)).size).toBe(1);
    expect(new Set(answers.map(({ memory }) => JSON.stringify(memory))).size).toBe(1);
    expect(await countOf(projectId, 'tasks')).toBe(4);
    expect(await countOf(projectId, 'memories')).toBe(1);
  });

  it('of a project that is deleted is refused, until it is restored', async () => {
    const input = { name: 'Harbour', storageMode, externalId: `client/${storageMode}` };
    const both = await Promise.all([one, other].map((api) => api.createProject(input)));
    expect(both[0]).toBe(both[1]);
    await deleted('project', { id: both[0]!, version: 1 });
    const answer = await answerOf(other, 'createProject', input, 'project { id }');
    expect(answer).toMatchObject({
      __typename: 'AlreadyExistsError',
      existingId: both[0],
      existingIsDeleted: true,
      hint: expect.stringContaining('`restoreProject`'),
    });
    await one.mutate('restoreProject', { id: both[0] }, 'project { id }');
    expect(await other.createProject(input)).toBe(both[0]);
  });
});
