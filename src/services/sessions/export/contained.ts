import { findFences } from './fences.js';

/**
 * Texts of others in a document of ours, as CommonMark that can neither hide what follows it nor look like the document's own
 * headings: raw HTML is shown as text, code ends with the text that it is in, and headings are deeper than ours.
 */

/** Levels that headings of a message are moved down, below the title and the headings of messages. */
const OUR_LEVELS = 2;
const HEADING = /^( {0,3})(#{1,6})(?=[ \t]|$)/;
/** Below a paragraph, it makes a heading of it. */
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const BLANK = /^[ \t]*$/;

/** Markdown at the margin of the document; quoted when it isn't certain where its code ends. */
export function contained(text: string): string {
  const lines = text.split('\n');
  const fences = findFences(lines);
  if (fences === null) return quoted(text);
  const { isCode, closing } = fences;
  const shown = withoutHtml(lines, isCode).flatMap((line, index) => {
    if (isCode[index]) return [line];
    // After an empty line it is a rule, or text.
    if (UNDERLINE.test(line) && index > 0 && !BLANK.test(lines[index - 1]!)) return ['', line];
    return [line.replace(HEADING, (_, indent, marks) => indent + '#'.repeat(Math.min(marks.length + OUR_LEVELS, 6)))];
  });
  return [...shown, ...(closing === null ? [] : [closing])].join('\n');
}

/** Markdown in a quotation: whatever it opens ends with it. */
export function quoted(text: string): string {
  const lines = text.split('\n');
  // Behind the mark of a quotation, a tab is narrower.
  const fences = /^ *\t/m.test(text) ? null : findFences(lines);
  const isCode = fences?.isCode ?? lines.map(() => false);
  return withoutHtml(lines, isCode)
    .map((line) => (BLANK.test(line) ? '>' : `> ${line}`))
    .join('\n');
}

/** A text as a block of code, in a fence that it doesn't contain. */
export function verbatim(text: string): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** A text on one line, which begins no block of code and no heading. */
export function onOneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return withoutHtml([line], [false])[0]!.replace(/^(?=#|`{3,}[^`]*$|~{3})/, '\\');
}

/** Escapes raw HTML, which could hide the rest of the document, outside of code. Adjacent lines can be one paragraph. */
function withoutHtml(lines: readonly string[], isCode: readonly boolean[]): string[] {
  const shown: string[] = [];
  const isApart = (index: number) => isCode[index] || BLANK.test(lines[index]!);
  for (let start = 0; start < lines.length; start = shown.length) {
    if (isApart(start)) {
      shown.push(lines[start]!);
      continue;
    }
    let end = start + 1;
    while (end < lines.length && !isApart(end)) end++;
    for (const line of escapeHtml(lines.slice(start, end))) shown.push(line);
  }
  return shown;
}

/** A tag, comment, declaration or instruction, escaped or not, but not the address of a link. */
const HTML = /(?<!\\)((?:\\\\)*)\\?<(?=[A-Za-z/!?])(?!(?:https?:\/\/|mailto:)[^\s<>`'"\\]*>)/g;
/** GitHub makes a link of what follows, up to a space or `<`; a backslash is a part of it and escapes nothing. */
const ADDRESS = /:\/\/|www\./i;
/** A link, unless all of its address is plain, or a definition of one. */
const LINK = /\](?:[[:]|\((?![^\s()<>\\"']*\)))/;
/** Below the first row of a table, whose cells end at each `|`, in code too. */
const TABLE = /^(?=[^-]*-)(?=[^|:]*[|:])[-:|> \t]+$/;

function escapeHtml(paragraph: readonly string[]): string[] {
  const escaped = (text: string) => text.replace(HTML, ADDRESS.test(text) ? '$1&lt;' : '$1\\<');
  if (!paragraph.some((line) => line.includes('<'))) return [...paragraph];
  const split = paragraph.map(splitAtCode);
  const isTable = paragraph.some((line) => TABLE.test(line));
  const isCertain = split.every((parts) => parts !== null && !parts.some(takesBackticks));
  return split.map((parts, line) => {
    if (!isCertain || parts === null) return escaped(paragraph[line]!);
    const isSafe = (part: string, index: number) => index % 2 === 1 && !(isTable && part.includes('|'));
    return parts.map((part, index) => (isSafe(part, index) ? part : escaped(part))).join('');
  });
}

/** Whether a backtick after a part may belong to a link, an address or an escape, and not to a span of code. */
function takesBackticks(part: string, index: number, parts: readonly string[]): boolean {
  if (index % 2 === 1) return false;
  if (LINK.test(part)) return true;
  const last = part.split(/[\t\v\f ]/).at(-1)!;
  return index < parts.length - 1 && (last.endsWith('\\') || ADDRESS.test(last));
}

/** Splits a line at its spans of code, which are every second part. Null when one may end on another line. */
function splitAtCode(line: string): string[] | null {
  const runs = [...line.matchAll(/`+/g)];
  const parts: string[] = [];
  let at = 0;
  for (let opening = 0; opening < runs.length; opening++) {
    const { 0: run, index } = runs[opening]!;
    let closing = opening + 1;
    while (closing < runs.length && runs[closing]![0] !== run) closing++;
    if (closing === runs.length) return null;
    const end = runs[closing]!.index + run.length;
    parts.push(line.slice(at, index), line.slice(index, end));
    at = end;
    opening = closing;
  }
  return [...parts, line.slice(at)];
}
