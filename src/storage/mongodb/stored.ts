import type { Document } from 'mongodb';
import type { JsonObject } from '../../domain/json.js';
import { PROJECT_COLLECTIONS } from '../collections.js';
import { decodeObject } from './bson.js';
import type { MongoConnection } from './connection.js';
import { EMBEDDINGS, HEADS, type Head, LEAVING, LOG, WRITERS } from './schema.js';

/** A project's store that lies in a database. */
export interface StoredHead {
  readonly projectId: string;
  /** The copy of its project's record; null when none was written. */
  readonly manifest: JsonObject | null;
  /** −∞ while it is being removed. */
  readonly epoch: number;
}

/** The projects that lie in the database, without those that are being removed. @throws StoreError */
export async function listStored({ reads, run }: MongoConnection): Promise<readonly StoredHead[]> {
  const heads = await run(() =>
    reads
      .collection<Head>(HEADS)
      .find({ isLeaving: { $ne: true } }, { sort: { _id: 1 } })
      .toArray(),
  );
  return heads.map(toStored);
}

/** One of them; null when there is none, not even one that is being removed. @throws StoreError */
export async function findStored({ reads, run }: MongoConnection, projectId: string): Promise<StoredHead | null> {
  const head = await run(() => reads.collection<Head>(HEADS).findOne({ _id: projectId }));
  return head && toStored(head);
}

const toStored = ({ _id, manifest, epoch }: Head): StoredHead => ({
  projectId: _id,
  manifest: manifest && decodeObject(manifest),
  epoch,
});

/** How many documents are removed at a time: each request stays well within its deadline. */
const STEP = 1_000;

/**
 * Removes everything of a project whose store is closed, its vectors too. Repeating it does nothing; what was broken off
 * is finished by repeating it, and until then the project can't be opened. @throws StoreError
 */
export async function destroyProject(connection: MongoConnection, project: string): Promise<void> {
  const { db, run } = connection;
  const heads = db.collection<Head>(HEADS);
  // Another process may still have its store open, and must write nothing behind us.
  await run(() => heads.updateOne({ _id: project }, { $set: LEAVING }));
  for (const name of [...PROJECT_COLLECTIONS.map((spec) => spec.name), EMBEDDINGS, LOG, WRITERS]) {
    const collection = db.collection<Document>(name);
    for (let removed = STEP; removed === STEP; ) {
      removed = await run(async () => {
        const found = await collection.find({ project }, { projection: { _id: 1 }, limit: STEP }).toArray();
        if (found.length > 0) await collection.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
        return found.length;
      });
    }
  }
  await run(() => heads.deleteOne({ _id: project }));
}
