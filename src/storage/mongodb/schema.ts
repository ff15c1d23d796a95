import type { Db, Document, IndexDescription } from 'mongodb';
import type { AnySpec } from '../shared/collection-spec.js';
import type { FieldType } from '../store.js';

/** Collections besides those of the specs. */
export const LOG = 'log';
export const HEADS = 'heads';
export const WRITERS = 'writers';
/** The vectors of memories: kept by the search index, and removed with their project. */
export const EMBEDDINGS = 'memory_embeddings';

/** One project's head. Every commit writes it, so a project's commits follow one another. */
export interface ProjectHead {
  /** The project's id. */
  readonly _id: string;
  /** The format of the project's data; a greater one was written by a newer version of Mooring. */
  readonly format: number;
  readonly epoch: number;
  /** Number of the log's last entry. */
  readonly seq: number;
  /** Number of the last entry whose image was erased by age. */
  readonly floor: number;
  readonly manifest: Document | null;
  /** The project is being removed. */
  readonly isLeaving?: boolean;
  /** Counts the writes that leave everything else here as it was. */
  readonly touches?: number;
}
/** The head of a project that is being removed: nothing is routed by its epoch, so nothing more is written. */
export const LEAVING: Pick<ProjectHead, 'isLeaving' | 'epoch'> = { isLeaving: true, epoch: Number.NEGATIVE_INFINITY };
/**
 * Writes the head whatever it holds. To the server an update that changes nothing is none: it doesn't conflict with
 * another transaction, and its acknowledgement says nothing about a majority.
 */
export const TOUCH = { $inc: { touches: 1 } } as const;
export const FORMAT = 1;

/** An entry of the log as it is stored. */
export interface StoredEntry {
  readonly project: string;
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly request: string;
  readonly collection: string;
  readonly record: string;
  readonly version: number;
  readonly operation: string;
  readonly before: Document | null;
  readonly erased: boolean;
  /** The transaction that appended it: its writer can find out later whether it was committed. */
  readonly batch?: string;
}

/** A session of a process that writes a project, by which others can end a dead process's transaction. */
export interface WriterDocument {
  /** The session's id, in hexadecimal. */
  readonly _id: string;
  readonly project: string;
  /** Counts up while a long transaction is under way. */
  readonly beats: number;
  readonly at: Date;
}
/** How long the registration of a writer that never came back is kept, in seconds. */
const WRITER_KEPT = 7 * 86_400;

export interface CollectionIndexes {
  readonly collection: string;
  readonly indexes: readonly (IndexDescription & { readonly name: string })[];
}

/** Matches every value of a type; an index over such values alone is declared with it. */
export function anyValue(type: FieldType | undefined): Document {
  if (type === 'number') return { $gte: Number.NEGATIVE_INFINITY };
  return { $gte: type === 'boolean' ? false : '' };
}

/** Live documents; a partial index of them has this filter. */
export const LIVE = { deletedAt: null } as const;
/** Deleted documents. */
export const DELETED = { deletedAt: { $gt: '' } } as const;

/** The indexes that the collections of these specs need, and those of the log and the writers. */
export function indexesOf(specs: readonly AnySpec[]): readonly CollectionIndexes[] {
  return [
    ...specs.map((spec) => ({ collection: spec.name, indexes: indexesOfSpec(spec) })),
    {
      collection: LOG,
      indexes: [
        { name: 'seq', key: { project: 1, seq: 1 }, unique: true },
        { name: 'record', key: { project: 1, record: 1, seq: 1, version: 1 } },
        { name: 'request', key: { project: 1, request: 1, seq: 1 } },
      ],
    },
    {
      collection: WRITERS,
      indexes: [
        { name: 'project', key: { project: 1 } },
        { name: 'forgotten', key: { at: 1 }, expireAfterSeconds: WRITER_KEPT },
      ],
    },
  ];
}

function indexesOfSpec({ fields, indexes, unique }: AnySpec): CollectionIndexes['indexes'] {
  return [
    { name: 'id', key: { project: 1, _id: 1 } },
    // `deletedAt` is in the keys too: a count of live documents then reads none of them.
    ...indexes.map((index) => ({
      name: index.join('_'),
      key: { project: 1, deletedAt: 1, ...ascending(index), _id: 1 } as Record<string, 1>,
      partialFilterExpression: LIVE,
    })),
    ...unique.map(({ fields: key, among }) => ({
      name: `unique_${key.join('_')}`,
      key: { project: 1, ...ascending(key) } as Record<string, 1>,
      unique: true,
      // A null exempts a document from being unique.
      partialFilterExpression: {
        ...Object.fromEntries(key.map((field) => [field, anyValue(fields[field])])),
        ...(among === 'live' ? LIVE : {}),
      },
    })),
    { name: 'deleted', key: { project: 1, deletedAt: 1, _id: 1 }, partialFilterExpression: DELETED },
  ];
}

function ascending(fields: readonly string[]): Record<string, 1> {
  return Object.fromEntries(fields.map((field) => [field, 1] as const));
}

/** Makes the missing collections and indexes. Existing ones stay as they are. */
export async function ensureIndexes(db: Db, wanted: readonly CollectionIndexes[]): Promise<void> {
  await Promise.all(wanted.map(({ collection, indexes }) => db.collection(collection).createIndexes([...indexes])));
}

/**
 * Names of the wanted indexes, as `collection.index`: those that exist and those that don't. `unfinished`: indexes that
 * can't be used yet.
 */
export async function inspectIndexes(
  db: Db,
  wanted: readonly CollectionIndexes[],
  unfinished: ReadonlySet<string> = new Set(),
): Promise<{ readonly present: readonly string[]; readonly missing: readonly string[] }> {
  const found = await Promise.all(
    wanted.map(async ({ collection, indexes }) => {
      const names = await namesOfIndexes(db, collection);
      return indexes.map((index) => {
        const name = `${collection}.${index.name}`;
        return { name, isPresent: names.has(index.name) && !unfinished.has(name) };
      });
    }),
  );
  const all = found.flat();
  const named = (isPresent: boolean) => all.filter((each) => each.isPresent === isPresent).map(({ name }) => name);
  return { present: named(true), missing: named(false) };
}

/** The server's error code for a missing collection. */
const NAMESPACE_NOT_FOUND = 26;

async function namesOfIndexes(db: Db, collection: string): Promise<ReadonlySet<string>> {
  try {
    const indexes = await db.collection(collection).listIndexes().toArray();
    return new Set(indexes.map(({ name }) => String(name)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NAMESPACE_NOT_FOUND) return new Set();
    throw error;
  }
}
