import { recurring } from '../../util/recurring.js';
import { allOf, type Stepwise } from '../index/time-slices.js';
import { chunksOf, operatorsOf, type Piece, piecesOf, runsOf, type ScriptRun, symbolsOf } from './chunks.js';
import { normalizing } from './folding.js';
import {
  accentedOf,
  describedHash,
  hasParts,
  isOnlyName,
  joinedPair,
  joinedWhole,
  MAX_JOINED,
  nameOf,
  neighbours,
  partsOf,
  wholesOf,
  wordsOf,
} from './word-forms.js';

/** How a text is stored to be found: words between spaces, which FTS5 takes as they are. */
export interface TokenizedText {
  /** All words, in order. */
  readonly text: string;
  /** What they are found by too, each once: parts of compound words in a row, other spellings, operators and symbols. */
  readonly parts: string;
}

interface Analysis {
  readonly words: readonly string[];
  readonly parts: readonly string[];
}

/** What a part of a piece is stored as. */
interface Reading {
  readonly words: readonly string[];
  /** The words, or what they are made of. */
  readonly row: readonly string[];
  /** Words that say more exactly what it is, or that others write for it. */
  readonly others: readonly string[];
}

/** How many words and signs are worth a step: some 0.3 ms. */
const IN_A_STEP = 256;
/** Chunks that are remembered. */
const RECURRING = { texts: 20_000, length: 64 };

/** Takes time in proportion to the text's length, whatever it is: up to a second for 1 MB. */
export function tokenize(text: string): TokenizedText {
  return allOf(tokenizeInSteps(text));
}

/** The same in steps, between which others may have their turn: the longest take some 10 ms of 1 MB. */
export function* tokenizeInSteps(text: string): Stepwise<TokenizedText> {
  const normalized = yield* normalizing(text);
  const words: string[] = [];
  const parts = new Set<string>();
  let found = 0;
  for (const { text: chunk } of chunksOf(normalized)) {
    const own = chunk.length > RECURRING.length ? yield* takeApart(chunk) : analyse(chunk);
    for (const word of own.words) words.push(word);
    for (const part of own.parts) {
      parts.add(part);
      if (++found % IN_A_STEP === 0) yield;
    }
    if (++found % IN_A_STEP === 0) yield;
  }
  const operators = new Set<string>();
  for (const operator of operatorsOf(normalized)) {
    operators.add(operator);
    if (++found % IN_A_STEP === 0) yield;
  }
  for (const operator of operators) parts.add(neighbours(operator).join(' '));
  for (const symbol of symbolsOf(normalized)) {
    parts.add(symbol);
    if (++found % IN_A_STEP === 0) yield;
  }
  yield;
  const all = words.join(' ');
  yield;
  return { text: all, parts: [...parts].join('\n') };
}

const analyse = recurring((chunk): Analysis => allOf(takeApart(chunk)), RECURRING);

function* takeApart(chunk: string): Stepwise<Analysis> {
  const words: string[] = [];
  const row: string[] = [];
  const joined = new Set<string>();
  const others = new Set<string>();
  const first: Piece[] = [];
  let before: Piece | null = null;
  let isRow = false;
  let found = 0;
  for (const piece of piecesOf(chunk)) {
    const pair = before && joinedPair(before, piece);
    if (pair !== null) joined.add(pair);
    if (first.length <= MAX_JOINED) first.push(piece);
    before = piece;
    for (const reading of readingsOf(piece)) {
      for (const word of reading.words) words.push(word);
      for (const word of reading.row) row.push(word);
      for (const word of reading.others) others.add(word);
      isRow ||= !isSame(reading.row, reading.words);
      found += 1 + reading.words.length;
      if (found < IN_A_STEP) continue;
      found = 0;
      yield;
    }
  }
  const whole = joinedWhole(first);
  if (whole !== null) joined.add(whole);
  return { words, parts: [...(isRow ? [row.join(' ')] : []), ...joined, ...others] };
}

function* readingsOf(piece: Piece): Generator<Reading> {
  const name = nameOf(piece);
  const own = name === null ? [] : [name];
  if (isOnlyName(piece)) return yield { words: own, row: own, others: [] };
  if (name !== null) yield { words: [], row: [], others: own };
  for (const run of runsOf(piece.text)) {
    const words = wordsOf(run);
    yield { words, row: hasParts(run) ? partsOf(run) : words, others: run.kind === 'WORD' ? othersOf(run) : [] };
  }
}

function othersOf({ text }: ScriptRun): readonly string[] {
  return [accentedOf(text), describedHash(text), wholesOf(text).join(' ') || null].filter((word) => word !== null);
}

/** A piece's words, in order. */
export function mainWordsOf(piece: Piece): readonly string[] {
  return isOnlyName(piece) ? [nameOf(piece)!] : [...runsOf(piece.text)].flatMap(wordsOf);
}

/** A piece's parts, in order. */
export function rowOf(piece: Piece): readonly string[] {
  return isOnlyName(piece) ? [nameOf(piece)!] : [...runsOf(piece.text)].flatMap(partsOf);
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((word, index) => word === other[index]));
