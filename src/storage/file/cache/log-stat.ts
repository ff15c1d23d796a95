import { lstat, lstatSync, type Stats } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoreError } from '../../../domain/errors.js';
import { folderTimeout } from '../errors.js';

/**
 * Looks at a file, for every read. A network folder that hangs must not hold up this thread, only its own readers, and
 * those until a deadline. Where a look can't hang, it is a call that costs a fraction of that.
 */

/** How long a look may take, in milliseconds. */
const DEADLINE = 5_000;

export interface LogStatOptions {
  readonly path: string;
  /** The project's folder, which an error names. Those beside it most likely hang with it. */
  readonly folder: string;
  readonly deadline?: number | undefined;
  /** Calls back with the file as it is; null when that can't be seen. */
  readonly look?: (path: string, done: (stats: Stats | null) => void) => void;
}

/** Gives the file as it is after the call; null when that can't be seen. @throws StoreError after the deadline */
export type LogStat = () => Promise<Stats | null> | Stats | null;

/**
 * File systems on this machine's own disks and memory, by the numbers of linux/magic.h: ext2-4, XFS, Btrfs, F2FS, ZFS,
 * tmpfs, overlay. What they know of a file that is open (the writer has it open) is in memory, whatever the disk does.
 */
const LOCAL = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1, 0x01021994, 0x794c7630]);

/** The look that fits where the folder lies. */
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

/** Who waits for a look in a root, in turn; the first is at it. A look that hangs holds one of libuv's few threads. */
const lanes = new Map<string, Set<() => void>>();

/** All who ask before a look begins share it, so the reads of one turn cost one. */
export function createLogStat({
  path,
  folder,
  deadline = DEADLINE,
  look = lookAt,
}: LogStatOptions): () => Promise<Stats | null> {
  const root = dirname(folder);
  let next: Promise<Stats | null> | null = null;

  function take(): Promise<Stats | null> {
    return new Promise((resolve, reject) => {
      const lane = lanes.get(root) ?? new Set();
      lanes.set(root, lane);
      const begin = () => {
        next = null;
        look(path, (stats) => {
          clearTimeout(timer);
          leave(root, lane, begin);
          resolve(stats);
        });
      };
      const timer = setTimeout(() => giveUp(lane, begin, reject), deadline);
      lane.add(begin);
      if (lane.size === 1) process.nextTick(begin);
    });
  }

  function giveUp(lane: Set<() => void>, begin: () => void, reject: (error: StoreError) => void): void {
    const [first] = lane;
    // One that began stays: the next may begin only when it is back.
    if (first !== begin) {
      lane.delete(begin);
      next = null;
    }
    reject(folderTimeout(folder, deadline));
  }

  return () => {
    next ??= take();
    return next;
  };
}

function leave(root: string, lane: Set<() => void>, done: () => void): void {
  lane.delete(done);
  const [first] = lane;
  if (first) first();
  else lanes.delete(root);
}

function lookAt(path: string, done: (stats: Stats | null) => void): void {
  // What goes wrong here goes wrong in the writer, too, which says it in our words.
  lstat(path, (error, stats) => done(error ? null : stats));
}
