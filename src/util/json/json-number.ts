/** Numbers as JSON and GraphQL write them, and what becomes of them as doubles (IEEE 754). */

/** Significant digits that tell any two doubles apart (`DBL_DECIMAL_DIG`): more are for what isn't one. */
export const MOST_DIGITS = 17;
/** How much of a number is shown. */
const SHOWN_CHARS = 60;

const ZERO = 48;

/** A number as it is written: its value, or the symbol that stands for one that can't be kept. */
export function parseNumber(text: string): number | symbol {
  return isLost(text) ? Symbol(text) : Number(text);
}

/** What is wrong with a number that can't be kept, to be read after the place where it is. */
export function describeLost({ description = '' }: symbol): { readonly message: string; readonly hint: string } {
  const value = Number(description);
  const shown = description.length > SHOWN_CHARS ? `${description.slice(0, SHOWN_CHARS)}…` : description;
  const why = !Number.isFinite(value)
    ? 'which is too large for a number'
    : value === 0
      ? 'which is too small for a number: it would be kept as 0'
      : `which has more digits than a number keeps: it would be kept as ${value}`;
  return { message: `${shown}, ${why}`, hint: `Send it as a text: "${shown}".` };
}

/**
 * Whether a number isn't kept: too large, too close to zero, a whole number that would become another one, or a fraction of
 * more digits than any double has. A shorter fraction is the double next to it, as everywhere. `-0` is kept as 0, the same
 * number. What `JSON.stringify` writes is never lost.
 */
export function isLost(text: string): boolean {
  // Nearly all numbers that are checked: JavaScript writes whole numbers of up to 21 digits without an exponent.
  if (/^\d{1,21}$/.test(text)) return String(Number(text)) !== text;
  const written = decimalOf(text);
  if (written.digits === '') return false;
  const value = Number(text);
  if (!Number.isFinite(value) || value === 0) return true;
  if (written.exponent < 0) return written.digits.length > MOST_DIGITS;
  const kept = decimalOf(String(value));
  return kept.digits !== written.digits || kept.exponent !== written.exponent;
}

/** A number's digits without zeros at either end, and the power of ten of the last; no digits: it is zero. */
function decimalOf(text: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', power = '0'] = text.replace(/^-/, '').split(/e/i);
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  let start = 0;
  while (start < all.length && all.charCodeAt(start) === ZERO) start += 1;
  let end = all.length;
  while (end > start && all.charCodeAt(end - 1) === ZERO) end -= 1;
  return { digits: all.slice(start, end), exponent: Number(power) - fraction.length + (all.length - end) };
}
