import {
  closeSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { codeOf } from './errors.js';

/** What a file was when it was last written or read: enough to see that somebody changed it. */
export interface Trace {
  readonly ino: number;
  readonly size: number;
  /** In milliseconds, with fractions. */
  readonly mtime: number;
}

export const traceOf = ({ ino, size, mtimeMs }: Stats): Trace => ({ ino, size, mtime: mtimeMs });

export const isSame = (a: Trace, b: Trace): boolean => a.ino === b.ino && a.size === b.size && a.mtime === b.mtime;

/** The same of a file that people may replace by anything: null also when it is a link or no file. */
export function findFileTrace(path: string): Trace | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? traceOf(stats) : null;
}

/** Null when there is no such file. */
export function findTrace(path: string): Trace | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? traceOf(stats) : null;
}

/** Null when there is no such file. */
export function findText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (/^(ENOENT|ENOTDIR|EISDIR|ELOOP)$/.test(codeOf(error))) return null;
    throw error;
  }
}

let written = 0;

/** A path for a file that is being written; no other process and no other thread uses it. */
export function temporaryPath(folder: string): string {
  written += 1;
  return join(folder, `${process.pid}-${threadId}-${written}`);
}

/**
 * Puts a file in its place whole: nobody ever sees half of it. With `sync`, it is on the disk when this returns, also its
 * name. `temporary`: a folder on the same file system.
 */
export function replaceFile(path: string, text: string | Uint8Array, temporary: string, sync: boolean): Trace {
  const draft = temporaryPath(temporary);
  const trace = write(draft, text, sync, temporary);
  try {
    renameSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      rmSync(draft, { force: true });
      throw error;
    }
    mkdirSync(dirname(path), { recursive: true });
    renameSync(draft, path);
  }
  if (sync) syncFolder(dirname(path));
  return trace;
}

function write(path: string, text: string | Uint8Array, sync: boolean, folder: string): Trace {
  const file = openNew(path, folder);
  try {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    if (sync) fsyncSync(file);
    return traceOf(fstatSync(file));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

function openNew(path: string, folder: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true });
    return openSync(path, 'w');
  }
}

/** Makes what was renamed in a folder last. Some systems can't sync a folder, and need not. */
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
