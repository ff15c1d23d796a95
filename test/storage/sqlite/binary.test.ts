import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { toStoreError } from '../../../src/storage/sqlite/connection.js';
import { emptyFolder } from '../../support/machine/package.js';

const EXPLAINED = { code: 'STORE_UNSUITABLE', hint: expect.stringContaining('`npm rebuild better-sqlite3`') };

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

it('reports how to build SQLite’s native module when it was built for another Node, or never', async () => {
  const folder = await emptyFolder();
  const garbage = join(folder.path, 'garbage.node');
  await writeFile(garbage, 'made for another Node');
  const another = errorOf(() => new Database(':memory:', { nativeBinding: garbage }));
  expect(toStoreError(another, 'store.db')).toMatchObject(EXPLAINED);
  const bindings = createRequire(createRequire(import.meta.url).resolve('better-sqlite3'))('bindings') as (
    options: object,
  ) => unknown;
  const never = errorOf(() => bindings({ bindings: 'better_sqlite3.node', module_root: folder.path }));
  expect(toStoreError(never, 'store.db')).toMatchObject(EXPLAINED);
  await folder.remove();
});
