import { lstat, lstatSync, type Stats } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoreError } from '../../../domain/errors.js';
import { folderTimeout } from '../errors.js';

/**
 * The stat of a file for every read. A network folder that hangs must not block this thread, only its own readers, and
 * those until a deadline. Where a stat can't hang, it is a synchronous call at a fraction of the cost.
 */

/** How long a stat may take, in milliseconds. */
const DEADLINE = 5_000;

export interface LogStatOptions {
  readonly path: string;
  /** The project's folder, which an error names. Those next to it most likely hang with it. */
  readonly folder: string;
  readonly deadline?: number | undefined;
  /** Calls back with the file's stat; null when there is none. */
  readonly stat?: (path: string, done: (stats: Stats | null) => void) => void;
}

/** The file's stat after the call; null when there is none. @throws StoreError after the deadline */
export type LogStat = () => Promise<Stats | null> | Stats | null;

/**
 * File systems on this machine's own disks and memory, by the numbers of linux/magic.h: ext2-4, XFS, Btrfs, F2FS, ZFS,
 * tmpfs, overlay. The metadata of an open file (the writer has it open) is in memory, whatever the disk does.
 */
const LOCAL = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0x01021994, 0x794c7630]);

/** The stat that suits the folder's file system. */
export async function chooseLogStat(options: LogStatOptions): Promise<LogStat> {
  const isLocal = await statfs(options.folder).then(
    ({ type }) => process.platform === 'linux' && LOCAL.has(type),
    () => false,
  );
  return isLocal ? () => statNow(options.path) : createLogStat(options);
}

function statNow(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

/**
 * Callers that wait for a stat in a root, in order; the first is running. A stat that hangs holds one of libuv's few
 * threads.
 */
const queues = new Map<string, Set<() => void>>();

/** Callers that ask before a stat begins share it, so the reads of one turn cost one. */
export function createLogStat({
  path,
  folder,
  deadline = DEADLINE,
  stat = statOf,
}: LogStatOptions): () => Promise<Stats | null> {
  const root = dirname(folder);
  let next: Promise<Stats | null> | null = null;

  function take(): Promise<Stats | null> {
    return new Promise((resolve, reject) => {
      const queue = queues.get(root) ?? new Set();
      queues.set(root, queue);
      const begin = () => {
        next = null;
        stat(path, (stats) => {
          clearTimeout(timer);
          runNext(root, queue, begin);
          resolve(stats);
        });
      };
      const timer = setTimeout(() => timeOut(queue, begin, reject), deadline);
      queue.add(begin);
      if (queue.size === 1) process.nextTick(begin);
    });
  }

  function timeOut(queue: Set<() => void>, begin: () => void, reject: (error: StoreError) => void): void {
    const [first] = queue;
    // One that began stays: the next may begin only when it has returned.
    if (first !== begin) {
      queue.delete(begin);
      next = null;
    }
    reject(folderTimeout(folder, deadline));
  }

  return () => {
    next ??= take();
    return next;
  };
}

function runNext(root: string, queue: Set<() => void>, done: () => void): void {
  queue.delete(done);
  const [first] = queue;
  if (first) first();
  else queues.delete(root);
}

function statOf(path: string, done: (stats: Stats | null) => void): void {
  // The writer meets the same error, and reports it as one of ours.
  lstat(path, (error, stats) => done(error ? null : stats));
}
