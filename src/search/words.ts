/**
 * How texts and queries become words. FTS5's unicode61 takes what stands between separators (`_ / . -` are separators) as a
 * word; the parts of camelCase words, and pairs of characters of scripts written without spaces, are found beside them.
 */

/** The most distinct terms of a query that are looked for; what comes after them has no say. */
export const MAX_TERMS = 64;
/** The most words of a term: of a longer path, the first ones must stand in a row. */
const MAX_TERM_WORDS = 16;
/** Longer pieces, in UTF-16 code units, are data rather than names: they are found whole only. */
const MAX_PIECE = 64;

/**
 * Words of grammar say nothing of a record however few hold them: in a small project they would not be common yet. English,
 * as the model is.
 */
const GRAMMAR = new Set(
  `a an and any are as at be been but by can could did do does for from had has have how i if in into is it its me my no not
  of on or our should so such than that the their them then there these they this those to until us was we were what when
  where which who whom whose why will with would you your`.split(/\s+/),
);

const LETTERS = '\\p{L}\\p{N}\\p{M}\\p{Co}';
const CHUNK = new RegExp(`[${LETTERS}]+(?:[-_./\\\\:'’]{1,2}[${LETTERS}]+)*`, 'gu');
const SEPARATORS = new RegExp(`[^${LETTERS}]+`, 'u');
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer'].map((name) => `\\p{Script=${name}}`).join('');
const IS_UNSPACED = new RegExp(`[${UNSPACED}]`, 'u');
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, 'gu');
const IS_COMPOUND = new RegExp(`[\\p{Ll}\\p{N}]\\p{Lu}|\\p{Lu}\\p{Lu}\\p{Ll}|[${UNSPACED}]`, 'u');

/** What stands in the second column: the parts of each compound word, in order. */
export function partsOf(text: string): string {
  if (!IS_COMPOUND.test(text)) return '';
  const compounds = new Set<string>();
  for (const [chunk] of text.matchAll(CHUNK)) if (IS_COMPOUND.test(chunk)) compounds.add(chunk);
  const groups = [...compounds].map(split).filter((parts) => parts.length > 1);
  return groups.map((parts) => parts.join(' ')).join('\n');
}

/** Words that stand next to each other: one, or the parts of a compound. Letters and digits only. */
export type Term = readonly string[];

/** What a query looks for: each word, and of a compound its parts too, in a row and alone. Words of grammar only when it has no others. */
export function termsOf(query: string): readonly Term[] {
  const terms = allTermsOf(query);
  const telling = terms.filter((term) => term.length > 1 || !GRAMMAR.has(term[0]!.toLowerCase()));
  return telling.length > 0 ? telling : terms;
}

function allTermsOf(query: string): readonly Term[] {
  const terms = new Map<string, Term>();
  for (const [chunk] of query.matchAll(CHUNK)) {
    const pieces = chunk.split(SEPARATORS);
    const parts = split(chunk);
    const words = [...new Set([...pieces, ...parts])].filter((word) => word.length > 1 || parts.length === 1);
    for (const term of [parts.slice(0, MAX_TERM_WORDS), ...words.map((word) => [word])]) {
      terms.set(term.join(' ').toLowerCase(), term);
      if (terms.size === MAX_TERMS) return [...terms.values()];
    }
  }
  return [...terms.values()];
}

/** `src/parseConfigFile.ts` → src parse Config File ts. */
function split(chunk: string): readonly string[] {
  return chunk.split(SEPARATORS).flatMap((piece) => {
    const runs = piece.match(RUNS) ?? [];
    return runs.flatMap((run) => (IS_UNSPACED.test(run) ? pairs([...run]) : camelParts(run)));
  });
}

function camelParts(run: string): readonly string[] {
  if (run.length > MAX_PIECE) return [run];
  return run
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(' ');
}

/** 数据库 → 数据 据库: without spaces, any two neighbours may be a word. */
function pairs(characters: readonly string[]): readonly string[] {
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
