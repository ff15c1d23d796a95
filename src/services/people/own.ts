import { isUnlimited } from '../../domain/access/api-key.js';
import { ForbiddenError } from '../../domain/access/errors.js';
import type { User } from '../../domain/access/user.js';
import type { Author } from '../../domain/author.js';
import { apiKeys, users } from '../../storage/account-collections.js';
import type { Store } from '../../storage/store.js';
import { getRecord, requireLive } from '../records/lifecycle.js';

/** The author's own user. @throws ForbiddenError when they have none, or use a key that may do less than its owner */
export async function getOwn(store: Store, { principal }: Author): Promise<User> {
  if (!principal || principal.userId === null) {
    throw new ForbiddenError(
      'You have no profile: you are not signed in as a user.',
      'Use the credential of a user, such as a key that the user owns.',
    );
  }
  if (principal.kind === 'PROGRAM') {
    throw new ForbiddenError(
      'A program that a user let in has no say in what is theirs.',
      'Sign in as the user, or use an API key that may do all that they may.',
    );
  }
  if (principal.keyId !== null) {
    const [key] = await store.collection(apiKeys).get([principal.keyId]);
    if (!key || !isUnlimited(key)) {
      throw new ForbiddenError(
        "This API key may do less than its owner, so it can't change its owner's profile.",
        'Use a key with level MANAGE and without limits on permissions or projects, or ask an administrator.',
      );
    }
  }
  return requireLive(await getRecord({ spec: users }, { store }, principal.userId));
}
