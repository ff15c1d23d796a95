import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { RouteChangedError, StoreError } from '../../../domain/errors.js';
import { codeOf } from '../../../util/errors.js';
import { holdsProject } from '../cache/rebuild.js';
import { syncFolder } from '../disk/atomic-file.js';
import { findPlainFolder } from '../disk/plain-file.js';
import { type Layout, layoutOf } from '../documents/layout.js';
import { findHead, findManifest } from '../log/head-file.js';
import { createLogFile } from '../log/log-file.js';
import { readLines } from '../log/read-lines.js';
import { createLock, type Lock } from './lock.js';

export interface MoveFolderOptions {
  readonly folder: string;
  /** Its new path, on the same file system. */
  readonly to: string;
  /** Only the store under this epoch; null: any. */
  readonly epoch: number | null;
}

/**
 * Moves a project's folder aside under its lock, as all its writers and movers must: the store that was checked is the
 * one that is moved, however long this process was suspended in between.
 * @throws RouteChangedError when it is under another epoch; @throws StoreError when that can't be known
 */
export async function moveFolderAside({ folder, to, epoch }: MoveFolderOptions): Promise<void> {
  const layout = layoutOf(folder);
  const lock = createLock(layout.lock);
  try {
    const release = await acquire(lock, epoch);
    try {
      if (epoch !== null) requireEpoch(layout, epoch);
      renameSync(folder, to);
      syncFolder(dirname(folder));
    } finally {
      release();
    }
  } finally {
    lock.close();
  }
}

/** One that can't be locked, as on a full disk, is removed all the same when any store may be. */
async function acquire(lock: Lock, epoch: number | null): Promise<() => void> {
  try {
    return await lock.acquire();
  } catch (error) {
    if (epoch !== null || !/^(ENOSPC|EDQUOT|SQLITE_FULL)/.test(codeOf(error))) throw error;
    return () => undefined;
  }
}

/**
 * The log has the epoch, `head.json` a copy of it: where they differ, a commit of it or a segment of the log is
 * missing.
 */
function requireEpoch(layout: Layout, epoch: number): void {
  const found = [epochInLog(layout), findHead(layout)?.epoch ?? findManifest(layout)?.epoch ?? null];
  const known = found.filter((each) => typeof each === 'number');
  if (known.length === 0 && holdsProject(layout)) throw unknownEpoch(layout);
  const other = known.find((each) => each !== epoch) ?? (known.length === 0 ? Number.NEGATIVE_INFINITY : epoch);
  if (other !== epoch) throw new RouteChangedError(other, epoch);
}

/** How far into a line to look for its kind, in bytes. */
const KIND_BYTES = 128;

function epochInLog(layout: Layout): number | null {
  let epoch: number | null = null;
  if (!findPlainFolder(layout.folder, layout.log)) return epoch;
  const log = createLogFile(layout);
  try {
    for (const path of log.segments()) {
      for (const read of readLines(layout.folder, path, 0)) {
        // Most lines are commits: they needn't be parsed.
        if (!/"kind":"(create|epoch)"/.test(read.bytes.toString('latin1', 0, KIND_BYTES))) continue;
        const { line } = read;
        if (line?.kind === 'create' || line?.kind === 'epoch') epoch = line.epoch;
      }
    }
  } finally {
    log.close();
  }
  return epoch;
}

function unknownEpoch({ folder }: Layout): StoreError {
  return new StoreError(
    'STORE_DAMAGED',
    `In ${folder}, neither head.json nor the log can be read, so the project's epoch isn't known.`,
    'Nothing was removed. Put head.json or the folder log back from a backup.',
  );
}
