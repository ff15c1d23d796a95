import type { ApiKey } from '../domain/access/api-key.js';
import type { Grant } from '../domain/access/grant.js';
import type { AccessLevel } from '../domain/access/level.js';
import type { Principal } from '../domain/access/principal.js';
import type { Author } from '../domain/author.js';
import type { IdGenerator } from '../domain/id.js';
import type { Project } from '../domain/project.js';
import { apiKeys, grants } from '../storage/account-collections.js';
import type { Change, Store } from '../storage/store.js';
import { newRecord } from './people/records.js';
import { listAll } from './records/queries.js';
import { put, remove } from './records/transaction.js';

/**
 * The grants that the creator of a project gets: MANAGE for the user, and for a key the project too, at the key's own
 * level, where it wouldn't have it otherwise. None while there are no users, and for the machine's owner.
 */
export async function grantsToCreator(
  catalog: Store,
  { principal }: Author,
  project: Project,
  newId: IdGenerator,
): Promise<readonly Change[]> {
  if (!principal) return [];
  const { userId } = principal;
  const key = await keyOf(catalog, principal);
  const grantOf = (subjectId: string, level: AccessLevel) => {
    const access = { subjectId, projectId: project.id, level };
    return put(grants, 'CREATE', newRecord<Grant>(newId, 'grant', project.createdAt, access));
  };
  return [
    ...(userId === null ? [] : [grantOf(userId, 'MANAGE')]),
    ...(key && isBound(key) ? [grantOf(key.id, key.level)] : []),
  ];
}

/** The level that the creator of a project has in it. */
export async function levelOfCreator(catalog: Store, { principal }: Author): Promise<AccessLevel> {
  const key = principal && (await keyOf(catalog, principal));
  return key?.level ?? 'MANAGE';
}

async function keyOf(catalog: Store, { keyId }: Principal): Promise<ApiKey | null> {
  const [key] = keyId === null ? [] : await catalog.collection(apiKeys).get([keyId]);
  return key ?? null;
}

/** Whether a key has only what it was given, rather than all that its owner has. */
function isBound({ ownerId, projectIds }: ApiKey): boolean {
  return ownerId === null || projectIds !== null;
}

/** The changes that remove all grants of a project, for good: it is purged with them. */
export async function grantRemovals(catalog: Store, projectId: string): Promise<readonly Change[]> {
  const where = [{ field: 'projectId', is: projectId }];
  const found = await listAll(catalog, grants, { where, deleted: 'INCLUDE', field: 'createdAt' });
  return found.map((grant) => remove(grants, grant));
}
