import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../domain/json.js';
import type { LogEntry } from '../../domain/log-entry.js';
import { replaceFile } from './durable.js';
import type { Layout } from './layout.js';
import { encodeAgain, type Line, type LineEntry } from './line.js';
import { type LogFile, readLines } from './log-file.js';

/** What is taken out of the log's lines. The lines stay, with their numbers. */
export interface Erasure {
  /** Records of which no image may stay. */
  readonly purged: ReadonlySet<string>;
  /** Images of entries up to this number are too old; null: none is. */
  readonly floor: number | null;
  /** Whether an image is the record as it is now: then it isn't history, and brings back a lost file. */
  readonly isCurrent: (collection: string, image: JsonObject) => boolean;
}

/**
 * Writes the parts of the log anew without what is erased, each whole and synced. Repeating it changes nothing. A line
 * that can't be read and names a purged record goes too: nobody can tell what is in it.
 */
export function eraseFromLog({ temporary }: Layout, log: LogFile, erasure: Erasure): void {
  for (const path of log.parts()) {
    if (erasure.floor === null && !holds(path, erasure.purged)) continue;
    const kept: Buffer[] = [];
    let isChanged = false;
    for (const { line, bytes } of readLines(path, 0)) {
      const rest = line ? eraseFromLine(line, erasure) : holdsAny(bytes, erasure.purged) ? null : undefined;
      isChanged ||= rest !== undefined;
      if (rest === undefined) kept.push(bytes, END);
      else if (rest) kept.push(Buffer.from(encodeAgain(rest)));
    }
    if (isChanged) replaceFile(path, Buffer.concat(kept), temporary, true);
  }
}

const END = Buffer.from('\n');

function holds(path: string, ids: ReadonlySet<string>): boolean {
  return holdsAny(readFileSync(path), ids);
}

function holdsAny(bytes: Buffer, ids: ReadonlySet<string>): boolean {
  return [...ids].some((id) => bytes.includes(id));
}

/** The line without what is erased; undefined when there is nothing in it to erase. */
function eraseFromLine(line: Line, erasure: Erasure): Line | undefined {
  if (line.kind === 'commit') {
    const entries = line.entries.map((entry) => eraseFromEntry(entry, erasure));
    return isChanged(entries, line.entries) ? { ...line, entries } : undefined;
  }
  if (line.kind !== 'import') return undefined;
  const entries = line.entries.map((entry) => withoutBefore(entry, erasure));
  const documents = line.documents.filter(
    ({ collection, document }) =>
      !erasure.purged.has(String(document.id)) && (erasure.floor === null || erasure.isCurrent(collection, document)),
  );
  return isChanged(entries, line.entries) || documents.length < line.documents.length
    ? { ...line, entries, documents }
    : undefined;
}

function isChanged(now: readonly object[], before: readonly object[]): boolean {
  return now.some((each, index) => each !== before[index]);
}

function eraseFromEntry(entry: LineEntry, erasure: Erasure): LineEntry {
  const erased = withoutBefore(entry, erasure);
  if (!erased.after || !isErasable(entry, erasure)) return erased;
  const isKept = !erasure.purged.has(entry.recordId) && erasure.isCurrent(entry.collection, erased.after);
  return isKept ? erased : { ...erased, after: null };
}

function withoutBefore<E extends LineEntry | LogEntry>(entry: E, erasure: Erasure): E {
  if (!isErasable(entry, erasure)) return entry;
  const isPurged = erasure.purged.has(entry.recordId);
  if (entry.before === null && (entry.isErased || !isPurged)) return entry;
  return { ...entry, before: null, isErased: true };
}

function isErasable({ seq, recordId }: { seq: number; recordId: string }, { purged, floor }: Erasure): boolean {
  return purged.has(recordId) || (floor !== null && seq <= floor);
}
