import { beforeEach, describe, expect, it } from 'vitest';
import type { Permission } from '../../../src/domain/access/permission.js';
import { createEnding, localPrincipal, type Principal } from '../../../src/domain/access/principal.js';
import { secrets, users } from '../../../src/storage/account-collections.js';
import { type Accounts, accountsIn } from '../../support/accounts.js';
import { author, rejection } from '../support.js';
import { startVault, type VaultBench } from '../vault/support.js';

let bench: VaultBench;
let accounts: Accounts;
let ada: Principal;
let bob: Principal;
beforeEach(async () => {
  bench = await startVault({ outsideEnvironment: { OPENAI_API_KEY: 'sk-of-environment', AZURE_OPENAI_API_KEY: 'az' } });
  accounts = accountsIn(bench.catalog);
  ada = userOf((await accounts.createUser('OWNER')).id, ['keys:administer']);
  bob = userOf((await accounts.createUser('MEMBER')).id);
});

const service = () => bench.services.outsideKeys;
const userOf = (userId: string, permissions: readonly Permission[] = []): Principal => ({
  ...localPrincipal(userId, createEnding()),
  ...{ kind: 'USER', userId, permissions: new Set(permissions) },
});
/** Of an agent. */
async function keyOf({ userId }: Principal, permissions: readonly Permission[] = []): Promise<Principal> {
  const { key } = await accounts.createKey({ id: userId! }, { permissions: [...permissions] });
  return { ...userOf(userId!, permissions), kind: 'KEY', keyId: key.id };
}
const save = (principal: Principal, provider: string, secret: string, own: object = {}) =>
  service().save({ ...author, principal }, { provider, secret, ...own });

