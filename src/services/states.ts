import type { Author, VersionedId } from '../domain/author.js';
import { ConflictError, NotFoundError } from '../domain/errors.js';
import { parseId } from '../domain/id.js';
import type { State } from '../domain/state.js';
import { states } from '../storage/collections.js';
import { parseInput } from './input/parse.js';
import { deletion, restoration } from './input/record.js';
import { type StateToSave, stateToSave } from './input/state.js';
import type { Lifecycle } from './records/lifecycle.js';
import type { Homes, ProjectHome } from './records/routing.js';
import { findState, stateRules } from './records/rules/state.js';

export interface StateService {
  /** Saves the owner's state of that key. Without `version` it must not exist yet; with it, it must be at that version. */
  save(author: Author, input: StateToSave): Promise<State>;
  delete(author: Author, input: VersionedId): Promise<State>;
  /** @throws AlreadyExistsError when its owner has another live state of that key */
  restore(author: Author, input: { readonly id: string }): Promise<State>;
}

export function createStateService(homes: Homes, lifecycle: Lifecycle): StateService {
  /** The home of an owner that is live. @throws NotFoundError */
  async function homeOfOwner(ownerId: string): Promise<ProjectHome> {
    const home = await homes.ofProject(ownerId);
    const { tasks, sessions } = home.repositories;
    const kind = parseId(ownerId)?.kind;
    if (kind === 'project') return home;
    const [owner] = await (kind === 'task' ? tasks : sessions).get([ownerId]);
    if (!owner || owner.deletedAt) throw new NotFoundError(ownerId);
    return home;
  }

  return {
    async save(author, input) {
      const { ownerId, key, value, version, externalId } = parseInput(stateToSave, input);
      const find = () => homeOfOwner(ownerId);
      if (version === undefined) {
        const content = () => ({ ownerId, key, value });
        const [state] = await lifecycle.create(stateRules, author, find, [
          { externalId: externalId ?? null, content, field: '' },
        ]);
        return state!;
      }
      const { store } = await find();
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
    'Leave out the version to make it, or check the key.',
  );
}
