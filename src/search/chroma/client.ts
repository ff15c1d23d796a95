import type * as Library from 'chromadb';
import { StoreError } from '../../domain/errors.js';
import { codeOf } from '../../util/errors.js';

/**
 * Chroma's own client. Only needed with a Chroma server, so it isn't installed with Mooring. Import this file, directly or
 * indirectly, only where Chroma is configured.
 */
const library: typeof Library | StoreError = await import('chromadb').catch(explainMissing);

/** The error to report when the client is missing; null when it is installed. */
export const missingClient: StoreError | null = library instanceof Error ? library : null;

/** The client. @throws StoreError when it isn't installed */
export function requireClient(): typeof Library {
  if (library instanceof Error) throw library;
  return library;
}

type ErrorName = Extract<keyof typeof Library, `Chroma${string}Error`>;

/** Whether an error is of this class of the client. */
export function isThrown(error: unknown, name: ErrorName): error is Error {
  return !(library instanceof Error) && error instanceof library[name];
}

function explainMissing(cause: unknown): StoreError {
  const isAbsent = codeOf(cause) === 'ERR_MODULE_NOT_FOUND';
  return new StoreError(
    'STORE_UNSUITABLE',
    `A Chroma server is configured, but Chroma's client, the package chromadb, ${isAbsent ? "isn't installed" : "can't be loaded"}.`,
    'Run `npm install chromadb@^3.5` where Mooring is installed and restart Mooring, or remove CHROMA_URL. Until then words answer searches.',
    { cause },
  );
}
