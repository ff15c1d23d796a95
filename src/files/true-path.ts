import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from '../util/errors.js';
import { nameKey } from '../util/path.js';

/** The longest chain of links. Linux follows as many. */
const MOST_LINKS = 40;

/** The path with links resolved, of a file or folder that may not exist yet, nor the target of a link on the way. */
export async function truePath(path: string, links = MOST_LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) return path;
    const above = await truePath(dirname(path), links);
    const target = await readlink(path).catch(() => null);
    if (target === null || links === 0) return join(above, basename(path));
    return truePath(resolve(above, target), links - 1);
  }
}

/**
 * Identifies the folder that a path leads to: equal whatever links and mounts the path goes through, even where nothing exists
 * yet; there, names are compared as the platform does.
 */
export async function identityOf(path: string, platform = process.platform): Promise<string> {
  const whole = await truePath(resolve(path));
  const found = await stat(whole, { bigint: true }).catch(() => null);
  if (found) return `${found.dev}:${found.ino}`;
  if (dirname(whole) === whole) return nameKey(whole, platform);
  return `${await identityOf(dirname(whole), platform)}/${nameKey(basename(whole), platform)}`;
}

/** The identities of the folder that a path leads to and of those above it, innermost first. */
export async function lineageOf(path: string): Promise<readonly [itself: string, ...above: string[]]> {
  const whole = await truePath(resolve(path));
  const above = dirname(whole) === whole ? [] : await lineageOf(dirname(whole));
  return [await identityOf(whole), ...above];
}
