import { type LogPosition, positionAfter } from '../../domain/log-position.js';
import type { Store } from '../../storage/store.js';
import type { RejectHandler } from '../errors.js';
import { requireHeld, SOURCE, TARGET } from '../runner/checkpoint.js';
import { comparable, compareKeys, type Mismatch } from './compare.js';
import { digestOf } from './digest.js';
import { inGroups, pagesOf } from './pages.js';
import { DOCUMENT_STREAMS, logUpTo, type RecordStream, type StreamItem, specOf } from './record-stream.js';
import { createTransfer, type RecordName, readCurrent, type Transfer, type TransferBatch } from './transfer.js';

interface ReplayOptions {
  readonly source: Store;
  readonly target: Store;
  /** The target's, negative. */
  readonly epoch: number;
  /** The last entry of the log that the target has. */
  readonly after: LogPosition;
  /** The most entries to replay. Fewer when they are large. */
  readonly limit: number;
  readonly onReject: RejectHandler;
}

export interface Replayed {
  /** The entry up to which the target has everything now. */
  readonly end: LogPosition;
  /** Entries replayed; 0 when there was nothing new. */
  readonly entries: number;
  /** What the target doesn't have as it was just written. */
  readonly mismatches: readonly Mismatch[];
}

/** Bytes of JSON held of a page of the log. */
const PAGE_BYTES = 8 * 1_048_576;

/** The digest of each item as it was last written, by collection and key; null when it was removed. */
type Written = Map<string, Map<string, string | null>>;

/**
 * Brings the target one page of the source's log further: writes the current documents of all records that the page names,
 * removing those that are gone, then the entries as they are, and reads back what it wrote. Only one may run at a time.
 * @throws MigrationFailure when the source or the target has another log than the one replayed so far
 * @throws what `onReject` throws, RouteChangedError, StoreError
 */
export async function replay({ source, target, epoch, after, limit, onReject }: ReplayOptions): Promise<Replayed> {
  const entries = await readEntries(source, after.seq, limit);
  // Checked after reading them, so that they are known to continue what the target has.
  const from = await requireHeld(source, after, SOURCE);
  await requireHeld(target, from, TARGET);
  const last = entries.at(-1);
  const end = last?.kind === 'entry' ? positionAfter(last.value) : from;
  const { seq } = end;
  const floor = Math.min((await source.log.head()).floor, seq);
  const written: Written = new Map();
  const transfer = createTransfer({ source, target, epoch, onReject, onWritten: (batch) => note(written, batch) });
  if (entries.length > 0) await transferPage(source, transfer, entries, floor);
  else if ((await target.log.head()).floor < floor) await transfer.write({ items: [], removed: [], floor });
  const mismatches = [...DOCUMENT_STREAMS, logUpTo(seq)].map((stream) =>
    readBack(stream, source, target, written.get(stream.name) ?? new Map()),
  );
  return { end, entries: entries.length, mismatches: (await Promise.all(mismatches)).flat() };
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

/** Documents go first: followers of the target's log must find what its entries name. */
async function transferPage(
  source: Store,
  transfer: Transfer,
  entries: readonly StreamItem[],
  floor: number | undefined,
): Promise<void> {
  let waiting: TransferBatch = { items: [], removed: [] };
  for (const { keys: names, learn } of inGroups(namedBy(entries))) {
    if (waiting.items.length + waiting.removed.length > 0) await transfer.write(waiting);
    waiting = await readCurrent(source, names);
    learn(waiting.items);
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

// — reading back —

/** Notes the digests alone: the items may be too large to hold together. */
function note(written: Written, { items, removed }: TransferBatch): void {
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
  const suspects: string[] = [];
  for (const { keys, learn } of inGroups([...written.keys()].sort(stream.order))) {
    const found = await stream.get(target, keys);
    learn(found);
    for (const [index, key] of keys.entries()) {
      const item = found[index] ?? null;
      if ((item && digestOf(comparable(item, 0))) !== written.get(key)) suspects.push(key);
    }
  }
  // A purge or the floor may have erased an image since it was read: then the source's is erased as well.
  const comparisons = await compareKeys(stream, source, target, suspects);
  return comparisons.flatMap(({ mismatch }) => mismatch ?? []);
}
