import { BSON, type Db, type Document, type FindCursor } from 'mongodb';
import { StoreError } from '../../../domain/errors.js';
import type { LogEntry, LogHeader } from '../../../domain/log-entry.js';
import type { JsonObject } from '../../../util/json/json.js';
import { boundsOf } from '../../shared/list-bounds.js';
import { createLogFollow } from '../../shared/log-follow.js';
import type { LogTail } from '../../shared/log-tail.js';
import { type Log, type LogHead, type LogImage, type LogQuery, PAGE_BYTES, type Page } from '../../store.js';
import { decodeObject, fromDocument } from '../bson.js';
import { MAX_TIME } from '../connection/timeouts.js';
import { takePage } from '../query/page.js';
import { LOG, type StoredEntry } from '../schema.js';
import type { HeadReader } from './head.js';
import type { LogReader } from './log-reader.js';
import { toEntry, toHeader } from './stored-entry.js';

/** Entries whose images are read together: a small amount of memory, however large they are. */
const IMAGES_AT_ONCE = 32;

export interface LogOptions {
  readonly db: Db;
  readonly project: string;
  readonly tail: LogTail;
  readonly logReader: LogReader;
  readonly readHead: HeadReader;
  /** Names of the collections of current records. */
  readonly collections: readonly string[];
  readonly isClosed: () => boolean;
  /** Retries a read when that helps. @throws StoreError */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onStatement: (statement: string) => void;
}

