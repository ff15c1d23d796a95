import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import type { Environment } from '../config/environment.js';
import { isOpen, makePrivateFolder, PRIVATE_FILE } from '../files/private-files.js';
import { codeOf } from '../util/errors.js';
import { CredentialsError } from './errors.js';

/**
 * The keys that a user stored, one for each server's address, in a file of their own that only they may read. Each is sent to
 * its address alone.
 */

/** `credentials.json` in the user's configuration; null when they have no home directory. */
export function findCredentialsFile({ XDG_CONFIG_HOME }: Environment): string | null {
  const folder = configurationFolder(XDG_CONFIG_HOME);
  return folder === null ? null : join(folder, 'mooring', 'credentials.json');
}

function configurationFolder(named: string | undefined): string | null {
  // As the specification of base directories says: a relative one is ignored.
  if (named && isAbsolute(named)) return named;
  try {
    return join(homedir(), '.config');
  } catch {
    return null;
  }
}

/** The key that is stored for a server; null when none is. @throws CredentialsError */
export function readStoredKey(path: string, url: string): string | null {
  return readKeys(path)[addressOf(url)]?.key ?? null;
}

/** Stores the key for a server, in the place of another. @throws CredentialsError */
export function saveStoredKey(path: string, url: string, key: string, savedAt: string): void {
  writeKeys(path, { ...readKeys(path), [addressOf(url)]: { key, savedAt } });
}

/** Removes the key of a server. @returns whether there was one @throws CredentialsError */
export function removeStoredKey(path: string, url: string): boolean {
  const { [addressOf(url)]: removed, ...others } = readKeys(path);
  if (removed === undefined) return false;
  writeKeys(path, others);
  return true;
}

type Keys = Readonly<Record<string, { readonly key: string; readonly savedAt: string }>>;

/** A server's address in one spelling. */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/+$/, '');
}

function readKeys(path: string): Keys {
  const text = readPrivate(path);
  if (text === null) return {};
  const keys = keysIn(text);
  if (keys) return keys;
  throw new CredentialsError(
    `${path} is damaged: it should be JSON with a key for each server.`,
    'Move it away, and store the keys again with `mooring login`.',
  );
}

/** The text of a file; null when there is none. @throws CredentialsError when others may read it */
function readPrivate(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw new CredentialsError(
      `${path} can't be read (${codeOf(error)}).`,
      'Give its user the permission to read it, or move it away and store the keys again with `mooring login`.',
      { cause: error },
    );
  }
  try {
    const stats = fstatSync(file);
    if (!isOpen(stats)) return readFileSync(file, 'utf8');
    throw new CredentialsError(
      `${path} has the permissions ${(stats.mode & 0o777).toString(8).padStart(4, '0')}: other users may read or change the keys in it.`,
      `Remove these permissions (\`chmod 600 ${path}\`). If anyone may have read it, rotate its keys with \`mooring keys rotate\`.`,
    );
  } finally {
    closeSync(file);
  }
}

function keysIn(text: string): Keys | null {
  try {
    const { servers } = JSON.parse(text) as { readonly servers: Keys };
    const isValid = Object.values(servers).every(({ key }) => typeof key === 'string');
    return isValid ? servers : null;
  } catch {
    return null;
  }
}

/** Writes the whole file: renamed into place, so that no reader sees half of it, and durable before. */
function writeKeys(path: string, servers: Keys): void {
  const draft = `${path}.${process.pid}`;
  try {
    makePrivateFolder(dirname(path));
    rmSync(draft, { force: true });
    const file = openSync(draft, 'wx', PRIVATE_FILE);
    try {
      writeSync(file, `${JSON.stringify({ servers }, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new CredentialsError(
      `${path} can't be written (${codeOf(error)}).`,
      'Make its folder writable for its user; or set MOORING_API_KEY instead of storing the key.',
      { cause: error },
    );
  }
}
