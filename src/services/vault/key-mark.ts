import type { Secret } from '../../domain/access/secret.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { newBase, stampAfter } from '../../domain/record.js';
import type { Vault } from '../../domain/vault.js';
import { secrets } from '../../storage/account-collections.js';
import type { Change } from '../../storage/store.js';
import { check, put } from '../records/transaction.js';

/**
 * A secret without a use of its own, which shows by which key it is sealed that this key is in use. Each commit with a sealed
 * text checks it, so that none is written that was sealed with a key that a rotation has replaced meanwhile.
 */
export const KEY_MARK = 'vault:key';

/** `ROTATING`: older keys may still be needed. */
export type KeyState = 'IN_USE' | 'ROTATING';

/** What a name's value is sealed for. */
export const contextOf = (name: string): string => `secret ${name}`;

/** Whether a rotation to the key that seals now is unfinished. Without a mark nothing was ever sealed here. */
export function isUnfinished(mark: Secret | null, vault: Vault): boolean {
  if (mark === null) return false;
  return !vault.isCurrent(mark.sealed) || vault.open(mark.sealed, contextOf(KEY_MARK)) === 'ROTATING';
}

/** The change that a commit with texts that the vault seals now needs. */
export function planMark(mark: Secret | null, vault: Vault, newId: IdGenerator, at: string): Change {
  if (mark && vault.isCurrent(mark.sealed)) return check(secrets, mark);
  return planState(mark, mark ? 'ROTATING' : 'IN_USE', vault, newId, at);
}

/** The change that marks the key that seals now with a state. */
export function planState(mark: Secret | null, state: KeyState, vault: Vault, newId: IdGenerator, at: string): Change {
  const sealed = vault.seal(state, contextOf(KEY_MARK));
  return mark
    ? put(secrets, 'UPDATE', { ...mark, ...stampAfter(mark, at), sealed })
    : put(secrets, 'CREATE', newSecret(KEY_MARK, sealed, newId, at));
}

export function newSecret(name: string, sealed: string, newId: IdGenerator, at: string): Secret {
  return { ...newBase(newId('secret', CATALOG_KEY), at), name, sealed };
}
