import type { LogEntry } from '../../../domain/log-entry.js';
import { nextTurn } from '../../../util/async.js';
import type { JsonObject } from '../../../util/json/json.js';
import { replaceFile } from '../disk/atomic-file.js';
import type { Layout } from '../documents/layout.js';
import { createIdFinder, type IdFinder } from './id-finder.js';
import type { LogFile } from './log-file.js';
import { encodeAgain, type Line, type LineEntry } from './log-line.js';
import { type ReadLine, readLines } from './read-lines.js';
import { type LogRewriting, rewriteLine } from './rewriting.js';

/** What is erased from the log's lines, or replaced in them. The lines stay, with their numbers. */
export interface LogErasure {
  /** Records of which no image may stay. */
  readonly purged: ReadonlySet<string>;
  /** Records that imports removed: what other imports wrote of them is erased, unless the record came back. */
  readonly removed: ReadonlySet<string>;
  /** Images of entries up to this number are too old; null: none is. */
  readonly floor: number | null;
  /** Whether an image is the current record: then it isn't history, and restores a lost file. */
  readonly isCurrent: (collection: string, image: JsonObject) => boolean;
  readonly rewriting: LogRewriting;
}

/** How many bytes are searched or read before the event loop continues. */
const TURN_BYTES = 4_194_304;

/**
 * Rewrites the log's segments without what is erased or replaced, each whole and synced. Repeating it changes nothing. A
 * line that can't be read and names a purged record is erased too: nobody can tell what is in it. Under the folder's
 * lock; commits in other folders continue.
 */
export async function eraseFromLog(layout: Layout, log: LogFile, erasure: LogErasure): Promise<void> {
  const finders: Finders = {
    named: createIdFinder(new Set([...erasure.purged, ...erasure.removed, ...erasure.rewriting.ids])),
    purged: createIdFinder(erasure.purged),
  };
  for (const path of log.segments()) {
    if (erasure.floor === null && !(await holds(layout, path, finders.named))) continue;
    const kept = await withoutErased(layout, path, erasure, finders);
    if (kept) replaceFile(layout, path, Buffer.concat(kept), true);
  }
}

interface Finders {
  /** Of purged, removed and rewritten records. */
  readonly named: IdFinder;
  readonly purged: IdFinder;
}

/** A segment's remaining bytes; null when nothing in it is to be erased. */
async function withoutErased(
  { folder }: Layout,
  path: string,
  erasure: LogErasure,
  finders: Finders,
): Promise<readonly Buffer[] | null> {
  const kept: Buffer[] = [];
  let isChanged = false;
  let turn = TURN_BYTES;
  for (const read of readLines(folder, path, 0)) {
    const rest = eraseFrom(read, erasure, finders);
    isChanged ||= rest !== undefined;
    if (rest === undefined) kept.push(read.bytes, END);
    else if (rest) kept.push(Buffer.from(encodeAgain(rest)));
    if (read.end > turn) {
      turn = read.end + TURN_BYTES;
      await nextTurn();
    }
  }
  return isChanged ? kept : null;
}

const END = Buffer.from('\n');

/** What is left of a line; null when all of it is erased, undefined when none of it is. */
function eraseFrom(read: ReadLine, erasure: LogErasure, finders: Finders): Line | null | undefined {
  // Most lines name none of these records: they needn't be parsed.
  if (erasure.floor === null && !finders.named(read.bytes)) return undefined;
  const { line } = read;
  if (line) {
    const erased = eraseFromLine(line, erasure);
    return rewriteLine(erased ?? line, erasure.rewriting) ?? erased;
  }
  return finders.purged(read.bytes) ? null : undefined;
}

async function holds({ folder }: Layout, path: string, isNamed: IdFinder): Promise<boolean> {
  let turn = TURN_BYTES;
  for (const { bytes, end } of readLines(folder, path, 0)) {
    if (isNamed(bytes)) return true;
    if (end < turn) continue;
    turn = end + TURN_BYTES;
    await nextTurn();
  }
  return false;
}

/** The line without what is erased; undefined when there is nothing in it to erase. */
function eraseFromLine(line: Line, erasure: LogErasure): Line | undefined {
  if (line.kind === 'commit') {
    const entries = line.entries.map((entry) => eraseFromEntry(entry, erasure));
    return isChanged(entries, line.entries) ? { ...line, entries } : undefined;
  }
  if (line.kind !== 'import') return undefined;
  const entries = line.entries.map((entry) => withoutBefore(entry, erasure));
  const documents = line.documents.filter(({ collection, document }) => {
    const id = String(document.id);
    if (erasure.purged.has(id)) return false;
    return (erasure.floor === null && !erasure.removed.has(id)) || erasure.isCurrent(collection, document);
  });
  return isChanged(entries, line.entries) || documents.length < line.documents.length
    ? { ...line, entries, documents }
    : undefined;
}

function isChanged(now: readonly object[], before: readonly object[]): boolean {
  return now.some((each, index) => each !== before[index]);
}

function eraseFromEntry(entry: LineEntry, erasure: LogErasure): LineEntry {
  const erased = withoutBefore(entry, erasure);
  if (!erased.after || !isErasable(entry, erasure)) return erased;
  const isKept = !erasure.purged.has(entry.recordId) && erasure.isCurrent(entry.collection, erased.after);
  return isKept ? erased : { ...erased, after: null };
}

function withoutBefore<E extends LineEntry | LogEntry>(entry: E, erasure: LogErasure): E {
  if (!isErasable(entry, erasure)) return entry;
  const isPurged = erasure.purged.has(entry.recordId);
  if (entry.before === null && (entry.isErased || !isPurged)) return entry;
  return { ...entry, before: null, isErased: true };
}

function isErasable({ seq, recordId }: { seq: number; recordId: string }, { purged, floor }: LogErasure): boolean {
  return purged.has(recordId) || (floor !== null && seq <= floor);
}
