import type { Passage } from '../embedder.js';

/** A passage shares at most this part of itself with the one before it. */
const OVERLAP = 0.1;
/** A passage ends at the best place in its last part of this size. */
const SEARCHED = 0.2;
/** Places to cut at, the best first: before a paragraph, a sentence, a line, a word. Each match ends where a passage may. */
const PLACES = [/\n\s*\n\s*/gu, /[.!?…](?:["')\]»”’]*\s+)|[。！？]/gu, /\n/gu, /\s+/gu];

/**
 * Cuts a text into passages of at most so many bytes of UTF-8, which overlap and cover all of it. They end at paragraphs,
 * sentences or words where there are any. None for a blank text.
 */
export function cutByBytes(text: string, maxBytes: number): Passage[] {
  if (!/\S/.test(text)) return [];
  const passages: Passage[] = [];
  let start = 0;
  for (;;) {
    const limit = offsetAfter(text, start, maxBytes);
    if (limit === text.length) return [...passages, { start, end: limit }];
    const end = lastPlace(text, offsetBefore(text, limit, maxBytes * SEARCHED), limit);
    passages.push({ start, end });
    start = firstWord(text, offsetBefore(text, end, maxBytes * OVERLAP), end);
  }
}

/** The last good place to end in a stretch; its end when there is none. */
function lastPlace(text: string, from: number, to: number): number {
  const stretch = text.slice(from, to);
  for (const place of PLACES) {
    const last = [...stretch.matchAll(place)].at(-1);
    if (last) return from + last.index + last[0].length;
  }
  return to;
}

/** Where the first word begins in a stretch; the stretch's start when it is all one. */
function firstWord(text: string, from: number, to: number): number {
  const gap = /\s(?=\S)/u.exec(text.slice(from, to));
  return gap ? from + gap.index + 1 : from;
}

/** The farthest offset that has at most so many bytes between. */
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

/** Half a surrogate pair is sent as U+FFFD, which takes as many bytes. */
function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
