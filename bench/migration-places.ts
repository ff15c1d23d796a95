import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedder } from '../src/embedding/embedder.js';
import { donorOf } from '../src/migration/route.js';
import type { OpenProject } from '../src/modes/contract.js';
import { createProjectSearch } from '../src/search/create-search.js';
import { PROJECT_COLLECTIONS } from '../src/storage/collections.js';
import { createFileStore } from '../src/storage/file/store.js';
import { createFileWriter } from '../src/storage/file/writer.js';
import { createMongoConnection } from '../src/storage/mongodb/connection/connection.js';
import { createMongoStore } from '../src/storage/mongodb/store.js';
import { createSqliteStore } from '../src/storage/sqlite/store.js';
import { createWriter } from '../src/storage/sqlite/writer.js';
import type { Store } from '../src/storage/store.js';
import { temporaryFolder } from '../test/support/machine/processes.js';
import { type MongoServer, startMongo } from '../test/support/mongodb/server.js';

export type Kind = 'LOCAL' | 'FILE' | 'MONGODB';

/** Epochs of both sides of a move. */
export const SOURCE_EPOCH = 1;
export const TARGET_EPOCH = -1;

/** A store created for a measurement. */
export interface Place {
  readonly kind: Kind;
  readonly store: Store;
  /** Its database file, its folder, or the id of its project and the name of its database. */
  readonly path: string;
  /** With a search, whose index lies in a file of its own. A donor has vectors already. */
  search(embedder: Embedder, donor?: OpenProject): Promise<SearchedPlace>;
  close(): Promise<void>;
}

export interface SearchedPlace extends OpenProject {
  readonly indexPath: string;
  close(): Promise<void>;
}

export interface Places {
  readonly folder: string;
  /** Starts on first use. */
  mongo(): Promise<MongoServer>;
  open(kind: Kind, epoch: number): Promise<Place>;
  close(): Promise<void>;
}

/** Stores of every kind, in a folder that is removed on close. */
export async function createPlaces(): Promise<Places> {
  const folder = await temporaryFolder();
  const writer = createWriter();
  const files = createFileWriter();
  let starting: Promise<MongoServer> | null = null;
  let made = 0;
  const mongo = () => {
    starting ??= startMongo();
    return starting;
  };

  async function openStore(kind: Kind, epoch: number, path: string): Promise<readonly [Store, () => Promise<void>]> {
    const collections = PROJECT_COLLECTIONS;
    const create = { epoch };
    if (kind === 'LOCAL') return [await createSqliteStore({ path, collections, writer, create }), async () => {}];
    if (kind === 'FILE') {
      const cache = `${path}.cache/files.db`;
      return [await createFileStore({ folder: path, cache, collections, writer: files, create }), async () => {}];
    }
    const settings = { connectionString: (await mongo()).uri, database: path, maxPoolSize: 10, allowPlaintext: [] };
    const connection = createMongoConnection({ settings });
    return [await createMongoStore({ connection, projectId: path, collections, create }), connection.close];
  }

  return {
    folder: folder.path,
    mongo,
    async open(kind, epoch) {
      made += 1;
      const path =
        kind === 'MONGODB' ? `prj_${made}` : join(folder.path, `${made}`, kind === 'LOCAL' ? 'store.db' : '');
      if (kind !== 'MONGODB') mkdirSync(join(folder.path, `${made}`));
      const indexPath = join(folder.path, `search-${made}.db`);
      const [store, closeConnection] = await openStore(kind, epoch, path);
      return {
        kind,
        store,
        path,
        async search(embedder, donor) {
          const search = createProjectSearch({ store, embedder, path: indexPath, donor: donor && donorOf(donor) });
          return { store, search, indexPath, close: search.close };
        },
        async close() {
          await store.close();
          await closeConnection();
        },
      };
    },
    async close() {
      await writer.close();
      await files.close();
      await (await starting)?.stop();
      await folder.remove();
    },
  };
}