/** Reads of a project's log. */
export function createLog(options: LogOptions): Log {
  const { db, project, tail, logReader, readHead, collections, isClosed, run, onStatement } = options;
  const entries = db.collection<StoredEntry>(LOG);

  function find(filter: Document, direction: 1 | -1, limit: number): FindCursor<StoredEntry> {
    onStatement(`${LOG}.find`);
    const options = { sort: { seq: direction }, limit, batchSize: limit + 1, maxTimeMS: MAX_TIME } as const;
    return entries.find({ project, ...filter }, options) as FindCursor<StoredEntry>;
  }

  async function head(): Promise<LogHead> {
    const [found, { seq, mark }] = await Promise.all([readHead(), logReader.end()]);
    return { seq, mark, floor: found?.floor ?? 0 };
  }

  async function list(query: LogQuery): Promise<Page<LogImage>> {
    const { limit, fromEnd = false } = query;
    const { filter, order } = rangeOf(query);
    const { found, isCut } = await takePage(find(filter, order, limit + 1));
    const page = found.slice(0, limit);
    const items: LogImage[] = [];
    for (let size = 0; items.length < page.length && size < PAGE_BYTES; ) {
      const piece = page.slice(items.length, items.length + IMAGES_AT_ONCE);
      const images = await imagesAfter(piece, found);
      for (const stored of piece) {
        const after = images.get(stored.seq) ?? null;
        size += BSON.calculateObjectSize([stored.before, after]);
        items.push({ entry: toEntry(stored), after });
      }
    }
    return { items: fromEnd ? items.reverse() : items, hasMore: isCut || found.length > items.length };
  }

  async function listHeaders(query: LogQuery): Promise<readonly LogHeader[]> {
    const { filter, order } = rangeOf(query);
    const found = find(filter, order, query.limit).project<Omit<StoredEntry, 'before'>>({ before: 0 });
    const headers = (await found.toArray()).map(toHeader);
    return query.fromEnd ? headers.reverse() : headers;
  }

  async function ofEach(
    recordIds: readonly string[],
    which: 'FIRST' | 'LAST',
    after: number,
  ): Promise<readonly (LogEntry | null)[]> {
    if (recordIds.length === 0) return [];
    onStatement(`${LOG}.aggregate`);
    const seqs = entries.aggregate<{ seq: number }>(
      [
        { $match: { project, record: { $in: recordIds }, seq: { $gt: after } } },
        { $group: { _id: '$record', seq: { [which === 'FIRST' ? '$min' : '$max']: '$seq' } } },
      ],
      { maxTimeMS: MAX_TIME },
    );
    const wanted = (await seqs.toArray()).map(({ seq }) => seq);
    const found = wanted.length > 0 ? await find({ seq: { $in: wanted } }, 1, wanted.length).toArray() : [];
    const byRecord = new Map(found.map((entry) => [entry.record, toEntry(entry)]));
    return recordIds.map((recordId) => byRecord.get(recordId) ?? null);
  }

  /**
   * Records after entries, by the entries' numbers: the image before the record's next entry, whose version is one
   * more; else the current document. `known`: entries that were already read.
   */
  async function imagesAfter(
    wanted: readonly StoredEntry[],
    known: readonly StoredEntry[],
  ): Promise<ReadonlyMap<number, JsonObject | null>> {
    const key = (record: string, version: number) => `${record} ${version}`;
    const befores = new Map<string, Document | null>();
    const learn = (each: StoredEntry) => {
      if (each.operation !== 'PURGE') befores.set(key(each.record, each.version), each.before);
    };
    known.forEach(learn);
    const images = new Map<number, JsonObject | null>();
    let open = wanted.filter(({ operation }) => operation !== 'PURGE');
    const fillIn = () => {
      open = open.filter(({ seq, record, version }) => {
        const next = befores.get(key(record, version + 1));
        if (next !== undefined) images.set(seq, next && decodeObject(next));
        return next === undefined;
      });
    };
    fillIn();
    // A record that changes between the two reads is found in the log by the third.
    for (let round = 0; open.length > 0 && round < 3; round += 1) {
      const nexts = open.map(({ record, version }) => ({ record, version: version + 1 }));
      (await find(nexts.length === 1 ? nexts[0]! : { $or: nexts }, 1, 2 * nexts.length).toArray()).forEach(learn);
      fillIn();
      open = await fillInByDocuments(open, images);
    }
    return images;
  }

  /** Uses current documents that are at the version. @returns the entries whose record has changed since */
  async function fillInByDocuments(
    open: readonly StoredEntry[],
    images: Map<number, JsonObject | null>,
  ): Promise<StoredEntry[]> {
    const moved = await Promise.all(
      collections.map(async (name) => {
        const of = open.filter(({ collection }) => collection === name);
        const documents = await currentOf(
          name,
          of.map(({ record }) => record),
        );
        return of.filter(({ seq, record, version }) => {
          const current = documents.get(record);
          if (current?.version === version) images.set(seq, current);
          return current !== undefined && Number(current.version) > version;
        });
      }),
    );
    return moved.flat();
  }

  async function currentOf(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, JsonObject>> {
    if (ids.length === 0) return new Map();
    onStatement(`${collection}.find`);
    const filter: Document = { _id: { $in: ids }, project };
    const found = await db.collection<Document>(collection).find(filter, { maxTimeMS: MAX_TIME }).toArray();
    return new Map(found.map((each) => [String(each._id), toImage(each)]));
  }

  async function image(recordId: string, version: number): Promise<JsonObject | null> {
    const [next] = await find({ record: recordId, version: version + 1, before: { $ne: null } }, 1, 1).toArray();
    if (next?.before) return decodeObject(next.before);
    const [last] = await find({ record: recordId }, -1, 1).toArray();
    if (!last || !collections.includes(last.collection)) return null;
    const current = (await currentOf(last.collection, [recordId])).get(recordId);
    return current?.version === version ? current : null;
  }

  const { holds, read, readAfter } = logReader;
  const follow = createLogFollow({
    tail,
    readAfter: (position, limit) => run(() => readAfter(position, limit)),
    isClosed,
    isOutage: (error) => error instanceof StoreError && /^STORE_(UNAVAILABLE|TIMEOUT)$/.test(error.code),
  });
  return { head, holds, read, readAfter, list, listHeaders, ofEach, image, follow };
}

/** The entries that a query is about, and the order in which they are read. */
function rangeOf({ recordId, requestId, seqs, direction, ...range }: LogQuery): {
  readonly filter: Document;
  readonly order: 1 | -1;
} {
  const { above, below, isAscending } = boundsOf(direction, range);
  const seq = {
    ...(seqs !== undefined && { $in: seqs }),
    ...(above !== null && { $gt: above }),
    ...(below !== null && { $lt: below }),
  };
  const filter = {
    ...(recordId !== undefined && { record: recordId }),
    ...(requestId !== undefined && { request: requestId }),
    ...(Object.keys(seq).length > 0 && { seq }),
  };
  return { filter, order: isAscending ? 1 : -1 };
}

function toImage(stored: Document): JsonObject {
  return { ...fromDocument(stored) } as unknown as JsonObject;
}
