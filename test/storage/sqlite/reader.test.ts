import { readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/domain/errors.js';
import { memories } from '../../../src/storage/collections.js';
import { createStatements } from '../../../src/storage/sqlite/connection.js';
import { createReader } from '../../../src/storage/sqlite/reader.js';
import type { Condition, Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { aMemory } from '../../support/records.js';
import { sqliteFactory } from '../../support/sqlite.js';

const ORDER = { field: 'occurredAt', direction: 'ASC' } as const;
/** Queries that no index serves. */
const LOOKED_FOR: readonly Condition[] = [{ path: ['metadata', 'kind'], equals: 'rare' }];
const INDEXED: readonly Condition[] = [{ field: 'taskId', is: 't1' }];

describe('the reader thread', () => {
  const statements: string[] = [];
  const factory = sqliteFactory({ withReader: true, onStatement: (sql) => statements.push(sql) });
  let path: string;
  let store: Store;
  beforeEach(async () => {
    path = await factory.place();
    store = await factory.open(path, EPOCH);
    await store.commit(
      Array.from({ length: 30 }, (_, n) =>
        put(aMemory({ taskId: `t${n % 3}`, metadata: { kind: n % 10 ? 'common' : 'rare' } })),
      ),
      context(),
    );
    statements.length = 0;
  });
  afterEach(() => factory.cleanUp());

  const list = (where: readonly Condition[]) => store.collection(memories).list({ where, order: ORDER, limit: 20 });
  const count = (where: readonly Condition[]) => store.collection(memories).count(where);
  /** Files of the store that this process has open, removed ones too. */
  const held = () =>
    readdirSync('/proc/self/fd').filter((fd) => {
      try {
        return readlinkSync(join('/proc/self/fd', fd)).startsWith(dirname(path));
      } catch {
        return false; // the one that the folder itself was read by
      }
    });
  /** Whether the answer needs a turn of the event loop: a read on this thread doesn't. */
  async function isAside(answer: Promise<unknown>): Promise<boolean> {
    let isHere = false;
    const settled = answer.then(() => {
      isHere = true;
    });
    for (let n = 0; n < 100; n += 1) await null;
    const hadToWait = !isHere;
    await settled;
    return hadToWait;
  }

  it('reads what no index leads to, and the main thread continues meanwhile', async () => {
    expect(await isAside(list(LOOKED_FOR))).toBe(true);
    expect(await isAside(count(LOOKED_FOR))).toBe(true);
    expect(statements).toHaveLength(2);
    expect(await isAside(list(INDEXED))).toBe(false);
    expect(await isAside(count(INDEXED))).toBe(false);
    expect(statements).toHaveLength(4);
  });

  it.each<[string, readonly Condition[]]>([
    ['a JSON value', LOOKED_FOR],
    ['a choice', [{ field: 'taskId', in: ['t0', 't2'] }]],
    ['two fields', [...INDEXED, ...LOOKED_FOR]],
    ['nothing that there is', [{ path: ['metadata', 'kind'], equals: 'none' }]],
  ])('returns the same answers as the main thread: %s', async (_what, where) => {
    const plain = sqliteFactory();
    const other = await plain.open(path);
    expect(await isAside(list(where))).toBe(true);
    expect(await list(where)).toEqual(await other.collection(memories).list({ where, order: ORDER, limit: 20 }));
    expect(await count(where)).toBe(await other.collection(memories).count(where));
    await plain.cleanUp();
  });

  it('sees what was committed just before', async () => {
    const before = await count(LOOKED_FOR);
    await store.commit([put(aMemory({ metadata: { kind: 'rare' } }))], context());
    expect(await count(LOOKED_FOR)).toBe(before + 1);
  });

  it('fails with the contract’s errors, and continues', async () => {
    const reader = createReader();
    const sql = { text: 'select 1', values: [] };
    const gone = join(dirname(path), 'gone.db');
    const broken = join(dirname(path), 'broken.db');
    writeFileSync(broken, 'x'.repeat(8_192));
    const missing = await reader.read(gone, sql).catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(StoreError);
    expect(missing).toMatchObject({ code: 'STORE_UNAVAILABLE', hint: expect.stringMatching(/\S/) });
    const damaged = { text: 'select count(*) from memories', values: [] };
    await expect(reader.read(broken, damaged)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    await expect(reader.inspect(broken, [memories])).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect(await reader.read(path, sql)).toEqual({ rows: [1], isCut: false });
    await reader.close();
  });

  it('closes the file with the store, and opens it no more', async () => {
    await count(LOOKED_FOR);
    expect(held()).not.toEqual([]);
    await store.close();
    await expect(list(LOOKED_FOR)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(count(LOOKED_FOR)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(held()).toEqual([]);
    rmSync(path);
    expect(held()).toEqual([]);
  });
});

it('statements are prepared once while they are used, and the least recently used are dropped', () => {
  const db = new Database(':memory:');
  const statement = createStatements(db);
  const [kept, old] = [statement('select 1'), statement('select 2')];
  for (let n = 0; n < 1_000; n += 1) {
    statement(`select 3 + ${n}`);
    expect(statement('select 1')).toBe(kept);
  }
  expect(statement('select 2')).not.toBe(old);
  db.close();
});
