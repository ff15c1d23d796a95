import { describe, expect, it } from 'vitest';
import { LEVEL, levelIn } from '../../../src/domain/access/level.js';

import { accountsIn } from '../../support/accounts.js';
import { rejection, startBench } from '../support.js';
import { machine, startPeople } from './support.js';

async function startShared() {
  const people = await startPeople();
  const { services } = people;
  const creator = await people.user('MEMBER');
  const project = await services.projects.create(await people.as(creator), { name: 'Harbour' });
  const level = async (user: typeof creator) => levelIn((await people.as(user)).principal!, project.id);
  return { ...people, creator, project, level };
}

describe('access to a project', () => {
  it('is had by who created it, and given by them to others', async () => {
    const { services, as, user, creator, project, level } = await startShared();
    expect(await level(creator)).toBe(LEVEL.MANAGE);
    const friend = await user('MEMBER', 'friend@example.org');
    expect(await level(friend)).toBe(LEVEL.NONE);
    const author = await as(creator);
    const grant = await services.grants.grant(author, {
      email: ' Friend@Example.org',
      projectId: project.id,
      level: 'READ',
    });
    expect(grant).toMatchObject({ subjectId: friend.id, projectId: project.id, level: 'READ', version: 1 });
    expect(await level(friend)).toBe(LEVEL.READ);
    const higher = { subjectId: friend.id, projectId: project.id, level: 'WRITE' } as const;
    expect(await services.grants.grant(author, higher)).toMatchObject({ id: grant.id, version: 2 });
    expect(await services.grants.grant(author, higher)).toMatchObject({ version: 2 });
    expect(await level(friend)).toBe(LEVEL.WRITE);
    expect(await services.grants.revoke(author, { email: friend.email, projectId: project.id })).toMatchObject({
      id: grant.id,
      version: 3,
    });
    expect(await level(friend)).toBe(LEVEL.NONE);
    expect(
      await rejection(services.grants.revoke(author, { subjectId: friend.id, projectId: project.id })),
    ).toMatchObject({ code: 'NOT_FOUND', recordId: friend.id });
    expect(await services.grants.grant(author, higher)).toMatchObject({ version: 1 });
  });

  it('is given to a role, for all who have it, and to a key', async () => {
    const { services, catalog, as, user, creator, project, level, roleId, asKey } = await startShared();
    const member = await user('MEMBER');
    const author = await as(creator);
    await services.grants.grant(author, { subjectId: await roleId('MEMBER'), projectId: project.id, level: 'WRITE' });
    expect(await level(member)).toBe(LEVEL.WRITE);
    const { key } = await accountsIn(catalog).createKey(null, { level: 'READ', projectIds: [] });
    await services.grants.grant(author, { subjectId: key.id, projectId: project.id, level: 'MANAGE' });
    expect(levelIn((await asKey(key)).principal!, project.id)).toBe(LEVEL.READ);
  });

  it('is given by those who manage the project only, or administer users and have the level', async () => {
    const { services, as, user, creator, project } = await startShared();
    const { grants, roles } = services;
    const writer = await user('MEMBER');
    await grants.grant(await as(creator), { subjectId: writer.id, projectId: project.id, level: 'WRITE' });
    const input = { subjectId: writer.id, projectId: project.id, level: 'READ' } as const;
    expect(await rejection(grants.grant(await as(writer), input))).toMatchObject({
      code: 'FORBIDDEN',
      missing: { level: 'MANAGE', projectId: project.id },
    });
    expect(await rejection(grants.revoke(await as(writer), input))).toMatchObject({ code: 'FORBIDDEN' });

    await roles.create(machine, { name: 'People', permissions: ['users:administer'], everywhere: 'READ' });
    const people = await as(await user('People'));
    const reader = await user('MEMBER');
    expect(await grants.grant(people, { ...input, subjectId: reader.id })).toMatchObject({ level: 'READ' });
    const beyond = [
      grants.grant(people, { ...input, subjectId: reader.id, level: 'WRITE' }),
      // Theirs is more than the author has.
      grants.grant(people, input),
      grants.revoke(people, input),
    ];
    for (const attempt of beyond) {
      expect(await rejection(attempt)).toMatchObject({ code: 'FORBIDDEN', missing: { level: 'WRITE' } });
    }
  });

  it('is to a project as if that did not exist, for those who do not see it', async () => {
    const { services, as, user, creator, project } = await startShared();
    const { grants } = services;
    await services.roles.create(machine, { name: 'Blind', permissions: ['users:administer'] });
    const gone = `${project.id.slice(0, -8)}zzzzzzzz`;
    for (const role of ['Blind', 'MEMBER']) {
      const stranger = await as(await user(role));
      for (const run of [
        (projectId: string) => grants.grant(stranger, { subjectId: creator.id, projectId, level: 'READ' }),
        (projectId: string) => grants.revoke(stranger, { subjectId: creator.id, projectId }),
      ]) {
        const [hidden, missing] = [await rejection(run(project.id)), await rejection(run(gone))];
        expect(hidden.code).toBe('NOT_FOUND');
        expect(hidden.message.replaceAll(project.id, gone)).toBe(missing.message);
        expect(hidden.hint).toBe(missing.hint);
      }
    }
  });

  it('is to a live project, for somebody who exists', async () => {
    const { services, as, user, creator, project } = await startShared();
    const { grants } = services;
    const author = await as(creator);
    const former = await user('MEMBER');
    await services.users.delete(machine, former);
    const input = { projectId: project.id, level: 'READ' } as const;
    for (const subject of [
      { subjectId: former.id },
      { email: former.email },
      { email: 'nobody@example.org' },
      { subjectId: `usr_${project.id.slice(4, -8)}00000000` },
    ]) {
      expect(await rejection(grants.grant(author, { ...subject, ...input }))).toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const subject of [{}, { subjectId: creator.id, email: creator.email }, { subjectId: project.id }]) {
      expect(await rejection(grants.grant(author, { ...subject, ...input }))).toMatchObject({ code: 'INVALID_INPUT' });
    }
    await services.projects.delete(author, project);
    expect(await rejection(grants.grant(author, { subjectId: creator.id, ...input }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is one, of several that are given to somebody at once', async () => {
    const { services, folder, as, user, creator, project } = await startShared();
    const other = await startBench({ folder });
    const friend = await user('MEMBER');
    const author = await as(creator);
    const levels = ['READ', 'WRITE', 'READ', 'MANAGE'] as const;
    await Promise.all(
      levels.map((level, index) =>
        (index % 2 === 0 ? services : other.services).grants.grant(author, {
          subjectId: friend.id,
          projectId: project.id,
          level,
        }),
      ),
    );
    expect(await services.grants.all.count({ subjectId: friend.id }, 'EXCLUDE')).toBe(1);
  });
});

describe('access to all projects', () => {
  it('takes users:administer, and the level everywhere', async () => {
    const { services, as, user, creator, level } = await startShared();
    const { grants } = services;
    const friend = await user('MEMBER');
    const everywhere = { subjectId: friend.id, allProjects: true, level: 'WRITE' } as const;
    expect(await rejection(grants.grant(await as(creator), everywhere))).toMatchObject({
      code: 'FORBIDDEN',
      missing: { permission: 'users:administer' },
    });
    await services.roles.create(machine, { name: 'People', permissions: ['users:administer'], everywhere: 'READ' });
    const people = await as(await user('People'));
    expect(await rejection(grants.grant(people, everywhere))).toMatchObject({ missing: { level: 'WRITE' } });
    await grants.grant(people, { ...everywhere, level: 'READ' });
    expect(await level(friend)).toBe(LEVEL.READ);
    await grants.revoke(people, { email: friend.email, allProjects: true });
    expect(await level(friend)).toBe(LEVEL.NONE);
  });
});

it('names a project, or all of them by a field of its own: a project that was forgotten means neither', async () => {
  const { services, user, project } = await startShared();
  const { id: subjectId } = await user('MEMBER');
  for (const target of [{}, { allProjects: false }, { projectId: project.id, allProjects: true }]) {
    const error = await rejection(services.grants.grant(machine, { subjectId, level: 'READ', ...target }));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', hint: expect.stringContaining('allProjects: true') });
  }
  expect(await services.grants.all.count({ subjectId }, 'INCLUDE')).toBe(0);
});

describe('the owner of a project', () => {
  it('is who created it, and is replaced by who administers users', async () => {
    const { services, as, user, creator, project, level } = await startShared();
    expect(project.ownerId).toBe(creator.id);
    const heir = await user('MEMBER');
    const target = { id: project.id, version: project.version };
    expect(await rejection(services.projects.update(await as(creator), { ...target, ownerId: heir.id }))).toMatchObject(
      { code: 'FORBIDDEN', missing: { permission: 'users:administer' } },
    );
    const admin = await as(await user('ADMIN'));
    const given = await services.projects.update(admin, { ...target, ownerId: heir.id });
    expect(given).toMatchObject({ ownerId: heir.id, version: 2 });
    expect(await level(heir)).toBe(LEVEL.MANAGE);
    expect(await level(creator)).toBe(LEVEL.MANAGE);
    const nobody = await services.projects.update(admin, { ...target, version: 2, ownerId: null });
    expect(nobody.ownerId).toBeNull();
    await services.users.delete(machine, heir);
    expect(await rejection(services.projects.update(admin, { ...target, version: 3, ownerId: heir.id }))).toMatchObject(
      { code: 'NOT_FOUND', recordId: heir.id },
    );
  });
});
