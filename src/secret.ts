import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  const draft = `${path}.${process.pid}`;
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
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
