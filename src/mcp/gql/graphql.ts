/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What is kept of an agent's conversations without the agent asking for it: by `mooring hook`, by `POST /hooks/claude-code` and by `mooring import`. It has no effect on what clients save themselves. */
export type Capture =
  /** Messages, and the output of the tools that the agent calls, each cut to `captureToolCharacters`. */
  | 'ALL'
  /** What the user and the agent say, and the summaries that the agent makes of a long conversation. */
  | 'MESSAGES'
  /** Nothing. */
  | 'OFF';

/** Input of `claimTask`. */
export type ClaimTaskInput = {
  /** Name of the agent: visible characters on one line, no spaces around them; at most 1,000. */
  agent: string;
  /** Claim the first ready task that matches: the most urgent, then the oldest. `assignedAgent: null` skips tasks that are assigned. Only without `id` and `handle`. Default: any ready task. */
  filter?: TaskFilter | null | undefined;
  /** Handle of the task, instead of its id. */
  handle?: string | null | undefined;
  /** Id of the task. An agent can claim again what it holds: the claim then has a new token. */
  id?: string | number | null | undefined;
  /** How long the claim lasts from now, in seconds: 1 to 604,800. Renew it before it expires. */
  leaseSeconds?: number | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** How long to wait for a ready task, in seconds: 0 to 60. All claims of a request together wait no longer. A named task that is `DONE` or `BLOCKED` is not waited for. */
  waitSeconds?: number | null | undefined;
};

/** Input of `completeTask`. */
export type CompleteTaskInput = {
  /** Id of the task. */
  id: string | number;
  /** What was achieved, for `Task.result`; at most 1 MB. Left out: that stays. */
  result?: string | null | undefined;
  /** A result to add to `Task.stageResults`, which has at most 100. */
  stageResult?: StageResultInput | null | undefined;
  /** Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`. */
  token: number;
};

/** Input of `createProject`. */
export type CreateProjectInput = {
  /** What to keep of agents' conversations. Null for undecided: `MESSAGES` for agents that were set up to capture, `OFF` for all others. */
  capture?: Capture | null | undefined;
  /** Most characters to keep of a tool's output with `capture: ALL`: 0 to 20,000. Default: 2,000. */
  captureToolCharacters?: number | null | undefined;
  /** Instructions that agents should read before they start; at most 1 MB. */
  customInstructions?: string | null | undefined;
  /** Description of the project; at most 1 MB. */
  description?: string | null | undefined;
  /** The client's own id for the project: at most 256 characters, unique on this server. If a live project already has it, that project is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: string | null | undefined;
  /** Repository, as `owner/name` or a URL. Null for none. */
  githubRepo?: string | null | undefined;
  /** Whether the project is being worked on. Default: true. */
  isActive?: boolean | null | undefined;
  /** What the project is used for. Default: `SIMPLE`. */
  mode?: ProjectMode | null | undefined;
  /** Name of the project; at most 200 characters. */
  name: string;
  /** Absolute path of the working directory. No two live projects can have the same folder, however its path is spelled. Null for none. */
  path?: string | null | undefined;
  /** What to do about secrets in texts that are saved, those of this mutation included. Null for the server's policy, `MOORING_SECRETS`. */
  secrets?: SecretPolicy | null | undefined;
  /** Settings, free for clients to use; at most 256 KB as JSON. Two names are reserved for a location of the project's own: `fileStorePath` (`FILE`: absolute path of a folder on the server's disk, not used by the server itself or by another project) and `mongodbDatabase` (`MONGODB`: name of a database on the configured server). Without them, the project is stored at `StorageModeConfig.place`. */
  settings?: Record<string, unknown> | null | undefined;
  /** Where to store the project's data. Default: the server's `MOORING_STORAGE_MODE`, which is `LOCAL` unless configured. */
  storageMode?: StorageMode | null | undefined;
  /** Languages, frameworks and tools that the project uses: at most 100, of at most 100 characters each. */
  techStack?: Array<string> | null | undefined;
};

/** Input of `createTask`. */
export type CreateTaskInput = {
  /** Result of analyzing the task; at most 1 MB. Null for none. */
  analysis?: string | null | undefined;
  /** Agent to assign the task to. Null for none. */
  assignedAgent?: string | null | undefined;
  /** Ids of the tasks to do before this one: at most 100. Only `claimTask` enforces the order. Each must be a live task of the same project when it is added, and must not depend on this one, directly or through other tasks. */
  dependsOn?: Array<string | number> | null | undefined;
  /** Full description of the task; at most 1 MB. */
  description?: string | null | undefined;
  /** Estimated effort, in hours, 0 or more. Null for unknown. */
  estimatedHours?: number | null | undefined;
  /** The client's own id for the task: at most 256 characters, unique among the project's tasks. If a live task already has it, that task is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: string | null | undefined;
  /** Git branch for this task. Null for none. */
  gitBranch?: string | null | undefined;
  /** Id of the parent: a live task of the same project, neither this one nor below it. Open subtasks don't block their parent. Null for none. */
  parentId?: string | number | null | undefined;
  /** How urgent the task is. Default: `MEDIUM`. */
  priority?: TaskPriority | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** What was achieved; at most 1 MB. Null for none. */
  result?: string | null | undefined;
  /** Results of the stages, in order; at most 100, and at most 1 MB in total as JSON. */
  stageResults?: Array<StageResultInput> | null | undefined;
  /** Status of the task. `DONE` sets `completedAt`; any other status clears it. `DONE` and `BLOCKED` end a claim. Default: `BACKLOG`. */
  status?: TaskStatus | null | undefined;
  /** Links to where the work can be tested; at most 100. */
  testingUrls?: Array<TestingUrlInput> | null | undefined;
  /** Short summary of the task; at most 500 characters. */
  title: string;
  /** Kind of work. Default: `FEATURE`. */
  type?: TaskType | null | undefined;
  /** Path of the Git worktree for this task. Null for none. */
  worktreePath?: string | null | undefined;
};

