import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from './domain/errors.js';

const BYTES = 32;

/**
 * The data directory's own secret, made on first use and readable by its owner only. It signs what the server hands out
 * and takes back, so servers on one data directory share it.
 */
export async function loadSecret(dataDirectory: string): Promise<Buffer> {
  const path = join(dataDirectory, 'secret.key');
  const found = await readSecret(path);
  if (found) return found;
  await mkdir(dataDirectory, { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, randomBytes(BYTES), { mode: 0o600, flush: true });
  // A link appears whole, and fails when another server was first.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return readFile(path);
}

async function readSecret(path: string): Promise<Buffer | null> {
  try {
    const secret = await readFile(path);
    if (secret.length === BYTES) return secret;
    throw new StoreError(
      'STORE_DAMAGED',
      `${path} has ${secret.length} bytes, and a key has ${BYTES}: it was cut or changed.`,
      'Put it back from a backup. Without it, secrets that were saved through the API have to be entered again: move it away, and a new one is made at the next start.',
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
