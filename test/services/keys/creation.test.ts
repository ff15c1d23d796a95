import { beforeEach, describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { ForbiddenError, UnauthenticatedError } from '../../../src/domain/access/errors.js';
import { hashOf, isKeyForm } from '../../../src/domain/access/key-format.js';
import type { User } from '../../../src/domain/access/user.js';
import { AlreadyExistsError, InvalidInputError, NotFoundError } from '../../../src/domain/errors.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import { SecretRefusedError } from '../../../src/screening/errors.js';
import { apiKeys, users } from '../../../src/storage/account-collections.js';
import { rejection } from '../support.js';
import { type KeyBench, startKeys } from './support.js';

let bench: KeyBench;
let owner: User;
let admin: User;
let member: User;
let shared: string;
let hidden: string;

beforeEach(async () => {
  bench = await startKeys();
  const { accounts } = bench;
  owner = await accounts.createUser('OWNER');
  admin = await accounts.createUser('ADMIN');
  member = await accounts.createUser('MEMBER');
  shared = await bench.project();
  hidden = await bench.project();
  await accounts.grant(member.id, shared, 'WRITE');
});

/** Why somebody may not make a key. */
async function refusal(who: User | ApiKey | null, input: Parameters<KeyBench['make']>[1]) {
  return rejection<ForbiddenError>(bench.make(who, input));
}

describe('a new key', () => {
  it('may read what its owner may read, and nothing else, unless more is asked for', async () => {
    const { apiKey, secret } = await bench.make(member);
    expect(apiKey).toMatchObject({
      ownerId: member.id,
      createdById: member.id,
      level: 'READ',
      permissions: [],
      projectIds: null,
      expiresAt: null,
      perMinute: null,
      allowedAddresses: [],
      revokedAt: null,
      replacedById: null,
    });
    expect(isKeyForm(secret)).toBe(true);
  });

  it('is kept as a hash and four characters, and is in no file and no log entry itself', async () => {
    const { apiKey, secret } = await bench.make(member, { name: 'Canary' });
    const stored = await bench.key(apiKey.id);
    expect(stored).toMatchObject({ scheme: 'sha256', hash: hashOf(secret), ending: secret.slice(-4) });
    const { items } = await bench.catalog.log.list({ direction: 'DESC', limit: 1_000 });
    expect(JSON.stringify(items)).toContain('Canary');
    expect(JSON.stringify(items)).not.toContain(secret.slice(4, 40));
  });

  it('has what is asked for', async () => {
    const expiresAt = bench.clock.in(5);
    const input = {
      name: '  Builds ',
      level: 'WRITE' as const,
      permissions: ['projects:create' as const],
      projectIds: [shared, shared],
      expiresAt,
      perMinute: 60,
      allowedAddresses: [' 10.0.0.0/8 '],
    };
    const { apiKey } = await bench.make(member, input);
    expect(apiKey).toMatchObject({ ...input, name: 'Builds', projectIds: [shared], allowedAddresses: ['10.0.0.0/8'] });
  });

  it('is another each time, but not one of an `externalId` that a key has', async () => {
    const { apiKey } = await bench.make(member, { externalId: 'ci' });
    const error = await rejection<AlreadyExistsError>(bench.make(member, { externalId: 'ci' }));
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect(error.existingId).toBe(apiKey.id);
  });

  it('tells nobody which key of another has its `externalId`', async () => {
    const { apiKey } = await bench.make(owner, { externalId: 'ci' });
    const error = await rejection(bench.make(member, { externalId: 'ci' }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: "externalId can't be used." });
    expect(JSON.stringify(error)).not.toContain(apiKey.id);
    expect(await rejection(bench.make(admin, { externalId: 'ci' }))).toMatchObject({ existingId: apiKey.id });
  });

  it('is refused when its name, or its `externalId`, is a key', async () => {
    const { secret, apiKey } = await bench.make(member);
    const author = await bench.as(member);
    for (const input of [{ name: secret }, { externalId: `ci ${secret}` }]) {
      const error = await rejection<SecretRefusedError>(bench.make(member, input));
      expect(error).toBeInstanceOf(SecretRefusedError);
      expect(error.message).not.toContain(secret);
    }
    const { id, version } = apiKey;
    const error = await rejection(bench.services.keys.update(author, { id, version, name: secret }));
    expect(error).toBeInstanceOf(SecretRefusedError);
  });

  it.each([
    ['name', { name: ' ' }],
    ['permissions.0', { permissions: ['everything' as never] }],
    ['allPermissions', { permissions: ['audit:read' as const], allPermissions: true }],
    ['allPermissions', { isService: true, allPermissions: true }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['perMinute', { perMinute: 0 }],
    ['projectIds', { projectIds: [] }],
    ['allowedAddresses.1', { allowedAddresses: ['10.0.0.1', 'localhost'] }],
  ])('is refused for its %s', async (field, input) => {
    const error = await rejection<InvalidInputError>(bench.make(owner, input));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error.field).toBe(field);
  });
});

describe('a user', () => {
  it('gives a key all of their permissions only by saying so', async () => {
    expect((await bench.make(owner, { allPermissions: true })).apiKey.permissions).toBeNull();
  });

  it('gives no permission that they lack', async () => {
    const error = await refusal(member, { permissions: ['projects:create', 'audit:read'] });
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error.missing).toEqual({ permission: 'audit:read' });
  });

  it('gives no more in a project than they have there', async () => {
    const error = await refusal(member, { projectIds: [shared], level: 'MANAGE' });
    expect(error.missing).toEqual({ level: 'MANAGE', projectId: shared });
  });

  it('is told of no project that they may not see, nor of one that is none', async () => {
    const none = hidden.replace(/.{8}$/, 'zzzzzzzz');
    for (const id of [hidden, none]) {
      const error = await rejection<NotFoundError>(bench.make(member, { projectIds: [id] }));
      expect(error).toBeInstanceOf(NotFoundError);
      expect(error.message.replace(id, 'ID')).toBe(new NotFoundError('ID').message);
    }
    expect(await rejection(bench.make(admin, { projectIds: [none] }))).toBeInstanceOf(NotFoundError);
  });

  it('makes no key for others, and no service key, without administering keys', async () => {
    for (const input of [{ ownerId: owner.id }, { isService: true }]) {
      expect((await refusal(member, input)).missing).toEqual({ permission: 'keys:administer' });
    }
  });

  it('learns from the refusal neither whether there is such a user, nor whether they are disabled', async () => {
    const disabled = await bench.accounts.createUser('MEMBER', { disabledAt: bench.clock.in(0) });
    const none = createIdGenerator()('user', CATALOG_KEY);
    const { message } = await refusal(member, { ownerId: owner.id });
    for (const ownerId of [disabled.id, none]) {
      expect(await refusal(member, { ownerId })).toMatchObject({ code: 'FORBIDDEN', message });
    }
  });

  it('that is disabled or gone since the request began makes none', async () => {
    const user = await bench.accounts.createUser('MEMBER');
    const author = await bench.as(user);
    await bench.accounts.change(users, user, { disabledAt: bench.clock.in(0) });
    const error = await rejection(bench.services.keys.create(author, { name: 'Late' }));
    expect(error).toBeInstanceOf(UnauthenticatedError);
  });
});

