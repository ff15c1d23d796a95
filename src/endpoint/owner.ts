import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SECRET_FILE } from '../config/data-directory.js';
import type { Presence } from '../config/presence.js';
import { signOwnerToken } from './owner-token.js';

const SECRET_BYTES = 32;

/** A token of the machine's owner for the next request; null for who can't read the secret of the server's data directory. */
export function ownerToken({ dataDirectory, instance }: Pick<Presence, 'dataDirectory' | 'instance'>): string | null {
  // Of an earlier version, which has no users.
  if (dataDirectory === '' || instance === null) return null;
  const secret = readOwnerSecret(dataDirectory);
  return secret && signOwnerToken(secret, instance);
}

/** The secret of a data directory; null for who can't read it. */
export function readOwnerSecret(dataDirectory: string): Buffer | null {
  try {
    const secret = readFileSync(join(dataDirectory, SECRET_FILE));
    return secret.length === SECRET_BYTES ? secret : null;
  } catch {
    return null;
  }
}
