import { describe, expect, it } from 'vitest';
import { includesRights, type RightsOf, rightsOf } from '../../src/authentication/rights.js';
import type { Grant } from '../../src/domain/access/grant.js';
import { type AccessLevel, LEVEL, levelIn } from '../../src/domain/access/level.js';
import type { Permission } from '../../src/domain/access/permission.js';
import { BUILT_IN_ROLES } from '../../src/domain/access/role.js';
import { createIdGenerator } from '../../src/domain/id.js';

const newId = createIdGenerator();
const A = newId('project', 'aaaaaaaa');
const B = newId('project', 'bbbbbbbb');
const C = newId('project', 'cccccccc');
const user = { id: 'usr_1' };
const role = (name: string) => ({ id: 'rol_1', ...BUILT_IN_ROLES.find((each) => each.name === name)! });
const grant = (
  subjectId: string,
  projectId: string,
  level: AccessLevel,
): Pick<Grant, 'subjectId' | 'projectId' | 'level'> => ({ subjectId, projectId, level });
const key = (
  level: AccessLevel,
  { projectIds = null, permissions = null }: { projectIds?: string[] | null; permissions?: Permission[] | null } = {},
) => ({ id: 'key_1', level, permissions, projectIds });

/** Levels in A, B, any other project; and permissions. */
function shown(of: Partial<RightsOf>) {
  const rights = rightsOf({ key: null, user: null, role: null, grants: [], ...of });
  const levels = [A, B, C].map((id) => Object.entries(LEVEL).find(([, level]) => level === levelIn(rights, id))![0]);
  return [levels.join(' '), rights.permissions.size] as const;
}

describe('the rights of a user', () => {
  it.each([
    ['OWNER', [], 'MANAGE MANAGE MANAGE', 7],
    ['ADMIN', [], 'MANAGE MANAGE MANAGE', 7],
    ['MEMBER', [], 'NONE NONE NONE', 1],
    ['MEMBER', [grant('usr_1', A, 'WRITE')], 'WRITE NONE NONE', 1],
    ['MEMBER', [grant('usr_1', A, 'READ'), grant('rol_1', A, 'MANAGE')], 'MANAGE NONE NONE', 1],
    ['MEMBER', [grant('rol_1', '*', 'READ'), grant('usr_1', B, 'WRITE')], 'READ WRITE READ', 1],
    ['MEMBER', [grant('usr_2', A, 'MANAGE'), grant('rol_2', B, 'MANAGE')], 'NONE NONE NONE', 1],
    ['VIEWER', [], 'READ READ READ', 0],
    ['VIEWER', [grant('usr_1', A, 'MANAGE')], 'MANAGE READ READ', 0],
    ['OPERATOR', [], 'SEE SEE SEE', 2],
    ['OPERATOR', [grant('usr_1', B, 'READ')], 'SEE READ SEE', 2],
  ] as const)('with role %s and grants %j are %s', (name, grants, levels, permissions) => {
    expect(shown({ user, role: role(name), grants: [...grants] })).toEqual([levels, permissions]);
  });

  it('are none without a role, but for grants', () => {
    expect(shown({ user })).toEqual(['NONE NONE NONE', 0]);
    expect(shown({ user, grants: [grant('usr_1', A, 'READ')] })).toEqual(['READ NONE NONE', 0]);
  });
});

