import type { LogEntry } from '../domain/log-entry.js';
import type { RecordBase } from '../domain/record.js';
import { compareItems, type Look, type Mismatch } from './compare.js';
import { digestWith, NO_DIGEST } from './digest.js';
import { readAhead } from './pages.js';
import { pairsOf } from './pairs.js';
import type { Side } from './side.js';
import { DOCUMENTS, documentItem, logUpTo, type Strand } from './strand.js';
import type { VerifyStep } from './verify.js';

export interface VerifyKeptOptions {
  /** Where the project was. Nobody writes there. */
  readonly kept: Side;
  /** Where it is. */
  readonly live: Side;
  /** The last entry of the log when it was moved. */
  readonly movedSeq: number;
  /** Whether something couldn't be copied. Left out: nothing was rejected. */
  readonly isRejected?: ((collection: string, id: string) => Promise<boolean>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares what was kept with where the project lives now, while it is written to: what the log doesn't name since the move
 * must be equal; of what it names, the image from before its first entry must equal what was kept, as far as it still has
 * it; and the log up to the move must be the same. Steps are as those of `verify`, without the vectors.
 */
export async function* verifyKept(options: VerifyKeptOptions): AsyncGenerator<VerifyStep> {
  for (const strand of [...DOCUMENTS, logUpTo(options.movedSeq)]) yield* verifyStrand(options, strand);
}

async function* verifyStrand(options: VerifyKeptOptions, strand: Strand): AsyncGenerator<VerifyStep> {
  const { kept, live, movedSeq, isRejected = async () => false, signal } = options;
  let digest = NO_DIGEST;
  let after: string | null = null;
  const step = (compared: number, mismatches: readonly Mismatch[]): VerifyStep => ({
    ...{ at: { collection: strand.name, after }, compared, mismatches, repaired: [], digest },
  });
  for await (const looks of readAhead(pairsOf(strand, kept.store, live.store, null))) {
    signal?.throwIfAborted();
    const mismatches: Mismatch[] = [];
    for (const look of looks) {
      if (look.digest !== null) digest = digestWith(digest, look.digest);
      if (!look.mismatch) continue;
      const mismatch = strand.isLog
        ? await reviewEntry(options, strand, look.mismatch)
        : await reviewDocument(options, strand, look);
      if (mismatch && !(await isRejected(strand.name, look.key))) mismatches.push(mismatch);
    }
    after = looks.at(-1)!.key;
    yield step(looks.length, mismatches);
  }
  const extra = strand.isLog ? await beyond(kept, movedSeq) : [];
  yield step(extra.length, extra);
}

/** A document that isn't as it was kept may have been written since. */
async function reviewDocument({ kept, live, movedSeq }: VerifyKeptOptions, strand: Strand, { key, mismatch }: Look) {
  const first = await firstSince(live, key, movedSeq);
  if (!first || first.collection !== strand.name) return mismatch;
  // What was purged since, or is older than the log's images, can't be compared any more.
  if (first.before === null && first.isErased) return null;
  const [was] = await strand.get(kept.store, [key]);
  const then = first.before && documentItem(strand.name, first.before as unknown as RecordBase);
  const found = compareItems(strand, key, was ?? null, then, 0).mismatch;
  if (!found || was?.kind !== 'document') return found;
  // A way back that was broken off may have brought a later version.
  const later = await live.store.log.image(key, was.value.version);
  return later
    ? compareItems(strand, key, was, documentItem(strand.name, later as unknown as RecordBase), 0).mismatch
    : found;
}

/** An entry's image may have been erased by a purge since. */
async function reviewEntry({ kept, live, movedSeq }: VerifyKeptOptions, strand: Strand, mismatch: Mismatch) {
  const [[was], [is]] = await Promise.all([
    strand.get(kept.store, [mismatch.recordId]),
    strand.get(live.store, [mismatch.recordId]),
  ]);
  if (was?.kind !== 'entry' || is?.kind !== 'entry' || !is.value.isErased) return mismatch;
  const { seq, recordId } = is.value;
  if (!(await wasPurged(live, recordId, movedSeq))) return mismatch;
  return compareItems(strand, mismatch.recordId, was, is, seq).mismatch;
}

async function firstSince({ store }: Side, recordId: string, seq: number): Promise<LogEntry | null> {
  const { items } = await store.log.list({ recordId, direction: 'ASC', after: seq, limit: 1 });
  return items[0]?.entry ?? null;
}

async function wasPurged({ store }: Side, recordId: string, since: number): Promise<boolean> {
  const { items } = await store.log.list({ recordId, direction: 'DESC', limit: 1 });
  return items.some(({ entry }) => entry.operation === 'PURGE' && entry.seq > since);
}

/** What was written into the kept store since: nobody may. */
async function beyond({ store }: Side, movedSeq: number): Promise<readonly Mismatch[]> {
  const entries = await store.log.read(movedSeq, SHOWN);
  return entries.map(({ seq, collection }) => ({
    ...{ collection: 'log', recordId: `${seq}`, differing: [] },
    reason: `It was written into ${collection} of the kept source after the move.`,
  }));
}

/** Of entries that are too many, so many are named. */
const SHOWN = 100;
