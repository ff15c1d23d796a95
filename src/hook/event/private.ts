/** In the JSON of a tool, space and `<`, `/` and `>` may be escaped; in HTML, too. */
const SPACE = String.raw`(?:\s|\\[nrt])`;
const [OPEN, SLASH, CLOSE] = [String.raw`(?:<|\\u003c|&lt;)`, String.raw`\\?/`, String.raw`(?:>|\\u003e|&gt;)`];
/** An opening or closing mark. Bounded, so that a text of nothing but beginnings is read in linear time. */
const MARK = new RegExp(
  `${OPEN}${SPACE}{0,16}(${SLASH})?${SPACE}{0,16}private(${SPACE}(?:(?!${OPEN}|${CLOSE})[^]){0,200})?${CLOSE}`,
  'gi',
);
/** Attributes, if any. Anything else, as in `<private key>`, stands for something. */
const ATTRIBUTES = new RegExp(`^(?:${SPACE}*$|.*=)`, 's');

/**
 * A text without what somebody marked as private: `<private>…</private>`, in any case, across lines and nested; without its
 * end, everything after it. Nothing of it may be kept, logged or sent.
 */
export function withoutPrivate(text: string): string {
  let kept = '';
  let depth = 0;
  let from = 0;
  for (const { 0: mark, 1: slash, 2: attributes = '', index } of text.matchAll(MARK)) {
    if (!ATTRIBUTES.test(attributes)) continue;
    if (depth === 0) kept += text.slice(from, index);
    // An end without a beginning ends nothing, and is no text either.
    depth = slash ? Math.max(0, depth - 1) : depth + 1;
    from = index + mark.length;
  }
  return depth === 0 ? kept + text.slice(from) : kept;
}
