import { parse, TomlError } from 'smol-toml';
import { applyEdits, type Edit, lineBreakOf, lineStart } from './edit.js';
import {
  InvalidTextError,
  isSame,
  isTable,
  type Path,
  type Table,
  type TextFormat,
  UnsafeEditError,
  valueAt,
} from './format.js';
import { type Statement, statementsOf } from './toml-statements.js';

/** TOML. What is set is a table of its own, such as `mcp_servers.mooring`: it is written under a header at the end. */
export const TOML_TEXT: TextFormat = {
  name: 'TOML',

  parse(text) {
    try {
      return parse(text, { integersAsBigInt: 'asNeeded' });
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const [reason] = error.message.replace('Invalid TOML document: ', '').split('\n');
      throw new InvalidTextError(error.line, error.column, reason!);
    }
  },

  put(text, path, value) {
    const edits = isTable(value) ? putTable(text, path, value) : [];
    return checked(text, edits, path, value);
  },

  remove: (text, path) => checked(text, removeAll(text, path), path, undefined),
};

function putTable(text: string, path: Path, table: Table): readonly Edit[] {
  const own = statementsOf(text).filter(({ path: at }) => isUnder(at, path));
  if (own.length === 0) return [appended(text, path, table)];
  const existing = valueAt(TOML_TEXT.parse(text), path) as Table;
  const header = own.find(({ kind, path: at }) => kind === 'table' && at.length === path.length);
  // What the table has more stays, with its comments.
  if (header && Object.keys(existing).every((key) => key in table)) {
    const edits: Edit[] = [];
    for (const key of Object.keys(table).filter((each) => !isSame(existing[each], table[each])))
      edits.push(putKey(applyEdits(text, edits), path, key, table[key]));
    return edits;
  }
  const removed = removeAll(text, path);
  return [...removed, appended(applyEdits(text, removed), path, table)];
}

/** Replaces the key's statement; a new one is the first under the header. */
function putKey(text: string, path: Path, key: string, value: unknown): Edit {
  const own = statementsOf(text).filter(({ path: at }) => isUnder(at, path));
  const pair = own.find(({ kind, path: at }) => kind === 'pair' && at.length === path.length + 1 && at.at(-1) === key);
  const inserted = `${key} = ${rendered(value)}`;
  if (pair) return { offset: pair.start, removed: text.slice(pair.start, pair.end), inserted };
  const { end } = own.find(({ kind, path: at }) => kind === 'table' && at.length === path.length)!;
  return { offset: end, removed: '', inserted: lineBreakOf(text) + inserted };
}

function appended(text: string, path: Path, table: Table): Edit {
  const eol = lineBreakOf(text);
  const lines = [`[${path.join('.')}]`, ...Object.entries(table).map(([key, value]) => `${key} = ${rendered(value)}`)];
  const gap = text === '' ? '' : text.endsWith('\n') ? eol : eol + eol;
  return { offset: text.length, removed: '', inserted: gap + lines.map((line) => line + eol).join('') };
}

/** JSON's strings, numbers and arrays are TOML's, too. */
function rendered(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(rendered).join(', ')}]`;
  if (!isTable(value)) return value instanceof Date ? value.toISOString() : JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)} = ${rendered(each)}`)
    .join(', ')} }`;
}

/** Removes the statements of a table, its lines and comments, and the empty line before it. */
function removeAll(text: string, path: Path): readonly Edit[] {
  const blocks: { from: number; to: number }[] = [];
  let isOpen = false;
  for (const { path: at, start, end } of statementsOf(text)) {
    const isOwn = isUnder(at, path);
    const to = afterLine(text, end);
    if (isOwn && isOpen) blocks.at(-1)!.to = to;
    else if (isOwn) blocks.push({ from: afterEmptyLine(text, lineStart(text, start)), to });
    isOpen = isOwn;
  }
  return blocks.reverse().map(({ from, to }) => ({ offset: from, removed: text.slice(from, to), inserted: '' }));
}

const isUnder = (at: Statement['path'], path: Path): boolean => path.every((key, depth) => at[depth] === key);

function afterLine(text: string, offset: number): number {
  const next = text.indexOf('\n', offset);
  return next < 0 ? text.length : next + 1;
}

/** The offset before an empty line that ends at the offset. */
function afterEmptyLine(text: string, offset: number): number {
  const empty = /\n(\r?\n)$/.exec(text.slice(Math.max(0, offset - 4), offset));
  return empty ? offset - empty[1]!.length : offset;
}

/** @throws UnsafeEditError when anything else would change, as where the table is written inline */
function checked(text: string, edits: readonly Edit[], path: Path, value: unknown): readonly Edit[] {
  const expected = TOML_TEXT.parse(text) as Record<string, unknown>;
  set(expected, path, value);
  if (isSame(parsedOrNull(applyEdits(text, edits)), expected)) return edits;
  throw new UnsafeEditError(`${path.join('.')} is written in a way that can’t be changed without the rest`);
}

function parsedOrNull(text: string): Table | null {
  try {
    return TOML_TEXT.parse(text);
  } catch {
    return null;
  }
}

function set(table: Record<string, unknown>, [key, ...rest]: Path, value: unknown): void {
  const name = String(key);
  if (rest.length > 0) {
    if (!isTable(table[name]) && value !== undefined) table[name] = {};
    if (isTable(table[name])) set(table[name] as Record<string, unknown>, rest, value);
    // A header is all that made the table around it.
    if (value === undefined && isTable(table[name]) && Object.keys(table[name]).length === 0) delete table[name];
  } else if (value === undefined) delete table[name];
  else table[name] = value;
}
