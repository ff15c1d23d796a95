import type { LogEntry } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import type { OpenProject } from '../../modes/contract.js';
import { type Comparison, compareItems, type Mismatch } from '../transfer/compare.js';
import { digestWith, NO_DIGEST } from '../transfer/digest.js';
import { readAhead, withRests } from '../transfer/pages.js';
import { documentItem, documentsAsOf, logUpTo, type RecordStream } from '../transfer/record-stream.js';
import { entriesAfter } from './beyond.js';
import { pairsOf } from './pairs.js';
import type { VerifyStep } from './verify.js';

export interface VerifyKeptOptions {
  /** Where the project was. Nobody writes there. */
  readonly kept: OpenProject;
  /** Where it is. */
  readonly live: OpenProject;
  /** The last entry of the log when it was moved. */
  readonly movedSeq: number;
  /** An id made when verifying began: what was created since isn't looked at. Left out: all that there is. */
  readonly bound?: string | undefined;
  /** Whether something couldn't be copied. Left out: nothing was rejected. */
  readonly isRejected?: ((collection: string, id: string) => Promise<boolean>) | undefined;
  /** As in `verify`. */
  readonly rest?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares what was kept with where the project lives now, while it is written to: what the log doesn't name since the move
 * must be equal; of what it names, the image from before its first entry must equal what was kept, as far as it still has
 * it; and the log up to the move must be the same. Steps are as those of `verify`, without the vectors.
 */
export async function* verifyKept(options: VerifyKeptOptions): AsyncGenerator<VerifyStep> {
  const { live, movedSeq, bound } = options;
  const { seq } = await live.store.log.head();
  const documents = documentsAsOf(live.store, seq, bound);
  for (const stream of [...documents, logUpTo(movedSeq)]) yield* verifyStream(options, stream);
}

async function* verifyStream(options: VerifyKeptOptions, stream: RecordStream): AsyncGenerator<VerifyStep> {
  const { kept, live, movedSeq, isRejected = async () => false, rest, signal } = options;
  let digest = NO_DIGEST;
  let after: string | null = null;
  const step = (compared: number, mismatches: readonly Mismatch[]): VerifyStep => ({
    ...{ at: { collection: stream.name, after }, compared, mismatches, repaired: [], digest },
  });
  for await (const looks of readAhead(withRests(pairsOf(stream, kept.store, live.store, null), rest))) {
    signal?.throwIfAborted();
    for (const look of looks) if (look.digest !== null) digest = digestWith(digest, look.digest);
    const differing = looks.filter(({ mismatch }) => mismatch !== null);
    const reviewed = await (stream.isLog ? reviewEntries : reviewDocuments)(options, stream, differing);
    const mismatches: Mismatch[] = [];
    for (const mismatch of reviewed)
      if (mismatch && !(await isRejected(stream.name, mismatch.recordId))) mismatches.push(mismatch);
    after = looks.at(-1)!.key;
    yield step(looks.length, mismatches);
  }
  const extra = stream.isLog ? await entriesAfter(kept.store, movedSeq, writtenAfter) : [];
  yield step(extra.length, extra);
}

/** What is left of the mismatches of a page when what came after the move is taken into account, in their order. */
type Review = (
  options: VerifyKeptOptions,
  stream: RecordStream,
  looks: readonly Comparison[],
) => Promise<readonly (Mismatch | null)[]>;

/** Documents that aren't as they were kept may have been written since. */
const reviewDocuments: Review = async ({ kept, live, movedSeq }, stream, looks) => {
  const ids = looks.map(({ key }) => key);
  const [firsts, found] = await Promise.all([
    live.store.log.ofEach(ids, 'FIRST', movedSeq),
    stream.get(kept.store, ids),
  ]);
  const review = async ({ key, mismatch }: Comparison, index: number) => {
    const first = firsts[index];
    if (!first || first.collection !== stream.name) return mismatch;
    // What was purged since, or is older than the log's images, can't be compared any more.
    if (first.before === null && first.isErased) return null;
    const was = found[index] ?? null;
    const then = first.before && documentItem(stream.name, first.before as unknown as RecordBase);
    const differing = compareItems(stream, key, was, then, 0).mismatch;
    if (!differing || was?.kind !== 'document') return differing;
    // A way back that was broken off may have brought a later version.
    const later = await live.store.log.image(key, was.value.version);
    return later
      ? compareItems(stream, key, was, documentItem(stream.name, later as unknown as RecordBase), 0).mismatch
      : differing;
  };
  return Promise.all(looks.map(review));
};

/** The images of entries may have been erased by a purge since. */
const reviewEntries: Review = async ({ kept, live, movedSeq }, stream, looks) => {
  const keys = looks.map(({ key }) => key);
  const [were, are] = await Promise.all([stream.get(kept.store, keys), stream.get(live.store, keys)]);
  const erased = are.map((item) => (item?.kind === 'entry' && item.value.isErased ? item.value.recordId : null));
  const records = [...new Set(erased.filter((id) => id !== null))];
  const lasts = await live.store.log.ofEach(records, 'LAST', movedSeq);
  const purged = new Set(lasts.flatMap((entry) => (entry?.operation === 'PURGE' ? [entry.recordId] : [])));
  return looks.map(({ key, mismatch }, index) => {
    const id = erased[index];
    const was = were[index];
    // Of an entry whose image is gone, all but the image must be the same.
    return id && was && purged.has(id) ? compareItems(stream, key, was, are[index]!, Number(key)).mismatch : mismatch;
  });
};

/** Nobody may write into what was kept. */
const writtenAfter = ({ collection }: LogEntry) =>
  `It was written into ${collection} of the kept source after the move.`;
