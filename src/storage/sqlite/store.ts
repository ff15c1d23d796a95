import { isSamePosition } from '../../domain/log-position.js';
import type { RecordBase } from '../../domain/record.js';
import type { JsonObject } from '../../util/json/json.js';
import { atOnce, type Turn } from '../../util/turn.js';
import { watchSignal } from '../shared/change-signal.js';
import type { AnySpec } from '../shared/collection-spec.js';
import { createLogTail } from '../shared/log-tail.js';
import { withinLimits } from '../shared/record-limits.js';
import { createStoreShell } from '../shared/store-shell.js';
import type { ChangeWrite, StoreWrite } from '../shared/writes.js';
import type { Change, CollectionSpec, CommitContext, Committed, ImportBatch, Store, StoreHealth } from '../store.js';
import { storeClosed } from '../store-errors.js';
import { createCollection } from './collection.js';
import { type Rows, toStoreError } from './connection.js';
import { createLog, endOf, readAfter } from './log.js';
import { createOpenFile, inodeAt, noSuchFile } from './open-file.js';
import type { Sql } from './query.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

export interface SqliteStoreOptions {
  /** The database file. Its folder belongs to the store. */
  readonly path: string;
  readonly collections: readonly AnySpec[];
  /** The writer thread, which stores share. The store doesn't close it. */
  readonly writer: Writer;
  /** Makes the file, under this epoch, when there is none; left out, a missing file is an error. */
  readonly create?: { readonly epoch: number } | undefined;
  /** Runs long reads in a thread of its own. Left out, all reads run on this thread. */
  readonly reader?: Reader | undefined;
  /** The store's turns on this thread. Left out, it reads at once. */
  readonly turn?: Turn | undefined;
  /** Called with every statement that a read runs. For tests. */
  readonly onStatement?: ((sql: string) => void) | undefined;
  /**
   * Whether the owner of the file reopens the store when the file is replaced. Left out, the store notices that itself.
   */
  readonly isKept?: boolean | undefined;
  /** How to listen for other processes' commits; left out, by the database's change signal. Returns how to stop. */
  readonly listen?: ((onSignal: () => void) => () => void) | undefined;
}

/** SQLite, one file per store: WAL, fsynced commits in the writer thread, most reads on this one. @throws StoreError */
export async function createSqliteStore({
  path,
  collections,
  writer,
  create,
  reader,
  turn = atOnce,
  onStatement,
  isKept = false,
  listen = (onSignal) => watchSignal(path, onSignal),
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
  const { collection, guarded, whileOpen, isClosed, close } = createStoreShell({
    place: path,
    read,
    createCollection: (spec) => createCollection(spec, statement, readAside),
    release,
  });

  // — reading —

  /** Runs a read on the file at the path. */
  async function read<T>(work: () => Promise<T>): Promise<T> {
    try {
      if (!isClosed() && !isCurrent()) await file.renew();
      return await turn(work);
    } catch (error) {
      throw isClosed() ? storeClosed(path) : isSqlite(error) ? toStoreError(error, path) : error;
    }
  }

  const readAside =
    reader &&
    (async (sql: Sql, most?: number): Promise<Rows> => {
      // The reader would open the file again, and keep it open.
      if (isClosed()) throw storeClosed(path);
      onStatement?.(sql.text);
      return reader.read(path, sql, most);
    });

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

  // A write that failed may have found that another succeeded.
  const write = whileOpen((asked: StoreWrite) => writer.write(path, asked).finally(file.checkAgain));

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
      doc: withinLimits(document.id, () => JSON.stringify(document)),
    }));
    await write({ kind: 'import', documents: docs, entries, removed, floor, epoch: under });
    tail.advance(Math.max(0, ...entries.map(({ seq }) => seq)));
  }

  async function rewriteImages(images: readonly RecordBase[], under: number): Promise<number> {
    if (images.length === 0) return 0;
    const docs = images.map((image) => ({ id: image.id, version: image.version, doc: JSON.stringify(image) }));
    return write({ kind: 'images', images: docs, epoch: under });
  }

  // — following the log —

  /** Called when another process signals a commit, and once a second. */
  async function check(): Promise<void> {
    // If it can't be opened, the next read throws why.
    if (!isClosed() && !isCurrent()) await file.renew().catch(() => undefined);
    try {
      const end = endOf(statement);
      if (!isSamePosition(end, tail.end())) tail.found(end.seq);
    } catch {
      // It is being closed, or can't be read now: followers learn of it when they read next.
    }
  }

  const tail = createLogTail({
    readEnd: () => endOf(statement),
    readAfter: (position, limit) => readAfter(statement, position, limit),
    listen: () => listen(() => void check()),
  });
  const names = collections.map(({ name }) => name);
  const log = guarded(createLog(statement, tail, names, isClosed));

  // — health and closing —

  async function health(): Promise<StoreHealth> {
    try {
      const sql = { text: 'pragma quick_check(5)', values: [] };
      const problems = readAside
        ? ((await readAside(sql)).rows as string[])
        : (statement(sql.text).pluck().all() as string[]);
      return problems[0] === 'ok' ? { ok: true, problems: [] } : { ok: false, problems };
    } catch (error) {
      return { ok: false, problems: [toStoreError(error, path).message] };
    }
  }

  async function release(): Promise<void> {
    tail.close();
    file.close();
    await reader?.closeFile(path);
    await writer.closeFile(path);
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
    rewriteImages,
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
