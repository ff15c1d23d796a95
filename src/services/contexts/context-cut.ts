const ELLIPSIS = '…';
const ELLIPSIS_BYTES = 3;

/** Bytes of UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** The text, or its beginning and an ellipsis, in at most `maxBytes`; empty when not even that fits. */
export function head(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  if (maxBytes < ELLIPSIS_BYTES) return '';
  return sliceBytes(text, 0, maxBytes - ELLIPSIS_BYTES) + ELLIPSIS;
}

/** As much of a text from `start` as fits in `maxBytes`, or the end of the text when `start` is close to it. */
export function around(text: string, start: number, maxBytes: number): string {
  const bytes = Buffer.from(text);
  const room = maxBytes - 2 * ELLIPSIS_BYTES;
  const wanted = byteLength(text.slice(0, start));
  const from = Math.min(wanted, bytes.length - room);
  if (from <= 0) return head(text, maxBytes);
  const to = from + room;
  const tail = to < bytes.length ? ELLIPSIS : '';
  return ELLIPSIS + decodeWhole(bytes, from, to) + tail;
}

function sliceBytes(text: string, from: number, to: number): string {
  // A code unit takes at least one byte.
  return decodeWhole(Buffer.from(text.slice(0, to)), from, to);
}

/** The characters that lie between two bytes entirely. */
function decodeWhole(bytes: Buffer, from: number, to: number): string {
  let start = from;
  let end = Math.min(to, bytes.length);
  while (start < end && isInside(bytes[start])) start++;
  while (end > start && isInside(bytes[end])) end--;
  return bytes.toString('utf8', start, end);
}

/** Whether a byte continues a character. */
function isInside(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}