/** Input of `deleteMemory`. */
export type DeleteMemoryInput = {
  /** Id of the memory. */
  id: string | number;
  /** The version that you read. If the memory was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `deleteSession`. */
export type DeleteSessionInput = {
  /** Id of the session. */
  id: string | number;
  /** The version that you read. If the session was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `deleteState`. */
export type DeleteStateInput = {
  /** Id of the state. */
  id: string | number;
  /** The version that you read. If the state was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `deleteTask`. */
export type DeleteTaskInput = {
  /** Id of the task. */
  id: string | number;
  /** The version that you read. If the task was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Code of an error: in `Error.code`, or in `extensions.code` of the response's `errors`. Codes are stable, so programs can act on them. A request that is rejected before it is executed can have another code, such as `BAD_REQUEST`. */
export type ErrorCode =
  /** Another record already has a value that must be unique. */
  | 'ALREADY_EXISTS'
  /** Others have changed records since the request that was to be undone. */
  | 'CHANGED_SINCE'
  /** The token isn't that of the task's current claim, or the claim expired or ended. */
  | 'CLAIM_LOST'
  /** The operation must be confirmed by a valid token. */
  | 'CONFIRMATION_REQUIRED'
  /** The record was changed after it was read. */
  | 'CONFLICT'
  /** The cursor is older than the retention of the log (`MOORING_LOG_RETENTION_DAYS`, 365 days by default). */
  | 'CURSOR_EXPIRED'
  /** Texts can't be embedded now. */
  | 'EMBEDDING_UNAVAILABLE'
  /** The caller lacks a permission, or access to a project. */
  | 'FORBIDDEN'
  /** An unexpected error in the server. */
  | 'INTERNAL'
  /** The cursor is malformed or belongs to another list, or its change is no longer in the log because the data was restored to an older state. */
  | 'INVALID_CURSOR'
  /** The input is invalid. */
  | 'INVALID_INPUT'
  /** The operation isn't possible in the current state of the migration, or while the project is being migrated. */
  | 'MIGRATION_STATE'
  /** No task that passes the filter is ready. */
  | 'NOTHING_READY'
  /** The record doesn't exist, or is deleted although it must be live, or is in a deleted project. */
  | 'NOT_FOUND'
  /** The request exceeds a limit on complexity. */
  | 'QUERY_TOO_COMPLEX'
  /** The server is at capacity; the same request may succeed in a moment. */
  | 'RATE_LIMITED'
  /** The record exceeds the size limit of the project's store. */
  | 'RECORD_TOO_LARGE'
  /** The response, or the data read for it, exceeds the size limit of one request. A mutation may have been carried out all the same. */
  | 'RESPONSE_TOO_LARGE'
  /** The project moved to another store during the request. */
  | 'ROUTE_CHANGED'
  /** A text holds a secret, such as a token, and isn't saved with it. */
  | 'SECRET_REFUSED'
  /** The server has no users yet: it must be set up first. */
  | 'SETUP_REQUIRED'
  /** Projects, or a migration, depend on the storage settings. */
  | 'STORAGE_IN_USE'
  /** The storage mode isn't available on this server. */
  | 'STORAGE_MODE_UNAVAILABLE'
  /** The project's store rejected the credentials. */
  | 'STORE_AUTHENTICATION'
  /** The project's store is damaged. */
  | 'STORE_DAMAGED'
  /** The project's store is out of space. */
  | 'STORE_FULL'
  /** The credentials aren't authorized for this operation in the project's store. */
  | 'STORE_NOT_AUTHORIZED'
  /** The project's store is read-only. */
  | 'STORE_READ_ONLY'
  /** The project's store didn't answer in time. */
  | 'STORE_TIMEOUT'
  /** The TLS connection to the project's store failed. */
  | 'STORE_TLS'
  /** The project's store was written by a newer version of the server. */
  | 'STORE_TOO_NEW'
  /** The project's store can't be reached. */
  | 'STORE_UNAVAILABLE'
  /** The project's store can't be used as it is: it lacks transactions, for example, or is the unfinished copy of a migration. */
  | 'STORE_UNSUITABLE'
  /** The task can't be claimed now. */
  | 'TASK_NOT_READY'
  /** The request has no credential, or one that is unknown, expired or revoked. */
  | 'UNAUTHENTICATED';

/** Selects the memories that meet all conditions given. A field that is left out adds no condition. */
export type MemoryFilter = {
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  kinds?: Array<MemoryKind> | null | undefined;
  /** Keys and values that the metadata must contain. Values must be equal; in objects, the order of keys doesn't matter. At most 8 keys, and 16 KB as JSON. */
  metadata?: Record<string, unknown> | null | undefined;
  /** When it was said or happened. */
  occurredAt?: TimeRange | null | undefined;
  /** Whether the memory is pinned. */
  pinned?: boolean | null | undefined;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  roles?: Array<MemoryRole> | null | undefined;
  /** `Session.key` of the session, not its `id`; null matches memories that belong to none. */
  sessionId?: string | null | undefined;
  /** Id of the task that the memory is about; null matches memories without one. */
  taskId?: string | number | null | undefined;
};

/** What a memory is: a label for clients, except `DECISION`. */
export type MemoryKind =
  /** What was decided. Contexts put it right after pinned memories, unless it is superseded. */
  | 'DECISION'
  /** What is known to be true. */
  | 'FACT'
  /** Part of a conversation. */
  | 'MESSAGE'
  /** Something to remember. */
  | 'NOTE'
  /** A summary of other memories. */
  | 'SUMMARY';

/** Where a memory comes from. */
export type MemoryRole =
  /** The agent. */
  | 'ASSISTANT'
  /** Instructions, or the environment. */
  | 'SYSTEM'
  /** A tool: the output of a call. */
  | 'TOOL'
  /** The user. */
  | 'USER';

/**
 * Phase of a migration. The source is where the project was stored before, the target is where it moves to.
 *
 * - Moving: `PLANNED`, `PREFLIGHT`, `COPYING`, `CATCHING_UP`, `VERIFYING`, `CATCHING_UP`, `CUTTING_OVER`, `MOVED`; after `finalizeMigration`, `FINALIZING` and `FINALIZED`. Until `MOVED`, the project is read and written at the source, and a failure or `cancelMigration` ends in `FAILED` or `CANCELLED`.
 * - Rolling back, after `rollBackMigration`: `MOVED`, `CATCHING_UP`, `VERIFYING`, `CATCHING_UP`, `CUTTING_OVER`, `ROLLED_BACK`. Until `ROLLED_BACK`, the project is read and written at the target, and a failure or `cancelMigration` returns to `MOVED`.
 * - Over, with `isOver` and `endedAt` set: `FAILED`, `CANCELLED`, `ROLLED_BACK`, `FINALIZED`; `PLANNED` after a dry run; `FINALIZING` while the source can't be reached.
 */
export type MigrationPhase =
  /** It was cancelled. The project stays at the source, and the copy at the target is removed. */
  | 'CANCELLED'
  /** Writes made since copying began (when rolling back: since the cut-over) are being replayed, that is repeated from the log, until the other side is only a moment behind. With `autoCutOver: false`, a verified migration waits here for `cutOverMigration`. */
  | 'CATCHING_UP'
  /** Records, and the log of writes to them, are being copied to the target. */
  | 'COPYING'
  /** The project switches to the target (when rolling back: to the source). Writes wait, usually well under a second, while the last ones are replayed. A cut-over that isn't done after 5 seconds is abandoned and retried from `CATCHING_UP`. */
  | 'CUTTING_OVER'
  /** It failed; `problem` says why. The project stays at the source, and the copy at the target is removed. */
  | 'FAILED'
  /** The project is stored at the target, and the source is removed. */
  | 'FINALIZED'
  /** The source is being removed permanently. While `isOver` is false, the server first checks that the project is complete at the target; if it isn't, the phase is `MOVED` again. If `isOver` is true, the source can't be reached, and is removed as soon as it can be. */
  | 'FINALIZING'
  /** The project is stored at the target. The source is kept as it was at the cut-over, including records that have been purged since, until `finalizeMigration` removes it or `rollBackMigration` returns to it. */
  | 'MOVED'
  /** Not started. A dry run ends in this phase if no check has `FAILED`, otherwise in phase `FAILED`. */
  | 'PLANNED'
  /** Everything that the migration depends on is being checked. Nothing is copied yet. */
  | 'PREFLIGHT'
  /** The project is stored at the source again, with everything written since the cut-over. The copy at the target is removed. */
  | 'ROLLED_BACK'
  /** Source and target are being compared, record by record. What differs is copied again once. */
  | 'VERIFYING';

/** What a write did to its record. */
export type Operation =
  /** Created it or, for a project, attached it. */
  | 'CREATE'
  /** Deleted it, alone or with its session; it can be restored. */
  | 'DELETE'
  /** Removed it permanently, and erased its content from all entries of the log. */
  | 'PURGE'
  /** Replaced secrets in it by markers with `scanSecrets`, which does the same in the earlier entries of the log. */
  | 'REDACT'
  /** Restored it after a deletion, alone or with its session. */
  | 'RESTORE'
  /** Set it back to an earlier version with `revertRecord`, which may have deleted or restored it. */
  | 'REVERT'
  /** Changed it. */
  | 'UPDATE';

/** Identifies a project: exactly one field must be set. */
export type ProjectBy =
  {   /** Id of the project. */
  id: string | number; path?: never; }
  |  { id?: never;   /** Absolute path of the working directory, in any spelling that names the same folder. Finds live projects only. */
  path: string; };

/** Selects the projects that meet all conditions given. A field that is left out adds no condition. */
export type ProjectFilter = {
  /** Whether the project is being worked on. */
  isActive?: boolean | null | undefined;
  /** What the project is used for. */
  mode?: ProjectMode | null | undefined;
  /** Id of the user who owns the project. */
  ownerId?: string | number | null | undefined;
  /** Where the project's data is stored. */
  storageMode?: StorageMode | null | undefined;
  /** Text that the name, the description or the path must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  text?: string | null | undefined;
};

/** What a project is used for. It is a label for clients: the server treats all projects alike. */
export type ProjectMode =
  /** Software development: tasks also go through stages, such as analysis and review. */
  | 'DEVELOPMENT'
  /** Plain tasks and memories. */
  | 'SIMPLE';

/** Input of `renewClaim`. */
export type RenewClaimInput = {
  /** Id of the task. */
  id: string | number;
  /** How long the claim lasts from now, in seconds: 1 to 604,800. Renew it before it expires. */
  leaseSeconds?: number | null | undefined;
  /** Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`. */
  token: number;
};

/** Input of `revertRecord`. */
export type RevertRecordInput = {
  /** Id of the record. */
  id: string | number;
  /** The version to set the record back to. The log must still have its content: `after` of its entry in `history` is not null. */
  toVersion: number;
  /** The version that you read. If the record was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `revertRequest`. */
export type RevertRequestInput = {
  /** Id of the project. */
  projectId: string | number;
  /** The `requestId` of its entries in the log. It may have made at most 10,000 changes. */
  requestId: string;
};

/** Input of `saveMemory`. */
export type SaveMemoryInput = {
  /** Text of the memory; at most 1 MB of UTF-8. */
  content: string;
  /** The client's own id for the memory: at most 256 characters, unique among the project's memories. If a live memory already has it, that memory is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: string | null | undefined;
  /** What the memory is. Default: `MESSAGE`. */
  kind?: MemoryKind | null | undefined;
  /** The client's own data about the memory; at most 256 KB as JSON. */
  metadata?: Record<string, unknown> | null | undefined;
  /** When it was said or happened. Default: now. */
  occurredAt?: string | null | undefined;
  /** Whether contexts prefer it to other memories. Default: false. */
  pinned?: boolean | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** Ids of tasks and memories that the memory refers to: at most 100. Each must be a live one of the same project when it is added. */
  references?: Array<string | number> | null | undefined;
  /** Where the memory comes from. */
  role: MemoryRole;
  /** `Session.key` of the session, not its `id`: any text of at most 500 characters that you choose. If no live session has this key, one is created. Null for none. */
  sessionId?: string | null | undefined;
  /** Id of a memory that this one replaces, such as an earlier decision: a live one of the same project. If another live memory supersedes it, the result is an `AlreadyExistsError`. Contexts then leave that one out. Null for none. */
  supersedes?: string | number | null | undefined;
  /** Id of the task that the memory is about, in the same project. Null for none. */
  taskId?: string | number | null | undefined;
  /** Id of the tool call: at most 64 characters, and only with the role `TOOL`. Null for none. */
  toolCallId?: string | null | undefined;
  /** Name of the tool: at most 128 characters, and only with the role `TOOL`. Null for none. */
  toolName?: string | null | undefined;
};

/** How memories are searched. */
export type SearchMode =
  /** By meaning and by words; the two rankings are merged (reciprocal rank fusion). */
  | 'HYBRID'
  /** By words: full-text search. */
  | 'TEXT'
  /** By meaning: the query's vector is compared with those of the memories. Finds a memory once it is embedded. */
  | 'VECTOR';

/** What is done about secrets, such as tokens and passwords, in texts that are about to be saved. */
export type SecretPolicy =
  /** Texts are saved as they are. */
  | 'OFF'
  /** Each is replaced by `[redacted: RULE]`, such as `[redacted: github-token]`, and the payload says so. What can't be redacted, such as an `externalId`, is refused. */
  | 'REDACT'
  /** The write fails with `SECRET_REFUSED`. */
  | 'REFUSE';

/** Result of one stage of the work, such as analysis or review. */
export type StageResultInput = {
  /** When the stage ended. Default: now. */
  at?: string | null | undefined;
  /** Output of the stage; at most 256 KB as JSON. */
  output?: unknown;
  /** Name of the stage. */
  stage: string;
  /** How the stage ended, in the client's own words. */
  status: string;
};

/** Where a project's data is stored. */
export type StorageMode =
  /** In a folder on the server's disk: plain JSON files, one per record. */
  | 'FILE'
  /** On the server's disk, in the data directory: one SQLite database per project. Needs no other service. */
  | 'LOCAL'
  /** In a MongoDB database, on a replica set or a sharded cluster. */
  | 'MONGODB';

/** Identifies a live task by its handle. */
export type TaskBy = {
  /** The `Task.handle`; case and hyphens are ignored. */
  handle: string;
  /** Id of the project. */
  projectId: string | number;
};

/** Selects the tasks that meet all conditions given. A field that is left out adds no condition. */
export type TaskFilter = {
  /** Agent that the task is assigned to; null matches unassigned tasks. */
  assignedAgent?: string | null | undefined;
  /** When the task was created. */
  createdAt?: TimeRange | null | undefined;
  /** Id of the parent; null matches tasks without one. */
  parentId?: string | number | null | undefined;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  priorities?: Array<TaskPriority> | null | undefined;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  statuses?: Array<TaskStatus> | null | undefined;
  /** Text that the title or the description must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  text?: string | null | undefined;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  types?: Array<TaskType> | null | undefined;
};

/** How urgent a task is. */
export type TaskPriority =
  /** Critical: before everything else. */
  | 'CRITICAL'
  /** High: before normal work. */
  | 'HIGH'
  /** Low: can wait. */
  | 'LOW'
  /** Normal. */
  | 'MEDIUM';

/** Status of a task. */
export type TaskStatus =
  /** Being analyzed. */
  | 'ANALYSIS'
  /** Not started. */
  | 'BACKLOG'
  /** Can't continue until something else happens. Never ready. */
  | 'BLOCKED'
  /** Being reviewed. */
  | 'CODE_REVIEW'
  /** Finished; `completedAt` says when. */
  | 'DONE'
  /** Being worked on. */
  | 'IN_PROGRESS'
  /** Being tested. */
  | 'TESTING';

/** Kind of work. */
export type TaskType =
  /** A defect to fix. */
  | 'BUG'
  /** Maintenance. */
  | 'CHORE'
  /** Documentation. */
  | 'DOCS'
  /** New functionality. */
  | 'FEATURE'
  /** Restructuring that doesn't change behavior. */
  | 'REFACTOR';

/** A link to where the work can be tested. */
export type TestingUrlInput = {
  /** Label of the link. */
  label: string;
  /** The URL, with `http` or `https`. */
  url: string;
};

/** A range of time. A bound that is left out sets no limit. */
export type TimeRange = {
  /** Start of the range, inclusive. */
  after?: string | null | undefined;
  /** End of the range, exclusive. */
  before?: string | null | undefined;
};

/** Input of `updateTask`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateTaskInput = {
  /** Result of analyzing the task; at most 1 MB. Null for none. */
  analysis?: string | null | undefined;
  /** Agent to assign the task to. Null for none. */
  assignedAgent?: string | null | undefined;
  /** Ids of the tasks to do before this one: at most 100. Only `claimTask` enforces the order. Each must be a live task of the same project when it is added, and must not depend on this one, directly or through other tasks. */
  dependsOn?: Array<string | number> | null | undefined;
  /** Full description of the task; at most 1 MB. */
  description?: string | null | undefined;
  /** Estimated effort, in hours, 0 or more. Null for unknown. */
  estimatedHours?: number | null | undefined;
  /** Git branch for this task. Null for none. */
  gitBranch?: string | null | undefined;
  /** Id of the task. */
  id: string | number;
  /** Id of the parent: a live task of the same project, neither this one nor below it. Open subtasks don't block their parent. Null for none. */
  parentId?: string | number | null | undefined;
  /** How urgent the task is. */
  priority?: TaskPriority | null | undefined;
  /** What was achieved; at most 1 MB. Null for none. */
  result?: string | null | undefined;
  /** Results of the stages, in order; at most 100, and at most 1 MB in total as JSON. */
  stageResults?: Array<StageResultInput> | null | undefined;
  /** Status of the task. `DONE` sets `completedAt`; any other status clears it. `DONE` and `BLOCKED` end a claim. */
  status?: TaskStatus | null | undefined;
  /** Links to where the work can be tested; at most 100. */
  testingUrls?: Array<TestingUrlInput> | null | undefined;
  /** Short summary of the task; at most 500 characters. */
  title?: string | null | undefined;
  /** Kind of work. */
  type?: TaskType | null | undefined;
  /** The version that you read. If the task was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
  /** Path of the Git worktree for this task. Null for none. */
  worktreePath?: string | null | undefined;
};

export type FindProjectQueryVariables = Exact<{
  by: ProjectBy;
}>;


export type FindProjectQuery = { project: { id: string, name: string, deletedAt: string | null } | null };

export type ListProjectsQueryVariables = Exact<{
  filter?: ProjectFilter | null | undefined;
  first: number;
}>;


export type ListProjectsQuery = { projects: { totalCount: number, nodes: Array<{ id: string, name: string, path: string | null } | null> } };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { createProject:
    | { __typename: 'AlreadyExistsError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'CreateProjectPayload', project: { id: string, name: string } }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StorageModeUnavailableError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type SuggestMemoriesQueryVariables = Exact<{
  projectId: string | number;
  query: string;
  search: boolean;
}>;


export type SuggestMemoriesQuery = { project: { searchMemories?: { hits: Array<{ node: { id: string } }> }, memories?: { nodes: Array<{ id: string }> } } | null };

export type SuggestTasksQueryVariables = Exact<{
  projectId: string | number;
  query: string;
  search: boolean;
}>;


export type SuggestTasksQuery = { project: { searchTasks?: { hits: Array<{ node: { id: string } }> }, tasks?: { nodes: Array<{ id: string }> } } | null };

export type SuggestSessionsQueryVariables = Exact<{
  projectId: string | number;
}>;


export type SuggestSessionsQuery = { project: { sessions: { nodes: Array<{ key: string, title: string | null }> } } | null };

export type ReadRecordQueryVariables = Exact<{
  id: string | number;
}>;


export type ReadRecordQuery = { node:
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Grant', id: string }
    | { __typename: 'Memory', id: string, deletedAt: string | null, toolName: string | null, references: Array<string>, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number, project: { id: string, name: string }, task: { id: string, title: string } | null, supersedes: { id: string } | null, supersededBy: { id: string } | null }
    | { __typename: 'Migration', id: string }
    | { __typename: 'OAuthConsent', id: string }
    | { __typename: 'OutsideKey', id: string }
    | { __typename: 'Project', name: string, path: string | null, description: string, customInstructions: string, storageMode: StorageMode, id: string }
    | { __typename: 'Role', id: string }
    | { __typename: 'Session', key: string, agent: string | null, startedAt: string, activeAt: string, memoryCount: number, id: string, sessionTitle: string | null, memories: { nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> } }
    | { __typename: 'SignIn', id: string }
    | { __typename: 'State', key: string, version: number, value: unknown, ownerId: string, id: string }
    | { __typename: 'Task', id: string, deletedAt: string | null, description: string, analysis: string | null, result: string | null, gitBranch: string | null, worktreePath: string | null, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, project: { id: string, name: string }, parent: { id: string, title: string } | null, blockedBy: Array<{ id: string, status: TaskStatus, title: string }>, subtasks: { totalCount: number, nodes: Array<{ id: string, status: TaskStatus, title: string }> }, memories: { totalCount: number, nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> }, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }
    | { __typename: 'User', id: string }
   | null };

export type ReadSessionQueryVariables = Exact<{
  projectId: string | number;
  key: string;
}>;


export type ReadSessionQuery = { project: { sessions: { nodes: Array<{ id: string, export: { text: string, hasNextPage: boolean } }> } } | null };

export type GetCursorQueryVariables = Exact<{
  projectId: string | number;
}>;


export type GetCursorQuery = { project: { cursor: string } | null };

export type GetChangesQueryVariables = Exact<{
  projectId: string | number;
}>;


export type GetChangesQuery = { project: { cursor: string, log: { nodes: Array<{ seq: number, recordId: string }> } } | null };

export type TaskLineFragment = { id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null };

export type MemoryLineFragment = { id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number };

export type WholeMemoryFragment = { deletedAt: string | null, toolName: string | null, references: Array<string>, id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number, project: { id: string, name: string }, task: { id: string, title: string } | null, supersedes: { id: string } | null, supersededBy: { id: string } | null };

export type WholeTaskFragment = { deletedAt: string | null, description: string, analysis: string | null, result: string | null, gitBranch: string | null, worktreePath: string | null, id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, project: { id: string, name: string }, parent: { id: string, title: string } | null, blockedBy: Array<{ id: string, status: TaskStatus, title: string }>, subtasks: { totalCount: number, nodes: Array<{ id: string, status: TaskStatus, title: string }> }, memories: { totalCount: number, nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> }, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null };

type WholeRecord_ApiKey_Fragment = { __typename: 'ApiKey', id: string };

type WholeRecord_Grant_Fragment = { __typename: 'Grant', id: string };

type WholeRecord_Memory_Fragment = { __typename: 'Memory', id: string, deletedAt: string | null, toolName: string | null, references: Array<string>, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number, project: { id: string, name: string }, task: { id: string, title: string } | null, supersedes: { id: string } | null, supersededBy: { id: string } | null };

type WholeRecord_Migration_Fragment = { __typename: 'Migration', id: string };

type WholeRecord_OAuthConsent_Fragment = { __typename: 'OAuthConsent', id: string };

type WholeRecord_OutsideKey_Fragment = { __typename: 'OutsideKey', id: string };

type WholeRecord_Project_Fragment = { __typename: 'Project', name: string, path: string | null, description: string, customInstructions: string, storageMode: StorageMode, id: string };

type WholeRecord_Role_Fragment = { __typename: 'Role', id: string };

type WholeRecord_Session_Fragment = { __typename: 'Session', key: string, agent: string | null, startedAt: string, activeAt: string, memoryCount: number, id: string, sessionTitle: string | null, memories: { nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> } };

type WholeRecord_SignIn_Fragment = { __typename: 'SignIn', id: string };

type WholeRecord_State_Fragment = { __typename: 'State', key: string, version: number, value: unknown, ownerId: string, id: string };

type WholeRecord_Task_Fragment = { __typename: 'Task', id: string, deletedAt: string | null, description: string, analysis: string | null, result: string | null, gitBranch: string | null, worktreePath: string | null, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, project: { id: string, name: string }, parent: { id: string, title: string } | null, blockedBy: Array<{ id: string, status: TaskStatus, title: string }>, subtasks: { totalCount: number, nodes: Array<{ id: string, status: TaskStatus, title: string }> }, memories: { totalCount: number, nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> }, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null };

type WholeRecord_User_Fragment = { __typename: 'User', id: string };

export type WholeRecordFragment =
  | WholeRecord_ApiKey_Fragment
  | WholeRecord_Grant_Fragment
  | WholeRecord_Memory_Fragment
  | WholeRecord_Migration_Fragment
  | WholeRecord_OAuthConsent_Fragment
  | WholeRecord_OutsideKey_Fragment
  | WholeRecord_Project_Fragment
  | WholeRecord_Role_Fragment
  | WholeRecord_Session_Fragment
  | WholeRecord_SignIn_Fragment
  | WholeRecord_State_Fragment
  | WholeRecord_Task_Fragment
  | WholeRecord_User_Fragment
;

export type ClaimTaskMutationVariables = Exact<{
  input: ClaimTaskInput;
}>;


export type ClaimTaskMutation = { claimTask:
    | { __typename: 'ClaimTaskPayload', task: { deletedAt: string | null, description: string, analysis: string | null, result: string | null, gitBranch: string | null, worktreePath: string | null, id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, project: { id: string, name: string }, parent: { id: string, title: string } | null, blockedBy: Array<{ id: string, status: TaskStatus, title: string }>, subtasks: { totalCount: number, nodes: Array<{ id: string, status: TaskStatus, title: string }> }, memories: { totalCount: number, nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> }, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }, claim: { agent: string, expiresAt: string, token: number } }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NothingReadyError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'TaskNotReadyError', code: ErrorCode, message: string, hint: string }
   };

export type RenewClaimMutationVariables = Exact<{
  input: RenewClaimInput;
}>;


export type RenewClaimMutation = { renewClaim:
    | { __typename: 'ClaimLostError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RenewClaimPayload', task: { deletedAt: string | null, description: string, analysis: string | null, result: string | null, gitBranch: string | null, worktreePath: string | null, id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, project: { id: string, name: string }, parent: { id: string, title: string } | null, blockedBy: Array<{ id: string, status: TaskStatus, title: string }>, subtasks: { totalCount: number, nodes: Array<{ id: string, status: TaskStatus, title: string }> }, memories: { totalCount: number, nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> }, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null } }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type FindTaskQueryVariables = Exact<{
  id?: string | number | null | undefined;
  by?: TaskBy | null | undefined;
}>;


export type FindTaskQuery = { task: { deletedAt: string | null, id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, project: { id: string, name: string }, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null } | null };

export type GetContextQueryVariables = Exact<{
  projectId: string | number;
  query?: string | null | undefined;
  sessionId?: string | null | undefined;
  taskId?: string | number | null | undefined;
  maxTokens: number;
  agent?: string | null | undefined;
  latest: boolean;
}>;


export type GetContextQuery = { project: { id: string, name: string, path: string | null, description: string, customInstructions: string, memoryContext: { omitted: number, items: Array<{ text: string, record:
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
          | { id: string }
         }> }, memories?: { nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number, supersededBy: { id: string } | null }> }, tasks: { nodes: Array<{ id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }> }, readyTasks: { totalCount: number, nodes: Array<{ id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }> }, searchIndex: { isBuilding: boolean, stored: number, searchable: number, failed: number } } | null };

export type HistoryEntryFragment = { seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null };

export type GetRecordHistoryQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type GetRecordHistoryQuery = { node:
    | { history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }>, pageInfo: { hasNextPage: boolean } } }
    | { history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }>, pageInfo: { hasNextPage: boolean } } }
    | { history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }>, pageInfo: { hasNextPage: boolean } } }
    | { history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }>, pageInfo: { hasNextPage: boolean } } }
    | { history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }>, pageInfo: { hasNextPage: boolean } } }
    | Record<PropertyKey, never>
   | null };

