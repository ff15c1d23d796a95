import { withoutEscapes } from './escape-sequences.js';

/** Records hold text of anybody, for a model to read and a terminal to show: none of it may steer either. */

/** Control characters but line breaks and tabs; what changes the direction of a text; what is written and not seen. */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u00ad\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** More than one variant of a character is none: a text can be hidden in them. */
const VARIANTS = /(\p{Variation_Selector})\p{Variation_Selector}+/gu;

/** Most texts have nothing to hide. */
const PRINTABLE = /^[\n\t\x20-\x7e]*$/;

/** A text of many lines without control sequences and hidden characters. */
export function plainText(text: string): string {
  if (PRINTABLE.test(text)) return text;
  return withoutEscapes(text.replace(/\r\n?|[\u2028\u2029]/g, '\n'))
    .replace(HIDDEN, '')
    .replace(VARIANTS, '$1');
}

/**
 * The same, indented: what stands at the beginning of a line is of the answer, so that no record can pretend to be another one,
 * or the instructions of the project.
 */
export function recordText(text: string): string {
  return plainText(text).replace(/^(?=.)/gm, '  ');
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** The beginning of a text, in whole characters, and `…` for what was left out. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = /[\ud800-\udbff]/.test(text[most - 2] ?? '') ? most - 2 : most - 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** One line of at most so many characters: only what they could come from is looked at. */
export function snippet(text: string, most: number): string {
  return clipped(plainLine(text.slice(0, most * 4)), most);
}
