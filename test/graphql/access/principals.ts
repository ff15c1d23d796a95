import { LEVEL, type Level } from '../../../src/domain/access/level.js';
import { ALL_PERMISSIONS, type Permission } from '../../../src/domain/access/permission.js';
import { createEnding, type EndingControl, type Principal } from '../../../src/domain/access/principal.js';
import { projectKeyOf } from '../../../src/domain/id.js';

/** Rights as a test writes them; what is left out is none. */
interface Rights {
  readonly everywhere?: Level;
  readonly permissions?: Iterable<Permission>;
  /** Levels by the ids of projects. */
  readonly in?: Readonly<Record<string, Level>>;
  readonly userId?: string | undefined;
  readonly keyId?: string;
}

/** A principal with these rights. */
export function principalWith(rights: Rights): Principal & { readonly ending: EndingControl } {
  const { everywhere = LEVEL.NONE, permissions = [], userId = null, keyId = null } = rights;
  return {
    kind: keyId === null ? 'USER' : 'KEY',
    userId,
    keyId,
    actor: keyId ?? userId ?? 'usr_somebody',
    permissions: new Set(permissions),
    everywhere,
    projects: new Map(Object.entries(rights.in ?? {}).map(([id, level]) => [projectKeyOf(id), level])),
    ending: createEnding(),
  };
}

const { NONE, SEE, READ, WRITE, MANAGE } = LEVEL;

/** The built-in roles, with nothing shared. */
export const ROLES = {
  OWNER: principalWith({ everywhere: MANAGE, permissions: ALL_PERMISSIONS }),
  ADMIN: principalWith({ everywhere: MANAGE, permissions: ALL_PERMISSIONS }),
  MEMBER: principalWith({ permissions: ['projects:create'] }),
  VIEWER: principalWith({ everywhere: READ }),
  OPERATOR: principalWith({ everywhere: SEE, permissions: ['storage:operate', 'migrations:run'] }),
} as const;

/** Who has no role, but a level in one project. */
export const sharing = (id: string, level: 'READ' | 'WRITE' | 'MANAGE') =>
  principalWith({ in: { [id]: { READ, WRITE, MANAGE }[level] } });

/** Who has one permission, and what it brings along. */
export const holding = (permission: Permission) =>
  principalWith({
    permissions: [permission],
    everywhere: /^(storage|migrations):/.test(permission) ? SEE : NONE,
  });
