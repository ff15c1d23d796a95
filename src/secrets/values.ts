/** Tells passwords and tokens from what is written in their place in code and prose. */

/** What a name says about its value: how much of a value has to look random to be taken for a secret. */
export type Strictness = 'password' | 'secret' | 'token';

/** Texts that stand for a secret, or hide one. */
const STAND_IN =
  /\$\{|\{\{|\$\(|%[sd(]|<[^>]*>|\*{3}|x{4}|\.{3}|…|•|_{4}|redacted|replace|your[-_]?|example|placeholder|change[-_]?(?:me|this|it)|dummy|(?:^|[^a-z])(?:todo|fixme|null|none|undefined|true|false)(?:$|[^a-z])|insert|-?here$/i;
/** Passwords of examples, which open nothing. */
const WELL_KNOWN =
  /^(?:(?:my|the|test|user|root|admin|db)?[-_]?(?:password|passwd|passphrase|passwort|secret|token|key|pass|pwd)|user(?:name)?|root|admin|string[!?]?|test|foo|bar)$/i;

/** Whether a text is what examples write where a secret belongs. */
export function isPlaceholder(value: string): boolean {
  return STAND_IN.test(value) || WELL_KNOWN.test(value) || /^(.)\1*$/.test(value);
}

/** The fewest characters of a value that is a secret. */
const SHORTEST: { readonly [S in Strictness]: number } = { password: 6, secret: 8, token: 16 };
/** The fewest bits by character of a token, by how often its characters occur: 20 random hexadecimal digits have about 3.4, words of code about 3.3. */
const TOKEN_BITS = 3;

/**
 * Whether a value that is assigned to a name of a secret is one. A value in quotes is a literal, one without may be code.
 * Words alone are none: they are names, types and messages.
 */
export function looksSecret(value: string, strictness: Strictness, isQuoted: boolean): boolean {
  if (value.length < SHORTEST[strictness]) return false;
  if (isQuoted && strictness === 'password' && isPassphrase(value)) return true;
  return isUnlikeWords(value, strictness, isQuoted) && !isReference(value, isQuoted) && !isPlaceholder(value);
}

function isUnlikeWords(value: string, strictness: Strictness, isQuoted: boolean): boolean {
  const { digits, letters } = countKinds(value);
  if (strictness === 'token') {
    if (letters === 0 || (digits === 0 && letters < value.length)) return false;
    return letters < MOST_BY_WORD * countWords(value) && bits(value) >= TOKEN_BITS;
  }
  if (digits > 0 && letters > 0) return strictness === 'password' ? !isNumber(value) : !isName(value);
  if (digits > 0) return strictness === 'password' && isQuoted && /^\d{6,}$/.test(value);
  // Without a digit: signs within letters, as in `Corr&ct!Horse`, or letters in no order.
  if (/^[\w.:/,@-]+$/.test(value)) return value.length >= 16 && !isWord(value) && bits(value) >= 3.5;
  return letters > 3 && /[!#%^&*?+~]/.test(value) && !/[()[\]{}\s;=|<>"'`]/.test(value);
}

/** Four words or more that make no sentence. */
function isPassphrase(value: string): boolean {
  return (
    /^[a-z]{2,12}(?: [a-z]{2,12}){3,23}$/.test(value) &&
    !/\b(?:an?|the|is|are|be|of|to|in|on|at|by|for|from|with|and|or|not|no|your?|must|should|can|has|have|it|this|that|password|passphrase)\b/.test(
      value,
    )
  );
}

/** The fewest letters between signs, digits and capitals of what is written in words. Of random letters and digits there are two. */
const MOST_BY_WORD = 4;

function countWords(value: string): number {
  return value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)?.length ?? 0;
}

/** Code, a path or an address that leads to the secret. */
function isReference(value: string, isQuoted: boolean): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || /^(?:\.{0,2}|~|[a-z]:)[\\/][\w.-]+(?:[\\/]|$)/i.test(value))
    return !/^\/?[\w+/]{40,}={0,2}$/.test(value);
  if (/^[$@%&]\w/.test(value) && !/^[$@%&]\w*\d.*[^\w.]/.test(value)) return true;
  if (isQuoted) return /\s/.test(value);
  // Calls, indexes, generics, arrows.
  if (/[()[\]{}<>]|=>|::/.test(value)) return true;
  // Members, of which none looks random. Some tokens have dots.
  return /^!?[a-z_$][\w$]*(?:\??\.[a-z_$][\w$]*)+$/i.test(value) && !value.split('.').some(isRandom);
}

/** No name of code: long, with several digits, and without words. */
function isRandom(value: string): boolean {
  return value.length >= 20 && /\d.*\d/.test(value) && countKinds(value).letters < MOST_BY_WORD * countWords(value);
}

/** Words joined by dashes, underscores or dots, each with few digits: `my-app-token-2`, `sha256-of-it`. */
function isName(value: string): boolean {
  const words = value.split(/[-_.:/]/);
  return words.length > 1 && words.every((word) => /^(?:[a-z]+|[A-Z]+|[A-Z][a-z]+)?\d{0,4}$/.test(word));
}

/** `2.4.0`, `v20.19.1`, `2026-11-30T10:00`, `0x1F`, `SCRAM-SHA-256`. */
function isNumber(value: string): boolean {
  return /^(?:v?\d+(?:[.:T-]\d+)+\S{0,3}|0x[\da-f]+)$/i.test(value) || /^[A-Z]+(?:-[A-Z\d]{1,6})+$/.test(value);
}

/** Letters in the case of words: `getPassword`, `AccessToken`, `PASSWORD`. In random letters the case changes more often. */
function isWord(value: string): boolean {
  const humps = value.match(/[a-z][A-Z]|[A-Z]{2}[a-z]/g)?.length ?? 0;
  return humps * 4 <= value.length;
}

function countKinds(value: string): { digits: number; letters: number } {
  let digits = 0;
  let letters = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) letters += 1;
  }
  return { digits, letters };
}

/** Shannon's entropy of the characters of a text, by character. */
function bits(value: string): number {
  const counts = new Uint16Array(128);
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at) & 127;
    counts[code] = counts[code]! + 1;
  }
  let sum = 0;
  for (const times of counts) if (times > 0) sum -= (times / value.length) * Math.log2(times / value.length);
  return sum;
}
