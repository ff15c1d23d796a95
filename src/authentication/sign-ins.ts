import type { SignIn } from '../domain/sign-in/records.js';
import { signIns } from '../storage/sign-in-collections.js';
import type { Store } from '../storage/store.js';
import { type CredentialKind, RefusedError, type Valid } from './known.js';
import { findActive, rightsOfUser } from './user-rights.js';

/** A sign-in that counts, and what its user may do. */
export interface ValidSignIn extends Valid {
  readonly signIn: SignIn;
}

/** Sign-ins of people at browsers, as a catalog's store has them, by the stored forms of their tokens. */
export function signInsIn(store: Store): CredentialKind<ValidSignIn> {
  return {
    noun: 'sign-in',

    async read(token, now) {
      const valid = await signInOf(store, token, now);
      if (valid.signIn.program) throw SIGNED_OUT;
      return valid;
    },

    expired: () => SIGNED_OUT,
  };
}

/** The sign-in with the stored form of a token. @throws RefusedError when it doesn't count; StoreError */
export async function signInOf(store: Store, token: string, now: number): Promise<ValidSignIn> {
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const { items } = await store.collection(signIns).list({ where: [{ field: 'token', is: token }], order, limit: 1 });
  const [signIn] = items;
  if (!signIn || Date.parse(signIn.expiresAt) <= now) throw SIGNED_OUT;
  const user = await findActive(store, signIn.userId);
  if (!user) throw SIGNED_OUT;
  return {
    signIn,
    identity: { kind: 'USER', userId: user.id, keyId: null, actor: user.id, signInId: signIn.id },
    rights: await rightsOfUser(store, user),
    expires: Date.parse(signIn.expiresAt),
  };
}

/** The error for a sign-in that is over. Made once: whose it was, nobody is to learn. */
const SIGNED_OUT = new RefusedError('You are signed out, or your sign-in has expired.', 'Sign in again.', 'sign-in');
