import { StoreError } from '../../domain/errors.js';
import type { RecordBase } from '../../domain/record.js';
import type { JsonObject } from '../../util/json.js';
import type { AnySpec } from '../shared/spec.js';
import type { Change, Collection, CollectionSpec, CommitContext, Committed, Store, StoreHealth } from '../store.js';
import { storeClosed } from '../store-errors.js';
import { decodeObject, fromDocument } from './bson.js';
import { createCollection } from './collection.js';
import { createRecent } from './commit/record-cache.js';
import { createWriter } from './commit/writer.js';
import type { MongoConnection } from './connection/connection.js';
import { MAX_TIME } from './connection/timeouts.js';
import { createImporter } from './import.js';
import { createHeadReader, findHead, present } from './log/head.js';
import { createLog } from './log/log.js';
import { createPositions } from './log/positions.js';
import { createTail } from './log/tail.js';
import { createMoving } from './maintenance.js';
import { FORMAT, HEADS, type Head, indexesOf, inspectIndexes } from './schema.js';

export interface MongoStoreOptions {
  /** Which stores share. The store doesn't close it. */
  readonly connection: MongoConnection;
  readonly projectId: string;
  readonly collections: readonly AnySpec[];
  /** Makes the store, under this epoch, when there is none; left out, a missing one is an error. */
  readonly create?: { readonly epoch: number } | undefined;
  /** Hears of every request that a read makes to the server. */
  readonly onStatement?: ((statement: string) => void) | undefined;
}

/** A project in a database of MongoDB: majority-committed, journaled transactions, one after the other. @throws StoreError */
export async function createMongoStore(options: MongoStoreOptions): Promise<Store> {
  const { connection, projectId, collections, create, onStatement = () => undefined } = options;
  const { reads, place } = connection;
  await connection.prepare(collections);
  await openHead(connection, projectId, create);
  const recent = createRecent();
  let closing: Promise<void> | null = null;

  // — reading —

  const byName = new Map<string, Collection<RecordBase>>();

  function collection<T extends RecordBase>(spec: CollectionSpec<T>): Collection<T> {
    let found = byName.get(spec.name);
    if (!found) {
      const made = createCollection({ spec, project: projectId, db: reads, onRead: recent.keep, onStatement });
      found = guarded(made) as unknown as Collection<RecordBase>;
      byName.set(spec.name, found);
    }
    return found as unknown as Collection<T>;
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
  const head = async (): Promise<Head> => present(await readHead(), projectId, place);

  const epoch = async (): Promise<number> => (await head()).epoch;

  async function manifest(): Promise<JsonObject | null> {
    const { manifest: stored } = await head();
    return stored && decodeObject(stored);
  }

  // — committing —

  const writer = createWriter({
    connection,
    project: projectId,
    specs: collections,
    recent,
    onCommitted: (seq) => tail.advance(seq),
  });
  const moving = createMoving({ connection, project: projectId, writer });
  const importBatch = createImporter({ connection, project: projectId, specs: collections, writer });

  async function commit(changes: readonly Change[], context: CommitContext): Promise<Committed> {
    if (closing) throw storeClosed(place);
    return writer.commit({ changes, context });
  }

  // — following the log —

  const positions = createPositions({ connection, project: projectId, onStatement });
  const { end, readAfter } = positions;
  const tail = createTail({
    positions: {
      end: () => connection.run(end),
      readAfter: (after, limit) => connection.run(() => readAfter(after, limit)),
    },
    listen: (onHead) =>
      connection.heads.watch(projectId, (seq, isFound) => {
        writer.note(seq);
        onHead(seq, isFound);
      }),
  });
  const log = createLog({
    db: reads,
    project: projectId,
    tail,
    positions,
    readHead,
    collections: collections.map(({ name }) => name),
    isClosed: () => closing !== null,
    run: connection.run,
    onStatement,
  });

  // — health and closing —

  async function health(): Promise<StoreHealth> {
    try {
      await guarded({ head }).head();
      const { missing: lacking } = await connection.run(() =>
        inspectIndexes(reads, indexesOf(collections), connection.unfinished),
      );
      const problems = lacking.map((name) => `The index ${name} is missing, so reads are slow. Repair makes it again.`);
      return { ok: problems.length === 0, problems };
    } catch (error) {
      return { ok: false, problems: [error instanceof Error ? error.message : String(error)] };
    }
  }

  function close(): Promise<void> {
    closing ??= (async () => {
      tail.close();
      await writer.close();
    })();
    return closing;
  }

  /** Reads are tried again when that helps, and fail with the contract's errors. */
  function guarded<O extends object>(calls: O): O {
    const entries = Object.entries(calls).map(([name, member]: [string, unknown]) => {
      if (typeof member !== 'function' || name === 'follow') return [name, member];
      return [
        name,
        async (...args: unknown[]) => {
          if (closing) throw storeClosed(place);
          return connection.run(() => member(...args));
        },
      ];
    });
    return Object.fromEntries(entries) as O;
  }

  /** What isn't a read may not be done twice; it looks after itself. */
  function unlessClosed<A extends unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return async (...args) => {
      if (closing) throw storeClosed(place);
      return call(...args);
    };
  }

  return {
    ...guarded({ scan, epoch, manifest }),
    collection,
    commit,
    log: guarded(log),
    import: unlessClosed(async (batch, under) => {
      try {
        await importBatch(batch, under);
      } finally {
        // It may have written a version anew that was read before, or meanwhile.
        recent.clear();
      }
      tail.advance(batch.entries.reduce((seq, entry) => Math.max(seq, entry.seq), 0));
    }),
    setEpoch: unlessClosed(moving.setEpoch),
    writeManifest: unlessClosed(moving.writeManifest),
    trimLog: unlessClosed(moving.trimLog),
    health,
    close,
  };
}

/** Finds the project's head, or makes it. */
async function openHead(
  connection: MongoConnection,
  project: string,
  create: MongoStoreOptions['create'],
): Promise<void> {
  const { client, db, acknowledged, run, place } = connection;
  if (create) {
    const head: Omit<Head, '_id'> = { format: FORMAT, epoch: create.epoch, seq: 0, floor: 0, manifest: null };
    await run(() =>
      client.withSession(async (session) => {
        const heads = db.collection<Head>(HEADS);
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
