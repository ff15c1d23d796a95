import type { SignIn } from '../../domain/sign-in/records.js';
import { deviceCodes, oauthAccessTokens, oauthRefreshTokens, signIns } from '../../storage/sign-in-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { linksOf } from '../passwords/link-records.js';
import { listAll } from '../records/queries.js';
import { remove } from '../records/transaction.js';

/** The changes that end a user's sign-ins. @param except the id of one that stays */
export async function endSignIns(store: Store, userId: string, except?: string): Promise<readonly Change[]> {
  const all: readonly SignIn[] = await listAll(store, signIns, {
    where: [{ field: 'userId', is: userId }],
    deleted: 'INCLUDE',
    field: 'createdAt',
  });
  return all.filter(({ id }) => id !== except).map((each) => remove(signIns, each));
}

/** The changes that end what would sign a user in, or has, and what programs have that the user let in. */
export async function endWaysIn(store: Store, userId: string): Promise<readonly Change[]> {
  const ofUser = { where: [{ field: 'userId', is: userId }], deleted: 'INCLUDE', field: 'userId' } as const;
  const codes = await listAll(store, deviceCodes, ofUser);
  const refreshing = await listAll(store, oauthRefreshTokens, ofUser);
  const access = await listAll(store, oauthAccessTokens, ofUser);
  return [
    ...(await endSignIns(store, userId)),
    ...(await linksOf(store, userId)).map(({ remove: change }) => change),
    ...codes.map((each) => remove(deviceCodes, each)),
    ...refreshing.map((each) => remove(oauthRefreshTokens, each)),
    ...access.map((each) => remove(oauthAccessTokens, each)),
  ];
}
