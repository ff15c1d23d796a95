import { invalidId, parseId } from '../../domain/id.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { Store } from '../../storage/store.js';

/** Where a record is written: its store, and the epoch by which it was routed there. */
export interface Home {
  readonly store: Store;
  readonly epoch: number;
  /** The key with which the ids of what lives there end. */
  readonly projectKey: string;
  /** Id of the project whose store it is; null: it is the catalog. */
  readonly projectId: string | null;
}

/** The home of what a project holds. */
export interface ProjectHome extends Home {
  readonly repositories: Repositories;
}

/** The way to a record's home. Each call reads the routing anew. */
export interface Homes {
  /** Where this record lives: the catalog for a project, its project's store for all else. */
  ofRecord(id: string): Promise<Home>;
  /** Where what the project holds lives. Any id in the project does. */
  ofProject(id: string): Promise<ProjectHome>;
  /** Where projects live. */
  ofProjects(projectKey: string): Promise<Home>;
}

export function createHomes(factory: RepositoryFactory): Homes {
  async function ofProject(id: string): Promise<ProjectHome> {
    const repositories = await factory.of(id);
    const { store, project } = repositories;
    return { store, epoch: project.epoch, projectKey: project.key, projectId: project.id, repositories };
  }

  async function ofProjects(projectKey: string): Promise<Home> {
    const { store } = factory.catalog;
    return { store, epoch: await store.epoch(), projectKey, projectId: null };
  }

  return {
    ofProject,
    ofProjects,
    ofRecord(id) {
      const parsed = parseId(id);
      if (!parsed) throw invalidId(id);
      return parsed.kind === 'project' ? ofProjects(parsed.projectKey) : ofProject(id);
    },
  };
}
