import { statSync } from 'node:fs';
import { StoreError } from '../../domain/errors.js';
import type { LogEntry } from '../../domain/log-entry.js';
import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { RecordBase } from '../../domain/record.js';
import type { Turn } from '../../util/turn.js';
import { watchFolder } from '../shared/change-signal.js';
import type { AnySpec } from '../shared/spec.js';
import { createStoreShell } from '../shared/store-shell.js';
import type { Reader } from '../sqlite/reader.js';
import { createSqliteStore } from '../sqlite/store.js';
import type { Writer } from '../sqlite/writer.js';
import type { Collection, CollectionSpec, Log, Store, StoreHealth } from '../store.js';
import { storeClosed } from '../store-errors.js';
import { createFreshness, SHARED } from './cache/freshness.js';
import { chooseGlance } from './cache/log-stat.js';
import { layoutOf } from './documents/layout.js';
import type { FileWriter, FolderWriter } from './writer.js';

export interface FileStoreOptions {
  /** The project's folder: its documents, its log. It belongs to the store and to people who edit documents. */
  readonly folder: string;
  /** Path of the database that answers reads. It lies outside the folder, and may be removed while the store is closed. */
  readonly cache: string;
  readonly collections: readonly AnySpec[];
  /** The thread that keeps the folders. The store doesn't close it. */
  readonly writer: FileWriter;
  /** Which project it is: a file that somebody adds must have one of its ids. Left out, any id of the right kind will do. */
  readonly projectId?: string | undefined;
  /** Makes the store, under this epoch, when there is none; left out, a missing folder is an error. */
  readonly create?: { readonly epoch: number } | undefined;
  /** Reads in a thread of its own what would take long here. Left out, everything is read on this thread. */
  readonly reader?: Reader | undefined;
  /** How often all files are looked at, in milliseconds, for what no watch told of. Left out: 30 s. */
  readonly lookInterval?: number | undefined;
  /** The store's turns on this thread. Left out, it reads at once. */
  readonly turn?: Turn | undefined;
  /** Hears of every statement that a read runs. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/**
 * Plain files, one a record, and a log whose line is the commit; reads are answered by a SQLite database made from them.
 * What people write into the files is committed by `file edit`. @throws StoreError
 */
export async function createFileStore({
  folder,
  cache,
  collections,
  writer,
  projectId,
  create,
  reader: aside,
  lookInterval,
  turn,
  onStatement,
}: FileStoreOptions): Promise<Store> {
  const { current, log: logFolder } = layoutOf(folder);
  const shared = new SharedArrayBuffer(SHARED.length * Float64Array.BYTES_PER_ELEMENT);
  const files = await writer.open({
    folder,
    cache,
    specs: collections.map(({ name, fields, indexes, unique }) => ({ name, fields, indexes, unique })),
    projectId: projectId ?? null,
    create: create ?? null,
    shared,
    lookInterval,
  });
  const freshness = createFreshness(await chooseGlance({ path: current, folder }), shared, files.refresh);
  const { collection, guarded, whileOpen, isClosed, close } = createStoreShell({
    place: folder,
    read,
    createCollection: createForwarding,
    release,
  });
  let opened = await openReader().catch(async (error: unknown) => {
    await files.close();
    throw error;
  });

  // — reading: by the cache, once it has what any process committed —

  /** The cache as a store, which writes to the files. */
  async function openReader(): Promise<{ readonly store: Store; readonly generation: number }> {
    for (let attempt = 1; ; attempt += 1) {
      const generation = freshness.generation();
      const store = await createSqliteStore({
        path: cache,
        collections,
        writer: through(files),
        reader: aside,
        turn,
        onStatement,
        isKept: true,
        // Where the cache was made again, this one is closed for it, and those who follow go on with the other.
        listen: (onSignal) => watchFolder(logFolder, () => void bringUp().then(onSignal, () => undefined)),
      }).catch((error: unknown) => {
        if (attempt === 3 || statSync(cache, { throwIfNoEntry: false })) throw error;
        return null;
      });
      const isCurrent = statSync(cache, { throwIfNoEntry: false })?.ino === freshness.cacheIno();
      if (store && (isCurrent || attempt === 3)) return { store, generation };
      // Another process removed it just now, or replaced it.
      await store?.close();
      await files.refresh();
    }
  }

  let reopening: Promise<void> | null = null;
  function reopen(): Promise<void> {
    reopening ??= (async () => {
      const old = opened.store;
      opened = await openReader();
      await old.close();
    })().finally(() => {
      reopening = null;
    });
    return reopening;
  }

  /** Brings the reader up to what any process has committed. */
  async function bringUp(): Promise<void> {
    if (isClosed()) throw storeClosed(folder);
    try {
      await freshness.ensure();
      // What is opened once closing has begun would stay open.
      if (!isClosed() && opened.generation !== freshness.generation()) await reopen();
    } catch (error) {
      if (!isClosed()) throw error;
    }
    if (isClosed()) throw storeClosed(folder);
  }

  /** Runs a read on the reader, and again on another one that has taken its place meanwhile. */
  async function read<T>(work: () => Promise<T>): Promise<T> {
    await bringUp();
    const { store } = opened;
    try {
      return await work();
    } catch (error) {
      if (isClosed()) throw storeClosed(folder);
      if (opened.store === store) {
        if (!isDamage(error)) throw error;
        await files.renew();
      }
      await bringUp();
      return work();
    }
  }

  /** The collection of whichever store is the reader. */
  function createForwarding<T extends RecordBase>(spec: CollectionSpec<T>): Collection<T> {
    const reads = () => opened.store.collection(spec);
    return {
      spec,
      get: (ids) => reads().get(ids),
      list: (query) => reads().list(query),
      listByParents: (field, parents, query) => reads().listByParents(field, parents, query),
      count: (where, deleted) => reads().count(where, deleted),
      countByParents: (field, parents, greatest) => reads().countByParents(field, parents, greatest),
    };
  }

  // — committing: the reader's store writes to the files —

  const commit: Store['commit'] = whileOpen((changes, context) => opened.store.commit(changes, context));
  const importBatch: Store['import'] = whileOpen((batch, epoch) => opened.store.import(batch, epoch));

  // — following the log —

  async function* follow(after: LogPosition, signal: AbortSignal): AsyncGenerator<readonly LogEntry[]> {
    for (let position = after; !signal.aborted && !isClosed(); ) {
      try {
        await bringUp();
      } catch (error) {
        if (isClosed()) return;
        throw error;
      }
      const { store } = opened;
      // It ends when the cache is rebuilt; then the new one is followed.
      for await (const entries of store.log.follow(position, signal)) {
        position = positionAfter(entries.at(-1)!);
        yield entries;
      }
      if (opened.store === store && !signal.aborted && !isClosed()) await reopen();
    }
  }

  const logOf = () => opened.store.log;
  const log: Log = {
    head: () => logOf().head(),
    holds: (position) => logOf().holds(position),
    read: (after, limit) => logOf().read(after, limit),
    readAfter: (after, limit) => logOf().readAfter(after, limit),
    list: (query) => logOf().list(query),
    ofEach: (recordIds, which, after) => logOf().ofEach(recordIds, which, after),
    image: (recordId, version) => logOf().image(recordId, version),
    follow,
  };

  // — health and closing —

  async function health(): Promise<StoreHealth> {
    try {
      // A folder that hangs would hold up the writer's answer.
      await freshness.ensure();
      const problems = [...(await files.health()), ...(await read(() => opened.store.health())).problems];
      return { ok: problems.length === 0, problems };
    } catch (error) {
      return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
    }
  }

  async function release(): Promise<void> {
    await reopening?.catch(() => undefined);
    await opened.store.close();
    await files.close();
  }

  return {
    ...guarded({
      scan: <T extends RecordBase>(spec: CollectionSpec<T>, afterId: string | null, limit: number) =>
        opened.store.scan(spec, afterId, limit),
      epoch: () => opened.store.epoch(),
      manifest: () => opened.store.manifest(),
    }),
    collection,
    commit,
    log: guarded(log),
    import: importBatch,
    setEpoch: whileOpen((from, to) => opened.store.setEpoch(from, to)),
    writeManifest: whileOpen((project) => opened.store.writeManifest(project)),
    trimLog: whileOpen((before) => opened.store.trimLog(before)),
    health,
    close,
  };
}

/** A page that SQLite can't read, or a document that isn't JSON any more. */
function isDamage(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof StoreError && error.code === 'STORE_DAMAGED');
}

/** The folder as the writer of its cache's store: what that would write goes to the files first. */
function through(files: FolderWriter): Writer {
  return {
    open: async () => undefined,
    write: (_, change) => files.write(change),
    closeFile: async () => undefined,
    close: async () => undefined,
  };
}
