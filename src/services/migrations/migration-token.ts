import { ConfirmationError } from '../../domain/errors.js';
import type { Migration } from '../../domain/migration.js';
import { createSigner } from '../signer.js';

/** How long a token is valid, in ms: long enough for a person to read what would be lost. */
export const FINALIZE_TOKEN_MS = 10 * 60 * 1_000;

type Finalizable = Pick<Migration, 'id' | 'phase'>;

/** Tokens that confirm the removal of a migration's source, valid in the phase in which they were issued. */
export interface FinalizeTokens {
  issue(target: Finalizable, now: number): { readonly token: string; readonly expiresAt: string };
  /** @throws ConfirmationError when the token isn't valid for it now */
  verify(token: string, target: Finalizable, now: number): void;
}

const TOKEN = /^(\d{1,15})\.([\w-]{43})$/;
const HINT =
  'Let a person decide by the `consequence` in `Migration.finalization`; the token next to it is for this migration, and valid for ten minutes.';

export function createFinalizeTokens(secret: Buffer): FinalizeTokens {
  const { sign, isSignature } = createSigner(secret);
  const textOf = ({ id, phase }: Finalizable, expires: number): string => `finalize ${id} ${phase} ${expires}`;

  return {
    issue(target, now) {
      const expires = now + FINALIZE_TOKEN_MS;
      const token = `${expires}.${sign(textOf(target, expires))}`;
      return { token, expiresAt: new Date(expires).toISOString() };
    },

    verify(token, target, now) {
      const [, expires, signature] = TOKEN.exec(token) ?? [];
      if (expires === undefined || signature === undefined) {
        throw new ConfirmationError("This isn't a token that confirms the removal of a source.", HINT);
      }
      if (!isSignature(signature, textOf(target, Number(expires)))) {
        throw new ConfirmationError(`The token doesn't confirm the removal of the source of ${target.id}.`, HINT);
      }
      if (Number(expires) <= now) {
        throw new ConfirmationError(`The token expired at ${new Date(Number(expires)).toISOString()}.`, HINT);
      }
    },
  };
}
