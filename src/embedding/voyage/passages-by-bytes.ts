import type { Passage } from '../embedder.js';

/** The largest share of a passage that overlaps with the previous one. */
const OVERLAP = 0.1;
/** The share of a passage, at its end, in which the best boundary is chosen. */
const SEARCHED = 0.2;
/** Boundaries to cut at, best first: before a paragraph, a sentence, a line, a word. Passages may end where a match ends. */
const BOUNDARIES = [/\n\s*\n\s*/gu, /[.!?…](?:["')\]»”’]*\s+)|[。！？]/gu, /\n/gu, /\s+/gu];

/**
 * Cuts a text into passages of up to `maxBytes` of UTF-8, which overlap and cover all of it. They end at paragraphs, sentences
 * or words where possible. None for a blank text.
 */
export function cutByBytes(text: string, maxBytes: number): Passage[] {
  if (!/\S/.test(text)) return [];
  const passages: Passage[] = [];
  let start = 0;
  for (;;) {
    const limit = offsetAfter(text, start, maxBytes);
    if (limit === text.length) return [...passages, { start, end: limit }];
    const end = lastBoundary(text, offsetBefore(text, limit, maxBytes * SEARCHED), limit);
    passages.push({ start, end });
    start = firstWord(text, offsetBefore(text, end, maxBytes * OVERLAP), end);
  }
}

/** The last boundary of the best kind in a range; the range's end when there is none. */
function lastBoundary(text: string, from: number, to: number): number {
  const range = text.slice(from, to);
  for (const boundary of BOUNDARIES) {
    const last = [...range.matchAll(boundary)].at(-1);
    if (last) return from + last.index + last[0].length;
  }
  return to;
}

/** The start of the first word in a range; the range's start when it is a single word. */
function firstWord(text: string, from: number, to: number): number {
  const gap = /\s(?=\S)/u.exec(text.slice(from, to));
  return gap ? from + gap.index + 1 : from;
}

/** The farthest offset with up to this many bytes in between. */
function offsetAfter(text: string, start: number, bytes: number): number {
  let left = bytes;
  let offset = start;
  while (offset < text.length) {
    const code = text.codePointAt(offset)!;
    left -= bytesOf(code);
    if (left < 0) return offset;
    offset += unitsOf(code);
  }
  return offset;
}

/** The same, backwards. */
function offsetBefore(text: string, end: number, bytes: number): number {
  let left = bytes;
  let offset = end;
  while (offset > 0) {
    const isPair = offset > 1 && text.codePointAt(offset - 2)! > 0xffff;
    const units = isPair ? 2 : 1;
    left -= bytesOf(text.codePointAt(offset - units)!);
    if (left < 0) return offset;
    offset -= units;
  }
  return offset;
}

const unitsOf = (code: number): number => (code > 0xffff ? 2 : 1);

/** A lone surrogate is sent as U+FFFD, which has as many bytes. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
