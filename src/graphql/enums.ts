import type { ErrorCode } from '../domain/errors.js';
import type { Operation } from '../domain/log-entry.js';
import type { MemoryRole } from '../domain/memory.js';
import type { OnReject, ShownPhase } from '../domain/migration.js';
import type { ProjectMode, StorageMode } from '../domain/project.js';
import type { TaskPriority, TaskStatus, TaskType } from '../domain/task.js';
import type { EmbeddingState, SearchMode } from '../search/search.js';
import type { ContextSource } from '../services/contexts/context-budget.js';
import type { SettingSource } from '../services/storage-settings/effective.js';
import type { CheckName, CheckOutcome, VectorSearchKind } from '../storage/health.js';
import type { Deleted, Order } from '../storage/store.js';
import { builder } from './builder.js';

/** An enum whose every value is described. */
export function enumOf<T extends string>(name: string, description: string, values: Readonly<Record<T, string>>) {
  const described = Object.fromEntries(
    Object.entries<string>(values).map(([value, text]) => [value, { description: text }]),
  ) as Record<T, { description: string }>;
  return builder.enumType(name, { description, values: described });
}

export const ProjectModeEnum = enumOf<ProjectMode>('ProjectMode', 'How much a project keeps.', {
  SIMPLE: 'Tasks and memories.',
  DEVELOPMENT: 'Also the stages of software work.',
});

export const StorageModeEnum = enumOf<StorageMode>('StorageMode', "Where a project's data lives.", {
  LOCAL: 'On this machine: one SQLite file per project. Needs nothing else.',
  MONGODB: 'In MongoDB.',
  FILE: 'In plain JSON files, one per record.',
});

export const SettingSourceEnum = enumOf<SettingSource>('SettingSource', 'Where a setting comes from.', {
  ENVIRONMENT: 'From an environment variable, which wins over what is saved.',
  SAVED: 'Saved in the catalog.',
  DEFAULT: 'Nobody set it.',
});

export const VectorSearchEnum = enumOf<VectorSearchKind>('VectorSearchKind', 'What finds memories by their meaning.', {
  EMBEDDED: 'The index in this process, exactly.',
  CHROMA: 'A Chroma server.',
  ATLAS: 'Vector search in MongoDB.',
});

export const CheckNameEnum = enumOf<CheckName>('StorageCheckName', 'What is looked at when settings are tried out.', {
  ADDRESS: 'Whether the address can be read.',
  DNS: 'Whether its name is known.',
  TLS: 'Whether the connection is encrypted.',
  CONNECT: 'Whether a server answers.',
  AUTHENTICATION: 'Whether it takes the credentials.',
  REPLICA_SET: 'Whether it can do what a store needs, such as transactions.',
  WRITABLE: 'Whether a probe could be written, read and removed again.',
  COLLECTIONS: 'Which collections are there.',
  INDEXES: 'Which indexes are there.',
  VECTOR_SEARCH: 'Whether it can search vectors.',
  EMBEDDING: 'Whether texts can be embedded.',
});

export const CheckOutcomeEnum = enumOf<CheckOutcome>('StorageCheckOutcome', 'How a check ended.', {
  PASSED: 'All is well.',
  WARNING: 'It works; the message says what is less than it could be.',
  FAILED: "It doesn't work; the message says why.",
  SKIPPED: "An earlier check failed, or it doesn't apply.",
});

export const MigrationPhaseEnum = enumOf<ShownPhase>('MigrationPhase', 'How far a move is.', {
  PLANNED: 'It waits for its turn; a dry run ends here, with `endedAt`.',
  PREFLIGHT: 'What it depends on is looked at, before the first record is copied.',
  COPYING: 'Records are copied; writes go on where the project lives.',
  CATCHING_UP: 'What was written meanwhile is copied too, until little is left.',
  VERIFYING: 'Both sides are compared, record by record.',
  CUTTING_OVER: 'Writes wait a moment; the last ones are copied, and the project is flipped.',
  MOVED: 'The project lives at the new place. The old one is kept until it is finalized or rolled back.',
  FAILED: "It couldn't be done; the project lives where it did. `problem` says why.",
  CANCELLED: 'It was cancelled; the project lives where it did.',
  ROLLED_BACK: 'The project is back where it was, with what was written since.',
  FINALIZING:
    "The old place is being removed, for good. With `isOver`, it can't be reached now, and is removed once it can be.",
  FINALIZED: 'The project has moved, and the old place is cleared.',
});

export const OnRejectEnum = enumOf<OnReject>('OnReject', "What becomes of a move when a record can't be copied.", {
  STOP: 'It fails, and the project stays where it is.',
  CONTINUE: 'It goes on without the record, which is listed in `rejects`.',
});

export const TaskStatusEnum = enumOf<TaskStatus>('TaskStatus', 'How far a task is.', {
  BACKLOG: 'Waits to be taken up.',
  ANALYSIS: 'Being thought through.',
  IN_PROGRESS: 'Being worked on.',
  TESTING: 'Being tried.',
  CODE_REVIEW: 'Being reviewed.',
  DONE: 'Finished; `completedAt` says when.',
  BLOCKED: "Can't go on until something else happens.",
});

