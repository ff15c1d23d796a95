import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import type { Grant } from '../../../src/domain/access/grant.js';
import { LEVEL } from '../../../src/domain/access/level.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import { apiKeys, grants } from '../../../src/storage/account-collections.js';
import type { Asking } from '../support.js';
import { author, type Graph, prepare, startGraph } from '../support.js';
import { principalWith } from './principals.js';

const newId = createIdGenerator();
const userId = newId('user', CATALOG_KEY);
let graph: Graph;
let now = Date.now();
prepare(async () => {
  graph = await startGraph({ shared: true, now: () => now });
});
beforeEach(() => {
  now = Date.now();
});

const creating = principalWith({ permissions: ['projects:create'], userId });
const catalog = () => graph.factory.catalog.store;

async function grantsOf(projectId: string): Promise<readonly Pick<Grant, 'subjectId' | 'level'>[]> {
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const where = [{ field: 'projectId', is: projectId }];
  const { items } = await catalog().collection(grants).list({ where, deleted: 'INCLUDE', order, limit: 10 });
  return items.map(({ subjectId, level }) => ({ subjectId, level }));
}

async function create(asking: Asking, input: object = {}, fields = 'id version'): Promise<Created> {
  const { project } = await asking.write<{ project: Created }>(
    'createProject',
    { name: 'Quay', ...input },
    `project { ${fields} }`,
  );
  return project;
}

interface Created {
  readonly id: string;
  readonly version: number;
}

/** A principal of a key that is stored. */
async function keyOf(key: Partial<ApiKey>) {
  const id = newId('apiKey', CATALOG_KEY);
  const at = new Date(now).toISOString();
  const document = {
    ...{ id, version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null },
    ...{ name: 'key', ownerId: null, createdById: null, scheme: 'sha256', hash: id, ending: 'abcd', level: 'WRITE' },
    ...{ permissions: ['projects:create'], projectIds: null, expiresAt: null, revokedAt: null, revokedBy: null },
    ...{ replacedById: null, perMinute: null, allowedAddresses: [], ...key },
  };
  const change = { kind: 'put', collection: apiKeys.name, operation: 'CREATE', document } as const;
  const context = { epoch: await catalog().epoch(), actor: 'test', requestId: 'test', at };
  await catalog().commit([change], context);
  return principalWith({ permissions: ['projects:create'], userId: document.ownerId ?? undefined, keyId: id });
}

describe('a created project', () => {
  it('is its user’s: they own and manage it', async () => {
    const { id } = await create(graph.as(creating));
    expect(await grantsOf(id)).toEqual([{ subjectId: userId, level: 'MANAGE' }]);
    expect((await catalog().collection(graph.factory.catalog.projects.spec).get([id]))[0]).toMatchObject({
      ownerId: userId,
    });
  });

  it('and the right to it are one commit', async () => {
    const { id } = await create(graph.as(creating));
    const { items } = await catalog().log.list({ direction: 'DESC', limit: 2 });
    expect(items.map(({ entry }) => entry.collection).sort()).toEqual(['grants', 'projects']);
    expect(new Set(items.map(({ entry }) => entry.at)).size).toBe(1);
    expect(items.map(({ entry }) => entry.recordId)).toContain(id);
  });

  it('can be read in the answer that tells of it', async () => {
    const fields = 'id version viewerLevel tasks { totalCount } cursor history { nodes { version } }';
    expect(await create(graph.as(creating), {}, fields)).toMatchObject({
      viewerLevel: 'MANAGE',
      tasks: { totalCount: 0 },
      history: { nodes: [{ version: 1 }] },
    });
  });

  it('is a service key’s, at its level', async () => {
    const key = await keyOf({ ownerId: null, level: 'WRITE' });
    const { id } = await create(graph.as(key));
    expect(await grantsOf(id)).toEqual([{ subjectId: key.keyId, level: 'WRITE' }]);
  });

  it('is in reach of a key that is limited to projects, and its owner’s', async () => {
    const key = await keyOf({ ownerId: userId, level: 'READ', projectIds: [] });
    const { id } = await create(graph.as(key));
    expect(await grantsOf(id)).toEqual(
      expect.arrayContaining([
        { subjectId: userId, level: 'MANAGE' },
        { subjectId: key.keyId, level: 'READ' },
      ]),
    );
  });

  it('is its owner’s alone when the key has all that the owner has', async () => {
    const key = await keyOf({ ownerId: userId, projectIds: null });
    const { id } = await create(graph.as(key));
    expect(await grantsOf(id)).toEqual([{ subjectId: userId, level: 'MANAGE' }]);
  });

  it('is nobody’s while there are no users', async () => {
    const { id } = await graph.project();
    expect(await grantsOf(id)).toEqual([]);
  });

  it('gives no rights to who creates it again by its externalId', async () => {
    const { id } = await create(graph.as(creating), { externalId: 'again' });
    const reader = principalWith({
      ...{ permissions: ['projects:create'], userId: newId('user', CATALOG_KEY) },
      in: { [id]: LEVEL.READ },
    });
    expect(await create(graph.as(reader), { externalId: 'again' })).toMatchObject({ id });
    expect(await grantsOf(id)).toHaveLength(1);
  });
});

describe('a purged project', () => {
  it('takes the grants to it along', async () => {
    const project = await create(graph.as(creating));
    const { token } = await graph.services.records.requestPurge(author, project);
    await graph.services.projects.purge(author, { ...project, token });
    expect(await grantsOf(project.id)).toEqual([]);
  });

  it('does so too when its retention is over', async () => {
    const project = await create(graph.as(creating));
    await graph.services.projects.delete(author, project);
    now += 31 * 86_400_000;
    await graph.services.records.applyRetention();
    expect(await grantsOf(project.id)).toEqual([]);
  });
});
