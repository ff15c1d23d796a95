import { AlreadyExistsError } from '../../../domain/errors.js';
import type { State } from '../../../domain/state.js';
import { states } from '../../../storage/collections.js';
import type { Store } from '../../../storage/store.js';
import { comesAlive, type Rules } from './contract.js';

/** An owner has one live state of a key. */
export const stateRules: Rules<State> = {
  kind: 'state',
  spec: states,
  async apply({ store }, drafts) {
    for (const draft of drafts) {
      if (!comesAlive(draft)) continue;
      const { id, ownerId, key } = draft.after;
      const holder = await findState(store, ownerId, key);
      if (holder && holder.id !== id) throw keyTaken(holder);
    }
    return { documents: drafts.map(({ after }) => after), also: [] };
  },
};

/** The owner's live state of a key. */
export async function findState(store: Store, ownerId: string, key: string): Promise<State | null> {
  const { items } = await store.collection(states).list({
    where: [
      { field: 'ownerId', is: ownerId },
      { field: 'key', is: key },
    ],
    order: { field: 'key', direction: 'ASC' },
    limit: 1,
  });
  return items[0] ?? null;
}

function keyTaken({ id, ownerId, version }: State): AlreadyExistsError {
  return new AlreadyExistsError(
    `${ownerId} has a state of that key already: ${id}, at version ${version}.`,
    'Read it, decide, and save with its version.',
    id,
    ['ownerId', 'key'],
    false,
  );
}
