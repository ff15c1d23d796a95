import { erasesTexts, type LogEntry } from '../../domain/log-entry.js';
import { isSamePosition, type LogPosition, positionAfter } from '../../domain/log-position.js';
import { SEARCHED, type StoredRecord } from '../index/index-record.js';
import { writeInSlices } from '../index/time-slices.js';
import type { BackfillOptions } from './backfill.js';

/** Applies the log's entries to an index file, page by page. Records that entries name are read as they are stored now. */
export interface LogReplay {
  /** Applies a page; false when the log has no more entries. @throws LogReplacedError */
  addPage(): Promise<boolean>;
}

/** Entries read at a time. */
export const ENTRIES_AT_ONCE = 128;

/** Like a backfill's: both write the same rows, and the applied position covers both. */
export interface LogReplayOptions extends Omit<BackfillOptions, 'onVerified'> {
  /** Called within the transaction that applies a purge or a redaction. */
  readonly onErasing: () => void;
}

export function createLogReplay(options: LogReplayOptions): LogReplay {
  const { store, file, records, vectorsOf, isClosed, pace, onErasing } = options;
  const { applied } = file;

  async function addPage(): Promise<boolean> {
    let at = applied.position();
    const entries = await store.log.readAfter(at, ENTRIES_AT_ONCE);
    const last = entries.at(-1);
    if (last === undefined) return false;
    const [named, known] = partitionedBy(entries, records.versions(entries.map(({ recordId }) => recordId)));
    const items = await readNamed(named);
    const vectors = await vectorsOf(items);
    /** By record, the position before the first entry that names it. */
    const beforeNamed = new Map<string, LogPosition>();
    entries.reduce((before, entry) => {
      if (!beforeNamed.has(entry.recordId)) beforeNamed.set(entry.recordId, before);
      return positionAfter(entry);
    }, at);
    const isErasing = entries.some(erasesTexts);
    const purged = new Set(
      entries.filter((entry) => isPurge(entry) && isOfMemory(entry)).map(({ recordId }) => recordId),
    );
    await writeInSlices(file, {
      items,
      rest: pace.pause,
      // Another process may have written older rows meanwhile.
      isValid: () => !isClosed() && isSamePosition(applied.position(), at) && areKnown(known),
      prepare: ({ record }) => record && records.prepare(record),
      apply: ({ id, record }, words) => {
        if (record) records.put(record, { words, vectors: vectors.get(record.hash) });
        else records.remove(id);
        if (purged.has(id)) records.purge(id);
      },
      mark: (done) => {
        if (isErasing) onErasing();
        const following = items[done];
        at = following ? beforeNamed.get(following.id)! : positionAfter(last);
        applied.set(at);
      },
    });
    return true;
  }

  /** Whether the rows are at least as new as these entries. */
  function areKnown(entries: readonly LogEntry[]): boolean {
    if (entries.length === 0) return true;
    return partitionedBy(entries, records.versions(entries.map(({ recordId }) => recordId)))[0].length === 0;
  }

  /** The records that entries name, as they are now, each once and in the order in which it is first named. */
  async function readNamed(entries: readonly LogEntry[]): Promise<readonly StoredRecord[]> {
    const found = new Map<string, StoredRecord>();
    for (const searched of SEARCHED) {
      const named = entries.filter(({ collection }) => collection === searched.name).map(({ recordId }) => recordId);
      if (named.length === 0) continue;
      for (const stored of await searched.get(store, [...new Set(named)])) found.set(stored.id, stored);
    }
    const ids = new Set(entries.map(({ recordId }) => recordId));
    return [...ids].map((id) => found.get(id)).filter((stored) => stored !== undefined);
  }

  return { addPage };
}

/** Splits entries into those whose records must be read, and those whose rows are at their version or a later one. */
function partitionedBy(
  entries: readonly LogEntry[],
  versions: ReadonlyMap<string, number>,
): readonly [unread: readonly LogEntry[], known: readonly LogEntry[]] {
  const isKnown = (entry: LogEntry) => !isPurge(entry) && (versions.get(entry.recordId) ?? 0) >= entry.version;
  return [entries.filter((entry) => !isKnown(entry)), entries.filter(isKnown)];
}

const isPurge = ({ operation }: LogEntry): boolean => operation === 'PURGE';
const isOfMemory = ({ collection }: LogEntry): boolean => collection === 'memories';
