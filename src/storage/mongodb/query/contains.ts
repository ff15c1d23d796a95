import type { Document } from 'mongodb';
import { containsFolded, fold } from '../../../util/text/fold.js';
import type { Condition } from '../../store.js';

/**
 * Texts that contain another one, compared as `fold` defines, which no server can. The server is asked for a pattern of
 * the letters in either case, or for any character that may fold into something else; texts with such a character are
 * inspected here.
 */

export type Contains = Extract<Condition, { readonly contains: string }>;

/**
 * Characters that fold to one character each, wherever they stand, and which `caseOf` has: those of most texts. Unicode
 * promises never to change this for an existing character.
 */
const ORDINARY = [
  // ASCII, and Latin next to it
  '\\x00-\\x9f\u00a1-\u00a7\u00a9\u00ab-\u00ae\u00b0\u00b1\u00b6\u00b7\u00bb\u00bf-\u00de\u00e0-\u0131\u0134-\u013e',
  '\u0141-\u0148\u014a-\u017e\u0180-\u01c3\u01cd-\u01f0\u01f4-\u024f',
  // Greek and Cyrillic
  '\u0370-\u0373\u0375-\u0377\u037b-\u037d\u037f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03cf\u03d7-\u03ef\u03f3',
  '\u03f6-\u03f8\u03fa-\u0482\u0488-\u052f',
  // Armenian, Hebrew, Arabic, Georgian
  '\u0531-\u0556\u0559-\u0586\u05d0-\u05ea\u0620-\u064a\u0660-\u066f\u0671-\u0674\u0679-\u06d5\u10d0-\u10fa',
  // Punctuation, signs, arrows, boxes
  '\u2010\u2012-\u2016\u2018-\u2023\u2027-\u202e\u2030-\u2032\u2035\u2038-\u203b\u203d\u203f-\u2046\u204a-\u2056',
  '\u2058-\u205e\u20a0-\u20a7\u20a9-\u20c0\u2190-\u222b\u222e\u2231-\u2328\u232b-\u2426\u2440-\u244a\u24eb-\u2a0b',
  '\u2a0d-\u2a73\u2a77-\u2adb\u2add-\u2b73\u2b76-\u2b95\u2b97-\u2bff',
  // Chinese, Japanese, Korean
  '\u3001-\u3029\u3041-\u3096\u309d\u309e\u30a0-\u30fe\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3',
  // Emoji, and their variation selectors
  '\ufe0e\ufe0f\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6c5}\u{1f900}-\u{1f9ff}',
].join('');
/** Other common characters. Each matters only to a text with a character that it folds to. */
const COMMON = 'ßẞ\u00a0\u202f…™¹²³ªº¼½¾µ´';
/** Further forms of a letter, besides the small and the capital one. */
const MORE_LETTERS: { readonly [letter: string]: string } = { i: 'ıİ', σ: 'ς' };
/** How many characters a pattern has: some servers accept 1,000 characters of one. */
const MOST = 150;

/** All documents that may meet the condition, as a filter. */
export function mayContain({ fields, contains }: Contains): Document {
  const { pattern, special } = patternsOf(contains);
  return { $or: fields.flatMap((field) => [{ [field]: { $regex: pattern } }, { [field]: { $regex: special } }]) };
}

/** Documents that certainly meet it; others that may meet it have to be inspected. */
export function surelyContains({ fields, contains }: Contains): Document {
  const { pattern, special, isWhole } = patternsOf(contains);
  if (!isWhole) return { _id: { $in: [] } };
  return { $or: fields.map((field) => ({ [field]: { $regex: pattern, $not: { $regex: special } } })) };
}

/** Whether a stored document meets them all. */
export function createCheck(conditions: readonly Contains[]): (stored: Document) => boolean {
  const wanted = conditions.map(({ fields, contains }) => ({ fields, folded: fold(contains) }));
  const has = (value: unknown, folded: string) => typeof value === 'string' && containsFolded(value, folded);
  return (stored) => wanted.every(({ fields, folded }) => fields.some((field) => has(stored[field], folded)));
}

export const isContains = (condition: Condition): condition is Contains => 'contains' in condition;

/**
 * `pattern`: the text, in ordinary characters. `special`: a character whose folding the pattern doesn't know.
 * `isWhole`: whether a text without special characters contains the wanted one if and only if the pattern is found in
 * it.
 */
function patternsOf(text: string) {
  const letters = [...fold(text)];
  const pattern = letters.slice(0, MOST).map(caseOf).join('');
  const harmless = [...COMMON].filter((each) => ![...fold(each)].some((letter) => letters.includes(letter)));
  return { pattern, special: `[^${ORDINARY}${harmless.join('')}]`, isWhole: letters.length <= MOST };
}

/** The ordinary characters that fold to this one, as a pattern. */
function caseOf(letter: string): string {
  const upper = letter.toUpperCase();
  const others = `${[...upper].length === 1 && upper !== letter ? upper : ''}${MORE_LETTERS[letter] ?? ''}`;
  if (others !== '') return `[${letter}${others}]`;
  if (letter === '\0') return '\\x00';
  return /[\\^$.*+?()[\]{}|]/.test(letter) ? `\\${letter}` : letter;
}
