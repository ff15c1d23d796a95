import { join, resolve, sep } from 'node:path';
import { parseId } from '../../domain/id.js';
import type { Unavailable } from '../../repositories/storage.js';
import { lineageOf, truePath } from '../true-path.js';

/** The data directory's folders in which whatever lies is the server's. */

/** The list of projects. */
export const catalogIn = (dataDirectory: string): string => join(dataDirectory, 'catalog');
/** A folder for each project of `LOCAL`. */
export const homesIn = (dataDirectory: string): string => join(dataDirectory, 'projects');
/** What this machine derives of projects that lie elsewhere. */
export const cachesIn = (dataDirectory: string): string => join(dataDirectory, 'caches');

/**
 * Why a project's files can't lie in a folder: it is, or lies in, one of the server's own, or a project's. They would be
 * taken for files of that one, and go when it goes. Null when they can. Folders are compared by what they are, whatever
 * links and mounts the path to them goes through.
 */
export async function takenFolder(dataDirectory: string, path: string): Promise<Unavailable | null> {
  const whole = await truePath(resolve(path));
  const taken = (await ownFolderOf(dataDirectory, whole)) ?? projectFolderOf(whole);
  if (taken === null) return null;
  return {
    why: `${path} is, or lies in, ${taken}: what is in there belongs to this server or to another project, and goes with it.`,
    hint: 'Choose a folder that is nobody else’s.',
  };
}

async function ownFolderOf(dataDirectory: string, path: string): Promise<string | null> {
  const lineage = await lineageOf(path);
  for (const folderIn of [catalogIn, homesIn, cachesIn]) {
    const own = folderIn(resolve(dataDirectory));
    const [itself] = await lineageOf(own);
    if (lineage.includes(itself)) return own;
  }
  return null;
}

function projectFolderOf(path: string): string | null {
  const names = path.split(sep);
  const index = names.findIndex((name) => parseId(name)?.kind === 'project');
  return index < 0 ? null : names.slice(0, index + 1).join(sep);
}
