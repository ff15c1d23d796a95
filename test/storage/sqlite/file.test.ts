import { readdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memories, sessions, tasks } from '../../../src/storage/collections.js';
import { connect } from '../../../src/storage/sqlite/connection.js';
import type { Store } from '../../../src/storage/store.js';
import { context, EPOCH, put } from '../../contract/store.js';
import { anEntry, batch, MOVING, of } from '../../contract/store-moving.js';
import { aMemory } from '../../support/records.js';
import { sqliteFactory } from '../../support/sqlite.js';

/** What `pragma synchronous` says for FULL. */
const FULL = 2;

describe('a SQLite store’s file', () => {
  const statements: string[] = [];
  const factory = sqliteFactory({ onStatement: (sql) => statements.push(sql) });
  let path: string;
  let store: Store;
  beforeEach(async () => {
    path = await factory.place();
    store = await factory.open(path, EPOCH);
    statements.length = 0;
  });
  afterEach(() => factory.cleanUp());

  /** Another program's view of the file. */
  function outside<T>(look: (db: Database.Database) => T): T {
    const db = new Database(path);
    try {
      return look(db);
    } finally {
      db.close();
    }
  }

  const folderHolds = (text: string) =>
    readdirSync(dirname(path), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .some((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(text));

  it('can be read by a person: JSON documents, and a column for each field that is indexed', async () => {
    const memory = aMemory({ content: 'plain', sessionId: 'chat-1' });
    await store.commit([put(memory)], context());
    const row = outside((db) => db.prepare('select id, sessionId, occurredAt, doc from memories').get()) as {
      doc: string;
    };
    expect(row).toMatchObject({ id: memory.id, sessionId: 'chat-1', occurredAt: memory.occurredAt });
    expect(JSON.parse(row.doc)).toEqual(memory);
  });

  it('is in WAL, and a connection that writes syncs every commit', () => {
    expect(outside((db) => db.pragma('journal_mode', { simple: true }))).toBe('wal');
    const writer = connect({ path, readonly: false, create: false });
    expect(writer.pragma('synchronous', { simple: true })).toBe(FULL);
    expect(writer.pragma('secure_delete', { simple: true })).toBe(1);
    writer.close();
  });

  it('is refused, unchanged, when a newer version wrote it', async () => {
    await store.close();
    outside((db) => db.pragma('user_version = 99'));
    await expect(factory.open(path)).rejects.toMatchObject({
      code: 'STORE_TOO_NEW',
      message: expect.stringContaining('schema 99'),
    });
    expect(outside((db) => db.pragma('user_version', { simple: true }))).toBe(99);
  });

  it('is not recreated when it is missing', async () => {
    await expect(factory.open(join(dirname(path), 'gone', 'store.db'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining("doesn't exist"),
    });
  });

  it('is left as it is, with a clear error, when it is not a database', async () => {
    await store.close();
    const file = await open(path, 'r+');
    await file.write(Buffer.alloc(4096, 0x5a), 0, 4096, 0);
    await file.close();
    const damaged = readFileSync(path);
    await expect(factory.open(path)).rejects.toMatchObject({
      code: 'STORE_DAMAGED',
      hint: expect.stringContaining('backup'),
    });
    expect(readFileSync(path).equals(damaged)).toBe(true);
  });

  it('answers with a clear error where a page is damaged, and says so in its health', async () => {
    await store.commit(
      Array.from({ length: 200 }, (_, n) => put(aMemory({ content: `${n} ${'x'.repeat(2_000)}` }))),
      context(),
    );
    await store.close();
    const file = await open(path, 'r+');
    const { size } = await file.stat();
    for (let page = 40; page * 4096 < size; page += 1) await file.write(Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096);
    await file.close();
    store = await factory.open(path);
    await expect(store.scan(memories, null, 1_000)).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    expect((await store.health()).ok).toBe(false);
  });

  it('holds nothing of a purged record, in any of its files', async () => {
    const memory = aMemory({ content: 'the word xylophonic is only here' });
    await store.commit([put(memory)], context());
    await store.commit([put({ ...memory, version: 2, content: 'xylophonic again' })], context());
    expect(folderHolds('xylophonic')).toBe(true);
    await store.commit([{ kind: 'remove', collection: 'memories', id: memory.id, version: 2 }], context());
    expect(folderHolds('xylophonic')).toBe(false);
  });

  it('holds nothing, in any of its files, of a record that was purged where it is moved from', async () => {
    await store.setEpoch(EPOCH, MOVING);
    const memory = aMemory({ content: 'the word xylophonic is only here' });
    const update = anEntry(2, memory, 'UPDATE', 'xylophonic before');
    await store.import(batch({ documents: of('memories', memory), entries: [update] }), MOVING);
    expect(folderHolds('xylophonic')).toBe(true);
    const removed = [{ collection: 'memories', id: memory.id }];
    await store.import(batch({ removed, entries: [anEntry(3, memory, 'PURGE')] }), MOVING);
    expect(folderHolds('xylophonic')).toBe(false);
    await store.import(batch({ entries: [update] }), MOVING);
    expect(folderHolds('xylophonic')).toBe(false);
  });

  it('refuses a record that is nested too deeply, and writes nothing', async () => {
    await store.setEpoch(EPOCH, MOVING);
    const deep = aMemory({ metadata: JSON.parse(`${'{"a":'.repeat(1_000)}1${'}'.repeat(1_000)}`) });
    const importing = store.import(batch({ documents: of('memories', aMemory(), deep) }), MOVING);
    await expect(importing).rejects.toMatchObject({
      code: 'RECORD_TOO_LARGE',
      message: expect.stringContaining(deep.id),
    });
    expect(await store.collection(memories).count()).toBe(0);
  });

  it('reads the first page of each of many parents in one statement, from an index', async () => {
    await store.commit(
      Array.from({ length: 60 }, (_, n) => put(aMemory({ taskId: `t${n % 3}` }))),
      context(),
    );
    statements.length = 0;
    await store
      .collection(memories)
      .listByParents('taskId', ['t0', 't1', 't2'], { order: { field: 'occurredAt', direction: 'ASC' }, limit: 5 });
    expect(statements).toHaveLength(1);
    const plan = outside((db) => db.prepare(`explain query plan ${statements[0]}`).all()) as { detail: string }[];
    expect(plan.map(({ detail }) => detail).join('\n')).toMatch(
      /SEARCH memories USING (COVERING )?INDEX memories_taskId_occurredAt/,
    );
  });

  it('reads what a request wrote from an index, in a file of an earlier version, too', async () => {
    await store.close();
    outside((db) => db.exec('drop index log_request; pragma user_version = 5'));
    store = await factory.open(path);
    statements.length = 0;
    await store.log.list({ requestId: 'r1', direction: 'DESC', limit: 10 });
    const plan = outside((db) => db.prepare(`explain query plan ${statements[0]}`).all()) as { detail: string }[];
    const details = plan.map(({ detail }) => detail).join('\n');
    expect(details).toMatch(/SEARCH l USING INDEX log_request/);
    expect(details).not.toContain('B-TREE');
  });

  it('reads a page from an index, without sorting, at any depth and for each order that is declared', async () => {
    for (const [spec, orders] of [
      [tasks, [['createdAt'], ['updatedAt'], ['status', 'createdAt']]],
      [memories, [['occurredAt'], ['sessionId', 'occurredAt'], ['taskId', 'occurredAt']]],
      [sessions, [['startedAt'], ['activeAt'], ['userId', 'activeAt']]],
    ] as const) {
      for (const fields of orders) {
        const [filtered, ordered] = fields.length === 2 ? fields : [null, fields[0]];
        statements.length = 0;
        await store.collection(spec as typeof tasks).list({
          where: filtered ? [{ field: filtered, is: 'a' }] : [],
          order: { field: ordered!, direction: 'DESC' },
          after: { value: 'm', id: 'x' },
          limit: 10,
        });
        const plan = outside((db) => db.prepare(`explain query plan ${statements[0]}`).all()) as { detail: string }[];
        const details = plan.map(({ detail }) => detail).join('\n');
        expect(details).toContain(`SEARCH ${spec.name} USING INDEX ${spec.name}_${fields.join('_')}`);
        // The index leads to the position, rather than being read up to it.
        expect(details).toContain(`(${ordered},id)<(?,?)`);
        expect(details).not.toContain('B-TREE');
      }
    }
  });
});
