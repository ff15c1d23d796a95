import type { ClientSession, Collection } from 'mongodb';
import type { HeldMemory, IndexedMemory, PassageVector } from '../vectors/vector-index.js';
import { WORK_MS, within } from './deadline.js';
import {
  type FoundPassage,
  type PassageDocument,
  toDocuments,
  type VectorScope,
  WITHOUT_VECTOR,
} from './passage-document.js';
import { inOrder, replacing } from './replacement.js';
import type { AtlasSupport } from './support.js';

/** The vectors of one project, stored durably in MongoDB. */
export interface VectorArchive {
  /** Adds or replaces each memory as a whole. Passages that exist unchanged are left alone. */
  add(memories: readonly IndexedMemory[]): Promise<readonly PassageDocument[]>;
  remove(ids: readonly string[]): Promise<void>;
  erase(ids: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  get(ids: readonly string[]): Promise<readonly (HeldMemory | null)[]>;
  held(): Promise<ReadonlyMap<string, string>>;
  read(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>>;
}

export interface VectorArchiveOptions {
  readonly collection: Collection<PassageDocument>;
  readonly scope: VectorScope;
  readonly dimensions: number;
  readonly support: Pick<AtlasSupport, 'prepare' | 'now'>;
  /** Aborts current requests. */
  readonly signal: AbortSignal;
}

/** Passages per transaction; MongoDB advises against more than 1,000 documents. */
const PASSAGES_AT_A_TIME = 1_000;
/** Ids, or hashes, per request. */
const NAMED_AT_A_TIME = 500;
/** `DuplicateKey`: another process has just added the same, or another content of the memory. */
const DUPLICATE = 11_000;
const ADD_ATTEMPTS = 3;
const DURABLE = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } } as const;

