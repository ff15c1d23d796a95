import { fileModeIn } from '../../../files/private-files.js';

/**
 * What was seen of projects' folders in the piece of work that is under way: a commit writes many files into few folders.
 * Once this thread does something else, it is looked at again.
 */
const seen = new Map<string, Seen>();

interface Seen {
  /** Those that were found to be plain, on a way of plain ones. */
  readonly folders: Set<string>;
  /** The mode for files that are made; null: not known yet. */
  fileMode: number | null;
}

function seenIn(home: string): Seen {
  if (seen.size === 0) queueMicrotask(() => seen.clear());
  const found = seen.get(home) ?? { folders: new Set(), fileMode: null };
  seen.set(home, found);
  return found;
}

/** Whether a folder was found to be plain, on a way of plain ones, in this piece of work. */
export function isSeen(home: string, folder: string): boolean {
  return seen.get(home)?.folders.has(folder) === true;
}

/** Notes that it was found to be so. */
export function noteSeen(home: string, folder: string): void {
  seenIn(home).folders.add(folder);
}

/** The mode for files that are made in a project's folder: as private as that is. */
export function modeOfFiles(home: string): number {
  const known = seenIn(home);
  known.fileMode ??= fileModeIn(home);
  return known.fileMode;
}
