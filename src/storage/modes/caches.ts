import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { placeOf } from '../../domain/place.js';
import type { Project } from '../../domain/project.js';
import { cachesIn } from './own-folders.js';

/**
 * The folder for what this machine derives of a project that lies elsewhere: `caches/<mode>/<id>`, and one beside it for each
 * place of its own that the project was given. What is in it may be lost.
 */
export function cacheHomeOf(dataDirectory: string, project: Project): string {
  const { mode, location } = placeOf(project);
  const suffix = location === null ? '' : `-${createHash('sha256').update(location).digest('hex').slice(0, 8)}`;
  return join(cachesIn(dataDirectory), mode.toLowerCase(), `${project.id}${suffix}`);
}

/** Removes the files and folders there whose names begin like one of these, and the folder itself once it is empty. */
export async function removeFrom(folder: string, names: readonly string[]): Promise<void> {
  if (!existsSync(folder)) return;
  for (const entry of await readdir(folder)) {
    if (names.some((name) => entry.startsWith(name))) await rm(join(folder, entry), { recursive: true, force: true });
  }
  // Whatever else somebody put there stays.
  await rmdir(folder).catch(() => undefined);
}
