import { describe, expect, it } from 'vitest';
import { hashOf, isKeyForm } from '../../../src/domain/access/key-format.js';
import type { User } from '../../../src/domain/access/user.js';
import { apiKeys, users } from '../../../src/storage/account-collections.js';
import { accountsIn } from '../../support/accounts.js';
import { author, rejection, startBench } from '../support.js';
import { machine, startPeople } from './support.js';

describe('the first administrator', () => {
  it('is an owner with a key that is kept only as a hash', async () => {
    const { services, catalog } = await startBench();
    const { user, apiKey, secret } = await services.users.createFirst(machine, { email: ' Ada@Example.org ' });
    expect(user).toMatchObject({ email: 'ada@example.org', name: 'ada', disabledAt: null, externalId: 'first-admin' });
    const all = await services.roles.list();
    expect(all.map(({ name }) => name)).toEqual(['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'OPERATOR']);
    expect(all.every(({ isBuiltIn }) => isBuiltIn)).toBe(true);
    expect(user.roleId).toBe(all[0]!.id);
    expect(isKeyForm(secret)).toBe(true);
    expect(apiKey).toMatchObject({ ownerId: user.id, level: 'MANAGE', permissions: null, projectIds: null });
    const [stored] = await catalog.collection(apiKeys).get([apiKey.id]);
    expect(stored!.hash).toBe(hashOf(secret));
    expect(JSON.stringify(await catalog.log.read(0, 100))).not.toContain(secret);
  });

  it('is one, of several that are created at once', async () => {
    const bench = await startBench();
    const other = await startBench({ folder: bench.folder });
    const attempts = await Promise.allSettled([
      bench.services.users.createFirst(machine, { email: 'a@example.org' }),
      other.services.users.createFirst(machine, { email: 'b@example.org' }),
      bench.services.users.createFirst(machine, { email: 'c@example.org' }),
    ]);
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of attempts) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'ALREADY_EXISTS', existingId: null });
    }
    expect(await bench.services.users.all.count({}, 'INCLUDE')).toBe(1);
    expect(await bench.services.roles.list()).toHaveLength(5);
  });

  it('is created by the owner of the machine only, and before anybody else', async () => {
    const people = await startPeople();
    const asOwner = await people.as(people.owner);
    expect(await rejection(people.services.users.createFirst(asOwner, { email: 'x@example.org' }))).toMatchObject({
      code: 'FORBIDDEN',
    });
    const bench = await startBench();
    const early = bench.services.users.create(machine, { email: 'x@example.org', name: 'X' });
    expect(await rejection(early)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await rejection(bench.services.roles.create(machine, { name: 'Early' }))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('an email', () => {
  it('has one spelling, and belongs to one live user', async () => {
    const { services } = await startPeople();
    const user = await services.users.create(machine, { email: '  Éva@Example.ORG\n', name: 'Éva' });
    expect(user.email).toBe('éva@example.org');
    const again = services.users.create(machine, { email: 'E\u0301VA@example.org', name: 'Other' });
    expect(await rejection(again)).toMatchObject({ code: 'ALREADY_EXISTS', existingId: user.id, fields: ['email'] });
    await services.users.delete(machine, user);
    const heir = await services.users.create(machine, { email: 'éva@example.org', name: 'Other' });
    expect(await rejection(services.users.restore(machine, { id: user.id }))).toMatchObject({
      code: 'ALREADY_EXISTS',
      existingId: heir.id,
    });
  });

  it.each(['', '@', 'a@', '@b', 'a', 'a@b@c', 'a b@c', 'a@b\u200b', 'a@b\u0000', `${'a'.repeat(319)}@b`])(
    'is refused when it is %j',
    async (email) => {
      const { services } = await startBench();
      expect(await rejection(services.users.createFirst(machine, { email }))).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'email',
      });
    },
  );

  it('may have 320 characters, and a name is shorter', async () => {
    const { services } = await startBench();
    const email = `${'a'.repeat(318)}@b`;
    const { user } = await services.users.createFirst(machine, { email });
    expect(user.email).toBe(email);
    expect(user.name).toHaveLength(120);
    const tooLong = services.users.update(machine, { ...user, name: 'n'.repeat(121) });
    expect(await rejection(tooLong)).toMatchObject({ field: 'name' });
  });
});

describe('a user', () => {
  it('is created once, with the role that is named, or MEMBER', async () => {
    const { services, roleId } = await startPeople();
    const input = { email: 'm@example.org', name: 'M', externalId: 'hr:7' };
    const user = await services.users.create(machine, input);
    expect(user).toMatchObject({ roleId: await roleId('MEMBER'), settings: {}, image: null, emailVerified: false });
    expect(await services.users.create(machine, input)).toEqual(user);
    const viewer = await services.users.create(machine, { email: 'v@example.org', name: 'V', role: 'viewer' });
    expect(viewer.roleId).toBe(await roleId('VIEWER'));
    const refusals = [
      { role: 'NOBODY' },
      { roleId: viewer.id },
      { role: 'VIEWER', roleId: viewer.roleId },
      { externalId: 'first-admin' },
    ].map((own) => rejection(services.users.create(machine, { email: 'n@example.org', name: 'N', ...own })));
    expect((await Promise.all(refusals)).map(({ code }) => code)).toEqual([
      'NOT_FOUND',
      'INVALID_INPUT',
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
  });

  it('is changed at the version that was read, and an update that changes nothing writes nothing', async () => {
    const { services, catalog, user } = await startPeople();
    const before = await user('MEMBER');
    const after = await services.users.update(machine, { ...before, role: undefined, name: 'Grace' });
    expect(after).toMatchObject({ version: 2, name: 'Grace', email: before.email });
    expect(await rejection(services.users.update(machine, { ...before, name: 'Late' }))).toMatchObject({
      code: 'CONFLICT',
      current: after,
    });
    const head = (await catalog.log.head()).seq;
    expect(await services.users.update(machine, { id: after.id, version: 2, name: 'Grace' })).toEqual(after);
    expect((await catalog.log.head()).seq).toBe(head);
  });

  it('has a history from creation over deletion to restoration', async () => {
    const { services, catalog, user } = await startPeople();
    const created = await user('MEMBER');
    const deleted = await services.users.delete(author, created);
    expect(deleted.deletedAt).not.toBeNull();
    expect(await services.users.all.count({}, 'EXCLUDE')).toBe(1);
    const restored = await services.users.restore(author, { id: created.id });
    expect(restored).toEqual({ ...created, version: 3, updatedAt: restored.updatedAt });
    expect(await services.users.restore(author, { id: created.id })).toEqual(restored);
    const { items } = await catalog.log.list({ recordId: created.id, direction: 'ASC', limit: 10 });
    expect(items.map(({ entry }) => entry.operation)).toEqual(['CREATE', 'DELETE', 'RESTORE']);
  });

  it('can be disabled and enabled, and stays so when that is repeated', async () => {
    const { services, clock, user } = await startPeople();
    const { id } = await user('MEMBER');
    const disabled = await services.users.disable(machine, { id });
    expect(disabled.disabledAt).toBe(disabled.updatedAt);
    clock.passDays(1);
    expect(await services.users.disable(machine, { id })).toEqual(disabled);
    expect(await services.users.enable(machine, { id })).toMatchObject({ disabledAt: null, version: 3 });
  });

  it('is found by text, role and state', async () => {
    const { services, user, roleId, owner } = await startPeople();
    const member = await user('MEMBER', 'straße@example.org');
    const viewer = await user('VIEWER', 'v@example.org');
    await services.users.disable(machine, viewer);
    const ids = async (filter: Parameters<typeof services.users.all.count>[0]) => {
      const order = { field: 'createdAt', direction: 'ASC' } as const;
      const page = await services.users.all.list({ filter, deleted: 'EXCLUDE', order, limit: 10 });
      return page.items.map(({ id }) => id);
    };
    expect(await ids({ query: 'STRASSE' })).toEqual([member.id]);
    expect(await ids({ roleId: await roleId('VIEWER') })).toEqual([viewer.id]);
    expect(await ids({ isDisabled: true })).toEqual([viewer.id]);
    expect(await ids({ isDisabled: false })).toEqual([owner.id, member.id]);
  });

  it('gets another role with its restoration when the old one is gone', async () => {
    const { services } = await startPeople();
    const role = await services.roles.create(machine, { name: 'Temp' });
    const user = await services.users.create(machine, { email: 't@example.org', name: 'T', roleId: role.id });
    await services.users.delete(machine, user);
    await services.roles.delete(machine, role);
    expect(await rejection(services.users.restore(machine, { id: user.id }))).toMatchObject({ field: 'roleId' });
    const restored = await services.users.restore(machine, { id: user.id, role: 'VIEWER' });
    expect(restored.deletedAt).toBeNull();
  });
});

describe('a profile', () => {
  it('is changed by its user, whose new email is not verified', async () => {
    const people = await startPeople();
    const { services, as, user, owner } = people;
    const member = await user('MEMBER');
    const own = await as(member);
    const changed = await services.users.updateProfile(own, { name: 'Me', settings: { theme: 'dark' } });
    expect(changed).toMatchObject({ id: member.id, name: 'Me', settings: { theme: 'dark' } });
    await accountsIn(people.catalog).change(users, changed, { emailVerified: true });
    expect(await services.users.updateProfile(own, { name: 'Still me' })).toMatchObject({ emailVerified: true });
    const email = 'other@example.org';
    expect(await services.users.updateProfile(own, { email })).toMatchObject({ email, emailVerified: false });
    const taken = await rejection(services.users.updateProfile(own, { email: owner.email }));
    expect(taken).toMatchObject({ code: 'ALREADY_EXISTS', existingId: null });
    expect(taken.message).not.toContain(owner.id);
  });

  it('is changed by a key only if it may do all that its owner may', async () => {
    const { services, catalog, owner, firstKey, asKey } = await startPeople();
    expect(await services.users.updateProfile(await asKey(firstKey), { name: 'Key' })).toMatchObject({ id: owner.id });
    const accounts = accountsIn(catalog);
    for (const limit of [{ level: 'WRITE' }, { permissions: [] }, { projectIds: [] }] as const) {
      const { key } = await accounts.createKey(owner, limit);
      expect(await rejection(services.users.updateProfile(await asKey(key), { name: 'No' }))).toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const { key: service } = await accounts.createKey(null);
    for (const nobody of [await asKey(service), machine, author]) {
      expect(await rejection(services.users.updateProfile(nobody, { name: 'No' }))).toMatchObject({
        code: 'FORBIDDEN',
      });
    }
    const [stored] = (await catalog.collection(users).get([owner.id])) as [User];
    expect(stored.name).toBe('Key');
  });
});
