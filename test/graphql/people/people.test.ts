import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../../../src/domain/access/api-key.js';
import { LEVEL } from '../../../src/domain/access/level.js';
import { localPrincipal } from '../../../src/domain/access/principal.js';
import type { User } from '../../../src/domain/access/user.js';
import { users } from '../../../src/storage/account-collections.js';
import { principalOf } from '../../services/people/support.js';
import { accountsIn } from '../../support/accounts.js';
import { principalWith } from '../access/principals.js';
import { author, type Graph, prepare, startGraph } from '../support.js';

let graph: Graph;
let owner: User;
let firstKey: ApiKey;
let member: User;
let viewer: User;
prepare(async () => {
  graph = await startGraph({ shared: true });
  const first = await graph.services.users.createFirst(author, { email: 'owner@example.org', name: 'Olga' });
  owner = first.user;
  firstKey = first.apiKey;
  member = await graph.services.users.create(author, { email: 'member@example.org', name: 'Mia' });
  viewer = await graph.services.users.create(author, { email: 'viewer@example.org', name: 'Vic', role: 'VIEWER' });
});

const as = async (user: User) => graph.as(await principalOf(graph.factory.catalog.store, null, user));
const asKey = async (key: ApiKey, user: User) => graph.as(await principalOf(graph.factory.catalog.store, key, user));

async function makeProject(user: User, name: string) {
  const made = await (await as(user)).write<{ project: { id: string } }>('createProject', { name }, 'project { id }');
  return made.project;
}

describe('viewer', () => {
  const VIEWER =
    '{ viewer { kind isOpen user { id email role { name } } permissions everywhere projects { totalCount } } }';

  it('is a user, with what their role permits', async () => {
    expect(await (await as(owner)).ask(VIEWER)).toMatchObject({
      viewer: {
        kind: 'USER',
        isOpen: false,
        user: { id: owner.id, email: 'owner@example.org', role: { name: 'OWNER' } },
        permissions: expect.arrayContaining(['users:administer', 'audit:read']),
        everywhere: 'MANAGE',
      },
    });
    expect(await (await as(member)).ask(VIEWER)).toMatchObject({
      viewer: { permissions: ['projects:create'], everywhere: null, projects: { totalCount: 0 } },
    });
  });

  it('is a key, with its owner', async () => {
    expect(await (await asKey(firstKey, owner)).ask(VIEWER)).toMatchObject({
      viewer: { kind: 'KEY', user: { id: owner.id }, everywhere: 'MANAGE' },
    });
  });

  it('says whether the server is open, or the owner of the machine asks', async () => {
    expect(await graph.as(localPrincipal(null)).ask(VIEWER)).toMatchObject({
      viewer: { kind: 'LOCAL', isOpen: true, user: null },
    });
    expect(await graph.as(localPrincipal('local')).ask(VIEWER)).toMatchObject({ viewer: { isOpen: false } });
  });

  it('lists the projects that they see', async () => {
    const project = await makeProject(member, 'Own');
    await graph.project({ name: 'Hidden' });
    const query = `{ viewer { projects { nodes { name owner { id } ownerId viewerLevel } } }
      theirs: projects(filter: { ownerId: "${member.id}" }) { nodes { id } } }`;
    expect(await (await as(member)).ask(query)).toEqual({
      viewer: {
        projects: {
          nodes: [{ name: 'Own', owner: { id: member.id }, ownerId: member.id, viewerLevel: 'MANAGE' }],
        },
      },
      theirs: { nodes: [{ id: project.id }] },
    });
    const { projects } = await (await as(viewer)).ask<{ projects: { totalCount: number } }>(
      `{ projects(filter: { ownerId: "${owner.id}" }) { totalCount } }`,
    );
    expect(projects.totalCount).toBe(0);
  });
});

