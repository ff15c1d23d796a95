import { MAX_QUERY } from '../contract.js';
import {
  type Chunk,
  chunksOf,
  operatorsOf,
  type Piece,
  piecesOf,
  runsOf,
  type ScriptRun,
  symbolsOf,
} from './chunks.js';
import { normalize } from './folding.js';
import {
  accentedOf,
  isHash,
  isOnlyName,
  joinedOf,
  mainWordsOf,
  nameOf,
  namesIn,
  neighbours,
  rowOf,
  SHORTEST_HASH,
  wholesOf,
  wordOf,
} from './word-forms.js';

/** Adjacent words to search for: a single one, or the parts of a compound. */
export interface Term {
  readonly words: readonly string[];
  /** Whether the last word is a prefix. */
  readonly isOpen?: boolean;
  /** Searched for instead if no record has this term. */
  readonly orElse?: Term;
  /** The term adds nothing if all records that have it also have these adjacent words. */
  readonly beyond?: readonly string[];
  /** The letters of a word that may be stored as two words. */
  readonly letters?: string;
}

/** The most words of a term: the first words of a longer path. */
const MAX_TERM_WORDS = 16;
/** In longer queries, in words, no two are joined into one: they were pasted rather than typed. */
const MAX_PAIRED = 32;

/**
 * Stop words say nothing about a record, even where few records have them yet, as in a small project. English, like the model.
 */
const GRAMMAR = new Set(
  `a an and any are as at be been but by can could did do does for from had has have how i if in into is it its me my no not
  of on or our should so such than that the their them then there these they this those to until us was we were what when
  where which who whom whose why will with would you your`.split(/\s+/),
);

/**
 * The terms of a query: each word, and the parts of a compound, both adjacent and alone. Stop words only if it has no others,
 * and operators only if it has no words.
 */
export function termsOf(query: string): readonly Term[] {
  const text = normalize(query.slice(0, MAX_QUERY));
  const terms = new Map<string, Term>();
  const grammar = new Map<string, Term>();
  const chunks = [...chunksOf(text)];
  for (const { text: chunk } of chunks) {
    addAll(GRAMMAR.has(chunk.toLowerCase()) ? grammar : terms, termsOfChunk(chunk, [...piecesOf(chunk)]));
  }
  addAll(terms, [...new Set(symbolsOf(text))].map(one));
  const chosen = terms.size > 0 ? terms : grammar;
  if (chosen.size === 0) return [...new Set(operatorsOf(text))].map(stretch);
  if (chunks.length <= MAX_PAIRED) addAll(chosen, pairsIn(text, chunks));
  return [...chosen.values()];
}

/** Each two adjacent words as one: `multi agent` may be stored as multiagent. */
function pairsIn(text: string, chunks: readonly Chunk[]): readonly Term[] {
  return chunks.slice(1).flatMap((chunk, index) => {
    const before = chunks[index]!;
    const isBeside = text.slice(before.start + before.text.length, chunk.start).trim() === '';
    if (!isBeside || !isPlain(before.text) || !isPlain(chunk.text)) return [];
    return [{ ...one(wordOf(before.text + chunk.text)), beyond: [wordOf(before.text), wordOf(chunk.text)] }];
  });
}

/** Whether a chunk has only letters, so that it may be half of a compound. */
const isPlain = (chunk: string): boolean => /^[\p{L}\p{M}]{2,32}$/u.test(chunk);

const one = (word: string): Term => ({ words: [word] });
/** Equal for terms that search for the same. */
export const keyOf = ({ words, isOpen }: Term): string => words.join(' ') + (isOpen ? ' *' : '');

function addAll(to: Map<string, Term>, terms: readonly Term[]): void {
  for (const term of terms) {
    const key = keyOf(term);
    if (term.words.length > 0) to.set(key, { ...to.get(key), ...term });
  }
}

function termsOfChunk(chunk: string, pieces: readonly Piece[]): readonly Term[] {
  const row = withoutLast(pieces, pieces.flatMap(rowOf));
  const main = withoutLast(pieces, pieces.flatMap(mainWordsOf));
  const rows = [row, main, ...(/^v\d/i.test(chunk) ? [row.slice(1)] : [])];
  const isCompound = row.length > 1;
  const alone = pieces.flatMap(aloneOf).filter(({ words }) => !isCompound || words.length > 1 || words[0]!.length > 1);
  return [
    ...rows.filter(({ length }) => length > 1).map((words) => ({ words: words.slice(0, MAX_TERM_WORDS) })),
    ...joinedOf(pieces).map(one),
    ...alone,
  ];
}

/** Without the last word of a run without spaces: the record's run may continue differently. */
function withoutLast(pieces: readonly Piece[], words: readonly string[]): readonly string[] {
  const last = pieces.length > 0 ? [...runsOf(pieces.at(-1)!.text)].at(-1) : undefined;
  return last && last.kind !== 'WORD' && words.length > 1 ? words.slice(0, -1) : words;
}

