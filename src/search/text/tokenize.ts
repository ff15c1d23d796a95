import { memoize } from '../../util/memoize.js';
import { allOf, type Stepwise } from '../index/time-slices.js';
import { chunksOf, operatorsOf, type Piece, piecesOf, runsOf, type ScriptRun, symbolsOf } from './chunks.js';
import { normalizeInSteps } from './folding.js';
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

/** A text as the index stores it: words separated by spaces, at which FTS5 splits it. */
export interface TokenizedText {
  /** All words, in order. */
  readonly text: string;
  /** What else it is found by, each once: adjacent parts of compound words, other spellings, operators and symbols. */
  readonly parts: string;
}

interface Analysis {
  readonly words: readonly string[];
  readonly parts: readonly string[];
}

/** How a part of a piece is stored. */
interface Reading {
  readonly words: readonly string[];
  /** The words, or the parts they are made of. */
  readonly row: readonly string[];
  /** More exact words, or other spellings. */
  readonly others: readonly string[];
}

/** Words and signs per step: about 0.3 ms. */
const IN_A_STEP = 256;
/** The limits of the cache of chunks. */
const CHUNK_CACHE = { texts: 20_000, length: 64 };

/** Takes linear time, whatever the text: up to a second for 1 MB. */
export function tokenize(text: string): TokenizedText {
  return allOf(tokenizeInSteps(text));
}

/** The same in steps, between which other work may run: the longest take about 10 ms for 1 MB. */
export function* tokenizeInSteps(text: string): Stepwise<TokenizedText> {
  const normalized = yield* normalizeInSteps(text);
  const words: string[] = [];
  const parts = new Set<string>();
  let found = 0;
  for (const { text: chunk } of chunksOf(normalized)) {
    const own = chunk.length > CHUNK_CACHE.length ? yield* takeApart(chunk) : analyse(chunk);
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

const analyse = memoize((chunk): Analysis => allOf(takeApart(chunk)), CHUNK_CACHE);

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

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((word, index) => word === other[index]));
