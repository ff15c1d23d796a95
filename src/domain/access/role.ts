import { z } from 'zod';
import type { ValuesOf } from '../fields/derive.js';
import { name, prose } from '../fields/text.js';
import type { RecordBase } from '../record.js';
import { ACCESS_LEVELS } from './level.js';
import { PERMISSIONS, permissionNames } from './permission.js';
import { MAX_ACCOUNT_NAME } from './user.js';

/** The most bytes of a role's description. */
const MAX_ROLE_DESCRIPTION = 4_096;

/** What a role's own fields may hold, in a request. */
export const roleFields = {
  /** Unique among live roles. */
  name: name(MAX_ACCOUNT_NAME),
  description: prose(MAX_ROLE_DESCRIPTION).default(''),
  permissions: permissionNames.default([]),
  /** The level in every project; null: none. */
  everywhere: z.enum(ACCESS_LEVELS).nullable().default(null),
} as const;

/** What users with this role may do. */
export interface Role extends RecordBase, ValuesOf<typeof roleFields> {
  /** Whether it comes with the server: it can't be deleted. */
  readonly isBuiltIn: boolean;
}

export const OWNER_ROLE = 'OWNER';

/** The roles that come with the server, created with the first administrator. Only OWNER can't be changed. */
export const BUILT_IN_ROLES: readonly Pick<Role, 'name' | 'description' | 'permissions' | 'everywhere'>[] = [
  {
    name: OWNER_ROLE,
    description: 'May do everything. At least one user has this role.',
    permissions: PERMISSIONS,
    everywhere: 'MANAGE',
  },
  {
    name: 'ADMIN',
    description: 'May do everything, until somebody changes this role.',
    permissions: PERMISSIONS,
    everywhere: 'MANAGE',
  },
  {
    name: 'MEMBER',
    description: 'Creates projects, and works in those that are shared with them.',
    permissions: ['projects:create'],
    everywhere: null,
  },
  { name: 'VIEWER', description: 'Reads all projects.', permissions: [], everywhere: 'READ' },
  {
    name: 'OPERATOR',
    description: 'Runs moves and repairs, and sees health and usage, but reads no contents.',
    permissions: ['storage:operate', 'migrations:run'],
    everywhere: null,
  },
];

/** The `externalId` of a built-in role's record. */
export const builtInId = (name: string): string => `role:${name}`;

/** Whether a role is that of owners. */
export function isOwnerRole({ externalId }: Pick<Role, 'externalId'>): boolean {
  return externalId === builtInId(OWNER_ROLE);
}
