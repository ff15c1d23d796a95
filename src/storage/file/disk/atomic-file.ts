import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf } from '../../../util/errors.js';
import type { Layout } from '../documents/layout.js';
import { findPlainFile, makePlainFolder, NEW, openPlain } from './plain-file.js';

/** A file's metadata when it was last written or read: enough to see that somebody changed it. */
export interface Fingerprint {
  readonly ino: number;
  readonly size: number;
  /** In milliseconds, with fractions. */
  readonly mtime: number;
}

export const fingerprintOf = ({ ino, size, mtimeMs }: Stats): Fingerprint => ({ ino, size, mtime: mtimeMs });

export const isSame = (a: Fingerprint, b: Fingerprint): boolean =>
  a.ino === b.ino && a.size === b.size && a.mtime === b.mtime;

/** The fingerprint of a file that anybody may have replaced: null also when the path is a link or no file. */
export function findFingerprint(path: string): Fingerprint | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? fingerprintOf(stats) : null;
}

const DRAFT = /^draft-[0-9a-f-]{36}$/;

/** A path for a file that is being written; nobody else uses it. */
export const draftPath = ({ temporary }: Layout): string => join(temporary, `draft-${randomUUID()}`);

/** Whether a file's name in that folder is of one that was being written. */
export const isDraft = (name: string): boolean => DRAFT.test(name);

/**
 * Replaces a file atomically: nobody ever sees half of it. With `sync`, it and its name are on disk when this returns.
 * @throws StoreError when something other than a plain file is there, and what the file system throws
 */
export function replaceFile(layout: Layout, path: string, text: string | Uint8Array, sync: boolean): Fingerprint {
  const draft = draftPath(layout);
  const fingerprint = write(layout, draft, text, sync);
  try {
    placeDraft(layout, draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  if (sync) syncFolder(dirname(path));
  return fingerprint;
}

/** Moves a completed draft to its place, making missing folders. @throws like `replaceFile` */
export function placeDraft({ folder }: Layout, draft: string, path: string): void {
  if (!findPlainFile(folder, path)) makePlainFolder(folder, dirname(path));
  renameSync(draft, path);
}

/** Creates a file in the folder for drafts. @throws like `replaceFile` */
export function openDraft({ folder, temporary }: Layout, path: string): number {
  makePlainFolder(folder, temporary);
  return openPlain(folder, path, NEW);
}

function write(layout: Layout, path: string, text: string | Uint8Array, sync: boolean): Fingerprint {
  const file = openDraft(layout, path);
  try {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    if (sync) fsyncSync(file);
    return fingerprintOf(fstatSync(file));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Makes renames in a folder durable. Some systems can't sync a folder, and needn't. */
export function syncFolder(folder: string): void {
  let handle: number | null = null;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch (error) {
    if (!/^(EPERM|EISDIR|EINVAL|EACCES|ENOTSUP)$/.test(codeOf(error))) throw error;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
