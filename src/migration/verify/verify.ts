import type { OpenProject } from '../../modes/contract.js';
import type { Mismatch } from '../transfer/compare.js';
import { streamsFrom } from '../transfer/pages.js';
import { documentsAsOf, logUpTo } from '../transfer/record-stream.js';
import { createReview } from './review.js';
import { VECTORS, type VerifyOptions, type VerifyStep } from './verify-step.js';
import { extraEntriesOf, type StreamScheme, verifyStream } from './verify-stream.js';
import { verifyVectors } from './verify-vectors.js';

/**
 * Compares both sides record by record and field by field, the log entry by entry, then the vectors, while writers
 * continue. Differences are compared again, so that lag doesn't count as a mismatch: what is written after this began is
 * compared as it is replayed. So it waits for no replay but the first, however busy the writers are.
 * @throws the signal's reason, what `catchUp` throws, RouteChangedError, StoreError
 */
export async function* verify(options: VerifyOptions): AsyncGenerator<VerifyStep> {
  const { source, from, bound, catchUp, signal } = options;
  if (from?.collection !== VECTORS) {
    // What was written until now is compared here, what comes later as it is replayed.
    const { seq } = await source.store.log.head();
    await catchUp();
    const scheme = createScheme(options, seq);
    let start = from;
    const documents = documentsAsOf(source.store, seq, bound);
    for (const stream of streamsFrom([...documents, logUpTo(seq)], from?.collection)) {
      yield* verifyStream(stream, start, scheme);
      start = null;
    }
    signal?.throwIfAborted();
  }
  yield* verifyVectors({ ...options, from: from?.collection === VECTORS ? from : null });
}

/** What differs is compared again, and copied again. @param since the last entry that the target has for certain */
function createScheme(options: VerifyOptions, since: number): StreamScheme {
  const { source, target, rest, signal } = options;
  const review = createReview({ ...options, source: source.store, target: target.store, since });
  return {
    ...{ source: source.store, target: target.store, rest, signal },
    async review(stream, page) {
      const reviewed = await review.of(stream, page);
      // No entry of the log tells the index about a record that was copied again.
      if (reviewed.repaired.length > 0 && !stream.isLog) await target.search.repair();
      return reviewed;
    },
    extraEntries: () => extraEntries(source, target),
  };
}

/** No import can remove them. */
async function extraEntries(source: OpenProject, target: OpenProject): Promise<readonly Mismatch[]> {
  const theirs = await target.store.log.head();
  const ours = await source.store.log.head();
  return theirs.seq > ours.seq ? extraEntriesOf(target.store, ours.seq, () => "The source doesn't have it.") : [];
}
