import { randomUUID } from 'node:crypto';
import { isLost, MOST_DIGITS } from './json-number.js';

/** JSON as it is written: what `JSON.parse` passes over without a word. */

const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const COLON = 58;
const UPPER_E = 69;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const LOWER_E = 101;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** A decimal of this many digits, and within these powers of ten, is written again as it was read (`DBL_DIG`, `DBL_MAX_10_EXP`). */
const SAFE_DIGITS = 15;
const SAFE_EXPONENT = 280;

/** Where a string that begins at a quote ends; the text's length when it doesn't. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let escapes = 0;
    while (json.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return json.length;
}

/** Whether a text of JSON has more values than `most`: each takes two characters or more. */
export function hasMoreValues(json: string, most: number): boolean {
  if (json.length <= most * 2) return false;
  let values = 1;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case QUOTE:
        at = endOfString(json, at);
        break;
      case COMMA:
      case COLON:
      case OPEN_BRACKET:
      case OPEN_BRACE:
        values += 1;
        if (values > most) return true;
    }
  }
  return false;
}

/**
 * `JSON.parse`, but a number that can't be kept becomes a symbol that is called as the number is written. Nothing that takes
 * a number, a text, a list or an object takes it, so it is refused where its place is known; `describeLost` says why.
 * @throws SyntaxError when it isn't JSON
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const lost = findLost(text);
  return lost.length === 0 ? value : parseWithSymbols(text, lost);
}

/** Whether a value of `parseJson` holds a number that can't be kept. */
export function hasLost(value: unknown): boolean {
  for (const waiting = [value]; waiting.length > 0; ) {
    const next = waiting.pop();
    if (typeof next === 'symbol') return true;
    if (typeof next === 'object' && next !== null) for (const each of Object.values(next)) waiting.push(each);
  }
  return false;
}

interface Token {
  readonly start: number;
  readonly end: number;
}

/** The numbers of a text of JSON that can't be kept. Strings are skipped, and only numbers that may be one are checked. */
function findLost(json: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if (isDigit(code)) {
      const start = at;
      let point = -1;
      let exponent = -1;
      for (at += 1; at < json.length; at += 1) {
        const next = json.charCodeAt(at);
        if (next === POINT) point = at;
        else if (next === LOWER_E || next === UPPER_E) exponent = at;
        else if (!isDigit(next) && next !== MINUS && next !== PLUS) break;
      }
      const end = at;
      at -= 1;
      if (isSafe(json, start, point, exponent, end) || !isLost(json.slice(start, end))) continue;
      found.push({ start: json.charCodeAt(start - 1) === MINUS ? start - 1 : start, end });
    }
  }
  return found;
}

/** Whether a number is kept, as far as its length alone tells: nearly all are known by that. */
function isSafe(json: string, start: number, point: number, exponent: number, end: number): boolean {
  if (exponent !== -1) {
    const digits = exponent - start - (point === -1 ? 0 : 1);
    return digits <= SAFE_DIGITS && Math.abs(Number(json.slice(exponent + 1, end))) <= SAFE_EXPONENT;
  }
  if (point === -1) return end - start <= SAFE_DIGITS;
  // A zero before the point is none of its digits; those before it alone are a whole number that is kept.
  const digits = end - start - (json.charCodeAt(start) === DIGIT_0 ? 2 : 1);
  return digits <= MOST_DIGITS && point - start <= SAFE_DIGITS;
}

const isDigit = (code: number): boolean => code >= DIGIT_0 && code <= DIGIT_9;

/** The text is JSON, and these are numbers in it. */
function parseWithSymbols(text: string, lost: readonly Token[]): unknown {
  // Nobody can know it, so no string of the text's own begins with it.
  const mark = randomUUID();
  let at = 0;
  const parts = lost.map(({ start, end }) => {
    const before = text.slice(at, start);
    at = end;
    return `${before}"${mark}${text.slice(start, end)}"`;
  });
  const root: Parent = { value: JSON.parse(parts.join('') + text.slice(at)) };
  // Without recursion, as `JSON.parse` itself: lists may lie in each other a million deep.
  for (const waiting = [root]; waiting.length > 0; ) {
    const parent = waiting.pop()!;
    for (const key of Object.keys(parent)) {
      const value = parent[key];
      if (typeof value === 'string' && value.startsWith(mark)) parent[key] = Symbol(value.slice(mark.length));
      else if (typeof value === 'object' && value !== null) waiting.push(value as Parent);
    }
  }
  return root.value;
}

type Parent = { [key: string]: unknown };

/** A key that one object of a text of JSON has twice, of which only the last would count; null when there is none. */
export function findRepeatedKey(json: string): string | null {
  /** The keys of the objects that are open; null for a list. */
  const open: (Set<string> | null)[] = [];
  let isKey = false;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case OPEN_BRACE:
        open.push(new Set());
        isKey = true;
        break;
      case OPEN_BRACKET:
        open.push(null);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        open.pop();
        break;
      case COMMA:
        isKey = true;
        break;
      case COLON:
        isKey = false;
        break;
      case QUOTE: {
        const start = at;
        at = endOfString(json, at);
        const keys = open.at(-1);
        if (!keys || !isKey) break;
        const key = JSON.parse(json.slice(start, at + 1)) as string;
        if (keys.has(key)) return key;
        keys.add(key);
      }
    }
  }
  return null;
}
