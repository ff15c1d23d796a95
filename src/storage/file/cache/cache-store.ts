import { statSync } from 'node:fs';
import { StoreError } from '../../../domain/errors.js';
import type { Turn } from '../../../util/turn.js';
import { watchFolder } from '../../shared/change-signal.js';
import type { AnySpec } from '../../shared/collection-spec.js';
import type { Reader } from '../../sqlite/reader.js';
import { createSqliteStore } from '../../sqlite/store.js';
import type { Writer } from '../../sqlite/writer.js';
import type { Store } from '../../store.js';
import { storeClosed } from '../../store-errors.js';
import { layoutOf } from '../documents/layout.js';
import type { FolderWriter } from '../writer.js';
import type { Freshness } from './freshness.js';

/** The cache as a store, which writes to the files: another one once the cache was rebuilt. */
export interface CacheStore {
  /** The one that is open now. */
  readonly store: Store;
  /** Brings it up to what any process has committed. @throws StoreError also once the file store is closed */
  bringUp(): Promise<void>;
  /** Opens the current cache, and closes this one. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export interface CacheStoreOptions {
  readonly folder: string;
  readonly cache: string;
  readonly collections: readonly AnySpec[];
  readonly files: FolderWriter;
  readonly freshness: Freshness;
  /** Whether the file store is closed. */
  readonly isClosed: () => boolean;
  readonly reader: Reader | undefined;
  readonly turn: Turn | undefined;
  readonly onStatement: ((sql: string) => void) | undefined;
}

/** How often to open a cache that another process removes or replaces meanwhile. */
const ATTEMPTS = 5;

export async function openCacheStore(options: CacheStoreOptions): Promise<CacheStore> {
  const { folder, cache, collections, files, freshness, isClosed, reader, turn, onStatement } = options;
  const { log } = layoutOf(folder);
  let reopening: Promise<void> | null = null;
  let opened = await open();

  async function open(): Promise<{ readonly store: Store; readonly generation: number }> {
    for (let attempt = 1; ; attempt += 1) {
      const generation = freshness.generation();
      const store = await createSqliteStore({
        path: cache,
        collections,
        writer: writerThrough(files),
        reader,
        turn,
        onStatement,
        isKept: true,
        // A rebuilt cache closes this store, and its followers continue with the next.
        listen: (onSignal) => watchFolder(log, () => void bringUp().then(onSignal, () => undefined)),
      }).catch((error: unknown) => {
        // It may be there again by now.
        const wasMissing = error instanceof StoreError && error.code === 'STORE_UNAVAILABLE';
        const isMissing = !statSync(cache, { throwIfNoEntry: false });
        if (attempt === ATTEMPTS || !(wasMissing || isMissing)) throw error;
        return null;
      });
      const isCurrent = statSync(cache, { throwIfNoEntry: false })?.ino === freshness.cacheIno();
      if (store && (isCurrent || attempt === ATTEMPTS)) return { store, generation };
      // Another process removed it just now, or replaced it.
      await store?.close();
      await files.refresh();
    }
  }

  function reopen(): Promise<void> {
    reopening ??= (async () => {
      const { store } = opened;
      opened = await open();
      await store.close();
    })().finally(() => {
      reopening = null;
    });
    return reopening;
  }

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

  return {
    get store() {
      return opened.store;
    },
    bringUp,
    reopen,
    async close() {
      await reopening?.catch(() => undefined);
      await opened.store.close();
    },
  };
}

/** The folder as the writer of its cache's store: its writes go to the files first. */
function writerThrough(files: FolderWriter): Writer {
  return {
    open: async () => undefined,
    write: (_, write) => files.write(write),
    closeFile: async () => undefined,
    close: async () => undefined,
  };
}
