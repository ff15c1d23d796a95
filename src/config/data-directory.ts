import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a folder is a data directory that was used: the home of a user has the name of one, too. */
export function isDataDirectory(path: string): boolean {
  return existsSync(join(path, SECRET_FILE));
}

/** The file that a server creates first. */
export const SECRET_FILE = 'secret.key';
