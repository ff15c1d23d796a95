import { isSamePosition, type LogPosition } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import type { IndexFile } from '../index/index-file.js';
import { type IndexRecord, SEARCHED, type StoredRecord } from '../index/index-record.js';
import type { RecordRow, RecordTable } from '../index/record-table.js';
import { writeInSlices } from '../index/time-slices.js';
import type { PassageVector } from '../vectors/vector-index.js';
import type { Applied } from './applied-position.js';
import type { Pace } from './pace.js';

/** Makes the rows of an index file from the documents, page by page. The file keeps how far it is. */
export interface Backfill {
  /** Begins with a file that has no rows: what the log has after `head` is applied later. */
  begin(head: LogPosition): void;
  /**
   * Begins again in a file whose rows are of another log, if they are still at `from`: each is compared with what is stored,
   * and what isn't stored goes. Vectors stay with their contents.
   */
  beginAgain(from: LogPosition, head: LogPosition): void;
  /** Goes on by a page; false when all is built. */
  goOn(): Promise<boolean>;
  isUnderWay(): boolean;
  /** Whether there may be rows of what isn't stored, since it was begun again. */
  isDoubtful(): boolean;
}

export interface BackfillOptions {
  readonly store: Store;
  readonly file: IndexFile;
  readonly records: RecordTable;
  readonly applied: Applied;
  readonly vectorsOf: (items: readonly StoredRecord[]) => Promise<ReadonlyMap<string, readonly PassageVector[]>>;
  readonly isClosed: () => boolean;
  readonly pace: Pace;
  /** Called in the transaction that ends the doubt: what went as not stored may have been purged. */
  readonly onDoubtOver: () => void;
}

/** Documents read at a time. */
const PAGE = 128;

export function createBackfill({
  store,
  file,
  records,
  applied,
  vectorsOf,
  isClosed,
  pace,
  onDoubtOver,
}: BackfillOptions): Backfill {
  /** What is done next: `collection:id of the last record that is built`. */
  const step = () => file.getMeta('build');
  const isDoubtful = () => file.getMeta('doubt') !== null;

  function begin(head: LogPosition): void {
    file.write(() => {
      if (applied.text() !== null) return;
      applied.set(head);
      file.setMeta('build', startOf(0));
    });
  }

  function beginAgain(from: LogPosition, head: LogPosition): void {
    file.write(() => {
      if (!isSamePosition(applied.position(), from)) return;
      applied.set(head);
      file.setMeta('build', startOf(0));
      file.setMeta('doubt', 'its log was another');
    });
  }

  async function goOn(): Promise<boolean> {
    const begun = step();
    if (begun === null) return false;
    const [name, after] = begun.split(':');
    // What an earlier version had as its last step is no collection: it begins again.
    const index = Math.max(0, namesOf(SEARCHED).indexOf(name!));
    await addPage(begun, index, SEARCHED[index]!.name === name && after ? after : null);
    return true;
  }

  async function addPage(begun: string, index: number, after: string | null): Promise<void> {
    const { name, scan } = SEARCHED[index]!;
    const at = applied.text();
    let now = begun;
    // The rows first: one whose record isn't there when that is looked for is of none.
    const rows = records.scan(name, after, PAGE);
    const { items, end } = withinBoth(rows, await scan(store, after, PAGE));
    const known = new Map(rows.map((row) => [row.id, row]));
    const differing = items.filter(({ id, record }) => !isAsKnown(record, known.get(id)));
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

  /** Goes on with the next collection. After the last one there is nothing left to do, or to doubt. */
  function finish(next: number): void {
    file.setMeta('build', startOf(next));
    if (startOf(next) !== null || !isDoubtful()) return;
    file.setMeta('doubt', null);
    onDoubtOver();
  }

  return { begin, beginAgain, goOn, isUnderWay: () => applied.text() === null || step() !== null, isDoubtful };
}

/** Where the build of a collection begins; null after the last. */
function startOf(index: number): string | null {
  const searched = SEARCHED[index];
  return searched ? `${searched.name}:` : null;
}

const namesOf = (searched: readonly { readonly name: string }[]): readonly string[] => searched.map(({ name }) => name);

/** What is stored up to where both pages go, and as gone what only has rows; `end`: null when there is nothing more on either side. */
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

/** Whether a row is all that would be written of a record. */
function isAsKnown(record: IndexRecord | null, row: RecordRow | undefined): boolean {
  if (!record || !row) return !record && !row;
  const { hash, digest, version } = record;
  return row.hash === hash && row.digest === digest && row.version === version && row.hasWords === 1;
}
