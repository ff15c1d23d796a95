import type { Passage } from '../embedder.js';
import { CONTENT_TOKENS } from './tokenizer.js';

/** The most tokens that a passage shares with the previous one. */
const OVERLAP_TOKENS = 32;
/** Longer words are split. */
const MAX_WORD_TOKENS = 64;
const MAX_WORD_LENGTH = 1024;

// The tokenizer removes other control characters and joins the text around them, so they don't separate words.
const WORDS = /[^\t\n\r\p{Z}]+/gu;
// Each punctuation mark and each CJK character (the tokenizer's own ranges, without surrogates) is a token, so cutting around
// them changes no other token. The text between them is one word for the tokenizer, and unknown if longer than 100 characters.
const MARK = String.raw`\p{P}!-\/:-@\[-\x60\{-~\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff`;
const MAX_PART_LENGTH = 4096;
const PARTS = new RegExp(`[${MARK}]|[^${MARK}]{1,${MAX_PART_LENGTH}}`, 'gu');
const IS_MARK = new RegExp(`^[${MARK}]$`, 'u');

/** A part of the text that isn't split. It ends where the next one starts. */
interface Unit {
  readonly start: number;
  readonly tokens: number;
  /** Whether its word continues in the next unit. The two must not be in one passage: together they have other tokens. */
  readonly isTorn: boolean;
}

/**
 * Cuts a text into passages that fit into the model's window, overlap, and cover all of it. They start at words unless words
 * are overlong. None for a text without tokens. Lazy, as a long text takes seconds.
 */
export function* cutByTokens(text: string, count: (text: string) => number): Generator<Passage> {
  let current: Unit[] = [];
  let tokens = 0;
  let start = 0;
  for (const unit of units(text, count)) {
    const isAfterTear = current.at(-1)?.isTorn ?? false;
    if (isAfterTear || tokens + unit.tokens > CONTENT_TOKENS) {
      yield { start, end: unit.start };
      current = isAfterTear ? [] : tail(current, Math.min(OVERLAP_TOKENS, CONTENT_TOKENS - unit.tokens));
      tokens = current.reduce((sum, kept) => sum + kept.tokens, 0);
      start = current[0]?.start ?? unit.start;
    }
    current.push(unit);
    tokens += unit.tokens;
  }
  if (current.length > 0) yield { start, end: text.length };
}

/** The last units with up to this many tokens. */
function tail(list: readonly Unit[], limit: number): Unit[] {
  let from = list.length;
  for (let left = limit; from > 0 && list[from - 1]!.tokens <= left; from--) left -= list[from - 1]!.tokens;
  return list.slice(from);
}

/** The units with tokens; text without tokens belongs to the previous unit. */
function* units(text: string, count: (text: string) => number): Generator<Unit> {
  for (const match of text.matchAll(WORDS)) {
    const word = match[0];
    const tokens = word.length <= MAX_WORD_LENGTH ? count(word) : Number.POSITIVE_INFINITY;
    if (tokens > MAX_WORD_TOKENS) yield* parts(word, match.index, count);
    else if (tokens > 0) yield { start: match.index, tokens, isTorn: false };
  }
}

function* parts(word: string, offset: number, count: (text: string) => number): Generator<Unit> {
  for (const match of word.matchAll(PARTS)) {
    const part = match[0];
    const end = match.index + part.length;
    const continues =
      end < word.length && !IS_MARK.test(part) && !IS_MARK.test(String.fromCodePoint(word.codePointAt(end)!));
    yield* fitting(part, offset + match.index, continues, count);
  }
}

/** Halves a part that doesn't fit, whose characters are several tokens each. */
function* fitting(part: string, start: number, isTorn: boolean, count: (text: string) => number): Generator<Unit> {
  const tokens = count(part);
  if (tokens <= CONTENT_TOKENS) {
    if (tokens > 0) yield { start, tokens, isTorn };
    return;
  }
  const middle = characterStart(part, part.length >> 1);
  yield* fitting(part.slice(0, middle), start, true, count);
  yield* fitting(part.slice(middle), start + middle, isTorn, count);
}

/** The offset, or the previous one if it would split a surrogate pair. */
function characterStart(text: string, offset: number): number {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}
