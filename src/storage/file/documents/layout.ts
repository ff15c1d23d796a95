import { join } from 'node:path';

/** The paths of a project's folder. */
export interface Layout {
  readonly folder: string;
  /** The copy of the project's record. */
  readonly manifest: string;
  /** The epoch and the log's floor. */
  readonly head: string;
  readonly log: string;
  /** The segment of the log that commits are appended to. */
  readonly current: string;
  readonly lock: string;
  /** Drafts: files that are being written, before they are moved to their place. */
  readonly temporary: string;
  readonly gitignore: string;
}

export function layoutOf(folder: string): Layout {
  const log = join(folder, 'log');
  return {
    folder,
    manifest: join(folder, 'project.json'),
    head: join(folder, 'head.json'),
    log,
    current: join(log, CURRENT),
    lock: join(folder, '.lock'),
    temporary: join(folder, '.tmp'),
    gitignore: join(folder, '.gitignore'),
  };
}

export const CURRENT = 'current.jsonl';
export const INDEX = '_index.json';
/** In the name of a file that keeps a person's text next to the record, between the file's name and the time. */
export const EDITED = '.edited-';

/** The index of a collection. */
export const indexPath = (folder: string, collection: string): string => join(folder, collection, INDEX);

/** The folder of a document inside its collection's, by the day of its creation: `2026/01/31`. */
export function dayOf(createdAt: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})T/.exec(createdAt) ?? [];
  return year ? `${year}/${month}/${day}` : '0000/00/00';
}

/** A document's file in its day's folder. Ids are letters, digits and `_`; nothing else can leave the folder. */
export const fileName = (id: string): string => `${encodeURIComponent(id)}.json`;

/** The id in a file's name; null when it isn't a document's name. */
export function idOfFile(name: string): string | null {
  if (!name.endsWith('.json') || /^[._]/.test(name)) return null;
  try {
    return decodeURIComponent(name.slice(0, -'.json'.length));
  } catch {
    return null;
  }
}

/** A closed segment of the log, named by its first and last commit. */
export const segmentName = (first: number, last: number): string => `${pad(first)}-${pad(last)}.jsonl`;

/** The first and last commit in a segment's name; null when it isn't a closed segment. */
export function parseSegmentName(name: string): { readonly first: number; readonly last: number } | null {
  const [, first, last] = /^(\d{12})-(\d{12})\.jsonl$/.exec(name) ?? [];
  return first && last ? { first: Number(first), last: Number(last) } : null;
}

const pad = (n: number): string => String(n).padStart(12, '0');
