import { clearAllDataLoaders } from '@pothos/plugin-dataloader';
import type { Author } from '../domain/author.js';
import { type Redaction, sumOfRedactions } from '../domain/fields/redaction.js';
import { parseId } from '../domain/id.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { CatalogRepositories } from '../repositories/catalog.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import type { Repositories } from '../repositories/project-repositories.js';
import type { Services } from '../services/services.js';
import type { Changes } from '../services/subscriptions/changes.js';
import { type Share, type Turn, unshared } from '../util/turn.js';
import { createLoaders, type Loaders } from './loaders.js';
import { createReadLimiter, LimitedCatalog, LimitedRepositories } from './scheduling.js';

/** Information about this server, for clients. */
export interface ServerInfo {
  readonly version: string;
  /** The storage modes that are available now. */
  readonly storageModes: readonly StorageMode[];
}

/** What all contexts share. */
export interface ContextParts {
  readonly services: Services;
  readonly changes: Changes;
  readonly factory: RepositoryFactory;
  readonly server: ServerInfo;
}

/** The context of resolvers: one per request, and one per event of a subscription. */
export interface GraphQLContext {
  readonly services: Services;
  readonly changes: Changes;
  readonly catalog: CatalogRepositories;
  readonly server: ServerInfo;
  readonly author: Author;
  /** When the request began, as `performance.now()` says. */
  readonly startedAt: number;
  readonly loaders: Loaders;
  /** Schedules the request's resolvers. */
  readonly turn: Turn;
  /** The repositories of the project that an id belongs to, looked up once per request. @throws as `RepositoryFactory.of` */
  repositories(id: string): Promise<Repositories>;
  /** The same for a project that has been read already. */
  open(project: Project): Promise<Repositories>;
  /** Discards everything that the request has cached. */
  forget(): void;
}

/** Creates the context of one request, or of one event of a subscription. It caches what it reads. */
export function createContext(
  { services, changes, factory, server }: ContextParts,
  author: Author,
  share: Share = unshared,
): GraphQLContext {
  const opened = new Map<string, Promise<Repositories>>();
  const read = createReadLimiter(share);
  const once = (key: string, open: () => Promise<Repositories>): Promise<Repositories> => {
    let found = opened.get(key);
    if (!found) {
      found = open().then((repositories) => new LimitedRepositories(repositories, read));
      opened.set(key, found);
    }
    return found;
  };
  const repositories = (id: string) =>
    once(parseId(id)?.projectKey ?? id, async () => share.turn(() => factory.of(id)));
  const catalog = new LimitedCatalog(factory.catalog, read);
  const loaders = createLoaders(catalog, repositories);
  return {
    services,
    changes,
    catalog,
    server,
    author,
    startedAt: performance.now(),
    loaders,
    turn: share.turn,
    repositories,
    open: (project) => once(project.key, () => factory.open(project)),
    forget: () => {
      opened.clear();
      loaders.clear();
    },
  };
}

/** Runs a write on behalf of the caller, then discards what the request has cached, so that its result is current. */
export async function write<T>(
  context: GraphQLContext,
  run: (services: Services, author: Author) => Promise<T>,
  author = context.author,
): Promise<T> {
  try {
    return await run(context.services, author);
  } finally {
    context.forget();
    clearAllDataLoaders(context);
  }
}

/** What a payload says about the texts that were saved. */
export interface Saved {
  readonly redactions: readonly Redaction[];
}

/** Runs a write that saves texts, as `write` does. The result says what was redacted in them. */
export async function save<T extends object>(
  context: GraphQLContext,
  run: (services: Services, author: Author) => Promise<T>,
): Promise<T & Saved> {
  const found: (readonly Redaction[])[] = [];
  const author = { ...context.author, onRedacted: (redactions: readonly Redaction[]) => void found.push(redactions) };
  const result = await write(context, run, author);
  return { ...result, redactions: sumOfRedactions(found) };
}
