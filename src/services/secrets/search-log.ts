import type { LogEntry } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import { CATALOG_COLLECTIONS, PROJECT_COLLECTIONS } from '../../storage/collections.js';
import type { CollectionSpec, Store } from '../../storage/store.js';
import { sizeOf } from '../../util/json/json.js';
import type { FoundSecret } from './examine.js';
import type { Progress } from './progress.js';

/**
 * Searches the images of these entries.
 * @param store whose log they are of
 * @returns the images with something to redact, redacted
 */
export async function searchEntries(
  progress: Progress,
  store: Store,
  entries: readonly LogEntry[],
): Promise<readonly RecordBase[]> {
  const redacted: RecordBase[] = [];
  for (const { collection, before, recordId } of entries) {
    progress.counts.entriesScanned += 1;
    if (!before) continue;
    const image = before as object as RecordBase;
    const examined = await progress.examine(collection, image, true);
    if (examined.redacted !== image) redacted.push(examined.redacted);
    if (examined.found.some(({ obstacle }) => obstacle !== null)) progress.counts.entriesLeft += 1;
    if (examined.found.length > 0)
      await progress.findings.addEntry(recordId, examined.found, isInRecord(progress, store, collection, recordId));
  }
  return redacted;
}

/** The most entries that are searched, and the size of the images found in them, before these are rewritten. */
const MOST_ENTRIES = 2_000;
const MOST_BYTES = 8 * 2 ** 20;

/**
 * Searches a log from after a number on, as far as its images are rewritten together: each rewriting may read all of a log
 * that is in files.
 * @returns also the number to continue after; null at the end of the log
 */
export async function searchLog(
  progress: Progress,
  store: Store,
  after: number,
  limit: number,
): Promise<{ readonly images: readonly RecordBase[]; readonly next: number | null }> {
  const images: RecordBase[] = [];
  let next = after;
  let size = 0;
  for (let searched = 0; searched < MOST_ENTRIES && size < MOST_BYTES; ) {
    const entries = await store.log.read(next, limit);
    if (entries.length === 0) return { images, next: null };
    const found = await searchEntries(progress, store, entries);
    images.push(...found);
    size += sizeOf(found, MOST_BYTES);
    searched += entries.length;
    next = entries.at(-1)!.seq;
  }
  return { images, next };
}

/** Whether the record still has a secret that an image of it has. */
function isInRecord(progress: Progress, store: Store, collection: string, recordId: string) {
  let has: Promise<readonly FoundSecret[]> | null = null;
  const search = async (): Promise<readonly FoundSecret[]> => {
    const spec = SPECS.find(({ name }) => name === collection);
    const [record] = spec ? await store.collection(spec).get([recordId]) : [];
    return record ? (await progress.examine(collection, record, false)).found : [];
  };
  return async ({ field, rule }: FoundSecret): Promise<boolean> => {
    has ??= search();
    return (await has).some((each) => each.field === field && each.rule === rule);
  };
}

const SPECS = [...PROJECT_COLLECTIONS, ...CATALOG_COLLECTIONS] as readonly CollectionSpec<RecordBase>[];
