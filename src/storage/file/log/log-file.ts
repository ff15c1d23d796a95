import { closeSync, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { syncFolder } from '../disk/atomic-file.js';
import {
  APPEND,
  findPlainFile,
  makePlainFolder,
  namesInPlain,
  openPlain,
  READ,
  renamePlain,
} from '../disk/plain-file.js';
import { CURRENT, type Layout, parseSegmentName, segmentName } from '../documents/layout.js';
import { encodeLine, type LineBody, newLineId } from './log-line.js';
import { type ReadLine, readLines } from './read-lines.js';

/** The size at which the current segment is closed, in bytes: one purge rewrites as much. */
const SEGMENT_BYTES = 8_388_608;
/** A line's checksum and its end, `"00000000"}` and the end of line, fit. */
const MARK_BYTES = 16;

/** A position in the log's files: after commit `n`, which ends at `offset` of the current segment. */
export interface CommitPosition {
  readonly n: number;
  /** The commit's own id; empty before the first. */
  readonly id: string;
  /** The inode that the current segment had. */
  readonly ino: number;
  readonly offset: number;
  /** The bytes before `offset`, with the line's checksum: inodes are reused, so they alone prove nothing. */
  readonly mark: string;
}

/** The log's files. Everything but reading needs the folder's lock. */
export interface LogFile {
  /** The current segment as it is; it is made when there is none. */
  currentStats(): { readonly ino: number; readonly size: number };
  /** Where the current segment ends now, as part of a position. */
  end(): Omit<CommitPosition, 'n' | 'id'>;
  /** Whether the log up to a position is unchanged: its current segment wasn't rewritten, restored or copied since. */
  isAsAt(position: CommitPosition): boolean;
  /**
   * Appends commits after a position that is the end, and syncs them: they are durable when this returns.
   * @throws what the file system throws; the log is then as before
   */
  append(bodies: readonly LineBody[], after: CommitPosition): CommitPosition;
  /** The lines after a position; null when the log doesn't hold the commit that the position names. */
  readAfter(position: CommitPosition | null): Iterable<ReadLine> | null;
  /** Truncates what was half-written. */
  cutAt(offset: number): void;
  /** Its segments, oldest first. */
  segments(): readonly string[];
  close(): void;
}

/** Everything throws a StoreError where something other than a plain file is. */
export function createLogFile({ folder, log, current }: Layout): LogFile {
  let open: { readonly file: number; readonly ino: number } | null = null;

  function currentStats() {
    const stats = findPlainFile(folder, current);
    if (stats) return stats;
    makePlainFolder(folder, log);
    const file = openPlain(folder, current, APPEND);
    try {
      fsyncSync(file);
      return fstatSync(file);
    } finally {
      closeSync(file);
      syncFolder(log);
    }
  }

  /** It stays open: while it is, no other file gets its inode. */
  function fileOf(ino: number): number {
    if (open?.ino === ino) return open.file;
    close();
    open = { file: openPlain(folder, current, APPEND), ino };
    return open.file;
  }

  function end(): Omit<CommitPosition, 'n' | 'id'> {
    const { ino, size } = currentStats();
    return { ino, offset: size, mark: markAt(ino, size) };
  }

  function isAsAt({ ino, offset, mark }: CommitPosition): boolean {
    const now = currentStats();
    return now.ino === ino && now.size >= offset && markAt(ino, offset) === mark;
  }

  function markAt(ino: number, offset: number): string {
    if (offset > 0) return readMark(fileOf(ino), offset);
    // Nothing was appended since the last segment was closed.
    const last = closedSegments().at(-1);
    if (!last) return '';
    const file = openPlain(folder, join(log, last.name), READ);
    try {
      return readMark(file, fstatSync(file).size);
    } finally {
      closeSync(file);
    }
  }

  function append(bodies: readonly LineBody[], after: CommitPosition): CommitPosition {
    const from = after.offset > SEGMENT_BYTES ? roll(after) : after;
    let { n, id } = from;
    const lines = bodies.map((body) => {
      n += 1;
      id = newLineId();
      return encodeLine(n, id, body);
    });
    const bytes = Buffer.from(lines.join(''));
    const file = fileOf(from.ino);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      fdatasyncSync(file);
    } catch (error) {
      // What failed to sync may be on the disk all the same: the truncation must be, too.
      cut(file, from.offset);
      throw error;
    }
    return { n, id, ino: from.ino, offset: from.offset + bytes.length, mark: markOf(bytes) };
  }

  /** Closes the current segment and begins another. */
  function roll(after: CommitPosition): CommitPosition {
    close();
    const first = (closedSegments().at(-1)?.last ?? 0) + 1;
    renamePlain(folder, current, join(log, segmentName(first, after.n)));
    const { ino } = currentStats();
    return { ...after, ino, offset: 0 };
  }

  function closedSegments() {
    return namesInPlain(folder, log)
      .filter((name) => name !== CURRENT)
      .map((name) => ({ name, ...parseSegmentName(name) }))
      .filter((segment): segment is { name: string; first: number; last: number } => segment.first !== undefined)
      .sort((a, b) => a.first - b.first);
  }

  function segments(): readonly string[] {
    return [...closedSegments().map(({ name }) => join(log, name)), current];
  }

  function* readFrom(paths: readonly string[], offset: number): Generator<ReadLine> {
    for (const [index, path] of paths.entries()) yield* readLines(folder, path, index === 0 ? offset : 0);
  }

  function readAfter(position: CommitPosition | null): Iterable<ReadLine> | null {
    if (position === null || position.n === 0) return readFrom(segments(), 0);
    if (isAsAt(position)) return readFrom([current], position.offset);
    const { n, id } = position;
    const candidates = segments().filter((path) => (parseSegmentName(basename(path))?.last ?? Number.MAX_VALUE) >= n);
    for (const { line, end } of candidates[0] ? readLines(folder, candidates[0], 0) : []) {
      if (line?.n === n) return line.id === id ? readFrom(candidates, end) : null;
    }
    return null;
  }

  function cutAt(offset: number): void {
    cut(fileOf(currentStats().ino), offset);
  }

  function close(): void {
    if (open) closeSync(open.file);
    open = null;
  }

  return { currentStats, end, isAsAt, append, readAfter, cutAt, segments, close };
}

const markOf = (bytes: Buffer): string => bytes.toString('latin1', Math.max(0, bytes.length - MARK_BYTES));

function cut(file: number, offset: number): void {
  ftruncateSync(file, offset);
  fsyncSync(file);
}

function readMark(file: number, end: number): string {
  const bytes = Buffer.alloc(Math.min(MARK_BYTES, end));
  const count = readSync(file, bytes, 0, bytes.length, end - bytes.length);
  return markOf(bytes.subarray(0, count));
}
