import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../../src/domain/access/permission.js';
import { accountsIn } from '../../support/accounts.js';
import { rejection, startBench } from '../support.js';
import { machine, startPeople } from './support.js';

const forbidden = { code: 'FORBIDDEN' };

describe('nobody gives what they do not have', () => {
  it('so an ADMIN neither makes an OWNER nor touches one', async () => {
    const { services, user, as, owner } = await startPeople();
    const admin = await user('ADMIN');
    const author = await as(admin);
    const member = await user('MEMBER');
    const { users } = services;
    const attempts = [
      users.create(author, { email: 'x@example.org', name: 'X', role: 'OWNER' }),
      users.update(author, { id: member.id, version: 1, role: 'OWNER' }),
      users.update(author, { id: admin.id, version: 1, role: 'OWNER' }),
      users.update(author, { id: owner.id, version: 1, name: 'Renamed' }),
      users.update(author, { id: owner.id, version: 1, role: 'MEMBER' }),
      users.disable(author, owner),
      users.enable(author, owner),
      users.delete(author, owner),
    ];
    for (const attempt of attempts) expect(await rejection(attempt)).toMatchObject(forbidden);
    expect(await users.update(author, { id: member.id, version: 1, role: 'ADMIN' })).toMatchObject({ version: 2 });
  });

  it('so who administers users gives no permission or level beyond their own', async () => {
    const { services, user, as, roleId } = await startPeople();
    const { roles, users } = services;
    await roles.create(machine, {
      name: 'People',
      permissions: ['users:administer', 'audit:read'],
      everywhere: 'READ',
    });
    const author = await as(await user('People'));
    const member = await user('MEMBER');
    const admin = await user('ADMIN');
    const [memberRole] = (await roles.list()).filter(({ name }) => name === 'MEMBER');
    expect(await rejection(users.update(author, { id: member.id, version: 1, role: 'ADMIN' }))).toMatchObject({
      ...forbidden,
      missing: { permission: 'projects:create' },
    });
    const attempts = [
      users.disable(author, admin),
      users.disable(author, member),
      roles.create(author, { name: 'Writers', everywhere: 'WRITE' }),
      roles.create(author, { name: 'Keys', permissions: ['keys:administer'] }),
      roles.update(author, { id: await roleId('VIEWER'), version: 1, everywhere: 'MANAGE' }),
      // Nor do they take from others what they don't have.
      roles.update(author, { id: memberRole!.id, version: 1, permissions: [] }),
    ];
    for (const attempt of attempts) expect(await rejection(attempt)).toMatchObject(forbidden);
    const auditors = await roles.create(author, { name: 'Auditors', permissions: ['audit:read'], everywhere: 'READ' });
    const made = await users.create(author, { email: 'a@example.org', name: 'A', roleId: auditors.id });
    expect(await users.disable(author, made)).toMatchObject({ version: 2 });
  });

  it('so a role with access to projects is given by those who have that access', async () => {
    const { services, user, as } = await startPeople();
    const { roles, users, grants, projects } = services;
    await roles.create(machine, { name: 'People', permissions: ['users:administer'], everywhere: 'READ' });
    const crew = await roles.create(machine, { name: 'Crew' });
    const people = await user('People');
    const project = await projects.create(machine, { name: 'Harbour' });
    const access = { subjectId: crew.id, projectId: project.id } as const;
    const self = { id: people.id, version: 1, role: 'Crew' };
    await grants.grant(machine, { ...access, level: 'WRITE' });
    const refused = await rejection(users.update(await as(people), self));
    expect(refused).toMatchObject(forbidden);
    expect(refused.message).not.toContain(project.id);
    const other = { email: 'o@example.org', name: 'O', role: 'Crew' };
    expect(await rejection(users.create(await as(people), other))).toMatchObject(forbidden);
    await grants.grant(machine, { ...access, level: 'READ' });
    expect(await users.create(await as(people), other)).toMatchObject({ roleId: crew.id });
  });

  it('so a key with fewer rights than its owner does not act as an OWNER', async () => {
    const { services, catalog, owner, firstKey, asKey, user } = await startPeople();
    const member = await user('MEMBER');
    const { key } = await accountsIn(catalog).createKey(owner, { level: 'WRITE' });
    const { key: few } = await accountsIn(catalog).createKey(owner, { permissions: ['users:administer'] });
    for (const each of [key, few]) {
      const author = await asKey(each);
      expect(
        await rejection(services.users.update(author, { id: member.id, version: 1, role: 'OWNER' })),
      ).toMatchObject(forbidden);
    }
    const author = await asKey(firstKey);
    expect(await services.users.update(author, { id: member.id, version: 1, role: 'OWNER' })).toMatchObject({
      version: 2,
    });
  });

  it('so a key for some projects gives nobody a role that sees all of them', async () => {
    const { services, catalog, owner, asKey, user } = await startPeople();
    const { id } = await services.projects.create(machine, { name: 'Harbour' });
    const member = await user('MEMBER');
    const { key } = await accountsIn(catalog).createKey(owner, { projectIds: [id] });
    const author = await asKey(key);
    const attempts = [
      services.users.update(author, { id: member.id, version: 1, role: 'OPERATOR' }),
      services.users.create(author, { email: 'o@example.org', name: 'O', role: 'OPERATOR' }),
      services.roles.create(author, { name: 'Movers', permissions: ['migrations:run'] }),
    ];
    for (const attempt of attempts) expect(await rejection(attempt)).toMatchObject(forbidden);
  });

  it('and without users:administer nobody writes users and roles at all', async () => {
    const { services, user, as, roleId, owner } = await startPeople();
    const { users, roles } = services;
    const viewer = await as(await user('VIEWER'));
    const target = { id: owner.id, version: 1 };
    const role = { id: await roleId('VIEWER'), version: 1 };
    const attempts = [
      users.create(viewer, { email: 'x@example.org', name: 'X', role: 'VIEWER' }),
      users.update(viewer, { ...target, name: 'X' }),
      users.disable(viewer, target),
      users.enable(viewer, target),
      users.delete(viewer, target),
      users.restore(viewer, target),
      roles.create(viewer, { name: 'X' }),
      roles.update(viewer, { ...role, description: 'X' }),
      roles.delete(viewer, role),
    ];
    for (const attempt of attempts) {
      expect(await rejection(attempt)).toMatchObject({ ...forbidden, missing: { permission: 'users:administer' } });
    }
  });
});

