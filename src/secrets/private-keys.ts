import { atEachTrigger, type Rule } from './finding.js';
import { endOfMatch } from './patterns.js';

/** Also the keys of PGP and SSH2, which have another number of words or dashes. */
const BEGIN = /----[- ]?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/y;
/** Up to the next line of dashes. Bounded: the longest keys in use are of some 13,000 characters. */
const BODY = /(?:[^-]|-(?!---)){0,32000}/y;
const END = /----[- ]?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}/y;
/** A line of a key has 64 to 76 characters; words of prose about keys are shorter. */
const KEY_LINE = /[A-Za-z0-9+/]{24}/;
/** What stands between the lines of a key in code, quotes, diffs and JSON, and a line, or a header of an encrypted key. */
const LINE =
  /(?:\\{1,2}[nrt]|[\s>"'#*,;|]|\+(?=\s|"|')){0,200}(?:[A-Za-z0-9+/]{20,}={0,2}|(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset|Subject):[^\r\n\\]{0,200})/y;
/** The last line, which is shorter. Prose may follow a key that is cut off, so that it has to end by `=`, or with the text or its quotes. */
const LAST_LINE = /(?:(?:\\{1,2}r)?\\{1,2}n|\r?\n)[ \t>"'#*+]{0,20}[A-Za-z0-9+/]{1,63}(?:={1,2}|(?=["'`\\]|\s*$))/y;

/** Blocks of private keys, from BEGIN to END; or as far as lines of a key follow, when the end is cut off. */
export const privateKeys: readonly Rule[] = [
  atEachTrigger(['---- begin', '----begin', '-----begin'], (text, at) => {
    const body = endOfMatch(BEGIN, text, at);
    if (body === -1) return null;
    const bodyEnd = endOfMatch(BODY, text, body);
    const end = endOfMatch(END, text, bodyEnd);
    if (end !== -1) {
      return KEY_LINE.test(text.slice(body, bodyEnd)) ? { rule: 'private-key', start: at, end } : null;
    }
    const cut = endOfLines(text, body);
    return cut === body ? null : { rule: 'private-key', start: at, end: cut };
  }),
  // The same in base64, as in files of Kubernetes.
  atEachTrigger(['ls0tls1crudjti'], (text, at) => {
    const begin = Buffer.from(text.slice(at, at + 80), 'base64').toString('latin1');
    // Before the body is read, which may be long: a text may consist of beginnings.
    if (endOfMatch(BEGIN, begin, 0) === -1) return null;
    const end = endOfMatch(/[A-Za-z0-9+/]{40,44000}={0,2}/y, text, at);
    return end === -1 ? null : { rule: 'private-key', start: at, end };
  }),
  // A key of PuTTY: its private lines follow their number.
  atEachTrigger(['private-lines:'], (text, at) => {
    const start = endOfMatch(/private-lines:[ \t]*\d{1,4}/iy, text, at);
    if (start === -1) return null;
    const end = endOfLines(text, start);
    return end === start ? null : { rule: 'private-key', start, end };
  }),
];

function endOfLines(text: string, start: number): number {
  let end = start;
  for (let next = endOfMatch(LINE, text, end); next !== -1; next = endOfMatch(LINE, text, end)) end = next;
  if (end === start) return start;
  return Math.max(end, endOfMatch(LAST_LINE, text, end));
}
