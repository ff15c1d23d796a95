import { createSetupToken } from '../authentication/setup-token.js';
import { loadClientSettings } from '../config/client-settings.js';
import { readOwnEnvironment } from '../config/environment.js';
import { findServer } from '../config/server-file.js';
import { baseUrlOf, isServerUrl } from '../config/server-url.js';
import { CredentialsError } from '../endpoint/errors.js';
import { readOwnerSecret } from '../endpoint/owner.js';
import { findCredentialsFile, readStoredKey, removeStoredKey, saveStoredKey } from '../endpoint/stored-keys.js';
import { CliError, EXIT } from './exit.js';

/**
 * Address of the server that keys are stored for: the one at the URL, or at `MOORING_URL`, or the one that runs on the data
 * directory.
 * @param given - as given on the command line
 * @throws CliError when there is none
 */
export async function serverUrlOf(given: string | null): Promise<string> {
  if (given !== null && isServerUrl(given)) return baseUrlOf(given);
  if (given !== null)
    throw new CliError(
      EXIT.usage,
      '--url is not the address of a server.',
      'Give one such as https://mooring.example.',
    );
  const { serverUrl, dataDirectory } = loadClientSettings();
  const url = serverUrl ?? (await findServer(dataDirectory))?.url;
  if (url) return url;
  throw new CliError(
    EXIT.usage,
    'No server was named, and none runs on the data directory.',
    'Name it with --url, such as --url https://mooring.example.',
  );
}

/** Stores a key for a server. @returns the path of the file @throws CliError */
export async function storeKey(url: string, key: string): Promise<string> {
  return withFile((path) => {
    saveStoredKey(path, url, key, new Date().toISOString());
    return path;
  });
}

/** The key that is stored for a server; null: none. @throws CliError */
export async function storedKeyOf(url: string): Promise<string | null> {
  return withFile((path) => readStoredKey(path, url));
}

/** Removes the key that is stored for a server. @throws CliError */
export async function forgetKey(url: string): Promise<{ readonly path: string; readonly isRemoved: boolean }> {
  return withFile((path) => ({ path, isRemoved: removeStoredKey(path, url) }));
}

function withFile<T>(act: (path: string) => T): T {
  const path = findCredentialsFile(readOwnEnvironment());
  if (path === null)
    throw new CliError(
      EXIT.failed,
      'There is no place for keys: this user has no home directory.',
      'Set XDG_CONFIG_HOME to a folder, or set MOORING_API_KEY instead.',
    );
  try {
    return act(path);
  } catch (error) {
    throw error instanceof CredentialsError ? new CliError(EXIT.failed, error.message, error.hint) : error;
  }
}

/** The set-up token of a data directory; null for who can't read its secret. */
export function setupTokenOf(dataDirectory: string): string | null {
  const secret = readOwnerSecret(dataDirectory);
  return secret && createSetupToken(secret).text;
}