describe('an enabled owner stays', () => {
  it('whatever is done to the last one', async () => {
    const { services, owner, user } = await startPeople();
    const { users } = services;
    const other = await user('OWNER');
    await users.disable(machine, other);
    const attempts = [
      users.disable(machine, owner),
      users.delete(machine, owner),
      users.update(machine, { id: owner.id, version: owner.version, role: 'ADMIN' }),
    ];
    for (const attempt of attempts) {
      const error = await rejection(attempt);
      expect(error).toMatchObject({ code: 'INVALID_INPUT' });
      expect(error.message).toContain(owner.email);
    }
    await users.enable(machine, other);
    expect(await users.delete(machine, owner)).toMatchObject({ version: 2 });
  });

  it('when two owners take it from each other at once, in two processes', async () => {
    for (let round = 0; round < 5; round++) {
      const first = await startPeople();
      const second = await first.user('OWNER');
      const elsewhere = await startBench({ folder: first.folder });
      const [asFirst, asSecond] = [await first.as(first.owner), await first.as(second)];
      const outcomes = await Promise.allSettled([
        first.services.users.update(asFirst, { id: second.id, version: 1, role: 'ADMIN' }),
        elsewhere.services.users.disable(asSecond, first.owner),
      ]);
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const roleId = await first.roleId('OWNER');
      expect(await first.services.users.all.count({ roleId, isDisabled: false }, 'EXCLUDE')).toBe(1);
    }
  });
});

describe('a role', () => {
  it('has a name of its own, and known permissions', async () => {
    const { services } = await startPeople();
    const { roles } = services;
    const role = await roles.create(machine, { name: ' Auditors ', permissions: ['audit:read', 'audit:read'] });
    expect(role).toMatchObject({ name: 'Auditors', permissions: ['audit:read'], everywhere: null, isBuiltIn: false });
    for (const name of ['auditors', 'owner', 'ＯＷＮＥＲ']) {
      expect(await rejection(roles.create(machine, { name }))).toMatchObject({ code: 'ALREADY_EXISTS' });
    }
    const unknown = await rejection(roles.create(machine, { name: 'X', permissions: ['users:administer', 'all'] }));
    expect(unknown).toMatchObject({ code: 'INVALID_INPUT', field: 'permissions.1' });
    expect(unknown.hint).toContain(PERMISSIONS.join(', '));
    expect(await roles.update(machine, { ...role, everywhere: 'READ' })).toMatchObject({
      version: 2,
      everywhere: 'READ',
    });
  });

  it('that is built in is neither renamed nor deleted, and OWNER not changed', async () => {
    const { services } = await startPeople();
    const { roles } = services;
    for (const { id, name } of await roles.list()) {
      expect(await rejection(roles.delete(machine, { id, version: 1 }))).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await rejection(roles.update(machine, { id, version: 1, name: 'Other' }))).toMatchObject({
        code: 'INVALID_INPUT',
      });
      const change = roles.update(machine, { id, version: 1, permissions: ['audit:read'], everywhere: null });
      if (name === 'OWNER') expect(await rejection(change)).toMatchObject({ code: 'INVALID_INPUT' });
      else expect(await change).toMatchObject({ version: 2 });
    }
  });

  it('is deleted with what was granted to it, once nobody has it', async () => {
    const bench = await startPeople();
    const { services } = bench;
    const project = await services.projects.create(machine, { name: 'Harbour' });
    const role = await services.roles.create(machine, { name: 'Crew' });
    const user = await services.users.create(machine, { email: 'c@example.org', name: 'C', roleId: role.id });
    await services.grants.grant(machine, { subjectId: role.id, projectId: project.id, level: 'READ' });
    const used = await rejection(services.roles.delete(machine, role));
    expect(used).toMatchObject({ code: 'INVALID_INPUT' });
    expect(used.message).toContain('c@example.org');
    await services.users.update(machine, { ...user, role: 'MEMBER', roleId: undefined });
    expect(await services.roles.delete(machine, role)).toMatchObject({ version: 2 });
    expect(await services.grants.all.count({ subjectId: role.id }, 'EXCLUDE')).toBe(0);
    expect((await services.roles.list()).map(({ name }) => name)).not.toContain('Crew');
    expect(
      await rejection(
        services.users.create(machine, { ...user, email: 'd@example.org', externalId: undefined, roleId: role.id }),
      ),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});
