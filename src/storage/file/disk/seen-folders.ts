import { fileModeIn } from '../../../files/private-files.js';

/**
 * Facts about projects' folders in the current piece of work: a commit writes many files into few folders. Once this
 * thread does something else, they are checked again.
 */
const seen = new Map<string, Seen>();

interface Seen {
  /** Folders found to be plain, in paths of plain ones. */
  readonly folders: Set<string>;
  /** The mode for new files; null: not known yet. */
  fileMode: number | null;
}

function seenIn(home: string): Seen {
  if (seen.size === 0) queueMicrotask(() => seen.clear());
  const found = seen.get(home) ?? { folders: new Set(), fileMode: null };
  seen.set(home, found);
  return found;
}

/** Whether a folder was found to be plain, in a path of plain ones, in this piece of work. */
export function isSeen(home: string, folder: string): boolean {
  return seen.get(home)?.folders.has(folder) === true;
}

/** Records that it was. */
export function noteSeen(home: string, folder: string): void {
  seenIn(home).folders.add(folder);
}

/** The mode for new files in a project's folder: as private as the folder. */
export function modeOfFiles(home: string): number {
  const known = seenIn(home);
  known.fileMode ??= fileModeIn(home);
  return known.fileMode;
}
