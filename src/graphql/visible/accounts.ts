import type { Grant } from '../../domain/access/grant.js';
import { LEVEL, levelIn } from '../../domain/access/level.js';
import { EVERY_USER, type OutsideKey } from '../../domain/access/outside-key.js';
import { may, type Principal } from '../../domain/access/principal.js';
import type { User } from '../../domain/access/user.js';
import { parseCatalogId } from '../../domain/id.js';
import type { RecordBase } from '../../domain/record.js';
import type { OAuthConsent, SignIn } from '../../domain/sign-in/records.js';
import { apiKeys, grants, outsideKeys, roles, users } from '../../storage/account-collections.js';
import { oauthConsents, signIns } from '../../storage/sign-in-collections.js';
import type { CollectionSpec, Store } from '../../storage/store.js';
import type { ReadLimiter } from '../scheduling.js';

/** The kinds of records of accounts that have ids for clients. */
const SPECS = {
  user: users,
  role: roles,
  grant: grants,
  apiKey: apiKeys,
  outsideKey: outsideKeys,
  signIn: signIns,
  oauthConsent: oauthConsents,
} as const satisfies Record<string, CollectionSpec<never>>;
export type AccountKind = keyof typeof SPECS;

/** The kind of account that an id is of; null when it is of none. */
export function accountKindOf(id: string): AccountKind | null {
  const kind = parseCatalogId(id);
  return kind !== null && Object.hasOwn(SPECS, kind) ? (kind as AccountKind) : null;
}

/** Users, roles, grants and keys, as one caller may fetch them by their ids. */
export interface VisibleAccounts {
  /** The records of ids of one kind, without a check of rights. */
  get(ids: readonly string[]): Promise<readonly (RecordBase | null)[]>;
  /** Whether the caller may fetch this one by its id; of keys, their service says it. */
  isVisible(record: RecordBase): boolean;
}

export function createVisibleAccounts(store: Store, read: ReadLimiter, principal: Principal): VisibleAccounts {
  return {
    get: (ids) => {
      const kind = accountKindOf(ids[0]!);
      return kind === null
        ? Promise.resolve(ids.map(() => null))
        : read<readonly (RecordBase | null)[]>(() => store.collection<RecordBase>(SPECS[kind] as never).get(ids));
    },
    isVisible(record) {
      switch (accountKindOf(record.id)) {
        case 'user':
          return isKnownWhole(principal, record as User);
        case 'role':
          return true;
        case 'grant':
          return isGrantVisible(principal, record as Grant);
        case 'outsideKey':
          return isOutsideKeyVisible(principal, record as OutsideKey);
        case 'signIn':
          return isKnownWhole(principal, { id: (record as SignIn).userId });
        case 'oauthConsent':
          return isKnownWhole(principal, { id: (record as OAuthConsent).userId });
        default:
          return false;
      }
    },
  };
}

/** Whether somebody sees all that is kept of a user; others see their name and email, where they meet them. */
export function isKnownWhole(principal: Principal, { id }: Pick<User, 'id'>): boolean {
  return principal.userId === id || may(principal, 'users:administer');
}

/** One's own, and for who administers keys those that are for all users. */
function isOutsideKeyVisible(principal: Principal, { userId }: OutsideKey): boolean {
  return userId === EVERY_USER ? may(principal, 'keys:administer') : userId === principal.userId;
}

/**
 * Those in projects that one manages; and in others that one sees, one's own, and for who administers users all. A key for some
 * projects doesn't see in which others its owner works.
 */
function isGrantVisible(principal: Principal, { subjectId, projectId }: Grant): boolean {
  const level = levelIn(principal, projectId);
  const isOwn = subjectId === principal.userId || subjectId === principal.keyId;
  return level >= LEVEL.MANAGE || (level >= LEVEL.SEE && (isOwn || may(principal, 'users:administer')));
}
