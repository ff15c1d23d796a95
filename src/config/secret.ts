import { randomBytes, randomUUID } from 'node:crypto';
import { link, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../domain/errors.js';
import { isOpen, makeDataDirectory, PRIVATE_FILE } from '../files/private-files.js';
import { codeOf } from '../util/errors.js';

const BYTES = 32;

/**
 * The data directory's own secret, made on first use and readable by its owner only, as the directory is. It signs what the
 * server hands out and takes back, so servers on one data directory share it.
 * @throws StoreError also when others may read it
 */
export async function loadSecret(dataDirectory: string): Promise<Buffer> {
  makeDataDirectory(dataDirectory);
  const path = join(dataDirectory, 'secret.key');
  const found = await readSecret(path);
  if (found) return found;
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, randomBytes(BYTES), { mode: PRIVATE_FILE, flush: true });
  // A link appears whole, and fails when another server was first.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  return (await readSecret(path))!;
}

async function readSecret(path: string): Promise<Buffer | null> {
  try {
    const { stats, secret } = await read(path);
    if (isOpen(stats)) throw readable(path, stats.mode);
    if (secret.length === BYTES) return secret;
    throw new StoreError(
      'STORE_DAMAGED',
      `${path} has ${secret.length} bytes, and a key has ${BYTES}: it was cut or changed.`,
      'Put it back from a backup. Without it, secrets that were saved through the API have to be entered again: move it away, and a new one is made at the next start.',
    );
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** What a file is and has, of one that may be replaced meanwhile. */
async function read(path: string) {
  const file = await open(path);
  try {
    return { stats: await file.stat(), secret: await file.readFile() };
  } finally {
    await file.close();
  }
}

function readable(path: string, mode: number): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${path} has the permissions ${(mode & 0o777).toString(8).padStart(4, '0')}: others than the user that runs the server may read or change it, and whoever has it can read the secrets that were saved through the API.`,
    `Take the permissions from them (\`chmod 600 ${path}\`) and start Mooring again. If somebody may have read it, change the secrets that it seals where they were issued.`,
  );
}
