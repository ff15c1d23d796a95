import type { Finding, Rule } from './finding.js';
import { secretNameOf } from './names.js';
import { endOfMatch } from './patterns.js';
import { looksSecret } from './values.js';

/** Every name of a secret has one of these. */
const WORDS = [
  'pass',
  'pwd',
  'psk',
  'bindpw',
  'kennwort',
  'secret',
  'token',
  '_pat=',
  '_pat:',
  '_pat"',
  'key',
  'auth',
  'credential',
];

/** How much of a value tells whether it is a secret, so that a text of names costs no more than its length. */
const JUDGED = 128;
/** The longest part of a name that is read before and after the word. */
const NAME = 60;
/** The rest of the name, and how it is quoted or indexed: `"password"`, `['password']`, `\"password\"`, `**password**`. */
const NAME_END = /([\w.-]{0,60})(?:\\{0,3}["'`]\]?|\*{2})?/y;
/** Words before `key` in prose: `API key: …`. */
const KEY_OF = /(?:api|access|secret|private|signing|encryption|master|license) $/i;

/** What stands between a name and its value. */
const CERTAIN: readonly RegExp[] = [
  // `**Password:** …`
  /:?\*{2}:?[ \t]{0,8}/,
  // `password = `, `"password": `, `:password => `, `password: string = `
  /[ \t\xa0]{0,8}(?:\??:[ \t]{0,4}(?:string|str|String|&str|&'static str)|[ \t]string)?[ \t]{0,8}(?::=|=>|={1,3}|!==?|\+=|:(?!:)|：|%3[ad]|→)[ \t\xa0]{0,8}/,
  // `PASSWORD '…'` of SQL
  /[ \t]{1,4}(?=['"])/,
  // `"name": "PASSWORD", "value": `
  /\\{0,3}["']?,[ \t\r\n]{0,20}\\{0,3}["']?value\\{0,3}["']?[ \t]{0,4}:[ \t]{0,8}/,
  // `name: PASSWORD`, and in the next line `value: `
  /,?[ \t]{0,4}\r?\n[ \t]{0,20}["']?value["']?:[ \t]{0,8}/,
  // `<password>` and `key="password" value=`
  /[ \t]{0,4}(?:>|value=)/,
];
/** The same where words of prose may follow instead of a value. */
const UNCERTAIN: readonly RegExp[] = [
  // `| password | … |`
  /[ \t]{1,40}\|[ \t]{1,4}/,
  // `The password is ….`
  /[ \t]{1,2}(?:is|was|ist|lautet|to)(?::|[ \t])[ \t]?/,
];
const anyOf = (patterns: readonly RegExp[]) => patterns.map(({ source }) => source).join('|');
const SEPARATOR = new RegExp(`(?:${anyOf(CERTAIN)})|(${anyOf(UNCERTAIN)})`, 'iy');
/** What stands before a value: prefixes and threes of quotes, tags and signs of blocks of YAML, a function of PowerShell. */
const OPENING =
  /(?:[bru]{1,2}(?=["'])|""(?=")|''(?=')|!!str[ \t]|[|>][-+]?[ \t]{0,4}\r?\n[ \t]{1,20}|ConvertTo-SecureString[ \t]{1,2}(?:-String[ \t]{1,2})?)/iy;
/** Commands that set a name to the value after it, and the lines of `.netrc`. */
const BEFORE_SPACE =
  /(?:\b(?:ENV|setx|set -[a-z]{1,2}|(?:configure|config|secrets?) set)[ \t]|\blogin[ \t]{1,4}\S{1,64}\s{1,8})$/;
const SPACE = /[ \t]{1,4}(?=\S)/y;
/** Functions of which the first argument is a name, and the second its value. */
const BEFORE_COMMA = /\b(?:define|set\w{0,20}|put\w{0,20}|append|header)\(["']$/;
const COMMA = /,[ \t]{0,4}(?=["'`])/y;
/** `setPassword("…")` */
const SETTER = /(?:^|\.)(?:set|with)_?[a-z_]{1,40}$/i;
const CALL = /\([ \t]{0,2}(?=["'`])/y;
/** `--password …` */
const OPTION_SPACE = /[ \t]{1,4}(?!-)/y;
/** A value in quotes, which may themselves be escaped. */
const QUOTED = /(\\{0,3})(["'`])((?:(?!\2)[^\\\r\n]|\\(?!\2)[^\r\n]|(?!\1)\\\2){1,512})/y;
/** One without. It ends where code, a query of a URL, a table or a sentence goes on. */
const BARE = /[^\s"'`,;&|<>\\]{1,512}(?:&(?![\w.-]{1,40}=)[^\s"'`,;&|<>\\]{0,512}){0,8}/y;
/** One without in a line of its own, as in `.env`: it may have signs that elsewhere end it. */
const BARE_LINE = /[^\s"'`&]{1,512}(?:&(?![\w.-]{1,40}=)[^\s"'`&]{0,512}){0,8}(?=[ \t]*(?:\r?\n|$))/y;
const STARTS_LINE = /(?:^|\n)[ \t]{0,20}(?:export |set )?[\w.]+=$/;

/** Values of names such as `password` and `api_key`, in code, configuration, commands and prose. */
export const assignments: Rule = {
  triggers: WORDS,
  scan: (text, hits, report) => {
    let end = 0;
    for (const at of hits) {
      // Another word of a name that was looked at, such as the second of `SECRET_KEY`, or a part of a secret.
      if (at < end) continue;
      const name = nameAt(text, at);
      const found = secretAfter(text, name);
      end = found?.end ?? name.nameEnd;
      if (found) report(found);
    }
  },
};

function secretAfter(text: string, name: Name): Finding | null {
  const separator = separatorAt(text, name);
  if (!separator) return null;
  const named = secretNameOf(text.slice(name.start, name.nameEnd));
  if (!named) return null;
  const opening = endOfMatch(OPENING, text, separator.end);
  const value = valueAt(text, opening === -1 ? separator.end : opening);
  if (!value) return null;
  const judged = text.slice(value.start, Math.min(value.end, value.start + JUDGED));
  if (!looksSecret(judged, named.strictness, value.isQuoted)) return null;
  if (!separator.isCertain && !value.isQuoted && !isUnlikeProse(judged)) return null;
  return { rule: named.rule, start: value.start, end: value.end };
}

interface Name {
  readonly start: number;
  readonly nameEnd: number;
  /** After its quotes. */
  readonly end: number;
}

function nameAt(text: string, at: number): Name {
  NAME_END.lastIndex = at;
  const nameEnd = at + (NAME_END.exec(text)?.[1]?.length ?? 0);
  const end = NAME_END.lastIndex;
  let start = at;
  while (start > 0 && at - start < NAME && isOfName(text.charCodeAt(start - 1))) start -= 1;
  const before = start === at ? KEY_OF.exec(text.slice(Math.max(0, at - 12), at)) : null;
  return { start: before ? at - before[0].length : start, nameEnd, end };
}

/** Letters, digits, `_`, `.` and `-`. */
function isOfName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46
  );
}

function separatorAt(text: string, { start, end }: Name): { end: number; isCertain: boolean } | null {
  SEPARATOR.lastIndex = end;
  const found = SEPARATOR.exec(text);
  if (found) return { end: SEPARATOR.lastIndex, isCertain: found[1] === undefined };
  const after = endOfMatch(separatorOf(text, start, end), text, end);
  return after === -1 ? null : { end: after, isCertain: true };
}

/** What separates name and value where the place of the name says that it is one. */
function separatorOf(text: string, start: number, end: number): RegExp {
  const next = text[end];
  if (next === ' ' || next === '\t') {
    if (/^--?[a-z]/i.test(text.slice(start, start + 3))) return OPTION_SPACE;
    return BEFORE_SPACE.test(text.slice(Math.max(0, start - 90), start)) ? SPACE : NOTHING;
  }
  if (next === ',') return BEFORE_COMMA.test(text.slice(Math.max(0, start - 40), start)) ? COMMA : NOTHING;
  return next === '(' && SETTER.test(text.slice(start, end)) ? CALL : NOTHING;
}
const NOTHING = /(?!)/y;

function valueAt(text: string, at: number): (Pick<Finding, 'start' | 'end'> & { isQuoted: boolean }) | null {
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(text);
  if (quoted) {
    const start = at + quoted[1]!.length + 1;
    return { start, end: start + quoted[3]!.length, isQuoted: true };
  }
  const startsLine = text[at - 1] === '=' && STARTS_LINE.test(text.slice(Math.max(0, at - NAME * 2), at));
  const line = startsLine ? endOfMatch(BARE_LINE, text, at) : -1;
  if (line !== -1) return { start: at, end: line, isQuoted: false };
  const end = endOfMatch(BARE, text, at);
  if (end === -1) return null;
  return { start: at, end: withoutPunctuation(text, at, end), isQuoted: false };
}

/** Signs that end a sentence or a bracket around it. */
function withoutPunctuation(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && '.)]}:?*'.includes(text[last - 1]!)) last -= 1;
  return last;
}

/** Prose has numbers and names with digits in this place: `the token is base64`. */
function isUnlikeProse(value: string): boolean {
  return (
    value.length >= 7 &&
    /\d/.test(value) &&
    (/[a-z].*[A-Z]|[A-Z].*[a-z]/.test(value) || /[!#$%^&*+=@~]/.test(value) || /^[a-z]+\d{1,4}$/.test(value))
  );
}
