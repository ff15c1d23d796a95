import type { Document } from 'mongodb';
import { fromSearch } from './refusals.js';

/** The filter language of `$vectorSearch`: what it accepts, and what passes. */

const JOINS = ['$and', '$or', '$nor'];
const OPERATORS = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin', '$exists', '$not'];

/** Refuses unknown operators, and paths that aren't indexed as filters. */
export function checkFilter(filter: Document, paths: readonly string[]): void {
  for (const [key, value] of Object.entries(filter)) {
    if (JOINS.includes(key)) for (const each of value as Document[]) checkFilter(each, paths);
    else if (key.startsWith('$')) throw fromSearch(`"filter" has an unrecognized operator "${key}"`);
    else checkField(key, value, paths);
  }
}

function checkField(path: string, condition: unknown, paths: readonly string[]): void {
  const asked = operatorsOf(condition);
  for (const [operator, operand] of asked) {
    if (!OPERATORS.includes(operator)) throw fromSearch(`"filter.${path}" has an unrecognized operator "${operator}"`);
    if (operator === '$not') checkField(path, operand, paths);
    else checkOperand(path, operand);
  }
  const isNull = asked.every(([operator, operand]) => operator === '$eq' && operand === null);
  if (!isNull && !paths.includes(path)) throw fromSearch(`Path '${path}' needs to be indexed as filter`);
}

/** Boolean, date, number, object id, string, UUID, null, and lists of them. */
function checkOperand(path: string, operand: unknown): void {
  const all = Array.isArray(operand) ? operand : [operand];
  const isTaken = (value: unknown) =>
    value === null ||
    ['boolean', 'number', 'string'].includes(typeof value) ||
    value instanceof Date ||
    ['ObjectId', 'UUID', 'Long', 'Int32', 'Double'].includes((value as { _bsontype?: string })?._bsontype ?? '');
  if (!all.every(isTaken)) throw fromSearch(`"filter.${path}" has a value of a type that can't be filtered by`);
}

function operatorsOf(condition: unknown): readonly (readonly [string, unknown])[] {
  const isObject =
    typeof condition === 'object' && condition !== null && Object.getPrototypeOf(condition) === Object.prototype;
  const entries = isObject ? Object.entries(condition) : [];
  return entries.some(([key]) => key.startsWith('$')) ? entries : [['$eq', condition]];
}

export function passesFilter(document: Document, filter: Document): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (key === '$and') return (value as Document[]).every((each) => passesFilter(document, each));
    if (key === '$or') return (value as Document[]).some((each) => passesFilter(document, each));
    if (key === '$nor') return !(value as Document[]).some((each) => passesFilter(document, each));
    return passesField(document[key], value);
  });
}

function passesField(stored: unknown, condition: unknown): boolean {
  return operatorsOf(condition).every(([operator, operand]) => passesOperator(stored, operator, operand));
}

function passesOperator(stored: unknown, operator: string, operand: unknown): boolean {
  const values = (Array.isArray(stored) ? stored : [stored]).map(plain);
  const wanted = (Array.isArray(operand) ? operand : [operand]).map(plain);
  const has = values.some((value) => wanted.includes(value ?? null) || (value === undefined && wanted.includes(null)));
  const [limit] = wanted;
  const some = (is: (value: never, limit: never) => boolean) =>
    values.some((value) => typeof value === typeof limit && value !== null && is(value as never, limit as never));
  switch (operator) {
    case '$eq':
    case '$in':
      return has;
    case '$ne':
    case '$nin':
      return !has;
    case '$gt':
      return some((a, b) => a > b);
    case '$gte':
      return some((a, b) => a >= b);
    case '$lt':
      return some((a, b) => a < b);
    case '$lte':
      return some((a, b) => a <= b);
    case '$exists':
      return (stored !== undefined) === operand;
    default:
      return !passesField(stored, operand);
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return (value as { _bsontype?: string } | null)?._bsontype === 'ObjectId' ? String(value) : value;
}
