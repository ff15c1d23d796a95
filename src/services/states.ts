import type { Author, VersionedId } from '../domain/author.js';
import { ConflictError, NotFoundError } from '../domain/errors.js';
import { parseInput } from '../domain/fields/parse.js';
import { parseId } from '../domain/id.js';
import type { State } from '../domain/state.js';
import { states } from '../storage/collections.js';
import { deletion, restoration } from './input/record.js';
import { type StateToSave, stateToSave } from './input/state.js';
import type { Lifecycle } from './records/lifecycle.js';
import { findState, stateRules } from './records/rules/state.js';
import type { ProjectRoute, Router } from './records/store-router.js';

export interface StateService {
  /** Saves the owner's state of that key. Without `version` it must not exist yet; with it, it must be at that version. */
  save(author: Author, input: StateToSave): Promise<State>;
  delete(author: Author, input: VersionedId): Promise<State>;
  /** @throws AlreadyExistsError when its owner has another live state of that key */
  restore(author: Author, input: { readonly id: string }): Promise<State>;
}

export function createStateService(router: Router, lifecycle: Lifecycle): StateService {
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

  return {
    async save(author, input) {
      const { ownerId, key, value, version, externalId } = parseInput(stateToSave, input);
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

    delete: async (author, input) => lifecycle.delete(stateRules, author, parseInput(deletion('state'), input)),
    restore: async (author, input) => lifecycle.restore(stateRules, author, parseInput(restoration('state'), input).id),
  };
}

function noState(ownerId: string): NotFoundError {
  return new NotFoundError(
    ownerId,
    `${ownerId} has no state of that key.`,
    'Leave out the version to create it, or check the key.',
  );
}
