import { basename, relative } from 'node:path';
import { nextTurn } from '../../../util/async.js';
import { type Fingerprint, fingerprintOf, isSame } from '../disk/atomic-file.js';
import { findPlainFile } from '../disk/plain-file.js';
import { type Layout, parseSegmentName } from '../documents/layout.js';
import type { LogFile } from './log-file.js';
import { readLines } from './read-lines.js';

/** How many bytes are read before the event loop continues. */
const TURN_BYTES = 4_194_304;

/** Reads the log's segments and reports what is wrong with them, by file and line; unchanged ones aren't read again. */
export function createVerifier({ folder }: Layout, log: LogFile): () => Promise<readonly string[]> {
  const known = new Map<string, { readonly fingerprint: Fingerprint; readonly check: SegmentCheck }>();

  return async () => {
    const problems: string[] = [];
    let expected = 1;
    for (const path of log.segments()) {
      const stats = findPlainFile(folder, path);
      if (!stats) continue;
      const fingerprint = fingerprintOf(stats);
      let found = known.get(path);
      if (!found || !isSame(found.fingerprint, fingerprint)) {
        found = { fingerprint, check: await readSegment(folder, path) };
        known.set(path, found);
      }
      const { first, last, damage } = found.check;
      if (first !== null && first > expected) problems.push(missing(folder, expected, first - 1));
      problems.push(...damage.map((each) => `In ${folder}, ${each}`));
      if (last !== null) expected = last + 1;
    }
    return problems;
  };
}

interface SegmentCheck {
  /** The first commit that must be in it, and the last one; null when it is empty. */
  readonly first: number | null;
  readonly last: number | null;
  readonly damage: readonly string[];
}

async function readSegment(folder: string, path: string): Promise<SegmentCheck> {
  const name = relative(folder, path);
  const closed = parseSegmentName(basename(path));
  const damage: string[] = [];
  let number = 0;
  let damaged = 0;
  let first: number | null = closed?.first ?? null;
  let last: number | null = closed ? closed.first - 1 : null;
  let turn = TURN_BYTES;
  for (const { line, end, isWhole } of readLines(folder, path, 0)) {
    number += 1;
    if (!line) {
      // The last line of the current segment may be being written now.
      if (!isWhole && !closed) continue;
      damaged += 1;
      damage.push(`line ${number} of ${name} can't be read: ${LOST}`);
      continue;
    }
    first ??= line.n - damaged;
    if (last !== null && line.n > last + 1 + damaged) damage.push(gap(last + 1, line.n - 1, name));
    last = line.n;
    damaged = 0;
    if (end > turn) {
      turn = end + TURN_BYTES;
      await nextTurn();
    }
  }
  if (closed && (last ?? 0) + damaged < closed.last) damage.push(gap((last ?? 0) + 1, closed.last, name));
  return { first, last: closed ? closed.last : last, damage };
}

const LOST = 'its part of the history is lost; records are served from their files.';
const gap = (from: number, to: number, name: string) => `commits ${from} to ${to} are missing in ${name}: ${LOST}`;
const missing = (folder: string, from: number, to: number) =>
  `In ${folder}, the part of the log with the commits ${from} to ${to} is missing: ${LOST}`;
