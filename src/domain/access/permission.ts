import { z } from 'zod';
import { refuse } from '../fields/parse.js';

export const PERMISSIONS = [
  'projects:create',
  'storage:administer',
  'storage:operate',
  'migrations:run',
  'users:administer',
  'keys:administer',
  'audit:read',
] as const;
/** What somebody may do on the server, whatever the project. */
export type Permission = (typeof PERMISSIONS)[number];

export const ALL_PERMISSIONS: ReadonlySet<Permission> = new Set(PERMISSIONS);

/** Who has one of these sees of every project that it exists: they couldn't do their work otherwise. */
export const SEEING: readonly Permission[] = ['storage:operate', 'storage:administer', 'migrations:run'];

const isPermission = (name: string): name is Permission => PERMISSIONS.some((each) => each === name);

/** Names of permissions, in a request: each counts once, in the order of all. */
export const permissionNames = z
  .array(
    z
      .string()
      .superRefine(
        refuse((name: string) =>
          isPermission(name) ? null : { message: "isn't a permission", hint: `Give one of ${PERMISSIONS.join(', ')}.` },
        ),
      ),
  )
  .transform((names) => PERMISSIONS.filter((each) => names.includes(each)));
