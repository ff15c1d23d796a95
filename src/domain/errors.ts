import type { RecordBase } from './record.js';

export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'SETUP_REQUIRED',
  'FORBIDDEN',
  'INVALID_INPUT',
  'INVALID_CURSOR',
  'CURSOR_EXPIRED',
  'NOT_FOUND',
  'CONFLICT',
  'CHANGED_SINCE',
  'ALREADY_EXISTS',
  'SECRET_REFUSED',
  'NOTHING_READY',
  'TASK_NOT_READY',
  'CLAIM_LOST',
  'CONFIRMATION_REQUIRED',
  'STORAGE_MODE_UNAVAILABLE',
  'STORE_UNAVAILABLE',
  'STORE_TIMEOUT',
  'STORE_AUTHENTICATION',
  'STORE_NOT_AUTHORIZED',
  'STORE_TLS',
  'STORE_UNSUITABLE',
  'STORE_DAMAGED',
  'STORE_TOO_NEW',
  'STORE_FULL',
  'STORE_READ_ONLY',
  'RECORD_TOO_LARGE',
  'STORAGE_IN_USE',
  'MIGRATION_STATE',
  'ROUTE_CHANGED',
  'EMBEDDING_UNAVAILABLE',
  'QUERY_TOO_COMPLEX',
  'RESPONSE_TOO_LARGE',
  'RATE_LIMITED',
  'INTERNAL',
] as const;
/** Stable codes, for programs. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error of Mooring: what happened and why, a stable code, and what to do next. */
export abstract class MooringError extends Error {
  abstract readonly code: ErrorCode;

  constructor(
    message: string,
    /** What to do next. */
    readonly hint: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** An error's message, to be quoted in a sentence: without its class name and its full stop. */
export function saidBy(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

/** A request reads more than one request may. */
export class ReadTooMuchError extends MooringError {
  readonly code = 'RESPONSE_TOO_LARGE';
  /** @param most in bytes */
  constructor(most: number) {
    super(
      `The request would read more than ${most / 1024 / 1024} MB of records.`,
      'Ask for smaller pages with `first`, or in several requests.',
    );
  }
}

/** The running requests use all available memory. */
export class BusyError extends MooringError {
  readonly code = 'RATE_LIMITED';
  constructor() {
    super('The running requests use all the memory that the server has for requests.', 'Send it again in a moment.');
  }
}

/** The input is invalid. */
export class InvalidInputError extends MooringError {
  readonly code = 'INVALID_INPUT';
  constructor(
    message: string,
    hint: string,
    /** The field, as a path into the input, such as `tasks.2.title`. */
    readonly field: string | null = null,
  ) {
    super(message, hint);
  }
}

/** A cursor isn't of this list, or its position is no longer kept. */
export class CursorError extends MooringError {
  constructor(
    readonly code: 'INVALID_CURSOR' | 'CURSOR_EXPIRED',
    message: string,
    hint: string,
  ) {
    super(message, hint);
  }
}

/** No such record exists, or it is deleted. */
export class NotFoundError extends MooringError {
  readonly code = 'NOT_FOUND';
  constructor(
    /** The id that wasn't found. */
    readonly recordId: string,
    message = `There is no record ${recordId}.`,
    hint = 'Check the id. A deleted record can be restored while it is kept; list deleted ones with `deleted: ONLY`.',
  ) {
    super(message, hint);
  }
}

/** The record has a newer version than the writer had read. */
export class ConflictError extends MooringError {
  readonly code = 'CONFLICT';
  constructor(
    readonly recordId: string,
    /** The current record; null when there is none. */
    readonly current: RecordBase | null,
    readonly collection: string,
    message = current
      ? `${recordId} is at version ${current.version} now: it was changed after the version you read.`
      : `${recordId} is gone: it was purged after you read it.`,
    hint = 'Read `current`, decide again, and repeat with its version.',
  ) {
    super(message, hint);
  }
}

/** Another record has a value that must be unique. */
export class AlreadyExistsError extends MooringError {
  readonly code = 'ALREADY_EXISTS';
  constructor(
    message: string,
    hint: string,
    /** Id of the record that has it. */
    readonly existingId: string | null,
    /** Which fields, together, must be unique. */
    readonly fields: readonly string[] = [],
    /** Whether that record is deleted; null when that isn't known. */
    readonly existingIsDeleted: boolean | null = null,
  ) {
    super(message, hint);
  }
}

/** A purge wasn't confirmed by a valid token. */
export class ConfirmationError extends MooringError {
  readonly code = 'CONFIRMATION_REQUIRED';
}

/** A storage mode can't be used on this server. */
export class StorageModeUnavailableError extends MooringError {
  readonly code = 'STORAGE_MODE_UNAVAILABLE';
}

/**
 * Why a store failed. `UNAVAILABLE`: it can't be reached, or is closed. `TIMEOUT`: it didn't answer in time.
 * `AUTHENTICATION`, `NOT_AUTHORIZED`, `TLS`: it can be reached, but not with these settings. `UNSUITABLE`: it lacks what a
 * store needs, such as transactions. `RECORD_TOO_LARGE`: it doesn't accept a record of this size.
 */
export type StoreErrorCode = Extract<ErrorCode, `STORE_${string}` | 'RECORD_TOO_LARGE'>;

/**
 * A store failed. Nothing was written; only after a `STORE_TIMEOUT`, or when the connection was lost while a commit was
 * acknowledged, it may have been: then the message says so.
 */
export class StoreError extends MooringError {
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    hint: string,
    options?: { cause?: unknown },
  ) {
    super(message, hint, options);
  }
}

/** The store was already closed: the server is stopping, or the project has moved. Nothing was done. */
export class StoreClosedError extends StoreError {
  constructor(message: string, hint: string) {
    super('STORE_UNAVAILABLE', message, hint);
  }
}

/** The most projects that an answer about a storage mode's settings names. */
export const MAX_NAMED = 100;

/** A storage mode's settings can't be removed: projects live there. */
export class StorageInUseError extends MooringError {
  readonly code = 'STORAGE_IN_USE';
  constructor(
    message: string,
    hint: string,
    /** Ids of the projects, at most the first `MAX_NAMED`. */
    readonly projectIds: readonly string[],
  ) {
    super(message, hint);
  }
}

/** A migration, or a project that has one, can't do this now. */
export class MigrationStateError extends MooringError {
  readonly code = 'MIGRATION_STATE';
  constructor(
    message: string,
    hint: string,
    /** The migration that prevents it, or that the command is for; null when there is none. */
    readonly migrationId: string | null,
  ) {
    super(message, hint);
  }
}

/** The project has been routed elsewhere. Nothing was written: read the catalog again and retry. */
export class RouteChangedError extends MooringError {
  readonly code = 'ROUTE_CHANGED';
  constructor(
    readonly epoch: number,
    readonly routedBy: number,
  ) {
    super(
      `The store is under epoch ${epoch}, and the write was routed by epoch ${routedBy}.`,
      // An aborted cut-over leaves a store behind the catalog for a moment; a restored backup does permanently.
      epoch < routedBy
        ? 'Nothing was written. Repeat the request. If the store was restored from a backup that is older than a move of the project, restore the catalog of that backup too.'
        : 'Nothing was written. Repeat the request: it is routed by the current catalog.',
    );
  }
}

/** A text can't be embedded. */
export class EmbeddingError extends MooringError {
  readonly code = 'EMBEDDING_UNAVAILABLE';
  /** Whether no text can be embedded now: for a while, or until somebody fixes it. Null: it may be only this text. */
  readonly outage: 'PASSING' | 'LASTING' | null = null;
}
