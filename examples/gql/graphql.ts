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

/** A memory to save. */
export type MemoryInput = {
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

/** What a project is used for. It is a label for clients: the server treats all projects alike. */
export type ProjectMode =
  /** Software development: tasks also go through stages, such as analysis and review. */
  | 'DEVELOPMENT'
  /** Plain tasks and memories. */
  | 'SIMPLE';

/** Input of `revertRecord`. */
export type RevertRecordInput = {
  /** Id of the record. */
  id: string | number;
  /** The version to set the record back to. The log must still have its content: `after` of its entry in `history` is not null. */
  toVersion: number;
  /** The version that you read. If the record was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `saveMemories`. */
export type SaveMemoriesInput = {
  /** The memories to save: 1 to 1,000. */
  memories: Array<MemoryInput>;
  /** Id of the project. */
  projectId: string | number;
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

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { createProject:
    | { code: ErrorCode, message: string, hint: string }
    | { project: { id: string, name: string, storageMode: StorageMode, cursor: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type CreateTaskMutationVariables = Exact<{
  input: CreateTaskInput;
}>;


export type CreateTaskMutation = { createTask:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { task: { id: string, title: string, status: TaskStatus, version: number } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type SaveMemoriesMutationVariables = Exact<{
  input: SaveMemoriesInput;
}>;


export type SaveMemoriesMutation = { saveMemories:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { memories: Array<{ id: string }> }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type SearchQueryVariables = Exact<{
  project: string | number;
  query: string;
}>;


export type SearchQuery = { project: { searchMemories: { answeredBy: SearchMode, pending: number, hits: Array<{ score: number, similarity: number | null, node: { content: string } }> } } | null };

export type UpdateTaskMutationVariables = Exact<{
  input: UpdateTaskInput;
}>;


export type UpdateTaskMutation = { updateTask:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { task: { id: string, status: TaskStatus, completedAt: string | null, version: number } }
   };

export type RevertMutationVariables = Exact<{
  input: RevertRecordInput;
}>;


export type RevertMutation = { revertRecord:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { record:
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
        | { status: TaskStatus, completedAt: string | null, version: number, id: string }
        | { id: string }
       }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ClaimTaskMutationVariables = Exact<{
  input: ClaimTaskInput;
}>;


export type ClaimTaskMutation = { claimTask:
    | { __typename: 'ClaimTaskPayload', task: { id: string, title: string, status: TaskStatus }, claim: { agent: string, token: number } }
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

export type CompleteTaskMutationVariables = Exact<{
  input: CompleteTaskInput;
}>;


export type CompleteTaskMutation = { completeTask:
    | { code: ErrorCode, message: string, hint: string }
    | { task: { title: string, status: TaskStatus, result: string | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ChangesSubscriptionVariables = Exact<{
  project: string | number;
  after?: string | null | undefined;
}>;


export type ChangesSubscription = { projectChanges: { entry: { seq: number, actor: string, operation: Operation, collection: string, recordId: string, version: number } } };

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

export const CreateProjectDocument = new TypedDocumentString(`
    mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) {
    ... on CreateProjectPayload {
      project {
        id
        name
        storageMode
        cursor
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
export const CreateTaskDocument = new TypedDocumentString(`
    mutation CreateTask($input: CreateTaskInput!) {
  createTask(input: $input) {
    ... on CreateTaskPayload {
      task {
        id
        title
        status
        version
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<CreateTaskMutation, CreateTaskMutationVariables>;
export const SaveMemoriesDocument = new TypedDocumentString(`
    mutation SaveMemories($input: SaveMemoriesInput!) {
  saveMemories(input: $input) {
    ... on SaveMemoriesPayload {
      memories {
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
    `) as unknown as TypedDocumentString<SaveMemoriesMutation, SaveMemoriesMutationVariables>;
export const SearchDocument = new TypedDocumentString(`
    query Search($project: ID!, $query: String!) {
  project(by: {id: $project}) {
    searchMemories(query: $query, first: 1) {
      answeredBy
      pending
      hits {
        score
        similarity
        node {
          content
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<SearchQuery, SearchQueryVariables>;
export const UpdateTaskDocument = new TypedDocumentString(`
    mutation UpdateTask($input: UpdateTaskInput!) {
  updateTask(input: $input) {
    ... on UpdateTaskPayload {
      task {
        id
        status
        completedAt
        version
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<UpdateTaskMutation, UpdateTaskMutationVariables>;
export const RevertDocument = new TypedDocumentString(`
    mutation Revert($input: RevertRecordInput!) {
  revertRecord(input: $input) {
    ... on RevertRecordPayload {
      record {
        id
        ... on Task {
          status
          completedAt
          version
        }
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<RevertMutation, RevertMutationVariables>;
export const ClaimTaskDocument = new TypedDocumentString(`
    mutation ClaimTask($input: ClaimTaskInput!) {
  claimTask(input: $input) {
    __typename
    ... on ClaimTaskPayload {
      task {
        id
        title
        status
      }
      claim {
        agent
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
    `) as unknown as TypedDocumentString<ClaimTaskMutation, ClaimTaskMutationVariables>;
export const CompleteTaskDocument = new TypedDocumentString(`
    mutation CompleteTask($input: CompleteTaskInput!) {
  completeTask(input: $input) {
    ... on CompleteTaskPayload {
      task {
        title
        status
        result
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteTaskMutation, CompleteTaskMutationVariables>;
export const ChangesDocument = new TypedDocumentString(`
    subscription Changes($project: ID!, $after: String) {
  projectChanges(projectId: $project, after: $after) {
    entry {
      seq
      actor
      operation
      collection
      recordId
      version
    }
  }
}
    `) as unknown as TypedDocumentString<ChangesSubscription, ChangesSubscriptionVariables>;