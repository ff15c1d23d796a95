import { isAscii } from '../../util/ascii.js';

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
export interface ScriptRun {
  readonly kind: 'WORD' | 'HANGUL' | 'UNSPACED';
  readonly text: string;
  /** The character that follows it in the same run, where a long one was cut; else empty. */
  readonly next: string;
}

const JOINTS = `[-_./\\\\:'’׳״־]{1,2}|\\+\\+|#`;

/** A mark belongs to the letter before it, and stands for nothing without one. */
const patterns = (letters: string, marks: string) => {
  const piece = `[${letters}][${letters}${marks}]*`;
  return {
    chunks: new RegExp(`(?:(?<!\\.)\\.)?${piece}(?:(?:${JOINTS})${piece})*(?:\\+\\+|#)?`, 'gu'),
    /** Joint, dot, letters, mark. */
    pieces: new RegExp(`([^${letters}]*?)(\\.?)(${piece})((?:\\+\\+|#)?)`, 'gu'),
  };
};
const PATTERNS = { ascii: patterns('a-zA-Z0-9', ''), any: patterns('\\p{L}\\p{N}\\p{Co}', '\\p{M}') };
const BEGINS_WITH_LETTER = /^\p{L}/u;

const scripts = (names: string): string => names.replace(/\w+ ?/g, (name) => `\\p{scx=${name.trim()}}`);
const UNSPACED = scripts('Han Hiragana Katakana Bopomofo Thai Lao Khmer Myanmar');
const HANGUL = scripts('Hangul');
const LATIN = `${scripts('Latin')}\\p{N}`;
/** Without spaces a run may be a whole text, so that it is cut: its characters are looked at two by two, and few at a time. */
const MAX_RUN = 512;
const runOf = (letters: string, most = ''): string => `(?:[${letters}]\\p{M}*){1,${most}}`;
/** Hangul, other scripts without spaces, then others. */
const RUNS = new RegExp(
  `(${runOf(HANGUL, `${MAX_RUN}`)})|(${runOf(UNSPACED, `${MAX_RUN}`)})|${runOf(LATIN)}|${runOf(`^${HANGUL}${UNSPACED}${LATIN}`)}`,
  'gu',
);
const FIRST_CHARACTER = /^.\p{M}{0,7}/su;

const patternsOf = (text: string) => (isAscii(text) ? PATTERNS.ascii : PATTERNS.any);

export function* chunksOf(text: string): Generator<Chunk> {
  for (const { 0: chunk, index } of text.matchAll(patternsOf(text).chunks)) yield { text: chunk, start: index };
}

export function* piecesOf(chunk: string): Generator<Piece> {
  for (const match of chunk.matchAll(patternsOf(chunk).pieces)) {
    const [all, joint = '', dot = '', text = '', mark = ''] = match;
    const isLast = match.index + all.length === chunk.length;
    const isName = dot !== '' && (isLast || match.index === 0 || joint !== '') && BEGINS_WITH_LETTER.test(text);
    yield { text, mark, isDotted: isName, joint: joint + dot };
  }
}

export function* runsOf(piece: string): Generator<ScriptRun> {
  if (isAscii(piece)) return yield { kind: 'WORD', text: piece, next: '' };
  let last: ScriptRun | null = null;
  for (const [text, hangul, unspaced] of piece.matchAll(RUNS)) {
    const kind = hangul ? 'HANGUL' : unspaced ? 'UNSPACED' : 'WORD';
    const isCut = last !== null && last.kind === kind && kind !== 'WORD';
    if (last) yield isCut ? { ...last, next: FIRST_CHARACTER.exec(text)![0] } : last;
    last = { kind, text, next: '' };
  }
  if (last) yield last;
}

/** Longer rows of signs are lines. */
const MAX_SIGNS = 8;
/** Those that prose has too are operators in a row only. */
const SIGNS = /[!=<>&|+*/%^~?:.@#$-]{2,}|[=<>&|+*%^~]/g;
/** Symbols that aren't ASCII, an emoji for one; not those that boxes and progress bars are drawn with. */
const SYMBOLS = /\p{RI}\p{RI}|(?![\0-\x7f\u2500-\u259f\u2800-\u28ff])[\p{So}\p{Sm}\p{Sc}]/gu;

/** The operators of a text: `!=`, `->`, `::`. */
export function* operatorsOf(text: string): Generator<string> {
  for (const [signs] of text.matchAll(SIGNS)) if (signs.length <= MAX_SIGNS) yield signs;
}

/** The symbols of a text. */
export function* symbolsOf(text: string): Generator<string> {
  if (!isAscii(text)) for (const [symbol] of text.matchAll(SYMBOLS)) yield symbol;
}
