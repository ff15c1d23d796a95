import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { RenewableVault } from '../domain/vault.js';
import type { VaultKey, VaultKeys } from './vault-keys.js';

/** AES-256-GCM with a random nonce, as NIST SP 800-38D recommends it: 96 bits of nonce, 128 of tag. */
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** `v2.`, the id of the key, a dot, the rest in base64url. Texts of `v1.` don't say which key sealed them. */
const ENVELOPE = /^(?:v1|v2\.([\w-]{8}))\.([\w-]+)$/;

/** A vault with these keys. */
export function createVault(keys: VaultKeys): RenewableVault {
  const current = () => keys.list()[0]!;
  const { refresh, renew, retire } = keys;

  function findKeys(id: string | undefined): readonly VaultKey[] {
    return keys.list().filter((key) => id === undefined || key.id === id);
  }

  return {
    seal(plain, context) {
      const { id, bytes } = current();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, bytes, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v2.${id}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },

    open(sealed, context) {
      const [, id, text] = ENVELOPE.exec(sealed) ?? [];
      if (text === undefined) return null;
      const bytes = Buffer.from(text, 'base64url');
      const openWith = (key: VaultKey) => decrypt(bytes, key.bytes, context);
      const plain = firstOf(findKeys(id), openWith);
      if (plain !== null || id === undefined || findKeys(id).length > 0) return plain;
      refresh();
      return firstOf(findKeys(id), openWith);
    },

    isCurrent: (sealed) => ENVELOPE.exec(sealed)?.[1] === current().id,
    currentKey: () => current().id,
    keySource: keys.source,
    refresh,
    renew,
    retire,
  };
}

function firstOf<T, R>(all: readonly T[], find: (each: T) => R | null): R | null {
  for (const each of all) {
    const found = find(each);
    if (found !== null) return found;
  }
  return null;
}

function decrypt(bytes: Buffer, key: Buffer, context: string): string | null {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const plain = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([plain, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
