import type { ErrorCode } from '../domain/errors.js';
import type { Operation } from '../domain/log-entry.js';
import type { MemoryRole } from '../domain/memory.js';
import type { OnReject, ShownPhase } from '../domain/migration.js';
import type { ProjectMode, StorageMode } from '../domain/project.js';
import type { TaskPriority, TaskStatus, TaskType } from '../domain/task.js';
import type { EmbeddingState, SearchMode } from '../search/contract.js';
import type { ContextSource } from '../services/contexts/context-budget.js';
import type { SettingSource } from '../services/storage-settings/effective.js';
import type { CheckName, CheckOutcome, VectorSearchKind } from '../storage/health.js';
import type { Deleted, Order } from '../storage/store.js';
import { builder } from './builder.js';

/** A GraphQL enum with a description of every value. */
function enumOf<T extends string>(name: string, description: string, values: Readonly<Record<T, string>>) {
  const described = Object.fromEntries(
    Object.entries<string>(values).map(([value, text]) => [value, { description: text }]),
  ) as Record<T, { description: string }>;
  return builder.enumType(name, { description, values: described });
}

export const ProjectModeEnum = enumOf<ProjectMode>(
  'ProjectMode',
  'What a project is used for. It is a label for clients: the server treats all projects alike.',
  {
    SIMPLE: 'Plain tasks and memories.',
    DEVELOPMENT: 'Software development: tasks also go through stages, such as analysis and review.',
  },
);

export const StorageModeEnum = enumOf<StorageMode>('StorageMode', "Where a project's data is stored.", {
  LOCAL: "On the server's disk, in the data directory: one SQLite database per project. Needs no other service.",
  MONGODB: 'In a MongoDB database, on a replica set or a sharded cluster.',
  FILE: "In a folder on the server's disk: plain JSON files, one per record.",
});

export const SettingSourceEnum = enumOf<SettingSource>('SettingSource', 'Where the value of a setting comes from.', {
  ENVIRONMENT: 'An environment variable of the server, or its `.env` file. It overrides a saved value.',
  SAVED: 'A value saved with `saveStorageConfig`.',
  DEFAULT: 'The default, because the setting is neither saved nor set by an environment variable.',
});

export const VectorSearchEnum = enumOf<VectorSearchKind>('VectorSearchKind', 'What runs vector search.', {
  EMBEDDED: 'The index built into the server. Its results are exact, not approximate.',
  CHROMA: 'A Chroma server.',
  ATLAS: 'MongoDB, with `$vectorSearch`.',
});

export const CheckNameEnum = enumOf<CheckName>('StorageCheckName', 'A step in testing storage settings.', {
  ADDRESS: 'Whether the address is valid.',
  DNS: 'Whether the host names resolve.',
  TLS: 'Whether the connection to MongoDB is encrypted. Required, except for a server on this machine or one that `MONGODB_ALLOW_PLAINTEXT` names.',
  CONNECT: 'Whether the server answers.',
  AUTHENTICATION: 'Whether the server accepts the credentials.',
  REPLICA_SET: 'Whether the server is a replica set or a sharded cluster, which transactions need.',
  WRITABLE: 'Whether test data can be written, read and removed.',
  COLLECTIONS: 'Which collections exist. Missing ones are created on first use, or by `repairStorage`.',
  INDEXES: 'Which indexes exist. Missing ones are created on first use, or by `repairStorage`.',
  VECTOR_SEARCH: 'Whether vector search is available.',
  EMBEDDING: 'Whether texts can be embedded: one word is sent to the provider.',
});

export const CheckOutcomeEnum = enumOf<CheckOutcome>('StorageCheckOutcome', 'Outcome of a check.', {
  PASSED: 'No problem was found.',
  WARNING: 'It works, with a limitation that `message` names. Settings can be saved, and a migration continues.',
  FAILED: "It doesn't work; `message` says why. Settings can't be saved, and a migration fails.",
  SKIPPED: "It was not run: an earlier check failed, or it doesn't apply.",
});

