import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { link, open, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '../domain/errors.js';
import { isOpen, makeDataDirectory, PRIVATE_FILE } from '../files/private-files.js';
import { codeOf } from '../util/errors.js';
import { SECRET_FILE } from './data-directory.js';

const BYTES = 32;

/**
 * The data directory's own secret, created on first use and readable only by its owner, as the directory is. It signs tokens
 * that clients send back, so servers on one data directory share it.
 * @throws StoreError also when others may read it
 */
export async function loadSecret(dataDirectory: string): Promise<Buffer> {
  makeDataDirectory(dataDirectory);
  const path = join(dataDirectory, SECRET_FILE);
  const found = readKeyFile(path);
  if (found) return found;
  await createKeyFile(path);
  return readKeyFile(path)!;
}

/** Creates a file with a random key, durably; does nothing if there is one. */
export async function createKeyFile(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, randomBytes(BYTES), { mode: PRIVATE_FILE, flush: true });
  // A link is atomic, and fails when another server was first.
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(draft);
  await syncFolder(dirname(path));
}

/** Makes the names in a folder survive a power failure. Windows can't, and needn't. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The key in a file; null when there is no such file. @throws StoreError when it is damaged, or others may read it */
export function readKeyFile(path: string): Buffer | null {
  try {
    const { stats, secret } = read(path);
    if (isOpen(stats)) throw readable(path, stats.mode);
    if (secret.length === BYTES) return secret;
    throw new StoreError(
      'STORE_DAMAGED',
      `${path} has ${secret.length} bytes, and a key has ${BYTES}: it was cut or changed.`,
      'Restore it from a backup. Without it, secrets that were saved through the API have to be entered again: move it away, and a new one is created at the next start.',
    );
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Stats and contents of the same file, which may be replaced meanwhile. */
function read(path: string) {
  const file = openSync(path, 'r');
  try {
    return { stats: fstatSync(file), secret: readFileSync(file) };
  } finally {
    closeSync(file);
  }
}

function readable(path: string, mode: number): StoreError {
  return new StoreError(
    'STORE_UNSUITABLE',
    `${path} has the permissions ${(mode & 0o777).toString(8).padStart(4, '0')}: users other than the server's own may read or change it, and anyone who has it can read the secrets that were saved through the API.`,
    `Remove these permissions (\`chmod 600 ${path}\`) and start Mooring again. If anyone may have read it, rotate the secrets that it encrypts.`,
  );
}