export function createVectorArchive({
  collection,
  scope,
  dimensions,
  support,
  signal,
}: VectorArchiveOptions): VectorArchive {
  const { project, model } = scope;

  // — writing —

  async function add(memories: readonly IndexedMemory[]): Promise<readonly PassageDocument[]> {
    for (const { id, vectors } of memories) {
      const wrong = vectors.find(({ vector }) => vector.length !== dimensions || !vector.every(Number.isFinite));
      if (wrong) throw new RangeError(`A vector of ${id} isn't ${dimensions} numbers.`);
    }
    await support.prepare();
    const written: PassageDocument[] = [];
    for (const some of inTransactions(memories)) written.push(...(await addSome(some)));
    return written;
  }

  async function addSome(memories: readonly IndexedMemory[]): Promise<readonly PassageDocument[]> {
    const documents = memories.map((memory) => toDocuments(scope, memory, support.now()));
    for (let attempt = 1; ; attempt += 1) {
      try {
        await transact(async (session) => {
          const stored = await findStored(memories, session);
          const operations = inOrder(
            memories.map((memory, index) => replacing(memory, documents[index]!, stored.get(memory.id) ?? [])),
          );
          if (operations.length > 0) await collection.bulkWrite(operations, { session });
        });
        return documents.flat();
      } catch (error) {
        const isDuplicate = ((error as Error).cause as { code?: unknown } | undefined)?.code === DUPLICATE;
        if (!isDuplicate || attempt === ADD_ATTEMPTS) throw error;
      }
    }
  }

  /** Transactions that timed out here may still be running. */
  let stragglers: Promise<unknown> = Promise.resolve();

  async function transact(work: (session: ClientSession) => Promise<void>): Promise<void> {
    await within(WORK_MS, signal, ({ signal: limit }) => {
      const done = collection.db.client.withSession((session) =>
        session.withTransaction(() => {
          // The driver retries for two minutes, even when nobody waits any more.
          limit.throwIfAborted();
          return work(session);
        }, DURABLE),
      );
      stragglers = Promise.allSettled([stragglers, done]);
      return done;
    });
  }

  async function findStored(
    memories: readonly IndexedMemory[],
    session: ClientSession,
  ): Promise<ReadonlyMap<string, readonly FoundPassage[]>> {
    const filter = { project, memory: { $in: memories.map(({ id }) => id) } };
    const found = await collection.find<FoundPassage>(filter, { session, projection: WITHOUT_VECTOR }).toArray();
    const own = found.filter((passage) => passage.model === model);
    return groupedBy(own, ({ memory }) => memory);
  }

  async function remove(ids: readonly string[]): Promise<void> {
    await within(WORK_MS, signal, () => stragglers);
    for (const some of chunks(ids)) {
      const filter = { project, memory: { $in: [...some] }, live: true };
      await within(WORK_MS, signal, () => collection.updateMany(filter, { $set: { live: false } }));
    }
  }

  /** Includes other models' vectors: nothing is left of a purged memory. */
  async function erase(ids: readonly string[]): Promise<void> {
    // Earlier additions must not be applied after it.
    await within(WORK_MS, signal, () => stragglers);
    for (const some of chunks(ids)) {
      await within(WORK_MS, signal, () => collection.deleteMany({ project, memory: { $in: [...some] } }));
    }
  }

  /** In pages: a project may have more vectors than can be deleted before one request times out. */
  async function clear(): Promise<void> {
    for (let ids = await somePassages(); ids.length > 0; ids = await somePassages()) {
      await within(WORK_MS, signal, () => collection.deleteMany({ _id: { $in: [...ids] } }));
    }
  }

  async function somePassages(): Promise<readonly string[]> {
    const found = await within(WORK_MS, signal, (limits) =>
      collection.find({ project, model }, { ...limits, projection: { _id: 1 }, limit: PASSAGES_AT_A_TIME }).toArray(),
    );
    return found.map(({ _id }) => _id);
  }

  // — reading —

  /** By an ordinary index: a memory has few passages, of all models and contents. */
  async function get(ids: readonly string[]): Promise<readonly (HeldMemory | null)[]> {
    const found = new Map<string, HeldMemory>();
    for (const some of chunks(ids)) {
      const passages = await within(WORK_MS, signal, (limits) =>
        collection.find({ project, memory: { $in: [...some] } }, limits).toArray(),
      );
      // Filtered here: the query planner might otherwise choose an index of everything the model has embedded.
      const ofModel = passages.filter((passage) => passage.model === model && passage.live);
      for (const [id, own] of groupedBy(ofModel, ({ memory }) => memory)) {
        found.set(id, { id, hash: own[0]!.hash, vectors: vectorsOf(own) });
      }
    }
    return ids.map((id) => found.get(id) ?? null);
  }

  /** Read from an ordinary index alone, in pages of its order. */
  async function held(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const cursor = collection.find<Pick<PassageDocument, 'memory' | 'hash'>>(
      { project, model, live: true },
      { projection: { _id: 0, memory: 1, hash: 1 }, batchSize: 10_000, signal },
    );
    try {
      while (await within(WORK_MS, signal, () => cursor.hasNext())) {
        for (const { memory, hash } of cursor.readBufferedDocuments()) found.set(memory, hash);
      }
    } finally {
      void cursor.close().catch(() => {});
    }
    return found;
  }

  async function read(hashes: readonly string[]): Promise<ReadonlyMap<string, readonly PassageVector[]>> {
    const found = new Map<string, readonly PassageVector[]>();
    for (const some of chunks(hashes)) {
      const passages = await within(WORK_MS, signal, (limits) =>
        collection.find({ project, model, hash: { $in: [...some] } }, limits).toArray(),
      );
      for (const [hash, same] of groupedBy(passages, (passage) => passage.hash)) found.set(hash, vectorsOf(same));
    }
    return found;
  }

  return { add, remove, erase, clear, get, held, read };
}

/** The vectors of the first of several memories with the same content. */
function vectorsOf(passages: readonly PassageDocument[]): readonly PassageVector[] {
  const [first] = passages.map(({ memory }) => memory).sort();
  return passages
    .filter(({ memory }) => memory === first)
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, embedding }) => ({ passage: { start, end }, vector: embedding.toFloat32Array() }));
}

/** Groups memories, each once, into batches of about as many passages as one transaction should write. */
function* inTransactions(memories: readonly IndexedMemory[]): Generator<readonly IndexedMemory[]> {
  let group: IndexedMemory[] = [];
  let passages = 0;
  for (const memory of new Map(memories.map((each) => [each.id, each])).values()) {
    if (group.length > 0 && passages + memory.vectors.length > PASSAGES_AT_A_TIME) {
      yield group;
      group = [];
      passages = 0;
    }
    group.push(memory);
    passages += memory.vectors.length;
  }
  if (group.length > 0) yield group;
}

function groupedBy<T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

function* chunks(values: readonly string[]): Generator<readonly string[]> {
  for (let from = 0; from < values.length; from += NAMED_AT_A_TIME) yield values.slice(from, from + NAMED_AT_A_TIME);
}
