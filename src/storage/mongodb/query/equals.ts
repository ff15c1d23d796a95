import type { Document } from 'mongodb';
import type { Json, JsonObject } from '../../../util/json/json.js';
import { encode, encodeKey } from '../bson.js';

/**
 * Equality of JSON values in the server's terms. Servers compare embedded documents with their keys in order, and would
 * search arrays where a path is matched; so the wanted value is written out as an expression, and compared part by
 * part.
 */

/** The JSON value at the path of keys equals this one, regardless of the order of keys inside it. */
export function equalsFilter(path: readonly string[], wanted: Json): Document {
  const keys = path.map((key, depth) => (depth === 0 && key === 'id' ? '_id' : encodeKey(key)));
  const parents = keys.slice(0, -1).map((_, depth) => keys.slice(0, depth + 1).reduce(field, '$$ROOT'));
  const differences = [
    ...parents.map((parent) => isNot('object', parent)),
    ...differencesOf(keys.reduce(field, '$$ROOT'), wanted, path.length),
  ];
  // Branches are tried in their order up to the first that holds: each may rely on those before it.
  // biome-ignore lint/suspicious/noThenProperty: the server's word for it
  const branches = differences.map((difference) => ({ case: difference, then: false }));
  return { $expr: { $switch: { branches, default: true } } };
}

type Expression = string | Document;

/** A key is passed as a value, since a path can't express every key, and would search arrays too. */
const field = (input: Expression, key: string): Expression => ({ $getField: { field: key, input } });

/** A missing value counts as null, since not every server has a type for it here. */
const isNot = (type: 'object' | 'array', input: Expression): Document => ({
  $ne: [{ $type: { $ifNull: [input, null] } }, type],
});

/** Claims of which none holds when the value equals the wanted one. A flat list, since servers accept 100 levels. */
function differencesOf(input: Expression, wanted: Json, depth: number): Document[] {
  if (!hasObject(wanted)) return [{ $ne: [input, { $literal: encode(wanted, depth) }] }];
  if (Array.isArray(wanted)) {
    const items: readonly Json[] = wanted;
    return [
      isNot('array', input),
      { $ne: [{ $size: input }, items.length] },
      ...items.flatMap((each, index) => differencesOf({ $arrayElemAt: [input, index] }, each, depth + 1)),
    ];
  }
  const members = Object.entries(wanted as JsonObject);
  return [
    isNot('object', input),
    { $ne: [{ $size: { $objectToArray: input } }, members.length] },
    ...members.flatMap(([key, each]) => differencesOf(field(input, encodeKey(key)), each, depth + 1)),
  ];
}

function hasObject(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.some(hasObject) : true;
}
