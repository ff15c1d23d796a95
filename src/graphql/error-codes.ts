import type { ErrorCode } from '../domain/errors.js';
import { enumOf } from './enums.js';

export const ErrorCodeEnum = enumOf<ErrorCode>(
  'ErrorCode',
  "Code of an error: in `Error.code`, or in `extensions.code` of the response's `errors`. Codes are stable, so programs can act on them. A request that is rejected before it is executed can have another code, such as `BAD_REQUEST`.",
  {
    UNAUTHENTICATED: 'The request has no credential, or one that is unknown, expired or revoked.',
    SETUP_REQUIRED: 'The server has no users yet: it must be set up first.',
    FORBIDDEN: 'The caller lacks a permission, or access to a project.',
    INVALID_INPUT: 'The input is invalid.',
    INVALID_CURSOR:
      'The cursor is malformed or belongs to another list, or its change is no longer in the log because the data was restored to an older state.',
    CURSOR_EXPIRED:
      'The cursor is older than the retention of the log (`MOORING_LOG_RETENTION_DAYS`, 365 days by default).',
    NOT_FOUND: "The record doesn't exist, or is deleted although it must be live, or is in a deleted project.",
    CONFLICT: 'The record was changed after it was read.',
    CHANGED_SINCE: 'Others have changed records since the request that was to be undone.',
    ALREADY_EXISTS: 'Another record already has a value that must be unique.',
    SECRET_REFUSED: "A text holds a secret, such as a token, and isn't saved with it.",
    NOTHING_READY: 'No task that passes the filter is ready.',
    TASK_NOT_READY: "The task can't be claimed now.",
    CLAIM_LOST: "The token isn't that of the task's current claim, or the claim expired or ended.",
    CONFIRMATION_REQUIRED: 'The operation must be confirmed by a valid token.',
    STORAGE_MODE_UNAVAILABLE: "The storage mode isn't available on this server.",
    STORE_UNAVAILABLE: "The project's store can't be reached.",
    STORE_TIMEOUT: "The project's store didn't answer in time.",
    STORE_AUTHENTICATION: "The project's store rejected the credentials.",
    STORE_NOT_AUTHORIZED: "The credentials aren't authorized for this operation in the project's store.",
    STORE_TLS: "The TLS connection to the project's store failed.",
    STORE_UNSUITABLE:
      "The project's store can't be used as it is: it lacks transactions, for example, or is the unfinished copy of a migration.",
    STORE_DAMAGED: "The project's store is damaged.",
    STORE_TOO_NEW: "The project's store was written by a newer version of the server.",
    STORE_FULL: "The project's store is out of space.",
    STORE_READ_ONLY: "The project's store is read-only.",
    RECORD_TOO_LARGE: "The record exceeds the size limit of the project's store.",
    STORAGE_IN_USE: 'Projects, or a migration, depend on the storage settings.',
    MIGRATION_STATE:
      "The operation isn't possible in the current state of the migration, or while the project is being migrated.",
    ROUTE_CHANGED: 'The project moved to another store during the request.',
    EMBEDDING_UNAVAILABLE: "Texts can't be embedded now.",
    QUERY_TOO_COMPLEX: 'The request exceeds a limit on complexity.',
    RESPONSE_TOO_LARGE:
      'The response, or the data read for it, exceeds the size limit of one request. A mutation may have been carried out all the same.',
    RATE_LIMITED: 'The server is at capacity; the same request may succeed in a moment.',
    INTERNAL: 'An unexpected error in the server.',
  },
);
