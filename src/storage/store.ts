import type { LogEntry, LogHeader } from '../domain/log-entry.js';
import type { LogPosition } from '../domain/log-position.js';
import type { RecordBase } from '../domain/record.js';
import type { Json, JsonObject } from '../util/json/json.js';
import type { Change, CommitContext, Committed, ImportBatch } from './changes.js';

export type { Change, CommitContext, Committed, ImportBatch };

/**
 * The contract of a store: documents in named collections, one `commit` that writes them, and the log of all commits.
 * Every driver keeps these promises, and callers may rely on nothing else.
 */
export interface Store {
  /** Reads of one collection. The spec must be among those that the store was opened with. */
  collection<T extends RecordBase>(spec: CollectionSpec<T>): Collection<T>;

  /**
   * Writes all changes or none, and appends one entry to the log per put and remove, in their order. When it resolves the
   * changes are durable. Commits that wait for each other may share a transaction; each still succeeds or fails alone.
   * @throws ConflictError when a record isn't at the version its change expects
   * @throws AlreadyExistsError when a unique key is held by another record
   * @throws RouteChangedError when the store is under another epoch than the context's
   * @throws StoreError when the store can't write; nothing was written then
   */
  commit(changes: readonly Change[], context: CommitContext): Promise<Committed>;

  readonly log: Log;

  /** Every document of a collection, deleted ones included, in the order of their ids, from after `afterId`. */
  scan<T extends RecordBase>(spec: CollectionSpec<T>, afterId: string | null, limit: number): Promise<readonly T[]>;

  /**
   * Writes documents and log entries exactly as they are, and removes what is named; for moving and repair. Repeating
   * it changes nothing. A `PURGE` among the entries erases the images of its record that the log has from before it, as
   * the purge itself did, and those that are imported later; images up to the log's floor aren't kept either. Works
   * only under a migration's epoch (a negative one, by which nothing is routed).
   * @throws RouteChangedError when the store isn't under that epoch
   * @throws AlreadyExistsError when a unique key is held by a record that the batch doesn't name
   * @throws StoreError `RECORD_TOO_LARGE` when a record, or an entry, can't be kept here; nothing was written then
   */
  import(batch: ImportBatch, epoch: number): Promise<void>;

  /** The number that every commit must carry. */
  epoch(): Promise<number>;
  /** Sets the epoch if it is still `from`; false when it isn't, and then nothing changed. */
  setEpoch(from: number, to: number): Promise<boolean>;

  /** The copy of its project's record that the store keeps; null before the first was written. */
  manifest(): Promise<JsonObject | null>;
  writeManifest(project: JsonObject): Promise<void>;

  /**
   * Erases the images of entries written before `before` (ISO time). The entries and their numbers stay; the log's
   * floor rises to the last of them.
   * @returns how many images were erased
   */
  trimLog(before: string): Promise<number>;

  /**
   * Writes these over the images that the log has of the same records at the same versions, wherever it keeps them, and
   * leaves nothing of what was there, as a purge does. Entries, positions and the records themselves stay; an erased
   * image stays erased. An image of the project's own record replaces the earlier copies of it (`manifest`) that the log
   * may have by the current one. Repeating it changes nothing, and completes what was interrupted.
   * @returns how many entries' images were rewritten
   * @throws RouteChangedError when the store is under another epoch
   */
  rewriteImages(images: readonly RecordBase[], epoch: number): Promise<number>;

  health(): Promise<StoreHealth>;
  /** Finishes what was committed and releases all resources. Calling it again does nothing. */
  close(): Promise<void>;
}

/** One collection, and the fields by which its documents can be filtered and ordered. */
export interface CollectionSpec<T extends RecordBase> {
  readonly name: string;
  /** Fields that conditions, orders, indexes and unique keys may name, and what they hold. */
  readonly fields: { readonly [K in keyof T & string]?: FieldType };
  /** Orders and equality filters that must be fast: fields in this order, then the id, over live documents. */
  readonly indexes: readonly (readonly (keyof T & string)[])[];
  /** Fields that no two documents share; a null in any of them exempts. `live`: among those not deleted. */
  readonly unique: readonly { readonly fields: readonly (keyof T & string)[]; readonly among: 'live' | 'all' }[];
  /** Fields whose text can be searched. */
  readonly text: readonly (keyof T & string)[];
}

export type FieldType = 'text' | 'number' | 'boolean';
export type FieldValue = string | number | boolean | null;

/** A claim about a document. All conditions of a query must hold. */
export type Condition =
  | { readonly field: string; readonly is: FieldValue }
  /** A null is a field without a value, or one that the document lacks. */
  | { readonly field: string; readonly in: readonly FieldValue[] }
  /** `gte` inclusive, `lt` exclusive; both as the field is stored. */
  | { readonly field: string; readonly gte?: string | number | undefined; readonly lt?: string | number | undefined }
  /**
   * One of the fields contains the text, both folded (`fold`): regardless of case and of how characters are composed.
   */
  | { readonly fields: readonly string[]; readonly contains: string }
  /**
   * The JSON value at the path of object keys equals this one, by value: objects regardless of the order of their keys,
   * numbers as JavaScript's doubles, texts by their code units. A missing value equals nothing, not even null.
   */
  | { readonly path: readonly string[]; readonly equals: Json };

