import { MooringError } from '../../../domain/errors.js';
import type { LogEntry } from '../../../domain/log-entry.js';

/** The most changes that the error names. */
export const MAX_CHANGES_NAMED = 100;

/** Records that a request wrote have been changed by others since, so its undo would discard these changes. */
export class ChangedSinceError extends MooringError {
  readonly code = 'CHANGED_SINCE';
  constructor(
    message: string,
    hint: string,
    /** The last change of each of these records, at most `MAX_CHANGES_NAMED`. */
    readonly changes: readonly LogEntry[],
  ) {
    super(message, hint);
  }
}