export type GetLogQueryVariables = Exact<{
  projectId: string | number;
  first: number;
  requestId?: string | null | undefined;
}>;


export type GetLogQuery = { project: { log: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }>, pageInfo: { hasNextPage: boolean } } } | null };

export type GetRecordsQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type GetRecordsQuery = { nodes: Array<
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Grant', id: string }
    | { __typename: 'Memory', id: string, deletedAt: string | null, toolName: string | null, references: Array<string>, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number, project: { id: string, name: string }, task: { id: string, title: string } | null, supersedes: { id: string } | null, supersededBy: { id: string } | null }
    | { __typename: 'Migration', id: string }
    | { __typename: 'OAuthConsent', id: string }
    | { __typename: 'OutsideKey', id: string }
    | { __typename: 'Project', name: string, path: string | null, description: string, customInstructions: string, storageMode: StorageMode, id: string }
    | { __typename: 'Role', id: string }
    | { __typename: 'Session', key: string, agent: string | null, startedAt: string, activeAt: string, memoryCount: number, id: string, sessionTitle: string | null, memories: { nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> } }
    | { __typename: 'SignIn', id: string }
    | { __typename: 'State', key: string, version: number, value: unknown, ownerId: string, id: string }
    | { __typename: 'Task', id: string, deletedAt: string | null, description: string, analysis: string | null, result: string | null, gitBranch: string | null, worktreePath: string | null, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, project: { id: string, name: string }, parent: { id: string, title: string } | null, blockedBy: Array<{ id: string, status: TaskStatus, title: string }>, subtasks: { totalCount: number, nodes: Array<{ id: string, status: TaskStatus, title: string }> }, memories: { totalCount: number, nodes: Array<{ id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }> }, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }
    | { __typename: 'User', id: string }
   | null> };