export type Deleted = 'EXCLUDE' | 'INCLUDE' | 'ONLY';

/** The field that orders a list; documents that agree in it are ordered by id, in the same direction. */
export interface Order {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

/** A document's place in an order. */
export interface Position {
  readonly value: FieldValue;
  readonly id: string;
}

export interface ListQuery {
  readonly where?: readonly Condition[];
  /** Default `EXCLUDE`. */
  readonly deleted?: Deleted;
  readonly order: Order;
  /** Only what comes after this position. */
  readonly after?: Position | null;
  /** Only what comes before this position. */
  readonly before?: Position | null;
  /** The most items of the page. */
  readonly limit: number;
  /** Take them from the end of the range rather than from its start. The items keep the order all the same. */
  readonly fromEnd?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Whether the range holds more, on the side it wasn't taken from. */
  readonly hasMore: boolean;
}

/** The most that a page holds, in bytes or characters of its documents as stored; it always holds one document. */
export const PAGE_BYTES = 8 * 1024 * 1024;
/** The most that the first pages of many parents hold together, in the same unit. */
export const PARENTS_BYTES = 4 * PAGE_BYTES;

/** Reads of one collection: each sees what was committed before it was called, by any process. */
export interface Collection<T extends RecordBase> {
  readonly spec: CollectionSpec<T>;
  /** The documents of these ids, deleted ones included, in the order of the ids; null where there is none. */
  get(ids: readonly string[]): Promise<readonly (T | null)[]>;
  /** The same for the first of the ids: for all, or as many as fit into a page of `PAGE_BYTES`, and at least one. */
  getFirst(ids: readonly string[]): Promise<readonly (T | null)[]>;
  /** Costs the same at any depth when an index fits. A page that would have more than `PAGE_BYTES` is shorter. */
  list(query: ListQuery): Promise<Page<T>>;
  /**
   * The first page of each of many parents, in the order of the parents, in one read.
   * @throws ReadTooMuchError when together they have more than `PARENTS_BYTES`
   */
  listByParents(
    parentField: keyof T & string,
    parents: readonly string[],
    query: ListQuery,
  ): Promise<readonly Page<T>[]>;
  count(where?: readonly Condition[], deleted?: Deleted): Promise<number>;
  /** Count and greatest value of a field for each parent, live documents only, in the order of the parents. */
  countByParents(
    parentField: keyof T & string,
    parents: readonly string[],
    greatest: keyof T & string,
  ): Promise<readonly { readonly count: number; readonly greatest: string | null }[]>;
}

/** Where a log ends, and the number of its last entry whose image was erased by age. */
export interface LogHead extends LogPosition {
  readonly floor: number;
}

/**
 * The log: one entry per change, in the order of the commits. It may be restored to an older state behind the store's
 * back, from a backup or by `git checkout`, and then differ: to continue reading from a place, name a position.
 */
export interface Log {
  head(): Promise<LogHead>;
  /** Whether the log has the entry that the position names. */
  holds(position: LogPosition): Promise<boolean>;
  /** Entries after a number, in order, whichever log it is. */
  read(after: number, limit: number): Promise<readonly LogEntry[]>;
  /** Entries that follow a position, in order. @throws LogReplacedError when the log doesn't hold it */
  readAfter(after: LogPosition, limit: number): Promise<readonly LogEntry[]>;
  /** Entries, newest or oldest first, with the record after each. A page of more than about `PAGE_BYTES` is shorter. */
  list(query: LogQuery): Promise<Page<LogImage>>;
  /** The same without images: cheap, however large these are. A page of fewer than `limit` is the last one. */
  listHeaders(query: LogQuery): Promise<readonly LogHeader[]>;
  /** The first or last entry of each record after a number, in the order of the ids; null where there is none. */
  ofEach(recordIds: readonly string[], which: 'FIRST' | 'LAST', after: number): Promise<readonly (LogEntry | null)[]>;
  /** The document at a version of the record; null when its image isn't kept. */
  image(recordId: string, version: number): Promise<JsonObject | null>;
  /**
   * Entries after `after`, then those to come, from any process, until the signal aborts. A follower reads at its own
   * pace; nothing is buffered for it.
   * @throws LogReplacedError within about a second after the log stops holding the last entry that the follower read
   */
  follow(after: LogPosition, signal: AbortSignal): AsyncIterable<readonly LogEntry[]>;
}

export interface LogQuery {
  readonly recordId?: string | undefined;
  readonly requestId?: string | undefined;
  /** Only entries with one of these numbers. */
  readonly seqs?: readonly number[] | undefined;
  readonly direction: 'ASC' | 'DESC';
  readonly after?: number | null;
  readonly before?: number | null;
  readonly limit: number;
  readonly fromEnd?: boolean;
}

export interface LogImage {
  readonly entry: LogEntry;
  /** The record after the entry; null when it was removed, or the image isn't kept. */
  readonly after: JsonObject | null;
}

export interface StoreHealth {
  readonly ok: boolean;
  /** The problems found; empty when all is well. */
  readonly problems: readonly string[];
}
