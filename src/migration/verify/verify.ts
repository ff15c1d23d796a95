import type { Side } from '../side.js';
import type { Mismatch } from '../transfer/compare.js';
import { digestWith, NO_DIGEST } from '../transfer/digest.js';
import { readAhead, strandsFrom, withRests } from '../transfer/pages.js';
import { documentsAsOf, logUpTo, type Strand } from '../transfer/record-stream.js';
import { entriesBeyond } from './beyond.js';
import { pairsOf } from './pairs.js';
import { createReview, type Review } from './review.js';
import { VECTORS, type VerifyOptions, type VerifyStep } from './verify-step.js';
import { verifyVectors } from './verify-vectors.js';

/**
 * Compares both sides record by record and field by field, the log entry by entry, then the vectors, while writers go on.
 * What differs is looked at again, so that lag isn't taken for a mismatch: what is written after comparing began is
 * compared as it is replayed. So comparing waits for no replay but the first, however busy the writers are.
 * @throws the signal's reason, what `catchUp` throws, RouteChangedError, StoreError
 */
export async function* verify(options: VerifyOptions): AsyncGenerator<VerifyStep> {
  const { source, target, from, bound, catchUp, signal } = options;
  if (from?.collection !== VECTORS) {
    // What was written until now is compared here, what comes later as it is replayed.
    const { seq } = await source.store.log.head();
    await catchUp();
    const review = createReview({ ...options, source: source.store, target: target.store, since: seq });
    let start = from;
    const documents = documentsAsOf(source.store, seq, bound);
    for (const strand of strandsFrom([...documents, logUpTo(seq)], from?.collection)) {
      yield* verifyStrand(options, review, strand, start);
      start = null;
    }
    signal?.throwIfAborted();
  }
  yield* verifyVectors({ ...options, from: from?.collection === VECTORS ? from : null });
}

async function* verifyStrand(
  { source, target, rest, signal }: VerifyOptions,
  review: Review,
  strand: Strand,
  from: VerifyOptions['from'],
): AsyncGenerator<VerifyStep> {
  let digest = from?.digest || NO_DIGEST;
  let after = from?.after ?? null;
  const step = (compared: number, mismatches: readonly Mismatch[], repaired: readonly Mismatch[]): VerifyStep => ({
    ...{ at: { collection: strand.name, after }, compared, mismatches, repaired, digest },
  });
  for await (const looks of readAhead(withRests(pairsOf(strand, source.store, target.store, after), rest))) {
    signal?.throwIfAborted();
    const reviewed = await review.of(strand, looks);
    for (const look of reviewed.looks) if (look.digest !== null) digest = digestWith(digest, look.digest);
    after = looks.at(-1)!.key;
    // No entry of the log tells the index of a record that was copied again.
    if (reviewed.repaired.length > 0 && !strand.isLog) await target.search.repair();
    yield step(reviewed.looks.length, reviewed.mismatches, reviewed.repaired);
  }
  const extra = strand.isLog ? await extraEntries(source, target) : [];
  yield step(extra.length, extra, []);
}

/** An import can't take them away again. */
async function extraEntries(source: Side, target: Side): Promise<readonly Mismatch[]> {
  const theirs = await target.store.log.head();
  const ours = await source.store.log.head();
  return theirs.seq > ours.seq ? entriesBeyond(target.store, ours.seq, () => "The source doesn't have it.") : [];
}
