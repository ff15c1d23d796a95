import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddingError } from '../../domain/errors.js';
import { codeOf } from '../../util/errors.js';
import { packageRoot } from '../../util/own-package.js';

/** The model's folder under `models/`. */
export const MODEL = 'all-MiniLM-L6-v2';
export const TOKENIZER = 'tokenizer.json';
export const TOKENIZER_CONFIG = 'tokenizer_config.json';
/** The weights: int8 per channel. */
export const WEIGHTS = 'onnx/model_quantized.onnx';
const SUMS = 'SHA256SUMS';
const CHUNK_BYTES = 1 << 20;

/** The model's folder in this package. @throws EmbeddingError when this code runs outside of the package */
export function modelDirectory(): string {
  const root = packageRoot();
  if (root !== null) return join(root, 'models', MODEL);
  throw new EmbeddingError(
    `The model ${MODEL} can't be found: this program isn't inside a Mooring package.`,
    'Install Mooring again, or set the folder of the model.',
  );
}

/**
 * Compares every file of the model with its SHA-256 in `SHA256SUMS`.
 * @throws EmbeddingError that names the first file that is missing or differs
 */
export function verifyFiles(directory: string): void {
  const sums = readSums(directory);
  for (const name of [TOKENIZER, TOKENIZER_CONFIG, WEIGHTS]) {
    if (!sums.has(name)) throw damaged(join(directory, SUMS), `has no checksum of ${name}`);
  }
  for (const [name, sum] of sums) {
    const path = join(directory, name);
    if (sha256(path) !== sum) throw damaged(path, `doesn't match its checksum in ${SUMS}`);
  }
}

function readSums(directory: string): Map<string, string> {
  const path = join(directory, SUMS);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, cause);
  }
  return new Map([...text.matchAll(/^([0-9a-f]{64}) [ *](.+)$/gm)].map((line) => [line[2]!, line[1]!]));
}

/** Reads in chunks, so that the weights aren't in memory twice. */
function sha256(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) hash.update(chunk.subarray(0, read));
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    if (file !== null) closeSync(file);
  }
  return hash.digest('hex');
}

function unreadable(path: string, cause: unknown): EmbeddingError {
  return damaged(path, codeOf(cause) === 'ENOENT' ? 'is missing' : "can't be read", cause);
}

function damaged(path: string, what: string, cause?: unknown): EmbeddingError {
  return new EmbeddingError(
    `The model ${MODEL} can't be loaded: ${path} ${what}.`,
    `Restore the file from Mooring's package. The next search or memory loads it again; until then keywords work.`,
    { cause },
  );
}