describe('an administrator of keys', () => {
  it('makes keys for others and service keys', async () => {
    expect((await bench.make(admin, { ownerId: member.id })).apiKey).toMatchObject({
      ownerId: member.id,
      createdById: admin.id,
    });
    expect((await bench.make(admin, { isService: true })).apiKey).toMatchObject({ ownerId: null, permissions: [] });
  });

  it('makes none with which they would act as an owner of the server', async () => {
    expect(await refusal(admin, { ownerId: owner.id })).toBeInstanceOf(ForbiddenError);
    const another = await bench.accounts.createUser('OWNER');
    expect((await bench.make(another, { ownerId: owner.id })).apiKey.ownerId).toBe(owner.id);
  });

  it('makes none for who is disabled, deleted or unknown', async () => {
    const disabled = await bench.accounts.createUser('MEMBER', { disabledAt: bench.clock.in(0) });
    expect(await refusal(admin, { ownerId: disabled.id })).toMatchObject({ field: 'ownerId' });
    const deleted = await bench.accounts.remove(users, await bench.accounts.createUser('MEMBER'));
    expect(await refusal(admin, { ownerId: deleted.id })).toBeInstanceOf(NotFoundError);
  });

  it('gives no more than they have themselves', async () => {
    const role = await bench.accounts.createRole({ name: 'Keys', permissions: ['keys:administer'] });
    const keeper = await bench.accounts.createUser(role.name);
    await bench.accounts.grant(keeper.id, shared, 'READ');
    const forAdmin = { ownerId: admin.id };
    expect(await refusal(keeper, forAdmin)).toMatchObject({ missing: { level: 'READ' } });
    expect(await refusal(keeper, { ...forAdmin, projectIds: [shared], allPermissions: true })).toMatchObject({
      missing: { permission: 'projects:create' },
    });
    expect(await refusal(keeper, { isService: true })).toMatchObject({ missing: { level: 'READ' } });
    expect((await bench.make(keeper, { ...forAdmin, projectIds: [shared] })).apiKey.ownerId).toBe(admin.id);
    expect((await bench.make(keeper, { isService: true, projectIds: [shared] })).apiKey.projectIds).toEqual([shared]);
  });
});

