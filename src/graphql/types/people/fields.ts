import type { RecordBase } from '../../../domain/record.js';
import type { ObjectFields } from '../../builder.js';

/** The fields that users, roles and grants have as records. */
export function recordFields(t: ObjectFields<RecordBase>, noun: string) {
  return {
    version: t.exposeInt('version', {
      description: `Version of the ${noun}: 1 at first, one more with every write. Mutations that change it name the version that you read.`,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: `When the ${noun} was created.` }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: `When the ${noun} was last written.` }),
  };
}

/** Describes permissions, wherever they are. */
export const PERMISSIONS_TEXT =
  '`projects:create`; `storage:administer` (settings of storage modes, attaching projects, locations of their own); `storage:operate` (health, repairs, usage); `migrations:run`; `users:administer` (users, roles and access); `keys:administer` (keys of others); `audit:read`.';
