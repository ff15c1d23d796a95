import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf } from '../util/errors.js';
import { nameKey } from '../util/path.js';

/** How many links may lead to each other. Linux follows as many. */
const MOST_LINKS = 40;

/** The path without links, of a file or folder that may not be there yet, nor what a link on the way leads to. */
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
 * Says which folder a path leads to: the same whatever links and mounts the path goes through, also where nothing is there
 * yet; there names are compared as the platform does.
 */
export async function identityOf(path: string, platform = process.platform): Promise<string> {
  const whole = await truePath(resolve(path));
  const found = await stat(whole, { bigint: true }).catch(() => null);
  if (found) return `${found.dev}:${found.ino}`;
  if (dirname(whole) === whole) return nameKey(whole, platform);
  return `${await identityOf(dirname(whole), platform)}/${nameKey(basename(whole), platform)}`;
}

/** The identities of what a path leads to and of what that lies in, from the inside out. */
export async function lineageOf(path: string): Promise<readonly [itself: string, ...above: string[]]> {
  const whole = await truePath(resolve(path));
  const above = dirname(whole) === whole ? [] : await lineageOf(dirname(whole));
  return [await identityOf(whole), ...above];
}
