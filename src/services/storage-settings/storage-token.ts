import { ConfirmationError } from '../../domain/errors.js';
import type { StorageMode } from '../../domain/project.js';
import type { SomeStorageValues } from '../../domain/storage-settings.js';
import { createSigner } from '../signer.js';
import { SETTING_NAMES, SETTINGS } from './facts.js';

/** How long what has passed may be saved, in milliseconds. */
export const TEST_TOKEN_MS = 10 * 60 * 1_000;

/** Tokens that say: exactly these values of a mode have just passed the test. Whoever has the secret can verify them. */
export interface StorageTokens {
  issue(
    mode: StorageMode,
    values: SomeStorageValues,
    now: number,
  ): { readonly token: string; readonly expiresAt: string };
  /** @throws ConfirmationError when the token isn't for these values now */
  verify(token: string, mode: StorageMode, values: SomeStorageValues, now: number): void;
}

const TOKEN = /^(\d{1,15})\.([\w-]{43})$/;
const HINT =
  'Run `testStorageConfig` with exactly the settings that are to be saved; the token that it gives is for them, for ten minutes.';

export function createStorageTokens(secret: Buffer): StorageTokens {
  const { sign, isSignature } = createSigner(secret);
  const textOf = (mode: StorageMode, values: SomeStorageValues, expires: number): string => {
    const exact = SETTING_NAMES.filter((name) => SETTINGS[name].mode === mode).map((name) => [
      name,
      values[name] ?? null,
    ]);
    return `storage ${JSON.stringify([mode, exact, expires])}`;
  };

  return {
    issue(mode, values, now) {
      const expires = now + TEST_TOKEN_MS;
      const token = `${expires}.${sign(textOf(mode, values, expires))}`;
      return { token, expiresAt: new Date(expires).toISOString() };
    },

    verify(token, mode, values, now) {
      const [, expires, signature] = TOKEN.exec(token) ?? [];
      if (expires === undefined || signature === undefined) {
        throw new ConfirmationError("The token isn't one that a test of settings gave.", HINT);
      }
      if (!isSignature(signature, textOf(mode, values, Number(expires)))) {
        throw new ConfirmationError(
          `The token isn't for these settings of ${mode}: they differ from those tested.`,
          HINT,
        );
      }
      if (Number(expires) <= now) {
        throw new ConfirmationError(`The token expired at ${new Date(Number(expires)).toISOString()}.`, HINT);
      }
    },
  };
}
