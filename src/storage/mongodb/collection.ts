import { type AggregationCursor, BSON, type Db, type Document, type FindCursor } from 'mongodb';
import { ReadTooMuchError } from '../../domain/errors.js';
import type { RecordBase } from '../../domain/record.js';
import { declared, type Fields } from '../shared/collection-spec.js';
import {
  type Collection,
  type CollectionSpec,
  type Condition,
  type Deleted,
  type ListQuery,
  PARENTS_BYTES,
  type Page,
} from '../store.js';
import { fromDocument } from './bson.js';
import { MAX_TIME } from './connection/timeouts.js';
import { type Contains, createCheck, isContains, surelyContains } from './query/contains.js';
import { takePage } from './query/page.js';
import { chainOf, chainStages, filterOf, limitStage } from './query/query.js';

export interface CollectionOptions<T extends RecordBase> {
  readonly spec: CollectionSpec<T>;
  readonly project: string;
  readonly db: Db;
  /** Called with every record that is read by its id. */
  readonly onRead: (record: T) => void;
  /** Called with every request to the server. For tests. */
  readonly onStatement: (statement: string) => void;
}

type Stored = Document & { readonly _id: string };

/** Documents that a server sends at a time when it isn't known how many are needed. */
const BATCH = 200;

/** Reads of one project's documents in a collection: each one request to the server. */
export function createCollection<T extends RecordBase>({
  spec,
  project,
  db,
  onRead,
  onStatement,
}: CollectionOptions<T>): Collection<T> {
  const { name } = spec;
  const fields: Fields = spec.fields;
  const collection = db.collection<Stored>(name);

  function find(filter: Document, sort: Record<string, 1 | -1> | null, limit: number): Promise<Stored[]> {
    onStatement(`${name}.find`);
    return findCursor(filter, sort, limit).toArray();
  }

  function findCursor(filter: Document, sort: Record<string, 1 | -1> | null, limit: number | null): FindCursor<Stored> {
    const size = limit === null ? { batchSize: BATCH } : { limit, batchSize: limit + 1 };
    const cursor = collection.find(filter, { ...size, maxTimeMS: MAX_TIME });
    return (sort ? cursor.sort(sort) : cursor) as FindCursor<Stored>;
  }

  function aggregate(stages: Document[]): AggregationCursor<Document> {
    onStatement(`${name}.aggregate`);
    return collection.aggregate(stages, { maxTimeMS: MAX_TIME, batchSize: 10_000 });
  }

  async function get(ids: readonly string[]): Promise<readonly (T | null)[]> {
    if (ids.length === 0) return [];
    if (ids.length === 1) {
      onStatement(`${name}.find`);
      // By the id alone is the servers' fastest path.
      const found = await collection.findOne({ _id: ids[0]! }, { maxTimeMS: MAX_TIME });
      return [found?.project === project ? read(found) : null];
    }
    const unique = [...new Set(ids)];
    const found = await find({ _id: { $in: unique } }, null, unique.length);
    const ours = found.filter((document) => document.project === project);
    const byId = new Map(ours.map((document) => [document._id, read(document)]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async function getFirst(ids: readonly string[]): Promise<readonly (T | null)[]> {
    if (ids.length <= 1) return get(ids);
    const unique = [...new Set(ids)];
    onStatement(`${name}.find`);
    const cursor = findCursor({ _id: { $in: unique } }, { _id: 1 }, unique.length);
    const { found, isCut } = await takePage(cursor, unique.length, (document) => document.project === project);
    const last = isCut ? found.at(-1)!._id : null;
    const unread = last === null ? -1 : ids.findIndex((id) => id > last);
    const known = unread < 0 ? ids.length : unread;
    // They are found in the order of their ids: of others, those that come first may not be among them.
    if (known < ids.length / 2) return getFirst(ids.slice(0, Math.ceil(ids.length / 2)));
    const byId = new Map(found.map((document) => [document._id, read(document)]));
    return ids.slice(0, known).map((id) => byId.get(id) ?? null);
  }

  function read(document: Document): T {
    const record = fromDocument<T>(document);
    onRead(record);
    return record;
  }

  /**
   * Stages that read one document more than a page has, from the side it is taken from; all of them when each has to be
   * inspected.
   */
  function pageStages(query: ListQuery): Document[] {
    const { deleted = 'EXCLUDE' } = query;
    const limit = limitOf(query);
    const stages = (part: Deleted) => chainStages(name, chainOf(project, query, part, fields), limit);
    if (deleted !== 'INCLUDE') return stages(deleted);
    const { sort } = chainOf(project, query, 'EXCLUDE', fields);
    const union = { $unionWith: { coll: name, pipeline: stages('ONLY') } };
    return [...stages('EXCLUDE'), union, { $sort: sort }, ...limitStage(limit)];
  }

  function toPage(found: readonly Document[], { limit, fromEnd = false }: ListQuery, isCut = false): Page<T> {
    const items = found.slice(0, limit).map((document) => fromDocument<T>(document));
    return { items: fromEnd ? items.reverse() : items, hasMore: isCut || found.length > limit };
  }

  async function list(query: ListQuery): Promise<Page<T>> {
    const { where = [], deleted = 'EXCLUDE', limit } = query;
    const { filters, sort } = chainOf(project, query, deleted, fields);
    const isOne = filters.length === 1 && deleted !== 'INCLUDE';
    if (isOne) onStatement(`${name}.find`);
    const cursor = isOne ? findCursor(filters[0]!, sort, limitOf(query)) : aggregate(pageStages(query));
    const { found, isCut } = await takePage<Document>(cursor, limit + 1, createCheck(where.filter(isContains)));
    return toPage(found, query, isCut);
  }

  async function listByParents(
    parentField: keyof T & string,
    parents: readonly string[],
    query: ListQuery,
  ): Promise<readonly Page<T>[]> {
    const unique = [...new Set(parents)];
    const [first, ...rest] = unique.map((parent) =>
      pageStages({ ...query, where: [...(query.where ?? []), { field: parentField, is: parent }] }),
    );
    if (!first) return [];
    // A page of each parent, each read from its index: a grouping stage would read every child.
    const found = aggregate([...first, ...rest.map((pipeline) => ({ $unionWith: { coll: name, pipeline } }))]);
    const children = new Map(unique.map((parent) => [parent, [] as Document[]]));
    const passes = createCheck((query.where ?? []).filter(isContains));
    let size = 0;
    for await (const document of found) {
      const siblings = children.get(document[parentField] as string);
      if (!siblings || siblings.length > query.limit || !passes(document)) continue;
      size += BSON.calculateObjectSize(document);
      if (size > PARENTS_BYTES) throw new ReadTooMuchError(PARENTS_BYTES);
      siblings.push(document);
    }
    return parents.map((parent) => toPage(children.get(parent)!, query));
  }

  async function count(where: readonly Condition[] = [], deleted: Deleted = 'EXCLUDE'): Promise<number> {
    const texts = where.filter(isContains);
    const sure = texts.length === 0 ? [] : [{ $and: texts.map(surelyContains) }];
    onStatement(`${name}.count`);
    const counted = await collection.countDocuments(filterOf(project, where, deleted, fields, ...sure), {
      maxTimeMS: MAX_TIME,
    });
    if (texts.length === 0) return counted;
    const others = filterOf(project, where, deleted, fields, { $nor: sure });
    return counted + (await countPassing(others, texts));
  }

  /** Counts by inspecting the documents' texts. */
  async function countPassing(filter: Document, texts: readonly Contains[]): Promise<number> {
    onStatement(`${name}.find`);
    const projection = Object.fromEntries(texts.flatMap((text) => text.fields.map((field) => [field, 1])));
    const passes = createCheck(texts);
    let passed = 0;
    for await (const document of findCursor(filter, null, null).project<Document>(projection))
      if (passes(document)) passed += 1;
    return passed;
  }

  async function countByParents(parentField: keyof T & string, parents: readonly string[], greatest: keyof T & string) {
    const filter = filterOf(project, [{ field: parentField, in: parents }], 'EXCLUDE', fields);
    const group = {
      _id: `$${declared(parentField, fields)}`,
      count: { $sum: 1 },
      greatest: { $max: `$${declared(greatest, fields)}` },
    };
    const found = await aggregate([{ $match: filter }, { $group: group }]).toArray();
    const byParent = new Map(found.map((each) => [each._id as string, each]));
    return parents.map((parent) => {
      const of = byParent.get(parent);
      return { count: Number(of?.count ?? 0), greatest: (of?.greatest as string | null | undefined) ?? null };
    });
  }

  return { spec, get, getFirst, list, listByParents, count, countByParents };
}

/** The number of documents to ask for; null where those that a server finds have to be inspected. */
function limitOf({ where = [], limit }: ListQuery): number | null {
  return where.some(isContains) ? null : limit + 1;
}
