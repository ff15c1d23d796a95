import type { Author, VersionedId } from '../domain/author.js';
import { parseInput } from '../domain/fields/parse.js';
import { newProjectKey } from '../domain/id.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import { writeManifest } from '../repositories/open-entry.js';
import { type NewProject, newProject, type ProjectUpdate, projectUpdate } from './input/project.js';
import { deletion, purge, restoration } from './input/record.js';
import { type Lifecycle, patched } from './records/lifecycle.js';
import type { Purge } from './records/purge.js';
import type { Rules } from './records/rules/contract.js';
import type { Router } from './records/store-router.js';

export interface ProjectService {
  /** Creates a project and its store. @throws AlreadyExistsError path taken; StorageModeUnavailableError, and nothing is created */
  create(author: Author, input: NewProject): Promise<Project>;
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
      const content = (_at: string, key: string) => ({ ...draft, storageMode, key, epoch: FIRST_EPOCH });
      const created: Created[] = [];
      let result: Project | undefined;
      try {
        const rules = creatingStores(created);
        // Ids end with the project's key: if it is taken, the next attempt has another.
        const findRoute = () => router.toCatalog(newKey());
        const items = [{ externalId: externalId ?? null, content, field: '' }];
        [result] = await lifecycle.create(rules, author, findRoute, items);
        return result!;
      } finally {
        const unused = created.filter(({ id }) => id !== result?.id);
        await Promise.allSettled(unused.map(({ undo }) => undo()));
      }
    },

    async update(author, input) {
      const { id, version, ...patch } = parseInput(projectUpdate, input);
      const change = (current: Project) => patched(current, patch);
      return refreshManifest(await lifecycle.update(projectRules, author, { id, version }, change));
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

  /** The rules of a new project: once it keeps them, and before the commit, its store is created. */
  function creatingStores(created: Created[]): Rules<Project> {
    return {
      ...projectRules,
      async apply(route, drafts, at) {
        const applied = await projectRules.apply(route, drafts, at);
        for (const project of applied.documents) {
          created.push({ id: project.id, undo: await factory.createNew(project) });
        }
        return applied;
      },
    };
  }
}
