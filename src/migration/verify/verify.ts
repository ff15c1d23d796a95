import type { OpenProject } from '../../modes/contract.js';
import type { Mismatch } from '../transfer/compare.js';
import type { At } from '../transfer/copy.js';
import { digestWith, NO_DIGEST } from '../transfer/digest.js';
import { readAhead, streamsFrom, withRests } from '../transfer/pages.js';
import { documentsAsOf, logUpTo, type RecordStream } from '../transfer/record-stream.js';
import { entriesAfter } from './beyond.js';
import { pairsOf } from './pairs.js';
import { createReview, type Repair, type Review } from './review.js';
import { VECTORS, verifyVectors } from './verify-vectors.js';

export type { Mismatch } from '../transfer/compare.js';

export interface VerifyOptions {
  readonly source: OpenProject;
  readonly target: OpenProject;
  /** Where to go on, and the digest that the step had; null: from the start. */
  readonly from: (At & { readonly digest: string }) | null;
  /** An id made when verifying began: what was created since is compared as it is replayed. Left out: what there is is compared. */
  readonly bound?: string | undefined;
  /** Replays the source's log up to its head as of the call. It may be replayed at any other time too. */
  readonly catchUp: () => Promise<void>;
  /** Copies what differs again, once; null: only looks. */
  readonly repair: Repair | null;
  /** Whether something couldn't be copied, and so may be missing. */
  readonly isRejected: (collection: string, id: string) => Promise<boolean>;
  /** Whether both sides' vectors are of one model, so that they must be equal. */
  readonly isSameModel: boolean;
  /** How long, in ms, the target's index is waited for in all: what waits for its vector then is pending. Left out: 10 seconds. */
  readonly patienceMs?: number | undefined;
  /** Waits between two pages that are read, so that others are served meanwhile. Left out: it doesn't. */
  readonly rest?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was compared since the step before. Each collection has at least one step, in the order in which they are copied. */
export interface VerifyStep {
  /** In which collection, or `log`, or `vectors`; everything up to there is compared: a checkpoint. */
  readonly at: At;
  readonly compared: number;
  /** What isn't the same on both sides, and stayed so. */
  readonly mismatches: readonly Mismatch[];
  /** What wasn't, until it was copied again. */
  readonly repaired: readonly Mismatch[];
  /** Hex SHA-256 that runs over the digests of all of the collection's records up to there, in order, as the source has them. */
  readonly digest: string;
  /** In the last step of the vectors: how far both sides agree on nearest neighbours, 0 to 1; null when there are too few to tell. */
  readonly agreement?: number | null;
}

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
    for (const stream of streamsFrom([...documents, logUpTo(seq)], from?.collection)) {
      yield* verifyStream(options, review, stream, start);
      start = null;
    }
    signal?.throwIfAborted();
  }
  yield* verifyVectors({ ...options, from: from?.collection === VECTORS ? from : null });
}

async function* verifyStream(
  { source, target, rest, signal }: VerifyOptions,
  review: Review,
  stream: RecordStream,
  from: VerifyOptions['from'],
): AsyncGenerator<VerifyStep> {
  let digest = from?.digest || NO_DIGEST;
  let after = from?.after ?? null;
  const step = (compared: number, mismatches: readonly Mismatch[], repaired: readonly Mismatch[]): VerifyStep => ({
    ...{ at: { collection: stream.name, after }, compared, mismatches, repaired, digest },
  });
  for await (const looks of readAhead(withRests(pairsOf(stream, source.store, target.store, after), rest))) {
    signal?.throwIfAborted();
    const reviewed = await review.of(stream, looks);
    for (const look of reviewed.looks) if (look.digest !== null) digest = digestWith(digest, look.digest);
    after = looks.at(-1)!.key;
    // No entry of the log tells the index of a record that was copied again.
    if (reviewed.repaired.length > 0 && !stream.isLog) await target.search.repair();
    yield step(reviewed.looks.length, reviewed.mismatches, reviewed.repaired);
  }
  const extra = stream.isLog ? await extraEntries(source, target) : [];
  yield step(extra.length, extra, []);
}

/** An import can't take them away again. */
async function extraEntries(source: OpenProject, target: OpenProject): Promise<readonly Mismatch[]> {
  const theirs = await target.store.log.head();
  const ours = await source.store.log.head();
  return theirs.seq > ours.seq ? entriesAfter(target.store, ours.seq, () => "The source doesn't have it.") : [];
}
