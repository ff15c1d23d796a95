import type { Author, VersionedId } from '../domain/author.js';
import { ConflictError, NotFoundError } from '../domain/errors.js';
import { parseInput } from '../domain/fields/parse.js';
import { parseId } from '../domain/id.js';
import type { State } from '../domain/state.js';
import { stateConditions } from '../repositories/filters.js';
import { states } from '../storage/collections.js';
import type { Json } from '../util/json/json.js';
import { deletion, purge, restoration } from './input/record.js';
import {
  type StateDeletion,
  type StateToSave,
  type StateUpsert,
  stateDeletion,
  stateToSave,
  stateUpsert,
} from './input/state.js';
import { type DeletedMany, deleteMany } from './records/delete-many.js';
import { type Lifecycle, patched, type Upserted } from './records/lifecycle.js';
import type { Purge } from './records/purge.js';
import { findState, stateRules } from './records/rules/state.js';
import type { ProjectRoute, Router } from './records/store-router.js';
import type { Transact } from './records/transaction.js';

export interface StateService {
  /**
   * Saves the owner's state of that key. Without `version` it must not exist yet; with it, it must be at that version; with
   * `overwrite` it is set whatever it is.
   */
  save(author: Author, input: StateToSave): Promise<State>;
  /** Updates the owner's state of that key, or creates one. A value that is left out stays, or is null in a new one. */
  upsert(author: Author, input: StateUpsert): Promise<Upserted<State>>;
  delete(author: Author, input: VersionedId): Promise<State>;
  /** Those that match the filter, all or none; with `dryRun` only counted. */
  deleteMany(author: Author, input: StateDeletion): Promise<DeletedMany>;
  /** @throws AlreadyExistsError when its owner has another live state of that key */
  restore(author: Author, input: { readonly id: string }): Promise<State>;
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<State>;
}

export function createStateService(
  router: Router,
  transact: Transact,
  lifecycle: Lifecycle,
  purging: Purge,
): StateService {
  /** The route to the states of an owner that is live. @throws NotFoundError */
  async function toOwner(ownerId: string): Promise<ProjectRoute> {
    const route = await router.toProject(ownerId);
    const { tasks, sessions } = route.repositories;
    const kind = parseId(ownerId)?.kind;
    if (kind === 'project') return route;
    const [owner] = await (kind === 'task' ? tasks : sessions).get([ownerId]);
    if (!owner || owner.deletedAt) throw new NotFoundError(ownerId);
    return route;
  }

  /** @param value - left out, it stays, or is null in a new state */
  function upsert(author: Author, ownerId: string, key: string, value?: Json): Promise<Upserted<State>> {
    return lifecycle.upsert(stateRules, author, () => toOwner(ownerId), {
      key: `${ownerId} ${key}`,
      find: ({ store }) => findState(store, ownerId, key),
      create: () => ({ externalId: null, content: () => ({ ownerId, key, value: value ?? null }), field: '' }),
      change: (current) => patched(current, { value }),
    });
  }

  return {
    async save(author, input) {
      const { ownerId, key, value, version, overwrite, externalId } = parseInput(stateToSave, input);
      if (overwrite) return (await upsert(author, ownerId, key, value)).record;
      const findRoute = () => toOwner(ownerId);
      if (version === undefined) {
        const content = () => ({ ownerId, key, value });
        const [state] = await lifecycle.create(stateRules, author, findRoute, [
          { externalId: externalId ?? null, content, field: '' },
        ]);
        return state!;
      }
      const { store } = await findRoute();
      const state = await findState(store, ownerId, key);
      if (!state) throw noState(ownerId);
      if (state.version !== version) throw new ConflictError(state.id, state, states.name);
      return lifecycle.update(stateRules, author, { id: state.id, version }, (current) => ({ ...current, value }));
    },

    async upsert(author, input) {
      const { ownerId, key, value } = parseInput(stateUpsert, input);
      return upsert(author, ownerId, key, value);
    },

    async deleteMany(author, input) {
      const { projectId, filter, all, dryRun } = parseInput(stateDeletion, input);
      const selection = { where: stateConditions(filter), field: 'createdAt', all, dryRun } as const;
      return deleteMany(stateRules, transact, author, () => router.toProject(projectId), selection);
    },

    delete: async (author, input) => lifecycle.delete(stateRules, author, parseInput(deletion('state'), input)),
    restore: async (author, input) => lifecycle.restore(stateRules, author, parseInput(restoration('state'), input).id),
    purge: async (author, input) => purging.record(stateRules, author, parseInput(purge('state'), input)),
  };
}

function noState(ownerId: string): NotFoundError {
  return new NotFoundError(
    ownerId,
    `${ownerId} has no state of that key.`,
    'Leave out the version to create it, or check the key.',
  );
}
