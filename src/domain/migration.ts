import type { LogPosition } from './log-position.js';
import type { Place } from './place.js';
import type { RecordBase } from './record.js';

/**
 * A project's move to another place, as stored in the catalog: what to do, how far it is, and its result. Every version of
 * this record is one event of its progress, and the record's log is the history of the move.
 */
export interface Migration extends RecordBase {
  readonly projectId: string;
  /** The project's id until the migration has ended, so that there is only one at a time; null afterwards. */
  readonly activeFor: string | null;
  readonly from: Place;
  readonly to: Place;
  readonly options: MigrationOptions;
  readonly phase: MigrationPhase;
  /** Whether the phases from `CATCHING_UP` on lead back to the source. */
  readonly isRollingBack: boolean;
  /** Nothing is done until it is resumed. Before the cut-over, writes to the project continue meanwhile. */
  readonly isPaused: boolean;
  /**
   * Of a paused one: whether work from before the pause may still be under way. The runner clears it once that has stopped.
   * Left out in records of earlier versions, where it isn't known.
   */
  readonly isPausing?: boolean;
  /** The action requested and not done yet. */
  readonly requestedAction: MigrationAction | null;
  /** Whether data it wrote where the project doesn't live is still to be removed. */
  readonly hasLeftovers: boolean;
  readonly runner: Runner;
  readonly checkpoint: Checkpoint;
  readonly progress: Progress;
  /** The result of the preflight; null before. */
  readonly preflight: Preflight | null;
  /** The result of the last verification; null before the first. */
  readonly verification: Verification | null;
  /** What is happening, or why nothing is; for people. */
  readonly message: string;
  /** Why it failed, or what currently prevents its progress; null when nothing does. */
  readonly problem: Problem | null;
  readonly movedAt: string | null;
  /** When it ended: failed, cancelled, rolled back or finalized. */
  readonly endedAt: string | null;
}

export type MigrationPhase =
  | 'PLANNED'
  | 'PREFLIGHT'
  | 'COPYING'
  | 'CATCHING_UP'
  | 'VERIFYING'
  | 'CUTTING_OVER'
  | 'MOVED'
  | 'FAILED'
  | 'CANCELLED'
  | 'ROLLED_BACK'
  | 'FINALIZED';

/** The phase as the API shows it: also `FINALIZING`, from the command to finalize until the source is removed. */
export type ShownPhase = MigrationPhase | 'FINALIZING';

/** The phase as the API shows it. It is `FINALIZED` only when nothing of the source is left. */
export function shownPhase({ phase, requestedAction, hasLeftovers }: Migration): ShownPhase {
  const isFinalizing = phase === 'MOVED' ? requestedAction === 'FINALIZE' : phase === 'FINALIZED' && hasLeftovers;
  return isFinalizing ? 'FINALIZING' : phase;
}

/**
 * `CANCEL`: stop and leave the project where it is. `CUT_OVER`: flip as soon as possible. `ROLL_BACK`: bring it back to where
 * it was, with what was written since. `FINALIZE`: remove the source. `VERIFY`: compare both sides again.
 */
export type MigrationAction = 'CANCEL' | 'CUT_OVER' | 'ROLL_BACK' | 'FINALIZE' | 'VERIFY';

/** What clears a pause, and one that hasn't taken effect yet. */
export const NOT_PAUSED = { isPaused: false, isPausing: false } as const;

export const ON_REJECT = ['STOP', 'CONTINUE'] as const;
/** What happens when a record can't be copied: `STOP` fails the migration, `CONTINUE` leaves the record behind. */
export type OnReject = (typeof ON_REJECT)[number];

/** Documents or log entries written at a time: the default, and the most. */
export const DEFAULT_BATCH_SIZE = 100;
export const MAX_BATCH_SIZE = 1_000;

export interface MigrationOptions {
  /** Ends after the preflight. */
  readonly dryRun: boolean;
  /** Cuts over as soon as possible, without a command. */
  readonly autoCutOver: boolean;
  /** Documents or log entries written at a time: 1 to `MAX_BATCH_SIZE`. */
  readonly batchSize: number;
  readonly onReject: OnReject;
}

/** The lease. Each takeover increments the token; the target's store is under the epoch -token, so no earlier runner writes there. */
export interface Runner {
  /** The fencing token: unique among the project's migrations, increasing. */
  readonly token: number;
  /** The migration's first token. */
  readonly firstToken: number;
  /** The runner that holds the lease; null when none does. */
  readonly holder: string | null;
  /** When the lease expires unless it is renewed (ISO time). */
  readonly until: string | null;
}

