import { randomBytes } from 'node:crypto';
import { hashOf } from '../../domain/access/key-format.js';
import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { newBase } from '../../domain/record.js';
import type { Verification } from '../../domain/sign-in/records.js';
import { verifications } from '../../storage/sign-in-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { findByExternalId, listAll } from '../records/queries.js';
import { put, remove } from '../records/transaction.js';

/** What a link is for: to set a first password, or another one. */
export type LinkKind = 'INVITATION' | 'RESET';

/** How long a link counts, in milliseconds. */
const LIFETIMES: Readonly<Record<LinkKind, number>> = {
  INVITATION: 7 * 24 * 60 * 60 * 1_000,
  RESET: 60 * 60 * 1_000,
};

/** A link that was made, with its token: only the token's hash is kept. */
export interface NewLink {
  readonly kind: LinkKind;
  readonly userId: string;
  readonly token: string;
  readonly expiresAt: string;
}

/** A link as it is stored, and the change that uses it up. */
export interface StoredLink {
  readonly userId: string;
  readonly kind: LinkKind;
  readonly expiresAt: string;
  readonly remove: Change;
}

/** Where a link leads, at the server. */
export const linkPath = (token: string): string => `/link?token=${token}`;

const TOKEN_PREFIX = 'mlk_';
const OF_USER = 'link:';
const storedFormOf = (token: string): string => `${OF_USER}${hashOf(token)}`;

/** Plans a link for a user, in place of those that they have. */
export async function planLink(
  store: Store,
  newId: IdGenerator,
  at: string,
  { userId, kind }: Pick<NewLink, 'userId' | 'kind'>,
): Promise<{ readonly changes: readonly Change[]; readonly link: NewLink }> {
  const token = TOKEN_PREFIX + randomBytes(32).toString('base64url');
  const expiresAt = new Date(Date.parse(at) + LIFETIMES[kind]).toISOString();
  const document: Verification = {
    ...newBase(newId('verification', CATALOG_KEY), at, storedFormOf(token)),
    ...{ identifier: OF_USER + userId, value: kind, expiresAt },
  };
  const older = (await linksOf(store, userId)).map(({ remove: change }) => change);
  return { changes: [...older, put(verifications, 'CREATE', document)], link: { kind, userId, token, expiresAt } };
}

/** The links of a user, expired ones included. */
export async function linksOf(store: Store, userId: string): Promise<readonly StoredLink[]> {
  const where = [{ field: 'identifier', is: OF_USER + userId }];
  return (await listAll(store, verifications, { where, deleted: 'INCLUDE', field: 'identifier' })).map(asLink);
}

/** The link with this token; null when there is none that counts. */
export async function findLink(store: Store, token: string, at: string): Promise<StoredLink | null> {
  const found = await findByExternalId(store, verifications, storedFormOf(token));
  return found && found.expiresAt > at ? asLink(found) : null;
}

const asLink = (record: Verification): StoredLink => ({
  userId: record.identifier.slice(OF_USER.length),
  kind: record.value === 'RESET' ? 'RESET' : 'INVITATION',
  expiresAt: record.expiresAt,
  remove: remove(verifications, record),
});
