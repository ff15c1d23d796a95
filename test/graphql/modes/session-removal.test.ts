import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Graph, startGraph } from '../support.js';

interface Session {
  readonly id: string;
  readonly version: number;
  readonly key: string;
}
interface Deleted {
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

const FIELDS = 'id version key deletedAt memoryCount';
const create = async (input: object = {}) =>
  (await graph.write<{ session: Session }>('createSession', { projectId, ...input }, `session { ${FIELDS} }`)).session;
const say = (sessionId: string, content = 'hello') =>
  graph.write<{ memory: { id: string; version: number } }>(
    'saveMemory',
    { projectId, role: 'USER', content, sessionId },
    'memory { id version }',
  );
const get = async (id: string) =>
  (await graph.ask<{ session: Session | null }>(`query ($id: ID!) { session(id: $id) { ${FIELDS} } }`, { id })).session;
const version = async (id: string) => (await get(id))!.version;

describe('deleteSessions', () => {
  async function remove(input: object) {
    const { count, ids } = await graph.write<Deleted>('deleteSessions', { projectId, ...input }, 'count ids');
    return { count, ids };
  }

  it('deletes those that match with their memories, which are restored with them', async () => {
    const [a, b, c] = [await create({ agent: 'x' }), await create({ agent: 'x' }), await create({ agent: 'y' })];
    for (const { key } of [a, a, b, c]) await say(key);
    const filter = { agent: 'x' };
    const both = { count: 2, ids: [a.id, b.id] };
    expect(await remove({ filter, dryRun: true })).toEqual(both);
    expect(await get(a.id)).toMatchObject({ deletedAt: null, memoryCount: 2 });
    expect(await remove({ filter })).toEqual(both);
    expect(await remove({ filter })).toEqual({ count: 0, ids: [] });
    expect(await get(c.id)).toMatchObject({ deletedAt: null, memoryCount: 1 });
    const query = 'query ($id: ID!) { project(by: { id: $id }) { memories { totalCount } } }';
    expect(await graph.ask(query, { id: projectId })).toEqual({ project: { memories: { totalCount: 1 } } });
    await graph.write('restoreSession', { id: a.id }, 'session { id }');
    expect(await get(a.id)).toMatchObject({ deletedAt: null, memoryCount: 2 });
  });

  it('refuses an empty filter without `all`', async () => {
    await create();
    const fields = '__typename } ... on InvalidInputError { message';
    const refused = await graph.mutate<{ message: string }>('deleteSessions', { projectId, filter: {} }, fields);
    expect(refused.message).toContain('empty filter');
    expect(await remove({ filter: {}, all: true })).toMatchObject({ count: 1 });
  });

  it('selects by the range of activity', async () => {
    const { id } = await create();
    expect(await remove({ filter: { activeAt: { before: '2020-01-01T00:00:00Z' } } })).toMatchObject({ count: 0 });
    expect(await remove({ filter: { activeAt: { after: '2020-01-01T00:00:00Z' } } })).toMatchObject({ ids: [id] });
  });
});

describe('purgeSession', () => {
  const requestPurge = (id: string) =>
    graph.write<{ token: string; consequence: string }>('requestPurge', { id }, 'token consequence');
  const purge = async (id: string) => {
    const { token } = await requestPurge(id);
    return graph.write('purgeSession', { id, version: await version(id), token }, 'session { id }');
  };
  const memoryOf = async (id: string) =>
    (await graph.ask<{ memory: object | null }>(`{ memory(id: "${id}") { id } }`)).memory;

  it('removes it with its memories, deleted ones included, and its states', async () => {
    const { id, key } = await create();
    const { memory: kept } = await say('other');
    const { memory: live } = await say(key, 'secret one');
    const { memory: deleted } = await say(key, 'secret two');
    await graph.write('deleteMemory', deleted, 'memory { id }');
    const state = { ownerId: id, key: 'plan', value: { a: 'secret' } };
    await graph.write('saveState', state, 'state { id }');
    expect((await requestPurge(id)).consequence).toContain(`${id} and its 2 memories and 1 state would be removed`);
    await purge(id);
    expect([await get(id), await memoryOf(live.id), await memoryOf(deleted.id)]).toEqual([null, null, null]);
    expect(await memoryOf(kept.id)).not.toBeNull();
    const query = `query ($id: ID!) { project(by: { id: $id }) { log(first: 50) { nodes { before after } } } }`;
    expect(JSON.stringify(await graph.ask(query, { id: projectId }))).not.toContain('secret');
  });

  it('of a deleted one leaves the memories of a newer one with the same key', async () => {
    const old = await create({ key: 'watch' });
    const { memory: gone } = await say('watch', 'old');
    await graph.write('deleteSession', { id: old.id, version: await version(old.id) }, 'session { id }');
    const { memory: stays } = await say('watch', 'new');
    const { memory: own } = await say('watch', 'newer');
    await graph.write('deleteMemory', own, 'memory { id }');
    await purge(old.id);
    expect(await memoryOf(gone.id)).toBeNull();
    expect(await memoryOf(stays.id)).not.toBeNull();
    expect(await memoryOf(own.id)).not.toBeNull();
  });

  it('leaves what was deleted alone while another session had the same key', async () => {
    const drop = async (id: string) =>
      graph.write('deleteSession', { id, version: await version(id) }, 'session { id }');
    const one = await create({ key: 'watch' });
    const { memory: ofOne } = await say('watch', 'one');
    await drop(one.id);
    const two = await create({ key: 'watch' });
    const { memory: alone } = await say('watch', 'two');
    const { memory: ofTwo } = await say('watch', 'three');
    await graph.write('deleteMemory', alone, 'memory { id }');
    await drop(two.id);
    expect((await requestPurge(one.id)).consequence).toContain(`${one.id} and its 1 memory would be removed`);
    await purge(one.id);
    expect([
      await memoryOf(ofOne.id),
      (await memoryOf(alone.id)) !== null,
      (await memoryOf(ofTwo.id)) !== null,
    ]).toEqual([null, true, true]);
    expect((await requestPurge(two.id)).consequence).toContain(`${two.id} and its 2 memories would be removed`);
    await purge(two.id);
    expect([await memoryOf(alone.id), await memoryOf(ofTwo.id)]).toEqual([null, null]);
  });

  it('is refused when the session has other memories than those confirmed', async () => {
    const { id, key } = await create();
    const { memory: first } = await say(key);
    const { token } = await requestPurge(id);
    const past = { sessionId: key, role: 'USER', content: 'imported', occurredAt: '2020-01-01T00:00:00Z' };
    await graph.write('saveMemories', { projectId, memories: [past, past] }, 'memories { id }');
    const confirmed = { id, version: Number(token.split('.')[0]), token };
    const { code } = await graph.mutate<{ code: string }>(
      'purgeSession',
      confirmed,
      '__typename } ... on Error { code',
    );
    expect(['CONFIRMATION_REQUIRED', 'CONFLICT']).toContain(code);
    expect(await memoryOf(first.id)).not.toBeNull();
    await purge(id);
    expect(await memoryOf(first.id)).toBeNull();
  });

  it('needs its token', async () => {
    const { id } = await create();
    const fields = '__typename } ... on ConfirmationError { code';
    const result = await graph.mutate('purgeSession', { id, version: 1, token: 'x' }, fields);
    expect(result).toMatchObject({ __typename: 'ConfirmationError' });
  });
});