export const MigrationPhaseEnum = enumOf<ShownPhase>(
  'MigrationPhase',
  `Phase of a migration. The source is where the project was stored before, the target is where it moves to.

- Moving: \`PLANNED\`, \`PREFLIGHT\`, \`COPYING\`, \`CATCHING_UP\`, \`VERIFYING\`, \`CATCHING_UP\`, \`CUTTING_OVER\`, \`MOVED\`; after \`finalizeMigration\`, \`FINALIZING\` and \`FINALIZED\`. Until \`MOVED\`, the project is read and written at the source, and a failure or \`cancelMigration\` ends in \`FAILED\` or \`CANCELLED\`.
- Rolling back, after \`rollBackMigration\`: \`MOVED\`, \`CATCHING_UP\`, \`VERIFYING\`, \`CATCHING_UP\`, \`CUTTING_OVER\`, \`ROLLED_BACK\`. Until \`ROLLED_BACK\`, the project is read and written at the target, and a failure or \`cancelMigration\` returns to \`MOVED\`.
- Over, with \`isOver\` and \`endedAt\` set: \`FAILED\`, \`CANCELLED\`, \`ROLLED_BACK\`, \`FINALIZED\`; \`PLANNED\` after a dry run; \`FINALIZING\` while the source can't be reached.`,
  {
    PLANNED: 'Not started. A dry run ends in this phase if no check has `FAILED`, otherwise in phase `FAILED`.',
    PREFLIGHT: 'Everything that the migration depends on is being checked. Nothing is copied yet.',
    COPYING: 'Records, and the log of writes to them, are being copied to the target.',
    CATCHING_UP:
      'Writes made since copying began (when rolling back: since the cut-over) are being replayed, that is repeated from the log, until the other side is only a moment behind. With `autoCutOver: false`, a verified migration waits here for `cutOverMigration`.',
    VERIFYING: 'Source and target are being compared, record by record. What differs is copied again once.',
    CUTTING_OVER:
      "The project switches to the target (when rolling back: to the source). Writes wait, usually well under a second, while the last ones are replayed. A cut-over that isn't done after 5 seconds is abandoned and retried from `CATCHING_UP`.",
    MOVED:
      'The project is stored at the target. The source is kept as it was at the cut-over, including records that have been purged since, until `finalizeMigration` removes it or `rollBackMigration` returns to it.',
    FAILED: 'It failed; `problem` says why. The project stays at the source, and the copy at the target is removed.',
    CANCELLED: 'It was cancelled. The project stays at the source, and the copy at the target is removed.',
    ROLLED_BACK:
      'The project is stored at the source again, with everything written since the cut-over. The copy at the target is removed.',
    FINALIZING:
      "The source is being removed permanently. While `isOver` is false, the server first checks that the project is complete at the target; if it isn't, the phase is `MOVED` again. If `isOver` is true, the source can't be reached, and is removed as soon as it can be.",
    FINALIZED: 'The project is stored at the target, and the source is removed.',
  },
);

export const OnRejectEnum = enumOf<OnReject>(
  'OnReject',
  "What a migration does when a record, or the content of a log entry, can't be copied.",
  {
    STOP: 'The migration fails at the first one, and the project stays where it is.',
    CONTINUE:
      'The migration leaves out the record or the `before` of the log entry, lists it in `rejects`, and continues. What is left out then exists only at the source, until that is removed. Has no effect on a roll-back, which behaves as with `STOP`.',
  },
);

export const TaskStatusEnum = enumOf<TaskStatus>('TaskStatus', 'Status of a task.', {
  BACKLOG: 'Not started.',
  ANALYSIS: 'Being analyzed.',
  IN_PROGRESS: 'Being worked on.',
  TESTING: 'Being tested.',
  CODE_REVIEW: 'Being reviewed.',
  DONE: 'Finished; `completedAt` says when.',
  BLOCKED: "Can't continue until something else happens.",
});

