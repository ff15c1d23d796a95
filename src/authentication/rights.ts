import type { ApiKey } from '../domain/access/api-key.js';
import { EVERY_PROJECT, type Grant } from '../domain/access/grant.js';
import { LEVEL, type Level, type Levels, levelIn } from '../domain/access/level.js';
import { type Permission, SEEING } from '../domain/access/permission.js';
import type { Role } from '../domain/access/role.js';
import type { User } from '../domain/access/user.js';
import { projectKeyOf } from '../domain/id.js';

/** What decides about somebody's rights: live records only. */
export interface RightsOf {
  /** The key that was used; null: none. */
  readonly key: Pick<ApiKey, 'id' | 'level' | 'permissions' | 'projectIds'> | null;
  /** Who asks, or the owner of the key; null for a service key. */
  readonly user: Pick<User, 'id'> | null;
  /** The user's; null when there is none. */
  readonly role: Pick<Role, 'id' | 'permissions' | 'everywhere'> | null;
  /** Those of the user, the role and the key; others don't count. */
  readonly grants: readonly Pick<Grant, 'subjectId' | 'projectId' | 'level'>[];
}

/** What somebody may do. */
export interface Rights extends Levels {
  readonly permissions: ReadonlySet<Permission>;
}

/**
 * The rights of a person are those of their role, and grants to either. A key has of its owner's rights those within its level,
 * its permissions and its projects; without an owner it has just these. A grant to a key adds a project to its projects.
 */
export function rightsOf({ key, user, role, grants }: RightsOf): Rights {
  const own = grants.filter(({ subjectId }) => subjectId === user?.id || subjectId === role?.id);
  const person = withGrants(role?.everywhere ? LEVEL[role.everywhere] : LEVEL.NONE, own);
  const permissions = role?.permissions ?? [];
  if (!key) return seeing(new Set(permissions), person, true);
  const reach = reachOf(key, grants);
  if (!user) return seeing(new Set(key.permissions ?? []), reach, key.projectIds === null);
  const common = permissions.filter((each) => key.permissions === null || key.permissions.includes(each));
  return seeing(new Set(common), within(reach, person), key.projectIds === null);
}

/** How far a key reaches, whatever its owner may do: its level in its projects, and in those of its grants as these say. */
function reachOf(key: NonNullable<RightsOf['key']>, grants: RightsOf['grants']): Levels {
  const most = LEVEL[key.level];
  const granted = withGrants(
    key.projectIds === null ? most : LEVEL.NONE,
    grants.filter(({ subjectId }) => subjectId === key.id),
    most,
  );
  const projects = new Map(granted.projects);
  for (const id of key.projectIds ?? []) projects.set(projectKeyOf(id), most);
  return { ...granted, projects };
}

/** Levels, raised by grants. `most`: what no grant exceeds. */
function withGrants(everywhere: Level, grants: RightsOf['grants'], most: Level = LEVEL.MANAGE): Levels {
  const projects = new Map<string, Level>();
  let all = everywhere;
  for (const { projectId, level } of grants) {
    const granted = min(LEVEL[level], most);
    if (projectId === EVERY_PROJECT) all = max(all, granted);
    else projects.set(projectKeyOf(projectId), max(granted, projects.get(projectKeyOf(projectId)) ?? LEVEL.NONE));
  }
  return { everywhere: all, projects };
}

/** In each project that is within reach, the lower of two levels. */
function within(reach: Levels, person: Levels): Levels {
  const keys = new Set([...reach.projects.keys(), ...person.projects.keys()]);
  // Others have no level, not even that of seeing them.
  const reached = [...keys].filter((key) => levelIn(reach, key) > LEVEL.NONE);
  return {
    everywhere: min(reach.everywhere, person.everywhere),
    projects: new Map(reached.map((key) => [key, min(levelIn(reach, key), levelIn(person, key))])),
  };
}

/**
 * Who runs moves or operates the storage sees of projects that they exist: of all; or, with a key for some, of these. Levels that
 * say no more than `everywhere` are left out.
 */
function seeing(permissions: ReadonlySet<Permission>, levels: Levels, isForAll: boolean): Rights {
  const seen = SEEING.some((each) => permissions.has(each)) ? LEVEL.SEE : LEVEL.NONE;
  const everywhere = isForAll ? max(levels.everywhere, seen) : levels.everywhere;
  const projects = [...levels.projects].map(([key, level]) => [key, max(level, seen)] as const);
  return { permissions, everywhere, projects: new Map(projects.filter(([, level]) => level > everywhere)) };
}

/** Whether somebody with the later ones may do all that they might before. */
export function includesRights(later: Rights, before: Rights): boolean {
  return (
    later.everywhere >= before.everywhere &&
    [...before.permissions].every((each) => later.permissions.has(each)) &&
    [...before.projects].every(([key, level]) => levelIn(later, key) >= level)
  );
}

const min = (a: Level, b: Level): Level => (a < b ? a : b);
const max = (a: Level, b: Level): Level => (a > b ? a : b);
