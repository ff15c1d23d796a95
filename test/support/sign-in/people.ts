import type { User } from '../../../src/domain/access/user.js';
import { CATALOG_KEY, createIdGenerator } from '../../../src/domain/id.js';
import type { Account } from '../../../src/domain/sign-in/records.js';
import { createPasswordHashing } from '../../../src/services/passwords/hashing.js';
import { accounts } from '../../../src/storage/sign-in-collections.js';
import type { Store } from '../../../src/storage/store.js';
import { accountsIn } from '../accounts.js';

const hashing = createPasswordHashing();
const newId = createIdGenerator();

/** A user who signs in with a password, written straight into a catalog. */
export async function createPerson(
  store: Store,
  password: string,
  role = 'OWNER',
  own: Partial<User> = {},
): Promise<User> {
  const user = await accountsIn(store).createUser(role, own);
  const at = new Date().toISOString();
  const document: Account = {
    ...{
      id: newId('account', CATALOG_KEY),
      version: 1,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
      externalId: null,
    },
    ...{ userId: user.id, providerId: 'credential', accountId: user.id, password: await hashing.hash(password) },
  };
  const context = { epoch: await store.epoch(), actor: 'test', requestId: 'test', at };
  await store.commit([{ kind: 'put', collection: accounts.name, operation: 'CREATE', document }], context);
  return user;
}
