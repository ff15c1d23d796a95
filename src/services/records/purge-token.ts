import type { VersionedId } from '../../domain/author.js';
import { ConfirmationError } from '../../domain/errors.js';
import { createSigner } from '../signer.js';

/** How long a token confirms, in milliseconds: long enough for a person to read what would be gone. */
export const PURGE_TOKEN_MS = 10 * 60 * 1_000;

/** Tokens that confirm the purge of one record at one version. Whoever has the secret can verify them: nothing is kept. */
export interface PurgeTokens {
  issue(target: VersionedId, now: number): { readonly token: string; readonly expiresAt: string };
  /** @throws ConfirmationError when the token doesn't confirm this purge now */
  verify(token: string, target: VersionedId, now: number): void;
}

const TOKEN = /^(\d{1,15})\.(\d{1,15})\.([\w-]{43})$/;
const HINT =
  'Let a person decide by what `requestPurge` says would be gone; the token it gives is for that version, for ten minutes.';

export function createPurgeTokens(secret: Buffer): PurgeTokens {
  const { sign, isSignature } = createSigner(secret);
  const textOf = (id: string, version: number, expires: number): string => `purge ${id} ${version} ${expires}`;

  return {
    issue({ id, version }, now) {
      const expires = now + PURGE_TOKEN_MS;
      const token = `${version}.${expires}.${sign(textOf(id, version, expires))}`;
      return { token, expiresAt: new Date(expires).toISOString() };
    },

    verify(token, target, now) {
      const [, version, expires, signature] = TOKEN.exec(token) ?? [];
      if (version === undefined || expires === undefined || signature === undefined) {
        throw new ConfirmationError("The token isn't one that confirms a purge.", HINT);
      }
      if (!isSignature(signature, textOf(target.id, Number(version), Number(expires)))) {
        throw new ConfirmationError(`The token doesn't confirm a purge of ${target.id}.`, HINT);
      }
      if (Number(version) !== target.version) {
        throw new ConfirmationError(
          `The token confirms a purge of version ${version}, not of version ${target.version}.`,
          HINT,
        );
      }
      if (Number(expires) <= now) {
        throw new ConfirmationError(`The token expired at ${new Date(Number(expires)).toISOString()}.`, HINT);
      }
    },
  };
}
