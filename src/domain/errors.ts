import type { RecordBase } from './record.js';

export const ERROR_CODES = [
  'INVALID_INPUT',
  'INVALID_CURSOR',
  'CURSOR_EXPIRED',
  'NOT_FOUND',
  'CONFLICT',
  'ALREADY_EXISTS',
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
/** Stable codes: a program may decide by them. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What every error of ours says: what happened and why, a stable code, and what to do next. */
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

/** What an error says, to be put into a sentence of ours: without the name of its class, and without its full stop. */
export function saidBy(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

/** One request asks for more than is read for one. */
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

/** What runs already has all the room there is. */
export class BusyError extends MooringError {
  readonly code = 'RATE_LIMITED';
  constructor() {
    super('The requests that run now hold as much as the server has room for.', 'Send it again in a moment.');
  }
}

/** The input can't be taken as it is. */
export class InvalidInputError extends MooringError {
  readonly code = 'INVALID_INPUT';
  constructor(
    message: string,
    hint: string,
    /** Which field, as a path into the input, such as `tasks.2.title`. */
    readonly field: string | null = null,
  ) {
    super(message, hint);
  }
}

/** A cursor isn't of this list, or what it points at is gone. */
export class CursorError extends MooringError {
  constructor(
    readonly code: 'INVALID_CURSOR' | 'CURSOR_EXPIRED',
    message: string,
    hint: string,
  ) {
    super(message, hint);
  }
}

/** There is no such record, or it is deleted. */
export class NotFoundError extends MooringError {
  readonly code = 'NOT_FOUND';
  constructor(
    /** The id that was looked for. */
    readonly recordId: string,
    message = `There is no record ${recordId}.`,
    hint = 'Check the id. A deleted record can be restored while it is kept; list deleted ones with `deleted: ONLY`.',
  ) {
    super(message, hint);
  }
}

/** The record moved on since the version that the writer had read. */
export class ConflictError extends MooringError {
  readonly code = 'CONFLICT';
  constructor(
    readonly recordId: string,
    /** The record as it is now; null when there is none. */
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

/** Another record holds what must be unique. */
export class AlreadyExistsError extends MooringError {
  readonly code = 'ALREADY_EXISTS';
  constructor(
    message: string,
    hint: string,
    /** Id of the record that holds it. */
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
 * Why a store can't do its work. `UNAVAILABLE`: it can't be reached, or is closed. `TIMEOUT`: it didn't answer in time.
 * `AUTHENTICATION`, `NOT_AUTHORIZED`, `TLS`: it can be reached, but not so. `UNSUITABLE`: it can't do what a store needs,
 * such as transactions. `RECORD_TOO_LARGE`: it takes no record so large.
 */
export type StoreErrorCode = Extract<ErrorCode, `STORE_${string}` | 'RECORD_TOO_LARGE'>;

/**
 * A store can't do its work. Nothing was written; only after a `STORE_TIMEOUT`, or when the connection was lost while a
 * commit was acknowledged, it may have been: then the message says so.
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

/** The store was closed before it was asked: the server stops, or the project lies elsewhere by now. Nothing was done. */
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
    /** The migration that stands in the way, or was asked; null when there is none. */
    readonly migrationId: string | null,
  ) {
    super(message, hint);
  }
}

/** The project is routed elsewhere by now. Nothing was written: read the catalog again and repeat. */
export class RouteChangedError extends MooringError {
  readonly code = 'ROUTE_CHANGED';
  constructor(
    readonly epoch: number,
    readonly routedBy: number,
  ) {
    super(
      `The store is under epoch ${epoch}, and the write was routed by epoch ${routedBy}.`,
      // A cut-over that is being given up leaves a store behind the catalog for a moment; a backup does for good.
      epoch < routedBy
        ? 'Nothing was written. Repeat the request. If the store was put back from a backup that is older than a move of the project, put back the catalog of that backup too.'
        : 'Nothing was written. Repeat the request: it is routed by what the catalog says then.',
    );
  }
}

/** An embedding can't be made. */
export class EmbeddingError extends MooringError {
  readonly code = 'EMBEDDING_UNAVAILABLE';
  /** Whether no text can be embedded now: for a while, or until somebody mends it. Null: it may be this text alone. */
  readonly outage: 'PASSING' | 'LASTING' | null = null;
}