describe('the rights of a key', () => {
  it.each([
    ['all that its owner may do', 'OWNER', key('MANAGE'), [], 'MANAGE MANAGE MANAGE', 7],
    ['at most its level', 'OWNER', key('READ'), [], 'READ READ READ', 7],
    ['in its projects only', 'OWNER', key('WRITE', { projectIds: [A] }), [], 'WRITE NONE NONE', 7],
    ['in none with an empty list', 'OWNER', key('WRITE', { projectIds: [] }), [], 'NONE NONE NONE', 7],
    ['no more than its owner', 'VIEWER', key('MANAGE', { projectIds: [A] }), [], 'READ NONE NONE', 0],
    ['no project that its owner lacks', 'MEMBER', key('MANAGE', { projectIds: [A] }), [], 'NONE NONE NONE', 1],
    ['its owner’s grants', 'MEMBER', key('MANAGE'), [grant('usr_1', A, 'WRITE')], 'WRITE NONE NONE', 1],
    ['its owner’s grants at its level', 'MEMBER', key('READ'), [grant('usr_1', A, 'MANAGE')], 'READ NONE NONE', 1],
    [
      'projects granted to it',
      'OWNER',
      key('WRITE', { projectIds: [A] }),
      [grant('key_1', B, 'READ')],
      'WRITE READ NONE',
      7,
    ],
    [
      'of a grant no more than its level',
      'OWNER',
      key('READ', { projectIds: [] }),
      [grant('key_1', B, 'MANAGE')],
      'NONE READ NONE',
      7,
    ],
    [
      'of a grant no more than its owner',
      'VIEWER',
      key('MANAGE', { projectIds: [] }),
      [grant('key_1', B, 'MANAGE')],
      'NONE READ NONE',
      0,
    ],
    [
      'of a grant for all projects',
      'OWNER',
      key('WRITE', { projectIds: [A] }),
      [grant('key_1', '*', 'READ')],
      'WRITE READ READ',
      7,
    ],
    ['its permissions of its owner’s', 'OWNER', key('READ', { permissions: ['audit:read'] }), [], 'READ READ READ', 1],
    [
      'no permission that its owner lacks',
      'MEMBER',
      key('READ', { permissions: ['audit:read'] }),
      [],
      'NONE NONE NONE',
      0,
    ],
    ['sight of its projects, for an operator', 'OPERATOR', key('READ', { projectIds: [A] }), [], 'SEE NONE NONE', 2],
    [
      'no sight of other projects of its owner',
      'OPERATOR',
      key('READ', { projectIds: [A] }),
      [grant('usr_1', B, 'WRITE')],
      'SEE NONE NONE',
      2,
    ],
    ['no sight without those permissions', 'OPERATOR', key('READ', { permissions: [] }), [], 'NONE NONE NONE', 0],
  ] as const)('are %s', (_, name, restricted, grants, levels, permissions) => {
    expect(shown({ key: restricted, user, role: role(name), grants: [...grants] })).toEqual([levels, permissions]);
  });

  it.each([
    ['everywhere', key('WRITE'), [], 'WRITE WRITE WRITE', 0],
    ['in its projects', key('WRITE', { projectIds: [A] }), [], 'WRITE NONE NONE', 0],
    ['in those granted to it', key('WRITE', { projectIds: [] }), [grant('key_1', B, 'MANAGE')], 'NONE WRITE NONE', 0],
    [
      'with permissions of its own',
      key('READ', { projectIds: [], permissions: ['projects:create'] }),
      [],
      'NONE NONE NONE',
      1,
    ],
    [
      'seeing all with a right to move',
      key('READ', { permissions: ['migrations:run'], projectIds: null }),
      [],
      'READ READ READ',
      1,
    ],
  ] as const)('without an owner are its level %s', (_, restricted, grants, levels, permissions) => {
    expect(shown({ key: restricted, grants: [...grants] })).toEqual([levels, permissions]);
  });
});

describe('rights', () => {
  const of = (grants: RightsOf['grants'], name = 'MEMBER') => rightsOf({ key: null, user, role: role(name), grants });

  it('include the same, whatever records they come from', () => {
    const [first, second] = [grant('usr_1', A, 'READ'), grant('rol_1', B, 'WRITE')];
    const [one, other] = [of([first, second]), of([grant('usr_1', B, 'WRITE'), grant('usr_1', A, 'READ')])];
    expect([includesRights(one, other), includesRights(other, one)]).toEqual([true, true]);
    expect(includesRights(of([], 'VIEWER'), of([grant('usr_1', A, 'READ')], 'VIEWER'))).toBe(true);
  });

  it('include fewer: a lower level, a project less, a permission less', () => {
    const some = of([grant('usr_1', A, 'READ')]);
    for (const less of [of([]), of([grant('usr_1', B, 'READ')])]) expect(includesRights(less, some)).toBe(false);
    for (const more of [of([grant('usr_1', A, 'WRITE')]), of([grant('usr_1', A, 'READ'), grant('usr_1', B, 'READ')])]) {
      expect([includesRights(more, some), includesRights(some, more)]).toEqual([true, false]);
    }
    const auditing = { ...some, permissions: new Set([...some.permissions, 'audit:read' as const]) };
    expect([includesRights(auditing, some), includesRights(some, auditing)]).toEqual([true, false]);
    const viewing = of([grant('usr_1', A, 'READ')], 'VIEWER');
    expect(includesRights(some, viewing)).toBe(false);
  });
});
