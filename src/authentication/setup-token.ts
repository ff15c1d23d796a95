import { createHmac } from 'node:crypto';
import { ALPHABET } from '../domain/id.js';
import { isSameSecret } from '../util/signer.js';

/**
 * The token with which the first administrator is created. It follows from the data directory's secret: nothing is stored, and
 * all servers on the directory have the same. It is worth nothing once there are users.
 */
export interface SetupToken {
  /** To be shown to who starts the server. */
  readonly text: string;
  /** Whether this is it. Case and surrounding white space don't matter: people type it. */
  matches(given: string): boolean;
}

const PREFIX = 'mooring-setup-';
const PURPOSE = 'mooring setup v1';
const BITS = 128;
const BITS_PER_LETTER = 5;

/** @param secret - of the data directory */
export function createSetupToken(secret: Buffer): SetupToken {
  const text =
    PREFIX +
    base32(
      createHmac('sha256', secret)
        .update(PURPOSE)
        .digest()
        .subarray(0, BITS / 8),
    );
  return { text, matches: (given) => isSameSecret(given.trim().toLowerCase(), text) };
}

function base32(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let bits = 0; bits < BITS; bits += BITS_PER_LETTER) {
    text = ALPHABET[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return text;
}
