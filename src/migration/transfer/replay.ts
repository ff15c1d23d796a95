import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import type { RejectHandler } from '../errors.js';
import { requireHeld, SOURCE, TARGET } from '../runner/checkpoint.js';
import { comparable, lookAt, type Mismatch } from './compare.js';
import { digestOf } from './digest.js';
import { createPageLimit, inGroups, pagesOf } from './pages.js';
import {
  DOCUMENT_STREAMS,
  documentItem,
  logUpTo,
  type RecordStream,
  type StreamItem,
  specOf,
} from './record-stream.js';
import { createTransfer, type RecordName, type Transfer, type TransferBatch } from './transfer.js';

export interface ReplayOptions {
  readonly source: Store;
  readonly target: Store;
  /** The target's, negative. */
  readonly epoch: number;
  /** After the last entry of the log that the target has. */
  readonly after: LogPosition;
  /** The most entries to replay. Fewer when they are large. */
  readonly limit: number;
  readonly onReject: RejectHandler;
}

export interface Replayed {
  /** Up to which entry the target has everything now. */
  readonly end: LogPosition;
  /** How many were replayed; 0 when there was nothing new. */
  readonly entries: number;
  /** What isn't at the target as it was just written. */
  readonly mismatches: readonly Mismatch[];
}

/** What is held of a page of the log, in bytes of JSON. */
const PAGE_BYTES = 8 * 1_048_576;

/**
 * Brings the target one page of the source's log further: the current documents of all records that the page names, removed
 * where they are gone, then the entries as they are. What was written is read back. Only one may replay at a time.
 * @throws MigrationFailure when one of the logs isn't the one that was replayed up to there
 * @throws what `onReject` throws, RouteChangedError, StoreError
 */
export async function replay({ source, target, epoch, after, limit, onReject }: ReplayOptions): Promise<Replayed> {
  const entries = await readEntries(source, after.seq, limit);
  // Asked after they were read: then they follow on what the target has.
  const from = await requireHeld(source, after, SOURCE);
  await requireHeld(target, from, TARGET);
  const last = entries.at(-1);
  const end = last?.kind === 'entry' ? positionAfter(last.value) : from;
  const { seq } = end;
  const floor = Math.min((await source.log.head()).floor, seq);
  const written = new Map<string, Map<string, string | null>>();
  const transfer = createTransfer({ source, target, epoch, onReject, onWritten: (part) => note(written, part) });
  if (entries.length > 0) await transferPage(source, transfer, entries, floor);
  else if ((await target.log.head()).floor < floor) await transfer.write({ items: [], removed: [], floor });
  const looks = [...DOCUMENT_STREAMS, logUpTo(seq)].map((stream) =>
    readBack(stream, source, target, written.get(stream.name) ?? new Map()),
  );
  return { end, entries: entries.length, mismatches: (await Promise.all(looks)).flat() };
}

async function readEntries(source: Store, after: number, limit: number): Promise<readonly StreamItem[]> {
  const entries: StreamItem[] = [];
  let bytes = 0;
  for await (const { items } of pagesOf(source, [logUpTo(Number.MAX_SAFE_INTEGER)], `${after}`, limit)) {
    entries.push(...items);
    bytes += items.reduce((sum, item) => sum + item.bytes, 0);
    if (entries.length >= limit || bytes >= PAGE_BYTES) break;
  }
  return entries.slice(0, limit);
}

/** Documents go first, so that nobody who follows the target's log is told of what isn't there yet. */
async function transferPage(
  source: Store,
  transfer: Transfer,
  entries: readonly StreamItem[],
  floor: number | undefined,
): Promise<void> {
  const records = namedBy(entries);
  const limit = createPageLimit(Math.max(1, records.length));
  let waiting: TransferBatch = { items: [], removed: [] };
  for await (const group of inGroups(records, limit)) {
    if (waiting.items.length + waiting.removed.length > 0) await transfer.write(waiting);
    waiting = await current(source, group);
    limit.saw(waiting.items);
  }
  await transfer.write({ items: [...waiting.items, ...entries], removed: waiting.removed, floor });
}

/** The records that entries are about, each once. */
function namedBy(entries: readonly StreamItem[]): readonly RecordName[] {
  const found = new Map<string, RecordName>();
  for (const item of entries) {
    if (item.kind === 'document' || !specOf(item.value.collection)) continue;
    const { collection, recordId: id } = item.value;
    found.set(`${collection} ${id}`, { collection, id });
  }
  return [...found.values()];
}

/** The records as the source has them now. */
async function current(source: Store, records: readonly RecordName[]): Promise<TransferBatch> {
  const items: StreamItem[] = [];
  const removed: RecordName[] = [];
  for (const { name } of DOCUMENT_STREAMS) {
    const ids = records.filter(({ collection }) => collection === name).map(({ id }) => id);
    if (ids.length === 0) continue;
    const documents = await source.collection(specOf(name)!).get(ids);
    for (const [index, id] of ids.entries()) {
      const document = documents[index];
      if (document) items.push(documentItem(name, document));
      else removed.push({ collection: name, id });
    }
  }
  return { items, removed };
}

// — reading back —

/** Remembers what was written last of each thing by its digest: all of it may be too much to hold. */
function note(written: Map<string, Map<string, string | null>>, { items, removed }: TransferBatch): void {
  const put = (collection: string, key: string, digest: string | null) =>
    void written.set(collection, (written.get(collection) ?? new Map()).set(key, digest));
  for (const item of items) put(item.collection, item.key, digestOf(item.value));
  for (const { collection, id } of removed) put(collection, id, null);
}

async function readBack(
  stream: RecordStream,
  source: Store,
  target: Store,
  written: ReadonlyMap<string, string | null>,
): Promise<readonly Mismatch[]> {
  const keys = [...written.keys()].sort(stream.order);
  const limit = createPageLimit(Math.max(1, keys.length));
  const suspects: string[] = [];
  for await (const group of inGroups(keys, limit)) {
    const found = await stream.get(target, group);
    limit.saw(found);
    for (const [index, key] of group.entries()) {
      const item = found[index] ?? null;
      if ((item && digestOf(comparable(item, 0))) !== written.get(key)) suspects.push(key);
    }
  }
  // A purge or the floor may have erased an image since it was read: then the source's is erased as well.
  const looks = await lookAt(stream, source, target, suspects);
  return looks.flatMap(({ mismatch }) => mismatch ?? []);
}
