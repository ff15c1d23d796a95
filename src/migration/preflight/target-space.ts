import { statfs } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { Place } from '../../domain/place.js';
import { lineageOf } from '../../files/true-path.js';
import type { ModeDescription } from '../../modes/contract.js';
import { codeOf } from '../../util/errors.js';

/** A place resolved to its folder or database, whether its mode's settings name it or the project does. */
export interface Ground {
  readonly mode: Place['mode'];
  /** Absolute path of the folder that holds a folder for each project, or the name of the database. */
  readonly root: string;
  /** Whether it is a folder on this machine. */
  readonly isFolder: boolean;
}

/** Null when the mode isn't configured. */
export function groundOf({ mode, location }: Place, { place }: Pick<ModeDescription, 'place'>): Ground | null {
  // For a database, the mode's place includes the hosts; a project's own database is on the same ones.
  const root = location ?? (place === null || isAbsolute(place) ? place : place.slice(place.lastIndexOf('/') + 1));
  return root === null ? null : { mode, root, isFolder: isAbsolute(root) };
}

/**
 * Whether a project's old and new places overlap: the same database, or folders of which one is or contains the other, by
 * whatever path, through links and mounts. Then removing one of them would remove both.
 */
export async function overlap(a: Ground, b: Ground, projectId: string): Promise<boolean> {
  if (!a.isFolder || !b.isFolder) return a.mode === b.mode && a.root === b.root;
  const [one, other] = await Promise.all([lineageOf(join(a.root, projectId)), lineageOf(join(b.root, projectId))]);
  return one.includes(other[0]) || other.includes(one[0]);
}

/** Bytes free to the server's user where a folder is or would be, and the size of a block. @throws errors of the file system */
export async function findSpace(folder: string): Promise<{ readonly free: number; readonly block: number }> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return { free: bavail * bsize, block: bsize };
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    return findSpace(dirname(folder));
  }
}
