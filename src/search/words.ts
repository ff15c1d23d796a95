import { recurring } from '../domain/recurring.js';
import { chunksOf, operatorsOf, type Piece, piecesOf, symbolsOf } from './chunks.js';
import { normalize } from './folding.js';
import {
  accentedOf,
  describedHash,
  hasParts,
  isOnlyName,
  joinedOf,
  nameOf,
  neighbours,
  partsOf,
  wholesOf,
  wordsOf,
} from './word-forms.js';

/** How a text is stored to be found: words between spaces, which FTS5 takes as they are. */
export interface Words {
  /** All words, in order. */
  readonly text: string;
  /** What they are found by too, each once: parts of compound words in a row, other spellings, operators and symbols. */
  readonly parts: string;
}

interface Analysis {
  readonly words: readonly string[];
  readonly parts: readonly string[];
}

/** Takes time in proportion to the text's length, whatever it is. */
export function wordsIn(text: string): Words {
  const normalized = normalize(text);
  const words: string[] = [];
  const parts = new Set<string>();
  for (const { text: chunk } of chunksOf(normalized)) {
    const own = analyse(chunk);
    for (const word of own.words) words.push(word);
    for (const part of own.parts) parts.add(part);
  }
  for (const operator of operatorsOf(normalized)) parts.add(neighbours(operator).join(' '));
  for (const symbol of symbolsOf(normalized)) parts.add(symbol);
  return { text: words.join(' '), parts: [...parts].join('\n') };
}

const analyse = recurring(takeApart, { texts: 20_000, length: 64 });

function takeApart(chunk: string): Analysis {
  const pieces = piecesOf(chunk);
  const words = pieces.flatMap(mainWordsOf);
  const others = [...joinedOf(pieces), ...pieces.flatMap(otherWordsOf)];
  if (!pieces.some(({ runs }) => runs.some(hasParts))) return { words, parts: others };
  const row = pieces.flatMap(rowOf);
  return { words, parts: isSame(row, words) ? others : [row.join(' '), ...others] };
}

/** A piece's words, in order. */
export function mainWordsOf(piece: Piece): readonly string[] {
  return isOnlyName(piece) ? [nameOf(piece)!] : piece.runs.flatMap(wordsOf);
}

/** A piece's parts, in order. */
export function rowOf(piece: Piece): readonly string[] {
  return isOnlyName(piece) ? [nameOf(piece)!] : piece.runs.flatMap(partsOf);
}

/** Words that say what a piece is more exactly, or that others write for it. */
function otherWordsOf(piece: Piece): readonly string[] {
  const name = isOnlyName(piece) ? null : nameOf(piece);
  const runs = piece.runs.filter(({ kind }) => kind === 'WORD').map(({ text }) => text);
  const wholes = runs.map((run) => wholesOf(run).join(' ') || null);
  const words = [name, ...runs.map(accentedOf), ...runs.map(describedHash), ...wholes];
  return words.filter((word) => word !== null);
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((word, index) => word === other[index]);
