import { readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, posix, resolve, win32 } from 'node:path';
import { statOf } from './stat.js';

/** Where a project may be that an agent works on, from the folder that it works in. */
export interface ProjectFolders {
  /** Absolute paths: the nearest project is the first that has one of them. */
  readonly folders: readonly string[];
  /** Where a project is created when there is none yet; null: nowhere. */
  readonly root: string | null;
}

/** Deeper folders are no places of projects; each is a part of the query. */
const MAX_FOLDERS = 24;

/** A folder of any system and those above it; none when its path isn't absolute. The disk isn't read. */
export function ancestorsOf(path: string): readonly string[] {
  const { dirname: above } = /^([A-Za-z]:|\\)/.test(path) ? win32 : posix;
  if (!posix.isAbsolute(path) && !win32.isAbsolute(path)) return [];
  const folders: string[] = [];
  for (let at = path; folders.length < MAX_FOLDERS; at = above(at)) {
    folders.push(at);
    if (above(at) === at) break;
  }
  return folders;
}

/**
 * The project folders of a folder on this machine's disk: also those that it has without symbolic links, and in a worktree of
 * Git those of the main checkout. A project may be created for the folder of a repository, but not for a whole home directory
 * or disk.
 */
export function projectFoldersOf(folder: string): ProjectFolders {
  const real = realFolder(folder);
  const checkout = findCheckout(real);
  const root = checkout === null ? null : (findMainCheckout(checkout) ?? checkout);
  const folders = [...new Set([folder, real, ...(root === null ? [] : [root])].flatMap(ancestorsOf))];
  return { folders, root: root !== null && mayBeProject(root) ? root : null };
}

/** Whether a folder can be that of one project: it is there, and isn't one in which every other lies, such as a home directory. */
export function mayBeProject(folder: string): boolean {
  return (
    statOf(folder)?.isDirectory() === true && dirname(folder) !== folder && !ancestorsOf(userHome()).includes(folder)
  );
}

/** Empty when the user has none. */
function userHome(): string {
  try {
    return realFolder(homedir());
  } catch {
    return '';
  }
}

/** A folder without symbolic links; as it was given when it isn't there. */
export function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

/** The root of the Git checkout, of a worktree as well, in which a folder lies; null when it lies in none. */
export function findCheckout(folder: string): string | null {
  return ancestorsOf(folder).find(hasGit) ?? null;
}

/** As the API limits a name. */
const MAX_NAME = 200;

/** The name of a project that is created for a folder. */
export const projectNameOf = (root: string): string => basename(root).slice(0, MAX_NAME);

const hasGit = (folder: string): boolean => statOf(join(folder, '.git')) !== null;

/**
 * The main checkout of a linked worktree; null for any other. A worktree's `.git` is a file that names its own folder in the
 * main repository's, and the file `commondir` there leads to that.
 */
function findMainCheckout(checkout: string): string | null {
  const named = /^gitdir: (.+)$/m.exec(read(join(checkout, '.git')) ?? '')?.[1]?.trim();
  if (named === undefined) return null;
  const gitFolder = resolve(checkout, named);
  const common = read(join(gitFolder, 'commondir'))?.trim();
  if (common === undefined) return null;
  const main = resolve(gitFolder, common);
  return basename(main) === '.git' ? dirname(main) : null;
}

/** The text of a small file; null when there is none: it may be a folder, as `.git` is in a main checkout. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
