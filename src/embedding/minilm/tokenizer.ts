import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { memoize } from '../../util/memoize.js';
import { TOKENIZER, TOKENIZER_CONFIG } from './files.js';

/** The most tokens of a text, the two special ones included, as the model was trained. */
export const WINDOW = 256;
/** The same without the special ones. */
export const CONTENT_TOKENS = WINDOW - 2;
/** Only this much of a longer text is tokenized, unless that doesn't fill the window. */
const HEAD_LENGTH = 16_384;
const CACHED_WORDS = { texts: 20_000, length: 32 };

/** Turns texts into the model's tokens. */
export interface Tokenizer {
  /** Token ids, special ones included, cut to the window. */
  encode(text: string): readonly number[];
  /** The number of a text's tokens, without special ones. Cached for short texts. */
  count(text: string): number;
}

interface TokenizerLibrary {
  readonly Tokenizer: new (
    tokenizer: unknown,
    config: unknown,
  ) => { encode(text: string, options?: { add_special_tokens?: boolean }): { readonly ids: readonly number[] } };
}

/**
 * Requires a dependency of transformers.js. All of it would also load an image library and a second runtime, which aren't used
 * here: 32 MB and 0.2 s.
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
