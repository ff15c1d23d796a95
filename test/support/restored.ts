import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type Document, MongoClient } from 'mongodb';
import type { StoreFactory } from '../contract/store.js';
import type { RestorableFactory } from '../contract/store-restored.js';
import type { Place } from '../migration/support/moves.js';
import type { Surroundings } from '../migration/support/places.js';
import { fileFactory } from './files/files.js';
import { mongoFactory } from './mongodb/stores.js';
import { sqliteFactory } from './sqlite.js';

/** Puts a file back as `sqlite3 … ".restore …"` does: into the existing file, in a transaction. */
export function restoringInto(factory: StoreFactory): RestorableFactory {
  return {
    ...factory,
    async copy(place) {
      const copy = `${place}.copy`;
      await backUp(place, copy);
      return () => backUp(copy, place);
    },
  };
}

/** Replaces the existing file, as `mv` does, with what SQLite keeps next to it. */
export function replacing(factory: StoreFactory): RestorableFactory {
  return {
    ...factory,
    async copy(place) {
      const copy = `${place}.copy`;
      await backUp(place, copy);
      return async () => {
        for (const suffix of ['', '-wal', '-shm']) rmSync(place + suffix, { force: true });
        cpSync(copy, place);
      };
    },
  };
}

async function backUp(from: string, to: string): Promise<void> {
  const db = new Database(from, { readonly: true });
  await db.backup(to);
  db.close();
}

/** Puts a folder back as `git checkout` does: file by file, files that differ are written again, later ones removed. */
export function checkingOut(factory: StoreFactory): RestorableFactory {
  return {
    ...factory,
    async copy(place) {
      const files = new Map(filesIn(place).map((path) => [path, readFileSync(join(place, path))]));
      return async () => {
        for (const path of filesIn(place)) if (!files.has(path)) rmSync(join(place, path));
        for (const [path, bytes] of files) {
          const file = join(place, path);
          if (existsSync(file) && readFileSync(file).equals(bytes)) continue;
          rmSync(file, { force: true });
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, bytes);
        }
      };
    },
  };
}

/** All that a person commits: not what the folder's `.gitignore` names. */
function filesIn(place: string): readonly string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !/^\.(lock|tmp)/.test(path) && statSync(join(place, path), { throwIfNoEntry: false })?.isFile(),
  );
}

/** Puts a project's documents back, collection by collection, as `mongorestore` does. */
export function restoringDocuments(factory: StoreFactory, uri: string, database: string): RestorableFactory {
  return {
    ...factory,
    async copy(project) {
      const inDatabase = async <T>(work: (collection: string, of: Document) => Promise<T>): Promise<void> => {
        const client = await new MongoClient(uri).connect();
        const db = client.db(database);
        for (const { name } of await db.listCollections().toArray())
          await work(name, { db, filter: name === 'heads' ? { _id: project } : { project } });
        await client.close();
      };
      const copies = new Map<string, Document[]>();
      await inDatabase(async (name, { db, filter }) => {
        copies.set(name, await db.collection(name).find(filter).toArray());
      });
      return () =>
        inDatabase(async (name, { db, filter }) => {
          await db.collection(name).deleteMany(filter);
          // A server that is running may have written one of them again since.
          for (const document of copies.get(name) ?? [])
            await db.collection(name).replaceOne({ _id: document._id }, document, { upsert: true });
        });
    },
  };
}

/** Takes a copy of the data of a project of a server. Returns how to put it back. */
export function copyOfProject(
  { folder, uri, database }: Surroundings,
  mode: Place['mode'],
  projectId: string,
): Promise<() => Promise<void>> {
  switch (mode) {
    case 'LOCAL':
      return restoringInto(sqliteFactory()).copy(join(folder, 'projects', projectId, 'store.db'));
    case 'FILE':
      return checkingOut(fileFactory()).copy(join(folder, 'files', projectId));
    case 'MONGODB':
      return restoringDocuments(mongoFactory(uri, database), uri, database).copy(projectId);
  }
}

/** The same of its catalog. */
export const copyOfCatalog = ({ folder }: Surroundings): Promise<() => Promise<void>> =>
  restoringInto(sqliteFactory()).copy(join(folder, 'catalog', 'store.db'));
