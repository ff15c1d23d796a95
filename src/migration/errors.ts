import { MooringError } from '../domain/errors.js';
import type { Problem } from '../domain/migration.js';

/** A failure that no retry can cure: the migration ends, and the project stays where it is. */
export class MigrationFailure extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
    this.name = 'MigrationFailure';
  }
}

/**
 * A cut-over was given up. Its last requests may still be in flight, so the migration is taken over again, under a new
 * token: the target refuses whatever of them arrives late.
 */
export class CutOverGivenUp extends Error {
  constructor(why: unknown) {
    super(`Cutting over was given up, and will be tried again: ${why instanceof Error ? why.message : String(why)}`);
    this.name = 'CutOverGivenUp';
  }
}

/** Another runner has taken the migration over. This one stops, and writes nothing more. */
export class SupersededError extends Error {
  constructor(id: string) {
    super(`Another runner has taken over ${id}.`);
    this.name = 'SupersededError';
  }
}

/** A record, or an entry of the log, that the target can't keep. */
export interface Reject {
  /** The record's collection; `log` for an entry, which is then kept without its image. */
  readonly collection: string;
  /** The record's id, or the entry's number. */
  readonly recordId: string;
  /** The reason, for people. */
  readonly reason: string;
}

/** Called with each reject and awaited before anything else happens. What it throws stops the work. */
export type RejectHandler = (reject: Reject) => Promise<void>;

/** Whether an import failed because of one of its records, so that another batch may succeed. */
export function isRecordError(error: unknown): error is MooringError {
  return error instanceof MooringError && (error.code === 'RECORD_TOO_LARGE' || error.code === 'INVALID_INPUT');
}
