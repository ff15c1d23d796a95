import { randomUUID } from 'node:crypto';

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

/** Significant digits that tell any two doubles apart (IEEE 754, `DBL_DECIMAL_DIG`): more are for what isn't one. */
const MOST_DIGITS = 17;
/** A number of so many characters and without an exponent has at most 15 digits, which a double keeps (`DBL_DIG`). */
const SAFE_CHARS = 15;
/** How much of a number is shown. */
const SHOWN_CHARS = 60;

/** Where a string that begins at a quote ends; the text's length when it doesn't. */
export function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let escapes = 0;
    while (json.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return json.length;
}

/** Whether a text of JSON has more values than so many: each takes two characters or more. */
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

/** A number as it is written: its value, or the symbol that stands for one that can't be kept. */
export function parseNumber(text: string): number | symbol {
  return isLost(text) ? Symbol(text) : Number(text);
}

/** What is wrong with a number that can't be kept, to be read after the place where it is. */
export function describeLost({ description = '' }: symbol): { readonly message: string; readonly hint: string } {
  const value = Number(description);
  const shown = description.length > SHOWN_CHARS ? `${description.slice(0, SHOWN_CHARS)}…` : description;
  const why = !Number.isFinite(value)
    ? 'which is too large for a number'
    : value === 0
      ? 'which is too small for a number: it would be kept as 0'
      : `which has more digits than a number keeps: it would be kept as ${value}`;
  return { message: `${shown}, ${why}`, hint: `Send it as a text: "${shown}".` };
}

/** Whether a value of `parseJson` holds a number that can't be kept. */
export function hasLost(value: unknown): boolean {
  for (const waiting = [value]; waiting.length > 0; ) {
    const next = waiting.pop();
    if (typeof next === 'symbol') return true;
    if (typeof next === 'object' && next !== null) waiting.push(...Object.values(next));
  }
  return false;
}

interface Token {
  readonly start: number;
  readonly end: number;
}

/** The numbers of a text of JSON that can't be kept. Strings are leapt over, and only long numbers are looked at. */
function findLost(json: string): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = endOfString(json, at);
    else if (isDigit(code)) {
      const start = at > 0 && json.charCodeAt(at - 1) === MINUS ? at - 1 : at;
      let hasExponent = false;
      let end = at + 1;
      for (; end < json.length; end += 1) {
        const next = json.charCodeAt(end);
        if (next === LOWER_E || next === UPPER_E) hasExponent = true;
        else if (!isDigit(next) && next !== POINT && next !== MINUS && next !== PLUS) break;
      }
      if ((hasExponent || end - at > SAFE_CHARS) && isLost(json.slice(at, end))) found.push({ start, end });
      at = end - 1;
    }
  }
  return found;
}

const isDigit = (code: number): boolean => code >= DIGIT_0 && code <= DIGIT_9;

/**
 * Whether a number isn't kept: too large, too close to zero, a whole number that would become another one, or a fraction of
 * more digits than any double has. A shorter fraction is the double next to it, as everywhere. `-0` is kept as 0, the same
 * number. What `JSON.stringify` writes is never lost.
 */
function isLost(text: string): boolean {
  const written = decimalOf(text);
  if (written.digits === '') return false;
  const value = Number(text);
  if (!Number.isFinite(value) || value === 0) return true;
  if (written.exponent < 0) return written.digits.length > MOST_DIGITS;
  const kept = decimalOf(String(value));
  return kept.digits !== written.digits || kept.exponent !== written.exponent;
}

/** A number's digits without zeros at either end, and the power of ten of the last; no digits: it is zero. */
function decimalOf(text: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', power = '0'] = text.replace(/^-/, '').split(/e/i);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  let start = 0;
  while (start < all.length && all.charCodeAt(start) === DIGIT_0) start += 1;
  let end = all.length;
  while (end > start && all.charCodeAt(end - 1) === DIGIT_0) end -= 1;
  return { digits: all.slice(start, end), exponent: Number(power) - fraction.length + (all.length - end) };
}

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
