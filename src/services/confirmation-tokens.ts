import type { VersionedId } from '../domain/author.js';
import { ConfirmationError } from '../domain/errors.js';
import type { Migration } from '../domain/migration.js';
import type { StorageMode } from '../domain/project.js';
import type { SomeStorageValues } from '../domain/storage-settings.js';
import { createSigner } from '../util/signer.js';
import { SETTING_NAMES, SETTINGS } from './storage-settings/facts.js';

/** How long a token confirms, in milliseconds: long enough for a person to read what it confirms. */
const TOKEN_MS = 10 * 60 * 1_000;

/** Tokens that confirm one action on a target for ten minutes. Any server with the same secret verifies them: none is stored. */
export interface ConfirmationTokens<T> {
  issue(target: T, now: number): { readonly token: string; readonly expiresAt: string };
  /** @throws ConfirmationError when the token doesn't confirm this action on this target now */
  verify(token: string, target: T, now: number): void;
}

/** A record at a version. */
export interface PurgeTarget extends VersionedId {
  /** How many memories are purged with a session. Left out for other kinds. */
  readonly memories?: number | undefined;
}

/** The purge of a record at one version, which the token states. */
export function createPurgeTokens(secret: Buffer): ConfirmationTokens<PurgeTarget> {
  return createTokens(secret, {
    versionOf: ({ version }) => version,
    textOf: ({ id, memories }, expires, version) =>
      ['purge', id, version, memories, expires].filter((part) => part !== undefined).join(' '),
    malformed: "The token isn't one that confirms a purge.",
    mismatch: ({ id }) => `The token doesn't confirm a purge of ${id} with what is in it now.`,
    hint: 'Let a person decide by what `requestPurge` says would be gone; the token it returns is for that version, for ten minutes.',
  });
}

/** The removal of a move's source, while the migration is in the phase in which the token was issued. */
export function createFinalizeTokens(secret: Buffer): ConfirmationTokens<Pick<Migration, 'id' | 'phase'>> {
  return createTokens(secret, {
    textOf: ({ id, phase }, expires) => `finalize ${id} ${phase} ${expires}`,
    malformed: "The token isn't one that confirms a removal of a source.",
    mismatch: ({ id }) => `The token doesn't confirm the removal of the source of ${id}.`,
    hint: 'Let a person decide by the `consequence` in `Migration.finalization`; the token next to it is for this migration, for ten minutes.',
  });
}

/** Settings of a storage mode, with all their values. */
export interface StorageValuesOf {
  readonly mode: StorageMode;
  readonly values: SomeStorageValues;
}

/** Exactly these values of a mode have just passed the test. */
export function createStorageTokens(secret: Buffer): ConfirmationTokens<StorageValuesOf> {
  return createTokens(secret, {
    textOf({ mode, values }, expires) {
      const names = SETTING_NAMES.filter((name) => SETTINGS[name].mode === mode);
      const exact = names.map((name) => [name, values[name] ?? null]);
      return `storage ${JSON.stringify([mode, exact, expires])}`;
    },
    malformed: "The token isn't one that a test of settings returned.",
    mismatch: ({ mode }) => `The token isn't for these settings of ${mode}: they differ from those tested.`,
    hint: 'Run `testStorageConfig` with exactly the settings that are to be saved; the token it returns is for them, for ten minutes.',
  });
}

/** What the tokens of one action confirm, and what is said of one that doesn't. */
interface TokenKind<T> {
  /** The text that is signed. `version`: the one that the token states; null when tokens of this kind state none. */
  readonly textOf: (target: T, expires: number, version: number | null) => string;
  /** For tokens that state their target's version, so that another version has an error of its own. */
  readonly versionOf?: (target: T) => number;
  readonly malformed: string;
  readonly mismatch: (target: T) => string;
  readonly hint: string;
}

/** `version.expires.signature`, or `expires.signature`. */
const TOKEN = /^(?:(\d{1,15})\.)?(\d{1,15})\.([\w-]{43})$/;

function createTokens<T>(secret: Buffer, kind: TokenKind<T>): ConfirmationTokens<T> {
  const { textOf, versionOf, hint } = kind;
  const { sign, isSignature } = createSigner(secret);
  return {
    issue(target, now) {
      const expires = now + TOKEN_MS;
      const version = versionOf ? versionOf(target) : null;
      const stated = version === null ? '' : `${version}.`;
      const token = `${stated}${expires}.${sign(textOf(target, expires, version))}`;
      return { token, expiresAt: new Date(expires).toISOString() };
    },

    verify(token, target, now) {
      const [, stated, until, signature] = TOKEN.exec(token) ?? [];
      if (until === undefined || signature === undefined || (stated !== undefined) !== (versionOf !== undefined)) {
        throw new ConfirmationError(kind.malformed, hint);
      }
      const expires = Number(until);
      const version = stated === undefined ? null : Number(stated);
      if (!isSignature(signature, textOf(target, expires, version))) {
        throw new ConfirmationError(kind.mismatch(target), hint);
      }
      if (versionOf && version !== versionOf(target)) {
        throw new ConfirmationError(
          `The token confirms a purge of version ${version}, not of version ${versionOf(target)}.`,
          hint,
        );
      }
      if (expires <= now) throw new ConfirmationError(`The token expired at ${new Date(expires).toISOString()}.`, hint);
    },
  };
}
