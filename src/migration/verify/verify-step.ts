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
  /** Where to resume, and the digest of the step there; null: from the start. */
  readonly from: (At & { readonly digest: string }) | null;
  /** An id made when verifying began: what was created since is compared as it is replayed. Left out: everything found is compared. */
  readonly bound?: string | undefined;
  /** Replays the source's log up to its head as of the call. It may also be replayed at any other time. */
  readonly catchUp: () => Promise<void>;
  /** Copies what differs again, once; null: only compares. */
  readonly repair: Repair | null;
  /** Whether a record couldn't be copied, and so may be missing. */
  readonly isRejected: (collection: string, id: string) => Promise<boolean>;
  /** Whether both sides' vectors are of the same model, and so must be equal. */
  readonly isSameModel: boolean;
  /** How long the target's index is awaited in all, in ms: memories without vectors then are pending. Left out: 10,000. */
  readonly patienceMs?: number | undefined;
  /** Waits between reading two pages, so that other requests are served. Left out: no wait. */
  readonly rest?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was compared since the previous step. Each collection has at least one step, in the order in which they are copied. */
export interface VerifyStep {
  /** The collection, or `log`, or `vectors`; everything up to there is compared: a checkpoint. */
  readonly at: At;
  readonly compared: number;
  /** What differs between the sides, and still does. */
  readonly mismatches: readonly Mismatch[];
  /** What differed until it was copied again. */
  readonly repaired: readonly Mismatch[];
  /** Running hex SHA-256 over the digests of the collection's records up to there, in order, as the source has them. */
  readonly digest: string;
  /** In the last step of the vectors: how far both sides agree on nearest neighbours, 0 to 1; null when there are too few to tell. */
  readonly agreement?: number | null;
}
