import { canonical } from '../../util/json/canonical-json.js';
import type { Json } from '../../util/json/json.js';
import { fold } from '../../util/text/fold.js';
import { declared, type Fields } from '../shared/collection-spec.js';
import type { UniqueKey } from '../shared/unique-keys.js';
import type { Condition, Deleted, FieldValue, ListQuery, Order, Position } from '../store.js';
import { CANONICAL, CONTAINS } from './functions.js';

/** Queries as SQL. Field names come from specs and are checked against them; values are always bound. */

export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export type SqlValue = string | number | null;

/** All claims must hold; `true` for none. */
export function whereSql(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return { text: 'true', values: [] };
  return { text: conditions.map(({ text }) => text).join(' and '), values: conditions.flatMap(({ values }) => values) };
}

/** One of the claims must hold. */
export function anySql(claims: readonly Sql[]): Sql {
  if (claims.length === 1) return claims[0]!;
  return {
    text: `(${claims.map(({ text }) => `(${text})`).join(' or ')})`,
    values: claims.flatMap(({ values }) => values),
  };
}

export function deletedSql(deleted: Exclude<Deleted, 'INCLUDE'>): Sql {
  return { text: deleted === 'ONLY' ? 'deletedAt is not null' : 'deletedAt is null', values: [] };
}

/** Documents other than `id` that hold a unique key. */
export function holdersSql({ fields, values, among }: UniqueKey, id: string): Sql {
  return whereSql([
    ...fields.map((field, index) => ({ text: `${field} = ?`, values: [bindable(values[index] as FieldValue)] })),
    { text: 'id <> ?', values: [id] },
    ...(among === 'live' ? [deletedSql('EXCLUDE')] : []),
  ]);
}

/** @throws Error for a field that the spec doesn't declare: a mistake in our code, not of the client */
function conditionSql(condition: Condition, fields: Fields): Sql {
  if ('is' in condition) {
    const field = declared(condition.field, fields);
    return condition.is === null
      ? { text: `${field} is null`, values: [] }
      : { text: `${field} = ?`, values: [bindable(condition.is)] };
  }
  if ('in' in condition) {
    const field = declared(condition.field, fields);
    const values = condition.in.filter((value) => value !== null);
    const isIn = `${field} in (${values.map(() => '?').join(', ')})`;
    const text = values.length < condition.in.length ? `(${isIn} or ${field} is null)` : isIn;
    return { text, values: values.map(bindable) };
  }
  if ('contains' in condition) {
    const wanted = fold(condition.contains);
    const claims = condition.fields.map((field) => `${CONTAINS}(${declared(field, fields)}, ?)`);
    return { text: `(${claims.join(' or ')})`, values: claims.map(() => wanted) };
  }
  if ('equals' in condition) return equalsSql([condition]);
  const field = declared(condition.field, fields);
  return whereSql([
    ...(condition.gte === undefined ? [] : [{ text: `${field} >= ?`, values: [condition.gte] }]),
    ...(condition.lt === undefined ? [] : [{ text: `${field} < ?`, values: [condition.lt] }]),
  ]);
}

/** All conditions as SQL; those on values of one object become one, since each reads the whole document. */
export function conditionsSql(where: readonly Condition[], fields: Fields): readonly Sql[] {
  const within = new Map<string, Equals[]>();
  const others: Sql[] = [];
  for (const condition of where) {
    if (!('equals' in condition)) {
      others.push(conditionSql(condition, fields));
      continue;
    }
    const parent = JSON.stringify(condition.path.slice(0, -1));
    within.set(parent, [...(within.get(parent) ?? []), condition]);
  }
  return [...others, ...[...within.values()].map(equalsSql)];
}

type Equals = Extract<Condition, { readonly equals: Json }>;

/** Values of different keys of one object. Keys are compared as values, since a path in SQL can't express every key. */
function equalsSql(conditions: readonly Equals[]): Sql {
  const { path } = conditions[0]!;
  const steps = path.map((_, depth) => `json_each(${depth === 0 ? 'doc' : `e${depth - 1}.value`}) e${depth}`);
  const parents = path.slice(0, -1);
  const last = `e${path.length - 1}`;
  const claims = conditions.map(({ path, equals }): Sql => {
    const claim = valueSql(last, equals);
    return { text: `(${last}.key = ? and ${claim.text})`, values: [path.at(-1)!, ...claim.values] };
  });
  const where = [...parents.map((_, depth) => `e${depth}.key = ?`), `(${claims.map(({ text }) => text).join(' or ')})`];
  const values = [...parents, ...claims.flatMap((claim) => claim.values)];
  const from = `from ${steps.join(', ')} where ${where.join(' and ')}`;
  return conditions.length === 1
    ? { text: `exists (select 1 ${from})`, values }
    : { text: `(select count(*) ${from}) = ${conditions.length}`, values };
}

function valueSql(name: string, value: Json): Sql {
  if (value === null) return { text: `${name}.type = 'null'`, values: [] };
  if (typeof value === 'boolean') return { text: `${name}.type = '${value}'`, values: [] };
  if (typeof value === 'string') return { text: `${name}.type = 'text' and ${name}.value = ?`, values: [value] };
  // As JavaScript's double: SQLite would compare a whole number beyond 2^53 digit by digit.
  if (typeof value === 'number')
    return { text: `${name}.type in ('integer', 'real') and cast(${name}.value as real) = ?`, values: [value] };
  const type = Array.isArray(value) ? 'array' : 'object';
  return { text: `${name}.type = '${type}' and ${CANONICAL}(${name}.value) = ?`, values: [canonical(value)] };
}

/**
 * Documents after (or before) a position in an order, as ranges that don't overlap, in ascending order: an index finds the
 * beginning of each, but not of several at once. Nulls come first, as SQLite sorts them.
 */
function positionSql(
  { field, direction }: Order,
  { value, id }: Position,
  side: 'after' | 'before',
  fields: Fields,
): readonly Sql[] {
  const name = declared(field, fields);
  const isGreater = (direction === 'ASC') === (side === 'after');
  const isNull: Sql = { text: `${name} is null`, values: [] };
  if (value === null) {
    const ties: Sql = { text: `(${name} is null and id ${isGreater ? '>' : '<'} ?)`, values: [id] };
    return isGreater ? [ties, { text: `${name} is not null`, values: [] }] : [ties];
  }
  const row: Sql = { text: `(${name}, id) ${isGreater ? '>' : '<'} (?, ?)`, values: [bindable(value), id] };
  return isGreater ? [row] : [isNull, row];
}

/** `order by`, reversed to read a range from its end. */
export function orderSql({ field, direction }: Order, fromEnd: boolean, fields: Fields): string {
  const way = (direction === 'ASC') === fromEnd ? 'desc' : 'asc';
  return `order by ${declared(field, fields)} ${way}, id ${way}`;
}

/** All of a list's range but which documents are deleted, as ranges that don't overlap, in ascending order. */
export function rangesSql(
  { where = [], order, after, before }: ListQuery,
  fields: Fields,
): readonly (readonly Sql[])[] {
  const conditions = conditionsSql(where, fields);
  const startings = after ? positionSql(order, after, 'after', fields) : [null];
  const endings = before ? positionSql(order, before, 'before', fields) : [null];
  return startings.flatMap((start) =>
    endings.map((end) => [...conditions, ...(start ? [start] : []), ...(end ? [end] : [])]),
  );
}

function bindable(value: FieldValue): SqlValue {
  return typeof value === 'boolean' ? Number(value) : value;
}
