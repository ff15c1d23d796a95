import { MooringError } from '../../domain/errors.js';

/** One record, or one entry of the log, that the target can't keep. */
export interface Reject {
  /** Its collection; `log` for an entry, which is kept without its image then. */
  readonly collection: string;
  /** Id of the record, or the entry's number. */
  readonly recordId: string;
  /** Why, in words. */
  readonly reason: string;
}

/** Is told of each reject and awaited before anything goes on. What it throws stops the work. */
export type OnReject = (reject: Reject) => Promise<void>;

/** Whether an import failed because of what it carries, so that another batch may succeed. */
export function isOfRecord(error: unknown): error is MooringError {
  return error instanceof MooringError && (error.code === 'RECORD_TOO_LARGE' || error.code === 'INVALID_INPUT');
}
