import type { OpenProject } from '../../modes/contract.js';
import type { Mismatch } from '../transfer/compare.js';
import type { At } from '../transfer/copy.js';
import type { Repair } from './review.js';

/** The name of the vectors among the collections that are compared. */
export const VECTORS = 'vectors';

/** What comparing both sides works with. */
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
