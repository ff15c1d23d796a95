import { statSync } from 'node:fs';
import { StoreError } from '../../domain/errors.js';
import type { LogEntry } from '../../domain/log-entry.js';
import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { RecordBase } from '../../domain/record.js';
import type { Turn } from '../../util/turn.js';
import { listenTo } from '../shared/change-signal.js';
import type { AnySpec } from '../shared/spec.js';
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
  let closing: Promise<void> | null = null;
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
        listen: (onRing) => listenTo(logFolder, () => void reader().then(onRing, () => undefined)),
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

  async function reader(): Promise<Store> {
    if (closing) throw storeClosed(folder);
    try {
      await freshness.ensure();
      // What is opened once closing has begun would stay open.
      if (!closing && opened.generation !== freshness.generation()) await reopen();
    } catch (error) {
      if (!closing) throw error;
    }
    if (closing) throw storeClosed(folder);
    return opened.store;
  }

  /** Null when the store was closed meanwhile: a follower ends then. */
  const findReader = (): Promise<Store | null> =>
    reader().catch((error: unknown) => (closing ? null : Promise.reject(error)));

  async function read<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const store = await reader();
    try {
      return await work(store);
    } catch (error) {
      if (closing) throw storeClosed(folder);
      if (opened.store !== store) return work(await reader());
      if (!isDamage(error)) throw error;
      await files.renew();
      return work(await reader());
    }
  }

  const byName = new Map<string, Collection<RecordBase>>();

  function collection<T extends RecordBase>(spec: CollectionSpec<T>): Collection<T> {
    let found = byName.get(spec.name) as unknown as Collection<T> | undefined;
    if (!found) {
      const of = <R>(work: (reads: Collection<T>) => Promise<R>) => read((store) => work(store.collection(spec)));
      found = {
        spec,
        get: (ids) => of((reads) => reads.get(ids)),
        list: (query) => of((reads) => reads.list(query)),
        listByParents: (field, parents, query) => of((reads) => reads.listByParents(field, parents, query)),
        count: (where, deleted) => of((reads) => reads.count(where, deleted)),
        countByParents: (field, parents, greatest) => of((reads) => reads.countByParents(field, parents, greatest)),
      };
      byName.set(spec.name, found as unknown as Collection<RecordBase>);
    }
    return found;
  }

  // — committing —

  function write<T>(work: (store: Store) => Promise<T>): Promise<T> {
    return closing ? Promise.reject(storeClosed(folder)) : work(opened.store);
  }

  // — following the log —

  async function* follow(after: LogPosition, signal: AbortSignal): AsyncGenerator<readonly LogEntry[]> {
    for (let position = after; !signal.aborted && !closing; ) {
      const store = await findReader();
      if (!store) return;
      // It ends when the cache is made anew; then the new one is followed.
      for await (const entries of store.log.follow(position, signal)) {
        position = positionAfter(entries.at(-1)!);
        yield entries;
      }
      if (opened.store === store && !signal.aborted && !closing) await reopen();
    }
  }

  const log: Log = {
    head: () => read((store) => store.log.head()),
    holds: (position) => read((store) => store.log.holds(position)),
    read: (after, limit) => read((store) => store.log.read(after, limit)),
    readAfter: (after, limit) => read((store) => store.log.readAfter(after, limit)),
    list: (query) => read((store) => store.log.list(query)),
    ofEach: (recordIds, which, after) => read((store) => store.log.ofEach(recordIds, which, after)),
    image: (recordId, version) => read((store) => store.log.image(recordId, version)),
    follow,
  };

  // — health and closing —

  async function health(): Promise<StoreHealth> {
    try {
      // A folder that hangs would hold up the writer's answer.
      await freshness.ensure();
      const problems = [...(await files.health()), ...(await read((store) => store.health())).problems];
      return { ok: problems.length === 0, problems };
    } catch (error) {
      return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
    }
  }

  function close(): Promise<void> {
    closing ??= (async () => {
      await reopening?.catch(() => undefined);
      await opened.store.close();
      await files.close();
    })();
    return closing;
  }

  return {
    collection,
    scan: (spec, afterId, limit) => read((store) => store.scan(spec, afterId, limit)),
    epoch: () => read((store) => store.epoch()),
    manifest: () => read((store) => store.manifest()),
    commit: (changes, context) => write((store) => store.commit(changes, context)),
    import: (batch, epoch) => write((store) => store.import(batch, epoch)),
    setEpoch: (from, to) => write((store) => store.setEpoch(from, to)),
    writeManifest: (project) => write((store) => store.writeManifest(project)),
    trimLog: (before) => write((store) => store.trimLog(before)),
    log,
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
