import type { Author, VersionedId } from '../../domain/author.js';
import { StoreError } from '../../domain/errors.js';
import type { Project } from '../../domain/project.js';
import type { RecordBase } from '../../domain/record.js';
import type { RepositoryFactory } from '../../repositories/factory.js';
import type { ProjectSearch } from '../../search/contract.js';
import { states } from '../../storage/collections.js';
import type { Change, CollectionSpec, Store } from '../../storage/store.js';
import type { ConfirmationTokens, PurgeTarget } from '../confirmation-tokens.js';
import { requireNoMigration } from '../migrations/active.js';
import { grantRemovals } from '../project-grants.js';
import { getAt } from './lifecycle.js';
import { listAll } from './queries.js';
import type { Rules } from './rules/contract.js';
import type { Router, StoreRoute } from './store-router.js';
import { remove, type Transact } from './transaction.js';

/** Removing for good. */
export interface Purge {
  /** Removes a record in a project, with its states, and with its memories if it is a session. @throws ConfirmationError */
  record<T extends RecordBase>(
    rules: Rules<T>,
    author: Author,
    target: VersionedId & Token,
    ofMemories?: MemoryRemoval<T>,
  ): Promise<T>;
  /** Removes a project and all its data. @throws ConfirmationError, MigrationStateError while it is being moved */
  project(rules: Rules<Project>, author: Author, target: VersionedId & Token): Promise<Project>;
}

/** What removes the memories of a record with it. */
export interface MemoryRemoval<T extends RecordBase> {
  readonly count: (store: Store, record: T) => Promise<number>;
  readonly changes: (store: Store, record: T) => Promise<readonly Change[]>;
}

interface Token {
  readonly token: string;
}

export function createPurge(
  factory: RepositoryFactory,
  router: Router,
  transact: Transact,
  tokens: ConfirmationTokens<PurgeTarget>,
  now: () => number,
): Purge {
  return {
    async record(rules, author, target, ofMemories) {
      if (!ofMemories) tokens.verify(target.token, target, now());
      const purged = await transact(
        author,
        () => router.toProject(target.id),
        async (route) => {
          const record = await getAt(rules, route, target.id, target.version);
          const result = { record, search: route.repositories.search };
          // Counted before they are read: without a valid token, nothing is.
          if (ofMemories) {
            tokens.verify(target.token, { ...target, memories: await ofMemories.count(route.store, record) }, now());
          }
          const also = (await ofMemories?.changes(route.store, record)) ?? [];
          return { changes: [...also, ...(await removals(route, rules.spec, [record]))], result };
        },
      );
      await forget(purged.search);
      return purged.record;
    },

    async project(rules, author, target) {
      tokens.verify(target.token, target, now());
      const project = await transact(
        author,
        () => router.toRecord(target.id),
        async (route) => {
          const record = await getAt(rules, route, target.id, target.version);
          await requireNoMigration(route.store, record.id);
          const ofGrants = await grantRemovals(route.store, record.id);
          return { changes: [...ofGrants, remove(rules.spec, record)], result: record };
        },
      );
      await destroy(factory, project);
      return project;
    },
  };
}

/**
 * Removes the data of a project that the catalog no longer has. What can't be removed now can still be attached.
 * @throws StoreError
 */
export async function destroy(factory: RepositoryFactory, project: Project): Promise<void> {
  try {
    await factory.destroy(project);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(
      error.code,
      `The project ${project.id} is purged from the catalog, but its data could not be removed: ${error.message}`,
      `${error.hint} Then attach it with \`attachProject\` (\`attachableProjects\` lists it) and purge it again.`,
      { cause: error },
    );
  }
}

/** The changes that remove records for good, with the states that were kept with them. */
export async function removals<T extends RecordBase>(
  { store }: StoreRoute,
  spec: CollectionSpec<T>,
  records: readonly T[],
): Promise<Change[]> {
  const removed = new Set(records.map(({ id }) => id));
  const where = [{ field: 'ownerId', in: [...removed] }];
  const owned = removed.size === 0 ? [] : await listAll(store, states, { where, deleted: 'INCLUDE', field: 'key' });
  return [
    ...owned.filter(({ id }) => !removed.has(id)).map((state) => remove(states, state)),
    ...records.map((record) => remove(spec, record)),
  ];
}

/** Removes what was purged from the index. The purge itself is durable: an index that fails now catches up later. */
export async function forget(search: ProjectSearch): Promise<void> {
  await search.catchUp().catch(() => undefined);
}
