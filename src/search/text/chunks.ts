import { isAscii } from '../../util/text/ascii.js';

/**
 * The parts of a normalized text: `src/parseConfig.ts` is a chunk of three pieces, and a piece has a run for each script in
 * it, as `Redis를` has two.
 */
export interface Chunk {
  readonly text: string;
  /** Its offset in the text. */
  readonly start: number;
}

export interface Piece {
  readonly text: string;
  /** The signs its name ends with: `C++`, `F#`. */
  readonly mark: string;
  /** Whether a dot before it belongs to its name: `.NET`, `.gitignore`, and a file's extension. */
  readonly isDotted: boolean;
  /** The characters between the previous piece and this one, or its dot. */
  readonly joint: string;
}

/**
 * `UNSPACED`: of a script without spaces between words. `HANGUL`: has spaces, but particles and compounds are joined to words.
 * `WORD`: any other; Latin letters and digits are in other runs than other scripts.
 */
export interface ScriptRun {
  readonly kind: 'WORD' | 'HANGUL' | 'UNSPACED';
  readonly text: string;
  /** The next character, where a long run was cut; else empty. */
  readonly next: string;
}

const JOINTS = `[-_./\\\\:'’׳״־]{1,2}|\\+\\+|#`;

/** A combining mark belongs to the letter before it, and is ignored without one. */
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
/** Runs without spaces may be as long as the text, so they are cut: their characters are paired a few at a time. */
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

/** Longer sequences of signs are drawn lines. */
const MAX_SIGNS = 8;
/** Signs that also occur in prose are operators only in a sequence. */
const SIGNS = /[!=<>&|+*/%^~?:.@#$-]{2,}|[=<>&|+*%^~]/g;
/** Non-ASCII symbols such as emoji, but not those used to draw boxes and progress bars. */
const SYMBOLS = /\p{RI}\p{RI}|(?![\0-\x7f\u2500-\u259f\u2800-\u28ff])[\p{So}\p{Sm}\p{Sc}]/gu;

/** The operators of a text: `!=`, `->`, `::`. */
export function* operatorsOf(text: string): Generator<string> {
  for (const [signs] of text.matchAll(SIGNS)) if (signs.length <= MAX_SIGNS) yield signs;
}

/** The symbols of a text. */
export function* symbolsOf(text: string): Generator<string> {
  if (!isAscii(text)) for (const [symbol] of text.matchAll(SYMBOLS)) yield symbol;
}
