import { cantBeUsed } from '../domain/access/errors.js';
import { type AccessLevel, LEVEL, levelIn } from '../domain/access/level.js';
import { type Author, type VersionedId, withoutPrincipal } from '../domain/author.js';
import { parseInput } from '../domain/fields/parse.js';
import { type IdGenerator, newProjectKey } from '../domain/id.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import { writeManifest } from '../repositories/open-entry.js';
import { users } from '../storage/account-collections.js';
import { type NewProject, newProject, type ProjectUpdate, projectUpdate } from './input/project.js';
import { deletion, purge, restoration } from './input/record.js';
import { planGrant } from './people/grant-plan.js';
import { getLive } from './people/records.js';
import { requirePermission } from './people/rights.js';
import { grantsToCreator, levelOfCreator } from './project-grants.js';
import { type Lifecycle, patched } from './records/lifecycle.js';
import type { Purge } from './records/purge.js';
import type { Rules } from './records/rules/contract.js';
import type { Router } from './records/store-router.js';
import { check } from './records/transaction.js';

export interface ProjectService {
  /**
   * Creates a project and its store. In the same commit, its author gets access to it.
   * @throws AlreadyExistsError path taken; StorageModeUnavailableError, and nothing is created
   */
  create(author: Author, input: NewProject): Promise<Project>;
  /** The level that the author has in a project that they create. */
  creatorLevel(author: Author): Promise<AccessLevel>;
  /** A new owner is given MANAGE access in the same commit. @throws NotFoundError, ForbiddenError without `users:administer` */
  update(author: Author, input: ProjectUpdate): Promise<Project>;
  /** Hides it and everything in it. */
  delete(author: Author, input: VersionedId): Promise<Project>;
  /** Shows it again with exactly what was in it. @throws AlreadyExistsError when its path was taken meanwhile */
  restore(author: Author, input: { readonly id: string }): Promise<Project>;
  /** Removes it and all its data for good. @throws ConfirmationError, MigrationStateError while it is being moved */
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Project>;
}

/** The epoch of a project that has never moved. */
const FIRST_EPOCH = 1;

/** A store that was created, and how to remove it. */
interface Created {
  readonly id: string;
  readonly undo: () => Promise<void>;
}

export interface ProjectDefaults {
  /** Generates a project's key. Left out: random. */
  readonly newKey?: (() => string) | undefined;
  /** Where a project lives when its author doesn't say. Left out: `LOCAL`. */
  readonly defaultMode?: StorageMode | undefined;
}

export function createProjectService(
  projectRules: Rules<Project>,
  factory: RepositoryFactory,
  router: Router,
  lifecycle: Lifecycle,
  purging: Purge,
  newId: IdGenerator,
  { newKey = newProjectKey, defaultMode = 'LOCAL' }: ProjectDefaults = {},
): ProjectService {
  /** Updates the store's copy of the record. The change itself is durable: a copy that fails is written when the store is next opened. */
  async function refreshManifest(project: Project): Promise<Project> {
    await factory.open(project).catch(() => undefined);
    return project;
  }

  return {
    async create(author, input) {
      const { externalId, storageMode = defaultMode, ...draft } = parseInput(newProject, input);
      const ownerId = author.principal?.userId ?? null;
      const owned = ownerId === null ? draft : { ...draft, ownerId };
      const content = (_at: string, key: string) => ({ ...owned, storageMode, key, epoch: FIRST_EPOCH });
      const created: Created[] = [];
      let result: Project | undefined;
      try {
        const rules = creatingStores(created, author);
        // Ids end with the project's key: if it is taken, the next attempt has another.
        const findRoute = () => router.toCatalog(newKey());
        const items = [{ externalId: externalId ?? null, content, field: '' }];
        [result] = await lifecycle.create(rules, withoutPrincipal(author), findRoute, items);
        if (created.every(({ id }) => id !== result!.id)) requireShown(author, result!);
        return result!;
      } finally {
        const unused = created.filter(({ id }) => id !== result?.id);
        await Promise.allSettled(unused.map(({ undo }) => undo()));
      }
    },

    creatorLevel: (author) => levelOfCreator(factory.catalog.store, author),

    async update(author, input) {
      const { id, version, ...patch } = parseInput(projectUpdate, input);
      if (patch.ownerId !== undefined) requirePermission(author, 'users:administer');
      const change = (current: Project) => patched(current, patch);
      const rules = patch.ownerId == null ? projectRules : givingTo(patch.ownerId);
      return refreshManifest(await lifecycle.update(rules, author, { id, version }, change));
    },

    async delete(author, input) {
      const target = parseInput(deletion('project'), input);
      const open = await factory.of(target.id).catch(() => null);
      const project = await lifecycle.delete(projectRules, author, target);
      if (open) await writeManifest(open.store, project).catch(() => undefined);
      return project;
    },

    async restore(author, input) {
      const { id } = parseInput(restoration('project'), input);
      return refreshManifest(await lifecycle.restore(projectRules, author, id));
    },

    purge: async (author, input) => purging.project(projectRules, author, parseInput(purge('project'), input)),
  };

  /** The rules of a project that is given to a user: they get MANAGE access with it. */
  function givingTo(ownerId: string): Rules<Project> {
    return {
      ...projectRules,
      async apply(route, drafts, at) {
        const applied = await projectRules.apply(route, drafts, at);
        const isNew = drafts.some(({ before }) => before?.ownerId !== ownerId);
        if (!isNew) return applied;
        const owner = await getLive(route.store, users, ownerId);
        const [project] = applied.documents;
        const access = { subjectId: ownerId, projectId: project!.id, level: 'MANAGE' } as const;
        const { changes } = await planGrant(route.store, newId, access, at);
        return { ...applied, also: [...applied.also, check(users, owner), ...changes] };
      },
    };
  }

  /** The rules of a new project: once it keeps them, and before the commit, its store is created. */
  function creatingStores(created: Created[], author: Author): Rules<Project> {
    return {
      ...projectRules,
      async apply(route, drafts, at) {
        const applied = await projectRules.apply(route, drafts, at);
        const also = [...applied.also];
        for (const project of applied.documents) {
          created.push({ id: project.id, undo: await factory.createNew(project) });
          also.push(...(await grantsToCreator(route.store, author, project, newId)));
        }
        return { ...applied, also };
      },
    };
  }
}

/** Another's project isn't told of by the `externalId` that it has. @throws InvalidInputError */
function requireShown({ principal }: Author, { id }: Project): void {
  if (principal && levelIn(principal, id) < LEVEL.READ) throw cantBeUsed('externalId');
}
