import { hkdfSync } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeySource } from '../domain/vault.js';
import { createKeyFile, readKeyFile } from './secret.js';

/**
 * The keys of a vault. The first seals; each of them opens what it sealed. In the data directory they are files that are
 * created once, numbered, and never changed: the highest number seals. So two servers that renew the key at once can't
 * replace each other's.
 */
export interface VaultKeys {
  /** Newest first, never empty. */
  list(): readonly VaultKey[];
  /** Reads again which keys there are: another process may have created or removed some. */
  refresh(): void;
  /** Where the key that seals comes from. */
  readonly source: KeySource;
  /** Creates a new key, which seals from now on. It is durable when this resolves. Of a key from the environment: nothing. */
  renew(): Promise<void>;
  /** Removes the files of the keys that came before this one, given by its id. `secret.key` stays: it has other uses. */
  retire(before: string): Promise<void>;
}

/** One key, and the short name that sealed texts give it. */
export interface VaultKey {
  readonly id: string;
  readonly bytes: Buffer;
}

const KEY_BYTES = 32;
/** Keys derived from one secret for different purposes reveal nothing about each other (HKDF, RFC 5869). */
const PURPOSE = 'mooring vault v1';
const ID_PURPOSE = 'mooring vault key id v1';
/** 8 characters of base64url: enough to tell a few keys apart. */
const ID_BYTES = 6;

/** The key that is derived from a secret. */
function deriveKey(secret: Buffer): VaultKey {
  const derive = (purpose: string, bytes: number) => Buffer.from(hkdfSync('sha256', secret, '', purpose, bytes));
  return { id: derive(ID_PURPOSE, ID_BYTES).toString('base64url'), bytes: derive(PURPOSE, KEY_BYTES) };
}

/** Keys that never change. */
export function fixedKeys(first: Buffer, ...older: readonly Buffer[]): VaultKeys {
  const keys = [first, ...older].map(deriveKey);
  return { list: () => keys, refresh() {}, source: 'ENVIRONMENT', async renew() {}, async retire() {} };
}

export interface VaultKeyParts {
  readonly dataDirectory: string;
  /** That of `secret.key`: it seals until another key does. */
  readonly secret: Buffer;
  /** `MOORING_SECRET_KEY`, which seals when it is set; null when it isn't. */
  readonly secretKey: string | null;
  /** `MOORING_SECRET_KEY_PREVIOUS`, which only opens. */
  readonly previousSecretKey: string | null;
}

/** The keys of a data directory and of the environment. @throws StoreError when a key file is damaged, or others may read it */
export function createVaultKeys({ dataDirectory, secret, secretKey, previousSecretKey }: VaultKeyParts): VaultKeys {
  const ofText = (text: string | null) => (text === null ? [] : [deriveKey(Buffer.from(text))]);
  const fromEnvironment = ofText(secretKey);
  const previous = ofText(previousSecretKey);
  const first = deriveKey(secret);
  let files: ReadonlyMap<number, VaultKey> = new Map();
  let keys: readonly VaultKey[] = [];
  const pathOf = (number: number) => join(dataDirectory, `vault-${number}.key`);

  function refresh(): void {
    const found = numbersIn(dataDirectory).flatMap((number): (readonly [number, VaultKey])[] => {
      const known = files.get(number);
      if (known) return [[number, known]];
      const bytes = readKeyFile(pathOf(number));
      // Removed since it was listed.
      return bytes ? [[number, deriveKey(bytes)]] : [];
    });
    files = new Map(found);
    keys = [...fromEnvironment, ...found.map(([, key]) => key), first, ...previous];
  }
  refresh();

  return {
    list: () => keys,
    refresh,
    source: secretKey === null ? 'FILE' : 'ENVIRONMENT',
    async renew() {
      if (secretKey !== null) return;
      refresh();
      // The process that creates this number first makes the key; all others use it.
      await createKeyFile(pathOf(Math.max(0, ...files.keys()) + 1));
      refresh();
    },
    async retire(before) {
      // A key of the environment may not be that of all servers here: some may need the files.
      const [kept] = [...files].find(([, { id }]) => id === before) ?? [];
      const old = kept === undefined ? [] : [...files.keys()].filter((number) => number < kept);
      for (const number of old) await rm(pathOf(number), { force: true });
      refresh();
    },
  };
}

/** The numbers of the key files in a folder, highest first. */
function numbersIn(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const number = /^vault-([1-9]\d{0,8})\.key$/.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    })
    .sort((a, b) => b - a);
}
