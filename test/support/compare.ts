import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, expect } from 'vitest';
import type { LogEntry } from '../../src/domain/log-entry.js';
import type { RecordBase } from '../../src/domain/record.js';
import { PROJECT_COLLECTIONS } from '../../src/storage/collections.js';
import { createFileStore } from '../../src/storage/file/store.js';
import { createFileWriter, type FileWriter } from '../../src/storage/file/writer.js';
import { createMongoConnection } from '../../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../../src/storage/mongodb/store.js';
import { createSqliteStore } from '../../src/storage/sqlite/store.js';
import { createWriter, type Writer } from '../../src/storage/sqlite/writer.js';
import type { CollectionSpec, Store } from '../../src/storage/store.js';

/** A project's stored data, opened next to the server that uses it, so that two places can be compared record by record. */

/** Where a project's data is: a database file, a folder, or a database of a server. */
export type Lies =
  | { readonly mode: 'LOCAL'; readonly path: string }
  | { readonly mode: 'FILE'; readonly folder: string }
  | { readonly mode: 'MONGODB'; readonly uri: string; readonly database: string; readonly projectId: string };

/** Everything that a place holds of a project. */
export interface Held {
  /** By `collection id`: the whole record as text, its fields in the order of their names. */
  readonly documents: ReadonlyMap<string, string>;
  /** The log's entries with the images before them, by number. */
  readonly entries: ReadonlyMap<number, string>;
  /** `collection id` of what was purged, until now: no place holds more of it than that. */
  readonly purged: ReadonlySet<string>;
  /** Of those, what was purged up to the entry in question: nothing of it may remain. */
  readonly gone: ReadonlySet<string>;
  readonly seq: number;
  readonly floor: number;
  readonly epoch: number;
  /** SHA-256 over all documents and entries, in order. */
  readonly digest: string;
}

let threads: { readonly sqlite: Writer; readonly file: FileWriter } | null = null;
afterAll(() => Promise.all([threads?.sqlite.close(), threads?.file.close()]));
const writers = () => {
  threads ??= { sqlite: createWriter(), file: createFileWriter() };
  return threads;
};

/**
 * Opens the data there with a driver and threads of its own, as another process would, and closes it
 * after the work.
 * @throws StoreError when nothing is stored there
 */
