import type { LogPosition } from './log-position.js';
import type { Place } from './place.js';
import type { RecordBase } from './record.js';

/**
 * A project's move to another place, as the catalog keeps it: what to do, how far it is, and the outcome. Every version of
 * this record is an event of its progress, and the record's log is the history of the move.
 */
export interface Migration extends RecordBase {
  readonly projectId: string;
  /** The project's id until the migration has ended, so that there is one at a time; null afterwards. */
  readonly activeFor: string | null;
  readonly from: Place;
  readonly to: Place;
  readonly options: MigrationOptions;
  readonly phase: MigrationPhase;
  /** Whether the phases from `CATCHING_UP` on are about the way back. */
  readonly isRollingBack: boolean;
  /** Nothing is done until it is resumed. Before the cut-over, writes to the project continue meanwhile. */
  readonly isPaused: boolean;
  /**
   * Of a paused one: whether work from before the pause may still be under way. The runner clears it once that has stopped.
   * Left out in records of earlier versions, where it isn't known.
   */
  readonly isPausing?: boolean;
  /** The action that was requested and isn't done yet. */
  readonly wish: MigrationWish | null;
  /** Whether data that it wrote, at a place where the project doesn't live, is still to be removed. */
  readonly hasLeftovers: boolean;
  readonly runner: Runner;
  readonly checkpoint: Checkpoint;
  readonly progress: Progress;
  /** Result of the preflight; null before. */
  readonly preflight: Preflight | null;
  /** Result of the last verification; null before the first. */
  readonly verification: Verification | null;
  /** What it is doing, or why it isn't; for people. */
  readonly message: string;
  /** Why it failed, or what prevents it from continuing; null when nothing does. */
  readonly problem: Problem | null;
  readonly movedAt: string | null;
  /** When it ended: failed, cancelled, rolled back or finalized. */
  readonly endedAt: string | null;
}

export const MIGRATION_PHASES = [
  'PLANNED',
  'PREFLIGHT',
  'COPYING',
  'CATCHING_UP',
  'VERIFYING',
  'CUTTING_OVER',
  'MOVED',
  'FAILED',
  'CANCELLED',
  'ROLLED_BACK',
  'FINALIZED',
] as const;
export type MigrationPhase = (typeof MIGRATION_PHASES)[number];

/** The phase, as the API shows it: also `FINALIZING`, from the request to finalize until the source is removed. */
export type ShownPhase = MigrationPhase | 'FINALIZING';

/** The phase, as the API shows it. `FINALIZED` only once nothing of the source is left. */
export function shownPhase({ phase, wish, hasLeftovers }: Migration): ShownPhase {
  const isFinalizing = phase === 'MOVED' ? wish === 'FINALIZE' : phase === 'FINALIZED' && hasLeftovers;
  return isFinalizing ? 'FINALIZING' : phase;
}

/** Phases in which the migration has ended. A dry run ends as `PLANNED`, with `endedAt`. */
export const ENDED_PHASES: readonly MigrationPhase[] = ['FAILED', 'CANCELLED', 'ROLLED_BACK', 'FINALIZED'];

/**
 * `CANCEL`: stop and leave the project where it is. `CUT_OVER`: flip as soon as possible. `ROLL_BACK`: move the project back
 * to where it was, with what was written since. `FINALIZE`: remove the source. `VERIFY`: compare both sides again.
 */
export const MIGRATION_WISHES = ['CANCEL', 'CUT_OVER', 'ROLL_BACK', 'FINALIZE', 'VERIFY'] as const;
export type MigrationWish = (typeof MIGRATION_WISHES)[number];

/** What clears a pause, and one that hasn't taken effect yet. */
export const NOT_PAUSED = { isPaused: false, isPausing: false } as const;

export const ON_REJECT = ['STOP', 'CONTINUE'] as const;
/** What a migration does when a record can't be copied: `STOP` fails it, `CONTINUE` leaves the record behind. */
export type OnReject = (typeof ON_REJECT)[number];

/** Documents, or entries of the log, that are written at a time when nobody says, and the most. */
export const DEFAULT_BATCH_SIZE = 100;
export const MAX_BATCH_SIZE = 1_000;

export interface MigrationOptions {
  /** Ends after the preflight. */
  readonly dryRun: boolean;
  /** Cuts over automatically once it can. */
  readonly autoCutOver: boolean;
  /** Documents, or entries of the log, that are written at a time: 1 to `MAX_BATCH_SIZE`. */
  readonly batchSize: number;
  readonly onReject: OnReject;
}

/** The lease of the process that runs it. Each takeover increments the token; the target's store is under the epoch -token, so no earlier runner writes there. */
export interface Runner {
  /** The fencing token: unique in the project's migrations, increasing. */
  readonly token: number;
  /** The first token that this migration had. */
  readonly firstToken: number;
  /** The process that runs it; null when none does. */
  readonly holder: string | null;
  /** When the holder's lease expires, unless it is renewed (ISO time). */
  readonly until: string | null;
}

