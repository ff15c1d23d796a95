import { CATALOG_KEY, type IdGenerator } from '../../domain/id.js';
import { newBase } from '../../domain/record.js';
import type { Account } from '../../domain/sign-in/records.js';
import { accounts } from '../../storage/sign-in-collections.js';
import type { Change, Store } from '../../storage/store.js';
import { remove } from '../records/transaction.js';

/** What the library for signing in calls the provider of passwords. */
const PASSWORD = 'credential';

/** The account with which a user signs in by password; null: they have none. */
export async function findPassword(store: Store, userId: string): Promise<Account | null> {
  const where = [
    { field: 'providerId', is: PASSWORD },
    { field: 'accountId', is: userId },
  ];
  const order = { field: 'createdAt', direction: 'ASC' } as const;
  const { items } = await store.collection(accounts).list({ where, order, limit: 1 });
  return items[0] ?? null;
}

/** A new account for a password. @param hash - of the password */
export const passwordRecord = (newId: IdGenerator, at: string, userId: string, hash: string): Account => ({
  ...newBase(newId('account', CATALOG_KEY), at),
  ...{ userId, providerId: PASSWORD, accountId: userId, password: hash },
});

/** The change that forgets a password: with its record, as the log would keep the hash of one that was changed. */
export const forgetPassword = (account: Account | null): readonly Change[] =>
  account ? [remove(accounts, account)] : [];
