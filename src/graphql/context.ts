import { clearAllDataLoaders } from '@pothos/plugin-dataloader';
import { cantBeUsed } from '../domain/access/errors.js';
import { type AccessLevel, LEVEL, type Level, type Levels, levelIn } from '../domain/access/level.js';
import type { Principal } from '../domain/access/principal.js';
import type { Author } from '../domain/author.js';
import { AlreadyExistsError, NotFoundError } from '../domain/errors.js';
import { type Redaction, sumOfRedactions } from '../domain/fields/redaction.js';
import { parseId } from '../domain/id.js';
import type { Project, StorageMode } from '../domain/project.js';
import type { RepositoryFactory } from '../repositories/factory.js';
import type { Repositories } from '../repositories/project-repositories.js';
import type { IndexStatus } from '../search/contract.js';
import type { Services } from '../services/services.js';
import type { Changes } from '../services/subscriptions/changes.js';
import { type Share, type Turn, unshared } from '../util/turn.js';
import { createLoaders, type Loaders } from './loaders.js';
import { createReadLimiter, LimitedCatalog, LimitedRepositories } from './scheduling.js';
import { createVisibleAccounts } from './visible/accounts.js';
import { createVisibleCatalog, requireReadable, type VisibleCatalog } from './visible/catalog.js';

/** Information about this server, for clients. */
export interface ServerInfo {
  readonly version: string;
  /** The storage modes that are available now. */
  readonly storageModes: readonly StorageMode[];
  /** Its address, as browsers know it; null: it hasn't been told. */
  readonly publicUrl: string | null;
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
  /** What the caller sees of the catalog. */
  readonly catalog: VisibleCatalog;
  readonly server: ServerInfo;
  /** Who asks. */
  readonly principal: Principal;
  readonly author: Author;
  /** When the request began, as `performance.now()` says. */
  readonly startedAt: number;
  readonly loaders: Loaders;
  /** Schedules the request's resolvers. */
  readonly turn: Turn;
  /** The caller's level in the project that an id belongs to. */
  levelIn(id: string): Level;
  /** Gives the caller this level in a project that the request has created: it is in no principal's rights yet. */
  admit(project: Project, level: AccessLevel): void;
  /**
   * The repositories of the project that an id belongs to, looked up once per request. The second line, behind the scopes of
   * root fields: nothing in a project is read without READ.
   * @throws ForbiddenError, and as `RepositoryFactory.of`
   */
  repositories(id: string): Promise<Repositories>;
  /** The same for a project that has been read already. */
  open(project: Project): Promise<Repositories>;
  /** The state of a project's search index, for all who see that the project exists. @throws as `RepositoryFactory.of` */
  indexStatus(projectId: string): Promise<IndexStatus>;
  /** Discards everything that the request has cached. */
  forget(): void;
}

/** Creates the context of one request, or of one event of a subscription. It caches what it reads. */
export function createContext(
  { services, changes, factory, server }: ContextParts,
  author: Author & { readonly principal: Principal },
  share: Share = unshared,
): GraphQLContext {
  const { principal } = author;
  let levels: Levels = principal;
  const levelOf = (id: string) => levelIn(levels, id);
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
    once(parseId(id)?.projectKey ?? id, async () => {
      // A text that isn't such an id is refused for what it is.
      if (parseId(id) !== null) requireReadable(levelOf(id), id);
      return share.turn(() => factory.of(id));
    });
  const catalog = createVisibleCatalog(
    new LimitedCatalog(factory.catalog, read),
    services.migrations.all,
    () => levels,
  );
  const accounts = createVisibleAccounts(factory.catalog.store, read, principal);
  const keys = (ids: readonly string[]) => services.keys.get(principal, ids);
  const loaders = createLoaders(catalog, accounts, keys, repositories);
  return {
    services,
    changes,
    catalog,
    server,
    principal,
    author,
    startedAt: performance.now(),
    loaders,
    turn: share.turn,
    repositories,
    open: (project) =>
      once(project.key, async () => {
        requireReadable(levelOf(project.id), project.id);
        return factory.open(project);
      }),
    levelIn: levelOf,
    admit({ id, key }, level) {
      // One that was there before keeps its level.
      if (levelOf(id) < LEVEL.SEE) levels = { ...levels, projects: new Map(levels.projects).set(key, LEVEL[level]) };
    },
    async indexStatus(projectId) {
      if (levelOf(projectId) === LEVEL.NONE) throw new NotFoundError(projectId);
      const { search } = await share.turn(() => factory.of(projectId));
      return read(() => search.status());
    },
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
  } catch (error) {
    throw withoutOthers(error, context);
  } finally {
    context.forget();
    clearAllDataLoaders(context);
  }
}

/** An error that doesn't tell of another project, which the caller may not read, that it has a value that must be unique. */
function withoutOthers(error: unknown, { levelIn }: GraphQLContext): unknown {
  if (!(error instanceof AlreadyExistsError) || error.existingId === null) return error;
  const { existingId, existingIsDeleted, fields } = error;
  const parsed = parseId(existingId);
  const isHidden = parsed?.kind === 'project' && existingIsDeleted === true;
  // Who attaches a project sees which one has its id or key.
  const isId = fields.every((field) => field === 'id' || field === 'key') && parsed?.kind === 'project';
  const needed = isId ? LEVEL.SEE : isHidden ? LEVEL.MANAGE : LEVEL.READ;
  if (!parsed || levelIn(existingId) >= needed) return error;
  return cantBeUsed(fields.includes('pathKey') ? 'path' : (fields.at(-1) ?? 'id'));
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
