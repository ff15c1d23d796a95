import { isAscii } from './ascii.js';

/**
 * A text as text filters compare it, so that they ignore case, and how a character is composed: Unicode's compatibility
 * form (NFKC: `é` in one code point or two, `ﬁ` and `fi`, full-width letters) with its full case folding (`ß`, `ẞ` and
 * `SS`; `ς`, `Σ` and `σ`). The four letters `i`, `I`, `ı` and `İ` are one, since a search doesn't say in which language it
 * is. Accents count. Folding what is folded changes nothing.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKC')
      // Upper case takes apart what lower case leaves, and only small letters have it, so `ẞ` is made small before.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replace(/i\u0307+/g, 'i')
      .replaceAll('ς', 'σ')
      .normalize('NFKC')
  );
}

/** Whether a text contains another one, which is folded already. */
export function containsFolded(text: string, folded: string): boolean {
  return fold(text).includes(folded);
}
