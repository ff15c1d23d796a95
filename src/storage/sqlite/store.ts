import type { RecordBase } from '../../domain/record.js';
import type { JsonObject } from '../../util/json.js';
import { atOnce, type Turn } from '../../util/turn.js';
import { listen } from '../shared/change-signal.js';
import { fitting } from '../shared/record-limits.js';
import type { AnySpec } from '../shared/spec.js';
import type { ChangeWrite, Write } from '../shared/writes.js';
import type {
  Change,
  Collection,
  CollectionSpec,
  CommitContext,
  Committed,
  ImportBatch,
  Store,
  StoreHealth,
} from '../store.js';
import { storeClosed } from '../store-errors.js';
import { createCollection } from './collection.js';
import { type Rows, toStoreError } from './connection.js';
import { createLog, endOf, holds, readEntries } from './log.js';
import { createOpenFile, inodeAt, noSuchFile } from './open-file.js';
import type { Sql } from './query.js';
import type { Reader } from './reader.js';
import { createTail } from './tail.js';
import type { Writer } from './writer.js';

export interface SqliteStoreOptions {
  /** The database file. Its folder belongs to the store. */
  readonly path: string;
  readonly collections: readonly AnySpec[];
  /** The writer thread, which stores share. The store doesn't close it. */
  readonly writer: Writer;
  /** Makes the file, under this epoch, when there is none; left out, a missing file is an error. */
  readonly create?: { readonly epoch: number } | undefined;
  /** Reads in a thread of its own what would take long here. Left out, everything is read on this thread. */
  readonly reader?: Reader | undefined;
  /** The store's turns on this thread. Left out, it reads at once. */
  readonly turn?: Turn | undefined;
  /** Hears of every statement that a read runs. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /** What keeps the file opens the store again when there is another file. Left out, the store notices that itself. */
  readonly isKept?: boolean | undefined;
  /** How to hear of other processes' commits; left out, by the database's doorbell. Returns how to stop. */
  readonly listen?: ((onRing: () => void) => () => void) | undefined;
}

