import type { Document } from 'mongodb';
import type { RecordBase } from '../../domain/record.js';
import type { Json, JsonObject } from '../../util/json/json.js';

/**
 * Records as BSON documents that a person can read: `_id` is the record's id, `project` its project's, then the record's
 * fields as they are. What BSON can't carry, or a server or driver would read as something else, is written in another
 * way that begins with a full-width dollar sign, so what comes back is what went in:
 * - keys that begin with `$` or `＄`, that hold a NUL or half a surrogate pair, or are `_bsontype`, as `＄` and the key in JSON;
 * - strings with half a surrogate pair, and what is nested deeper than servers allow, as `{ "＄": <the value in JSON> }`.
 */

const MARK = '＄';
/** Servers accept 100 levels; a log entry's image is one level deeper than its record. */
const DEEPEST = 80;

/** A record as a stored document. */
export function toDocument(record: RecordBase, project: string): Document {
  const { id, ...fields } = record as RecordBase & { readonly [field: string]: Json | undefined };
  const document: Document = { _id: id, project };
  for (const [field, value] of Object.entries(fields)) document[field] = encode(value as Json, 1);
  return document;
}

/** A stored document as the record that it was. */
export function fromDocument<T extends RecordBase>(stored: Document): T {
  const record: Document = { id: stored._id };
  for (const field in stored) {
    if (field !== '_id' && field !== 'project') record[field] = decode(stored[field] as Json);
  }
  return record as unknown as T;
}

/** An image or a manifest as it is stored. */
export const encodeObject = (value: object): Document => encode(value as JsonObject, 1) as Document;
export const decodeObject = (stored: Document): JsonObject => decode(stored as JsonObject) as JsonObject;

/** A value as it is stored at this depth of its record; a value that needs no other form is returned itself. */
export function encode(value: Json | undefined, depth: number): Json | undefined {
  if (typeof value === 'string') return isWellFormed(value) ? value : { [MARK]: JSON.stringify(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return { [MARK]: JSON.stringify(value) };
  return map(value, encodeKey, (each) => encode(each, depth + 1));
}

/** A key as it is stored. */
export function encodeKey(key: string): string {
  const isHard =
    key.startsWith('$') || key.startsWith(MARK) || key === '_bsontype' || key.includes('\0') || !isWellFormed(key);
  return isHard ? MARK + JSON.stringify(key).slice(1, -1) : key;
}

function decode(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value) && typeof (value as JsonObject)[MARK] === 'string')
    return JSON.parse((value as JsonObject)[MARK] as string) as Json;
  return map(value, decodeKey, decode) as Json;
}

function decodeKey(key: string): string {
  return key.startsWith(MARK) ? (JSON.parse(`"${key.slice(MARK.length)}"`) as string) : key;
}

/** The value with its keys and values changed; itself when nothing changes. */
function map(
  value: readonly Json[] | JsonObject,
  keyOf: (key: string) => string,
  change: (each: Json) => Json | undefined,
): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(change);
    return items.every((each, index) => Object.is(each, value[index])) ? value : (items as Json);
  }
  const entries = Object.entries(value).map(([key, each]) => [key, keyOf(key), each, change(each)] as const);
  if (entries.every(([key, newKey, each, changed]) => key === newKey && Object.is(each, changed))) return value;
  // `fromEntries` defines its keys, so `__proto__` is a key like any other.
  return Object.fromEntries(entries.map(([, key, , changed]) => [key, changed])) as JsonObject;
}

/** Whether UTF-8 can carry the text. Every supported Node has this; the types of our language level don't. */
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