/** Where it resumes after a crash. Repeating what was done since changes nothing. */
export interface Checkpoint {
  /** The epoch by which the project's writes were routed when the step began: cutting over counts from it. */
  readonly epoch: number;
  /** Whether the project may be fenced where it lives: the fence is removed first of all. */
  readonly isFenced: boolean;
  /** Position of the copy: which collection (or `log`), after which id or sequence number; null when it is done or hasn't begun. */
  readonly copy: { readonly collection: string; readonly after: string | null } | null;
  readonly isCopied: boolean;
  /** The end of the source's log when copying began. */
  readonly copiedFrom: LogPosition;
  /** The entry up to which the other side has everything. */
  readonly replayed: LogPosition;
  /** Position of the verification: which collection (or `log`, or `vectors`), after which id or number; null as above. */
  readonly verify: { readonly collection: string; readonly after: string | null } | null;
  readonly isVerified: boolean;
  /** The end of the log when the project was flipped; null before. */
  readonly moved: LogPosition | null;
}

/** Counts are of records, deleted ones included, and of entries (`log`). */
export interface Progress {
  readonly collections: readonly CollectionProgress[];
  readonly vectors: { readonly done: number; readonly total: number; readonly failed: number };
  /** Records and entries per second, over the last seconds; null when nothing is being copied. */
  readonly rate: number | null;
  /** Estimated seconds until it can cut over; null when unknown, such as while the lag doesn't fall. */
  readonly etaSeconds: number | null;
  /** Entries of the source's log that the other side doesn't have yet, and the age of the oldest in seconds. */
  readonly lag: { readonly entries: number; readonly seconds: number };
  /**
   * How long the write of one record to the project is delayed, in ms, so that the replay catches up; 0 when it isn't.
   * Left out in records of earlier versions.
   */
  readonly pacing?: number;
  /** Tokens embedded for the move so far, as the provider counted. Dollars: null when the price isn't known. */
  readonly tokens: number;
  readonly dollars: number | null;
  /** How long writes waited in the last cut-over, in milliseconds; null before. */
  readonly fenceMs: number | null;
  readonly canCutOver: boolean;
  readonly canRollBack: boolean;
}

/** The default for how long a write may be delayed by its project's move, in ms: a person notices it, and no client times out. */
export const PACING_MS = 500;

export interface CollectionProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly rejected: number;
  /** Compared in the current or last verification. */
  readonly verified: number;
}

export interface Problem {
  /** Stable, as of errors. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** The checks before the first record is written. */
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

/** What a move would take, estimated from counts and a sample that was read and written. */
export interface Estimate {
  readonly collections: readonly { readonly name: string; readonly records: number; readonly bytes: number }[];
  /** Bytes of all records and entries, as JSON. */
  readonly bytes: number;
  /** Memories that get vectors; and whether their existing vectors can be copied, since the model is the same. */
  readonly vectors: number;
  readonly isSameModel: boolean;
  readonly fromModel: string;
  readonly toModel: string;
  /** Tokens to embed; 0 when vectors are copied, or embedded on this machine. Dollars: null when the price isn't known. */
  readonly tokens: number;
  readonly dollars: number | null;
  /** Seconds until it could cut over; null when a failed check prevented measuring it. */
  readonly seconds: number | null;
}

/** The result of comparing both sides. */
export interface Verification {
  readonly at: string;
  /** False while it is running, or when it was aborted. */
  readonly isComplete: boolean;
  /** The log's entry up to which both sides were compared. */
  readonly seq: number;
  readonly collections: readonly VerifiedCollection[];
}

export interface VerifiedCollection {
  /** Of the collection, or `log`, or `vectors`. */
  readonly name: string;
  readonly compared: number;
  readonly mismatches: number;
  /** Besides those, how many differed until they were copied again. */
  readonly repaired: number;
  /** Hex SHA-256 over the digests of all that was compared, in order: the same on both sides when nothing differs. Null until it is complete. */
  readonly digest: string | null;
}

export const FINDING_KINDS = ['REJECT', 'MISMATCH'] as const;

/** A problem of a migration with one record. The catalog keeps it until the migration is purged. */
export interface MigrationFinding extends RecordBase {
  readonly migrationId: string;
  /** `REJECT`: it can't be copied. `MISMATCH`: it differs between the two sides. */
  readonly kind: (typeof FINDING_KINDS)[number];
  readonly collection: string;
  /** Id of the record, or the number of the log's entry. */
  readonly recordId: string;
  /** The fields that differ; empty for a reject, or when one side lacks the record. */
  readonly differing: readonly string[];
  /** Why, in words. */
  readonly reason: string;
  /** Whether copying it again repaired it. */
  readonly isRepaired: boolean;
}
