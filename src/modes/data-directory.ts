import { createHash } from 'node:crypto';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { parseId } from '../domain/id.js';
import { type PlacedProject, placeOf } from '../domain/place.js';
import { identityOf, lineageOf, truePath } from '../files/true-path.js';
import { packageRoot } from '../util/own-package.js';
import { nameKey } from '../util/path.js';
import type { Unavailable } from './contract.js';

/** The server's own folders: the data directory, and where Mooring is installed. */

/** The list of projects. */
export const catalogIn = (dataDirectory: string): string => join(dataDirectory, 'catalog');
/** A folder for each project of `LOCAL`. */
export const homesIn = (dataDirectory: string): string => join(dataDirectory, 'projects');
/** Data that this machine derives from projects stored elsewhere. */
const cachesIn = (dataDirectory: string): string => join(dataDirectory, 'caches');
/** A folder for each project of `FILE`, unless the settings name another place. Other programs may use only this part of the data directory. */
export const filesIn = (dataDirectory: string): string => join(dataDirectory, 'files');

/**
 * The folder for data that this machine derives from a project stored elsewhere: `caches/<mode>/<id>`, with a suffix for a
 * place of the project's own. Its contents may be lost.
 */
export function cacheHomeOf(dataDirectory: string, project: PlacedProject): string {
  const { mode, location } = placeOf(project);
  const suffix = location === null ? '' : `-${createHash('sha256').update(location).digest('hex').slice(0, 8)}`;
  return join(cachesIn(dataDirectory), mode.toLowerCase(), `${project.id}${suffix}`);
}

/**
 * Why a folder can't hold projects: it is, or is in, one of the server's own or of another project's, whose files its own would
 * be mistaken for, and be removed with. Null when it can. Folders are compared by identity, whatever links and mounts the path
 * goes through. The result names no path but the given one.
 */
export async function takenFolder(dataDirectory: string, path: string): Promise<Unavailable | null> {
  if (!(await isOwn(dataDirectory, path)) && !isInProject(await truePath(resolve(path)))) return null;
  return {
    why: `${path} can't hold projects: it is, or is in, a folder of this server or of another project, and would be removed or overwritten with it.`,
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

/** Whether it is in the data directory's folder for `FILE`. That may be a link, even to one of the other folders. */
async function isForFiles(dataDirectory: string, lineage: readonly string[]): Promise<boolean> {
  const files = join(await truePath(resolve(dataDirectory)), basename(filesIn(dataDirectory)));
  return (await truePath(files)) === files && lineage.includes(await identityOf(files));
}

/** The folders of a package with this root that a package manager, a build or an update overwrites. */
export function installedIn(root: string | null): readonly string[] {
  if (root === null) return [];
  return [...['node_modules', 'dist', 'src', 'models'].map((name) => join(root, name)), ...modulesAbove(root)];
}

const INSTALLED = installedIn(packageRoot());

/** The `node_modules` folders above a folder, as an installed package has them. */
function modulesAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  if (above === folder) return [];
  return [...(basename(above) === 'node_modules' ? [above] : []), ...modulesAbove(above)];
}

/** By name, so that projects of other servers count too. */
const isInProject = (path: string): boolean =>
  path.split(sep).some((name) => parseId(nameKey(name))?.kind === 'project');