/** SQLite, one file a store: WAL, fsynced commits in the writer thread, most reads on this one. @throws StoreError */
export async function createSqliteStore({
  path,
  collections,
  writer,
  create,
  reader,
  turn = atOnce,
  onStatement,
  isKept = false,
  listen: listenElsewhere,
}: SqliteStoreOptions): Promise<Store> {
  if (!create && inodeAt(path) === null) throw noSuchFile(path);
  await writer.open(path, collections, { epoch: create?.epoch ?? 0, create: create !== undefined });
  const file = await createOpenFile({
    path,
    prepare: () => writer.open(path, collections, { epoch: 0, create: false }),
    onStatement,
  }).catch(async (error: unknown) => {
    await writer.closeFile(path);
    throw error;
  });
  const { statement } = file;
  const isCurrent = () => isKept || file.isCurrent();
  let closing: Promise<void> | null = null;

  // — reading —

  const readAside =
    reader &&
    (async (sql: Sql, most?: number): Promise<Rows> => {
      // The reader would open the file again, for good.
      if (closing) throw storeClosed(path);
      onStatement?.(sql.text);
      return reader.read(path, sql, most);
    });

  const byName = new Map<string, Collection<RecordBase>>();

  function collection<T extends RecordBase>(spec: CollectionSpec<T>): Collection<T> {
    let found = byName.get(spec.name);
    if (!found) {
      found = guarded(createCollection(spec, statement, readAside)) as unknown as Collection<RecordBase>;
      byName.set(spec.name, found);
    }
    return found as unknown as Collection<T>;
  }

  async function scan<T extends RecordBase>(
    spec: CollectionSpec<T>,
    afterId: string | null,
    limit: number,
  ): Promise<readonly T[]> {
    const docs = statement(`select doc from ${spec.name} where id > ? order by id limit ?`)
      .pluck()
      .all(afterId ?? '', limit);
    return (docs as string[]).map((doc) => JSON.parse(doc) as T);
  }

  const epoch = async (): Promise<number> => statement('select epoch from head').pluck().get() as number;

  async function manifest(): Promise<JsonObject | null> {
    const doc = statement('select manifest from head').pluck().get() as string | null;
    return doc === null ? null : (JSON.parse(doc) as JsonObject);
  }

  // — committing —

  async function write(change: Write): Promise<number> {
    if (closing) throw storeClosed(path);
    // One that failed may have found that another was done.
    return writer.write(path, change).finally(file.lookAgain);
  }

  async function commit(changes: readonly Change[], context: CommitContext): Promise<Committed> {
    const seq = await write({ kind: 'commit', changes: changes.map(toWrite), context });
    tail.advance(seq);
    return { seq };
  }

  async function importBatch({ documents, entries, removed, floor }: ImportBatch, under: number): Promise<void> {
    const docs = documents.map(({ collection: name, document }) => ({
      collection: name,
      id: document.id,
      version: document.version,
      doc: fitting(document.id, () => JSON.stringify(document)),
    }));
    await write({ kind: 'import', documents: docs, entries, removed, floor, epoch: under });
    tail.advance(Math.max(0, ...entries.map(({ seq }) => seq)));
  }

  // — following the log —

  async function ring(onRing: () => void): Promise<void> {
    // The next read throws why it can't be opened.
    if (!closing && !isCurrent()) await file.renew().catch(() => undefined);
    onRing();
  }

  const tail = createTail({
    read: (after, limit) => readEntries(statement, after, limit),
    head: () => endOf(statement),
    holds: (position) => holds(statement, position),
    listen: (onRing) => (listenElsewhere ?? ((onBell) => listen(path, onBell)))(() => void ring(onRing)),
  });
  const log = guarded(
    createLog(
      statement,
      tail,
      collections.map(({ name }) => name),
      () => closing !== null,
    ),
  );

  // — health and closing —

  async function health(): Promise<StoreHealth> {
    try {
      const check = { text: 'pragma quick_check(5)', values: [] };
      const problems = readAside
        ? ((await readAside(check)).rows as string[])
        : (statement(check.text).pluck().all() as string[]);
      return problems[0] === 'ok' ? { ok: true, problems: [] } : { ok: false, problems };
    } catch (error) {
      return { ok: false, problems: [toStoreError(error, path).message] };
    }
  }

  function close(): Promise<void> {
    closing ??= (async () => {
      tail.close();
      file.close();
      await reader?.closeFile(path);
      await writer.closeFile(path);
    })();
    return closing;
  }

  /** Reads fail with the contract's errors, not SQLite's. */
  function guarded<O extends object>(reads: O): O {
    const entries = Object.entries(reads).map(([name, member]: [string, unknown]) => {
      if (typeof member !== 'function' || name === 'follow') return [name, member];
      return [
        name,
        async (...args: unknown[]) => {
          try {
            if (!closing && !isCurrent()) await file.renew();
            return await turn(() => member(...args) as unknown);
          } catch (error) {
            throw closing ? storeClosed(path) : isSqlite(error) ? toStoreError(error, path) : error;
          }
        },
      ];
    });
    return Object.fromEntries(entries) as O;
  }

  return {
    ...guarded({ scan, epoch, manifest }),
    collection,
    commit,
    log,
    import: importBatch,
    setEpoch: async (from, to) => (await write({ kind: 'epoch', from, to })) === 1,
    writeManifest: async (project) => void (await write({ kind: 'manifest', doc: JSON.stringify(project) })),
    trimLog: (before) => write({ kind: 'trim', before }),
    health,
    close,
  };
}

function toWrite(change: Change): ChangeWrite {
  if (change.kind !== 'put') return change;
  const { collection, operation, document } = change;
  return {
    kind: 'put',
    collection,
    id: document.id,
    version: document.version,
    operation,
    doc: JSON.stringify(document),
  };
}

function isSqlite(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError';
}
