import type { SecretPolicy } from '../domain/fields/redaction.js';
import type { Operation } from '../domain/log-entry.js';
import type { MemoryKind, MemoryRole } from '../domain/memory.js';
import type { OnReject, ShownPhase } from '../domain/migration.js';
import type { Capture, ProjectMode, StorageMode } from '../domain/project.js';
import type { StreamingStatus } from '../domain/session.js';
import type { TaskPriority, TaskStatus, TaskType } from '../domain/task.js';
import type { EmbeddingState, SearchMode } from '../search/contract.js';
import type { ContextSource } from '../services/contexts/context-budget.js';
import type { ExportFormat } from '../services/sessions/export/contract.js';
import type { SettingSource } from '../services/storage-settings/effective.js';
import type { CheckName, CheckOutcome, VectorSearchKind } from '../storage/health.js';
import type { Deleted, Order } from '../storage/store.js';
import { builder } from './builder.js';

/** A GraphQL enum with a description of every value. */
export function enumOf<T extends string>(name: string, description: string, values: Readonly<Record<T, string>>) {
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

export const SecretPolicyEnum = enumOf<SecretPolicy>(
  'SecretPolicy',
  'What is done about secrets, such as tokens and passwords, in texts that are about to be saved.',
  {
    REDACT:
      "Each is replaced by `[redacted: RULE]`, such as `[redacted: github-token]`, and the payload says so. What can't be redacted, such as an `externalId`, is refused.",
    REFUSE: 'The write fails with `SECRET_REFUSED`.',
    OFF: 'Texts are saved as they are.',
  },
);

export const CaptureEnum = enumOf<Capture>(
  'Capture',
  "What is kept of an agent's conversations without the agent asking for it: by `mooring hook`, by `POST /hooks/claude-code` and by `mooring import`. It has no effect on what clients save themselves.",
  {
    OFF: 'Nothing.',
    MESSAGES: 'What the user and the agent say, and the summaries that the agent makes of a long conversation.',
    ALL: 'Messages, and the output of the tools that the agent calls, each cut to `captureToolCharacters`.',
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
  BLOCKED: "Can't continue until something else happens. Never ready.",
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
  SYSTEM: 'Instructions, or the environment.',
  TOOL: 'A tool: the output of a call.',
});

export const MemoryKindEnum = enumOf<MemoryKind>(
  'MemoryKind',
  'What a memory is: a label for clients, except `DECISION`.',
  {
    MESSAGE: 'Part of a conversation.',
    NOTE: 'Something to remember.',
    DECISION: 'What was decided. Contexts put it right after pinned memories, unless it is superseded.',
    FACT: 'What is known to be true.',
    SUMMARY: 'A summary of other memories.',
  },
);

export const StreamingStatusEnum = enumOf<StreamingStatus>(
  'StreamingStatus',
  'State of the unfinished answer in a session. Clients set it; saving a memory with the role `ASSISTANT` clears it.',
  {
    STREAMING: 'An answer is being produced.',
    PENDING: 'An answer was interrupted, and has to be resumed.',
  },
);

export const ExportFormatEnum = enumOf<ExportFormat>('ExportFormat', 'Format of an exported conversation.', {
  JSON: 'One JSON object. Each of its `messages` has `id`, `role`, `kind`, `pinned`, `content`, `created_at` (its `occurredAt`), `task_id` and `metadata`; those of tools also have `tool_name` and `tool_call_id`.',
  MARKDOWN:
    'Markdown to read, with a heading of level 2 for each message. Headings in messages become deeper ones, and raw HTML is shown as text; JSON has messages unchanged.',
});

export const OperationEnum = enumOf<Operation>('Operation', 'What a write did to its record.', {
  CREATE: 'Created it or, for a project, attached it.',
  UPDATE: 'Changed it.',
  DELETE: 'Deleted it, alone or with its session; it can be restored.',
  RESTORE: 'Restored it after a deletion, alone or with its session.',
  REVERT: 'Set it back to an earlier version with `revertRecord`, which may have deleted or restored it.',
  REDACT:
    'Replaced secrets in it by markers with `scanSecrets`, which does the same in the earlier entries of the log.',
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
  PINNED: 'It is a pinned memory.',
  DECISION: 'It is a decision.',
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
