import type { LogEntry } from '../../domain/log-entry.js';
import type { RecordBase } from '../../domain/record.js';
import type { OpenProject } from '../../modes/contract.js';
import { type Comparison, compareItems, type Mismatch } from '../transfer/compare.js';
import { documentItem, documentsAsOf, logUpTo, type RecordStream } from '../transfer/record-stream.js';
import type { VerifyStep } from './verify-step.js';
import { extraEntriesOf, type StreamScheme, verifyStream } from './verify-stream.js';

export interface VerifyKeptOptions {
  /** Where the project was. Nobody writes there. */
  readonly kept: OpenProject;
  /** Where the project lives. */
  readonly live: OpenProject;
  /** The last entry of the log when the project moved. */
  readonly movedSeq: number;
  /** An id made when verifying began: what was created since isn't compared. Left out: everything is. */
  readonly bound?: string | undefined;
  /** Whether something couldn't be copied. Left out: nothing was rejected. */
  readonly isRejected?: ((collection: string, id: string) => Promise<boolean>) | undefined;
  /** As in `verify`. */
  readonly rest?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares the kept source with where the project lives now, while it is written to: records that the log doesn't name
 * since the move must be equal; of those it names, the image from before their first entry must equal the kept record, as
 * long as the log still has it; the log up to the move must be the same. Yields steps like `verify`, without the vectors.
 * @throws the signal's reason, StoreError
 */
export async function* verifyKept(options: VerifyKeptOptions): AsyncGenerator<VerifyStep> {
  const { live, movedSeq, bound } = options;
  const { seq } = await live.store.log.head();
  const documents = documentsAsOf(live.store, seq, bound);
  const scheme = createScheme(options);
  for (const stream of [...documents, logUpTo(movedSeq)]) yield* verifyStream(stream, null, scheme);
}

function createScheme(options: VerifyKeptOptions): StreamScheme {
  const { kept, live, movedSeq, isRejected = async () => false, rest, signal } = options;
  return {
    ...{ source: kept.store, target: live.store, rest, signal },
    async review(stream, page) {
      const differing = page.filter(({ mismatch }) => mismatch !== null);
      const remaining = await (stream.isLog ? reviewEntries : reviewDocuments)(options, stream, differing);
      const mismatches: Mismatch[] = [];
      for (const mismatch of remaining)
        if (mismatch && !(await isRejected(stream.name, mismatch.recordId))) mismatches.push(mismatch);
      return { comparisons: page, mismatches, repaired: [] };
    },
    extraEntries: () => extraEntriesOf(kept.store, movedSeq, writtenAfterMove),
  };
}

/** The mismatches that what was written after the move doesn't explain; null for the others, in the same order. */
type Remaining = (
  options: VerifyKeptOptions,
  stream: RecordStream,
  differing: readonly Comparison[],
) => Promise<readonly (Mismatch | null)[]>;

/** A document that differs from the kept one may have been written since. */
const reviewDocuments: Remaining = async ({ kept, live, movedSeq }, stream, differing) => {
  const ids = differing.map(({ key }) => key);
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
    const left = compareItems(stream, key, was, then, 0).mismatch;
    if (!left || was?.kind !== 'document') return left;
    // An interrupted roll-back may have brought a later version.
    const later = await live.store.log.image(key, was.value.version);
    return later
      ? compareItems(stream, key, was, documentItem(stream.name, later as unknown as RecordBase), 0).mismatch
      : left;
  };
  return Promise.all(differing.map(review));
};

/** A purge may have erased the images of entries since. */
const reviewEntries: Remaining = async ({ kept, live, movedSeq }, stream, differing) => {
  const keys = differing.map(({ key }) => key);
  const [were, are] = await Promise.all([stream.get(kept.store, keys), stream.get(live.store, keys)]);
  const erased = are.map((item) => (item?.kind === 'entry' && item.value.isErased ? item.value.recordId : null));
  const records = [...new Set(erased.filter((id) => id !== null))];
  const lasts = await live.store.log.ofEach(records, 'LAST', movedSeq);
  const purged = new Set(lasts.flatMap((entry) => (entry?.operation === 'PURGE' ? [entry.recordId] : [])));
  return differing.map(({ key, mismatch }, index) => {
    const id = erased[index];
    const was = were[index];
    // Of an entry whose image is gone, everything else must be the same.
    return id && was && purged.has(id) ? compareItems(stream, key, was, are[index]!, Number(key)).mismatch : mismatch;
  });
};

/** Nobody may write into the kept source. */
const writtenAfterMove = ({ collection }: LogEntry) =>
  `It was written into ${collection} of the kept source after the move.`;
