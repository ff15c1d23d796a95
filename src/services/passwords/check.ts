import { InvalidInputError } from '../../domain/errors.js';
import { MAX_PASSWORD } from '../../domain/fields/password.js';
import type { Account } from '../../domain/sign-in/records.js';
import type { Attempts } from '../attempts/attempts.js';
import type { PasswordHashing } from './hashing.js';

/** Says no unless a password is the one of a user, who has tried it not too often. */
export type CheckPassword = (account: Account, given: string | undefined) => Promise<void>;

/** Wrong tries of a user within ten minutes. */
const MOST_WRONG = 10;

/** @throws InvalidInputError, RateLimitedError from what it returns */
export function createPasswordCheck(hashing: PasswordHashing, attempts: Attempts): CheckPassword {
  const isPassword = async (given: string, hash: string | null) =>
    given.length <= MAX_PASSWORD && hash !== null && hashing.verify(hash, given);

  return async ({ userId, password }, given) => {
    if (given === undefined) throw MISSING;
    const succeeded = attempts.begin([{ name: `current password ${userId}`, most: MOST_WRONG }]);
    const isRight = await isPassword(given, password).catch((error: unknown) => {
      // It wasn't examined.
      succeeded();
      throw error;
    });
    if (!isRight) throw WRONG;
    succeeded();
  };
}

const MISSING = new InvalidInputError(
  'currentPassword is missing: you have a password.',
  'Give the password that you have now.',
  'currentPassword',
);
const WRONG = new InvalidInputError(
  "currentPassword isn't your password.",
  'Give the password that you have now. Who has forgotten it asks an administrator for a link.',
  'currentPassword',
);
