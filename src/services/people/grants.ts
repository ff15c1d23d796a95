import { ForbiddenError, lacksLevel, lacksPermission } from '../../domain/access/errors.js';
import { EVERY_PROJECT } from '../../domain/access/grant.js';
import { type AccessLevel, LEVEL, levelIn } from '../../domain/access/level.js';
import { may } from '../../domain/access/principal.js';
import type { Author } from '../../domain/author.js';
import { NotFoundError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { CATALOG_KEY, type IdGenerator, parseCatalogId } from '../../domain/id.js';
import type { RecordBase } from '../../domain/record.js';
import { grantConditions } from '../../repositories/filters.js';
import { createRepository } from '../../repositories/repository.js';
import { apiKeys, grants, roles, users } from '../../storage/account-collections.js';
import { projects } from '../../storage/collections.js';
import type { Change, CollectionSpec, Store } from '../../storage/store.js';
import { accessGrant, accessRevocation } from '../input/people.js';
import { findByValues } from '../records/queries.js';
import type { Router } from '../records/store-router.js';
import { check, type Transact } from '../records/transaction.js';
import type { GrantService } from './contract.js';
import { findGrant, planGrant } from './grant-plan.js';
import { requireSetUp } from './named-role.js';
import { getLive, planNext } from './records.js';

/** Who is to have access: by id, or a user by their email. */
interface SubjectName {
  readonly subjectId?: string | undefined;
  readonly email?: string | undefined;
}

export function createGrantService(
  catalog: Store,
  router: Router,
  transact: Transact,
  newId: IdGenerator,
): GrantService {
  const inCatalog = () => router.toCatalog(CATALOG_KEY);

  return {
    all: createRepository(catalog, grants, grantConditions),

    async grant(author, input) {
      const { level, projectId = EVERY_PROJECT, allProjects: _, ...name } = parseInput(accessGrant, input);
      return transact(author, inCatalog, async ({ store }, at) => {
        const ofProject = await checkProject(store, author, projectId, true);
        requireShareable(author, projectId, level);
        const subject = await findSubject(store, name);
        const before = await findGrant(store, { subjectId: subject.id, projectId });
        if (before) requireShareable(author, projectId, before.level);
        const { changes, result } = await planGrant(store, newId, { subjectId: subject.id, projectId, level }, at);
        // Neither is deleted or purged meanwhile.
        const also = changes.length > 0 ? [...ofProject, subject.check] : [];
        return { changes: [...also, ...changes], result };
      });
    },

    async revoke(author, input) {
      const { projectId = EVERY_PROJECT, allProjects: _, ...name } = parseInput(accessRevocation, input);
      return transact(author, inCatalog, async ({ store }, at) => {
        await checkProject(store, author, projectId, false);
        requireShareable(author, projectId, 'READ');
        const { id: subjectId } =
          name.subjectId === undefined ? await findSubject(store, name) : { id: name.subjectId };
        const before = await findGrant(store, { subjectId, projectId });
        if (!before) throw noGrant(subjectId, projectId);
        requireShareable(author, projectId, before.level);
        return planNext(grants, 'DELETE', before, { ...before, deletedAt: at }, at);
      });
    },
  };
}

/**
 * The check that a commit needs for the project, if it is for one.
 * @param isLive whether it has to be live
 * @throws NotFoundError for a project that doesn't exist, or that the author doesn't see
 */
async function checkProject(
  store: Store,
  { principal }: Author,
  projectId: string,
  isLive: boolean,
): Promise<readonly Change[]> {
  if (projectId === EVERY_PROJECT) return [];
  const level = principal ? levelIn(principal, projectId) : LEVEL.MANAGE;
  const [project] = await store.collection(projects).get([projectId]);
  const isHidden = level === LEVEL.NONE || (project?.deletedAt != null && level < LEVEL.MANAGE);
  if (!project || isHidden) throw new NotFoundError(projectId);
  if (isLive && project.deletedAt !== null) {
    throw new NotFoundError(projectId, `${projectId} is deleted.`, 'Restore it first, then repeat.');
  }
  return [check(projects, project)];
}

/** Refuses access that an author may not give, or take away. @throws ForbiddenError */
function requireShareable({ principal }: Author, projectId: string, level: AccessLevel): void {
  if (!principal) return;
  const administers = may(principal, 'users:administer');
  if (projectId === EVERY_PROJECT) {
    if (!administers) throw lacksPermission('users:administer');
    if (principal.everywhere < LEVEL[level]) throw lacksLevelEverywhere(level);
    return;
  }
  const own = levelIn(principal, projectId);
  if (own >= LEVEL.MANAGE) return;
  if (!administers) throw lacksLevel('MANAGE', projectId);
  if (own < LEVEL[level]) throw lacksLevel(level, projectId);
}

/** A live user, role or key, and the check that it stays so. @throws NotFoundError */
async function findSubject(
  store: Store,
  { subjectId, email }: SubjectName,
): Promise<{ readonly id: string; readonly check: Change }> {
  if (subjectId === undefined) {
    // Otherwise it would be nobody's fault that nobody is found.
    await requireSetUp(store);
    const found = (await findByValues(store, users, 'email', [email!], 'EXCLUDE')).get(email!);
    if (!found) throw noUser(email!);
    return { id: found.id, check: check(users, found) };
  }
  const read = async <T extends RecordBase>(spec: CollectionSpec<T>) => {
    const record = await getLive(store, spec, subjectId);
    return { id: record.id, check: check(spec, record) };
  };
  switch (parseCatalogId(subjectId)) {
    case 'role':
      return read(roles);
    case 'apiKey':
      return read(apiKeys);
    default:
      return read(users);
  }
}

function lacksLevelEverywhere(level: AccessLevel): ForbiddenError {
  return new ForbiddenError(
    `This takes ${level} access to all projects, which you don't have.`,
    'Share single projects in which you have this level, or ask somebody who has it in all.',
    { level },
  );
}

function noUser(email: string): NotFoundError {
  return new NotFoundError(
    email,
    'There is no user with this email.',
    'Check the email, or ask an administrator to create the user.',
  );
}

function noGrant(subjectId: string, projectId: string): NotFoundError {
  const [where, hint] =
    projectId === EVERY_PROJECT
      ? ['all projects', 'Access to single projects is revoked by their ids, and that of a role by changing the role.']
      : [
          'this project',
          '`Project.access`, or `mooring grants list`, shows who was; access to all projects is that of a role, or was granted for all.',
        ];
  return new NotFoundError(subjectId, `${subjectId} was not given access to ${where}.`, hint);
}
