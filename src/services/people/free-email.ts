import type { User } from '../../domain/access/user.js';
import { AlreadyExistsError } from '../../domain/errors.js';
import { users } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { findByValues } from '../records/queries.js';

/**
 * Refuses an email that another live user has.
 * @param holder whether the error may name that user
 * @throws AlreadyExistsError
 */
export async function requireFreeEmail(
  store: Store,
  { id, email }: Pick<User, 'email'> & Partial<Pick<User, 'id'>>,
  holder: 'SHOW' | 'HIDE',
): Promise<void> {
  if (email === null) return;
  const known = (await findByValues(store, users, 'email', [email], 'EXCLUDE')).get(email);
  if (!known || known.id === id) return;
  const isShown = holder === 'SHOW';
  throw new AlreadyExistsError(
    isShown ? `The user ${known.id} has this email.` : 'Another user has this email.',
    'Give another one.',
    isShown ? known.id : null,
    ['email'],
    false,
  );
}