export const TaskPriorityEnum = enumOf<TaskPriority>('TaskPriority', 'How urgent a task is.', {
  LOW: 'Can wait.',
  MEDIUM: 'In its turn.',
  HIGH: 'Before others.',
  CRITICAL: 'Now.',
});

export const TaskTypeEnum = enumOf<TaskType>('TaskType', 'What kind of work a task is.', {
  FEATURE: 'Something new.',
  BUG: 'Something broken.',
  REFACTOR: 'The same, built better.',
  DOCS: 'Something to be written down.',
  CHORE: 'Upkeep.',
});

export const MemoryRoleEnum = enumOf<MemoryRole>('MemoryRole', 'Who said it.', {
  USER: 'The person.',
  ASSISTANT: 'The agent.',
  SYSTEM: 'Instructions, tools, or the environment.',
});

export const OperationEnum = enumOf<Operation>('Operation', 'What a write did to its record.', {
  CREATE: 'Made it.',
  UPDATE: 'Changed it.',
  DELETE: 'Deleted it; it can be restored.',
  RESTORE: 'Restored it after a deletion.',
  REVERT: 'Wrote it as it was at an earlier version.',
  PURGE: 'Removed it for good, and its earlier images with it.',
});

export const SearchModeEnum = enumOf<SearchMode>('SearchMode', 'How memories are looked for.', {
  HYBRID: 'By meaning and by words; the ranks of both are fused.',
  VECTOR: 'By meaning.',
  TEXT: 'By words.',
});

export const EmbeddingStateEnum = enumOf<EmbeddingState>('EmbeddingState', "How a memory's embedding stands.", {
  PENDING: 'Waits for its vector; words find it already.',
  READY: 'Can be found by meaning.',
  FAILED: "Couldn't be embedded; the reason says why.",
  SKIPPED: 'Has nothing to embed; the reason says why.',
});

export const ContextSourceEnum = enumOf<ContextSource>('ContextSource', 'Why something is in a context.', {
  TASK: 'It is the task that was asked about.',
  SESSION: 'It is among the latest of the session.',
  RELEVANT: 'It is relevant to the query or the task.',
});

export const DeletedFilterEnum = enumOf<Deleted>('DeletedFilter', 'What to do with deleted records.', {
  EXCLUDE: 'Leave them out.',
  INCLUDE: 'List them among the others.',
  ONLY: 'List only them.',
});

export const SortDirectionEnum = enumOf<Order['direction']>('SortDirection', 'Which way a list is ordered.', {
  ASC: 'Smallest, or oldest, first.',
  DESC: 'Greatest, or newest, first.',
});

export const ErrorCodeEnum = enumOf<ErrorCode>('ErrorCode', 'Stable codes of errors: a program may decide by them.', {
  INVALID_INPUT: "The input can't be taken as it is.",
  INVALID_CURSOR:
    "The cursor isn't one of this list, or the log that it is of doesn't have its change any more: the data was put back to an older state.",
  CURSOR_EXPIRED: 'The cursor is older than what the log keeps.',
  NOT_FOUND: 'There is no such record, or it is deleted.',
  CONFLICT: 'The record moved on since it was read.',
  ALREADY_EXISTS: 'Another record holds what must be unique.',
  CONFIRMATION_REQUIRED: "What was asked for wasn't confirmed by a valid token.",
  STORAGE_MODE_UNAVAILABLE: "The storage mode can't be used on this server.",
  STORE_UNAVAILABLE: "The project's store can't be reached.",
  STORE_TIMEOUT: "The project's store didn't answer in time.",
  STORE_AUTHENTICATION: "The project's store doesn't take the credentials.",
  STORE_NOT_AUTHORIZED: "The credentials may not do this in the project's store.",
  STORE_TLS: "The project's store can't be reached over TLS.",
  STORE_UNSUITABLE: "The server can't do what a store needs, such as transactions.",
  STORE_DAMAGED: "The project's store is damaged.",
  STORE_TOO_NEW: "The project's store was written by a newer version of the server.",
  STORE_FULL: 'There is no space left for the store.',
  STORE_READ_ONLY: "The store can't be written to.",
  RECORD_TOO_LARGE: "The record is larger than the project's store takes.",
  STORAGE_IN_USE: 'Projects live in that storage mode.',
  MIGRATION_STATE: "The migration, or the project that is on the move, can't do this now.",
  ROUTE_CHANGED: 'The project moved to another store meanwhile.',
  EMBEDDING_UNAVAILABLE: "Embeddings can't be made.",
  QUERY_TOO_COMPLEX: 'The request asks for more than the server allows at once.',
  RESPONSE_TOO_LARGE: 'The answer has, or takes reading, more bytes than one request may.',
  RATE_LIMITED: 'The requests that run now have all the room there is; the same request may succeed in a moment.',
  INTERNAL: 'The server failed in a way that it did not foresee.',
});
