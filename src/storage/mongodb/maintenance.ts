import { RouteChangedError } from '../../domain/errors.js';
import type { RecordBase } from '../../domain/record.js';
import type { JsonObject } from '../../util/json/json.js';
import { encodeObject } from './bson.js';
import { ERASURE } from './commit/send.js';
import type { MongoWriter } from './commit/writer.js';
import type { MongoConnection } from './connection/connection.js';
import { MAX_TIME } from './connection/timeouts.js';
import { findHead, noSuchProject } from './log/head.js';
import { HEADS, LOG, type ProjectHead, type StoredEntry, TOUCH } from './schema.js';

/** Writes that aren't commits: to the head, and to the log's past. */
export interface Maintenance {
  setEpoch(from: number, to: number): Promise<boolean>;
  writeManifest(project: JsonObject): Promise<void>;
  trimLog(before: string): Promise<number>;
  rewriteImages(images: readonly RecordBase[], epoch: number): Promise<number>;
}

export interface MaintenanceOptions {
  readonly connection: MongoConnection;
  readonly project: string;
  readonly writer: MongoWriter;
}

/** How many entries' images are erased at a time. */
const TRIM_STEP = 1_000;

export function createMaintenance({ connection, project, writer }: MaintenanceOptions): Maintenance {
  const { db, reads } = connection;
  const heads = db.collection<ProjectHead>(HEADS);
  const log = db.collection<StoredEntry>(LOG);
  const filter = { _id: project };

  function setEpoch(from: number, to: number): Promise<boolean> {
    return writer.transact(async (session, isRepeat) => {
      const update = { $set: { epoch: to }, ...TOUCH };
      const { matchedCount } = await heads.updateOne({ ...filter, epoch: from }, update, { session });
      if (matchedCount > 0) return true;
      // An attempt with an unknown outcome may have done it; then this one's acknowledgement covers that.
      return isRepeat && (await heads.updateOne({ ...filter, epoch: to }, TOUCH, { session })).matchedCount > 0;
    });
  }

  async function writeManifest(manifest: JsonObject): Promise<void> {
    const update = { $set: { manifest: encodeObject(manifest) }, ...TOUCH };
    const isThere = await writer.transact(
      async (session) => (await heads.updateOne(filter, update, { session })).matchedCount > 0,
    );
    if (!isThere) throw noSuchProject(project, connection.place);
  }

  /** Step by step in the order of the log, each of which may be done twice: first the images, then the floor. */
  async function trimLog(before: string): Promise<number> {
    const { seq: last, floor: start } = await findHead(connection, project);
    let erased = 0;
    for (let floor = start; floor < last; ) {
      const to = await endOfStep(floor, last, before);
      if (to === floor) break;
      const step = { project, seq: { $gt: floor, $lte: to }, before: { $ne: null } };
      // Counted first: a second try would erase none.
      erased += await connection.run(() => log.countDocuments(step, { maxTimeMS: MAX_TIME }));
      await connection.run(() => log.updateMany(step, ERASURE));
      floor = to;
      await writer.transact(
        async (session) => (await heads.updateOne(filter, { $max: { floor }, ...TOUCH }, { session })).matchedCount > 0,
      );
    }
    return erased;
  }

  /**
   * Number of the last entry of the next step: of those scanned, the last one before an entry that is recent enough to
   * keep.
   */
  async function endOfStep(floor: number, last: number, before: string): Promise<number> {
    const range = { project, seq: { $gt: floor, $lte: last } };
    const options = { sort: { seq: 1 }, limit: TRIM_STEP, projection: { _id: 0, seq: 1, at: 1 } } as const;
    const entries = await connection.run(() =>
      reads
        .collection<StoredEntry>(LOG)
        .find(range, { ...options, batchSize: TRIM_STEP + 1, maxTimeMS: MAX_TIME })
        .toArray(),
    );
    const kept = entries.find(({ at }) => at >= before);
    return kept ? kept.seq - 1 : (entries.at(-1)?.seq ?? floor);
  }

  /** The image of a version is kept with the entry of the next one. */
  async function rewriteImages(images: readonly RecordBase[], epoch: number): Promise<number> {
    if (images.length === 0) return 0;
    let rewritten = 0;
    const updates = images.map((image) => ({
      updateMany: {
        filter: { project, record: image.id, version: image.version + 1, before: { $ne: null } },
        update: { $set: { before: encodeObject(image) } },
      },
    }));
    const isDone = await writer.transact(async (session) => {
      const { matchedCount } = await heads.updateOne({ ...filter, epoch }, TOUCH, { session });
      if (matchedCount === 0) return false;
      const { modifiedCount } = await log.bulkWrite(updates, { session, ordered: false });
      // A second try finds them rewritten.
      rewritten = Math.max(rewritten, modifiedCount);
      return true;
    });
    if (!isDone) throw new RouteChangedError((await findHead(connection, project)).epoch, epoch);
    return rewritten;
  }

  return { setEpoch, writeManifest, trimLog, rewriteImages };
}
