import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { expect, it, onTestFinished } from 'vitest';
import { createEnding } from '../../../src/domain/access/principal.js';
import type { User } from '../../../src/domain/access/user.js';
import type { Author } from '../../../src/domain/author.js';
import { createIdGenerator } from '../../../src/domain/id.js';
import { createAttempts } from '../../../src/services/attempts/attempts.js';
import { createPasswordCheck } from '../../../src/services/passwords/check.js';
import { createPasswordHashing } from '../../../src/services/passwords/hashing.js';
import { createPasswordService } from '../../../src/services/passwords/service.js';
import type { Router } from '../../../src/services/records/store-router.js';
import { createTransact } from '../../../src/services/records/transaction.js';
import { users } from '../../../src/storage/account-collections.js';
import { CATALOG_COLLECTIONS } from '../../../src/storage/collections.js';
import { createMongoConnection } from '../../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../../src/storage/mongodb/store.js';
import { accounts } from '../../../src/storage/sign-in-collections.js';
import { createSqliteStore } from '../../../src/storage/sqlite/store.js';
import type { Store } from '../../../src/storage/store.js';
import { accountsIn } from '../../support/accounts.js';
import { borrowWriter } from '../../support/machine/threads.js';
import { dropDatabase, freshDatabase, mongoUnavailable, sharedMongo } from '../../support/mongodb/mongodb.js';
import { mongoSettings } from '../../support/mongodb/stores.js';
import { makeFolder } from '../../support/temporary.js';
import { NEW, OLD, stranger } from './support.js';

/** A catalog, and all that is stored of it, read without Mooring. */
interface Opened {
  readonly store: Store;
  stored(): Promise<string>;
}

const CATALOGS: Readonly<Record<'SQLite' | 'MongoDB', () => Promise<Opened>>> = {
  async SQLite() {
    const folder = await makeFolder();
    const writer = borrowWriter();
    const path = join(folder, 'store.db');
    const store = await createSqliteStore({ path, collections: CATALOG_COLLECTIONS, writer, create: { epoch: 1 } });
    onTestFinished(async () => {
      await store.close();
      await writer.close();
    });
    return {
      store,
      async stored() {
        const files = (await readdir(folder)).filter((file) => file.startsWith('store.db'));
        return (await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))).join('\n');
      },
    };
  },
  async MongoDB() {
    const database = freshDatabase();
    const connection = createMongoConnection({ settings: mongoSettings(sharedMongo(), database) });
    const parts = { connection, projectId: 'catalog', collections: CATALOG_COLLECTIONS, create: { epoch: 1 } };
    const store = await createMongoStore(parts);
    const outside = await MongoClient.connect(sharedMongo());
    onTestFinished(async () => {
      await store.close();
      await connection.close();
      await outside.close();
      await dropDatabase(database);
    });
    return {
      store,
      async stored() {
        const names = await outside.db(database).listCollections().toArray();
        const all = await Promise.all(names.map(({ name }) => outside.db(database).collection(name).find().toArray()));
        return JSON.stringify(all, (_, value) => (Buffer.isBuffer(value) ? value.toString('latin1') : value));
      },
    };
  },
};

const names = (Object.keys(CATALOGS) as (keyof typeof CATALOGS)[]).filter((name) => {
  if (name === 'MongoDB' && mongoUnavailable) console.warn(`Without a MongoDB catalog: ${mongoUnavailable}`);
  return name === 'SQLite' || !mongoUnavailable;
});

it.each(names)(
  'a password that was changed is nowhere in a %s catalog, nor is a link',
  { timeout: 60_000 },
  async (name) => {
    const { store, stored } = await CATALOGS[name]();
    const user = await accountsIn(store).createUser('MEMBER');
    const passwords = passwordsOver(store);
    const author = memberOf(user);
    const { link } = await passwords.reset({ actor: 'local', requestId: 'request' }, { userId: user.id });
    await passwords.setByLink(stranger, { token: link.token, newPassword: OLD });
    const hash = await hashOfPassword(store);
    expect(await stored()).toContain(hash);
    await passwords.set(author, { newPassword: NEW, currentPassword: OLD });
    const left = await stored();
    expect(left).toContain(await hashOfPassword(store));
    // Neither its hash nor the salt, which would tell that it is the same.
    for (const part of hash.split(':')) expect(left).not.toContain(part);
    for (const secret of [OLD, NEW, link.token, link.token.slice(4)]) expect(left).not.toContain(secret);
    const log = JSON.stringify(await store.log.read(0, 1_000));
    for (const part of hash.split(':')) expect(log).not.toContain(part);
  },
);

function passwordsOver(store: Store) {
  const route = { store, epoch: 1, projectKey: '00000000', projectId: null, id: null, secrets: null };
  const router = { toCatalog: async () => route } as unknown as Router;
  const hashing = createPasswordHashing();
  const checkPassword = createPasswordCheck(hashing, createAttempts());
  const parts = { catalog: store, hashing, checkPassword, newId: createIdGenerator(), now: Date.now };
  return createPasswordService(parts, router, createTransact(Date.now));
}

async function hashOfPassword(store: Store): Promise<string> {
  const [account] = await store.scan(accounts, null, 10);
  return account!.password!;
}

const memberOf = (user: User): Author => ({
  ...{ actor: user.id, requestId: 'request' },
  principal: {
    ...{ kind: 'USER', userId: user.id, keyId: null, actor: user.id, permissions: new Set<never>() },
    ...{ everywhere: 0, projects: new Map(), ending: createEnding() },
  },
});

it.each(names)('of other records, a %s catalog keeps what they were, where this is looked for', async (name) => {
  const { store, stored } = await CATALOGS[name]();
  const all = accountsIn(store);
  const before = await all.createUser('MEMBER', { name: 'canary-name-of-before' });
  await all.change(users, before, { name: 'Another' });
  expect(await stored()).toContain('canary-name-of-before');
  expect(JSON.stringify(await store.log.read(0, 1_000))).toContain('canary-name-of-before');
});
