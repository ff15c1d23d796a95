import { fieldOrder } from '../../../domain/stored-record.js';
import { isDeeperThan, type JsonObject } from '../../../util/json.js';
import { findRepeatedKey, parseJson } from '../../../util/json-text.js';
import { decodeUtf8 } from '../../../util/utf8.js';

/** Documents as text: in the log and the cache on one line, in their files as a person reads them. */

/** A document, and its JSON on one line with its fields in order: the same record always gives the same text. */
export interface DocumentText {
  readonly document: JsonObject;
  readonly doc: string;
}

/**
 * The record with its fields in the order of its collection; those that the collection doesn't name come last, sorted. It
 * is the record itself when it has them so.
 */
export function inOrder(collection: string, record: JsonObject): JsonObject {
  const order = fieldOrder(collection);
  const present = Object.keys(record);
  const rest = present.filter((field) => !order.includes(field)).sort();
  const fields = [...order.filter((field) => Object.hasOwn(record, field)), ...rest];
  if (fields.every((field, index) => field === present[index])) return record;
  // Not by assignment: a field may be called __proto__.
  return Object.fromEntries(fields.map((field) => [field, record[field]!]));
}

/** A document's fields in order. `doc`: as `JSON.stringify` gives it. */
export function inOrderText(collection: string, doc: string): DocumentText {
  const document = JSON.parse(doc) as JsonObject;
  const ordered = inOrder(collection, document);
  return { document: ordered, doc: ordered === document ? doc : JSON.stringify(ordered) };
}

/** The text of a document's file. */
export const fileText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** How much of a key is shown, in characters. */
const SHOWN_KEY = 60;

/** How deep lists and objects may lie in each other: three times as deep as a request may put them into a record. */
export const MOST_LEVELS = 100;

/**
 * What a file's bytes say, when it is a JSON object; otherwise why it isn't, without what it says: that is nobody else's
 * business. A number that can't be kept is a symbol in it, as of `parseJson`.
 */
export function parseObject(bytes: Buffer): { readonly object: JsonObject } | { readonly fault: string } {
  const text = decodeUtf8(bytes);
  if (text === null) return { fault: "it isn't UTF-8" };
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    return { fault: `it isn't JSON: ${saidOf(error, text)}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: 'it holds no JSON object' };
  if (isDeeperThan(MOST_LEVELS, value))
    return { fault: `its lists and objects lie more than ${MOST_LEVELS} deep in each other` };
  const key = findRepeatedKey(text);
  if (key !== null) return { fault: `an object in it has a key twice, ${JSON.stringify(key.slice(0, SHOWN_KEY))}` };
  return { object: value as JsonObject };
}

/** What Node says of a text that isn't JSON: without what it quotes of it, and with the line. */
function saidOf(error: unknown, text: string): string {
  return (error instanceof Error ? error.message : String(error))
    .replace(/, (\.\.\.)?"[\s\S]*"(\.\.\.)? is not valid JSON$/, '')
    .replace(
      /(?: in JSON)? at position (\d+)[\s\S]*$/,
      (_all, at) => `, in line ${text.slice(0, Number(at)).split('\n').length}`,
    );
}

/** Whether two JSON values are the same, whatever the order of keys. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) && isEqual((a as { [k: string]: unknown })[key], (b as { [k: string]: unknown })[key]),
    )
  );
}
