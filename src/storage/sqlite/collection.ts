import { ReadTooMuchError } from '../../domain/errors.js';
import type { RecordBase } from '../../domain/record.js';
import { declared, type Fields } from '../shared/collection-spec.js';
import {
  type Collection,
  type CollectionSpec,
  type Condition,
  type Deleted,
  type ListQuery,
  type Order,
  PAGE_BYTES,
  PARENTS_BYTES,
  type Page,
} from '../store.js';
import { type Rows, type Statement, takeRows } from './connection.js';
import { anySql, conditionsSql, deletedSql, orderSql, rangesSql, type Sql, whereSql } from './query.js';

/** Reads of one collection's table. */
export function createCollection<T extends RecordBase>(
  spec: CollectionSpec<T>,
  statement: (sql: string) => Statement,
  runOffThread: ((sql: Sql, most?: number) => Promise<Rows>) | undefined,
): Collection<T> {
  const { name } = spec;
  const fields: Fields = spec.fields;

  function read({ text, values }: Sql): T[] {
    return (
      statement(text)
        .pluck()
        .all(...values) as string[]
    ).map((doc) => JSON.parse(doc) as T);
  }

  function readOne(id: string): T | null {
    const doc = statement(`select doc from ${name} where id = ?`).pluck().get(id) as string | undefined;
    return doc === undefined ? null : (JSON.parse(doc) as T);
  }

  /** Reads on this thread if an index leads to the rows, and elsewhere if all documents have to be scanned. */
  async function readPage(sql: Sql, { where = [], order, limit }: ListQuery): Promise<Page<T>> {
    const { rows, isCut } =
      runOffThread && !isIndexed(spec, where, order.field)
        ? await runOffThread(sql)
        : takeRows(statement(sql.text), sql.values, PAGE_BYTES);
    const items = rows.slice(0, limit).map((doc) => JSON.parse(String(doc)) as T);
    return { items, hasMore: isCut || rows.length > limit };
  }

  async function get(ids: readonly string[]): Promise<readonly (T | null)[]> {
    if (ids.length === 1) return [readOne(ids[0]!)];
    const found = read({
      text: `select doc from ${name} where id in (select value from json_each(?))`,
      values: [JSON.stringify(ids)],
    });
    const byId = new Map(found.map((record) => [record.id, record]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async function getFirst(ids: readonly string[]): Promise<readonly (T | null)[]> {
    // A left join goes through the ids in their order. An `order by` would read all documents, to sort them.
    const each = statement(`select c.doc from json_each(?) i left join ${name} c on c.id = i.value`);
    const { rows } = takeRows(each, [JSON.stringify(ids)], PAGE_BYTES);
    return rows.map((doc) => (doc === null ? null : (JSON.parse(String(doc)) as T)));
  }

  async function list(query: ListQuery): Promise<Page<T>> {
    const { order, limit, fromEnd = false } = query;
    const ranges = rangesSql(query, fields);
    const items: T[] = [];
    let hasMore = false;
    for (const range of (order.direction === 'ASC') === fromEnd ? ranges.toReversed() : ranges) {
      const part = { ...query, limit: limit - items.length };
      const page = await readPage(pageSql(part, range), part);
      items.push(...page.items);
      hasMore = page.hasMore;
      if (hasMore) break;
    }
    return { items: fromEnd ? items.toReversed() : items, hasMore };
  }

  /** The first documents of a range, and one more. */
  function pageSql({ order, limit, deleted = 'EXCLUDE', fromEnd = false }: ListQuery, range: readonly Sql[]): Sql {
    const sorted = `${orderSql(order, fromEnd, fields)} limit ${limit + 1}`;
    const part = (which: 'EXCLUDE' | 'ONLY'): Sql => {
      const where = whereSql([deletedSql(which), ...range]);
      return {
        text: `select doc, id, ${order.field} from ${name} where ${where.text} ${sorted}`,
        values: where.values,
      };
    };
    if (deleted !== 'INCLUDE') return part(deleted);
    // Live and deleted documents have indexes of their own, so each part stops after a page.
    const parts = [part('EXCLUDE'), part('ONLY')];
    const text = `select doc from (${parts.map((sql) => `select * from (${sql.text})`).join(' union all ')}) ${sorted}`;
    return { text, values: parts.flatMap(({ values }) => values) };
  }

  async function listByParents(
    parentField: keyof T & string,
    parents: readonly string[],
    query: ListQuery,
  ): Promise<readonly Page<T>[]> {
    const { order, limit, deleted = 'EXCLUDE', fromEnd = false } = query;
    const range = anySql(rangesSql(query, fields).map(whereSql));
    const where = whereSql([...(deleted === 'INCLUDE' ? [] : [deletedSql(deleted)]), range]);
    // A window function would read every child; this reads the first n+1 ids of each parent from the index.
    const sql = {
      text: `select p.key || ' ' || c.doc from json_each(?) p join ${name} c on c.rowid in (
         select rowid from ${name} where ${declared(parentField, fields)} = p.value and ${where.text}
         ${orderSql(order, fromEnd, fields)} limit ${limit + 1})`,
      values: [JSON.stringify(parents), ...where.values],
    };
    const named = [...(query.where ?? []), { field: parentField, is: '' }];
    const { rows, isCut } =
      runOffThread && !isIndexed(spec, named, order.field)
        ? await runOffThread(sql, PARENTS_BYTES)
        : takeRows(statement(sql.text), sql.values, PARENTS_BYTES);
    if (isCut) throw new ReadTooMuchError(PARENTS_BYTES);
    const children: T[][] = parents.map(() => []);
    for (const row of rows as readonly string[]) {
      const end = row.indexOf(' ');
      children[Number(row.slice(0, end))]!.push(JSON.parse(row.slice(end + 1)) as T);
    }
    return children.map((found) => {
      found.sort(comparator<T>(order));
      const hasMore = found.length > limit;
      return { items: fromEnd ? found.slice(-limit) : found.slice(0, limit), hasMore };
    });
  }

  async function count(where: readonly Condition[] = [], deleted: Deleted = 'EXCLUDE'): Promise<number> {
    const sql = whereSql([...(deleted === 'INCLUDE' ? [] : [deletedSql(deleted)]), ...conditionsSql(where, fields)]);
    const counting = { text: `select count(*) from ${name} where ${sql.text}`, values: sql.values };
    if (runOffThread && !isIndexed(spec, where, null)) return (await runOffThread(counting)).rows[0] as number;
    return statement(counting.text)
      .pluck()
      .get(...counting.values) as number;
  }

  async function countByParents(parentField: keyof T & string, parents: readonly string[], greatest: keyof T & string) {
    const rows = statement(
      `select count(c.rowid) as count, max(c.${declared(greatest, fields)}) as greatest
       from json_each(?) p left join ${name} c on c.${declared(parentField, fields)} = p.value and c.deletedAt is null
       group by p.key order by p.key`,
    ).all(JSON.stringify(parents));
    return rows as { count: number; greatest: string | null }[];
  }

  return { spec, get, getFirst, list, listByParents, count, countByParents };
}

/** Whether an index has the matching documents consecutively, and in this order. */
function isIndexed<T extends RecordBase>(
  { indexes, unique }: CollectionSpec<T>,
  where: readonly Condition[],
  order: string | null,
): boolean {
  const named = new Set<string>();
  for (const condition of where) {
    if ('is' in condition) named.add(condition.field);
    else if (!('field' in condition) || 'in' in condition || condition.field !== order) return false;
  }
  if (unique.some(({ fields }) => fields.every((field) => named.has(field)))) return true;
  const isEach = (fields: readonly string[]) => fields.every((field) => named.has(field));
  return [...indexes, ...unique.map(({ fields }) => fields), ['id'], []].some(
    (fields: readonly string[]) =>
      isEach(fields.slice(0, named.size)) &&
      fields.length >= named.size &&
      (order === null || fields[named.size] === order),
  );
}

/** The order of a list, for records in memory: code units, as SQLite compares ASCII; ids break ties. */
function comparator<T extends RecordBase>({ field, direction }: Order): (a: T, b: T) => number {
  const sign = direction === 'ASC' ? 1 : -1;
  const value = (record: T) => record[field as keyof T] as string | number | boolean | null;
  const rank = (x: string | number | boolean | null, y: string | number | boolean | null): number => {
    if (x === y) return 0;
    if (x === null || y === null) return x === null ? -1 : 1;
    return x < y ? -1 : 1;
  };
  return (a, b) => sign * (rank(value(a), value(b)) || rank(a.id, b.id));
}
