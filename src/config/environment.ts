import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { codeOf } from '../util/errors.js';
import { decodeUtf8 } from '../util/text/utf8.js';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Invalid settings: every mistake, each with its variable and what it should be. */
export class SettingsError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'SettingsError';
  }
}

/** The variables of this process, and those of `.env` that it doesn't set. @throws SettingsError when `.env` can't be read */
export function readEnvironment(): Environment {
  return { ...readDotEnv('.env'), ...process.env };
}

/** The variables of this process alone: what an agent starts stands in a folder whose `.env` is another program's. */
export function readOwnEnvironment(): Environment {
  return { ...process.env };
}

/** A variable that the user named, such as one that holds a secret; null when it isn't set, or empty. */
export function readVariable(name: string): string | null {
  return readEnvironment()[name] || null;
}

/** The variables of a `.env` file; none when there is no such file. @throws SettingsError when it can't be read */
export function readDotEnv(path: string): Environment {
  try {
    const text = decodeUtf8(readFileSync(path));
    if (text === null) throw new Error('it is not UTF-8');
    return parseEnv(text) as Record<string, string>;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    throw new SettingsError([`${path} can't be read: ${error instanceof Error ? error.message : String(error)}`]);
  }
}
