/**
 * English words without their endings: `connection` and `connected` are `connect`. The algorithm is Porter's (Program 14,
 * 1980), as in SQLite's own tokenizer; it is implemented here so that the same code stems stored texts and queries, and so
 * that anything that isn't an English word, such as a hash, isn't stemmed.
 */

const CONSONANT = '(?:[^aeiouy]|(?<=[aeiou])y|^y)';
const VOWEL = '(?:[aeiou]|(?<![aeiou]|^)y)';
const MEASURE = new RegExp(`${VOWEL}+${CONSONANT}+`, 'g');
const HAS_VOWEL = new RegExp(VOWEL);
const ENDS_CVC = new RegExp(`${CONSONANT}${VOWEL}(?:(?![wxy])[^aeiou])$`);
const ENDS_DOUBLE = /([^aeiouylsz])\1$/;

type Suffixes = readonly (readonly [suffix: string, instead: string])[];

const SECOND: Suffixes = pairs(
  `ational ate tional tion enci ence anci ance izer ize logi log bli ble alli al entli ent eli e ousli ous ization ize
   ation ate ator ate alism al iveness ive fulness ful ousness ous aliti al iviti ive biliti ble`,
);
const THIRD: Suffixes = [...pairs('icate ic alize al iciti ic ical ic'), ['ative', ''], ['ful', ''], ['ness', '']];
const FOURTH = 'ement ance ence able ible ment ant ent ism ate iti ous ive ize al er ic ou'.split(' ');

/** The stem of a word of letters a to z. Words of fewer than three letters are unchanged. */
export function stem(word: string): string {
  if (word.length < 3) return word;
  return fifthStep(fourthStep(longStep(longStep(firstStep(word), SECOND), THIRD)));
}

/** Plurals, `-ed` and `-ing`. */
function firstStep(word: string): string {
  return withSmallI(withoutPast(withoutPlural(word)));
}

function withoutPlural(word: string): string {
  if (/(?:ss|i)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutPast(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const rest = /^(.*)(?:ed|ing)$/.exec(word)?.[1];
  if (rest === undefined || !HAS_VOWEL.test(rest)) return word;
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (ENDS_DOUBLE.test(rest)) return rest.slice(0, -1);
  return measure(rest) === 1 && ENDS_CVC.test(rest) ? `${rest}e` : rest;
}

function withSmallI(word: string): string {
  const rest = word.slice(0, -1);
  return word.endsWith('y') && HAS_VOWEL.test(rest) ? `${rest}i` : word;
}

function longStep(word: string, suffixes: Suffixes): string {
  const found = suffixes.find(([suffix]) => word.endsWith(suffix));
  if (!found) return word;
  const rest = word.slice(0, -found[0].length);
  return measure(rest) > 0 ? rest + found[1] : word;
}

function fourthStep(word: string): string {
  const suffix = FOURTH.find((each) => word.endsWith(each)) ?? (/[st]ion$/.test(word) ? 'ion' : '');
  const rest = word.slice(0, word.length - suffix.length);
  return measure(rest) > 1 ? rest : word;
}

function fifthStep(word: string): string {
  const rest = word.slice(0, -1);
  const count = measure(rest);
  const isShort = count === 1 && ENDS_CVC.test(rest);
  const short = word.endsWith('e') && (count > 1 || (count === 1 && !isShort)) ? rest : word;
  return short.endsWith('ll') && measure(short) > 1 ? short.slice(0, -1) : short;
}

/** Porter's measure: how often consonants follow vowels. */
function measure(word: string): number {
  return word.match(MEASURE)?.length ?? 0;
}

function pairs(text: string): Suffixes {
  const words = text.split(/\s+/);
  return words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1]!] as const] : []));
}
