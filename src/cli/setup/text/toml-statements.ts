/** A header, or a key with its value, and where it is. Comments and empty lines are none. */
export interface Statement {
  readonly kind: 'table' | 'list' | 'pair';
  /** The keys of the table, and of a pair its own. */
  readonly path: readonly string[];
  readonly start: number;
  /** After the header's bracket, or the value. */
  readonly end: number;
}

const BLANK = /(?:[ \t\r\n]|#[^\n]*)*/y;
const KEY = /[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([^\s"'.=[\]]+))[ \t]*(\.)?/y;
/** Strings in which brackets, quotes and `#` mean nothing; those of many lines may end with two quotes of their own. */
const STRING = /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}|'''(?:[^']|'(?!''))*'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y;

/** The statements of a valid text. */
export function statementsOf(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let table: readonly string[] = [];
  for (let at = match(BLANK, text, 0).end; at < text.length; at = match(BLANK, text, at).end) {
    const start = at;
    const brackets = text.startsWith('[[', at) ? 2 : text[at] === '[' ? 1 : 0;
    const key = keyAt(text, at + brackets);
    if (brackets > 0) table = key.path;
    at = brackets > 0 ? key.end + brackets : valueEnd(text, key.end + 1);
    const kind = (['pair', 'table', 'list'] as const)[brackets]!;
    statements.push({ kind, path: brackets > 0 ? table : [...table, ...key.path], start, end: at });
  }
  return statements;
}

function keyAt(text: string, start: number): { readonly path: readonly string[]; readonly end: number } {
  const path: string[] = [];
  for (let at = start; ; ) {
    const { groups, end } = match(KEY, text, at);
    const [basic, literal, bare, dot] = groups;
    path.push(basic === undefined ? (literal ?? bare ?? '') : unescaped(basic));
    at = end;
    if (dot === undefined) return { path, end };
  }
}

function valueEnd(text: string, start: number): number {
  let end = start;
  let depth = 0;
  for (let at = start; at < text.length; ) {
    const char = text[at]!;
    if (depth === 0 && (char === '\n' || char === '#')) break;
    if (char === '#') at = lineEnd(text, at);
    else if (char === '"' || char === "'") end = at = match(STRING, text, at).end;
    else {
      if (char === '[' || char === '{') depth++;
      if (char === ']' || char === '}') depth--;
      at++;
      if (!/\s/.test(char)) end = at;
    }
  }
  return end;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function match(pattern: RegExp, text: string, at: number): { groups: readonly (string | undefined)[]; end: number } {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  // Progress, whatever the text is.
  return { groups: found?.slice(1) ?? [], end: found ? at + found[0].length : at + 1 };
}

/** JSON's escapes are TOML's; the few that it has more are in no key that is looked for. */
function unescaped(basic: string): string {
  try {
    return String(JSON.parse(`"${basic}"`));
  } catch {
    return basic;
  }
}
