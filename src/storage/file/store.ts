import { StoreError } from '../../domain/errors.js';
import type { SecretPolicy } from '../../domain/fields/redaction.js';
import type { LogEntry } from '../../domain/log-entry.js';
import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { RecordBase } from '../../domain/record.js';
import type { Turn } from '../../util/turn.js';
import type { AnySpec } from '../shared/collection-spec.js';
import { createStoreShell } from '../shared/store-shell.js';
import type { Reader } from '../sqlite/reader.js';
import type { Collection, CollectionSpec, Log, Store, StoreHealth } from '../store.js';
import { storeClosed } from '../store-errors.js';
import { openCacheStore } from './cache/cache-store.js';
import { createFreshness, SHARED } from './cache/freshness.js';
import { chooseLogStat } from './cache/log-stat.js';
import { layoutOf } from './documents/layout.js';
import type { FileWriter } from './writer.js';

export interface FileStoreOptions {
  /** The project's folder: its documents, its log. It belongs to the store and to people who edit documents. */
  readonly folder: string;
  /**
   * Path of the database that reads are answered from. It is outside the folder, and may be removed while the store is
   * closed.
   */
  readonly cache: string;
  readonly collections: readonly AnySpec[];
  /** The writer thread of the folders, which stores share. The store doesn't close it. */
  readonly writer: FileWriter;
  /** The project: a file that somebody adds must have one of its ids. Left out, any id of the right kind will do. */
  readonly projectId?: string | undefined;
  /** What is done about secrets in what people write, when the project has no policy of its own. Left out: redacted. */
  readonly secrets?: SecretPolicy | undefined;
  /** Makes the store, under this epoch, when there is none; left out, a missing folder is an error. */
  readonly create?: { readonly epoch: number } | undefined;
  /** Runs long reads in a thread of its own. Left out, all reads run on this thread. */
  readonly reader?: Reader | undefined;
  /** How often all files are scanned, in milliseconds, for changes that no watch reported. Left out: 30 s. */
  readonly scanInterval?: number | undefined;
  /** How long no file may change before missing ones are written again, in milliseconds. Left out: a second. */
  readonly repairQuiet?: number | undefined;
  /** The store's turns on this thread. Left out, it reads at once. */
  readonly turn?: Turn | undefined;
  /** Called with every statement that a read runs. For tests. */
  readonly onStatement?: ((sql: string) => void) | undefined;
}

/**
 * Plain files, one per record, and a log whose line is the commit; reads are answered from a SQLite database made of
 * them. What people write into the files is committed by `file edit`. @throws StoreError
 */
export async function createFileStore({
  folder,
  cache,
  collections,
  writer,
  projectId,
  secrets = 'REDACT',
  create,
  reader,
  scanInterval,
  repairQuiet,
  turn,
  onStatement,
}: FileStoreOptions): Promise<Store> {
  const shared = new SharedArrayBuffer(SHARED.length * Float64Array.BYTES_PER_ELEMENT);
  const files = await writer.open({
    folder,
    cache,
    specs: collections.map(({ name, fields, indexes, unique }) => ({ name, fields, indexes, unique })),
    projectId: projectId ?? null,
    secrets,
    create: create ?? null,
    shared,
    scanInterval,
    repairQuiet,
  });
  const logStat = await chooseLogStat({ path: layoutOf(folder).current, folder });
  const freshness = createFreshness(logStat, shared, files.refresh);
  const { collection, guarded, whileOpen, isClosed, close } = createStoreShell({
    place: folder,
    read,
    createCollection: createForwarding,
    release,
  });
  const cacheOptions = { folder, cache, collections, files, freshness, isClosed, reader, turn, onStatement };
  const cached = await openCacheStore(cacheOptions).catch(async (error: unknown) => {
    await files.close();
    throw error;
  });

  // — reading: from the cache, once it has what any process committed —

  /** Runs a read, and again when another cache has replaced this one meanwhile, or this one is damaged. */
  async function read<T>(work: () => Promise<T>): Promise<T> {
    await cached.bringUp();
    const { store } = cached;
    try {
      return await work();
    } catch (error) {
      if (isClosed()) throw storeClosed(folder);
      if (cached.store === store) {
        if (!isDamage(error)) throw error;
        await files.renew();
      }
      await cached.bringUp();
      return work();
    }
  }

  /** The collection of whichever cache is open. */
  function createForwarding<T extends RecordBase>(spec: CollectionSpec<T>): Collection<T> {
    const reads = () => cached.store.collection(spec);
    return {
      spec,
      get: (ids) => reads().get(ids),
      getFirst: (ids) => reads().getFirst(ids),
      list: (query) => reads().list(query),
      listByParents: (field, parents, query) => reads().listByParents(field, parents, query),
      count: (where, deleted) => reads().count(where, deleted),
      countByParents: (field, parents, greatest) => reads().countByParents(field, parents, greatest),
    };
  }

  const scan = <T extends RecordBase>(spec: CollectionSpec<T>, afterId: string | null, limit: number) =>
    cached.store.scan(spec, afterId, limit);
  const epoch = () => cached.store.epoch();
  const manifest = () => cached.store.manifest();

  // — committing: the cache's store writes to the files —

  const commit: Store['commit'] = whileOpen((changes, context) => cached.store.commit(changes, context));
  const importBatch: Store['import'] = whileOpen((batch, under) => cached.store.import(batch, under));

  // — following the log —

  async function* follow(after: LogPosition, signal: AbortSignal): AsyncGenerator<readonly LogEntry[]> {
    for (let position = after; !signal.aborted && !isClosed(); ) {
      try {
        await cached.bringUp();
      } catch (error) {
        if (isClosed()) return;
        throw error;
      }
      const { store } = cached;
      // It ends when the cache is rebuilt; then the new one is followed.
      for await (const entries of store.log.follow(position, signal)) {
        position = positionAfter(entries.at(-1)!);
        yield entries;
      }
      if (cached.store === store && !signal.aborted && !isClosed()) await cached.reopen();
    }
  }

  const logOf = () => cached.store.log;
  const log: Log = guarded({
    head: () => logOf().head(),
    holds: (position) => logOf().holds(position),
    read: (after, limit) => logOf().read(after, limit),
    readAfter: (after, limit) => logOf().readAfter(after, limit),
    list: (query) => logOf().list(query),
    listHeaders: (query) => logOf().listHeaders(query),
    ofEach: (recordIds, which, after) => logOf().ofEach(recordIds, which, after),
    image: (recordId, version) => logOf().image(recordId, version),
    follow,
  } satisfies Log);

  // — health and closing —

  async function health(): Promise<StoreHealth> {
    try {
      // A folder that hangs would hold up the writer's answer.
      await freshness.ensure();
      const problems = [...(await files.health()), ...(await read(() => cached.store.health())).problems];
      return { ok: problems.length === 0, problems };
    } catch (error) {
      return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
    }
  }

  async function release(): Promise<void> {
    await cached.close();
    await files.close();
  }

  return {
    ...guarded({ scan, epoch, manifest }),
    collection,
    commit,
    log,
    import: importBatch,
    setEpoch: whileOpen((from, to) => cached.store.setEpoch(from, to)),
    writeManifest: whileOpen((project) => cached.store.writeManifest(project)),
    trimLog: whileOpen((before) => cached.store.trimLog(before)),
    rewriteImages: whileOpen((images, under) => cached.store.rewriteImages(images, under)),
    health,
    close,
  };
}

/** A page that SQLite can't read, or a document that isn't JSON any more. */
function isDamage(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof StoreError && error.code === 'STORE_DAMAGED');
}