export type ListReadyQueryVariables = Exact<{
  projectId: string | number;
  first: number;
}>;


export type ListReadyQuery = { project: { readyTasks: { totalCount: number, nodes: Array<{ id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }> } } | null, taskBoard: { ready: number, claimed: number, blocked: number, byStatus: Array<{ status: TaskStatus, count: number }> } | null };

export type ListTasksQueryVariables = Exact<{
  projectId: string | number;
  filter?: TaskFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
  waiting: boolean;
}>;


export type ListTasksQuery = { project: { tasks: { totalCount: number, nodes: Array<{ id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, blockedBy?: Array<{ id: string }>, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type GetProjectQueryVariables = Exact<{
  id: string | number;
}>;


export type GetProjectQuery = { project: { id: string, name: string, path: string | null, description: string, mode: ProjectMode, storageMode: StorageMode, isActive: boolean, techStack: Array<string>, memories: { totalCount: number }, sessions: { totalCount: number }, searchIndex: { isBuilding: boolean, stored: number, searchable: number, pending: number, failed: number }, migration: { phase: MigrationPhase, isOver: boolean, message: string } | null, agents: Array<{ name: string, lastSeen: string | null }> } | null, taskBoard: { ready: number, claimed: number, blocked: number, overdue: number, byStatus: Array<{ status: TaskStatus, count: number }> } | null, projects: { totalCount: number, nodes: Array<{ id: string, name: string, path: string | null } | null> } };

export type SaveMemoryMutationVariables = Exact<{
  input: SaveMemoryInput;
}>;


export type SaveMemoryMutation = { saveMemory:
    | { __typename: 'AlreadyExistsError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SaveMemoryPayload', memory: { id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number }, redactions: Array<{ rule: string, count: number }> }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type CreateTaskMutationVariables = Exact<{
  input: CreateTaskInput;
}>;


export type CreateTaskMutation = { createTask:
    | { __typename: 'AlreadyExistsError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'CreateTaskPayload', task: { id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }, redactions: Array<{ rule: string, count: number }> }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type UpdateTaskMutationVariables = Exact<{
  input: UpdateTaskInput;
}>;


export type UpdateTaskMutation = { updateTask:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'UpdateTaskPayload', task: { id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }, redactions: Array<{ rule: string, count: number }> }
   };

export type CompleteTaskMutationVariables = Exact<{
  input: CompleteTaskInput;
}>;


export type CompleteTaskMutation = { completeTask:
    | { __typename: 'ClaimLostError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'CompleteTaskPayload', task: { id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null }, redactions: Array<{ rule: string, count: number }> }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type SaveNoteMutationVariables = Exact<{
  input: SaveMemoryInput;
}>;


export type SaveNoteMutation = { saveMemory:
    | { __typename: 'AlreadyExistsError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SaveMemoryPayload', memory: { id: string }, redactions: Array<{ rule: string, count: number }> }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type SearchQueryVariables = Exact<{
  projectId: string | number;
  query: string;
  first: number;
  filter?: MemoryFilter | null | undefined;
  memories: boolean;
  tasks: boolean;
}>;


export type SearchQuery = { project: { searchMemories?: { answeredBy: SearchMode, pending: number, hits: Array<{ score: number, passage: { text: string } | null, node: { id: string, kind: MemoryKind, role: MemoryRole, occurredAt: string, pinned: boolean, content: string, sessionId: string | null, taskId: string | null, version: number } }> }, searchTasks?: { hits: Array<{ node: { id: string, handle: string, title: string, status: TaskStatus, priority: TaskPriority, type: TaskType, assignedAgent: string | null, version: number, claim: { agent: string, expiresAt: string, isExpired: boolean, token: number } | null, progress: { done: number, total: number } | null } }> }, searchIndex: { isBuilding: boolean, stored: number, searchable: number, failed: number } } | null };

export type GetLatestChangeQueryVariables = Exact<{
  id: string | number;
}>;


export type GetLatestChangeQuery = { node:
    | { version: number, history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }> } }
    | { version: number, history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }> } }
    | { version: number, history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }> } }
    | { version: number, history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }> } }
    | { version: number, history: { nodes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }> } }
    | Record<PropertyKey, never>
   | null };

