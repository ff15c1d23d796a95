import { lower } from '../../domain/access/oauth.js';
import type { User } from '../../domain/access/user.js';
import { programName } from '../../domain/sign-in/program-name.js';
import type { OAuthClient, OAuthConsent } from '../../domain/sign-in/records.js';
import { roleOf } from '../../services/people/named-role.js';
import { isOneOf, listAll } from '../../services/records/queries.js';
import { grants } from '../../storage/account-collections.js';
import { jwks, oauthClients, oauthConsents, signIns } from '../../storage/sign-in-collections.js';
import type { Store } from '../../storage/store.js';
import { type CredentialKind, RefusedError, type Valid } from '../known.js';
import { rightsOf } from '../rights.js';
import { findActive } from '../user-rights.js';
import type { Token } from './token.js';
import { CLOCK_SKEW_S, EXPIRED_TOKEN } from './verify.js';

/** What access tokens are known by: their text, as JSON. */
export const nameOf = (token: Token): string => JSON.stringify(token);

/** The consents that access tokens stand for, as a catalog's store has them: what they say now counts. */
export function consentsIn(store: Store): CredentialKind<Valid> {
  return {
    noun: 'program',
    expired: () => EXPIRED_TOKEN,

    async read(name) {
      const token = JSON.parse(name) as Token;
      const { keyId, clientId, userId, signInId, level: asked, issuedAt } = token;
      const [consent, client, user, [key], signInEnds] = await Promise.all([
        findConsent(store, clientId, userId),
        findClient(store, clientId),
        findActive(store, userId),
        store.collection(jwks).get([keyId]),
        endOfSignIn(store, signInId, userId),
      ]);
      const { projectIds, level } = consent ?? {};
      const isAllowed = consent && projectIds !== undefined && level && isAfter(issuedAt, consent.createdAt);
      if (!isAllowed || !client || !user || !key || asked === null) throw STOPPED;
      const limits = { id: consent.id, level: lower(level, asked), permissions: [], projectIds };
      return {
        identity: {
          ...{ kind: 'PROGRAM', userId: user.id, keyId: null },
          actor: `${consent.id} ${programName(client.name)}`,
        },
        rights: rightsOf({ key: limits, user, ...(await rightsSources(store, user)) }),
        expires: Math.min((token.expiresAt + CLOCK_SKEW_S) * 1_000, signInEnds),
      };
    },
  };
}

async function rightsSources(store: Store, user: User) {
  const where = [isOneOf('subjectId', [user.id, user.roleId])];
  const [role, granted] = await Promise.all([
    roleOf(store, user),
    listAll(store, grants, { where, deleted: 'EXCLUDE', field: 'subjectId' }),
  ]);
  return { role, grants: granted };
}

async function findConsent(store: Store, clientId: string, userId: string): Promise<OAuthConsent | null> {
  const where = [
    { field: 'clientId', is: clientId },
    { field: 'userId', is: userId },
  ];
  const { items } = await store.collection(oauthConsents).list({ where, order: OLDEST_FIRST, limit: 1 });
  return items[0] ?? null;
}

async function findClient(store: Store, clientId: string): Promise<OAuthClient | null> {
  const where = [{ field: 'clientId', is: clientId }];
  const { items } = await store.collection(oauthClients).list({ where, order: OLDEST_FIRST, limit: 1 });
  return items[0] && items[0].disabled !== true ? items[0] : null;
}

/** When the sign-in ends with which a token does, in milliseconds since 1970: never without one. @throws RefusedError when it is over */
async function endOfSignIn(store: Store, id: string | null, userId: string): Promise<number> {
  if (id === null) return Number.POSITIVE_INFINITY;
  const [signIn] = await store.collection(signIns).get([id]);
  if (signIn?.userId !== userId) throw STOPPED;
  return Date.parse(signIn.expiresAt);
}

/** Whether a token was issued under a consent, not under an earlier one that was stopped. Both times are whole seconds. */
const isAfter = (issuedAt: number, consented: string): boolean => issuedAt >= Math.floor(Date.parse(consented) / 1_000);

const OLDEST_FIRST = { field: 'createdAt', direction: 'ASC' } as const;

/** The error for a token that no consent is behind any more. Made once: why, nobody but the user is to learn. */
const STOPPED = new RefusedError(
  'The user stopped this program, or signed out where they had let it in.',
  'Let the program in again: start its authorization anew.',
  'access token of a stopped program',
);