export async function withStore<T>(lies: Lies, work: (store: Store) => Promise<T>): Promise<T> {
  const closers: (() => Promise<unknown>)[] = [];
  const keep = <S extends { close(): Promise<unknown> }>(opened: S): S => {
    closers.push(() => opened.close());
    return opened;
  };
  const collections = PROJECT_COLLECTIONS;
  const open = async (): Promise<Store> => {
    if (lies.mode === 'LOCAL') {
      return keep(await createSqliteStore({ path: lies.path, collections, writer: writers().sqlite }));
    }
    if (lies.mode === 'FILE') {
      const cache = join(tmpdir(), `mooring-compare-${randomUUID()}`);
      closers.push(() => rm(cache, { recursive: true, force: true }));
      const options = { folder: lies.folder, cache: join(cache, 'files.db'), collections, writer: writers().file };
      return keep(await createFileStore(options));
    }
    const { uri, database, projectId } = lies;
    const settings = { connectionString: uri, database, maxPoolSize: 4, allowPlaintext: [] };
    const connection = keep(createMongoConnection({ settings }));
    return keep(await createMongoStore({ connection, projectId, collections }));
  };
  try {
    return await work(await open());
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

/**
 * Reads everything of a place as it was after an entry of the log (left out: the last one), even while others write: as
 * far as what was purged since allows, for that is left out of the documents, and its entries have no images.
 */
export function readHeld(lies: Lies, last = Number.POSITIVE_INFINITY): Promise<Held> {
  return withStore(lies, async (store) => {
    const { seq, floor } = await store.log.head();
    const upTo = Math.min(last, seq);
    const documents = new Map<string, string>();
    for (const spec of PROJECT_COLLECTIONS as readonly unknown[] as readonly CollectionSpec<RecordBase>[]) {
      for await (const document of scanAll(store, spec)) documents.set(`${spec.name} ${document.id}`, text(document));
    }
    const entries = new Map<number, string>();
    const purged = new Set<string>();
    const gone = new Set<string>();
    const restored = new Set<string>();
    for await (const entry of readLog(store)) {
      const key = `${entry.collection} ${entry.recordId}`;
      if (entry.operation === 'PURGE') purged.add(key);
      if (entry.operation === 'PURGE' && entry.seq <= upTo) gone.add(key);
      if (entry.seq <= upTo) {
        entries.set(entry.seq, text(entry));
      } else if (!restored.has(key)) {
        // The image before the first later entry is what the record was then.
        restored.add(key);
        if (entry.before) documents.set(key, text(entry.before));
        else documents.delete(key);
      }
    }
    const epoch = await store.epoch();
    return { documents, entries, purged, gone, seq, floor, epoch, digest: digestOf(documents, entries) };
  });
}

async function* scanAll(store: Store, spec: CollectionSpec<RecordBase>): AsyncGenerator<RecordBase> {
  for (let after: string | null = null; ; ) {
    const found: readonly RecordBase[] = await store.scan(spec, after, 500);
    yield* found;
    if (found.length < 500) return;
    after = found.at(-1)!.id;
  }
}

async function* readLog(store: Store): AsyncGenerator<LogEntry> {
  for (let after = 0; ; ) {
    const found: readonly LogEntry[] = await store.log.read(after, 500);
    yield* found;
    if (found.length === 0) return;
    after = found.at(-1)!.seq;
  }
}

/** What differs between what two places held after the same entry, a line each; empty when nothing does. */
export function differences(one: Held, other: Held): readonly string[] {
  const found: string[] = [];
  const purged = new Set([...one.purged, ...other.purged]);
  for (const key of new Set([...one.documents.keys(), ...other.documents.keys()])) {
    const [left, right] = [one.documents.get(key), other.documents.get(key)];
    if (one.gone.has(key) || other.gone.has(key))
      found.push(`${key} was purged: ${left ?? 'nothing'} | ${right ?? 'nothing'}`);
    if (purged.has(key)) continue;
    if (left !== right) found.push(`${key}: ${left ?? 'nothing'} | ${right ?? 'nothing'}`);
  }
  for (const seq of new Set([...one.entries.keys(), ...other.entries.keys()])) {
    const [left, right] = [one.entries.get(seq), other.entries.get(seq)].map(
      (entry) => entry && without(entry, purged),
    );
    if (left !== right) found.push(`log ${seq}: ${left ?? 'nothing'} | ${right ?? 'nothing'}`);
  }
  return found;
}

/** An entry without the image that a purge on one side may have taken already. */
function without(entry: string, purged: ReadonlySet<string>): string {
  const parsed = JSON.parse(entry) as LogEntry;
  if (!purged.has(`${parsed.collection} ${parsed.recordId}`)) return entry;
  return text({ ...parsed, before: null, isErased: true });
}

/** Names of everything that a place still has of a project; empty when nothing is left of it. */
export async function remains(lies: Lies, caches: readonly string[] = []): Promise<readonly string[]> {
  const left = caches.filter((path) => existsSync(path));
  if (lies.mode === 'LOCAL') return [...left, ...(existsSync(lies.path) ? [lies.path] : [])];
  if (lies.mode === 'FILE') {
    const root = join(lies.folder, '..');
    const names = existsSync(root) ? await readdir(root) : [];
    return [...left, ...names.filter((name) => name.includes(basename(lies.folder)))];
  }
  const client = await MongoClient.connect(lies.uri);
  try {
    const db = client.db(lies.database);
    for (const { name } of await db.listCollections().toArray()) {
      const mine = { $or: [{ project: lies.projectId }, { _id: lies.projectId as never }] };
      const count = await db.collection(name).countDocuments(mine);
      if (count > 0) left.push(`${name}: ${count}`);
    }
    return left;
  } finally {
    await client.close();
  }
}

/** Resolves when nothing is left of a project at a place. What couldn't be removed at once is tried again after a minute. */
export async function untilNothingRemains(lies: Lies): Promise<void> {
  await expect.poll(() => remains(lies), { timeout: 120_000 }).toEqual([]);
}

function digestOf(documents: ReadonlyMap<string, string>, entries: ReadonlyMap<number, string>): string {
  const hash = createHash('sha256');
  for (const key of [...documents.keys()].sort()) hash.update(`${key} ${documents.get(key)}\n`);
  for (const seq of [...entries.keys()].sort((a, b) => a - b)) hash.update(`${seq} ${entries.get(seq)}\n`);
  return hash.digest('hex');
}

/** A value as JSON whose fields are in the order of their names. */
function text(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
