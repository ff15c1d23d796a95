import { type LogEntry, withoutErased } from '../../domain/log-entry.js';
import { withinLimits } from '../shared/record-limits.js';
import type { ImagesWrite } from '../shared/writes.js';
import type { Statement } from './connection.js';
import { insertEntry, lastSeq } from './log.js';
import { markErased } from './scrub.js';

/** Changes to the log by moves and by its retention, all inside a transaction. */

/** The log's floor: the number of the last entry whose image was erased by age. */
export function floorOf(statement: (sql: string) => Statement): number {
  return statement('select floor from head').pluck().get() as number;
}

/** Raises the floor and erases the images up to it. @returns how many */
export function raiseFloor(statement: (sql: string) => Statement, to: number): number {
  const floor = floorOf(statement);
  if (to <= floor) return 0;
  statement('update head set floor = ?').run(to);
  const { changes } = statement(
    'update log set before = null, erased = 1 where seq > ? and seq <= ? and before is not null',
  ).run(floor, to);
  if (changes > 0) markErased(statement);
  return changes;
}

/** Entries without the images that this log may not keep once its floor is at least `floor`. */
export function keepable(
  statement: (sql: string) => Statement,
  entries: readonly LogEntry[],
  floor = 0,
): readonly LogEntry[] {
  const last = lastSeq(statement);
  const purges = new Map<string, number>();
  // The log has purges only up to its end, so appended entries need no check.
  for (const recordId of new Set(entries.filter(({ seq }) => seq <= last).map((entry) => entry.recordId))) {
    const seq = statement("select max(seq) from log where record = ? and operation = 'PURGE'").pluck().get(recordId);
    if (typeof seq === 'number') purges.set(recordId, seq);
  }
  return withoutErased(entries, Math.max(floor, floorOf(statement)), purges);
}

/** Writes entries over those of their numbers, and erases what their purges erase. */
export function importEntries(statement: (sql: string) => Statement, entries: readonly LogEntry[]): void {
  for (const entry of entries) withinLimits(entry.recordId, () => insertEntry(statement, entry));
  const purges = entries.filter(({ operation }) => operation === 'PURGE');
  for (const { recordId, seq } of purges) eraseRecord(statement, recordId, seq);
}

/** Erases the log's images of a record, up to an entry. */
export function eraseRecord(statement: (sql: string) => Statement, recordId: string, seq: number): void {
  const { changes } = statement(
    'update log set before = null, erased = 1 where record = ? and seq <= ? and (before is not null or erased = 0)',
  ).run(recordId, seq);
  if (changes > 0) markErased(statement);
}

/** Writes images over those of the same records at the same versions; erased ones stay erased. @returns how many differed */
export function rewriteImages(statement: (sql: string) => Statement, images: ImagesWrite['images']): number {
  // The image of a version is kept with the entry of the next one.
  const one = statement('update log set before = ? where record = ? and version = ? and before <> ?');
  const changed = images.reduce((count, { id, version, doc }) => count + one.run(doc, id, version + 1, doc).changes, 0);
  if (changed > 0) markErased(statement);
  return changed;
}
