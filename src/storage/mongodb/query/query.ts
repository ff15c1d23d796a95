import type { Document } from 'mongodb';
import { declared, type Fields } from '../../shared/collection-spec.js';
import { boundsOf } from '../../shared/list-bounds.js';
import type { Condition, Deleted, FieldType, ListQuery, Position } from '../../store.js';
import { anyValue, DELETED, LIVE } from '../schema.js';
import { mayContain } from './contains.js';
import { equalsFilter } from './equals.js';

/** Queries in the server's terms. Field names come from specs and are checked against them. */

/** Filters whose documents, one filter's after the other's, make a list in its order. */
export interface Chain {
  readonly filters: readonly Document[];
  readonly sort: Record<string, 1 | -1>;
}

/** All claims about a project's documents. Of those it finds, texts that must contain another have to be inspected. */
export function filterOf(
  project: string,
  where: readonly Condition[],
  deleted: Deleted,
  fields: Fields,
  ...more: readonly Document[]
): Document {
  const part = deleted === 'EXCLUDE' ? LIVE : deleted === 'ONLY' ? DELETED : {};
  return allOf([{ project }, part, ...where.map((condition) => conditionFilter(condition, fields)), ...more]);
}

/** What a list reads of the live documents, or of the deleted ones: each part has an index of its own. */
export function chainOf(project: string, query: ListQuery, deleted: Deleted, fields: Fields): Chain {
  const { where = [], order } = query;
  const field = declared(order.field, fields);
  const { above, below, isAscending } = boundsOf(order.direction, query);
  const ranges = rangesBetween(field, fields[field], above, below);
  const way = isAscending ? 1 : -1;
  return {
    filters: (isAscending ? ranges : ranges.reverse()).map((range) => filterOf(project, where, deleted, fields, range)),
    sort: { [field]: way, _id: way },
  };
}

/** Stages that read the first documents of a chain; null: all. The server stops the chain when it has enough. */
export function chainStages(collection: string, { filters, sort }: Chain, limit: number | null): Document[] {
  const end = limitStage(limit);
  const [first, ...rest] = filters.map((filter) => [{ $match: filter }, { $sort: sort }, ...end]);
  if (!first) return [{ $match: { _id: { $in: [] } } }];
  if (rest.length === 0) return first;
  return [...first, ...rest.map((pipeline) => ({ $unionWith: { coll: collection, pipeline } })), ...end];
}

/** Limits the documents found; null: no limit. */
export const limitStage = (limit: number | null): Document[] => (limit === null ? [] : [{ $limit: limit }]);

/**
 * The range between two positions, in ascending order (nulls first, as servers sort them), as ranges that an index
 * walks without reading more than it returns: documents that agree in the field are a range of their own, by their ids.
 */
function rangesBetween(field: string, type: FieldType | undefined, above: Position | null, below: Position | null) {
  if (!above && !below) return [{}];
  const ties = (value: Position['value'], ids: Document): Document => ({ [field]: value, _id: ids });
  const values = (range: Document): Document => ({ [field]: range });
  if (above && below && above.value === below.value) return [ties(above.value, { $gt: above.id, $lt: below.id })];
  if (above && below?.value === null) return [];
  const greater = above && (above.value === null ? anyValue(type) : { $gt: above.value });
  return [
    ...(above ? [ties(above.value, { $gt: above.id })] : []),
    ...(!above && below && below.value !== null ? [values({ $eq: null })] : []),
    ...(below?.value === null ? [] : [values({ ...greater, ...(below && { $lt: below.value }) })]),
    ...(below ? [ties(below.value, { $lt: below.id })] : []),
  ];
}

/** @throws Error for a field that the spec doesn't declare: a mistake in our code, not of the client */
function conditionFilter(condition: Condition, fields: Fields): Document {
  if ('is' in condition) return { [declared(condition.field, fields)]: condition.is };
  if ('in' in condition) return { [declared(condition.field, fields)]: { $in: condition.in } };
  if ('contains' in condition) {
    for (const field of condition.fields) declared(field, fields);
    return mayContain(condition);
  }
  if ('equals' in condition) return equalsFilter(condition.path, condition.equals);
  const { field, gte, lt } = condition;
  if (gte === undefined && lt === undefined) return {};
  return {
    [declared(field, fields)]: { ...(gte !== undefined && { $gte: gte }), ...(lt !== undefined && { $lt: lt }) },
  };
}

/** One filter for several, flat where possible: servers find its index more easily. */
function allOf(filters: readonly Document[]): Document {
  const all: Document = {};
  const apart: Document[] = [];
  for (const filter of filters) {
    for (const [key, claim] of Object.entries(filter)) {
      if (key === '$and') apart.push(...(claim as Document[]));
      else if (!(key in all)) all[key] = claim;
      else if (!join(all, key, claim)) apart.push({ [key]: claim });
    }
  }
  return apart.length === 0 ? all : { ...all, $and: apart };
}

/** Adds a claim about a field to the existing ones; false when it must stay separate. */
function join(all: Document, field: string, claim: unknown): boolean {
  if (field.startsWith('$')) return false;
  const [old, added] = [operators(all[field]), operators(claim)];
  if (Object.keys(added).some((operator) => operator in old)) return false;
  all[field] = { ...old, ...added };
  return true;
}

function operators(claim: unknown): Document {
  return typeof claim === 'object' && claim !== null ? claim : { $eq: claim };
}
