import type { LogPosition } from '../../domain/log-position.js';
import type { Project } from '../../domain/project.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import type { Store } from '../../storage/store.js';
import type { Change, FeedPlace } from './change-pages.js';
import { createFeed, type Feed } from './feed.js';
import { cursorAt, positionOf } from './position.js';

/**
 * What changed, from a cursor and then live. The cursor is the truth: whoever reconnects with the last one it saw has
 * missed nothing.
 */
export interface Changes {
  /**
   * Changes of all that is in a project, wherever it moves. It ends after the project was deleted: the last change is then that deletion, at the
   * cursor before it, with which the following can go on once the project is restored.
   * @param after a cursor of this project's; null begins now
   * @throws InvalidInputError, NotFoundError as `RepositoryFactory.of`
   * @throws CursorError when the cursor isn't of this project's log, or lies where the log keeps nothing; while it is followed,
   * once the log is another than the one that was read, such as after a backup was put back
   */
  ofProject(projectId: string, after: string | null): Promise<AsyncIterableIterator<Change>>;
  /** Changes of the list of projects. @throws CursorError */
  ofCatalog(after: string | null): Promise<AsyncIterableIterator<Change>>;
  /** The cursor after the last change of a project so far. */
  projectCursor(repositories: Repositories): Promise<string>;
  /** The cursor after the last change of the list of projects so far. */
  catalogCursor(): Promise<string>;
}

/** Name of the catalog's log, as its cursors carry it. */
const CATALOG = 'changes of the list of projects';

export function createChanges(factory: RepositoryFactory): Changes {
  const { catalog } = factory;
  const feeds = new Map<string, Feed>();

  /** All who follow a log share one feed, for as long as any does. */
  function feedOf(name: string, make: (onIdle: () => void) => Feed): Feed {
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
      createFeed({ name: CATALOG, store: catalog.store, collections: { projects: catalog.projects }, onIdle }),
    );

  function projectFeed(repositories: Repositories, routedAt: LogPosition): Feed {
    const { project } = repositories;
    const name = nameOf(project.id);
    return feedOf(name, (onIdle) => {
      const routing = catalogFeed().follow(routedAt);
      const feed = createFeed({
        name,
        ...placeIn(repositories),
        onIdle: () => {
          void routing.return?.();
          onIdle();
        },
      });
      const onRouted = async (moved: Project) => feed.moveTo(placeIn(await factory.open(moved)));
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

function placeIn({ store, tasks, memories, sessions, states }: Repositories): FeedPlace {
  return { store, collections: { tasks, memories, sessions, states } };
}

/** Waits for the project's deletion in the catalog's changes, and tells each time that it is routed elsewhere. */
async function untilDeleted(
  changes: AsyncIterable<Change>,
  project: Project,
  onRouted: (moved: Project) => Promise<void>,
): Promise<Change | null> {
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
