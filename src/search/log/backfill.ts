import { isSamePosition, type LogPosition } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import type { IndexFile } from '../index/index-file.js';
import { type IndexRecord, SEARCHED, type SearchedCollection, type StoredRecord } from '../index/index-record.js';
import type { RecordRow, RecordTable } from '../index/record-table.js';
import { writeInSlices } from '../index/time-slices.js';
import type { PassageVector } from '../vectors/vector-index.js';
import type { Pace } from './pace.js';

/** Fills an index file's rows from the stored documents, page by page. The file records the progress. */
export interface Backfill {
  /** Starts in a file without rows. Log entries after `head` are applied later. */
  start(head: LogPosition): void;
  /**
   * Restarts in a file whose rows are of another log, if it is still at `from`: each row is compared with what is stored, and
   * deleted if its record isn't. Vectors stay with their contents. A second later everything is compared again: a program
   * that puts back a log may put back the documents after it, and no log entry would tell of them.
   */
  restart(from: LogPosition, head: LogPosition): void;
  /** Adds a page; false when the backfill is complete or rests. */
  addPage(): Promise<boolean>;
  /** `collection`: whether its records are; left out, any. False while it rests. */
  isUnderWay(collection?: SearchedCollection): boolean;
  /** Whether, since a restart, there may still be rows of records that aren't stored. */
  isDoubtful(): boolean;
  /** How long until the rows are compared a second time after a restart, in ms; 0 when that is due or isn't needed. */
  restsFor(): number;
}

export interface BackfillOptions {
  readonly store: Store;
  readonly file: IndexFile;
  readonly records: RecordTable;
  readonly vectorsOf: (items: readonly StoredRecord[]) => Promise<ReadonlyMap<string, readonly PassageVector[]>>;
  readonly isClosed: () => boolean;
  readonly pace: Pace;
  /** Called in the transaction that verifies the last row after a restart: rows deleted as not stored may have been purged. */
  readonly onVerified: () => void;
}

/** Documents read at a time. */
const PAGE = 128;
/** How long after the first comparison with a restored store the second one begins, in ms. */
const AGAIN_MS = 1_000;
/** Why the file's rows are in doubt: before the first comparison, and, with the time in ms, before the second one. */
const REPLACED = 'its log was another';
const AGAIN = 'to be compared again from ';

export function createBackfill(options: BackfillOptions): Backfill {
  const { store, file, records, vectorsOf, isClosed, pace, onVerified } = options;
  const { applied } = file;
  /** The progress: `collection:id of its last record with a row`. */
  const step = () => file.getMeta('build');
  const isDoubtful = () => file.getMeta('doubt') !== null;

  function start(head: LogPosition): void {
    file.write(() => {
      if (applied.text() !== null) return;
      applied.set(head);
      file.setMeta('build', startOf(0));
    });
  }

  function restart(from: LogPosition, head: LogPosition): void {
    file.write(() => {
      if (!isSamePosition(applied.position(), from)) return;
      applied.set(head);
      file.setMeta('build', startOf(0));
      file.setMeta('doubt', REPLACED);
    });
  }

  async function addPage(): Promise<boolean> {
    const begun = step();
    if (begun === null || restsFor() > 0) return false;
    const [name, after] = begun.split(':');
    // The last step of an earlier version names no collection: start with the first.
    const index = Math.max(0, namesOf(SEARCHED).indexOf(name!));
    await addPageAfter(begun, index, SEARCHED[index]!.name === name && after ? after : null);
    return true;
  }

  async function addPageAfter(begun: string, index: number, after: string | null): Promise<void> {
    const { name, scan } = SEARCHED[index]!;
    const at = applied.text();
    let now = begun;
    // Rows are read before documents: a row without a document is then known to be obsolete.
    const rows = records.scan(name, after, PAGE);
    const { items, end } = withinBoth(rows, await scan(store, after, PAGE));
    const known = new Map(rows.map((row) => [row.id, row]));
    const differing = items.filter(({ id, record }) => !isUpToDate(record, known.get(id)));
    const vectors = await vectorsOf(differing.filter(({ id, record }) => record?.hash !== known.get(id)?.hash));
    await writeInSlices(file, {
      items: differing,
      rest: pace.pause,
      isValid: () => !isClosed() && applied.text() === at && step() === now,
      prepare: ({ record }) => record && records.prepare(record),
      apply: ({ id, record }, words) => {
        if (record) records.put(record, { words, vectors: vectors.get(record.hash) });
        else records.remove(id);
      },
      mark: (done) => {
        if (done < differing.length) now = done > 0 ? `${name}:${differing[done - 1]!.id}` : begun;
        else if (end !== null) now = `${name}:${end}`;
        else return finish(index + 1);
        file.setMeta('build', now);
      },
    });
  }

  /** Moves to the next collection. After the last one the backfill is complete, and every row is verified. */
  function finish(next: number): void {
    const doubt = file.getMeta('doubt');
    const isFirst = startOf(next) === null && doubt === REPLACED;
    file.setMeta('build', startOf(isFirst ? 0 : next));
    if (isFirst) file.setMeta('doubt', `${AGAIN}${Date.now() + AGAIN_MS}`);
    if (isFirst || startOf(next) !== null || doubt === null) return;
    file.setMeta('doubt', null);
    onVerified();
  }

  function restsFor(): number {
    const doubt = file.getMeta('doubt');
    const left = doubt?.startsWith(AGAIN) ? Number(doubt.slice(AGAIN.length)) - Date.now() : 0;
    // A time further away was written before the clock was set back.
    return left <= AGAIN_MS ? Math.max(0, left) : 0;
  }

  function isUnderWay(collection?: SearchedCollection): boolean {
    const begun = step();
    if (applied.text() === null || begun === null) return applied.text() === null;
    if (restsFor() > 0) return false;
    const at = namesOf(SEARCHED).indexOf(begun.split(':')[0]!);
    return collection === undefined || at <= namesOf(SEARCHED).indexOf(collection);
  }

  return { start, restart, addPage, isUnderWay, isDoubtful, restsFor };
}

/** The first step of a collection; null after the last collection. */
function startOf(index: number): string | null {
  const searched = SEARCHED[index];
  return searched ? `${searched.name}:` : null;
}

const namesOf = (searched: readonly { readonly name: string }[]): readonly string[] => searched.map(({ name }) => name);

/**
 * Stored records up to the end of the shorter page, and rows without a document as deleted ones. `end`: null when neither side
 * has more.
 */
function withinBoth(
  rows: readonly RecordRow[],
  stored: readonly StoredRecord[],
): { readonly items: readonly StoredRecord[]; readonly end: string | null } {
  const ends = [rows, stored].filter(({ length }) => length === PAGE).map((page) => page.at(-1)!.id);
  const isWithin = ({ id }: { readonly id: string }) => ends.every((end) => id <= end);
  const present = new Set(stored.map(({ id }) => id));
  const gone = rows.filter(({ id }) => !present.has(id)).map(({ id }) => ({ id, record: null }));
  const items = [...stored, ...gone].filter(isWithin).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { items, end: items.at(-1)?.id ?? null };
}

/** Whether a row already has everything that would be written for a record. */
function isUpToDate(record: IndexRecord | null, row: RecordRow | undefined): boolean {
  if (!record || !row) return !record && !row;
  const isSame = (['hash', 'digest', 'details', 'version'] as const).every((field) => row[field] === record[field]);
  return isSame && row.hasWords === 1;
}
