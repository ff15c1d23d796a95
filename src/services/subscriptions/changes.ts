import type { LogPosition } from '../../domain/log-position.js';
import type { Project } from '../../domain/project.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { Store } from '../../storage/store.js';
import type { ChangeEvent } from './change-event.js';
import { type ChangeFeed, createChangeFeed } from './change-feed.js';
import type { FollowedStore } from './change-pages.js';
import { cursorAt, positionOf } from './log-cursor.js';

/**
 * What changed, from a cursor and then live. The cursor is the truth: a client that reconnects with the last one it received
 * misses nothing.
 */
export interface Changes {
  /**
   * Changes of everything in a project, wherever it moves. It ends when the project is deleted: the last change is then that
   * deletion, with the cursor before it, which resumes once the project is restored.
   * @param after a cursor of this project's; null begins now
   * @throws InvalidInputError, NotFoundError as `RepositoryFactory.of`
   * @throws CursorError when the cursor isn't of this project's log, or is older than what the log keeps; while it is followed,
   * once the log was replaced, such as by restoring a backup
   */
  ofProject(projectId: string, after: string | null): Promise<AsyncIterableIterator<ChangeEvent>>;
  /** Changes of the list of projects. @throws CursorError */
  ofCatalog(after: string | null): Promise<AsyncIterableIterator<ChangeEvent>>;
  /** The cursor after the last change of a project so far. */
  projectCursor(repositories: Repositories): Promise<string>;
  /** The cursor after the last change of the list of projects so far. */
  catalogCursor(): Promise<string>;
}

/** Name of the catalog's log, as its cursors carry it. */
const CATALOG = 'changes of the list of projects';

export function createChanges(factory: RepositoryFactory): Changes {
  const { catalog } = factory;
  const feeds = new Map<string, ChangeFeed>();

  /** All followers of a log share one feed, as long as there are any. */
  function feedOf(name: string, make: (onIdle: () => void) => ChangeFeed): ChangeFeed {
    const shared = feeds.get(name);
    if (shared && !shared.isOver()) return shared;
    const feed = make(() => {
      if (feeds.get(name) === feed) feeds.delete(name);
    });
    feeds.set(name, feed);
    return feed;
  }

  const catalogFeed = () =>
    feedOf(CATALOG, (onIdle) =>
      createChangeFeed({ name: CATALOG, store: catalog.store, collections: { projects: catalog.projects }, onIdle }),
    );

  function projectFeed(repositories: Repositories, routedAt: LogPosition): ChangeFeed {
    const { project } = repositories;
    const name = nameOf(project.id);
    return feedOf(name, (onIdle) => {
      const routing = catalogFeed().follow(routedAt);
      const feed = createChangeFeed({
        name,
        ...sourceOf(repositories),
        onIdle: () => {
          void routing.return?.();
          onIdle();
        },
      });
      const onRouted = async (moved: Project) => feed.moveTo(sourceOf(await factory.open(moved)));
      untilDeleted(routing, project, onRouted).then(feed.end, feed.fail);
      return feed;
    });
  }

  return {
    async ofProject(projectId, after) {
      // Read before the project is, so that a deletion in between isn't missed.
      const routedAt = await catalog.store.log.head();
      const repositories = await factory.of(projectId);
      const from = await positionOf(repositories.store, nameOf(repositories.project.id), after);
      return projectFeed(repositories, routedAt).follow(from);
    },
    async ofCatalog(after) {
      const from = await positionOf(catalog.store, CATALOG, after);
      return catalogFeed().follow(from);
    },
    projectCursor: ({ project, store }) => cursorNow(store, nameOf(project.id)),
    catalogCursor: () => cursorNow(catalog.store, CATALOG),
  };
}

function nameOf(projectId: string): string {
  return `changes of ${projectId}`;
}

async function cursorNow(store: Store, name: string): Promise<string> {
  return cursorAt(name, await store.log.head());
}

function sourceOf({ store, tasks, memories, sessions, states }: Repositories): FollowedStore {
  return { store, collections: { tasks, memories, sessions, states } };
}

/** Waits for the project's deletion in the catalog's changes; calls `onRouted` whenever the project is routed elsewhere. */
async function untilDeleted(
  changes: AsyncIterable<ChangeEvent>,
  project: Project,
  onRouted: (moved: Project) => Promise<void>,
): Promise<ChangeEvent | null> {
  let { epoch } = project;
  for await (const change of changes) {
    const { recordId, operation } = change.entry;
    if (recordId !== project.id) continue;
    if (operation === 'DELETE' || operation === 'PURGE') return change;
    const record = change.record as Project | null;
    if (!record || record.deletedAt || record.epoch <= epoch) continue;
    epoch = record.epoch;
    await onRouted(record);
  }
  return null;
}