export const TaskPriorityEnum = enumOf<TaskPriority>('TaskPriority', 'How urgent a task is.', {
  LOW: 'Low: can wait.',
  MEDIUM: 'Normal.',
  HIGH: 'High: before normal work.',
  CRITICAL: 'Critical: before everything else.',
});

export const TaskTypeEnum = enumOf<TaskType>('TaskType', 'Kind of work.', {
  FEATURE: 'New functionality.',
  BUG: 'A defect to fix.',
  REFACTOR: "Restructuring that doesn't change behavior.",
  DOCS: 'Documentation.',
  CHORE: 'Maintenance.',
});

export const MemoryRoleEnum = enumOf<MemoryRole>('MemoryRole', 'Where a memory comes from.', {
  USER: 'The user.',
  ASSISTANT: 'The agent.',
  SYSTEM: 'Instructions, tools, or the environment.',
});

export const OperationEnum = enumOf<Operation>('Operation', 'What a write did to its record.', {
  CREATE: 'Created it or, for a project, attached it.',
  UPDATE: 'Changed it.',
  DELETE: 'Deleted it, alone or with its session; it can be restored.',
  RESTORE: 'Restored it after a deletion, alone or with its session.',
  REVERT: 'Set it back to an earlier version with `revertRecord`, which may have deleted or restored it.',
  PURGE: 'Removed it permanently, and erased its content from all entries of the log.',
});

export const SearchModeEnum = enumOf<SearchMode>('SearchMode', 'How memories are searched.', {
  HYBRID: 'By meaning and by words; the two rankings are merged (reciprocal rank fusion).',
  VECTOR: "By meaning: the query's vector is compared with those of the memories. Finds a memory once it is embedded.",
  TEXT: 'By words: full-text search.',
});

export const EmbeddingStateEnum = enumOf<EmbeddingState>(
  'EmbeddingState',
  "State of a memory's embedding (the vectors for searching by meaning).",
  {
    PENDING: 'Not embedded yet. Full-text search already finds the memory.',
    READY: 'Embedded: vector search finds the memory.',
    FAILED:
      'Could not be embedded; `reason` says why. It is retried after a quarter of an hour, or immediately by `repairIndex`.',
    SKIPPED: 'Nothing to embed; `reason` says why.',
  },
);

export const ContextSourceEnum = enumOf<ContextSource>('ContextSource', 'Why an item is part of a context.', {
  TASK: 'It is the requested task.',
  SESSION: 'It is one of the latest memories of the session.',
  RELEVANT: 'It is relevant to the query or the task.',
});

export const DeletedFilterEnum = enumOf<Deleted>(
  'DeletedFilter',
  'Which records a list returns: live, deleted or both.',
  {
    EXCLUDE: 'Only live records, those that are not deleted.',
    INCLUDE: 'Live and deleted records.',
    ONLY: 'Only deleted records.',
  },
);

export const SortDirectionEnum = enumOf<Order['direction']>('SortDirection', 'Direction in which a list is sorted.', {
  ASC: 'Ascending: smallest or oldest first.',
  DESC: 'Descending: largest or newest first.',
});

export const ErrorCodeEnum = enumOf<ErrorCode>(
  'ErrorCode',
  "Code of an error: in `Error.code`, or in `extensions.code` of the response's `errors`. Codes are stable, so programs can act on them. A request that is rejected before it is executed can have another code, such as `BAD_REQUEST`.",
  {
    INVALID_INPUT: 'The input is invalid.',
    INVALID_CURSOR:
      'The cursor is malformed or belongs to another list, or its change is no longer in the log because the data was restored to an older state.',
    CURSOR_EXPIRED:
      'The cursor is older than the retention of the log (`MOORING_LOG_RETENTION_DAYS`, 365 days by default).',
    NOT_FOUND: "The record doesn't exist, or is deleted although it must be live, or is in a deleted project.",
    CONFLICT: 'The record was changed after it was read.',
    ALREADY_EXISTS: 'Another record already has a value that must be unique.',
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
