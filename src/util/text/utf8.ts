import { isUtf8 } from 'node:buffer';

const MARK = Buffer.from('\uFEFF');

/**
 * What bytes say in UTF-8, without the mark of the encoding that some programs begin a text with; null when they aren't
 * UTF-8. Node's own decoding puts U+FFFD where it can't read: what was sent would be kept with other characters.
 */
export function decodeUtf8(bytes: Buffer): string | null {
  if (!isUtf8(bytes)) return null;
  return bytes.toString('utf8', bytes.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0);
}

/**
 * Whether the system's bytes that Node made a text of (a variable, an argument, a path) were UTF-8: where they weren't, it has
 * put U+FFFD in their place.
 */
export const wasUtf8 = (text: string): boolean => !text.includes('\uFFFD');
