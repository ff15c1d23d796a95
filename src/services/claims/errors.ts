import { MooringError } from '../../domain/errors.js';

/** No task that passes the filter is ready. */
export class NothingReadyError extends MooringError {
  readonly code = 'NOTHING_READY';
}

/** This task can't be claimed now. */
export class TaskNotReadyError extends MooringError {
  readonly code = 'TASK_NOT_READY';
  constructor(
    message: string,
    hint: string,
    readonly recordId: string,
    /** Ids of the open tasks that it depends on. */
    readonly blockedBy: readonly string[] = [],
    /** The agent that holds it, and until when; null when none does. */
    readonly heldBy: { readonly agent: string; readonly expiresAt: string } | null = null,
  ) {
    super(message, hint);
  }
}

/** The token isn't that of the task's current claim. */
export class ClaimLostError extends MooringError {
  readonly code = 'CLAIM_LOST';
  constructor(
    message: string,
    hint: string,
    readonly recordId: string,
  ) {
    super(message, hint);
  }
}
