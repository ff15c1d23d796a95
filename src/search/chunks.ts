import { isAscii } from '../domain/ascii.js';

/**
 * How a text falls apart: `src/parseConfig.ts` is a chunk of three pieces; a piece has a run of each script in it, as
 * `Redis를` has two. Texts are normalized.
 */
export interface Chunk {
  readonly text: string;
  /** Where it begins in its text. */
  readonly start: number;
}

export interface Piece {
  readonly text: string;
  readonly runs: readonly Run[];
  /** What its name ends with: `C++`, `F#`. */
  readonly mark: string;
  /** Whether a dot before it belongs to its name: `.NET`, `.gitignore`, and what a file's name ends with. */
  readonly isDotted: boolean;
  /** What stands between it and the piece before it, or before its dot. */
  readonly joint: string;
}

/**
 * `UNSPACED`: of a script that writes no spaces between words. `HANGUL`: it writes them, but joins particles and compounds to
 * words. `WORD`: any other; Latin letters and digits are a run apart from other scripts.
 */
export interface Run {
  readonly kind: 'WORD' | 'HANGUL' | 'UNSPACED';
  readonly text: string;
}

const JOINTS = `[-_./\\\\:'’׳״־]{1,2}|\\+\\+|#`;

/** A mark belongs to the letter before it, and stands for nothing without one. */
const patterns = (letters: string, marks: string) => {
  const piece = `[${letters}][${letters}${marks}]*`;
  return {
    chunks: new RegExp(`(?:(?<!\\.)\\.)?${piece}(?:(?:${JOINTS})${piece})*(?:\\+\\+|#)?`, 'gu'),
    pieces: new RegExp(`(?<joint>[^${letters}]*?)(?<dot>\\.?)(?<piece>${piece})(?<mark>(?:\\+\\+|#)?)`, 'gu'),
  };
};
const PATTERNS = { ascii: patterns('a-zA-Z0-9', ''), any: patterns('\\p{L}\\p{N}\\p{Co}', '\\p{M}') };
const BEGINS_WITH_LETTER = /^\p{L}/u;

const scripts = (names: string): string => names.replace(/\w+ ?/g, (name) => `\\p{scx=${name.trim()}}`);
const UNSPACED = scripts('Han Hiragana Katakana Bopomofo Thai Lao Khmer Myanmar');
const HANGUL = scripts('Hangul');
const LATIN = `${scripts('Latin')}\\p{N}`;
const runOf = (letters: string): string => `(?:[${letters}]\\p{M}*)+`;
const RUNS = new RegExp(
  `(?<hangul>${runOf(HANGUL)})|(?<unspaced>${runOf(UNSPACED)})|${runOf(LATIN)}|${runOf(`^${HANGUL}${UNSPACED}${LATIN}`)}`,
  'gu',
);

const patternsOf = (text: string) => (isAscii(text) ? PATTERNS.ascii : PATTERNS.any);

export function* chunksOf(text: string): Generator<Chunk> {
  for (const { 0: chunk, index } of text.matchAll(patternsOf(text).chunks)) yield { text: chunk, start: index };
}

export function piecesOf(chunk: string): readonly Piece[] {
  return Array.from(chunk.matchAll(patternsOf(chunk).pieces), ({ 0: all, index, groups }) => {
    const { joint = '', dot = '', piece: text = '', mark = '' } = groups!;
    const isLast = index + all.length === chunk.length;
    const isName = dot !== '' && (isLast || index === 0 || joint !== '') && BEGINS_WITH_LETTER.test(text);
    return { text, runs: runsOf(text), mark, isDotted: isName, joint: joint + dot };
  });
}

function runsOf(piece: string): readonly Run[] {
  if (isAscii(piece)) return [{ kind: 'WORD', text: piece }];
  return Array.from(piece.matchAll(RUNS), ({ 0: text, groups }) => {
    if (groups?.hangul) return { kind: 'HANGUL', text };
    return { kind: groups?.unspaced ? 'UNSPACED' : 'WORD', text };
  });
}

/** Longer rows of signs are lines. */
const MAX_SIGNS = 8;
/** Those that prose has too are operators in a row only. */
const SIGNS = /[!=<>&|+*/%^~?:.@#$-]{2,}|[=<>&|+*%^~]/g;
/** Symbols that aren't ASCII, an emoji for one; not those that boxes and progress bars are drawn with. */
const SYMBOLS = /\p{RI}\p{RI}|(?![\0-\x7f\u2500-\u259f\u2800-\u28ff])[\p{So}\p{Sm}\p{Sc}]/gu;

/** The operators of a text, each row of signs once: `!=`, `->`, `::`. */
export function operatorsOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [signs] of text.matchAll(SIGNS)) if (signs.length <= MAX_SIGNS) found.add(signs);
  return found;
}

/** The symbols of a text, each once. */
export function symbolsOf(text: string): ReadonlySet<string> {
  return isAscii(text) ? new Set() : new Set(text.match(SYMBOLS));
}
