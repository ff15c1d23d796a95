import type { Author, VersionedId } from '../../domain/author.js';
import { InvalidInputError } from '../../domain/errors.js';
import { parseInput } from '../../domain/fields/parse.js';
import { newSessionKey, type Session } from '../../domain/session.js';
import { sessionConditions } from '../../repositories/filters.js';
import type { Repositories } from '../../repositories/project-repositories.js';
import { memories, sessions } from '../../storage/collections.js';
import type { Change, Store } from '../../storage/store.js';
import { deletion, purge, restoration } from '../input/record.js';
import {
  type NewSession,
  newSession,
  type SessionDeletion,
  type SessionDraft,
  type SessionUpdate,
  type SessionUpsert,
  sessionDeletion,
  sessionUpdate,
  sessionUpsert,
} from '../input/session.js';
import type { NewRecord } from '../records/creation.js';
import { type DeletedMany, deleteMany } from '../records/delete-many.js';
import { type Lifecycle, patched, type Upserted } from '../records/lifecycle.js';
import type { Purge } from '../records/purge.js';
import { findByExternalId, findByValues } from '../records/queries.js';
import {
  type Belonging,
  countEveryMemory,
  countMemories,
  deleteWith,
  everyMemory,
  findStragglers,
  sessionRules,
} from '../records/rules/session.js';
import type { Router, StoreRoute } from '../records/store-router.js';
import { remove, type Transact } from '../records/transaction.js';
import { createDating } from './dating.js';

export interface SessionService {
  /** Creates one before its first memory. @throws AlreadyExistsError when a live session has the key */
  create(author: Author, input: { readonly projectId: string } & NewSession): Promise<Session>;
  /**
   * Updates the session that has the `externalId`, or without one the live session that has the key; or creates one. What is
   * left out stays, or gets its default.
   */
  upsert(author: Author, input: SessionUpsert): Promise<Upserted<Session>>;
  update(author: Author, input: SessionUpdate): Promise<Session>;
  /** Deletes it with all its memories, in one commit. */
  delete(author: Author, input: VersionedId): Promise<Session>;
  /** Those that match the filter with their memories, all or none; with `dryRun` only counted. */
  deleteMany(author: Author, input: SessionDeletion): Promise<DeletedMany>;
  /** Restores it with exactly the memories that were deleted with it. */
  restore(author: Author, input: { readonly id: string }): Promise<Session>;
  /** Removes it with all its memories and its states. */
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Session>;
  /**
   * Makes sure that every live session of a project has the time of its activity, by which it is then filtered and ordered:
   * those of earlier versions have none.
   */
  date(repositories: Pick<Repositories, 'project' | 'store'>): Promise<void>;
}

export function createSessionService(
  router: Router,
  transact: Transact,
  lifecycle: Lifecycle,
  purging: Purge,
): SessionService {
  const dateIn = createDating(transact);
  const date: SessionService['date'] = ({ project, store }) => dateIn(store, () => router.toProject(project.id));

  /** Deletes, or removes, the memories that were saved while their sessions were. */
  async function withStragglers(
    author: Author,
    gone: readonly Session[],
    changeOf: (straggler: Belonging, at: string) => Change,
  ): Promise<void> {
    const findRoute = () => router.toProject(gone[0]!.id);
    await transact(author, findRoute, async ({ store }, at) => {
      const stragglers = await findStragglers(store, gone);
      return { changes: stragglers.map((straggler) => changeOf(straggler, at)), result: undefined };
    }).catch(() => undefined);
    // The deletion is done: if they can't be deleted now they stay, and the next memory of the key starts their session.
  }

  return {
    async create(author, input) {
      const { projectId, ...draft } = parseInput(newSession, input);
      const [session] = await lifecycle.create(sessionRules, author, () => router.toProject(projectId), [
        toRecord(draft),
      ]);
      return session!;
    },

    async upsert(author, input) {
      const { projectId, externalId, key, ...patch } = parseInput(sessionUpsert, input);
      if (externalId === undefined && key === undefined) throw unnamed();
      return lifecycle.upsert(sessionRules, author, () => router.toProject(projectId), {
        key: `${projectId} ${JSON.stringify([externalId, key])}`,
        find: (route) => findNamed(route, externalId, key),
        create: () => {
          const { projectId: _, ...draft } = parseInput(newSession, input);
          return toRecord(draft);
        },
        change: (current) => {
          if (key !== undefined && key !== current.key) throw otherKey(current);
          return patched(current, patch);
        },
      });
    },

    async update(author, input) {
      const { id, version, ...patch } = parseInput(sessionUpdate, input);
      return lifecycle.update(sessionRules, author, { id, version }, (current) => patched(current, patch));
    },

    async delete(author, input) {
      const session = await lifecycle.delete(sessionRules, author, parseInput(deletion('session'), input));
      await withStragglers(author, [session], deleteWith);
      return session;
    },

    async deleteMany(author, input) {
      const { projectId, filter, all, dryRun } = parseInput(sessionDeletion, input);
      if (filter.activeAt) await date((await router.toProject(projectId)).repositories);
      const deleted = await deleteMany(sessionRules, transact, author, () => router.toProject(projectId), {
        where: sessionConditions(filter),
        field: 'startedAt',
        all,
        dryRun,
        countOthers: (store, found) =>
          countMemories(
            store,
            found.map(({ key }) => key),
          ),
      });
      if (!dryRun && deleted.records.length > 0) await withStragglers(author, deleted.records, deleteWith);
      return deleted;
    },

    async restore(author, input) {
      return lifecycle.restore(sessionRules, author, parseInput(restoration('session'), input).id);
    },

    async purge(author, input) {
      const target = parseInput(purge('session'), input);
      const session = await purging.record(sessionRules, author, target, {
        count: countEveryMemory,
        changes: removeMemories,
      });
      if (!session.deletedAt) await withStragglers(author, [session], ({ memory }) => remove(memories, memory));
      return session;
    },

    date,
  };
}

async function findNamed(
  { store }: StoreRoute,
  externalId: string | undefined,
  key: string | undefined,
): Promise<Session | null> {
  if (externalId !== undefined) return findByExternalId(store, sessions, externalId);
  return (await findByValues(store, sessions, 'key', [key!], 'EXCLUDE')).get(key!) ?? null;
}

async function removeMemories(store: Store, session: Session): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const page of everyMemory(store, session)) changes.push(...page.map((memory) => remove(memories, memory)));
  return changes;
}

function toRecord({ externalId, key = newSessionKey(), ...draft }: SessionDraft): NewRecord<Session> {
  const content = (at: string) => ({ ...draft, key, startedAt: at, activeAt: at });
  return { externalId: externalId ?? null, content, field: '' };
}

function unnamed(): InvalidInputError {
  return new InvalidInputError(
    'Neither externalId nor key says which session is meant.',
    'Pass one of them. To create a session with a random key, use `createSession`.',
    'key',
  );
}

function otherKey({ id }: Session): InvalidInputError {
  return new InvalidInputError(
    `The session ${id} has the externalId, but another key. A session's key never changes.`,
    'Leave out the key, or choose another externalId.',
    'key',
  );
}