export type RevertRequestMutationVariables = Exact<{
  input: RevertRequestInput;
}>;


export type RevertRequestMutation = { revertRequest:
    | { __typename: 'AlreadyExistsError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ChangedSinceError', code: ErrorCode, message: string, hint: string, changes: Array<{ seq: number, at: string, actor: string, requestId: string, recordId: string, operation: Operation, version: number, changedFields: Array<string> | null }> }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RevertRequestPayload', count: number, ids: Array<string> }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type RevertRecordMutationVariables = Exact<{
  input: RevertRecordInput;
}>;


export type RevertRecordMutation = { revertRecord:
    | { __typename: 'AlreadyExistsError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RevertRecordPayload', record:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
       }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type DeleteTaskMutationVariables = Exact<{
  input: DeleteTaskInput;
}>;


export type DeleteTaskMutation = { deleteTask:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'DeleteTaskPayload' }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type DeleteMemoryMutationVariables = Exact<{
  input: DeleteMemoryInput;
}>;


export type DeleteMemoryMutation = { deleteMemory:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'DeleteMemoryPayload' }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type DeleteSessionMutationVariables = Exact<{
  input: DeleteSessionInput;
}>;


export type DeleteSessionMutation = { deleteSession:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'DeleteSessionPayload' }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export type DeleteStateMutationVariables = Exact<{
  input: DeleteStateInput;
}>;


export type DeleteStateMutation = { deleteState:
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'DeleteStatePayload' }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const MemoryLineFragmentDoc = new TypedDocumentString(`
    fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}
    `, {"fragmentName":"MemoryLine"}) as unknown as TypedDocumentString<MemoryLineFragment, unknown>;
export const WholeMemoryFragmentDoc = new TypedDocumentString(`
    fragment WholeMemory on Memory {
  ...MemoryLine
  deletedAt
  toolName
  references
  project {
    id
    name
  }
  task {
    id
    title
  }
  supersedes {
    id
  }
  supersededBy {
    id
  }
}
    fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}`, {"fragmentName":"WholeMemory"}) as unknown as TypedDocumentString<WholeMemoryFragment, unknown>;
export const TaskLineFragmentDoc = new TypedDocumentString(`
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
    `, {"fragmentName":"TaskLine"}) as unknown as TypedDocumentString<TaskLineFragment, unknown>;
export const WholeTaskFragmentDoc = new TypedDocumentString(`
    fragment WholeTask on Task {
  ...TaskLine
  deletedAt
  description
  analysis
  result
  gitBranch
  worktreePath
  project {
    id
    name
  }
  parent {
    id
    title
  }
  blockedBy {
    id
    status
    title
  }
  subtasks(first: 20) {
    totalCount
    nodes {
      id
      status
      title
    }
  }
  memories(first: 5) {
    totalCount
    nodes {
      ...MemoryLine
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}`, {"fragmentName":"WholeTask"}) as unknown as TypedDocumentString<WholeTaskFragment, unknown>;
export const WholeRecordFragmentDoc = new TypedDocumentString(`
    fragment WholeRecord on Node {
  __typename
  id
  ...WholeMemory
  ...WholeTask
  ... on Session {
    key
    sessionTitle: title
    agent
    startedAt
    activeAt
    memoryCount
    memories(first: 20) {
      nodes {
        ...MemoryLine
      }
    }
  }
  ... on State {
    key
    version
    value
    ownerId
  }
  ... on Project {
    name
    path
    description
    customInstructions
    storageMode
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}
fragment WholeMemory on Memory {
  ...MemoryLine
  deletedAt
  toolName
  references
  project {
    id
    name
  }
  task {
    id
    title
  }
  supersedes {
    id
  }
  supersededBy {
    id
  }
}
fragment WholeTask on Task {
  ...TaskLine
  deletedAt
  description
  analysis
  result
  gitBranch
  worktreePath
  project {
    id
    name
  }
  parent {
    id
    title
  }
  blockedBy {
    id
    status
    title
  }
  subtasks(first: 20) {
    totalCount
    nodes {
      id
      status
      title
    }
  }
  memories(first: 5) {
    totalCount
    nodes {
      ...MemoryLine
    }
  }
}`, {"fragmentName":"WholeRecord"}) as unknown as TypedDocumentString<WholeRecordFragment, unknown>;
export const HistoryEntryFragmentDoc = new TypedDocumentString(`
    fragment HistoryEntry on LogEntry {
  seq
  at
  actor
  requestId
  recordId
  operation
  version
  changedFields
}
    `, {"fragmentName":"HistoryEntry"}) as unknown as TypedDocumentString<HistoryEntryFragment, unknown>;
export const FindProjectDocument = new TypedDocumentString(`
    query FindProject($by: ProjectBy!) {
  project(by: $by) {
    id
    name
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<FindProjectQuery, FindProjectQueryVariables>;
export const ListProjectsDocument = new TypedDocumentString(`
    query ListProjects($filter: ProjectFilter, $first: Int!) {
  projects(filter: $filter, first: $first, orderBy: {field: UPDATED_AT}) {
    totalCount
    nodes {
      id
      name
      path
    }
  }
}
    `) as unknown as TypedDocumentString<ListProjectsQuery, ListProjectsQueryVariables>;
export const CreateProjectDocument = new TypedDocumentString(`
    mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) {
    __typename
    ... on CreateProjectPayload {
      project {
        id
        name
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<CreateProjectMutation, CreateProjectMutationVariables>;
export const SuggestMemoriesDocument = new TypedDocumentString(`
    query SuggestMemories($projectId: ID!, $query: String!, $search: Boolean!) {
  project(by: {id: $projectId}) {
    searchMemories(query: $query, first: 20) @include(if: $search) {
      hits {
        node {
          id
        }
      }
    }
    memories(first: 20) @skip(if: $search) {
      nodes {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SuggestMemoriesQuery, SuggestMemoriesQueryVariables>;
export const SuggestTasksDocument = new TypedDocumentString(`
    query SuggestTasks($projectId: ID!, $query: String!, $search: Boolean!) {
  project(by: {id: $projectId}) {
    searchTasks(query: $query, first: 20) @include(if: $search) {
      hits {
        node {
          id
        }
      }
    }
    tasks(first: 20, orderBy: {field: UPDATED_AT}) @skip(if: $search) {
      nodes {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SuggestTasksQuery, SuggestTasksQueryVariables>;
export const SuggestSessionsDocument = new TypedDocumentString(`
    query SuggestSessions($projectId: ID!) {
  project(by: {id: $projectId}) {
    sessions(first: 200) {
      nodes {
        key
        title
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SuggestSessionsQuery, SuggestSessionsQueryVariables>;
export const ReadRecordDocument = new TypedDocumentString(`
    query ReadRecord($id: ID!) {
  node(id: $id) {
    ...WholeRecord
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}
fragment WholeMemory on Memory {
  ...MemoryLine
  deletedAt
  toolName
  references
  project {
    id
    name
  }
  task {
    id
    title
  }
  supersedes {
    id
  }
  supersededBy {
    id
  }
}
fragment WholeTask on Task {
  ...TaskLine
  deletedAt
  description
  analysis
  result
  gitBranch
  worktreePath
  project {
    id
    name
  }
  parent {
    id
    title
  }
  blockedBy {
    id
    status
    title
  }
  subtasks(first: 20) {
    totalCount
    nodes {
      id
      status
      title
    }
  }
  memories(first: 5) {
    totalCount
    nodes {
      ...MemoryLine
    }
  }
}
fragment WholeRecord on Node {
  __typename
  id
  ...WholeMemory
  ...WholeTask
  ... on Session {
    key
    sessionTitle: title
    agent
    startedAt
    activeAt
    memoryCount
    memories(first: 20) {
      nodes {
        ...MemoryLine
      }
    }
  }
  ... on State {
    key
    version
    value
    ownerId
  }
  ... on Project {
    name
    path
    description
    customInstructions
    storageMode
  }
}`) as unknown as TypedDocumentString<ReadRecordQuery, ReadRecordQueryVariables>;
export const ReadSessionDocument = new TypedDocumentString(`
    query ReadSession($projectId: ID!, $key: String!) {
  project(by: {id: $projectId}) {
    sessions(filter: {key: $key}, first: 1) {
      nodes {
        id
        export(format: MARKDOWN) {
          text
          hasNextPage
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReadSessionQuery, ReadSessionQueryVariables>;
export const GetCursorDocument = new TypedDocumentString(`
    query GetCursor($projectId: ID!) {
  project(by: {id: $projectId}) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<GetCursorQuery, GetCursorQueryVariables>;
export const GetChangesDocument = new TypedDocumentString(`
    query GetChanges($projectId: ID!) {
  project(by: {id: $projectId}) {
    cursor
    log(first: 100) {
      nodes {
        seq
        recordId
      }
    }
  }
}
    `) as unknown as TypedDocumentString<GetChangesQuery, GetChangesQueryVariables>;
export const ClaimTaskDocument = new TypedDocumentString(`
    mutation ClaimTask($input: ClaimTaskInput!) {
  claimTask(input: $input) {
    __typename
    ... on ClaimTaskPayload {
      task {
        ...WholeTask
      }
      claim {
        agent
        expiresAt
        token
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}
fragment WholeTask on Task {
  ...TaskLine
  deletedAt
  description
  analysis
  result
  gitBranch
  worktreePath
  project {
    id
    name
  }
  parent {
    id
    title
  }
  blockedBy {
    id
    status
    title
  }
  subtasks(first: 20) {
    totalCount
    nodes {
      id
      status
      title
    }
  }
  memories(first: 5) {
    totalCount
    nodes {
      ...MemoryLine
    }
  }
}`) as unknown as TypedDocumentString<ClaimTaskMutation, ClaimTaskMutationVariables>;
export const RenewClaimDocument = new TypedDocumentString(`
    mutation RenewClaim($input: RenewClaimInput!) {
  renewClaim(input: $input) {
    __typename
    ... on RenewClaimPayload {
      task {
        ...WholeTask
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}
fragment WholeTask on Task {
  ...TaskLine
  deletedAt
  description
  analysis
  result
  gitBranch
  worktreePath
  project {
    id
    name
  }
  parent {
    id
    title
  }
  blockedBy {
    id
    status
    title
  }
  subtasks(first: 20) {
    totalCount
    nodes {
      id
      status
      title
    }
  }
  memories(first: 5) {
    totalCount
    nodes {
      ...MemoryLine
    }
  }
}`) as unknown as TypedDocumentString<RenewClaimMutation, RenewClaimMutationVariables>;
export const FindTaskDocument = new TypedDocumentString(`
    query FindTask($id: ID, $by: TaskBy) {
  task(id: $id, by: $by) {
    ...TaskLine
    deletedAt
    project {
      id
      name
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}`) as unknown as TypedDocumentString<FindTaskQuery, FindTaskQueryVariables>;
export const GetContextDocument = new TypedDocumentString(`
    query GetContext($projectId: ID!, $query: String, $sessionId: String, $taskId: ID, $maxTokens: Int!, $agent: String, $latest: Boolean!) {
  project(by: {id: $projectId}) {
    id
    name
    path
    description
    customInstructions
    memoryContext(
      query: $query
      sessionId: $sessionId
      taskId: $taskId
      maxTokens: $maxTokens
    ) {
      omitted
      items {
        text
        record {
          id
        }
      }
    }
    memories(first: 5) @include(if: $latest) {
      nodes {
        ...MemoryLine
        supersededBy {
          id
        }
      }
    }
    tasks(
      filter: {assignedAgent: $agent, statuses: [ANALYSIS, IN_PROGRESS, CODE_REVIEW, TESTING]}
      first: 20
    ) {
      nodes {
        ...TaskLine
      }
    }
    readyTasks(first: 5) {
      totalCount
      nodes {
        ...TaskLine
      }
    }
    searchIndex {
      isBuilding
      stored
      searchable
      failed
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}`) as unknown as TypedDocumentString<GetContextQuery, GetContextQueryVariables>;
export const GetRecordHistoryDocument = new TypedDocumentString(`
    query GetRecordHistory($id: ID!, $first: Int!) {
  node(id: $id) {
    ... on StoredRecord {
      history(first: $first) {
        nodes {
          ...HistoryEntry
        }
        pageInfo {
          hasNextPage
        }
      }
    }
  }
}
    fragment HistoryEntry on LogEntry {
  seq
  at
  actor
  requestId
  recordId
  operation
  version
  changedFields
}`) as unknown as TypedDocumentString<GetRecordHistoryQuery, GetRecordHistoryQueryVariables>;
export const GetLogDocument = new TypedDocumentString(`
    query GetLog($projectId: ID!, $first: Int!, $requestId: String) {
  project(by: {id: $projectId}) {
    log(first: $first, requestId: $requestId) {
      nodes {
        ...HistoryEntry
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    fragment HistoryEntry on LogEntry {
  seq
  at
  actor
  requestId
  recordId
  operation
  version
  changedFields
}`) as unknown as TypedDocumentString<GetLogQuery, GetLogQueryVariables>;
export const GetRecordsDocument = new TypedDocumentString(`
    query GetRecords($ids: [ID!]!) {
  nodes(ids: $ids) {
    ...WholeRecord
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}
fragment WholeMemory on Memory {
  ...MemoryLine
  deletedAt
  toolName
  references
  project {
    id
    name
  }
  task {
    id
    title
  }
  supersedes {
    id
  }
  supersededBy {
    id
  }
}
fragment WholeTask on Task {
  ...TaskLine
  deletedAt
  description
  analysis
  result
  gitBranch
  worktreePath
  project {
    id
    name
  }
  parent {
    id
    title
  }
  blockedBy {
    id
    status
    title
  }
  subtasks(first: 20) {
    totalCount
    nodes {
      id
      status
      title
    }
  }
  memories(first: 5) {
    totalCount
    nodes {
      ...MemoryLine
    }
  }
}
fragment WholeRecord on Node {
  __typename
  id
  ...WholeMemory
  ...WholeTask
  ... on Session {
    key
    sessionTitle: title
    agent
    startedAt
    activeAt
    memoryCount
    memories(first: 20) {
      nodes {
        ...MemoryLine
      }
    }
  }
  ... on State {
    key
    version
    value
    ownerId
  }
  ... on Project {
    name
    path
    description
    customInstructions
    storageMode
  }
}`) as unknown as TypedDocumentString<GetRecordsQuery, GetRecordsQueryVariables>;
export const ListReadyDocument = new TypedDocumentString(`
    query ListReady($projectId: ID!, $first: Int!) {
  project(by: {id: $projectId}) {
    readyTasks(first: $first) {
      totalCount
      nodes {
        ...TaskLine
      }
    }
  }
  taskBoard(projectId: $projectId) {
    ready
    claimed
    blocked
    byStatus {
      status
      count
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}`) as unknown as TypedDocumentString<ListReadyQuery, ListReadyQueryVariables>;
export const ListTasksDocument = new TypedDocumentString(`
    query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int!, $after: String, $waiting: Boolean!) {
  project(by: {id: $projectId}) {
    tasks(
      filter: $filter
      first: $first
      after: $after
      orderBy: {field: UPDATED_AT}
    ) {
      totalCount
      nodes {
        ...TaskLine
        blockedBy @include(if: $waiting) {
          id
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}`) as unknown as TypedDocumentString<ListTasksQuery, ListTasksQueryVariables>;
export const GetProjectDocument = new TypedDocumentString(`
    query GetProject($id: ID!) {
  project(by: {id: $id}) {
    id
    name
    path
    description
    mode
    storageMode
    isActive
    techStack
    memories(first: 1) {
      totalCount
    }
    sessions(first: 1) {
      totalCount
    }
    searchIndex {
      isBuilding
      stored
      searchable
      pending
      failed
    }
    migration {
      phase
      isOver
      message
    }
    agents {
      name
      lastSeen
    }
  }
  taskBoard(projectId: $id) {
    ready
    claimed
    blocked
    overdue
    byStatus {
      status
      count
    }
  }
  projects(first: 30, orderBy: {field: UPDATED_AT}) {
    totalCount
    nodes {
      id
      name
      path
    }
  }
}
    `) as unknown as TypedDocumentString<GetProjectQuery, GetProjectQueryVariables>;
export const SaveMemoryDocument = new TypedDocumentString(`
    mutation SaveMemory($input: SaveMemoryInput!) {
  saveMemory(input: $input) {
    __typename
    ... on SaveMemoryPayload {
      memory {
        ...MemoryLine
      }
      redactions {
        rule
        count
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}`) as unknown as TypedDocumentString<SaveMemoryMutation, SaveMemoryMutationVariables>;
export const CreateTaskDocument = new TypedDocumentString(`
    mutation CreateTask($input: CreateTaskInput!) {
  createTask(input: $input) {
    __typename
    ... on CreateTaskPayload {
      task {
        ...TaskLine
      }
      redactions {
        rule
        count
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}`) as unknown as TypedDocumentString<CreateTaskMutation, CreateTaskMutationVariables>;
export const UpdateTaskDocument = new TypedDocumentString(`
    mutation UpdateTask($input: UpdateTaskInput!) {
  updateTask(input: $input) {
    __typename
    ... on UpdateTaskPayload {
      task {
        ...TaskLine
      }
      redactions {
        rule
        count
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}`) as unknown as TypedDocumentString<UpdateTaskMutation, UpdateTaskMutationVariables>;
export const CompleteTaskDocument = new TypedDocumentString(`
    mutation CompleteTask($input: CompleteTaskInput!) {
  completeTask(input: $input) {
    __typename
    ... on CompleteTaskPayload {
      task {
        ...TaskLine
      }
      redactions {
        rule
        count
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}`) as unknown as TypedDocumentString<CompleteTaskMutation, CompleteTaskMutationVariables>;
export const SaveNoteDocument = new TypedDocumentString(`
    mutation SaveNote($input: SaveMemoryInput!) {
  saveMemory(input: $input) {
    __typename
    ... on SaveMemoryPayload {
      memory {
        id
      }
      redactions {
        rule
        count
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<SaveNoteMutation, SaveNoteMutationVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($projectId: ID!, $query: String!, $first: Int!, $filter: MemoryFilter, $memories: Boolean!, $tasks: Boolean!) {
  project(by: {id: $projectId}) {
    searchMemories(query: $query, first: $first, filter: $filter, superseded: false) @include(if: $memories) {
      answeredBy
      pending
      hits {
        score
        passage {
          text
        }
        node {
          ...MemoryLine
        }
      }
    }
    searchTasks(query: $query, first: $first) @include(if: $tasks) {
      hits {
        node {
          ...TaskLine
        }
      }
    }
    searchIndex {
      isBuilding
      stored
      searchable
      failed
    }
  }
}
    fragment TaskLine on Task {
  id
  handle
  title
  status
  priority
  type
  assignedAgent
  version
  claim {
    agent
    expiresAt
    isExpired
    token
  }
  progress {
    done
    total
  }
}
fragment MemoryLine on Memory {
  id
  kind
  role
  occurredAt
  pinned
  content
  sessionId
  taskId
  version
}`) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const GetLatestChangeDocument = new TypedDocumentString(`
    query GetLatestChange($id: ID!) {
  node(id: $id) {
    ... on StoredRecord {
      version
      history(first: 1) {
        nodes {
          ...HistoryEntry
        }
      }
    }
  }
}
    fragment HistoryEntry on LogEntry {
  seq
  at
  actor
  requestId
  recordId
  operation
  version
  changedFields
}`) as unknown as TypedDocumentString<GetLatestChangeQuery, GetLatestChangeQueryVariables>;
export const RevertRequestDocument = new TypedDocumentString(`
    mutation RevertRequest($input: RevertRequestInput!) {
  revertRequest(input: $input) {
    __typename
    ... on RevertRequestPayload {
      count
      ids
    }
    ... on ChangedSinceError {
      code
      message
      hint
      changes {
        ...HistoryEntry
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment HistoryEntry on LogEntry {
  seq
  at
  actor
  requestId
  recordId
  operation
  version
  changedFields
}`) as unknown as TypedDocumentString<RevertRequestMutation, RevertRequestMutationVariables>;
export const RevertRecordDocument = new TypedDocumentString(`
    mutation RevertRecord($input: RevertRecordInput!) {
  revertRecord(input: $input) {
    __typename
    ... on RevertRecordPayload {
      record {
        id
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<RevertRecordMutation, RevertRecordMutationVariables>;
export const DeleteTaskDocument = new TypedDocumentString(`
    mutation DeleteTask($input: DeleteTaskInput!) {
  deleteTask(input: $input) {
    __typename
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteTaskMutation, DeleteTaskMutationVariables>;
export const DeleteMemoryDocument = new TypedDocumentString(`
    mutation DeleteMemory($input: DeleteMemoryInput!) {
  deleteMemory(input: $input) {
    __typename
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteMemoryMutation, DeleteMemoryMutationVariables>;
export const DeleteSessionDocument = new TypedDocumentString(`
    mutation DeleteSession($input: DeleteSessionInput!) {
  deleteSession(input: $input) {
    __typename
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteSessionMutation, DeleteSessionMutationVariables>;
export const DeleteStateDocument = new TypedDocumentString(`
    mutation DeleteState($input: DeleteStateInput!) {
  deleteState(input: $input) {
    __typename
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteStateMutation, DeleteStateMutationVariables>;