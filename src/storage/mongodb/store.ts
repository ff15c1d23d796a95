import { StoreError } from '../../domain/errors.js';
import type { LogEntry } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import { type JsonObject, sizeOf } from '../../util/json/json.js';
import type { AnySpec } from '../shared/collection-spec.js';
import { createLogTail, MAX_CHARACTERS } from '../shared/log-tail.js';
import { createStoreShell } from '../shared/store-shell.js';
import type { CollectionSpec, ImportBatch, Store, StoreHealth } from '../store.js';
import { storeClosed } from '../store-errors.js';
import { decodeObject, fromDocument } from './bson.js';
import { createCollection } from './collection.js';
import { createRecordCache } from './commit/record-cache.js';
import { createMongoWriter } from './commit/writer.js';
import type { MongoConnection } from './connection/connection.js';
import { MAX_TIME } from './connection/timeouts.js';
import { createImporter } from './import.js';
import { createHeadReader, findHead, requireHead } from './log/head.js';
import { createLog } from './log/log.js';
import { createLogReader } from './log/log-reader.js';
import { createMaintenance } from './maintenance.js';
import { FORMAT, HEADS, indexesOf, inspectIndexes, type ProjectHead } from './schema.js';

export interface MongoStoreOptions {
  /** Shared by stores. The store doesn't close it. */
  readonly connection: MongoConnection;
  readonly projectId: string;
  readonly collections: readonly AnySpec[];
  /** Makes the store, under this epoch, when there is none; left out, a missing one is an error. */
  readonly create?: { readonly epoch: number } | undefined;
  /** Called with every request that a read makes to the server. For tests. */
  readonly onStatement?: ((statement: string) => void) | undefined;
}

/** A project in a database of MongoDB: majority-committed, journaled transactions, one after the other. @throws StoreError */
export async function createMongoStore(options: MongoStoreOptions): Promise<Store> {
  const { connection, projectId, collections, create, onStatement = () => undefined } = options;
  const { reads, place } = connection;
  await connection.prepare(collections);
  await openHead(connection, projectId, create);
  const cache = createRecordCache();
  const { collection, guarded, whileOpen, isClosed, close } = createStoreShell({
    place,
    read,
    createCollection: (spec) =>
      createCollection({ spec, project: projectId, db: reads, onRead: cache.keep, onStatement }),
    release,
  });

  // — reading —

  /** Runs a read, and retries it when that helps. */
  function read<T>(work: () => Promise<T>): Promise<T> {
    return isClosed() ? Promise.reject(storeClosed(place)) : connection.run(work);
  }

  async function scan<T extends RecordBase>(
    spec: CollectionSpec<T>,
    afterId: string | null,
    limit: number,
  ): Promise<readonly T[]> {
    onStatement(`${spec.name}.find`);
    const filter = { project: projectId, _id: { $gt: afterId ?? '' } };
    const found = await reads
      .collection<{ _id: string }>(spec.name)
      .find(filter, { sort: { _id: 1 }, limit, batchSize: limit + 1, maxTimeMS: MAX_TIME })
      .toArray();
    return found.map((document) => fromDocument<T>(document));
  }

  const readHead = createHeadReader({ db: reads, project: projectId, onStatement });
  const head = async (): Promise<ProjectHead> => requireHead(await readHead(), projectId, place);

  const epoch = async (): Promise<number> => (await head()).epoch;

  async function manifest(): Promise<JsonObject | null> {
    const { manifest: stored } = await head();
    return stored && decodeObject(stored);
  }

  // — committing —

  const writer = createMongoWriter({
    connection,
    project: projectId,
    specs: collections,
    cache,
    onCommitted: (seq) => tail.advance(seq),
  });
  const maintenance = createMaintenance({ connection, project: projectId, writer });
  const importBatch = createImporter({ connection, project: projectId, specs: collections, writer });

  async function importNow(batch: ImportBatch, under: number): Promise<void> {
    try {
      await importBatch(batch, under);
    } finally {
      // It may have rewritten a version that was read before, or meanwhile.
      cache.clear();
    }
    tail.advance(batch.entries.reduce((seq, entry) => Math.max(seq, entry.seq), 0));
  }

  // — following the log —

  const logReader = createLogReader({ connection, project: projectId, onStatement });
  const tail = createLogTail({
    readEnd: () => connection.run(logReader.end),
    readAfter: async (position, limit) => (await connection.run(() => logReader.readAfter(position, limit))).map(sized),
    listen: ({ advance, found }) =>
      connection.heads.watch(projectId, (seq, isFound) => {
        writer.note(seq);
        (isFound ? found : advance)(seq);
      }),
    canLag: true,
  });
  const log = createLog({
    db: reads,
    project: projectId,
    tail,
    logReader,
    readHead,
    collections: collections.map(({ name }) => name),
    isClosed,
    run: connection.run,
    onStatement,
  });

  // — health and closing —

  async function health(): Promise<StoreHealth> {
    try {
      await read(head);
      const { missing: lacking } = await connection.run(() =>
        inspectIndexes(reads, indexesOf(collections), connection.unfinished),
      );
      const problems = lacking.map((name) => `The index ${name} is missing, so reads are slow. Repair rebuilds it.`);
      return { ok: problems.length === 0, problems };
    } catch (error) {
      return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
    }
  }

  async function release(): Promise<void> {
    tail.close();
    await writer.close();
  }

  return {
    ...guarded({ scan, epoch, manifest }),
    collection,
    commit: whileOpen((changes, context) => writer.commit({ changes, context })),
    log: guarded(log),
    // Not retried by `read`: these may not be done twice.
    import: whileOpen(importNow),
    setEpoch: whileOpen(maintenance.setEpoch),
    writeManifest: whileOpen(maintenance.writeManifest),
    trimLog: whileOpen(maintenance.trimLog),
    rewriteImages: whileOpen(maintenance.rewriteImages),
    health,
    close,
  };
}

const sized = (entry: LogEntry) => ({ entry, size: sizeOf(entry.before, MAX_CHARACTERS) });

/** Finds the project's head, or makes it. */
async function openHead(
  connection: MongoConnection,
  project: string,
  create: MongoStoreOptions['create'],
): Promise<void> {
  const { client, db, acknowledged, run, place } = connection;
  if (create) {
    const head: Omit<ProjectHead, '_id'> = { format: FORMAT, epoch: create.epoch, seq: 0, floor: 0, manifest: null };
    await run(() =>
      client.withSession(async (session) => {
        const heads = db.collection<ProjectHead>(HEADS);
        await heads.updateOne({ _id: project }, { $setOnInsert: head }, { upsert: true, session });
        acknowledged(session);
      }),
    );
  }
  const head = await findHead(connection, project);
  if (head.format > FORMAT)
    throw new StoreError(
      'STORE_TOO_NEW',
      `The project ${project} in MongoDB at ${place} has format ${head.format}, and this version of Mooring knows formats up to ${FORMAT}: a newer one wrote it.`,
      'Run the version of Mooring that wrote it, or a later one. Nothing was changed.',
    );
}
