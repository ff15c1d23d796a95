import type { BetterAuthOptions } from '@better-auth/core';
import {
  authFlowTestSuite,
  caseInsensitiveTestSuite,
  joinsTestSuite,
  normalTestSuite,
  testAdapter,
  transactionsTestSuite,
} from '@better-auth/test-utils/adapter';
import type { Router } from '../../../src/services/records/store-router.js';
import { createTransact } from '../../../src/services/records/transaction.js';
import { createRowStore, type RowStore } from '../../../src/services/sign-in/rows.js';
import { createAdapter } from '../../../src/sign-in/adapter/adapter.js';
import type { Rows } from '../../../src/sign-in/adapter/model.js';
import type { AnySpec } from '../../../src/storage/shared/collection-spec.js';
import type { Store } from '../../../src/storage/store.js';
import { cases } from '../extent.js';
import { modelsOf } from './models.js';

/** Runs the library's own suites of tests of an adapter. @param open a store with these collections */
export async function runSuites(
  open: (specs: readonly AnySpec[]) => Promise<Store>,
  atEnd: () => Promise<void>,
): Promise<void> {
  /** The store with the tables of the options, a new one after each change of them. */
  let rows: RowStore;
  const stores: Store[] = [];

  async function migrate(options: BetterAuthOptions): Promise<void> {
    const specs = [...new Map(Object.values(modelsOf(options)).map(({ spec }) => [spec.name, spec])).values()];
    const store = await open(specs);
    stores.push(store);
    const route = { store, epoch: 1, projectKey: '00000000', projectId: null, id: null, secrets: null };
    const router = { toCatalog: async () => route } as unknown as Router;
    rows = createRowStore(router, createTransact(Date.now), specs);
  }

  const lazily: Rows = {
    get: (...args) => rows.get(...args),
    list: (...args) => rows.list(...args),
    commit: (changes) => rows.commit(changes, { requestId: 'test', userId: null }),
  };

  const { execute } = await testAdapter({
    adapter: (options) => createAdapter(lazily, modelsOf(options)),
    runMigrations: migrate,
    tests: [
      ...[normalTestSuite(), transactionsTestSuite()],
      ...cases([], [authFlowTestSuite(), caseInsensitiveTestSuite(), joinsTestSuite()]),
    ],
    async onFinish() {
      for (const store of stores) await store.close();
      await atEnd();
    },
  });
  execute();
}