describe('a key of another service', () => {
  it('is kept for its user, by the name of the service in lower case, and shows only its end', async () => {
    const key = await save(bob, '  OpenAI ', '  sk-1234567890abcd\n', { label: ' for tests ' });
    expect(key).toMatchObject({ userId: bob.userId, provider: 'openai', label: 'for tests', ending: 'abcd' });
    expect(JSON.stringify(key)).not.toContain('1234567890');
    expect(await service().listOwn(bob)).toEqual([key]);
    expect(await service().listOwn(ada)).toEqual([]);
    expect(await service().resolve(bob.userId, 'OPENAI')).toEqual({ value: 'sk-1234567890abcd', source: 'USER' });
  });

  it('that is short shows nothing', async () => {
    expect(await save(bob, 'openai', '12345678901')).toMatchObject({ ending: null, label: null });
  });

  it('is replaced by the next one for the service, whose label stays when none is given', async () => {
    const first = await save(bob, 'openai', 'sk-canary-first', { label: 'old' });
    const second = await save(bob, 'OPENAI', 'sk-canary-second');
    expect(second).toMatchObject({ id: first.id, version: 2, label: 'old', ending: 'cond' });
    expect(await save(bob, 'openai', 'sk-canary-third', { label: null })).toMatchObject({ label: null });
    expect(await service().listOwn(bob)).toHaveLength(1);
    expect(
      (await bench.catalog.scan(secrets, null, 10)).filter(({ name }) => name.startsWith('outside:')),
    ).toHaveLength(1);
    expect(JSON.stringify(await bench.catalog.log.read(0, 100))).not.toContain('canary');
  });

  it('is one, when it is saved twice at once', async () => {
    await Promise.all(['one', 'two', 'three'].map((secret) => save(bob, 'openai', secret)));
    expect(await service().listOwn(bob)).toHaveLength(1);
    expect(await bench.catalog.scan(secrets, null, 10)).toHaveLength(2);
  });

  it.each([
    ['', 'sk-1', 'provider'],
    ['open ai', 'sk-1', 'provider'],
    ['x'.repeat(33), 'sk-1', 'provider'],
    ['openai', ' \n', 'secret'],
    ['openai', 'x'.repeat(8_193), 'secret'],
  ])('is refused: %#', async (provider, secret, field) => {
    const error = await rejection(save(bob, provider, secret));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', field });
    if (secret.trim() === '') expect(error.hint).toContain('deleteOutsideKey');
  });

  it('has no secret in its label, nor one of more than 120 characters', async () => {
    const token = `ghp${'_'}AaB3dE5gH7jK9mN1pQ2sT4vW6xY8zC0fL4kR`;
    expect(await save(bob, 'github', 'some-secret-of-it', { label: `is ${token}` })).toMatchObject({
      label: 'is [redacted: github-token]',
    });
    expect(await rejection(save(bob, 'github', 'x', { label: 'x'.repeat(121) }))).toMatchObject({ field: 'label' });
  });

  it('is deleted with its secret, also from the history', async () => {
    const { id, secretName } = await save(bob, 'openai', 'sk-1234567890abcd');
    await service().delete({ ...author, principal: bob }, { id });
    expect(await service().listOwn(bob)).toEqual([]);
    expect(await bench.read(secretName)).toBeNull();
    expect(await bench.catalog.log.image(id, 1)).toBeNull();
    expect(await rejection(service().delete({ ...author, principal: bob }, { id }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('of another user is not found', async () => {
    const { id } = await save(bob, 'openai', 'sk-1234567890abcd');
    const error = await rejection(service().delete({ ...author, principal: ada }, { id }));
    const unknown = id.replace('out_0', 'out_7');
    const other = await rejection(service().delete({ ...author, principal: ada }, { id: unknown }));
    expect(error.message.replace(id, unknown)).toBe(other.message);
    expect(error.code).toBe('NOT_FOUND');
  });

  it('is not saved for a user who was disabled meanwhile', async () => {
    const [user] = await bench.catalog.collection(users).get([bob.userId!]);
    await accounts.change(users, user!, { disabledAt: new Date().toISOString() });
    expect(await rejection(save(bob, 'openai', 'sk-1'))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('which key counts', () => {
  it("is the user's own, else the shared one, else that of the environment, and the answer says which", async () => {
    const choice = (who: Principal) => service().choose(who, 'openai');
    expect(await choice(bob)).toEqual({
      ...{ provider: 'openai', source: 'ENVIRONMENT', label: 'OPENAI_API_KEY', ending: null },
    });
    await save(ada, 'openai', 'sk-shared-7d41', { shared: true, label: 'ours' });
    expect(await choice(bob)).toEqual({ provider: 'openai', source: 'SHARED', label: 'ours', ending: null });
    expect(await choice(ada)).toMatchObject({ source: 'SHARED', ending: '7d41' });
    await save(bob, 'openai', 'sk-of-bob-93c2');
    expect(await choice(bob)).toEqual({ provider: 'openai', source: 'USER', label: null, ending: '93c2' });
    expect(await service().resolve(bob.userId, 'openai')).toEqual({ value: 'sk-of-bob-93c2', source: 'USER' });
    expect(await service().resolve(ada.userId, 'openai')).toEqual({ value: 'sk-shared-7d41', source: 'SHARED' });
    expect(await service().resolve(null, 'openai')).toEqual({ value: 'sk-shared-7d41', source: 'SHARED' });
    expect(await service().resolve(null, 'azure-openai')).toEqual({ value: 'az', source: 'ENVIRONMENT' });
    expect(await service().choose(bob, 'constructor')).toBeNull();
  });

  it('skips one that cannot be opened', async () => {
    await save(bob, 'openai', 'sk-of-bob-93c2');
    const elsewhere = await startVault({ folder: bench.folder, secretKey: 'another key of enough length' });
    const [key] = await elsewhere.services.outsideKeys.listOwn(bob);
    expect(await elsewhere.services.outsideKeys.isUsable(key!)).toBe(true);
    await elsewhere.services.outsideKeys.save({ ...author, principal: bob }, { provider: 'openai', secret: 'sk-new' });
    expect(await service().isUsable(key!)).toBe(false);
    expect(await service().choose(bob, 'openai')).toMatchObject({ source: 'ENVIRONMENT' });
    expect(bench.unreadable).toEqual([key!.secretName]);
  });
});

describe('shared keys', () => {
  it('are changed and listed only with the permission for it', async () => {
    const { id } = await save(ada, 'openai', 'sk-shared-7d41', { shared: true });
    const forbidden = { code: 'FORBIDDEN', missing: { permission: 'keys:administer' } };
    expect(await rejection(save(bob, 'openai', 'x', { shared: true }))).toMatchObject(forbidden);
    expect(await rejection(service().delete({ ...author, principal: bob }, { id }))).toMatchObject(forbidden);
    expect(await rejection(service().listShared(bob))).toMatchObject(forbidden);
    expect(await service().listShared(ada)).toMatchObject([{ provider: 'openai', userId: '*' }]);
  });

  it('are the only ones while there are no users', async () => {
    const open = localPrincipal(null);
    expect(await rejection(save(open, 'openai', 'x'))).toMatchObject({ code: 'INVALID_INPUT', field: 'shared' });
    await save(open, 'openai', 'sk-shared-7d41', { shared: true });
    expect(await service().listOwn(open)).toEqual([]);
    expect(await service().choose(open, 'openai')).toMatchObject({ source: 'SHARED', ending: '7d41' });
  });
});

describe("an agent's key", () => {
  it("uses its owner's keys of other services, and changes none of them", async () => {
    const { id } = await save(bob, 'openai', 'sk-of-bob-93c2');
    const agent = await keyOf(bob);
    expect(await service().choose(agent, 'openai')).toMatchObject({ source: 'USER' });
    expect(await service().listOwn(agent)).toHaveLength(1);
    expect(await rejection(save(agent, 'openai', 'x'))).toMatchObject({ code: 'FORBIDDEN' });
    expect(await rejection(service().delete({ ...author, principal: agent }, { id }))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await save(await keyOf(ada, ['keys:administer']), 'openai', 'x')).toMatchObject({ userId: ada.userId });
  });
});
