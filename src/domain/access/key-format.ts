import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * The form of an API key: `mor_`, 43 letters and digits that encode 256 random bits, and 6 that encode a checksum of what
 * precedes them. It is one word to double-click, secret scanners find it, and a mistyped one is refused without a look-up.
 */

const KEY_PREFIX = 'mor_';
const RANDOM_BYTES = 32;
const RANDOM_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
/** Characters of a key. */
export const KEY_LENGTH = KEY_PREFIX.length + RANDOM_LENGTH + CHECKSUM_LENGTH;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FORM = new RegExp(`^${KEY_PREFIX}[${DIGITS}]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

/** A new key: shown once, and never stored. */
export function newKeySecret(): string {
  const text = KEY_PREFIX + encode(BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`), RANDOM_LENGTH);
  return text + checksumOf(text);
}

/** Whether a text has the form of a key, its checksum included. */
export function isKeyForm(text: string): boolean {
  if (text.length !== KEY_LENGTH || !FORM.test(text)) return false;
  return text.endsWith(checksumOf(text.slice(0, -CHECKSUM_LENGTH)));
}

/**
 * What is stored of a key: SHA-256 in base64url. Of 256 random bits it needs neither salt nor many rounds, which only slow
 * down guessing.
 */
export function hashOf(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

function checksumOf(text: string): string {
  return encode(BigInt(crc32(text)), CHECKSUM_LENGTH);
}

function encode(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest /= 62n) text = DIGITS[Number(rest % 62n)] + text;
  return text;
}
