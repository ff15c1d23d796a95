import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { LEVEL } from '../../../src/domain/access/level.js';
import type { User } from '../../../src/domain/access/user.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import { keyUse, users } from '../../../src/storage/account-collections.js';
import { principalOf } from '../../services/keys/support.js';
import { type Accounts, accountsIn } from '../../support/accounts.js';
import { principalWith } from '../access/principals.js';
import type { Graph } from '../support.js';
import { author, everyone, prepare, startGraph } from '../support.js';

let graph: Graph;
let accounts: Accounts;
let owner: User;
let member: User;
let project: string;

prepare(async () => {
  graph = await startGraph({ shared: true });
  accounts = accountsIn(graph.factory.catalog.store);
  owner = await accounts.createUser('OWNER');
  member = await accounts.createUser('MEMBER');
  project = (await graph.project()).id;
});

const as = async (who: User | ApiKey) => graph.as(await principalOf(graph.factory.catalog.store, who));

interface Made {
  readonly secret: string;
  readonly apiKey: { readonly id: string; readonly name: string };
}

const make = async (who: User | ApiKey, input: object = {}) =>
  (await as(who)).write<Made>('createApiKey', { name: 'A key', ...input }, 'secret apiKey { id name }');

/** All fields of a key. */
const FIELDS = `id name version externalId isService ownerId createdById ending level permissions projectIds
  projects { id } status expiresAt revokedAt revokedBy replacedById replacedBy { id }
  owner { id } createdBy { id } perMinute allowedAddresses createdAt updatedAt lastUsedAt
  requests use { day requests refused lastAt lastAddress }`;

const read = async <T = Record<string, unknown>>(who: User, id: string): Promise<T | null> =>
  (await (await as(who)).ask<{ apiKey: T | null }>(`{ apiKey(id: "${id}") { ${FIELDS} } }`)).apiKey;

describe('an API key', () => {
  it('is shown as it was made, and the key itself only then', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { secret, apiKey } = await make(owner, {
      ...{ name: 'CI', level: 'WRITE', permissions: ['projects:create'], projectIds: [project] },
      ...{ expiresAt, perMinute: 60, allowedAddresses: ['10.0.0.0/8'], externalId: 'ci' },
    });
    expect(secret).toMatch(/^mor_[A-Za-z0-9]{49}$/);
    const shown = await read(owner, apiKey.id);
    expect(shown).toMatchObject({
      ...{ id: apiKey.id, name: 'CI', version: 1, externalId: 'ci', isService: false, ownerId: owner.id },
      ...{ owner: { id: owner.id }, createdById: owner.id, createdBy: { id: owner.id }, replacedBy: null },
      ...{ ending: secret.slice(-4), level: 'WRITE', permissions: ['projects:create'] },
      ...{ projectIds: [project], projects: [{ id: project }], status: 'ACTIVE', expiresAt, revokedAt: null },
      ...{ revokedBy: null, replacedById: null, perMinute: 60, allowedAddresses: ['10.0.0.0/8'] },
      ...{ lastUsedAt: null, requests: 0, use: [] },
    });
    const { items } = await graph.factory.catalog.store.log.list({ recordId: apiKey.id, direction: 'ASC', limit: 1 });
    const { hash } = items[0]!.after as unknown as ApiKey;
    for (const hidden of [hash, secret]) expect(JSON.stringify(shown)).not.toContain(hidden);
  });

  it('says whether it can be used', async () => {
    const user = await accounts.createUser('MEMBER');
    const { apiKey } = await make(user);
    const disabled = await accounts.change(users, user, { disabledAt: new Date().toISOString() });
    expect(await read(owner, apiKey.id)).toMatchObject({ status: 'DISABLED' });
    await accounts.change(users, disabled, { disabledAt: null });
    expect(await read(owner, apiKey.id)).toMatchObject({ status: 'ACTIVE' });
    const { key: expired } = await accounts.createKey(user, { expiresAt: new Date().toISOString() });
    expect(await read(owner, expired.id)).toMatchObject({ status: 'EXPIRED' });
    await (await as(owner)).write('revokeApiKey', { id: apiKey.id }, 'apiKey { id }');
    expect(await read(owner, apiKey.id)).toMatchObject({ status: 'REVOKED', revokedBy: owner.id });
  });

  it('says how it was used', async () => {
    const { apiKey } = await make(member);
    const at = new Date().toISOString();
    const day = at.slice(0, 10);
    const base = { version: 1, createdAt: at, updatedAt: at, deletedAt: null, externalId: null };
    const document = {
      ...{ id: createIdGenerator()('keyUse', CATALOG_KEY), ...base, keyId: apiKey.id, day },
      ...{ requests: 7, refused: 2, lastAt: at, lastAddress: '10.0.0.1' },
    };
    const { store } = graph.factory.catalog;
    const context = { epoch: await store.epoch(), ...author, at };
    await store.commit([{ kind: 'put', collection: keyUse.name, operation: 'CREATE', document }], context);
    expect(await read(member, apiKey.id)).toMatchObject({
      lastUsedAt: at,
      requests: 7,
      use: [{ day, requests: 7, refused: 2, lastAt: at, lastAddress: '10.0.0.1' }],
    });
  });

  it('tells nobody of projects that they may not see', async () => {
    const { apiKey } = await make(owner, { projectIds: [project] });
    const keeper = graph.as(principalWith({ permissions: ['keys:administer'] }));
    const { apiKey: shown } = await keeper.ask<{ apiKey: unknown }>(
      `{ apiKey(id: "${apiKey.id}") { projectIds projects { id } } }`,
    );
    expect(shown).toEqual({ projectIds: [], projects: [] });
    const seer = graph.as(principalWith({ permissions: ['keys:administer'], in: { [project]: LEVEL.SEE } }));
    expect(await seer.ask(`{ apiKey(id: "${apiKey.id}") { projectIds } }`)).toEqual({
      apiKey: { projectIds: [project] },
    });
  });

  it('is nothing to who may not see it, nor to who asks for it by the key itself', async () => {
    const { apiKey, secret } = await make(owner);
    expect(await read(member, apiKey.id)).toBeNull();
    const error = await graph.refused(`{ apiKey(id: "${secret}") { id } }`);
    expect(error.message).not.toContain(secret);
  });
});

