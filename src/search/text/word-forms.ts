import { memoize } from '../../util/memoize.js';
import { type Piece, runsOf, type ScriptRun } from './chunks.js';
import { foldWord, lowered } from './folding.js';
import { stem } from './stemmer.js';

// The forms in which the runs and chunks of a text are compared, the same for stored texts and queries.

/** Longer pieces, in UTF-16 code units, are data rather than names: they are only found as a whole. */
const MAX_NAME = 64;
/** The length of a word that is compared, in UTF-16 code units. */
const MAX_WORD = 256;
/** With more alternations of letters and digits it is data: `01h455vb4p` has no parts. */
const MAX_TURNS = 5;
/** How many digits of a commit's hash identify it. */
export const SHORTEST_HASH = 7;
const LONGEST_HASH = 64;
/** The pieces of a chunk that has more, such as a path, aren't parts of one word. */
export const MAX_JOINED = 4;

/** A word without parts. */
const SIMPLE = /^(?:[a-zA-Z]?[a-z]*|[A-Z]+|[0-9]+)$/;
const ENGLISH = /^[a-z]{3,64}$/;
const HASH = new RegExp(`^[0-9a-f]{${SHORTEST_HASH},${LONGEST_HASH}}$`);
/** Between parts of one word: `multi-agent`, `node.js`. */
const HYPHEN = /^[-_.'’׳״־]$/;
const CLUSTERS = /.\p{M}{0,7}/gsu;

export const isHash = (word: string): boolean => HASH.test(word);

/** The common form of all spellings of a word: lower case, folded, without its English ending. */
export const wordOf = memoize((run) => stemmed(foldWord(lowered(run.slice(0, MAX_WORD)))), {
  texts: 50_000,
  length: 32,
});

/** A word in lower case with its accents; null when it has none. */
export function accentedOf(run: string): string | null {
  const own = lowered(run.slice(0, MAX_WORD));
  return foldWord(own) === own ? null : own;
}

function stemmed(word: string): string {
  return ENGLISH.test(word) && !isHash(word) ? stem(word) : word;
}

/** The words that a run is stored as, in order. */
export function wordsOf(run: ScriptRun): readonly string[] {
  return run.kind === 'WORD' ? [wordOf(run.text)] : neighbours(run.text, run.next);
}

/** `parseConfig2` → parse Config2. */
export function namesIn(run: string): readonly string[] {
  if (run.length > MAX_NAME) return [run];
  return run
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(' ');
}

/** Whether a run has parts other than its words. */
export const hasParts = ({ kind, text }: ScriptRun): boolean => kind === 'WORD' && !SIMPLE.test(text);

/** The parts of a run as words, in order: `parseConfig2` → pars config 2. */
export function partsOf(run: ScriptRun): readonly string[] {
  return hasParts(run) ? namesIn(run.text).flatMap(turns).map(wordOf) : wordsOf(run);
}

function turns(name: string): readonly string[] {
  if (name.length > MAX_NAME || isHash(name.toLowerCase())) return [name];
  const found = name.match(/\p{N}+|\P{N}+/gu) ?? [name];
  return found.length > MAX_TURNS ? [name] : found;
}

/**
 * 数据库 → 数据 据库 库, !== → != == =: without spaces, any two adjacent characters may be a word, as may each character. A
 * sequence of these pairs is a sequence of characters, so any substring of the run is found. `next`: the character after it.
 */
export function neighbours(run: string, next = ''): readonly string[] {
  const characters = /\p{M}/u.test(run) ? run.match(CLUSTERS)! : [...run];
  return characters.map((character, index) => character + (characters[index + 1] ?? next));
}

/** Whether a piece has no word but its name: C++ isn't C. */
export function isOnlyName({ text, mark }: Piece): boolean {
  return mark !== '' && text.length === 1;
}

/** The name of a piece with its dot or its mark, `.net` or `c++`; null when it has neither. */
export function nameOf({ text, mark, isDotted }: Piece): string | null {
  if (mark === '' && !isDotted) return null;
  return `${isDotted ? '.' : ''}${foldWord(lowered(text.slice(0, MAX_NAME)))}${mark}`;
}

/** The words of a piece, in order. */
export function mainWordsOf(piece: Piece): readonly string[] {
  return isOnlyName(piece) ? [nameOf(piece)!] : [...runsOf(piece.text)].flatMap(wordsOf);
}

/** The parts of a piece as words, in order. */
export function rowOf(piece: Piece): readonly string[] {
  return isOnlyName(piece) ? [nameOf(piece)!] : [...runsOf(piece.text)].flatMap(partsOf);
}

/** The words of a chunk without its hyphens and dots: `node.js` → nodejs. */
export function joinedOf(pieces: readonly Piece[]): readonly string[] {
  const pairs = pieces.slice(1).map((piece, index) => joinedPair(pieces[index]!, piece));
  return [...pairs, joinedWhole(pieces)].filter((word) => word !== null);
}

/** Two adjacent pieces as one word; null when they aren't one. */
export function joinedPair(before: Piece, piece: Piece): string | null {
  if (before.text.length + piece.text.length > MAX_NAME) return null;
  const isWord = isJoined(piece) && hasLetters(before.text) && hasLetters(piece.text);
  return isWord ? wordOf(before.text + piece.text) : null;
}

/** All pieces of a chunk as one word; null when there are only two, or they aren't one. */
export function joinedWhole(pieces: readonly Piece[]): string | null {
  if (pieces.length < 3 || pieces.length > MAX_JOINED || !pieces.slice(1).every(isJoined)) return null;
  const whole = pieces.map(({ text }) => text).join('');
  return whole.length <= MAX_NAME && hasLetters(whole) ? wordOf(whole) : null;
}

const isJoined = ({ joint }: Piece): boolean => HYPHEN.test(joint);
const hasLetters = (text: string): boolean => /\p{L}/u.test(text);

/** The letters and digits of a run as words, in order, where its parts split the letters further: `OAuth2` → oauth 2. Else empty. */
export function wholesOf(run: string): readonly string[] {
  if (SIMPLE.test(run)) return [];
  const parts = turns(run);
  return parts.length > 1 && parts.some((part) => namesIn(part).length > 1) ? parts.map(wordOf) : [];
}

/** `git describe` puts a g before a hash. */
export function describedHash(word: string): string | null {
  return word[0] === 'g' && isHash(word.slice(1)) && /\d/.test(word) ? word.slice(1) : null;
}
