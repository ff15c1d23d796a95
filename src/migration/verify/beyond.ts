import type { LogEntry } from '../../domain/log-entry.js';
import type { Store } from '../../storage/store.js';
import type { Mismatch } from '../transfer/compare.js';
import { LOG } from '../transfer/record-stream.js';

/** Of entries that are too many, so many are named. */
const NAMED = 100;

/** The entries that a log has after a number where it should have ended, each with what is the matter with it. */
export async function entriesAfter(
  { log }: Store,
  seq: number,
  reasonFor: (entry: LogEntry) => string,
): Promise<readonly Mismatch[]> {
  const entries = await log.read(seq, NAMED);
  return entries.map((entry) => ({
    ...{ collection: LOG, recordId: `${entry.seq}`, differing: [], reason: reasonFor(entry) },
  }));
}