describe("the machine's owner", () => {
  it('makes service keys, and keys for anyone', async () => {
    expect((await bench.make(null, { level: 'MANAGE' })).apiKey).toMatchObject({ ownerId: null, createdById: null });
    const { apiKey } = await bench.make(null, { ownerId: owner.id, level: 'MANAGE', allPermissions: true });
    expect(apiKey).toMatchObject({ ownerId: owner.id, permissions: null, level: 'MANAGE' });
  });
});

describe('a key that makes a key', () => {
  it('needs all permissions of its owner, or to administer keys', async () => {
    const { apiKey: plain } = await bench.make(owner, { level: 'MANAGE', permissions: ['audit:read'] });
    expect((await refusal(plain, {})).missing).toEqual({ permission: 'keys:administer' });
    const { apiKey: whole } = await bench.make(member, { allPermissions: true });
    expect((await bench.make(whole)).apiKey).toMatchObject({ ownerId: member.id, createdById: whole.id });
    const { apiKey: keeper } = await bench.make(owner, { permissions: ['keys:administer'] });
    expect((await bench.make(keeper)).apiKey.createdById).toBe(keeper.id);
  });

  it('passes its own limits on where none are given', async () => {
    const limits = {
      projectIds: [shared],
      expiresAt: bench.clock.in(5),
      perMinute: 60,
      allowedAddresses: ['10.0.0.0/8'],
    };
    const { apiKey } = await bench.make(member, { ...limits, allPermissions: true });
    expect((await bench.make(apiKey)).apiKey).toMatchObject({ ...limits, permissions: [] });
  });

  it.each([
    ['level', { level: 'MANAGE' as const }],
    ['expiresAt', { expiresAt: '2999-01-01T00:00:00Z' }],
    ['perMinute', { perMinute: 61 }],
    ['allowedAddresses', { allowedAddresses: ['10.1.0.0/16', '0.0.0.0/0'] }],
  ])('gives no wider %s than it has', async (field, input) => {
    const { apiKey } = await bench.make(owner, {
      level: 'WRITE',
      allPermissions: true,
      expiresAt: bench.clock.in(5),
      perMinute: 60,
      allowedAddresses: ['10.0.0.0/8'],
    });
    const error = await refusal(apiKey, input);
    expect(error).toBeInstanceOf(ForbiddenError);
    expect(error.message).toContain(`\`${field}\``);
    const narrower = {
      level: 'READ' as const,
      expiresAt: bench.clock.in(4),
      perMinute: 59,
      allowedAddresses: ['10.1.2.3'],
    };
    expect((await bench.make(apiKey, narrower)).apiKey).toMatchObject(narrower);
  });

  it('gives no project that it lacks, and no permission', async () => {
    const { apiKey } = await bench.make(owner, { projectIds: [shared], permissions: ['keys:administer'] });
    expect(await refusal(apiKey, { projectIds: [hidden] })).toBeInstanceOf(NotFoundError);
    expect((await refusal(apiKey, { permissions: ['audit:read'] })).missing).toEqual({ permission: 'audit:read' });
    expect((await refusal(apiKey, { allPermissions: true })).message).toContain('`allPermissions`');
    expect(await refusal(apiKey, { ownerId: admin.id, level: 'WRITE' })).toBeInstanceOf(ForbiddenError);
  });

  it('that was revoked since the request began makes none', async () => {
    const { apiKey } = await bench.make(owner, { allPermissions: true });
    const author = await bench.as(apiKey);
    await bench.services.keys.revoke(await bench.as(owner), { id: apiKey.id });
    const error = await rejection(bench.services.keys.create(author, { name: 'Late' }));
    expect(error).toBeInstanceOf(UnauthenticatedError);
  });

  it('and that another process revokes meanwhile makes none', async () => {
    const { apiKey } = await bench.make(owner, { allPermissions: true });
    bench.beforeNextCommit(() => bench.accounts.change(apiKeys, apiKey, { revokedAt: bench.clock.in(0) }));
    expect(await rejection(bench.make(apiKey))).toBeInstanceOf(UnauthenticatedError);
    const where = [{ field: 'createdById', is: apiKey.id }];
    expect(await bench.catalog.collection(apiKeys).count(where)).toBe(0);
  });

  it('for an owner whose role another process changes meanwhile gives what they may do then', async () => {
    const { id: roleId } = (await bench.accounts.seedRoles()).get('OWNER')!;
    bench.beforeNextCommit(() => bench.accounts.change(users, member, { roleId }));
    expect(await rejection(bench.make(admin, { ownerId: member.id }))).toBeInstanceOf(ForbiddenError);
  });
});
