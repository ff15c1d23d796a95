import { createHash } from 'node:crypto';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { parseId } from '../domain/id.js';
import { type PlacedProject, placeOf } from '../domain/place.js';

import { identityOf, lineageOf, truePath } from '../files/true-path.js';
import { packageRoot } from '../util/package-root.js';
import { nameKey } from '../util/path.js';
import type { Unavailable } from './contract.js';

/** The server's own folders: the data directory, and where Mooring is installed. */

/** The list of projects. */
export const catalogIn = (dataDirectory: string): string => join(dataDirectory, 'catalog');
/** A folder for each project of `LOCAL`. */
export const homesIn = (dataDirectory: string): string => join(dataDirectory, 'projects');
/** What this machine derives of projects that lie elsewhere. */
export const cachesIn = (dataDirectory: string): string => join(dataDirectory, 'caches');
/** A folder for each project of `FILE`, unless the settings name another place: all that is in the data directory for others. */
export const filesIn = (dataDirectory: string): string => join(dataDirectory, 'files');

/**
 * The folder for what this machine derives of a project that lies elsewhere: `caches/<mode>/<id>`, and one beside it for each
 * place of its own that the project was given. What is in it may be lost.
 */
export function cacheHomeOf(dataDirectory: string, project: PlacedProject): string {
  const { mode, location } = placeOf(project);
  const suffix = location === null ? '' : `-${createHash('sha256').update(location).digest('hex').slice(0, 8)}`;
  return join(cachesIn(dataDirectory), mode.toLowerCase(), `${project.id}${suffix}`);
}

/**
 * Why a project's files can't lie in a folder: it is, or lies in, one of the server's own, or a project's. They would be
 * taken for files of that one, and go when it goes. Null when they can. Folders are compared by what they are, whatever
 * links and mounts the path to them goes through. The answer names no path but the one that is asked about.
 */
export async function takenFolder(dataDirectory: string, path: string): Promise<Unavailable | null> {
  if (!(await isOwn(dataDirectory, path)) && !isInProject(await truePath(resolve(path)))) return null;
  return {
    why: `${path} can't hold projects: it is, or lies in, a folder of this server or of another project, and would be removed or written over with it.`,
    hint: 'Choose a folder outside of the data directory, of where Mooring is installed, and of every project’s folder.',
  };
}

async function isOwn(dataDirectory: string, path: string): Promise<boolean> {
  const lineage = await lineageOf(path);
  const isIn = async (folder: string) => lineage.includes(await identityOf(folder));
  // Each may be a link to another disk.
  for (const folderIn of [catalogIn, homesIn, cachesIn]) if (await isIn(folderIn(dataDirectory))) return true;
  if (await isForFiles(dataDirectory, lineage)) return false;
  for (const folder of [dataDirectory, ...INSTALLED]) if (await isIn(folder)) return true;
  return false;
}

/** Whether it lies in the data directory's place for files. That may be a link, also to what isn't for files. */
async function isForFiles(dataDirectory: string, lineage: readonly string[]): Promise<boolean> {
  const files = join(await truePath(resolve(dataDirectory)), basename(filesIn(dataDirectory)));
  return (await truePath(files)) === files && lineage.includes(await identityOf(files));
}

/** What a package manager, a build or an update writes again, of a package with this folder. */
export function installedIn(root: string | null): readonly string[] {
  if (root === null) return [];
  return [...['node_modules', 'dist', 'src', 'models'].map((name) => join(root, name)), ...modulesAbove(root)];
}

const INSTALLED = installedIn(packageRoot());

/** The folders of packages that a folder lies in, as a package that was installed does. */
function modulesAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  if (above === folder) return [];
  return [...(basename(above) === 'node_modules' ? [above] : []), ...modulesAbove(above)];
}

/** By name: a project of another server is one, too. */
const isInProject = (path: string): boolean =>
  path.split(sep).some((name) => parseId(nameKey(name))?.kind === 'project');