describe('the list of API keys', () => {
  it('has those that the caller sees, by page and by filter', async () => {
    const user = await accounts.createUser('MEMBER');
    for (const name of ['a', 'b', 'c']) await make(user, { name });
    const asking = await as(user);
    const list = (args: string) =>
      asking.ask<{ apiKeys: { totalCount: number; nodes: { name: string }[]; pageInfo: { endCursor: string } } }>(
        `{ apiKeys(${args}) { totalCount nodes { name } pageInfo { endCursor } } }`,
      );
    const { apiKeys } = await list('first: 2');
    expect(apiKeys).toMatchObject({ totalCount: 3, nodes: [{ name: 'c' }, { name: 'b' }] });
    const rest = await list(`first: 2, after: "${apiKeys.pageInfo.endCursor}"`);
    expect(rest.apiKeys.nodes).toEqual([{ name: 'a' }]);
    expect((await list('filter: { query: "B", isActive: true }')).apiKeys.nodes).toEqual([{ name: 'b' }]);
  });
});

describe('the life of an API key', () => {
  it('is rotated and revoked, with what it made', async () => {
    const { apiKey } = await make(member, { allPermissions: true });
    const asking = await as(member);
    const rotated = await asking.write<Made>(
      'rotateApiKey',
      { id: apiKey.id, overlapHours: 1 },
      'secret apiKey { id name }',
    );
    expect(await read(member, apiKey.id)).toMatchObject({
      ...{ replacedById: rotated.apiKey.id, replacedBy: { id: rotated.apiKey.id }, status: 'ACTIVE' },
    });
    const revoked = await asking.write(
      'revokeApiKey',
      { id: rotated.apiKey.id },
      'apiKey { id status } others { id status }',
    );
    expect(revoked).toMatchObject({
      apiKey: { id: rotated.apiKey.id, status: 'REVOKED' },
      others: [{ id: apiKey.id, status: 'REVOKED' }],
    });
  });

  it('can be renamed', async () => {
    const { apiKey } = await make(member);
    const renamed = await (await as(member)).write(
      'updateApiKey',
      { id: apiKey.id, version: 1, name: 'New' },
      'apiKey { name version }',
    );
    expect(renamed).toMatchObject({ apiKey: { name: 'New', version: 2 } });
  });

  it('never goes back: nothing generic serves it', async () => {
    const { apiKey } = await make(owner);
    const whole = graph.as(everyone);
    const { id } = apiKey;
    await whole.write('revokeApiKey', { id }, 'apiKey { id }');
    for (const [name, input] of [
      ['revertRecord', { id, version: 2, toVersion: 1 }],
      ['requestPurge', { id }],
      ['restoreTask', { id }],
      ['restoreProject', { id }],
      ['revertRequest', { projectId: id, requestId: 'request-1' }],
    ] as const) {
      expect(await whole.mutate(name, input, '__typename'), name).toMatchObject({ code: 'INVALID_INPUT' });
    }
    await whole.mutate('revertRequest', { projectId: project, requestId: author.requestId }, '__typename');
    expect(await read(owner, id)).toMatchObject({ status: 'REVOKED' });
  });

  it('names what is forbidden', async () => {
    const asking = await as(member);
    expect(
      await asking.mutate('createApiKey', { name: 'Any', permissions: ['audit:read'] }, '__typename'),
    ).toMatchObject({
      __typename: 'ForbiddenError',
      message: expect.stringContaining('audit:read'),
    });
    expect(await asking.mutate('createApiKey', { name: 'Any', projectIds: [project] }, '__typename')).toMatchObject({
      __typename: 'NotFoundError',
    });
  });
});
