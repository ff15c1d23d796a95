/** The code in the lines of a message, as far as every reader of CommonMark agrees on it. */
export interface Fences {
  /** Of each line, whether it belongs to a block of fenced code. */
  readonly isCode: readonly boolean[];
  /** Ends the block that is open at the end; null when none is. */
  readonly closing: string | null;
}

const OPENING = /^([ \t]*)(`{3,}(?=[^`]*$)|~{3,})/;
/** After the mark of an item of a list. */
const OPENING_IN_ITEM = /^[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)+(?:`{3,}(?=[^`]*$)|~{3,})/;
const CLOSING = /^([ \t]*)(`{3,}|~{3,})[ \t]*$/;
const BLANK = /^[ \t]*$/;

/**
 * Finds fenced code. Null when it depends on the reader, or on the lists around it, where a block ends, and so whether what
 * follows the message would be code.
 */
export function findFences(lines: readonly string[]): Fences | null {
  const isCode = lines.map(() => false);
  for (let start = 0; start < lines.length; start++) {
    const line = lines[start]!;
    if (OPENING_IN_ITEM.test(line)) return null;
    const [, indent, fence] = OPENING.exec(line) ?? [];
    if (indent === undefined || fence === undefined) continue;
    // To some readers, it begins a table.
    if (line.includes('|')) return null;
    const width = widthOf(indent);
    const end = findEnd(lines, start, width, fence);
    if (end === null) {
      if (width > 0) return null;
      return { isCode: isCode.fill(true, start), closing: fence };
    }
    if (width > 0 && !isIndented(lines.slice(start, end), width, lines[end]!)) return null;
    // Four spaces make no code of a line that goes on with a paragraph.
    const isCertain = width < 4 || start === 0 || BLANK.test(lines[start - 1]!);
    if (isCertain) isCode.fill(true, start, end + 1);
    start = end;
  }
  return { isCode, closing: null };
}

/** The line that ends a block. */
function findEnd(lines: readonly string[], start: number, width: number, fence: string): number | null {
  for (let index = start + 1; index < lines.length; index++) {
    const [, indent = '', closing = ''] = CLOSING.exec(lines[index]!) ?? [];
    // At the margin, deeper ones are text of the code.
    if (closing.startsWith(fence) && (width > 0 || widthOf(indent) < 4)) return index;
  }
  return null;
}

/** Whether a block is in the same list from its first line to its last: none of its lines is to the left of it. */
function isIndented(lines: readonly string[], width: number, last: string): boolean {
  return indentOf(last) === width && lines.every((line) => BLANK.test(line) || indentOf(line) >= width);
}

const indentOf = (line: string): number => widthOf(/^[ \t]*/.exec(line)![0]);

/** Columns of spaces and tabs. */
function widthOf(indent: string): number {
  let width = 0;
  for (const character of indent) width += character === '\t' ? 4 - (width % 4) : 1;
  return width;
}
