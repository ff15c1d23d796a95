import { findOutside } from '../../domain/access/address-range.js';
import type { ApiKey } from '../../domain/access/api-key.js';
import { ForbiddenError, lacksLevel, lacksPermission } from '../../domain/access/errors.js';
import { EVERY_PROJECT, type Grant } from '../../domain/access/grant.js';
import { type AccessLevel, LEVEL, levelIn } from '../../domain/access/level.js';
import { PERMISSIONS, type Permission } from '../../domain/access/permission.js';

import { NotFoundError } from '../../domain/errors.js';
import { administersKeys, isOwner, type Maker, type Person } from './maker.js';

/** What limits a key. */
export type KeyLimits = Pick<
  ApiKey,
  'level' | 'permissions' | 'projectIds' | 'expiresAt' | 'perMinute' | 'allowedAddresses'
>;

/** Whether the maker acts for this owner: what it makes is then within the owner's rights, however these change. */
function actsFor({ principal }: Maker, owner: Person | null): boolean {
  return owner !== null && principal.userId === owner.user.id;
}

/**
 * Whether the maker may make keys at all for this owner; null: none, the key is a service key.
 * @throws ForbiddenError
 */
export function requireMaking(maker: Maker, owner: Person | null): void {
  const { key, principal } = maker;
  if (administersKeys(maker)) {
    // Who acts as an owner of the server could make themselves one.
    if (!isOwner(owner) || principal.kind === 'LOCAL' || isOwner(maker.person)) return;
    throw new ForbiddenError(
      "Only an owner of the server makes keys for one, and you aren't one.",
      'Let an owner make the key, or make it for another user.',
    );
  }
  if (!actsFor(maker, owner)) throw lacksPermission('keys:administer');
  if (key && key.permissions !== null) throw lacksPermission('keys:administer');
}

/**
 * A key never does more than its maker: it has less, or acts for the same user within the same limits.
 * @param granted - access that grants to the key add
 * @throws ForbiddenError that names what exceeds it
 */
export function requireWithin(
  maker: Maker,
  owner: Person | null,
  limits: KeyLimits,
  granted: readonly Access[] = [],
): void {
  if (maker.key) requireWithinKey(maker.key, limits);
  requirePermissionsWithin(maker, owner, limits.permissions);
  const { level, projectIds } = limits;
  const named = (projectIds ?? [EVERY_PROJECT]).map((projectId) => ({ projectId, level }));
  const most = granted.map((grant) => ({ ...grant, level: lower(grant.level, level) }));
  const beyondReach = [...named, ...most].find((each) => !reaches(maker, owner, each));
  if (beyondReach) throw beyondProject(beyondReach);
}

/**
 * Nobody gives by name what they don't have, even where it would have no effect.
 * @throws NotFoundError as if the project didn't exist, ForbiddenError
 */
export function requireOwn(
  { principal }: Maker,
  permissions: readonly Permission[],
  projectIds: readonly string[],
  level: AccessLevel,
): void {
  const lacking = permissions.find((each) => !principal.permissions.has(each));
  if (lacking) throw lacksPermission(lacking);
  for (const id of projectIds) {
    const has = levelIn(principal, id);
    if (has === LEVEL.NONE) throw new NotFoundError(id);
    if (has < LEVEL[level]) throw lacksLevel(level, id);
  }
}

/** What a key makes, and what replaces it, has the same limits or narrower ones. @throws ForbiddenError */
export function requireWithinKey(key: ApiKey, limits: KeyLimits): void {
  if (LEVEL[limits.level] > LEVEL[key.level]) throw beyond('level', `Its level is ${key.level}`);
  if (key.expiresAt !== null && (limits.expiresAt === null || limits.expiresAt > key.expiresAt)) {
    throw beyond('expiresAt', `It expires at ${key.expiresAt}`);
  }
  if (key.perMinute !== null && (limits.perMinute === null || limits.perMinute > key.perMinute)) {
    throw beyond('perMinute', `It may send ${key.perMinute} requests a minute`);
  }
  if (key.allowedAddresses.length === 0) return;
  const outside = findOutside(limits.allowedAddresses, key.allowedAddresses);
  if (limits.allowedAddresses.length === 0 || outside !== null) {
    throw beyond('allowedAddresses', 'It may be used from some addresses only');
  }
}

function requirePermissionsWithin(maker: Maker, owner: Person | null, permissions: KeyLimits['permissions']): void {
  const { principal, key } = maker;
  if (actsFor(maker, owner) && (!key || key.permissions === null)) return;
  if (permissions === null && key && key.permissions !== null) {
    throw beyond('allPermissions', 'It has some permissions of its owner only');
  }
  // All of another user's: whatever they are.
  const lacking = (permissions ?? PERMISSIONS).find((each) => !principal.permissions.has(each));
  if (lacking) throw lacksPermission(lacking);
}

type Access = Pick<Grant, 'projectId' | 'level'>;

function reaches(maker: Maker, owner: Person | null, { projectId, level }: Access): boolean {
  const { principal, key } = maker;
  if (actsFor(maker, owner) && (!key || key.projectIds === null || key.projectIds.includes(projectId))) return true;
  return (projectId === EVERY_PROJECT ? principal.everywhere : levelIn(principal, projectId)) >= LEVEL[level];
}

const lower = (a: AccessLevel, b: AccessLevel): AccessLevel => (LEVEL[a] < LEVEL[b] ? a : b);

function beyond(field: keyof KeyLimits | 'allPermissions', whose: string): ForbiddenError {
  return new ForbiddenError(
    `\`${field}\` is beyond what the key of this request may do. ${whose}.`,
    `Give a narrower \`${field}\`, leave it out, or use another key.`,
  );
}

function beyondProject({ projectId, level }: Access): ForbiddenError {
  if (projectId !== EVERY_PROJECT) return lacksLevel(level, projectId);
  return new ForbiddenError(
    `The key would have ${level} access to projects in which you don't have it.`,
    'Name the projects in `projectIds`, or let an administrator make the key.',
    { level },
  );
}
