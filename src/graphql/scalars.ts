import { Kind, type ValueNode } from 'graphql';
import { InvalidInputError } from '../domain/errors.js';
import { MAX_JSON_DEPTH } from '../domain/fields/json.js';
import { isInRange } from '../domain/fields/text.js';
import type { Json, JsonObject } from '../util/json/json.js';
import { describeLost, parseNumber } from '../util/json/json-number.js';
import { builder } from './builder.js';

const TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/;

/** Maximum length of a path shown in an error, in characters. */
const MAX_PLACE = 200;
/** The JSON specification. */
const JSON_URL = 'https://www.rfc-editor.org/rfc/rfc8259';

builder.scalarType('DateTime', {
  description:
    'A date and time in ISO 8601 with a UTC offset, in the years 0 to 9999. Accepted: `2026-01-31T09:30Z`, `2026-01-31T10:30:00.5+01:00`; digits beyond milliseconds are dropped. Returned in UTC with milliseconds: `2026-01-31T09:30:00.500Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => value,
  parseValue: toUtc,
});

builder.scalarType('JSON', {
  description: `Any JSON value, with lists and objects nested at most ${MAX_JSON_DEPTH} deep. The keys \`__proto__\`, \`constructor\` and \`prototype\` are rejected. Numbers are stored as 64-bit floating point. A number that doesn't fit (an integer that would change, a fraction of more than 17 digits, a value out of range) is rejected: send it as a string.`,
  specifiedByURL: JSON_URL,
  serialize: (value) => value,
  parseValue: (value) => value as Json,
  parseLiteral: (node, variables) => fromLiteral(node, variables ?? {}),
});

builder.scalarType('JSONObject', {
  description: 'A JSON object, with the limits of `JSON`.',
  specifiedByURL: JSON_URL,
  serialize: (value) => value,
  parseValue: asObject,
  parseLiteral: (node, variables) => asObject(fromLiteral(node, variables ?? {})),
});

function toUtc(value: unknown): string {
  const parts = typeof value === 'string' ? TIME.exec(value) : null;
  const time = parts ? new Date(parts[0].toUpperCase()) : null;
  if (!parts || !time || !isInRange(time) || !isCalendarDay(parts)) {
    throw new InvalidInputError(
      'This is not a date and time such as 2026-01-31T09:30:00Z, in the years 0 to 9999.',
      'Use ISO 8601 with a UTC offset.',
    );
  }
  return time.toISOString();
}

/** `Date` parses 30 February as 2 March. */
function isCalendarDay(parts: RegExpExecArray): boolean {
  const [, year, month, day] = parts;
  return new Date(`${year}-${month}-${day}T00:00:00Z`).getUTCDate() === Number(day);
}

function asObject(value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new InvalidInputError('The value must be a JSON object.', 'Pass an object, such as {"source": "chat"}.');
}

/** `at`: the path inside the value. */
function fromLiteral(node: ValueNode, variables: Readonly<Record<string, unknown>>, at = ''): Json {
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.BOOLEAN:
    case Kind.STRING:
    case Kind.ENUM:
      return node.value;
    case Kind.INT:
    case Kind.FLOAT:
      return kept(node.value, at);
    case Kind.LIST:
      return node.values.map((each, index) => fromLiteral(each, variables, joined(at, String(index))));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, fromLiteral(value, variables, joined(at, name.value))]),
      );
    case Kind.VARIABLE:
      return (variables[node.name.value] ?? null) as Json;
  }
}

const joined = (at: string, name: string): string => (at === '' ? name : `${at}.${name}`);

function kept(text: string, at: string): number {
  const number = parseNumber(text);
  if (typeof number === 'number') return number;
  const { message, hint } = describeLost(number);
  throw new InvalidInputError(`The value${at === '' ? '' : ` at ${at.slice(0, MAX_PLACE)}`} is ${message}.`, hint);
}
