import { isAscii } from '../../util/text/ascii.js';
import { withoutEscapes } from '../../util/text/escape-sequences.js';
import { allOf, type Stepwise } from '../index/time-slices.js';

/** The most combining marks that a character keeps: the limit of Unicode's stream-safe format. Ordering more takes quadratic time. */
const MAX_MARKS = 30;
const MANY_MARKS = new RegExp(`(?<!\\p{M})(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');
/** Between Persian letters it separates parts of a word, like a hyphen. */
const ZERO_WIDTH_HYPHEN = /\u200c(?=\p{scx=Arab})/gu;
const UNSEEN = /\p{DI}+/gu;
const MODIFIER_APOSTROPHE = /[\u02bb\u02bc]/g;
/** Malayalam: a letter without its vowel, as written before Unicode 5.1 added a character for it. */
const CHILLUS: { readonly [letter: string]: string } = { ണ: 'ൺ', ന: 'ൻ', ര: 'ർ', ല: 'ൽ', ള: 'ൾ', ക: 'ൿ' };
const CHILLU = /([ണനരലളക])\u0d4d\u200d/g;
/** Thai and Lao: the vowel `am`, which NFKC decomposes, with or without a tone in it. */
const AM = /([\u0e4d\u0ecd])([\u0e48-\u0e4b\u0ec8-\u0ecb]?)([\u0e32\u0eb2])/g;

/** Digits of all scripts. */
const DIGIT = /(?![0-9])\p{Nd}/gu;
const IS_DIGIT = /^\p{Nd}/u;
const digits = new Map<string, string>();

function asciiOf(digit: string): string {
  const found = digits.get(digit) ?? asciiDigit(digit.codePointAt(0)!);
  digits.set(digit, found);
  return found;
}

/** In Unicode the ten digits of a script are consecutive and in order. */
function asciiDigit(point: number): string {
  let zero = point;
  while (IS_DIGIT.test(String.fromCodePoint(zero - 1))) zero--;
  return String((point - zero) % 10);
}

const NORMALIZED: readonly ((text: string) => string)[] = [
  (text) => text.replace(MANY_MARKS, '$1'),
  (text) => text.replace(ZERO_WIDTH_HYPHEN, '-').replace(CHILLU, (_, letter: string) => CHILLUS[letter]!),
  (text) => text.replace(UNSEEN, ''),
  (text) => text.normalize('NFKC'),
  (text) => text.replace(DIGIT, asciiOf),
  (text) => text.replace(MODIFIER_APOSTROPHE, "'"),
  (text) => text.replace(AM, (_, dot: string, tone: string) => tone + (dot === '\u0e4d' ? '\u0e33' : '\u0eb3')),
];

/**
 * Normalizes a text for comparison: without escape sequences and invisible characters, compatible characters alike (NFKC), and
 * digits in ASCII. Case and marks are kept.
 */
export function normalize(text: string): string {
  return allOf(normalizeInSteps(text));
}

/** The same in steps. */
export function* normalizeInSteps(text: string): Stepwise<string> {
  let normalized = withoutEscapes(text);
  yield;
  if (isAscii(normalized)) return normalized;
  for (const step of NORMALIZED) {
    normalized = step(normalized);
    yield;
  }
  return normalized;
}

/** Marks that readers omit: all in Latin and Greek; in other scripts, those that aren't part of a letter. */
const ACCENTS = /([\p{scx=Latn}\p{scx=Grek}])\p{M}+/gu;
const POINTS = /([\p{scx=Cyrl}\p{scx=Hebr}\p{scx=Arab}])\p{M}+/gu;
/** The dot of Hindi letters for Persian sounds, which is hard to type on most keyboards. */
const NUKTA = /(?<=\p{sc=Deva})\u093c/gu;

/** Letters that are folded to others: those that Unicode doesn't decompose, final forms, forms of alef, yeh, kaf and heh. */
const LETTERS: { readonly [letter: string]: string } = {
  ...{
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    ł: 'l',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ħ: 'h',
    ı: 'i',
    ŋ: 'n',
    ŧ: 't',
    ς: 'σ',
    ё: 'е',
  },
  ...{ ـ: '', أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ہ: 'ه', ھ: 'ه', ە: 'ه' },
};
const OTHERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** A word of a normalized text in lower case, with its marks. */
export function lowered(word: string): string {
  return isAscii(word) ? word.toLowerCase() : word.toLowerCase().normalize('NFC');
}

/** A lower-case word without differences that readers ignore: accents, points, forms of one letter. */
export function foldWord(word: string): string {
  if (isAscii(word)) return word;
  return word
    .normalize('NFD')
    .replace(ACCENTS, '$1')
    .normalize('NFC')
    .replace(POINTS, '$1')
    .replace(NUKTA, '')
    .replace(OTHERS, (letter) => LETTERS[letter]!);
}
