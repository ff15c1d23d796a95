import type { CleanedWhere } from '@better-auth/core/db/adapter';
import type { AnySpec } from '../../storage/shared/collection-spec.js';
import type { Condition, FieldValue } from '../../storage/store.js';
import type { Json, JsonObject } from '../../util/json/json.js';

/** Whether a record meets conditions: all of those joined by AND, and one of those joined by OR, if there are any. */
export function meets(row: JsonObject, where: readonly CleanedWhere[]): boolean {
  const others = where.filter(({ connector }) => connector === 'OR');
  const all = where.filter(({ connector }) => connector !== 'OR');
  return all.every((each) => holds(row, each)) && (others.length === 0 || others.some((each) => holds(row, each)));
}

/** What of the conditions the store can tell by its columns; the rest is told by `meets`. */
export function conditionsOf(where: readonly CleanedWhere[], { fields }: AnySpec): readonly Condition[] {
  return where.flatMap(({ field, operator, value, connector, mode }): Condition[] => {
    if (connector === 'OR' || mode === 'insensitive' || !(field in fields)) return [];
    const given = storable(value);
    if (operator === 'eq' && isFieldValue(given)) return [{ field, is: given }];
    if (operator === 'in' && Array.isArray(given) && given.every(isFieldValue)) return [{ field, in: given }];
    if (typeof given !== 'string' && typeof given !== 'number') return [];
    if (operator === 'lt') return [{ field, lt: given }];
    // The store has no `gt`: what equals is left out by `meets`.
    return operator === 'gt' || operator === 'gte' ? [{ field, gte: given }] : [];
  });
}

/** The ids that records must have by these conditions; null when these say nothing of ids. */
export function idsOf(where: readonly CleanedWhere[]): readonly string[] | null {
  for (const { field, operator, value, connector, mode } of where) {
    if (field !== 'id' || connector === 'OR' || mode === 'insensitive') continue;
    if (operator === 'eq') return typeof value === 'string' ? [value] : [];
    if (operator === 'in' && Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  }
  return null;
}

type Value = Json | undefined;

function holds(row: JsonObject, { field, operator, value, mode }: CleanedWhere): boolean {
  const fold = (one: Value): Value => (mode === 'insensitive' && typeof one === 'string' ? one.toLowerCase() : one);
  const own = fold(row[field] ?? null);
  const given = storable(value);
  const listed = Array.isArray(given) ? given.map(fold) : [];
  const other = Array.isArray(given) ? null : fold(given);
  switch (operator ?? 'eq') {
    case 'eq':
      return own === other;
    case 'ne':
      return own !== other;
    case 'in':
      return listed.includes(own);
    case 'not_in':
      return !listed.includes(own);
    case 'contains':
      return text(own).includes(text(other));
    case 'starts_with':
      return text(own).startsWith(text(other));
    case 'ends_with':
      return text(own).endsWith(text(other));
    case 'gt':
      return isScalar(own) && isScalar(other) && own > other;
    case 'gte':
      return isScalar(own) && isScalar(other) && own >= other;
    case 'lt':
      return isScalar(own) && isScalar(other) && own < other;
    case 'lte':
      return isScalar(own) && isScalar(other) && own <= other;
  }
}

/** Dates are stored as texts. */
const storable = (value: CleanedWhere['value']): Json => (value instanceof Date ? value.toISOString() : value);
const text = (value: Value): string => (typeof value === 'string' ? value : '');
const isFieldValue = (value: Json): value is FieldValue => value === null || typeof value !== 'object';
const isScalar = (value: Value): value is string | number => typeof value === 'string' || typeof value === 'number';
