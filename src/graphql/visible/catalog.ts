import { lacksLevel } from '../../domain/access/errors.js';
import { LEVEL, type Level, type Levels, levelIn } from '../../domain/access/level.js';
import { NotFoundError } from '../../domain/errors.js';
import { projectKeyOf } from '../../domain/id.js';
import type { Migration } from '../../domain/migration.js';
import { PROJECT_DEFAULTS, type Project } from '../../domain/project.js';
import type { RecordBase } from '../../domain/record.js';
import type { CatalogRepositories } from '../../repositories/catalog.js';
import type { ProjectFilter } from '../../repositories/filters.js';
import type { Repository, RepositoryQuery } from '../../repositories/repository.js';
import type { MigrationFilter, MigrationService } from '../../services/migrations/contract.js';
import { projects } from '../../storage/collections.js';
import type { Deleted, Log, Page } from '../../storage/store.js';

/** A repository, as far as lists and lookups by id need it. */
export type Listed<T extends RecordBase, F> = Pick<Repository<T, F>, 'spec' | 'get' | 'list' | 'count'>;

/**
 * The catalog as one caller sees it: a project that they may not see is absent, a deleted one too unless they manage it, and
 * one that they see without reading it has no contents.
 */
export interface VisibleCatalog {
  readonly projects: Listed<Project, ProjectFilter> & {
    /** The live project whose working directory is this folder. Its path is of its contents: it is found by those who read it. */
    findByPath(path: string): Promise<Project | null>;
    /** The id of the project that an id belongs to. */
    idOf(id: string): Promise<string | null>;
  };
  /** The moves of projects that the caller sees. */
  readonly migrations: Listed<Migration, MigrationFilter>;
  /** Where the history of this project's own record is. @throws NotFoundError, ForbiddenError without READ */
  logOf(projectId: string): { readonly log: Log };
}

/** @param levels called at each use: a request that creates a project then sees it */
export function createVisibleCatalog(
  all: CatalogRepositories,
  migrations: MigrationService['all'],
  levels: () => Levels,
): VisibleCatalog {
  const levelOf = (id: string) => levelIn(levels(), id);
  const isSeen = (id: string) => levelOf(id) >= LEVEL.SEE;
  const show = (project: Project | null) => project && visibleAs(project, levelOf(project.id));

  /** The filter for those in which the caller has this level. A text is looked for in the contents, too: that takes READ. */
  function within(filter: ProjectFilter, level: Level): ProjectFilter {
    const isOfContents = filter.ownerId !== undefined || (filter.text !== undefined && filter.text !== '');
    const keys = keysWith(levels(), isOfContents && level < LEVEL.READ ? LEVEL.READ : level);
    return keys === null ? filter : { ...filter, keys };
  }

  async function list({ filter, deleted, ...query }: RepositoryQuery<ProjectFilter>): Promise<Page<Project>> {
    const visible = within(filter, deleted === 'ONLY' ? LEVEL.MANAGE : LEVEL.SEE);
    for (let range = query; ; ) {
      const page = await all.projects.list({ ...range, filter: visible, deleted });
      const items = page.items.map(show).filter((project) => project !== null);
      if (items.length > 0 || !page.hasMore) return { items, hasMore: page.hasMore };
      // All that were read are deleted ones that the caller doesn't manage.
      const edge = query.fromEnd ? page.items[0]! : page.items.at(-1)!;
      const position = { value: Reflect.get(edge, query.order.field) as string, id: edge.id };
      range = { ...range, [query.fromEnd ? 'before' : 'after']: position };
    }
  }

  async function count(filter: ProjectFilter, deleted: Deleted): Promise<number> {
    const live = deleted === 'ONLY' ? 0 : await all.projects.count(within(filter, LEVEL.SEE), 'EXCLUDE');
    return live + (deleted === 'EXCLUDE' ? 0 : await all.projects.count(within(filter, LEVEL.MANAGE), 'ONLY'));
  }

  /** The filter for moves of projects that the caller sees. */
  async function ofVisible(filter: MigrationFilter): Promise<MigrationFilter> {
    const keys = keysWith(levels(), LEVEL.SEE);
    if (keys === null) return filter;
    if (filter.projectId !== undefined) return isSeen(filter.projectId) ? filter : { projectIds: [] };
    return { ...filter, projectIds: keys.length === 0 ? [] : await idsOf(all.projects, keys) };
  }

  return {
    projects: {
      spec: projects,
      get: async (ids) => {
        const visible = ids.filter(isSeen);
        const found = visible.length === 0 ? [] : (await all.projects.get(visible)).map(show);
        let index = 0;
        return visible.length === ids.length ? found : ids.map((id) => (isSeen(id) ? found[index++]! : null));
      },
      list,
      count,
      findByPath: async (path) => {
        const found = await all.projects.listByPath(path);
        return found.find(({ id }) => levelOf(id) >= LEVEL.READ) ?? null;
      },
      idOf: async (id) => {
        const found = await all.projects.findByKey(projectKeyOf(id));
        return (found && show(found))?.id ?? null;
      },
    },
    migrations: {
      spec: migrations.spec,
      get: async (ids) => (await migrations.get(ids)).map((found) => (found && isSeen(found.projectId) ? found : null)),
      list: async (query) => migrations.list({ ...query, filter: await ofVisible(query.filter) }),
      count: async (filter, deleted) => migrations.count(await ofVisible(filter), deleted),
    },
    logOf(projectId) {
      requireReadable(levelOf(projectId), projectId);
      return all.store;
    },
  };
}

/** A project as it is shown at a level; null when it isn't. */
export function visibleAs(project: Project, level: Level): Project | null {
  if (level === LEVEL.NONE || (project.deletedAt !== null && level < LEVEL.MANAGE)) return null;
  return level < LEVEL.READ ? withoutContents(project) : project;
}

/** What those know of a project who see that it exists. */
function withoutContents({ redactions: _, externalId: __, pathKey: ___, ...project }: Project): Project {
  const { description, customInstructions, techStack, settings } = PROJECT_DEFAULTS;
  const empty = { description, customInstructions, techStack, settings };
  return { ...project, ...empty, externalId: null, path: null, githubRepo: null };
}

/** @throws NotFoundError as if there were no such record, ForbiddenError */
export function requireReadable(level: Level, id: string): void {
  if (level >= LEVEL.READ) return;
  throw level === LEVEL.NONE ? new NotFoundError(id) : lacksLevel('READ', id);
}

/** The keys of the projects in which these levels reach one; null: of all. */
function keysWith({ everywhere, projects }: Levels, level: Level): readonly string[] | null {
  if (everywhere >= level) return null;
  return [...projects].flatMap(([key, own]) => (own >= level ? [key] : []));
}

const PAGE = 200;

/** The ids of the projects with these keys, deleted ones included. */
async function idsOf({ list }: CatalogRepositories['projects'], keys: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  for (let last: Project | undefined; ; ) {
    const after = last ? { value: last.createdAt, id: last.id } : null;
    const page = await list({ filter: { keys }, deleted: 'INCLUDE', order, after, limit: PAGE });
    ids.push(...page.items.map(({ id }) => id));
    last = page.items.at(-1);
    if (!page.hasMore || !last) return ids;
  }
}
