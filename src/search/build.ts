import { isSamePosition, type LogPosition } from '../domain/log-position.js';
import type { Store } from '../storage/store.js';
import type { Applied } from './applied.js';
import type { IndexFile } from './index-file.js';
import { SEARCHED, type StoredRecord } from './index-record.js';
import type { RecordTable } from './record-table.js';
import { writeInSlices } from './slices.js';
import type { PassageVector } from './vector-index.js';

/** Makes the rows of an index file from the documents, page by page. The file keeps how far it is. */
export interface Build {
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

export interface BuildOptions {
  readonly store: Store;
  readonly file: IndexFile;
  readonly records: RecordTable;
  readonly applied: Applied;
  readonly vectorsOf: (items: readonly StoredRecord[]) => Promise<ReadonlyMap<string, readonly PassageVector[]>>;
  readonly isClosed: () => boolean;
}

/** Documents read at a time. */
const PAGE = 128;
/** Names the last step of a build that was begun again: removing what is gone. */
const GONE = 'gone';

export function createBuild({ store, file, records, applied, vectorsOf, isClosed }: BuildOptions): Build {
  /** What is done next: `collection:id of the last record that is built`, or `gone:row of the last that was looked at`. */
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
    const now = step();
    if (now === null) return false;
    const [name, after] = now.split(':');
    if (name === GONE) await removeGone(now, Number(after));
    else await addStored(now, name!, after || null);
    return true;
  }

  async function addStored(begun: string, name: string, after: string | null): Promise<void> {
    const at = applied.text();
    let now: string | null = begun;
    const index = SEARCHED.findIndex((searched) => searched.name === name);
    const items = await SEARCHED[index]!.scan(store, after, PAGE);
    const vectors = await vectorsOf(items);
    await writeInSlices(file, {
      items,
      isValid: () => !isClosed() && applied.text() === at && step() === now,
      prepare: ({ record }) => record && records.prepare(record),
      apply: ({ record }, words) => {
        if (record) records.put(record, { words, vectors: vectors.get(record.hash) });
      },
      mark: (done) => {
        now = done > 0 ? `${name}:${items[done - 1]!.id}` : (startOf(index + 1) ?? (isDoubtful() ? `${GONE}:0` : null));
        file.setMeta('build', now);
      },
    });
  }

  async function removeGone(now: string, after: number): Promise<void> {
    const at = applied.text();
    const rows = records.list(after, PAGE);
    const idsOf = (name: string) => rows.filter(({ collection }) => collection === name).map(({ id }) => id);
    const stored = await Promise.all(SEARCHED.map((searched) => searched.get(store, idsOf(searched.name))));
    const gone = stored.flat().filter(({ record }) => record === null);
    const last = rows.at(-1);
    await writeInSlices(file, {
      items: gone,
      isValid: () => !isClosed() && applied.text() === at && step() === now,
      apply: ({ id }) => void records.remove(id),
      mark: (done) => {
        if (done < gone.length) return;
        file.setMeta('build', last ? `${GONE}:${last.rowid}` : null);
        if (!last) file.setMeta('doubt', null);
      },
    });
  }

  return { begin, beginAgain, goOn, isUnderWay: () => applied.text() === null || step() !== null, isDoubtful };
}

/** Where the build of a collection begins; null after the last. */
function startOf(index: number): string | null {
  const searched = SEARCHED[index];
  return searched ? `${searched.name}:` : null;
}