/** Where it resumes after a crash. Repeating what was done since changes nothing. */
export interface Checkpoint {
  /** The epoch by which the project was routed when the step began; a cut-over derives its epochs from it. */
  readonly epoch: number;
  /** Whether a fence may be up where the project lives: it is taken down before anything else. */
  readonly isFenced: boolean;
  /** The copy: its collection (or `log`) and the last id or sequence number there; null when it is done or hasn't begun. */
  readonly copy: { readonly collection: string; readonly after: string | null } | null;
  readonly isCopied: boolean;
  /** The end of the source's log when copying began. */
  readonly copiedFrom: LogPosition;
  /** The entry up to which the other side has everything. */
  readonly replayed: LogPosition;
  /** The verification: its collection (or `log`, or `vectors`) and the last id or number there; null as above. */
  readonly verify: { readonly collection: string; readonly after: string | null } | null;
  readonly isVerified: boolean;
  /** The end of the log when the project was flipped; null before. */
  readonly moved: LogPosition | null;
}

/** How far a migration is. Counts are of records, deleted ones included, and of entries (`log`). */
export interface Progress {
  readonly collections: readonly CollectionProgress[];
  readonly vectors: { readonly done: number; readonly total: number; readonly failed: number };
  /** Records and entries a second, over the last seconds; null when nothing is copied. */
  readonly rate: number | null;
  /** Estimated seconds until it can cut over; null when unknown, such as while the lag doesn't fall. */
  readonly etaSeconds: number | null;
  /** Entries of the source's log that the other side doesn't have yet, and the age of the oldest in seconds. */
  readonly lag: { readonly entries: number; readonly seconds: number };
  /**
   * How long the write of one record to the project waits, in ms, so that the replay keeps up; 0 when writes aren't paced.
   * Left out in records of earlier versions.
   */
  readonly pacing?: number;
  /** The cost of embedding for the move so far, as the provider counted it. Dollars: null when the price isn't known. */
  readonly tokens: number;
  readonly dollars: number | null;
  /** How long writes waited in the last cut-over, in milliseconds; null before. */
  readonly fenceMs: number | null;
  readonly canCutOver: boolean;
  readonly canRollBack: boolean;
}

/** The default of how long a write may wait for its project's move, in ms: noticeable to people, but no client times out. */
export const PACING_MS = 500;

export interface CollectionProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly rejected: number;
  /** Records compared in the current or last verification. */
  readonly verified: number;
}

export interface Problem {
  /** Stable, like the codes of errors. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** The checks made before the first record is written. */
export interface Preflight {
  readonly at: string;
  readonly checks: readonly PreflightCheck[];
  readonly estimate: Estimate;
}

export interface PreflightCheck {
  readonly name: string;
  readonly outcome: 'PASSED' | 'WARNING' | 'FAILED' | 'SKIPPED';
  readonly ms: number;
  readonly message: string;
  readonly hint: string | null;
}

/** The cost of a move, estimated from counts and a sample that was read and written. */
export interface Estimate {
  readonly collections: readonly { readonly name: string; readonly records: number; readonly bytes: number }[];
  /** Total bytes of all records and entries as JSON. */
  readonly bytes: number;
  /** Memories to get vectors; and whether these can be copied, as the model is the same. */
  readonly vectors: number;
  readonly isSameModel: boolean;
  readonly fromModel: string;
  readonly toModel: string;
  /** The cost of embedding; 0 when vectors are copied, or made on this machine. Dollars: null when the price isn't known. */
  readonly tokens: number;
  readonly dollars: number | null;
  /** Seconds until it could cut over; null when a failed check prevented measuring. */
  readonly seconds: number | null;
}

/** The result of comparing both sides. */
export interface Verification {
  readonly at: string;
  /** False during the comparison, or after an interruption. */
  readonly isComplete: boolean;
  /** The log entry up to which both sides were compared. */
  readonly seq: number;
  readonly collections: readonly VerifiedCollection[];
}

export interface VerifiedCollection {
  /** The collection's name, or `log`, or `vectors`. */
  readonly name: string;
  readonly compared: number;
  readonly mismatches: number;
  /** Records that differed until they were copied again; not among the mismatches. */
  readonly repaired: number;
  /**
   * Hex SHA-256 over the digests of everything compared, in order: the same on both sides if nothing differs. Null before
   * anything was compared.
   */
  readonly digest: string | null;
}

/** A migration's finding about a record. The catalog keeps it until the migration is purged. */
export interface MigrationFinding extends RecordBase {
  readonly migrationId: string;
  /** `REJECT`: the record can't be copied. `MISMATCH`: it differs between the sides. */
  readonly kind: 'REJECT' | 'MISMATCH';
  readonly collection: string;
  /** The record's id, or the log entry's number. */
  readonly recordId: string;
  /** The fields that differ; empty for a reject, or when one side lacks the record. */
  readonly differing: readonly string[];
  /** The reason, for people. */
  readonly reason: string;
  /** Whether copying it again repaired it. */
  readonly isRepaired: boolean;
}