describe('users', () => {
  const WHOLE = 'id email name role { name } settings externalId emailVerified disabledAt version';

  it('are listed, searched and paged by who administers users', async () => {
    const asOwner = await as(owner);
    const order = 'orderBy: { field: EMAIL, direction: ASC }';
    const page = `users(first: 2, ${order}) { totalCount nodes { email } pageInfo { endCursor hasNextPage } }`;
    const { users: first } = await asOwner.ask<{
      users: { totalCount: number; nodes: object[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
    }>(`{ ${page} }`);
    expect(first.nodes).toEqual([{ email: 'member@example.org' }, { email: 'owner@example.org' }]);
    expect(first.totalCount).toBeGreaterThanOrEqual(3);
    const next = page.replace('first: 2', `first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(await asOwner.ask(`{ ${next} }`)).toMatchObject({ users: { nodes: [{ email: 'viewer@example.org' }] } });
    expect(await asOwner.ask('{ users(filter: { query: "VIC" }) { nodes { name role { name } } } }')).toEqual({
      users: { nodes: [{ name: 'Vic', role: { name: 'VIEWER' } }] },
    });
  });

  it('see themselves, by each way, and no other', async () => {
    const asViewer = await as(viewer);
    for (const field of [
      `user(id: "${viewer.id}") { ${WHOLE} }`,
      `node(id: "${viewer.id}") { ... on User { ${WHOLE} } }`,
    ]) {
      expect(await asViewer.ask(`{ it: ${field} }`)).toMatchObject({
        it: { email: 'viewer@example.org', role: { name: 'VIEWER' }, settings: {}, emailVerified: false },
      });
    }
    const none = `usr_${'0'.repeat(18)}00000000`;
    for (const id of [owner.id, none]) {
      const query = `{ user(id: "${id}") { id } node(id: "${id}") { id } nodes(ids: ["${id}"]) { id } }`;
      expect(await asViewer.ask(query)).toEqual({ user: null, node: null, nodes: [null] });
    }
    expect(await asViewer.refused('{ users { totalCount } }')).toMatchObject({
      originalError: { code: 'FORBIDDEN' },
    });
  });

  it('show only name and email to those who meet them', async () => {
    const project = await makeProject(member, 'Met');
    const query = `{ project(by: { id: "${project.id}" }) { owner { ${WHOLE} } access { totalCount } } }`;
    expect(await (await as(viewer)).ask(query)).toEqual({
      project: {
        owner: {
          ...{ id: member.id, email: 'member@example.org', name: 'Mia', version: 1 },
          ...{ role: null, settings: null, externalId: null, emailVerified: null, disabledAt: null },
        },
        access: null,
      },
    });
    const operator = graph.as(principalWith({ everywhere: LEVEL.SEE, permissions: ['storage:operate'] }));
    expect(await operator.ask(`{ project(by: { id: "${project.id}" }) { owner { id } ownerId viewerLevel } }`)).toEqual(
      {
        project: { owner: null, ownerId: null, viewerLevel: null },
      },
    );
  });

  it('are created, changed, disabled, enabled, deleted and restored', async () => {
    const asOwner = await as(owner);
    const FIELDS = `user { ${WHOLE} image deletedAt }`;
    type Payload = { user: { id: string; version: number } };
    const input = { email: 'New@example.org', name: 'Nia', settings: { theme: 'dark' }, externalId: 'hr:1' };
    const { user } = await asOwner.write<Payload>('createUser', input, FIELDS);
    expect(user).toMatchObject({ email: 'new@example.org', role: { name: 'MEMBER' }, settings: { theme: 'dark' } });
    const update = { id: user.id, version: 1, role: 'viewer', image: 'https://example.org/nia.png' };
    expect(await asOwner.write('updateUser', update, FIELDS)).toMatchObject({
      user: { role: { name: 'VIEWER' }, image: 'https://example.org/nia.png', version: 2 },
    });
    expect(await asOwner.mutate('updateUser', { ...update, name: 'Late' }, FIELDS)).toMatchObject({
      __typename: 'ConflictError',
    });
    expect(await asOwner.write('updateUser', { id: user.id, version: 2, image: null }, FIELDS)).toMatchObject({
      user: { image: null, name: 'Nia' },
    });
    expect(await asOwner.write('disableUser', { id: user.id }, FIELDS)).toMatchObject({
      user: { disabledAt: expect.any(String) },
    });
    expect(await asOwner.ask('{ users(filter: { isDisabled: true }) { nodes { id } } }')).toEqual({
      users: { nodes: [{ id: user.id }] },
    });
    expect(await asOwner.write('enableUser', { id: user.id }, FIELDS)).toMatchObject({ user: { disabledAt: null } });
    await asOwner.write('deleteUser', { id: user.id, version: 5 }, FIELDS);
    expect(await asOwner.ask('{ users(deleted: ONLY) { nodes { id } } }')).toEqual({
      users: { nodes: [{ id: user.id }] },
    });
    expect(await asOwner.write('restoreUser', { id: user.id }, FIELDS)).toMatchObject({
      user: { deletedAt: null, version: 7 },
    });
  });

  it('change their own profile', async () => {
    const updated = await (await as(viewer)).write('updateProfile', { name: 'Victor' }, 'user { id name }');
    expect(updated).toMatchObject({ user: { id: viewer.id, name: 'Victor' } });
    expect(await graph.mutate('updateProfile', { name: 'X' }, 'user { id }')).toMatchObject({
      __typename: 'ForbiddenError',
    });
  });

  it('have no secrets in their settings', async () => {
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const saved = await (await as(viewer)).write(
      'updateProfile',
      { settings: { token } },
      'user { settings } redactions { rule }',
    );
    expect(saved).toMatchObject({ redactions: [{ rule: expect.any(String) }] });
    const [stored] = await graph.factory.catalog.store.collection(users).get([viewer.id]);
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it('get typed errors', async () => {
    const asViewer = await as(viewer);
    expect(await asViewer.mutate('createUser', { email: 'x@example.org', name: 'X' }, 'user { id }')).toMatchObject({
      __typename: 'ForbiddenError',
      message: expect.stringContaining('users:administer'),
    });
    const taken = { email: owner.email, name: 'X' };
    expect(await (await as(owner)).mutate('createUser', taken, 'user { id }')).toMatchObject({
      __typename: 'AlreadyExistsError',
    });
  });
});

describe('roles', () => {
  it('are listed for all who are signed in, and edited by who administers users', async () => {
    const { roles } = await (await as(viewer)).ask<{ roles: { id: string; name: string }[] }>(
      '{ roles { id name description permissions everywhere isBuiltIn version } }',
    );
    expect(roles.map(({ name }) => name).slice(0, 5)).toEqual(['OWNER', 'ADMIN', 'MEMBER', 'VIEWER', 'OPERATOR']);
    expect(roles[3]).toMatchObject({ permissions: [], everywhere: 'READ', isBuiltIn: true });
    const asOwner = await as(owner);
    const input = { name: 'Auditors', permissions: ['audit:read'], everywhere: 'READ' };
    const { role } = await asOwner.write<{ role: { id: string } }>('createRole', input, 'role { id }');
    const cleared = { id: role.id, version: 1, everywhere: null, description: 'Reads the log' };
    expect(await asOwner.write('updateRole', cleared, 'role { everywhere description permissions }')).toMatchObject({
      role: { everywhere: null, description: 'Reads the log', permissions: ['audit:read'] },
    });
    expect(await (await as(member)).ask(`{ node(id: "${role.id}") { ... on Role { name } } }`)).toEqual({
      node: { name: 'Auditors' },
    });
    const wrong = { ...cleared, version: 2, permissions: ['root'] };
    expect(await asOwner.mutate('updateRole', wrong, 'role { id }')).toMatchObject({ field: 'permissions.0' });
    await asOwner.write('deleteRole', { id: role.id, version: 2 }, 'role { id }');
    const names = (await asOwner.ask<{ roles: { name: string }[] }>('{ roles { name } }')).roles;
    expect(names.map(({ name }) => name)).not.toContain('Auditors');
  });
});

describe('access', () => {
  it('is granted, listed for who manages the project, and revoked', async () => {
    const project = await makeProject(member, 'Shared');
    const sharing = await as(member);
    const GRANT =
      'grant { id level projectId subjectId subject { __typename ... on User { email } } project { name } }';
    const input = { email: 'Viewer@example.org', projectId: project.id, level: 'WRITE' };
    const { grant } = await sharing.write<{ grant: { id: string } }>('grantAccess', input, GRANT);
    expect(grant).toMatchObject({
      ...{ level: 'WRITE', projectId: project.id, subjectId: viewer.id, project: { name: 'Shared' } },
      subject: { __typename: 'User', email: 'viewer@example.org' },
    });
    const { role } = await (await as(owner)).write<{ role: { id: string } }>(
      'createRole',
      { name: 'Crew' },
      'role { id }',
    );
    await sharing.write('grantAccess', { subjectId: role.id, projectId: project.id, level: 'READ' }, GRANT);
    const access = `{ project(by: { id: "${project.id}" }) { access {
      totalCount nodes { level subject { __typename ... on Role { name } ... on User { name } } } } } }`;
    expect(await sharing.ask(access)).toMatchObject({
      project: {
        access: {
          totalCount: 3,
          nodes: [
            { level: 'MANAGE', subject: { name: 'Mia' } },
            { level: 'WRITE', subject: { __typename: 'User' } },
            { level: 'READ', subject: { __typename: 'Role', name: 'Crew' } },
          ],
        },
      },
    });
    const asViewer = await as(viewer);
    expect(
      await asViewer.ask(`{ project(by: { id: "${project.id}" }) { viewerLevel access { totalCount } } }`),
    ).toEqual({
      project: { viewerLevel: 'WRITE', access: null },
    });
    // One's own grant, and none of others.
    const node = `{ node(id: "${grant.id}") { ... on Grant { level } } }`;
    expect(await asViewer.ask(node)).toEqual({ node: { level: 'WRITE' } });
    expect(await graph.as(principalWith({ everywhere: LEVEL.WRITE })).ask(node)).toEqual({ node: null });
    expect(await graph.as(principalWith({ permissions: ['users:administer'] })).ask(node)).toEqual({ node: null });
    const revoked = { subjectId: viewer.id, projectId: project.id };
    expect(await asViewer.mutate('revokeAccess', revoked, GRANT)).toMatchObject({ __typename: 'ForbiddenError' });
    await sharing.write('revokeAccess', revoked, GRANT);
    expect(await sharing.mutate('revokeAccess', revoked, GRANT)).toMatchObject({
      __typename: 'NotFoundError',
      recordId: viewer.id,
    });
  });

  it('to all projects is in the list of each', async () => {
    const asOwner = await as(owner);
    const project = await makeProject(owner, 'Any');
    const { grant } = await asOwner.write<{ grant: object }>(
      'grantAccess',
      { subjectId: member.id, allProjects: true, level: 'READ' },
      'grant { projectId project { id } }',
    );
    expect(grant).toEqual({ projectId: null, project: null });
    const access = `{ project(by: { id: "${project.id}" }) { access { nodes { projectId subjectId } } } }`;
    expect(await asOwner.ask(access)).toMatchObject({
      project: { access: { nodes: expect.arrayContaining([{ projectId: null, subjectId: member.id }]) } },
    });
    await asOwner.write('revokeAccess', { subjectId: member.id, allProjects: true }, 'grant { id }');
  });

  it('follows the project to a new owner', async () => {
    const asOwner = await as(owner);
    const project = await makeProject(owner, 'Given');
    const input = { id: project.id, version: 1, ownerId: member.id };
    expect(
      await asOwner.write('updateProject', input, 'project { owner { name } access { totalCount } }'),
    ).toMatchObject({ project: { owner: { name: 'Mia' }, access: { totalCount: 2 } } });
    const manager = graph.as(principalWith({ in: { [project.id]: LEVEL.MANAGE } }));
    expect(await manager.mutate('updateProject', { ...input, version: 2 }, 'project { id }')).toMatchObject({
      __typename: 'ForbiddenError',
    });
    const none = await asOwner.write(
      'updateProject',
      { ...input, version: 2, ownerId: null },
      'project { owner { id } }',
    );
    expect(none).toMatchObject({ project: { owner: null } });
  });
});

describe('what serves records of projects', () => {
  it('does not serve those of accounts', async () => {
    const asOwner = await as(owner);
    const { key } = await accountsIn(graph.factory.catalog.store).createKey(owner);
    const [grant] = (
      await graph.services.grants.all.list({
        ...{ filter: {}, deleted: 'INCLUDE', limit: 1 },
        order: { field: 'createdAt', direction: 'ASC' },
      })
    ).items;
    for (const id of [owner.id, owner.roleId, grant!.id, key.id]) {
      for (const [name, input, fields] of [
        ['revertRecord', { id, version: 1, toVersion: 1 }, 'record { id }'],
        ['requestPurge', { id }, 'token'],
        ['restoreProject', { id }, 'project { id }'],
        ['deleteTask', { id, version: 1 }, 'task { id }'],
        ['purgeProject', { id, version: 1, token: 'x' }, 'project { id }'],
        ['saveState', { ownerId: id, key: 'k', value: 1 }, 'state { id }'],
      ] as const) {
        expect(await asOwner.mutate(name, input, fields), name).toMatchObject({ __typename: 'InvalidInputError' });
      }
      expect(await asOwner.refused(`{ project(by: { id: "${id}" }) { id } }`)).toMatchObject({
        originalError: { code: 'INVALID_INPUT' },
      });
    }
  });
});
