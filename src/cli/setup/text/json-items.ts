import { createScanner, type Node } from 'jsonc-parser';
import { type Edit, lineBreakOf, lineStart } from './edit.js';
import { layOut } from './json-layout.js';

/** Properties of objects and elements of arrays: written in the style of their file, and removed without a trace. */

const endOf = ({ offset, length }: Node): number => offset + length;
const afterOpening = (container: Node): number => container.offset + 1;
const beforeClosing = (container: Node): number => endOf(container) - 1;

/** Appends a property, or an element when there is no key. */
export function insertItem(text: string, container: Node, key: string | null, value: unknown): readonly Edit[] {
  const last = container.children?.at(-1);
  return last ? insertAfter(text, container, last, key, value) : insertFirst(text, container, key, value);
}

export function replaceValue(text: string, node: Node, value: unknown): readonly Edit[] {
  const removed = text.slice(node.offset, endOf(node));
  const indent = isOneLine(text) ? null : indentAt(text, node.offset);
  return [{ offset: node.offset, removed, inserted: rendered(text, null, value, indent) }];
}

export function removeItem(text: string, container: Node, index: number): readonly Edit[] {
  const items = container.children!;
  const [before, item, after] = [items[index - 1], items[index]!, items[index + 1]];
  const end = endOf(item);
  const comma = commaIn(text, end, after?.offset ?? beforeClosing(container));
  const isOnLine = isFirstOnLine(text, item.offset);
  const start = isOnLine ? beforeLine(text, item.offset) : afterText(text, item.offset);
  if (!before && !after) return removeOnly(text, container, start, comma === null ? end : comma + 1);
  if (after && !isOnLine && text.slice(comma! + 1, after.offset).trim() === '')
    return [removal(text, item.offset, after.offset)];
  if (comma !== null) return [removal(text, start, comma + 1)];
  // The last one, without a trailing comma: then the one before it needs none either.
  const commaBefore = commaIn(text, endOf(before!), item.offset)!;
  return start === commaBefore + 1
    ? [removal(text, commaBefore, end)]
    : [removal(text, start, end), removal(text, commaBefore, commaBefore + 1)];
}

function removeOnly(text: string, container: Node, from: number, to: number): readonly Edit[] {
  const [open, close] = [afterOpening(container), beforeClosing(container)];
  const isAlone = (text.slice(open, from) + text.slice(to, close)).trim() === '';
  return [isAlone ? removal(text, open, close) : removal(text, from, to)];
}

function insertFirst(text: string, container: Node, key: string | null, value: unknown): readonly Edit[] {
  const open = afterOpening(container);
  const inner = text.slice(open, beforeClosing(container));
  if (isOneLine(text) && inner.trim() === '' && container.parent)
    return [{ offset: open, removed: inner, inserted: rendered(text, key, value, null) }];
  const eol = lineBreakOf(text);
  const outer = indentAt(text, container.offset);
  const indent = outer + unitOf(text);
  const entry = eol + indent + rendered(text, key, value, indent);
  if (inner.trim() === '') return [{ offset: open, removed: inner, inserted: entry + eol + outer }];
  // Comments stay before it.
  const kept = inner.trimEnd().length;
  const isClosedOnLine = !inner.slice(kept).includes('\n');
  return [{ offset: open + kept, removed: '', inserted: entry + (isClosedOnLine ? eol + outer : '') }];
}

function insertAfter(text: string, container: Node, last: Node, key: string | null, value: unknown): readonly Edit[] {
  const end = endOf(last);
  const comma = commaIn(text, end, beforeClosing(container));
  // A trailing comma is a style: then the new last one has it too.
  const trailing = comma === null ? '' : ',';
  if (!isFirstOnLine(text, last.offset)) {
    const space = isSpaced(text) ? ' ' : '';
    const entry = space + rendered(text, key, value, null);
    return [
      comma === null
        ? { offset: end, removed: '', inserted: `,${entry}` }
        : { offset: comma + 1, removed: '', inserted: `${entry},` },
    ];
  }
  const indent = indentAt(text, last.offset);
  const entry = lineBreakOf(text) + indent + rendered(text, key, value, indent) + trailing;
  const at = afterRemarks(text, comma === null ? end : comma + 1);
  if (comma !== null) return [{ offset: at, removed: '', inserted: entry }];
  if (at === end) return [{ offset: end, removed: '', inserted: `,${entry}` }];
  return [
    { offset: end, removed: '', inserted: ',' },
    { offset: at + 1, removed: '', inserted: entry },
  ];
}

/** In the style of the file. @param indent of its line; null: all on one line */
function rendered(text: string, key: string | null, value: unknown, indent: string | null): string {
  const unit = indent === null ? null : unitOf(text);
  return layOut(key, value, { unit, lineBreak: lineBreakOf(text), isSpaced: isSpaced(text) }, indent ?? '');
}

/** By how much a level is indented. */
const unitOf = (text: string): string => /^([ \t]+)["{]/m.exec(text)?.[1] ?? '  ';
const indentAt = (text: string, offset: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, offset)))![0];
const isOneLine = (text: string): boolean => !text.trim().includes('\n');
/** Whether a space follows colons. Minified files have none. */
const isSpaced = (text: string): boolean => !isOneLine(text) || !/"\s*:\S/.test(text);
const isFirstOnLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === '';

const removal = (text: string, from: number, to: number): Edit => ({
  offset: from,
  removed: text.slice(from, to),
  inserted: '',
});

/** The offset of the line break before the line. */
function beforeLine(text: string, offset: number): number {
  const start = lineStart(text, offset) - 1;
  return text[start - 1] === '\r' ? start - 1 : start;
}

/** The offset without the spaces before it. */
function afterText(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

/** After the comments that end on the line. */
function afterRemarks(text: string, offset: number): number {
  const remarks = /^(?:[ \t]*\/\*(?:[^*\r\n]|\*(?!\/))*\*\/)*(?:[ \t]*\/\/[^\r\n]*)?/.exec(text.slice(offset))![0];
  return offset + remarks.length;
}

/** The offset of the comma between two offsets, which is in no comment; null when there is none. */
function commaIn(text: string, from: number, to: number): number | null {
  const scanner = createScanner(text.slice(0, to), true);
  scanner.setPosition(from);
  scanner.scan();
  const at = scanner.getTokenOffset();
  return at < to && text[at] === ',' ? at : null;
}