/** The terms of a piece on its own. */
function aloneOf(piece: Piece): readonly Term[] {
  const name = nameOf(piece);
  if (isOnlyName(piece)) return [one(name!)];
  const terms = [...runsOf(piece.text)].flatMap(aloneOfRun);
  if (name === null) return terms;
  const [first, ...others] = terms;
  return [{ words: [name], ...(first && { orElse: first }) }, ...others];
}

function aloneOfRun(run: ScriptRun): readonly Term[] {
  if (run.kind === 'HANGUL') return aloneOfHangul(run.text);
  if (run.kind === 'UNSPACED') return aloneOfUnspaced(run.text);
  const word = wordOf(run.text);
  if (isHash(word)) return hashTerms(word);
  const accented = accentedOf(run.text);
  const names = namesIn(run.text);
  const wholes = wholesOf(run.text);
  return [
    { words: [word], ...(isPlain(run.text) && { letters: run.text }) },
    ...(accented === null ? [] : [one(accented)]),
    ...(wholes.length > 0 ? [{ words: wholes }] : []),
    ...(names.length > 1 ? names.map((name) => one(wordOf(name))) : []),
  ];
}

/** A hash is found by its prefix, and a longer hash finds a stored prefix of it. */
function hashTerms(hash: string): readonly Term[] {
  const shorter = Array.from({ length: hash.length - SHORTEST_HASH }, (_, more) => hash.slice(0, SHORTEST_HASH + more));
  return [{ words: [hash], isOpen: true }, ...shorter.map(one)];
}

const IS_HANGUL = /^\p{scx=Hangul}/u;
/** Particles that are joined to nouns in Korean: a closed class. */
const PARTICLES =
  /(?:에서는|에서도|으로는|에서|에게|에는|에도|부터|까지|으로|처럼|보다|하고|이나|이랑|은|는|이|가|을|를|에|의|로|와|과|도|만|께|랑)$/u;

function aloneOfHangul(run: string): readonly Term[] {
  const noun = run.replace(PARTICLES, '');
  const stretches = (noun.length > 1 && noun !== run ? [run, noun] : [run]).map(stretch);
  return isPlain(noun) ? [...stretches.slice(0, -1), { ...stretches.at(-1)!, letters: noun }] : stretches;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
/** The segmenter takes quadratic time. */
const SEGMENTED_AT_ONCE = 128;

/** Japanese may omit the mark at the end of a longer word: サーバー, サーバ. */
function spellingsOf(word: string): readonly string[] {
  return /^\p{scx=Kana}{3,}ー$/u.test(word) ? [word, word.slice(0, -1)] : [word];
}

/** The words of a run, by ICU's dictionaries. If these find none with several characters, any two characters may be a word. */
function aloneOfUnspaced(run: string): readonly Term[] {
  const words: string[] = [];
  for (let from = 0; from < run.length; from += SEGMENTED_AT_ONCE) {
    for (const { segment } of segmenter.segment(run.slice(from, from + SEGMENTED_AT_ONCE))) words.push(segment);
  }
  const longer = words.filter((word) => neighbours(word).length > 1);
  if (longer.length > 0) return [run, ...longer.flatMap(spellingsOf)].map(stretch);
  return [
    stretch(run),
    ...stretch(run)
      .words.map(one)
      .filter(({ words: [word] }) => neighbours(word!).length > 1),
  ];
}

/** Adjacent characters; for a single one, every word that starts with it. */
function stretch(text: string): Term {
  const characters = neighbours(text);
  if (characters.length < 2) return { words: characters, isOpen: true };
  return { words: characters.slice(0, -1).slice(0, MAX_TERM_WORDS) };
}

/** The terms of a word that may be stored as two: `multiagent` as multi agent. */
export function divisionsOf(letters: string): readonly Term[] {
  const places = Array.from({ length: Math.max(0, letters.length - 3) }, (_, index) => index + 2);
  return places.map((at) => {
    const [first, second] = [letters.slice(0, at), letters.slice(at)];
    if (IS_HANGUL.test(letters)) return { words: [...neighbours(first), ...stretch(second).words] };
    return { words: [wordOf(first), wordOf(second)] };
  });
}

/** The records that a term adds, as an FTS5 expression. */
export function additionOf(term: Term): string {
  const own = expressionOf([term]);
  return term.beyond ? `${own} NOT "${term.beyond.join(' ')}"` : own;
}

/** Any of the terms, as an FTS5 expression. */
export function expressionOf(terms: readonly Term[]): string {
  return terms.map(({ words, isOpen }) => `"${words.join(' ')}"${isOpen ? '*' : ''}`).join(' OR ');
}
