import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

/** Untrusted text on a terminal: without control sequences, and its width. */

/** Line breaks and tabs. */
const BREAKS = /\r\n|[\n\r\t\v\f\u0085\u2028\u2029]/g;
/** Control characters, and those that change the direction of a text. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}]/gu;
/** Those of them that JSON doesn't escape. */
const CONTROLS_IN_JSON = /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu;
/** The colours of `styleText`. */
const COLOURS = new RegExp(`(${String.fromCodePoint(0x1b)}\\[\\d{1,2}m)`);

/** Untrusted text on one line, without control sequences. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(BREAKS, ' ').replace(CONTROLS, '');
}

/** The same for every string in an answer. */
export function plainTexts<T>(value: T): T {
  if (typeof value === 'string') return plain(value) as T;
  if (Array.isArray(value)) return value.map(plainTexts) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainTexts(each)])) as T;
}

/** Lines without control sequences. */
export function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}

/** A text of many lines, with its tabs, without control sequences. */
export function plainText(text: string): string {
  return text.replace(/[^\n\t]+/g, plain);
}

/** The same for our own lines, keeping their colours. */
export function colouredLines(text: string): string {
  return text
    .split(COLOURS)
    .map((part, index) => (index % 2 === 1 ? part : plainLines(part)))
    .join('');
}

/** A value as JSON on one line, unabridged, with control characters escaped as `\u…`. */
export function toJson(value: unknown): string {
  return escapeControls(JSON.stringify(value));
}

/** JSON with control characters escaped as `\u…`. */
export function escapeControls(json: string): string {
  return json.replace(CONTROLS_IN_JSON, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A text's width in terminal columns: wide characters take two, colours none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a text to a width: of a longer one the beginning, and `…`. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let width = 0;
  for (const { segment } of characters.segment(stripVTControlCharacters(text))) {
    width += widthOf(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
