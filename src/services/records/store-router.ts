import type { SecretPolicy } from '../../domain/fields/redaction.js';
import { invalidId, parseId } from '../../domain/id.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { Store } from '../../storage/store.js';

/** Where a record is written: its store, and the epoch by which it was routed there. */
export interface StoreRoute {
  readonly store: Store;
  readonly epoch: number;
  /** The key with which the ids of the records there end. */
  readonly projectKey: string;
  /** Id of the project whose store it is; null: it is the catalog. */
  readonly projectId: string | null;
  /** The id by which it was found; null: none is known yet, or it is about the catalog's own records. */
  readonly id: string | null;
  /** What the project does about secrets; null: what the server does. */
  readonly secrets: SecretPolicy | null;
}

/** The route to the records in a project. */
export interface ProjectRoute extends StoreRoute {
  readonly repositories: Repositories;
}

/** Finds the store that a record is written to. Each call reads the catalog again. @throws as `RepositoryFactory.of` */
export interface Router {
  /** To this record: the catalog for a project, its project's store for all others. @throws InvalidInputError */
  toRecord(id: string): Promise<StoreRoute>;
  /** To the records in a project, by the id of the project or of any of them. */
  toProject(id: string): Promise<ProjectRoute>;
  /** To the catalog. `projectKey`: of the records that are written there. */
  toCatalog(projectKey: string): Promise<StoreRoute>;
}

export function createRouter(factory: RepositoryFactory): Router {
  async function toProject(id: string): Promise<ProjectRoute> {
    const repositories = await factory.of(id);
    const { store, project } = repositories;
    const { id: projectId, key: projectKey, epoch } = project;
    // A record of an earlier version has none.
    return { store, epoch, projectKey, projectId, id, secrets: project.secrets ?? null, repositories };
  }

  async function toCatalog(projectKey: string, id: string | null = null): Promise<StoreRoute> {
    const { store } = factory.catalog;
    return { store, epoch: await store.epoch(), projectKey, projectId: null, id, secrets: null };
  }

  return {
    toProject,
    toCatalog: (projectKey) => toCatalog(projectKey),
    toRecord(id) {
      const parsed = parseId(id);
      if (!parsed) throw invalidId(id);
      return parsed.kind === 'project' ? toCatalog(parsed.projectKey, id) : toProject(id);
    },
  };
}
