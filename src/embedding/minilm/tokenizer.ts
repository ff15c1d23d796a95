import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { memoize } from '../../util/memoize.js';
import { TOKENIZER, TOKENIZER_CONFIG } from './files.js';

/** The most tokens of one text, its two special ones included: what the model was trained on. */
export const WINDOW = 256;
/** How many of them are the text's own. */
export const CONTENT_TOKENS = WINDOW - 2;
/** A longer text is tokenised from its head, and wholly only when that doesn't fill the window. */
const HEAD_LENGTH = 16_384;
const CACHED_WORDS = { texts: 20_000, length: 32 };

/** Turns texts into the model's tokens. */
export interface Tokenizer {
  /** Token ids with the special ones, cut to the window. */
  encode(text: string): readonly number[];
  /** How many tokens a text has by itself, without special ones. Remembers short texts. */
  count(text: string): number;
}

interface TokenizerLibrary {
  readonly Tokenizer: new (
    tokenizer: unknown,
    config: unknown,
  ) => { encode(text: string, options?: { add_special_tokens?: boolean }): { readonly ids: readonly number[] } };
}

/**
 * Requires one of the parts that transformers.js is made of. The whole of it brings an image library and a second
 * runtime: 32 MB and 0.2 s more, for nothing that is used here.
 */
export const requirePart = createRequire(createRequire(import.meta.url).resolve('@xenova/transformers'));

/** Loads the tokenizer from the model's folder. */
export function loadTokenizer(directory: string): Tokenizer {
  const library: TokenizerLibrary = requirePart('@huggingface/tokenizers');
  const tokenizer = new library.Tokenizer(readJson(directory, TOKENIZER), readJson(directory, TOKENIZER_CONFIG));

  function encode(text: string): readonly number[] {
    const head = text.length > HEAD_LENGTH ? tokenizer.encode(text.slice(0, HEAD_LENGTH)).ids : [];
    const ids = head.length > WINDOW ? head : tokenizer.encode(text).ids;
    return ids.length > WINDOW ? [...ids.slice(0, WINDOW - 1), ids[ids.length - 1]!] : ids;
  }

  const count = (text: string): number => tokenizer.encode(text, { add_special_tokens: false }).ids.length;

  return { encode, count: memoize(count, CACHED_WORDS) };
}

function readJson(directory: string, name: string): unknown {
  return JSON.parse(readFileSync(join(directory, name), 'utf8'));
}
