import { randomBytes } from 'node:crypto';
import { createSigner } from '../util/signer.js';

/**
 * Tokens of the machine's owner: who can read the secret of a data directory proves it by signing one. Each is for one
 * request to one running server, within a minute.
 */

export const OWNER_PREFIX = 'mol_';
/** How long a token can be used, in milliseconds. */
export const OWNER_TOKEN_MS = 60_000;
const NONCE_BYTES = 16;
const FORM = /^mol_(\d{1,15})\.([\w-]{22})\.([\w-]{43})$/;

/** What a token says. */
export interface OwnerToken {
  /** Milliseconds since 1970. */
  readonly expires: number;
  /** In no other token. */
  readonly nonce: string;
}

/**
 * A token for the next request. For the header `Authorization: Bearer mol_…`.
 * @param secret - of the data directory
 * @param instance - of the server that gets it, as its presence file and the header `mooring-instance` of `/health` name it
 */
export function signOwnerToken(secret: Buffer, instance: string, now: number = Date.now()): string {
  const expires = now + OWNER_TOKEN_MS;
  const nonce = randomBytes(NONCE_BYTES).toString('base64url');
  return `${OWNER_PREFIX}${expires}.${nonce}.${createSigner(secret).sign(textOf(instance, { expires, nonce }))}`;
}

/** Reads a token that was signed with this secret for this server; null for any other text. Whether it expired isn't checked. */
export function readOwnerToken(token: string, secret: Buffer, instance: string): OwnerToken | null {
  const [, expires, nonce, signature] = FORM.exec(token) ?? [];
  if (expires === undefined || nonce === undefined || signature === undefined) return null;
  const said = { expires: Number(expires), nonce };
  return createSigner(secret).isSignature(signature, textOf(instance, said)) ? said : null;
}

/** What is signed. It begins with the purpose: the same secret signs other tokens too. */
function textOf(instance: string, { expires, nonce }: OwnerToken): string {
  return `mooring owner v1 ${instance} ${expires} ${nonce}`;
}
