import type { LogPosition } from './log-position.js';
import type { Place } from './place.js';
import type { RecordBase } from './record.js';

/**
 * A project's move to another place, as the catalog keeps it: what is to be done, how far it is, and what came of it.
 * Every version of this record is one event of its progress, and its log is the record of the move.
 */
export interface Migration extends RecordBase {
  readonly projectId: string;
  /** The project's id while the migration isn't over, so that there is one at a time; null afterwards. */
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
  /** What it was told and hasn't done yet. */
  readonly requestedAction: MigrationAction | null;
  /** Whether something it wrote at a place that the project doesn't live at is still to be removed. */
  readonly hasLeftovers: boolean;
  readonly runner: Runner;
  readonly checkpoint: Checkpoint;
  readonly progress: Progress;
  /** What the preflight found; null before. */
  readonly preflight: Preflight | null;
  /** What the last verification found; null before the first. */
  readonly verification: Verification | null;
  /** What goes on, or why it doesn't; for people. */
  readonly message: string;
  /** Why it failed, or what stands in its way now; null when nothing does. */
  readonly problem: Problem | null;
  readonly movedAt: string | null;
  /** When it came to its end: failed, cancelled, rolled back or finalized. */
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

/** How far it is, as the API shows it: `FINALIZING` as well, from the command to finalize until the source is removed. */
export type ShownPhase = MigrationPhase | 'FINALIZING';

/** The phase as the API shows it. It is `FINALIZED` when nothing of the source is left, and not before. */
export function shownPhase({ phase, requestedAction, hasLeftovers }: Migration): ShownPhase {
  const isFinalizing = phase === 'MOVED' ? requestedAction === 'FINALIZE' : phase === 'FINALIZED' && hasLeftovers;
  return isFinalizing ? 'FINALIZING' : phase;
}

/** Phases in which the migration is over: nothing more comes of it. A dry run ends as `PLANNED`, with `endedAt`. */
export const ENDED_PHASES: readonly MigrationPhase[] = ['FAILED', 'CANCELLED', 'ROLLED_BACK', 'FINALIZED'];

/**
 * `CANCEL`: stop and leave the project where it is. `CUT_OVER`: flip when it can. `ROLL_BACK`: bring it back to where it
 * was, with what was written since. `FINALIZE`: remove the source. `VERIFY`: compare both sides again.
 */
export type MigrationAction = 'CANCEL' | 'CUT_OVER' | 'ROLL_BACK' | 'FINALIZE' | 'VERIFY';

/** What clears a pause, and one that hasn't taken effect yet. */
export const NOT_PAUSED = { isPaused: false, isPausing: false } as const;

export const ON_REJECT = ['STOP', 'CONTINUE'] as const;
/** What becomes of a migration when a record can't be copied: `STOP` fails it, `CONTINUE` leaves the record behind. */
export type OnReject = (typeof ON_REJECT)[number];

export interface MigrationOptions {
  /** Ends after the preflight. */
  readonly dryRun: boolean;
  /** Cuts over by itself once it can. */
  readonly autoCutOver: boolean;
  /** Documents, or entries of the log, that are written at a time: 1 to 1,000. */
  readonly batchSize: number;
  readonly onReject: OnReject;
}

/** Who runs it. Each taking over counts the token up; the target's store is under the epoch -token, so no earlier runner writes there. */
export interface Runner {
  /** Unique in the project's migrations, counts up. */
  readonly token: number;
  /** The first token that this migration had. */
  readonly firstToken: number;
  /** Names the process; null when nobody runs it. */
  readonly holder: string | null;
  /** Until when it is the holder's alone, unless it says so again (ISO time). */
  readonly until: string | null;
}

/** Where it goes on after a crash. Repeating what was done since changes nothing. */
export interface Checkpoint {
  /** Epoch by which the project's writes were routed when the step began: cutting over counts from it. */
  readonly epoch: number;
  /** Whether a fence may be up where the project lives: taking it down comes before all else. */
  readonly isFenced: boolean;
  /** The copy: which collection (or `log`) it is at, after which id or sequence number; null when it is done or hasn't begun. */
  readonly copy: { readonly collection: string; readonly after: string | null } | null;
  readonly isCopied: boolean;
  /** Where the source's log ended when copying began. */
  readonly copiedFrom: LogPosition;
  /** Up to which entry the other side has everything. */
  readonly replayed: LogPosition;
  /** The verification: which collection (or `log`, or `vectors`) it is at, after which id or number; null as above. */
  readonly verify: { readonly collection: string; readonly after: string | null } | null;
  readonly isVerified: boolean;
  /** Where the log ended when the project was flipped; null before. */
  readonly moved: LogPosition | null;
}

/** How far it is. Counts are of records, deleted ones included, and of entries (`log`). */
export interface Progress {
  readonly collections: readonly CollectionProgress[];
  readonly vectors: { readonly done: number; readonly total: number; readonly failed: number };
  /** Records and entries a second, over the last seconds; null when nothing is copied now. */
  readonly rate: number | null;
  /** Seconds until it can cut over, as far as can be told; null when it can't, such as while the lag doesn't fall. */
  readonly etaSeconds: number | null;
  /** Entries of the source's log that the other side doesn't have yet, and the age of the oldest in seconds. */
  readonly lag: { readonly entries: number; readonly seconds: number };
  /**
   * How long the write of one record to the project waits, in ms, so that what was written can be replayed; 0 when it needn't.
   * Left out in records of earlier versions.
   */
  readonly pacing?: number;
  /** What embedding for the move took so far, as the provider counted. Dollars: null when the price isn't known. */
  readonly tokens: number;
  readonly dollars: number | null;
  /** How long writes waited in the last cut-over, in milliseconds; null before. */
  readonly fenceMs: number | null;
  readonly canCutOver: boolean;
  readonly canRollBack: boolean;
}

/** How long a write may wait for its project's move when nobody says, in ms: a person notices it, and no client gives up over it. */
export const PACING_MS = 500;

export interface CollectionProgress {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly rejected: number;
  /** Compared in the verification that is under way or was the last. */
  readonly verified: number;
}

export interface Problem {
  /** Stable, as of errors. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** What was looked at before the first record is written. */
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

/** What a move would take, from counts and a sample that was read and written. */
export interface Estimate {
  readonly collections: readonly { readonly name: string; readonly records: number; readonly bytes: number }[];
  /** Of all records and entries, as JSON. */
  readonly bytes: number;
  /** Memories that get vectors; and whether those that they have can be copied, since the model is the same. */
  readonly vectors: number;
  readonly isSameModel: boolean;
  readonly fromModel: string;
  readonly toModel: string;
  /** What embedding would take; 0 when vectors are copied, or embedded on this machine. Dollars: null when the price isn't known. */
  readonly tokens: number;
  readonly dollars: number | null;
  /** Seconds until it could cut over; null when a check failed, so that it couldn't be measured. */
  readonly seconds: number | null;
}

/** What comparing both sides found. */
export interface Verification {
  readonly at: string;
  /** False while it is under way, or when it was broken off. */
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
  /** Beside those, how many differed until they were copied again. */
  readonly repaired: number;
  /** Hex SHA-256 over the digests of all that was compared, in order: the same on both sides when nothing differs. Null while it isn't complete. */
  readonly digest: string | null;
}

export const FINDING_KINDS = ['REJECT', 'MISMATCH'] as const;

/** One record that a migration has something to say about. The catalog keeps it until the migration is purged. */
export interface MigrationFinding extends RecordBase {
  readonly migrationId: string;
  /** `REJECT`: it can't be copied. `MISMATCH`: it isn't the same on both sides. */
  readonly kind: (typeof FINDING_KINDS)[number];
  readonly collection: string;
  /** Id of the record, or the number of the log's entry. */
  readonly recordId: string;
  /** Which fields differ; empty for a reject, or when one side lacks it. */
  readonly differing: readonly string[];
  /** Why, in words. */
  readonly reason: string;
  /** Whether copying it again mended it. */
  readonly isRepaired: boolean;
}
