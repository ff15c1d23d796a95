import { BSON, type Db, type Document, type FindCursor } from 'mongodb';
import { StoreError } from '../../../domain/errors.js';
import type { LogEntry } from '../../../domain/log-entry.js';
import { type LogPosition, positionAfter } from '../../../domain/log-position.js';
import { delay } from '../../../util/async.js';
import type { JsonObject } from '../../../util/json.js';
import { type Log, type LogHead, type LogImage, type LogQuery, PAGE_BYTES, type Page } from '../../store.js';
import { decodeObject, fromDocument } from '../bson.js';
import { MAX_TIME } from '../connection/timeouts.js';
import { takePage } from '../query/page.js';
import { LOG, type StoredEntry } from '../schema.js';
import type { HeadReader } from './head.js';
import type { Positions } from './positions.js';
import { toEntry } from './stored-entry.js';
import type { Tail } from './tail.js';

/** How many entries a follower is given at once. */
const FOLLOW_BATCH = 200;
/** Entries whose images are looked up together: however large they are, that isn't much. */
const IMAGES_AT_ONCE = 32;
/** How long a follower waits before it asks a server again that can't be reached, in milliseconds. */
const RETRY_AFTER = 500;
/** How long a follower waits for entries that the head tells of and that can't be read yet, in milliseconds. */
const LAG = 100;

export interface LogOptions {
  readonly db: Db;
  readonly project: string;
  readonly tail: Tail;
  readonly positions: Positions;
  readonly readHead: HeadReader;
  /** Names of the collections where records as they are now are found. */
  readonly collections: readonly string[];
  readonly isClosed: () => boolean;
  /** Does a read again when that helps. @throws StoreError */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
  readonly onStatement: (statement: string) => void;
}

/** Reads of a project's log. */
export function createLog(options: LogOptions): Log {
  const { db, project, tail, positions, readHead, collections, isClosed, run, onStatement } = options;
  const entries = db.collection<StoredEntry>(LOG);

  function find(filter: Document, direction: 1 | -1, limit: number): FindCursor<StoredEntry> {
    onStatement(`${LOG}.find`);
    const options = { sort: { seq: direction }, limit, batchSize: limit + 1, maxTimeMS: MAX_TIME } as const;
    return entries.find({ project, ...filter }, options) as FindCursor<StoredEntry>;
  }

  async function head(): Promise<LogHead> {
    const [found, { seq, mark }] = await Promise.all([readHead(), positions.end()]);
    return { seq, mark, floor: found?.floor ?? 0 };
  }

  async function list(query: LogQuery): Promise<Page<LogImage>> {
    const { recordId, direction, after, before, limit, fromEnd = false } = query;
    const isAscending = (direction === 'ASC') !== fromEnd;
    const [above, below] = direction === 'ASC' ? [after, before] : [before, after];
    const range = { ...(above != null && { $gt: above }), ...(below != null && { $lt: below }) };
    const filter = {
      ...(recordId !== undefined && { record: recordId }),
      ...((above ?? below) != null && { seq: range }),
    };
    const { found, isCut } = await takePage(find(filter, isAscending ? 1 : -1, limit + 1));
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
   * What records were after entries, by the entries' numbers: what each was before its next entry, whose version is one
   * more; else the document as it is now. `known`: entries that were read already.
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
    const settle = () => {
      open = open.filter(({ seq, record, version }) => {
        const next = befores.get(key(record, version + 1));
        if (next !== undefined) images.set(seq, next && decodeObject(next));
        return next === undefined;
      });
    };
    settle();
    // A record that moves on between the two reads is found in the log by the third.
    for (let round = 0; open.length > 0 && round < 3; round += 1) {
      const nexts = open.map(({ record, version }) => ({ record, version: version + 1 }));
      (await find(nexts.length === 1 ? nexts[0]! : { $or: nexts }, 1, 2 * nexts.length).toArray()).forEach(learn);
      settle();
      open = await settleByDocuments(open, images);
    }
    return images;
  }

  /** Takes the documents as they are now where they have the version; gives the entries whose record moved on. */
  async function settleByDocuments(
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

  /** What comes after a position. A server that can't be reached is waited for: the cursor misses nothing. */
  async function next(position: LogPosition, signal: AbortSignal): Promise<readonly LogEntry[]> {
    for (;;) {
      try {
        const found = (await tail.since(position)) ?? (await run(() => positions.readAfter(position, FOLLOW_BATCH)));
        return found.slice(0, FOLLOW_BATCH);
      } catch (error) {
        const isOutage = error instanceof StoreError && /^STORE_(UNAVAILABLE|TIMEOUT)$/.test(error.code);
        if (!isOutage || isClosed() || signal.aborted) throw error;
        await delay(RETRY_AFTER, { signal, ref: false });
        if (signal.aborted || isClosed()) return [];
      }
    }
  }

  async function* follow(after: LogPosition, signal: AbortSignal): AsyncGenerator<readonly LogEntry[]> {
    const leave = tail.join();
    try {
      let position = after;
      while (!signal.aborted && !isClosed()) {
        const isAwaited = tail.isBeyond(position);
        const found = await next(position, signal);
        if (found.length === 0) {
          // The head was seen before a majority had it, or by a primary that knows more of the majority than this one.
          if (isAwaited) await delay(LAG, { signal, ref: false });
          else await tail.next(signal);
          continue;
        }
        position = positionAfter(found.at(-1)!);
        yield found;
      }
    } finally {
      leave();
    }
  }

  const { holds, read, readAfter } = positions;
  return { head, holds, read, readAfter, list, ofEach, image, follow };
}

function toImage(stored: Document): JsonObject {
  return { ...fromDocument(stored) } as unknown as JsonObject;
}
