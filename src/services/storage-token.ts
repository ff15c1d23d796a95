import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConfirmationError } from '../domain/errors.js';
import type { StorageMode } from '../domain/project.js';
import type { SomeStorageValues } from '../domain/storage-settings.js';
import { SETTING_NAMES, SETTINGS } from './storage-facts.js';

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
  const sign = (mode: StorageMode, values: SomeStorageValues, expires: number): Buffer => {
    const exact = SETTING_NAMES.filter((name) => SETTINGS[name].mode === mode).map((name) => [
      name,
      values[name] ?? null,
    ]);
    return createHmac('sha256', secret)
      .update(`storage ${JSON.stringify([mode, exact, expires])}`)
      .digest();
  };

  return {
    issue(mode, values, now) {
      const expires = now + TEST_TOKEN_MS;
      const token = `${expires}.${sign(mode, values, expires).toString('base64url')}`;
      return { token, expiresAt: new Date(expires).toISOString() };
    },

    verify(token, mode, values, now) {
      const [, expires, signature] = TOKEN.exec(token) ?? [];
      if (expires === undefined || signature === undefined) {
        throw new ConfirmationError("The token isn't one that a test of settings gave.", HINT);
      }
      const expected = sign(mode, values, Number(expires));
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
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
