import {
  closeSync,
  fdatasyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Document, MongoClient } from 'mongodb';
import type { LogEntry } from '../src/domain/log-entry.js';
import type { Memory } from '../src/domain/memory.js';
import type { RecordBase } from '../src/domain/record.js';
import { memories, PROJECT_COLLECTIONS } from '../src/storage/collections.js';
import { ensureIndexes, indexesOf } from '../src/storage/mongodb/schema.js';
import { applySchema } from '../src/storage/sqlite/schema.js';
import type { Kind, Place } from './migration-places.js';

/** How long bare drivers take to read and write a project: no checks, no cache, nothing that could resume after a crash. */

/** A project in memory: its memories, its log, and a vector for each memory. */
export interface Load {
  readonly documents: readonly RecordBase[];
  readonly entries: readonly LogEntry[];
  readonly vectors: ReadonlyMap<string, Float32Array>;
}

/** How many documents, or entries, are written at a time. */
export const BATCH = 100;

// — reading —

/** Reads and parses all that a store of this kind has, by its driver alone. */
export async function readBare(kind: Kind, path: string, uri: string | null): Promise<void> {
  if (kind === 'LOCAL') readSqlite(path);
  else if (kind === 'FILE') readFolder(path);
  else await readMongo(path, uri!);
}

function readSqlite(path: string): void {
  const db = new Database(path, { readonly: true });
  for (const table of [...PROJECT_COLLECTIONS.map(({ name }) => name), 'log']) {
    const key = table === 'log' ? 'seq' : 'id';
    const page = db.prepare(`select * from ${table} where ${key} > ? order by ${key} limit ${BATCH}`);
    let after: string | number = table === 'log' ? 0 : '';
    for (;;) {
      const rows = page.all(after) as { readonly [column: string]: string | number }[];
      for (const { doc, before } of rows) JSON.parse(String(doc ?? before ?? null));
      if (rows.length < BATCH) break;
      after = rows.at(-1)![key]!;
    }
  }
  db.close();
}

function readFolder(path: string): void {
  for (const { name } of PROJECT_COLLECTIONS) {
    for (const entry of readdirSync(join(path, name), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && !entry.name.startsWith('_'))
        JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
  }
  for (const name of readdirSync(join(path, 'log')))
    for (const line of readFileSync(join(path, 'log', name), 'utf8').split('\n')) if (line !== '') JSON.parse(line);
}

async function readMongo(project: string, uri: string): Promise<void> {
  const client = new MongoClient(uri);
  const db = client.db(project);
  for (const { name } of PROJECT_COLLECTIONS) await db.collection(name).find({ project }).sort({ _id: 1 }).toArray();
  await db.collection('log').find({ project }).sort({ seq: 1 }).toArray();
  await client.close();
}

/** Reads all vectors of an index. */
export function readVectors(path: string): number {
  const db = new Database(path, { readonly: true });
  const rows = db.prepare('select vector from vectors').pluck().all() as Buffer[];
  db.close();
  return rows.reduce((sum, { length }) => sum + length, 0);
}

// — writing —

/** Writes all of it in batches, each of them durable before the next, by the driver alone. */
export async function writeBare(kind: Kind, path: string, uri: string | null, load: Load): Promise<void> {
  if (kind === 'LOCAL') writeSqlite(path, load);
  else if (kind === 'FILE') writeFolder(path, load);
  else await writeMongo(path, uri!, load);
}

function openDatabase(path: string): Database.Database {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  return db;
}

function writeSqlite(path: string, { documents, entries }: Load): void {
  const db = openDatabase(path);
  applySchema(db, PROJECT_COLLECTIONS, 1, path);
  const insert = db.prepare(`insert into ${memories.name} (id, version, doc) values (?, ?, ?)`);
  const append = db.prepare(
    'insert into log (seq, at, actor, request, collection, record, version, operation, before, erased) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)',
  );
  const insertAll = db.transaction((batch: readonly RecordBase[]) => {
    for (const each of batch) insert.run(each.id, each.version, JSON.stringify(each));
  });
  const appendAll = db.transaction((batch: readonly LogEntry[]) => {
    for (const { seq, at, actor, requestId, collection, recordId, version, operation, before } of batch) {
      const image = before && JSON.stringify(before);
      append.run(seq, at, actor, requestId, collection, recordId, version, operation, image);
    }
  });
  for (const batch of batches(documents)) insertAll.immediate(batch);
  for (const batch of batches(entries)) appendAll.immediate(batch);
  db.close();
}

/** A file for each document, written next to its place and renamed, and a synced line of the log for each batch. */
function writeFolder(path: string, { documents, entries }: Load): void {
  const home = join(path, memories.name);
  const drafts = join(path, '.tmp');
  for (const folder of [home, drafts]) mkdirSync(folder, { recursive: true });
  const log = openSync(join(path, 'log.jsonl'), 'a');
  const append = (batch: readonly object[]) => {
    writeSync(log, `${JSON.stringify(batch)}\n`);
    fdatasyncSync(log);
  };
  const days = new Set<string>();
  for (const batch of batches(documents)) {
    append(batch);
    for (const each of batch) {
      const day = join(home, each.createdAt.slice(0, 10));
      if (!days.has(day)) mkdirSync(day, { recursive: true });
      days.add(day);
      const draft = join(drafts, each.id);
      writeFileSync(draft, `${JSON.stringify(each, null, 2)}\n`);
      renameSync(draft, join(day, `${each.id}.json`));
    }
  }
  for (const batch of batches(entries)) append(batch);
  closeSync(log);
}

async function writeMongo(name: string, uri: string, { documents, entries }: Load): Promise<void> {
  const client = new MongoClient(uri, { ignoreUndefined: true });
  const db = client.db(name);
  await ensureIndexes(db, indexesOf(PROJECT_COLLECTIONS));
  const options = { writeConcern: { w: 'majority' as const, journal: true } };
  const insert = (collection: string, batch: Document[]) =>
    client.withSession((session) =>
      session.withTransaction(() => db.collection(collection).insertMany(batch, { session }), options),
    );
  for (const batch of batches(documents))
    await insert(
      memories.name,
      batch.map(({ id, ...fields }) => ({ _id: id, project: name, ...fields })),
    );
  for (const batch of batches(entries))
    await insert(
      'log',
      batch.map((entry) => ({ project: name, ...entry })),
    );
  await client.close();
}

/** Writes an index of them: vectors as rows of float32, and the words of the contents by FTS5, a transaction for each batch. */
export function writeIndex(path: string, { documents, vectors }: Load): void {
  const db = openDatabase(path);
  db.exec(`
    create table vectors (memory text primary key, vector blob not null);
    create virtual table words using fts5(text, tokenize = "porter unicode61 remove_diacritics 2");
  `);
  const insert = db.prepare('insert into vectors values (?, ?)');
  const insertWords = db.prepare('insert into words (text) values (?)');
  const insertAll = db.transaction((batch: readonly RecordBase[]) => {
    for (const { id, content } of batch as readonly Memory[]) {
      const { buffer, byteOffset, byteLength } = vectors.get(id)!;
      insert.run(id, Buffer.from(buffer, byteOffset, byteLength));
      insertWords.run(content);
    }
  });
  for (const batch of batches(documents)) insertAll.immediate(batch);
  db.close();
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += BATCH) yield items.slice(start, start + BATCH);
}

/** All that a filled place has. */
export async function loadOf({ store }: Place, vectors: ReadonlyMap<string, Float32Array>): Promise<Load> {
  const all = Number.MAX_SAFE_INTEGER;
  return { documents: await store.scan(memories, null, all), entries: await store.log.read(0, all), vectors };
}
