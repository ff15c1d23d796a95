import type { Document } from 'mongodb';
import { RouteChangedError } from '../../domain/errors.js';
import type { JsonObject } from '../../util/json/json.js';
import { PROJECT_COLLECTIONS } from '../collections.js';
import { decodeObject } from './bson.js';
import { createRecordCache } from './commit/record-cache.js';
import { createMongoWriter } from './commit/writer.js';
import type { MongoConnection } from './connection/connection.js';
import { EMBEDDINGS, HEADS, LEAVING, LOG, type ProjectHead, TOUCH, WRITERS } from './schema.js';

/** The head of a project's store in a database. */
export interface StoredHead {
  readonly projectId: string;
  /** The copy of its project's record; null when none was written. */
  readonly manifest: JsonObject | null;
  /** −∞ while it is being removed. */
  readonly epoch: number;
}

/** The projects in the database, without those that are being removed. @throws StoreError */
export async function listProjects({ reads, run }: MongoConnection): Promise<readonly StoredHead[]> {
  const heads = await run(() =>
    reads
      .collection<ProjectHead>(HEADS)
      .find({ isLeaving: { $ne: true } }, { sort: { _id: 1 } })
      .toArray(),
  );
  return heads.map(toStored);
}

/** One of them, also while it is being removed; null when there is none. @throws StoreError */
export async function findProject({ reads, run }: MongoConnection, projectId: string): Promise<StoredHead | null> {
  const head = await run(() => reads.collection<ProjectHead>(HEADS).findOne({ _id: projectId }));
  return head && toStored(head);
}

const toStored = ({ _id, manifest, epoch }: ProjectHead): StoredHead => ({
  projectId: _id,
  manifest: manifest && decodeObject(manifest),
  epoch,
});

/** How many documents are removed at a time: each request stays well within its deadline. */
const STEP = 1_000;

/**
 * Removes everything of a project whose store is closed, its vectors too. Repeating it does nothing; an interrupted
 * removal is finished by repeating it, and until then the project can't be opened.
 * @param epoch only the store under this epoch, −∞: only what is being removed already; left out, any
 * @throws RouteChangedError when it is under another epoch: nothing is removed then
 * @throws StoreError
 */
export async function destroyProject(connection: MongoConnection, project: string, epoch?: number): Promise<void> {
  const { db, run } = connection;
  const heads = db.collection<ProjectHead>(HEADS);
  const asked = { _id: project, ...(epoch === undefined ? {} : { epoch }) };
  // Another process may still have its store open, and must write nothing after this.
  const { matchedCount } = await run(() => heads.updateOne(asked, { $set: LEAVING }));
  if (matchedCount === 0) {
    const found = await findProject(connection, project);
    // An attempt whose answer was lost may have done it; then the removal is finished.
    if (found && found.epoch !== LEAVING.epoch) throw new RouteChangedError(found.epoch, epoch ?? found.epoch);
  }
  const names = [...PROJECT_COLLECTIONS.map((spec) => spec.name), EMBEDDINGS, LOG];
  if (!(await removeDocuments(connection, project, names))) return;
  await run(() => db.collection<Document>(WRITERS).deleteMany({ project }));
  await run(() => heads.deleteOne({ _id: project, isLeaving: true }));
}

/**
 * Step by step, each in a transaction that writes the head, so that none is done after another process has finished the
 * removal and made the project again. @returns whether it is still being removed
 */
async function removeDocuments(
  connection: MongoConnection,
  project: string,
  names: readonly string[],
): Promise<boolean> {
  const { db } = connection;
  const writer = createMongoWriter({
    connection,
    project,
    specs: [],
    cache: createRecordCache(),
    onCommitted: () => {},
  });
  try {
    for (const name of names) {
      const collection = db.collection<Document>(name);
      for (let removed = STEP; removed === STEP; ) {
        const isLeaving = await writer.transact(async (session) => {
          const leaving = { _id: project, isLeaving: true };
          const { matchedCount } = await db.collection<ProjectHead>(HEADS).updateOne(leaving, TOUCH, { session });
          if (matchedCount === 0) return false;
          const options = { projection: { _id: 1 }, limit: STEP, session } as const;
          const found = await collection.find({ project }, options).toArray();
          if (found.length > 0) await collection.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } }, { session });
          removed = found.length;
          return true;
        });
        if (!isLeaving) return false;
      }
    }
    return true;
  } finally {
    await writer.close();
  }
}
