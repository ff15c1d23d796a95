import { fieldOrder } from '../../../domain/stored-record.js';
import { isDeeperThan, type JsonObject } from '../../../util/json/json.js';
import { findRepeatedKey, parseJson } from '../../../util/json/json-text.js';
import { decodeUtf8 } from '../../../util/text/utf8.js';

/** Documents as text: on one line in the log and the cache, indented in their files. */

/** A document, and its JSON on one line with its fields in order: the same record always has the same text. */
export interface DocumentText {
  readonly document: JsonObject;
  readonly doc: string;
}

/**
 * The record with its fields in the order of its collection; fields that the collection doesn't name come last, sorted.
 * It is the record itself when they already are.
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

/** A document's fields in order. `doc`: as `JSON.stringify` writes it. */
export function inOrderText(collection: string, doc: string): DocumentText {
  const document = JSON.parse(doc) as JsonObject;
  const ordered = inOrder(collection, document);
  return { document: ordered, doc: ordered === document ? doc : JSON.stringify(ordered) };
}

/** The text of a document's file. */
export const fileText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** How much of a key is shown, in characters. */
const SHOWN_KEY = 60;

/** The deepest nesting of a document: three times as deep as a request may nest a record. */
export const MOST_LEVELS = 100;

/**
 * The JSON object in a file's bytes; otherwise why there is none, without quoting the file, which may be private. A
 * number that can't be kept is a symbol in it, as `parseJson` says.
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

/** Node's message about a text that isn't JSON, without what it quotes, and with the line. */
function saidOf(error: unknown, text: string): string {
  return (error instanceof Error ? error.message : String(error))
    .replace(/, (\.\.\.)?"[\s\S]*"(\.\.\.)? is not valid JSON$/, '')
    .replace(
      /(?: in JSON)? at position (\d+)[\s\S]*$/,
      (_all, at) => `, in line ${text.slice(0, Number(at)).split('\n').length}`,
    );
}
