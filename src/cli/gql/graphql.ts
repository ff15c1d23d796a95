/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What somebody may do in a project. Each level includes those before it. */
export type AccessLevel =
  /** Also changes the project itself, shares, moves, deletes and purges it. */
  | 'MANAGE'
  /** Reads everything in the project. */
  | 'READ'
  /** Also writes tasks, memories, sessions and states. */
  | 'WRITE';

/** Conditions on API keys, all of which must be met. One that is left out, or null, restricts nothing. */
export type ApiKeyFilter = {
  /** Whether they are neither revoked nor expired. Whether their owner is disabled isn't considered. */
  isActive?: boolean | null | undefined;
  /** Whether they are service keys. */
  isService?: boolean | null | undefined;
  /** Keys of this user. */
  ownerId?: string | number | null | undefined;
  /** Keys that aren't limited to other projects than this one: those limited to it, those to which it is granted, and those for all projects. */
  projectId?: string | number | null | undefined;
  /** Text in the name, regardless of case; at most 1,000 characters. */
  query?: string | null | undefined;
};

/** Whether a key can be used. */
export type ApiKeyStatus =
  /** It can. */
  | 'ACTIVE'
  /** It can't, because its owner is disabled or deleted. It can when they are back. */
  | 'DISABLED'
  /** It can't any more: it expired, or the time after its rotation is over. */
  | 'EXPIRED'
  /** It can't any more: it was revoked. */
  | 'REVOKED';

/** Who made a write. */
export type AuditActorKind =
  /** An API key. */
  | 'KEY'
  /** The machine's owner, with the command line. */
  | 'LOCAL'
  /** A part of the server, such as `retention`; or, from before the server had users, a client by the name that it gave itself. */
  | 'OTHER'
  /** A program that a user let in. */
  | 'PROGRAM'
  /** A user, without an API key. */
  | 'USER';

/** Selects the entries that meet all conditions given. A field that is left out adds no condition. */
export type AuditFilter = {
  /** Who made the write: an id, `local` or a name, which matches with the name of any client after it; or the whole of `AuditEntry.actor`. The id of a user includes what was done with their keys, and by programs that they let in. */
  actor?: string | null | undefined;
  /** Start of the time, inclusive. */
  after?: string | null | undefined;
  /** End of the time, exclusive. */
  before?: string | null | undefined;
  /** Collection of the record, as in `AuditEntry.collection`. */
  collection?: string | null | undefined;
  /** What the write did. */
  operation?: Operation | null | undefined;
  /** Id of the project whose own log to read: its tasks, memories, sessions and states. Together with one of the server's collections, such as `grants` or `projects`: the entries of the server's log that are about this project. */
  projectId?: string | number | null | undefined;
  /** Id of the record, even if it was purged. Of a record in a project it also says which project's log to read. */
  recordId?: string | number | null | undefined;
  /** Id of the request that made the write. */
  requestId?: string | null | undefined;
};

/** Input of `cancelMigration`. */
export type CancelMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

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

/** Input of `createApiKey`. */
export type CreateApiKeyInput = {
  /** Whether it may use all permissions that its owner has, now and later. Default: false. */
  allPermissions?: boolean | null | undefined;
  /** IP addresses, and networks such as `10.0.0.0/8`, from which it may be used; at most 100. Left out: as the key that makes it, if one does; otherwise from all. */
  allowedAddresses?: Array<string> | null | undefined;
  /** When it expires. Left out: as the key that makes it, if one does; otherwise never. */
  expiresAt?: string | null | undefined;
  /** Your own id for it, unique among keys. When a key has it, the result is an `AlreadyExistsError`: its secret can't be shown again. */
  externalId?: string | null | undefined;
  /** Whether it is a service key, which has no owner and acts for itself. Default: false. */
  isService?: boolean | null | undefined;
  /** The most that it may do in any project. Default: `READ`. */
  level?: AccessLevel | null | undefined;
  /** Name of the key, such as that of the machine that uses it; at most 120 characters. */
  name: string;
  /** Id of the user for whom it acts. Default: you. */
  ownerId?: string | number | null | undefined;
  /** The most requests that it may send in a minute, to each server: 1 to 100,000. Left out: as the key that makes it, if one does; otherwise any number. */
  perMinute?: number | null | undefined;
  /** The permissions that it may use, such as `projects:create`. Default: none. `Viewer.permissions` has yours. */
  permissions?: Array<string> | null | undefined;
  /** Ids of the projects that it is limited to; at most 200. Left out: as the key that makes it, if one does; otherwise all of its owner's; of a service key, all. */
  projectIds?: Array<string | number> | null | undefined;
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

/** Input of `createRole`. */
export type CreateRoleInput = {
  /** What the role is for; at most 4 KB. */
  description?: string | null | undefined;
  /** Level of access to all projects. Null for none. */
  everywhere?: AccessLevel | null | undefined;
  /** Name of the role: at most 120 characters, unique whatever its case. */
  name: string;
  /** What the role permits on the server: `projects:create`; `storage:administer` (settings of storage modes, attaching projects, locations of their own); `storage:operate` (health, repairs, usage); `migrations:run`; `users:administer` (users, roles and access); `keys:administer` (keys of others); `audit:read`. */
  permissions?: Array<string> | null | undefined;
};

/** Input of `createUser`. */
export type CreateUserInput = {
  /** Email of the user: at most 320 characters, kept in lower case, unique among live users. */
  email: string;
  /** The client's own id for the user: at most 256 characters, unique on this server. If a live user already has it, that user is returned unchanged. */
  externalId?: string | null | undefined;
  /** Web address of a picture. */
  image?: string | null | undefined;
  /** Name of the user; at most 120 characters. */
  name: string;
  /** Name of the role, such as `MEMBER`, in any case. Default: `MEMBER`. */
  role?: string | null | undefined;
  /** Id of the role, in place of its name. */
  roleId?: string | number | null | undefined;
  /** Settings of the user, free for clients to use; at most 256 KB as JSON. */
  settings?: Record<string, unknown> | null | undefined;
};

/** Input of `cutOverMigration`. */
export type CutOverMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** Input of `deleteOutsideKey`. */
export type DeleteOutsideKeyInput = {
  /** Id of the key, from `outsideKeys`. */
  id: string | number;
};

/** Input of `deleteRole`. */
export type DeleteRoleInput = {
  /** Id of the role. */
  id: string | number;
  /** The version that you read. If the role was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `deleteUser`. */
export type DeleteUserInput = {
  /** Id of the user. */
  id: string | number;
  /** The version that you read. If the user was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Which records a list returns: live, deleted or both. */
export type DeletedFilter =
  /** Only live records, those that are not deleted. */
  | 'EXCLUDE'
  /** Live and deleted records. */
  | 'INCLUDE'
  /** Only deleted records. */
  | 'ONLY';

/** Input of `disableUser`. */
export type DisableUserInput = {
  /** Id of the user. */
  id: string | number;
};

/** Input of `enableUser`. */
export type EnableUserInput = {
  /** Id of the user. */
  id: string | number;
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

/** Format of an exported conversation. */
export type ExportFormat =
  /** One JSON object. Each of its `messages` has `id`, `role`, `kind`, `pinned`, `content`, `created_at` (its `occurredAt`), `task_id` and `metadata`; those of tools also have `tool_name` and `tool_call_id`. */
  | 'JSON'
  /** Markdown to read, with a heading of level 2 for each message. Headings in messages become deeper ones, and raw HTML is shown as text; JSON has messages unchanged. */
  | 'MARKDOWN';

/** Settings of `FILE`. A field that is left out keeps its value; null removes the saved value, so that an environment variable or the default applies. Blank text is an `InvalidInputError`. */
export type FileSettings = {
  /** Absolute path of the folder on the server's disk that gets one folder per project, not used by the server itself or by a project. Default: `files` in the server's data directory. */
  path?: string | null | undefined;
};

/** Input of `finalizeMigration`. */
export type FinalizeMigrationInput = {
  /** Id of the migration. */
  id: string | number;
  /** The token from `Migration.finalization`, valid for ten minutes. */
  token: string;
};

/** Input of `grantAccess`. */
export type GrantAccessInput = {
  /** All projects, in place of one. */
  allProjects?: boolean | null | undefined;
  /** Email of the user, in place of the id. */
  email?: string | null | undefined;
  /** Level of the access. */
  level: AccessLevel;
  /** Id of the project. Either this or `allProjects`. */
  projectId?: string | number | null | undefined;
  /** Id of the user, role or key. Either this or `email`. */
  subjectId?: string | number | null | undefined;
};

/** Input of `inviteUser`. */
export type InviteUserInput = {
  /** Email of the user: at most 320 characters, kept in lower case, unique among live users. */
  email: string;
  /** The client's own id for the user: at most 256 characters, unique on this server. If a live user already has it, that user is returned unchanged. */
  externalId?: string | null | undefined;
  /** Web address of a picture. */
  image?: string | null | undefined;
  /** Name of the user; at most 120 characters. */
  name: string;
  /** Name of the role, such as `MEMBER`, in any case. Default: `MEMBER`. */
  role?: string | null | undefined;
  /** Id of the role, in place of its name. */
  roleId?: string | number | null | undefined;
  /** Settings of the user, free for clients to use; at most 256 KB as JSON. */
  settings?: Record<string, unknown> | null | undefined;
};

/** Settings of `LOCAL`. All are optional: with them, a Chroma server keeps and searches the vectors. A field that is left out keeps its value; null removes the saved value, so that an environment variable or the default applies. Blank text is an `InvalidInputError`. */
export type LocalSettings = {
  /** Database in Chroma. Default: `default_database`. */
  chromaDatabase?: string | null | undefined;
  /** Tenant in Chroma. Default: `default_tenant`. */
  chromaTenant?: string | null | undefined;
  /** Token for the Chroma server. A secret, which can't be left out when `chromaUrl` changes to another server. */
  chromaToken?: string | null | undefined;
  /** URL of the Chroma server, such as `http://127.0.0.1:8000`. Null for none. */
  chromaUrl?: string | null | undefined;
};

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

/** Settings of `MONGODB`. A field that is left out keeps its value; null removes the saved value, so that an environment variable or the default applies. Blank text is an `InvalidInputError`. */
export type MongodbSettings = {
  /** Connection string: a `mongodb://` or `mongodb+srv://` address. A secret, and required: it can't be null, and can be left out only while one is in effect. Options that refer to files or identities of the server's host are accepted only from the server's environment. */
  connectionString?: string | null | undefined;
  /** Name of the database, but not `admin`, `config` or `local`. Default: `mooring`. */
  database?: string | null | undefined;
  /** API key of Voyage AI, to embed texts with. A secret, which can't be left out when `voyageBaseUrl` changes to another server. Without a key, a model in the server embeds the texts. */
  voyageApiKey?: string | null | undefined;
  /** Base URL of Voyage AI. Default: `https://api.voyageai.com/v1` for a key `pa-…`, `https://ai.mongodb.com/v1` for `al-…`. */
  voyageBaseUrl?: string | null | undefined;
  /** Model of Voyage AI. Default: `voyage-3-large`. */
  voyageModel?: string | null | undefined;
};

/** What a migration does when a record, or the content of a log entry, can't be copied. */
export type OnReject =
  /** The migration leaves out the record or the `before` of the log entry, lists it in `rejects`, and continues. What is left out then exists only at the source, until that is removed. Has no effect on a roll-back, which behaves as with `STOP`. */
  | 'CONTINUE'
  /** The migration fails at the first one, and the project stays where it is. */
  | 'STOP';

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

/** Input of `pauseMigration`. */
export type PauseMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** Identifies a project: exactly one field must be set. */
export type ProjectBy =
  {   /** Id of the project. */
  id: string | number; path?: never; }
  |  { id?: never;   /** Absolute path of the working directory, in any spelling that names the same folder. Finds live projects only. */
  path: string; };

/** What a project is used for. It is a label for clients: the server treats all projects alike. */
export type ProjectMode =
  /** Software development: tasks also go through stages, such as analysis and review. */
  | 'DEVELOPMENT'
  /** Plain tasks and memories. */
  | 'SIMPLE';

/** Input of `releaseTask`. */
export type ReleaseTaskInput = {
  /** Id of the task. */
  id: string | number;
  /** Why, for `Task.lastRelease`; at most 1 MB. Left out: that stays. */
  reason?: string | null | undefined;
  /** Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`. */
  token: number;
};

/** Input of `removeStorageConfig`. */
export type RemoveStorageConfigInput = {
  /** The storage mode. */
  mode: StorageMode;
};

/** Input of `renewClaim`. */
export type RenewClaimInput = {
  /** Id of the task. */
  id: string | number;
  /** How long the claim lasts from now, in seconds: 1 to 604,800. Renew it before it expires. */
  leaseSeconds?: number | null | undefined;
  /** Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`. */
  token: number;
};

/** Input of `repairIndex`. */
export type RepairIndexInput = {
  /** Id of the project. */
  projectId: string | number;
};

/** Input of `resetPassword`. */
export type ResetPasswordInput = {
  /** Id of the user. */
  userId: string | number;
};

/** Input of `restoreUser`. */
export type RestoreUserInput = {
  /** Id of the user. A live one is returned unchanged. */
  id: string | number;
  /** Name of the role, such as `MEMBER`, in any case. Left out: the role that they had, which must still exist. */
  role?: string | null | undefined;
  /** Id of the role, in place of its name. */
  roleId?: string | number | null | undefined;
};

/** Input of `resumeMigration`. */
export type ResumeMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** Input of `revokeAccess`. */
export type RevokeAccessInput = {
  /** All projects, in place of one. */
  allProjects?: boolean | null | undefined;
  /** Email of the user, in place of the id. */
  email?: string | null | undefined;
  /** Id of the project. Either this or `allProjects`. */
  projectId?: string | number | null | undefined;
  /** Id of the user, role or key. Either this or `email`. */
  subjectId?: string | number | null | undefined;
};

/** Input of `revokeApiKey`. */
export type RevokeApiKeyInput = {
  /** Id of the key. */
  id: string | number;
};

/** Input of `rollBackMigration`. */
export type RollBackMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** Input of `rotateApiKey`. */
export type RotateApiKeyInput = {
  /** When the new key expires. Left out: as the old one. */
  expiresAt?: string | null | undefined;
  /** Id of the key to replace. */
  id: string | number;
  /** Hours for which the old key goes on working, if it doesn't expire before: 0 to 168. Default: 24. */
  overlapHours?: number | null | undefined;
};

/** Input of `rotateSecrets`. */
export type RotateSecretsInput = {
  /** Change nothing, and only count: with `MOORING_SECRET_KEY`, what still needs `MOORING_SECRET_KEY_PREVIOUS`. */
  dryRun?: boolean | null | undefined;
};

/** Input of `saveMemories`. */
export type SaveMemoriesInput = {
  /** The memories to save: 1 to 1,000. */
  memories: Array<MemoryInput>;
  /** Id of the project. */
  projectId: string | number;
};

/** Input of `saveOutsideKey`. */
export type SaveOutsideKeyInput = {
  /** What it is, in up to 120 characters. Left out, it stays as it was; null removes it. */
  label?: string | null | undefined;
  /** Name of the service: 1 to 32 letters, digits, dots, hyphens and underscores, such as `openai`. It is saved in lower case. */
  provider: string;
  /** The key, without surrounding white space. */
  secret: string;
  /** Keep it for all users; takes the permission `keys:administer`. */
  shared?: boolean | null | undefined;
};

/** Input of `saveStorageConfig`. */
export type SaveStorageConfigInput = {
  /** The settings, exactly as they were tested. */
  settings: StorageSettings;
  /** The token that `testStorageConfig` returned for these settings in the last ten minutes. It is no longer valid when settings that were left out have changed since. */
  token: string;
};

/** Input of `scanSecrets`. */
export type ScanSecretsInput = {
  /** Where an earlier scan of the project ended: its `after`. Default: start from the beginning. */
  after?: string | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** Replace what is found, whatever the policy of the project. Not possible during a migration, nor before it is finalized or rolled back: the other place would keep the secrets. */
  redact?: boolean | null | undefined;
};

/** Where the key comes from that encrypts saved secrets. */
export type SecretKeySource =
  /** The environment variable `MOORING_SECRET_KEY`, which only the operator replaces. */
  | 'ENVIRONMENT'
  /** A file in the data directory, which the server replaces. */
  | 'FILE';

/** What is done about secrets, such as tokens and passwords, in texts that are about to be saved. */
export type SecretPolicy =
  /** Texts are saved as they are. */
  | 'OFF'
  /** Each is replaced by `[redacted: RULE]`, such as `[redacted: github-token]`, and the payload says so. What can't be redacted, such as an `externalId`, is refused. */
  | 'REDACT'
  /** The write fails with `SECRET_REFUSED`. */
  | 'REFUSE';

/** Selects the sessions that meet all conditions given. A field that is left out adds no condition. */
export type SessionFilter = {
  /** When the session was last active. */
  activeAt?: TimeRange | null | undefined;
  /** Agent that took part. */
  agent?: string | null | undefined;
  /** Key of the session. */
  key?: string | null | undefined;
  /** Status, in the client's own words. */
  status?: string | null | undefined;
  /** State of the unfinished answer; null matches sessions without one. */
  streamingStatus?: StreamingStatus | null | undefined;
  /** Text that the title must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  text?: string | null | undefined;
  /** User whose conversation it is; null matches sessions without one. */
  userId?: string | null | undefined;
};

/** Where the value of a setting comes from. */
export type SettingSource =
  /** The default, because the setting is neither saved nor set by an environment variable. */
  | 'DEFAULT'
  /** An environment variable of the server, or its `.env` file. It overrides a saved value. */
  | 'ENVIRONMENT'
  /** A value saved with `saveStorageConfig`. */
  | 'SAVED';

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

/** Input of `startMigration`. */
export type StartMigrationInput = {
  /** Cut over to the target as soon as it is verified. If false, wait for `cutOverMigration`, with the target kept up to date. */
  autoCutOver?: boolean | null | undefined;
  /** Number of records to copy at a time: 1 to 1,000. */
  batchSize?: number | null | undefined;
  /** Only run the preflight, whose result is in `Migration.preflight`: check everything, copy nothing, and end. Test data that it writes to the target is removed again. */
  dryRun?: boolean | null | undefined;
  /** Folder or database to move the project to: for `FILE` the absolute path of a folder on the server's disk, not used by the server itself or by another project; for `MONGODB` the name of a database on the configured server. Left out: the one in the mode's settings. Must be left out for `LOCAL`. */
  location?: string | null | undefined;
  /** What to do when a record can't be copied. */
  onReject?: OnReject | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** Storage mode to move the project to. */
  to: StorageMode;
};

/** A step in testing storage settings. */
export type StorageCheckName =
  /** Whether the address is valid. */
  | 'ADDRESS'
  /** Whether the server accepts the credentials. */
  | 'AUTHENTICATION'
  /** Which collections exist. Missing ones are created on first use, or by `repairStorage`. */
  | 'COLLECTIONS'
  /** Whether the server answers. */
  | 'CONNECT'
  /** Whether the host names resolve. */
  | 'DNS'
  /** Whether texts can be embedded: one word is sent to the provider. */
  | 'EMBEDDING'
  /** Which indexes exist. Missing ones are created on first use, or by `repairStorage`. */
  | 'INDEXES'
  /** Whether the server is a replica set or a sharded cluster, which transactions need. */
  | 'REPLICA_SET'
  /** Whether the connection to MongoDB is encrypted. Required, except for a server on this machine or one that `MONGODB_ALLOW_PLAINTEXT` names. */
  | 'TLS'
  /** Whether vector search is available. */
  | 'VECTOR_SEARCH'
  /** Whether test data can be written, read and removed. */
  | 'WRITABLE';

/** Outcome of a check. */
export type StorageCheckOutcome =
  /** It doesn't work; `message` says why. Settings can't be saved, and a migration fails. */
  | 'FAILED'
  /** No problem was found. */
  | 'PASSED'
  /** It was not run: an earlier check failed, or it doesn't apply. */
  | 'SKIPPED'
  /** It works, with a limitation that `message` names. Settings can be saved, and a migration continues. */
  | 'WARNING';

/** Where a project's data is stored. */
export type StorageMode =
  /** In a folder on the server's disk: plain JSON files, one per record. */
  | 'FILE'
  /** On the server's disk, in the data directory: one SQLite database per project. Needs no other service. */
  | 'LOCAL'
  /** In a MongoDB database, on a replica set or a sharded cluster. */
  | 'MONGODB';

/** Settings of one storage mode: exactly one field must be set, and not to null. An empty object stands for the current settings of the mode. */
export type StorageSettings =
  {   /** Settings of `FILE`. */
  file: FileSettings; local?: never; mongodb?: never; }
  |  { file?: never;   /** Settings of `LOCAL`. */
  local: LocalSettings; mongodb?: never; }
  |  { file?: never; local?: never;   /** Settings of `MONGODB`. */
  mongodb: MongodbSettings; };

/** State of the unfinished answer in a session. Clients set it; saving a memory with the role `ASSISTANT` clears it. */
export type StreamingStatus =
  /** An answer was interrupted, and has to be resumed. */
  | 'PENDING'
  /** An answer is being produced. */
  | 'STREAMING';

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

/** Input of `testStorageConfig`. */
export type TestStorageConfigInput = {
  /** The settings to test. */
  settings: StorageSettings;
};

/** A range of time. A bound that is left out sets no limit. */
export type TimeRange = {
  /** Start of the range, inclusive. */
  after?: string | null | undefined;
  /** End of the range, exclusive. */
  before?: string | null | undefined;
};

/** Input of `updateProject`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateProjectInput = {
  /** What to keep of agents' conversations. Null for undecided: `MESSAGES` for agents that were set up to capture, `OFF` for all others. */
  capture?: Capture | null | undefined;
  /** Most characters to keep of a tool's output with `capture: ALL`: 0 to 20,000. */
  captureToolCharacters?: number | null | undefined;
  /** Instructions that agents should read before they start; at most 1 MB. */
  customInstructions?: string | null | undefined;
  /** Description of the project; at most 1 MB. */
  description?: string | null | undefined;
  /** Repository, as `owner/name` or a URL. Null for none. */
  githubRepo?: string | null | undefined;
  /** Id of the project. */
  id: string | number;
  /** Whether the project is being worked on. */
  isActive?: boolean | null | undefined;
  /** What the project is used for. */
  mode?: ProjectMode | null | undefined;
  /** Name of the project; at most 200 characters. */
  name?: string | null | undefined;
  /** Id of the user who is to own the project, and gets MANAGE access to it. Takes `users:administer`. Access that the last owner was granted stays. Null for none. */
  ownerId?: string | number | null | undefined;
  /** Absolute path of the working directory. No two live projects can have the same folder, however its path is spelled. Null for none. */
  path?: string | null | undefined;
  /** What to do about secrets in texts that are saved, those of this mutation included. Null for the server's policy, `MOORING_SECRETS`. */
  secrets?: SecretPolicy | null | undefined;
  /** Settings, free for clients to use; at most 256 KB as JSON. The whole object is replaced: include `fileStorePath` or `mongodbDatabase`, unchanged, if the project has it. To move the project, use `startMigration`. */
  settings?: Record<string, unknown> | null | undefined;
  /** The current storage mode, or left out; any other is rejected. To move a project, use `startMigration`. */
  storageMode?: StorageMode | null | undefined;
  /** Languages, frameworks and tools that the project uses: at most 100, of at most 100 characters each. */
  techStack?: Array<string> | null | undefined;
  /** The version that you read. If the project was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `updateRole`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateRoleInput = {
  /** What the role is for; at most 4 KB. */
  description?: string | null | undefined;
  /** Level of access to all projects. Null for none. */
  everywhere?: AccessLevel | null | undefined;
  /** Id of the role. */
  id: string | number;
  /** Name of the role: at most 120 characters, unique whatever its case. */
  name?: string | null | undefined;
  /** What the role permits on the server: `projects:create`; `storage:administer` (settings of storage modes, attaching projects, locations of their own); `storage:operate` (health, repairs, usage); `migrations:run`; `users:administer` (users, roles and access); `keys:administer` (keys of others); `audit:read`. */
  permissions?: Array<string> | null | undefined;
  /** The version that you read. If the role was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `updateUser`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateUserInput = {
  /** Email of the user: at most 320 characters, kept in lower case, unique among live users. Null or empty for none: then they don't sign in with a password. */
  email?: string | null | undefined;
  /** Id of the user. */
  id: string | number;
  /** Web address of a picture. Null for none. */
  image?: string | null | undefined;
  /** Name of the user; at most 120 characters. */
  name?: string | null | undefined;
  /** Name of the role, such as `MEMBER`, in any case.  */
  role?: string | null | undefined;
  /** Id of the role, in place of its name. */
  roleId?: string | number | null | undefined;
  /** Settings of the user, free for clients to use; at most 256 KB as JSON. */
  settings?: Record<string, unknown> | null | undefined;
  /** The version that you read. If the user was changed since, nothing is written and the result is a `ConflictError`. */
  version: number;
};

/** Input of `upsertSession`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpsertSessionInput = {
  /** Agent that took part. Null for unknown. */
  agent?: string | null | undefined;
  /** The client's own id for the session: at most 256 characters, unique among the project's sessions. */
  externalId?: string | null | undefined;
  /** Key of the session: the `sessionId` of its memories. At most 500 characters, unique among the project's live sessions. With `externalId`: the key of a new session (default: a random one), or the unchanged one of an existing session. */
  key?: string | null | undefined;
  /** The client's own data about the session; at most 256 KB as JSON. */
  metadata?: Record<string, unknown> | null | undefined;
  /** Model of the agent; at most 1,000 characters. Null for unknown. */
  model?: string | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** Provider of the agent. Null for unknown. */
  provider?: string | null | undefined;
  /** Status, in the client's own words. Null for unknown. */
  status?: string | null | undefined;
  /** State of the unfinished answer. Null for none. */
  streamingStatus?: StreamingStatus | null | undefined;
  /** Title; at most 200 characters. Null for none, until a first memory with the role `USER` gives it one. */
  title?: string | null | undefined;
  /** User whose conversation it is, as the client names them; at most 1,000 characters. Null for none. */
  userId?: string | null | undefined;
  /** Workspace that the session took place in. Null for unknown. */
  workspace?: string | null | undefined;
};

/** Selects the users that meet all conditions given. A field that is left out adds no condition. */
export type UserFilter = {
  /** Whether they are disabled. */
  isDisabled?: boolean | null | undefined;
  /** Text that the email or the name must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  query?: string | null | undefined;
  /** Id of their role. */
  roleId?: string | number | null | undefined;
};

/** What runs vector search. */
export type VectorSearchKind =
  /** MongoDB, with `$vectorSearch`. */
  | 'ATLAS'
  /** A Chroma server. */
  | 'CHROMA'
  /** The index built into the server. Its results are exact, not approximate. */
  | 'EMBEDDED';

/** Input of `verifyMigration`. */
export type VerifyMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** As what somebody uses the server. */
export type ViewerKind =
  /** An API key. */
  | 'KEY'
  /** Anyone, while the server has no users; or the owner of the machine that it runs on. May do everything. */
  | 'LOCAL'
  /** A program that a user let in: it has the rights of their consent. */
  | 'PROGRAM'
  /** A user. */
  | 'USER';

export type ModeFieldsFragment = { mode: StorageMode, available: boolean, reason: string | null, hint: string | null, place: string | null, vectorSearch: VectorSearchKind, source: SettingSource, savedAt: string | null, overriddenBy: Array<string>, embedder: { model: string, dimensions: number, note: string | null }, settings: Array<{ name: string, value: string | null, source: SettingSource, variable: string | null }>, secrets: Array<{ name: string, isSet: boolean, ending: string, source: SettingSource, variable: string | null }> };

export type GetConfigQueryVariables = Exact<{ [key: string]: never; }>;


export type GetConfigQuery = { storageConfig: { modes: Array<{ mode: StorageMode, available: boolean, reason: string | null, hint: string | null, place: string | null, vectorSearch: VectorSearchKind, source: SettingSource, savedAt: string | null, overriddenBy: Array<string>, embedder: { model: string, dimensions: number, note: string | null }, settings: Array<{ name: string, value: string | null, source: SettingSource, variable: string | null }>, secrets: Array<{ name: string, isSet: boolean, ending: string, source: SettingSource, variable: string | null }> }> } };

export type GetHealthQueryVariables = Exact<{
  mode?: StorageMode | null | undefined;
}>;


export type GetHealthQuery = { storageHealth: Array<{ mode: StorageMode, ok: boolean, isReachable: boolean, place: string, latencyMs: number | null, problems: Array<string>, missingIndexes: Array<string>, collections: Array<{ name: string, count: number }>, pool: { inUse: number, idle: number, max: number } | null, lastError: { at: string, message: string } | null }> };

export type TestConfigMutationVariables = Exact<{
  input: TestStorageConfigInput;
}>;


export type TestConfigMutation = { testStorageConfig:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { passed: boolean, token: string | null, projectIds: Array<string>, checks: Array<{ name: StorageCheckName, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> }
   };

export type SaveConfigMutationVariables = Exact<{
  input: SaveStorageConfigInput;
}>;


export type SaveConfigMutation = { saveStorageConfig:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { config: { mode: StorageMode, available: boolean, reason: string | null, hint: string | null, place: string | null, vectorSearch: VectorSearchKind, source: SettingSource, savedAt: string | null, overriddenBy: Array<string>, embedder: { model: string, dimensions: number, note: string | null }, settings: Array<{ name: string, value: string | null, source: SettingSource, variable: string | null }>, secrets: Array<{ name: string, isSet: boolean, ending: string, source: SettingSource, variable: string | null }> } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RemoveConfigMutationVariables = Exact<{
  input: RemoveStorageConfigInput;
}>;


export type RemoveConfigMutation = { removeStorageConfig:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { config: { mode: StorageMode, available: boolean, reason: string | null, hint: string | null, place: string | null, vectorSearch: VectorSearchKind, source: SettingSource, savedAt: string | null, overriddenBy: Array<string>, embedder: { model: string, dimensions: number, note: string | null }, settings: Array<{ name: string, value: string | null, source: SettingSource, variable: string | null }>, secrets: Array<{ name: string, isSet: boolean, ending: string, source: SettingSource, variable: string | null }> } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type FindProjectQueryVariables = Exact<{
  by: ProjectBy;
}>;


export type FindProjectQuery = { project: { id: string, name: string, storageMode: StorageMode, deletedAt: string | null } | null };

export type ProjectOfFolderQueryVariables = Exact<{
  by: ProjectBy;
}>;


export type ProjectOfFolderQuery = { project: { id: string, name: string, path: string | null, deletedAt: string | null, capture: Capture | null, captureToolCharacters: number } | null };

export type CreateProjectForImportMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectForImportMutation = { createProject:
    | { code: ErrorCode, message: string, hint: string }
    | { project: { id: string, name: string, path: string | null, deletedAt: string | null, capture: Capture | null, captureToolCharacters: number } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ImportSessionMutationVariables = Exact<{
  input: UpsertSessionInput;
}>;


export type ImportSessionMutation = { upsertSession:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { created: boolean }
   };

export type ImportMemoriesMutationVariables = Exact<{
  input: SaveMemoriesInput;
}>;


export type ImportMemoriesMutation = { saveMemories:
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

export type CountMemoriesQueryVariables = Exact<{
  projectId: string | number;
}>;


export type CountMemoriesQuery = { project: { memories: { totalCount: number } } | null };

export type MemoryRowFragment = { id: string, occurredAt: string, kind: MemoryKind, role: MemoryRole, pinned: boolean, sessionId: string | null, taskId: string | null, content: string };

export type ListMemoriesQueryVariables = Exact<{
  projectId: string | number;
  filter?: MemoryFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListMemoriesQuery = { project: { memories: { nodes: Array<{ id: string, occurredAt: string, kind: MemoryKind, role: MemoryRole, pinned: boolean, sessionId: string | null, taskId: string | null, content: string }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type SearchMemoriesQueryVariables = Exact<{
  projectId: string | number;
  query: string;
  filter?: MemoryFilter | null | undefined;
  first?: number | null | undefined;
}>;


export type SearchMemoriesQuery = { project: { searchMemories: { pending: number, hits: Array<{ score: number, node: { id: string, occurredAt: string, kind: MemoryKind, role: MemoryRole, pinned: boolean, sessionId: string | null, taskId: string | null, content: string } }> } } | null };

export type ProgressFieldsFragment = { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null };

export type EstimateFieldsFragment = { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> };

export type MigrationFieldsFragment = { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } };

export type GetMigrationQueryVariables = Exact<{
  id: string | number;
}>;


export type GetMigrationQuery = { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } | null };

export type ListMigrationsQueryVariables = Exact<{
  projectId?: string | number | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListMigrationsQuery = { migrations: { nodes: Array<{ id: string, projectId: string, dryRun: boolean, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type EstimateMigrationQueryVariables = Exact<{
  projectId: string | number;
  to: StorageMode;
  location?: string | null | undefined;
}>;


export type EstimateMigrationQuery = { estimateMigration: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> } };

export type GetVerificationQueryVariables = Exact<{
  id: string | number;
}>;


export type GetVerificationQuery = { migration: { verification: { at: string, isComplete: boolean } | null } | null };

export type GetFinalizationQueryVariables = Exact<{
  id: string | number;
}>;


export type GetFinalizationQuery = { migration: { phase: MigrationPhase, finalization: { token: string, expiresAt: string, consequence: string } | null } | null };

export type FollowMigrationSubscriptionVariables = Exact<{
  id: string | number;
  after?: string | null | undefined;
}>;


export type FollowMigrationSubscription = { migrationProgress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null } };

export type StartMigrationMutationVariables = Exact<{
  input: StartMigrationInput;
}>;


export type StartMigrationMutation = { startMigration:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type PauseMigrationMutationVariables = Exact<{
  input: PauseMigrationInput;
}>;


export type PauseMigrationMutation = { pauseMigration:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ResumeMigrationMutationVariables = Exact<{
  input: ResumeMigrationInput;
}>;


export type ResumeMigrationMutation = { resumeMigration:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type CancelMigrationMutationVariables = Exact<{
  input: CancelMigrationInput;
}>;


export type CancelMigrationMutation = { cancelMigration:
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type CutOverMigrationMutationVariables = Exact<{
  input: CutOverMigrationInput;
}>;


export type CutOverMigrationMutation = { cutOverMigration:
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type VerifyMigrationMutationVariables = Exact<{
  input: VerifyMigrationInput;
}>;


export type VerifyMigrationMutation = { verifyMigration:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
   };

export type RollBackMigrationMutationVariables = Exact<{
  input: RollBackMigrationInput;
}>;


export type RollBackMigrationMutation = { rollBackMigration:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type FinalizeMigrationMutationVariables = Exact<{
  input: FinalizeMigrationInput;
}>;


export type FinalizeMigrationMutation = { finalizeMigration:
    | { code: ErrorCode, message: string, hint: string }
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ListAuditQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListAuditQuery = { auditLog: { nodes: Array<{ at: string, actor: string, actorId: string | null, actorName: string | null, actorKind: AuditActorKind, client: string | null, operation: Operation, collection: string, recordId: string, projectId: string | null, version: number, requestId: string, summary: string, changes: Array<{ field: string, before: unknown, after: unknown, isHidden: boolean }> | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ExportAuditQueryVariables = Exact<{
  filter?: AuditFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ExportAuditQuery = { auditLogCsv: { text: string, endCursor: string | null } };

export type GrantRowFragment = { id: string, level: AccessLevel, projectId: string | null, subjectId: string, createdAt: string, subject:
    | { __typename: 'ApiKey', ending: string, keyName: string }
    | { __typename: 'Role', roleName: string }
    | { __typename: 'User', email: string | null, name: string }
   | null };

export type ListGrantsQueryVariables = Exact<{
  projectId: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListGrantsQuery = { project: { viewerLevel: AccessLevel | null, access: { nodes: Array<{ id: string, level: AccessLevel, projectId: string | null, subjectId: string, createdAt: string, subject:
          | { __typename: 'ApiKey', ending: string, keyName: string }
          | { __typename: 'Role', roleName: string }
          | { __typename: 'User', email: string | null, name: string }
         | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null } | null };

export type GrantAccessMutationVariables = Exact<{
  input: GrantAccessInput;
}>;


export type GrantAccessMutation = { grantAccess:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { grant: { id: string, level: AccessLevel, projectId: string | null, subjectId: string, createdAt: string, subject:
          | { __typename: 'ApiKey', ending: string, keyName: string }
          | { __typename: 'Role', roleName: string }
          | { __typename: 'User', email: string | null, name: string }
         | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RevokeAccessMutationVariables = Exact<{
  input: RevokeAccessInput;
}>;


export type RevokeAccessMutation = { revokeAccess:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { grant: { id: string, level: AccessLevel, projectId: string | null, subjectId: string, createdAt: string, subject:
          | { __typename: 'ApiKey', ending: string, keyName: string }
          | { __typename: 'Role', roleName: string }
          | { __typename: 'User', email: string | null, name: string }
         | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type KeyRowFragment = { id: string, name: string, ending: string, level: AccessLevel, permissions: Array<string> | null, projectIds: Array<string> | null, ownerId: string | null, isService: boolean, status: ApiKeyStatus, expiresAt: string | null, perMinute: number | null, allowedAddresses: Array<string> | null, createdAt: string, createdById: string | null, revokedAt: string | null, replacedById: string | null, lastUsedAt: string | null, owner: { email: string | null, name: string } | null };

export type ListKeysQueryVariables = Exact<{
  filter?: ApiKeyFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListKeysQuery = { apiKeys: { nodes: Array<{ id: string, name: string, ending: string, level: AccessLevel, permissions: Array<string> | null, projectIds: Array<string> | null, ownerId: string | null, isService: boolean, status: ApiKeyStatus, expiresAt: string | null, perMinute: number | null, allowedAddresses: Array<string> | null, createdAt: string, createdById: string | null, revokedAt: string | null, replacedById: string | null, lastUsedAt: string | null, owner: { email: string | null, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateKeyMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type CreateKeyMutation = { createApiKey:
    | { code: ErrorCode, message: string, hint: string }
    | { secret: string, apiKey: { id: string, name: string, ending: string, level: AccessLevel, permissions: Array<string> | null, projectIds: Array<string> | null, ownerId: string | null, isService: boolean, status: ApiKeyStatus, expiresAt: string | null, perMinute: number | null, allowedAddresses: Array<string> | null, createdAt: string, createdById: string | null, revokedAt: string | null, replacedById: string | null, lastUsedAt: string | null, owner: { email: string | null, name: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RotateKeyMutationVariables = Exact<{
  input: RotateApiKeyInput;
}>;


export type RotateKeyMutation = { rotateApiKey:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { secret: string, apiKey: { id: string, name: string, ending: string, level: AccessLevel, permissions: Array<string> | null, projectIds: Array<string> | null, ownerId: string | null, isService: boolean, status: ApiKeyStatus, expiresAt: string | null, perMinute: number | null, allowedAddresses: Array<string> | null, createdAt: string, createdById: string | null, revokedAt: string | null, replacedById: string | null, lastUsedAt: string | null, owner: { email: string | null, name: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RevokeKeyMutationVariables = Exact<{
  input: RevokeApiKeyInput;
}>;


export type RevokeKeyMutation = { revokeApiKey:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { apiKey: { id: string, name: string, ending: string, level: AccessLevel, permissions: Array<string> | null, projectIds: Array<string> | null, ownerId: string | null, isService: boolean, status: ApiKeyStatus, expiresAt: string | null, perMinute: number | null, allowedAddresses: Array<string> | null, createdAt: string, createdById: string | null, revokedAt: string | null, replacedById: string | null, lastUsedAt: string | null, owner: { email: string | null, name: string } | null }, others: Array<{ id: string, name: string, ending: string, level: AccessLevel, permissions: Array<string> | null, projectIds: Array<string> | null, ownerId: string | null, isService: boolean, status: ApiKeyStatus, expiresAt: string | null, perMinute: number | null, allowedAddresses: Array<string> | null, createdAt: string, createdById: string | null, revokedAt: string | null, replacedById: string | null, lastUsedAt: string | null, owner: { email: string | null, name: string } | null }> }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { viewer: { kind: ViewerKind, isOpen: boolean, everywhere: AccessLevel | null, permissions: Array<string>, user: { id: string, email: string | null, name: string, role: { name: string } | null } | null, key: { id: string, name: string, ending: string, level: AccessLevel, expiresAt: string | null, projects: Array<{ id: string, name: string }> | null } | null } };

export type RoleRowFragment = { id: string, version: number, name: string, description: string, permissions: Array<string>, everywhere: AccessLevel | null, isBuiltIn: boolean };

export type ListRolesQueryVariables = Exact<{ [key: string]: never; }>;


export type ListRolesQuery = { roles: Array<{ id: string, version: number, name: string, description: string, permissions: Array<string>, everywhere: AccessLevel | null, isBuiltIn: boolean }> };

export type CreateRoleMutationVariables = Exact<{
  input: CreateRoleInput;
}>;


export type CreateRoleMutation = { createRole:
    | { code: ErrorCode, message: string, hint: string }
    | { role: { id: string, version: number, name: string, description: string, permissions: Array<string>, everywhere: AccessLevel | null, isBuiltIn: boolean } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type UpdateRoleMutationVariables = Exact<{
  input: UpdateRoleInput;
}>;


export type UpdateRoleMutation = { updateRole:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { role: { id: string, version: number, name: string, description: string, permissions: Array<string>, everywhere: AccessLevel | null, isBuiltIn: boolean } }
   };

export type DeleteRoleMutationVariables = Exact<{
  input: DeleteRoleInput;
}>;


export type DeleteRoleMutation = { deleteRole:
    | { code: ErrorCode, message: string, hint: string }
    | { role: { id: string, version: number, name: string, description: string, permissions: Array<string>, everywhere: AccessLevel | null, isBuiltIn: boolean } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type GetUserQueryVariables = Exact<{
  id: string | number;
}>;


export type GetUserQuery = { user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null } | null };

export type UserRowFragment = { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null };

export type ListUsersQueryVariables = Exact<{
  filter?: UserFilter | null | undefined;
  deleted?: DeletedFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListUsersQuery = { users: { nodes: Array<{ id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateUserMutationVariables = Exact<{
  input: CreateUserInput;
}>;


export type CreateUserMutation = { createUser:
    | { code: ErrorCode, message: string, hint: string }
    | { user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type InviteUserMutationVariables = Exact<{
  input: InviteUserInput;
}>;


export type InviteUserMutation = { inviteUser:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { isMailed: boolean, user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null }, link: { path: string, url: string | null, expiresAt: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { resetPassword:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { isMailed: boolean, link: { path: string, url: string | null, expiresAt: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type UpdateUserMutationVariables = Exact<{
  input: UpdateUserInput;
}>;


export type UpdateUserMutation = { updateUser:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null } }
   };

export type DisableUserMutationVariables = Exact<{
  input: DisableUserInput;
}>;


export type DisableUserMutation = { disableUser:
    | { code: ErrorCode, message: string, hint: string }
    | { user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type EnableUserMutationVariables = Exact<{
  input: EnableUserInput;
}>;


export type EnableUserMutation = { enableUser:
    | { code: ErrorCode, message: string, hint: string }
    | { user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type DeleteUserMutationVariables = Exact<{
  input: DeleteUserInput;
}>;


export type DeleteUserMutation = { deleteUser:
    | { code: ErrorCode, message: string, hint: string }
    | { user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RestoreUserMutationVariables = Exact<{
  input: RestoreUserInput;
}>;


export type RestoreUserMutation = { restoreUser:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { user: { id: string, version: number, email: string | null, name: string, disabledAt: string | null, deletedAt: string | null, createdAt: string, role: { id: string, name: string } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ListProjectsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListProjectsQuery = { projects: { nodes: Array<{ id: string, name: string, path: string | null, storageMode: StorageMode, createdAt: string } | null>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CreateProjectMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateProjectMutation = { createProject:
    | { code: ErrorCode, message: string, hint: string }
    | { project: { id: string, name: string, path: string | null, storageMode: StorageMode, createdAt: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RepairIndexMutationVariables = Exact<{
  input: RepairIndexInput;
}>;


export type RepairIndexMutation = { repairIndex:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { added: number, removed: number, retried: number, searchIndex: { model: string, stored: number, searchable: number, pending: number, failed: number, skipped: number, isBuilding: boolean } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type OutsideKeyRowFragment = { id: string, provider: string, label: string | null, ending: string | null, isShared: boolean, isUsable: boolean, createdAt: string, updatedAt: string };

export type ListOutsideKeysQueryVariables = Exact<{
  shared?: boolean | null | undefined;
}>;


export type ListOutsideKeysQuery = { outsideKeys: Array<{ id: string, provider: string, label: string | null, ending: string | null, isShared: boolean, isUsable: boolean, createdAt: string, updatedAt: string }> };

export type SaveOutsideKeyMutationVariables = Exact<{
  input: SaveOutsideKeyInput;
}>;


export type SaveOutsideKeyMutation = { saveOutsideKey:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { outsideKey: { id: string, provider: string, label: string | null, ending: string | null, isShared: boolean, isUsable: boolean, createdAt: string, updatedAt: string } }
    | { code: ErrorCode, message: string, hint: string }
   };

export type DeleteOutsideKeyMutationVariables = Exact<{
  input: DeleteOutsideKeyInput;
}>;


export type DeleteOutsideKeyMutation = { deleteOutsideKey:
    | { deletedId: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type RotateSecretsMutationVariables = Exact<{
  input: RotateSecretsInput;
}>;


export type RotateSecretsMutation = { rotateSecrets:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { resealed: number, remaining: number, unreadable: Array<string>, keySource: SecretKeySource }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ScanSecretsMutationVariables = Exact<{
  input: ScanSecretsInput;
}>;


export type ScanSecretsMutation = { scanSecrets:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { recordsScanned: number, entriesScanned: number, recordsRedacted: number, entriesRedacted: number, recordsLeft: number, entriesLeft: number, hasMoreFindings: boolean, problem: string | null, after: string | null, rules: Array<{ rule: string, records: number, entries: number }>, findings: Array<{ recordId: string, field: string, rule: string, count: number, isCurrent: boolean, entries: number, obstacle: string | null }> }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ExportSessionQueryVariables = Exact<{
  id: string | number;
  format: ExportFormat;
  after?: string | null | undefined;
}>;


export type ExportSessionQuery = { session: { export: { text: string, hasNextPage: boolean, endCursor: string | null } } | null };

export type FindSessionQueryVariables = Exact<{
  projectId: string | number;
  key: string;
}>;


export type FindSessionQuery = { project: { sessions: { nodes: Array<{ id: string }> } } | null };

export type ListSessionsQueryVariables = Exact<{
  projectId: string | number;
  filter?: SessionFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListSessionsQuery = { project: { sessions: { nodes: Array<{ id: string, key: string, title: string | null, userId: string | null, agent: string | null, model: string | null, status: string | null, streamingStatus: StreamingStatus | null, startedAt: string, activeAt: string, memoryCount: number }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type FindCaptureQueryVariables = Exact<{
  by: ProjectBy;
}>;


export type FindCaptureQuery = { project: { id: string, name: string, capture: Capture | null, version: number, deletedAt: string | null } | null };

export type SetCaptureMutationVariables = Exact<{
  input: UpdateProjectInput;
}>;


export type SetCaptureMutation = { updateProject:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { project: { id: string } }
   };

export type CreateCapturedMutationVariables = Exact<{
  input: CreateProjectInput;
}>;


export type CreateCapturedMutation = { createProject:
    | { code: ErrorCode, message: string, hint: string }
    | { project: { id: string } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type TaskFieldsFragment = { id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null };

export type FindTaskQueryVariables = Exact<{
  id?: string | number | null | undefined;
  by?: TaskBy | null | undefined;
}>;


export type FindTaskQuery = { task: { deletedAt: string | null, id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, project: { id: string }, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null } | null };

export type ListTasksQueryVariables = Exact<{
  projectId: string | number;
  filter?: TaskFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListTasksQuery = { project: { tasks: { nodes: Array<{ id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ListReadyTasksQueryVariables = Exact<{
  projectId: string | number;
  filter?: TaskFilter | null | undefined;
  agent?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListReadyTasksQuery = { project: { readyTasks: { nodes: Array<{ id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type GetTaskBoardQueryVariables = Exact<{
  projectId: string | number;
}>;


export type GetTaskBoardQuery = { taskBoard: { ready: number, blocked: number, claimed: number, overdue: number, byStatus: Array<{ status: TaskStatus, count: number }>, byAgent: Array<{ agent: string, assigned: number, claimed: number, overdue: number }> } | null };

export type ClaimTaskMutationVariables = Exact<{
  input: ClaimTaskInput;
}>;


export type ClaimTaskMutation = { claimTask:
    | { __typename: 'ClaimTaskPayload', task: { id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null }, claim: { agent: string, expiresAt: string, token: number } }
    | { __typename: 'ConflictError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'ForbiddenError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'InvalidInputError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NotFoundError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'NothingReadyError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'RouteChangedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'SecretRefusedError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'StoreError', code: ErrorCode, message: string, hint: string }
    | { __typename: 'TaskNotReadyError', heldBy: string | null, code: ErrorCode, message: string, hint: string }
   };

export type RenewClaimMutationVariables = Exact<{
  input: RenewClaimInput;
}>;


export type RenewClaimMutation = { renewClaim:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { task: { id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type ReleaseTaskMutationVariables = Exact<{
  input: ReleaseTaskInput;
}>;


export type ReleaseTaskMutation = { releaseTask:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { task: { id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type CompleteTaskMutationVariables = Exact<{
  input: CompleteTaskInput;
}>;


export type CompleteTaskMutation = { completeTask:
    | { code: ErrorCode, message: string, hint: string }
    | { task: { id: string, handle: string, title: string, description: string, type: TaskType, priority: TaskPriority, status: TaskStatus, assignedAgent: string | null, claim: { agent: string, expiresAt: string, token: number, isExpired: boolean } | null } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
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
export const ModeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ModeFields on StorageModeConfig {
  mode
  available
  reason
  hint
  place
  vectorSearch
  embedder {
    model
    dimensions
    note
  }
  source
  savedAt
  overriddenBy
  settings {
    name
    value
    source
    variable
  }
  secrets {
    name
    isSet
    ending
    source
    variable
  }
}
    `, {"fragmentName":"ModeFields"}) as unknown as TypedDocumentString<ModeFieldsFragment, unknown>;
export const MemoryRowFragmentDoc = new TypedDocumentString(`
    fragment MemoryRow on Memory {
  id
  occurredAt
  kind
  role
  pinned
  sessionId
  taskId
  content
}
    `, {"fragmentName":"MemoryRow"}) as unknown as TypedDocumentString<MemoryRowFragment, unknown>;
export const ProgressFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
    `, {"fragmentName":"ProgressFields"}) as unknown as TypedDocumentString<ProgressFieldsFragment, unknown>;
export const EstimateFieldsFragmentDoc = new TypedDocumentString(`
    fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
    `, {"fragmentName":"EstimateFields"}) as unknown as TypedDocumentString<EstimateFieldsFragment, unknown>;
export const MigrationFieldsFragmentDoc = new TypedDocumentString(`
    fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}`, {"fragmentName":"MigrationFields"}) as unknown as TypedDocumentString<MigrationFieldsFragment, unknown>;
export const GrantRowFragmentDoc = new TypedDocumentString(`
    fragment GrantRow on Grant {
  id
  level
  projectId
  subjectId
  createdAt
  subject {
    __typename
    ... on User {
      email
      name
    }
    ... on Role {
      roleName: name
    }
    ... on ApiKey {
      keyName: name
      ending
    }
  }
}
    `, {"fragmentName":"GrantRow"}) as unknown as TypedDocumentString<GrantRowFragment, unknown>;
export const KeyRowFragmentDoc = new TypedDocumentString(`
    fragment KeyRow on ApiKey {
  id
  name
  ending
  level
  permissions
  projectIds
  ownerId
  owner {
    email
    name
  }
  isService
  status
  expiresAt
  perMinute
  allowedAddresses
  createdAt
  createdById
  revokedAt
  replacedById
  lastUsedAt
}
    `, {"fragmentName":"KeyRow"}) as unknown as TypedDocumentString<KeyRowFragment, unknown>;
export const RoleRowFragmentDoc = new TypedDocumentString(`
    fragment RoleRow on Role {
  id
  version
  name
  description
  permissions
  everywhere
  isBuiltIn
}
    `, {"fragmentName":"RoleRow"}) as unknown as TypedDocumentString<RoleRowFragment, unknown>;
export const UserRowFragmentDoc = new TypedDocumentString(`
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}
    `, {"fragmentName":"UserRow"}) as unknown as TypedDocumentString<UserRowFragment, unknown>;
export const OutsideKeyRowFragmentDoc = new TypedDocumentString(`
    fragment OutsideKeyRow on OutsideKey {
  id
  provider
  label
  ending
  isShared
  isUsable
  createdAt
  updatedAt
}
    `, {"fragmentName":"OutsideKeyRow"}) as unknown as TypedDocumentString<OutsideKeyRowFragment, unknown>;
export const TaskFieldsFragmentDoc = new TypedDocumentString(`
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}
    `, {"fragmentName":"TaskFields"}) as unknown as TypedDocumentString<TaskFieldsFragment, unknown>;
export const GetConfigDocument = new TypedDocumentString(`
    query GetConfig {
  storageConfig {
    modes {
      ...ModeFields
    }
  }
}
    fragment ModeFields on StorageModeConfig {
  mode
  available
  reason
  hint
  place
  vectorSearch
  embedder {
    model
    dimensions
    note
  }
  source
  savedAt
  overriddenBy
  settings {
    name
    value
    source
    variable
  }
  secrets {
    name
    isSet
    ending
    source
    variable
  }
}`) as unknown as TypedDocumentString<GetConfigQuery, GetConfigQueryVariables>;
export const GetHealthDocument = new TypedDocumentString(`
    query GetHealth($mode: StorageMode) {
  storageHealth(mode: $mode) {
    mode
    ok
    isReachable
    place
    latencyMs
    problems
    missingIndexes
    collections {
      name
      count
    }
    pool {
      inUse
      idle
      max
    }
    lastError {
      at
      message
    }
  }
}
    `) as unknown as TypedDocumentString<GetHealthQuery, GetHealthQueryVariables>;
export const TestConfigDocument = new TypedDocumentString(`
    mutation TestConfig($input: TestStorageConfigInput!) {
  testStorageConfig(input: $input) {
    ... on TestStorageConfigPayload {
      passed
      checks {
        name
        outcome
        ms
        message
        hint
      }
      token
      projectIds
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<TestConfigMutation, TestConfigMutationVariables>;
export const SaveConfigDocument = new TypedDocumentString(`
    mutation SaveConfig($input: SaveStorageConfigInput!) {
  saveStorageConfig(input: $input) {
    ... on SaveStorageConfigPayload {
      config {
        ...ModeFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ModeFields on StorageModeConfig {
  mode
  available
  reason
  hint
  place
  vectorSearch
  embedder {
    model
    dimensions
    note
  }
  source
  savedAt
  overriddenBy
  settings {
    name
    value
    source
    variable
  }
  secrets {
    name
    isSet
    ending
    source
    variable
  }
}`) as unknown as TypedDocumentString<SaveConfigMutation, SaveConfigMutationVariables>;
export const RemoveConfigDocument = new TypedDocumentString(`
    mutation RemoveConfig($input: RemoveStorageConfigInput!) {
  removeStorageConfig(input: $input) {
    ... on RemoveStorageConfigPayload {
      config {
        ...ModeFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ModeFields on StorageModeConfig {
  mode
  available
  reason
  hint
  place
  vectorSearch
  embedder {
    model
    dimensions
    note
  }
  source
  savedAt
  overriddenBy
  settings {
    name
    value
    source
    variable
  }
  secrets {
    name
    isSet
    ending
    source
    variable
  }
}`) as unknown as TypedDocumentString<RemoveConfigMutation, RemoveConfigMutationVariables>;
export const FindProjectDocument = new TypedDocumentString(`
    query FindProject($by: ProjectBy!) {
  project(by: $by) {
    id
    name
    storageMode
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<FindProjectQuery, FindProjectQueryVariables>;
export const ProjectOfFolderDocument = new TypedDocumentString(`
    query ProjectOfFolder($by: ProjectBy!) {
  project(by: $by) {
    id
    name
    path
    deletedAt
    capture
    captureToolCharacters
  }
}
    `) as unknown as TypedDocumentString<ProjectOfFolderQuery, ProjectOfFolderQueryVariables>;
export const CreateProjectForImportDocument = new TypedDocumentString(`
    mutation CreateProjectForImport($input: CreateProjectInput!) {
  createProject(input: $input) {
    ... on CreateProjectPayload {
      project {
        id
        name
        path
        deletedAt
        capture
        captureToolCharacters
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<CreateProjectForImportMutation, CreateProjectForImportMutationVariables>;
export const ImportSessionDocument = new TypedDocumentString(`
    mutation ImportSession($input: UpsertSessionInput!) {
  upsertSession(input: $input) {
    ... on UpsertSessionPayload {
      created
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<ImportSessionMutation, ImportSessionMutationVariables>;
export const ImportMemoriesDocument = new TypedDocumentString(`
    mutation ImportMemories($input: SaveMemoriesInput!) {
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
    `) as unknown as TypedDocumentString<ImportMemoriesMutation, ImportMemoriesMutationVariables>;
export const CountMemoriesDocument = new TypedDocumentString(`
    query CountMemories($projectId: ID!) {
  project(by: {id: $projectId}) {
    memories(first: 1) {
      totalCount
    }
  }
}
    `) as unknown as TypedDocumentString<CountMemoriesQuery, CountMemoriesQueryVariables>;
export const ListMemoriesDocument = new TypedDocumentString(`
    query ListMemories($projectId: ID!, $filter: MemoryFilter, $first: Int, $after: String) {
  project(by: {id: $projectId}) {
    memories(filter: $filter, first: $first, after: $after) {
      nodes {
        ...MemoryRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment MemoryRow on Memory {
  id
  occurredAt
  kind
  role
  pinned
  sessionId
  taskId
  content
}`) as unknown as TypedDocumentString<ListMemoriesQuery, ListMemoriesQueryVariables>;
export const SearchMemoriesDocument = new TypedDocumentString(`
    query SearchMemories($projectId: ID!, $query: String!, $filter: MemoryFilter, $first: Int) {
  project(by: {id: $projectId}) {
    searchMemories(query: $query, filter: $filter, first: $first) {
      pending
      hits {
        score
        node {
          ...MemoryRow
        }
      }
    }
  }
}
    fragment MemoryRow on Memory {
  id
  occurredAt
  kind
  role
  pinned
  sessionId
  taskId
  content
}`) as unknown as TypedDocumentString<SearchMemoriesQuery, SearchMemoriesQueryVariables>;
export const GetMigrationDocument = new TypedDocumentString(`
    query GetMigration($id: ID!) {
  migration(id: $id) {
    ...MigrationFields
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<GetMigrationQuery, GetMigrationQueryVariables>;
export const ListMigrationsDocument = new TypedDocumentString(`
    query ListMigrations($projectId: ID, $first: Int, $after: String) {
  migrations(projectId: $projectId, first: $first, after: $after) {
    nodes {
      id
      projectId
      project {
        name
      }
      from {
        mode
        location
      }
      to {
        mode
        location
      }
      dryRun
      phase
      isRollingBack
      isPaused
      isOver
      message
      createdAt
      endedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListMigrationsQuery, ListMigrationsQueryVariables>;
export const EstimateMigrationDocument = new TypedDocumentString(`
    query EstimateMigration($projectId: ID!, $to: StorageMode!, $location: String) {
  estimateMigration(projectId: $projectId, to: $to, location: $location) {
    ...EstimateFields
  }
}
    fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}`) as unknown as TypedDocumentString<EstimateMigrationQuery, EstimateMigrationQueryVariables>;
export const GetVerificationDocument = new TypedDocumentString(`
    query GetVerification($id: ID!) {
  migration(id: $id) {
    verification {
      at
      isComplete
    }
  }
}
    `) as unknown as TypedDocumentString<GetVerificationQuery, GetVerificationQueryVariables>;
export const GetFinalizationDocument = new TypedDocumentString(`
    query GetFinalization($id: ID!) {
  migration(id: $id) {
    phase
    finalization {
      token
      expiresAt
      consequence
    }
  }
}
    `) as unknown as TypedDocumentString<GetFinalizationQuery, GetFinalizationQueryVariables>;
export const FollowMigrationDocument = new TypedDocumentString(`
    subscription FollowMigration($id: ID!, $after: String) {
  migrationProgress(id: $id, after: $after) {
    ...ProgressFields
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}`) as unknown as TypedDocumentString<FollowMigrationSubscription, FollowMigrationSubscriptionVariables>;
export const StartMigrationDocument = new TypedDocumentString(`
    mutation StartMigration($input: StartMigrationInput!) {
  startMigration(input: $input) {
    ... on StartMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<StartMigrationMutation, StartMigrationMutationVariables>;
export const PauseMigrationDocument = new TypedDocumentString(`
    mutation PauseMigration($input: PauseMigrationInput!) {
  pauseMigration(input: $input) {
    ... on PauseMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<PauseMigrationMutation, PauseMigrationMutationVariables>;
export const ResumeMigrationDocument = new TypedDocumentString(`
    mutation ResumeMigration($input: ResumeMigrationInput!) {
  resumeMigration(input: $input) {
    ... on ResumeMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<ResumeMigrationMutation, ResumeMigrationMutationVariables>;
export const CancelMigrationDocument = new TypedDocumentString(`
    mutation CancelMigration($input: CancelMigrationInput!) {
  cancelMigration(input: $input) {
    ... on CancelMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<CancelMigrationMutation, CancelMigrationMutationVariables>;
export const CutOverMigrationDocument = new TypedDocumentString(`
    mutation CutOverMigration($input: CutOverMigrationInput!) {
  cutOverMigration(input: $input) {
    ... on CutOverMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<CutOverMigrationMutation, CutOverMigrationMutationVariables>;
export const VerifyMigrationDocument = new TypedDocumentString(`
    mutation VerifyMigration($input: VerifyMigrationInput!) {
  verifyMigration(input: $input) {
    ... on VerifyMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<VerifyMigrationMutation, VerifyMigrationMutationVariables>;
export const RollBackMigrationDocument = new TypedDocumentString(`
    mutation RollBackMigration($input: RollBackMigrationInput!) {
  rollBackMigration(input: $input) {
    ... on RollBackMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<RollBackMigrationMutation, RollBackMigrationMutationVariables>;
export const FinalizeMigrationDocument = new TypedDocumentString(`
    mutation FinalizeMigration($input: FinalizeMigrationInput!) {
  finalizeMigration(input: $input) {
    ... on FinalizeMigrationPayload {
      migration {
        ...MigrationFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment ProgressFields on MigrationProgress {
  cursor
  migrationId
  phase
  isRollingBack
  isPaused
  collections {
    name
    done
    total
    rejected
    verified
  }
  vectors {
    done
    total
    failed
  }
  rate
  etaSeconds
  lag {
    entries
    seconds
  }
  pacing
  tokens
  dollars
  fenceMs
  canCutOver
  canRollBack
  message
  problem {
    code
    message
    hint
  }
  at
}
fragment EstimateFields on MigrationEstimate {
  checks {
    name
    outcome
    ms
    message
    hint
  }
  collections {
    name
    records
    bytes
  }
  bytes
  vectors
  isSameModel
  fromModel
  toModel
  tokens
  dollars
  seconds
}
fragment MigrationFields on Migration {
  id
  projectId
  project {
    name
  }
  from {
    mode
    location
  }
  to {
    mode
    location
  }
  dryRun
  autoCutOver
  batchSize
  onReject
  phase
  isRollingBack
  isPaused
  isOver
  message
  problem {
    code
    message
    hint
  }
  progress {
    ...ProgressFields
  }
  preflight {
    at
    estimate {
      ...EstimateFields
    }
    checks {
      name
      outcome
      ms
      message
      hint
    }
  }
  verification {
    at
    isComplete
    seq
    collections {
      name
      compared
      mismatches
      repaired
      digest
    }
  }
  rejects(first: 20) {
    nodes {
      collection
      recordId
      reason
    }
    pageInfo {
      hasNextPage
    }
  }
  mismatches(first: 20) {
    nodes {
      collection
      recordId
      differing
      reason
      isRepaired
    }
    pageInfo {
      hasNextPage
    }
  }
  createdAt
  movedAt
  endedAt
}`) as unknown as TypedDocumentString<FinalizeMigrationMutation, FinalizeMigrationMutationVariables>;
export const ListAuditDocument = new TypedDocumentString(`
    query ListAudit($filter: AuditFilter, $first: Int, $after: String) {
  auditLog(filter: $filter, first: $first, after: $after) {
    nodes {
      at
      actor
      actorId
      actorName
      actorKind
      client
      operation
      collection
      recordId
      projectId
      version
      requestId
      summary
      changes {
        field
        before
        after
        isHidden
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListAuditQuery, ListAuditQueryVariables>;
export const ExportAuditDocument = new TypedDocumentString(`
    query ExportAudit($filter: AuditFilter, $first: Int, $after: String) {
  auditLogCsv(filter: $filter, first: $first, after: $after) {
    text
    endCursor
  }
}
    `) as unknown as TypedDocumentString<ExportAuditQuery, ExportAuditQueryVariables>;
export const ListGrantsDocument = new TypedDocumentString(`
    query ListGrants($projectId: ID!, $first: Int, $after: String) {
  project(by: {id: $projectId}) {
    viewerLevel
    access(first: $first, after: $after) {
      nodes {
        ...GrantRow
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment GrantRow on Grant {
  id
  level
  projectId
  subjectId
  createdAt
  subject {
    __typename
    ... on User {
      email
      name
    }
    ... on Role {
      roleName: name
    }
    ... on ApiKey {
      keyName: name
      ending
    }
  }
}`) as unknown as TypedDocumentString<ListGrantsQuery, ListGrantsQueryVariables>;
export const GrantAccessDocument = new TypedDocumentString(`
    mutation GrantAccess($input: GrantAccessInput!) {
  grantAccess(input: $input) {
    ... on GrantAccessPayload {
      grant {
        ...GrantRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment GrantRow on Grant {
  id
  level
  projectId
  subjectId
  createdAt
  subject {
    __typename
    ... on User {
      email
      name
    }
    ... on Role {
      roleName: name
    }
    ... on ApiKey {
      keyName: name
      ending
    }
  }
}`) as unknown as TypedDocumentString<GrantAccessMutation, GrantAccessMutationVariables>;
export const RevokeAccessDocument = new TypedDocumentString(`
    mutation RevokeAccess($input: RevokeAccessInput!) {
  revokeAccess(input: $input) {
    ... on RevokeAccessPayload {
      grant {
        ...GrantRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment GrantRow on Grant {
  id
  level
  projectId
  subjectId
  createdAt
  subject {
    __typename
    ... on User {
      email
      name
    }
    ... on Role {
      roleName: name
    }
    ... on ApiKey {
      keyName: name
      ending
    }
  }
}`) as unknown as TypedDocumentString<RevokeAccessMutation, RevokeAccessMutationVariables>;
export const ListKeysDocument = new TypedDocumentString(`
    query ListKeys($filter: ApiKeyFilter, $first: Int, $after: String) {
  apiKeys(filter: $filter, first: $first, after: $after) {
    nodes {
      ...KeyRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment KeyRow on ApiKey {
  id
  name
  ending
  level
  permissions
  projectIds
  ownerId
  owner {
    email
    name
  }
  isService
  status
  expiresAt
  perMinute
  allowedAddresses
  createdAt
  createdById
  revokedAt
  replacedById
  lastUsedAt
}`) as unknown as TypedDocumentString<ListKeysQuery, ListKeysQueryVariables>;
export const CreateKeyDocument = new TypedDocumentString(`
    mutation CreateKey($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    ... on CreateApiKeyPayload {
      secret
      apiKey {
        ...KeyRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment KeyRow on ApiKey {
  id
  name
  ending
  level
  permissions
  projectIds
  ownerId
  owner {
    email
    name
  }
  isService
  status
  expiresAt
  perMinute
  allowedAddresses
  createdAt
  createdById
  revokedAt
  replacedById
  lastUsedAt
}`) as unknown as TypedDocumentString<CreateKeyMutation, CreateKeyMutationVariables>;
export const RotateKeyDocument = new TypedDocumentString(`
    mutation RotateKey($input: RotateApiKeyInput!) {
  rotateApiKey(input: $input) {
    ... on RotateApiKeyPayload {
      secret
      apiKey {
        ...KeyRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment KeyRow on ApiKey {
  id
  name
  ending
  level
  permissions
  projectIds
  ownerId
  owner {
    email
    name
  }
  isService
  status
  expiresAt
  perMinute
  allowedAddresses
  createdAt
  createdById
  revokedAt
  replacedById
  lastUsedAt
}`) as unknown as TypedDocumentString<RotateKeyMutation, RotateKeyMutationVariables>;
export const RevokeKeyDocument = new TypedDocumentString(`
    mutation RevokeKey($input: RevokeApiKeyInput!) {
  revokeApiKey(input: $input) {
    ... on RevokeApiKeyPayload {
      apiKey {
        ...KeyRow
      }
      others {
        ...KeyRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment KeyRow on ApiKey {
  id
  name
  ending
  level
  permissions
  projectIds
  ownerId
  owner {
    email
    name
  }
  isService
  status
  expiresAt
  perMinute
  allowedAddresses
  createdAt
  createdById
  revokedAt
  replacedById
  lastUsedAt
}`) as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const WhoAmIDocument = new TypedDocumentString(`
    query WhoAmI {
  viewer {
    kind
    isOpen
    everywhere
    permissions
    user {
      id
      email
      name
      role {
        name
      }
    }
    key {
      id
      name
      ending
      level
      expiresAt
      projects {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WhoAmIQuery, WhoAmIQueryVariables>;
export const ListRolesDocument = new TypedDocumentString(`
    query ListRoles {
  roles {
    ...RoleRow
  }
}
    fragment RoleRow on Role {
  id
  version
  name
  description
  permissions
  everywhere
  isBuiltIn
}`) as unknown as TypedDocumentString<ListRolesQuery, ListRolesQueryVariables>;
export const CreateRoleDocument = new TypedDocumentString(`
    mutation CreateRole($input: CreateRoleInput!) {
  createRole(input: $input) {
    ... on CreateRolePayload {
      role {
        ...RoleRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment RoleRow on Role {
  id
  version
  name
  description
  permissions
  everywhere
  isBuiltIn
}`) as unknown as TypedDocumentString<CreateRoleMutation, CreateRoleMutationVariables>;
export const UpdateRoleDocument = new TypedDocumentString(`
    mutation UpdateRole($input: UpdateRoleInput!) {
  updateRole(input: $input) {
    ... on UpdateRolePayload {
      role {
        ...RoleRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment RoleRow on Role {
  id
  version
  name
  description
  permissions
  everywhere
  isBuiltIn
}`) as unknown as TypedDocumentString<UpdateRoleMutation, UpdateRoleMutationVariables>;
export const DeleteRoleDocument = new TypedDocumentString(`
    mutation DeleteRole($input: DeleteRoleInput!) {
  deleteRole(input: $input) {
    ... on DeleteRolePayload {
      role {
        ...RoleRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment RoleRow on Role {
  id
  version
  name
  description
  permissions
  everywhere
  isBuiltIn
}`) as unknown as TypedDocumentString<DeleteRoleMutation, DeleteRoleMutationVariables>;
export const GetUserDocument = new TypedDocumentString(`
    query GetUser($id: ID!) {
  user(id: $id) {
    ...UserRow
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<GetUserQuery, GetUserQueryVariables>;
export const ListUsersDocument = new TypedDocumentString(`
    query ListUsers($filter: UserFilter, $deleted: DeletedFilter, $first: Int, $after: String) {
  users(filter: $filter, deleted: $deleted, first: $first, after: $after) {
    nodes {
      ...UserRow
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<ListUsersQuery, ListUsersQueryVariables>;
export const CreateUserDocument = new TypedDocumentString(`
    mutation CreateUser($input: CreateUserInput!) {
  createUser(input: $input) {
    ... on CreateUserPayload {
      user {
        ...UserRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<CreateUserMutation, CreateUserMutationVariables>;
export const InviteUserDocument = new TypedDocumentString(`
    mutation InviteUser($input: InviteUserInput!) {
  inviteUser(input: $input) {
    ... on InviteUserPayload {
      user {
        ...UserRow
      }
      link {
        path
        url
        expiresAt
      }
      isMailed
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<InviteUserMutation, InviteUserMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    ... on ResetPasswordPayload {
      link {
        path
        url
        expiresAt
      }
      isMailed
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const UpdateUserDocument = new TypedDocumentString(`
    mutation UpdateUser($input: UpdateUserInput!) {
  updateUser(input: $input) {
    ... on UpdateUserPayload {
      user {
        ...UserRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<UpdateUserMutation, UpdateUserMutationVariables>;
export const DisableUserDocument = new TypedDocumentString(`
    mutation DisableUser($input: DisableUserInput!) {
  disableUser(input: $input) {
    ... on DisableUserPayload {
      user {
        ...UserRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<DisableUserMutation, DisableUserMutationVariables>;
export const EnableUserDocument = new TypedDocumentString(`
    mutation EnableUser($input: EnableUserInput!) {
  enableUser(input: $input) {
    ... on EnableUserPayload {
      user {
        ...UserRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<EnableUserMutation, EnableUserMutationVariables>;
export const DeleteUserDocument = new TypedDocumentString(`
    mutation DeleteUser($input: DeleteUserInput!) {
  deleteUser(input: $input) {
    ... on DeleteUserPayload {
      user {
        ...UserRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<DeleteUserMutation, DeleteUserMutationVariables>;
export const RestoreUserDocument = new TypedDocumentString(`
    mutation RestoreUser($input: RestoreUserInput!) {
  restoreUser(input: $input) {
    ... on RestoreUserPayload {
      user {
        ...UserRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment UserRow on User {
  id
  version
  email
  name
  role {
    id
    name
  }
  disabledAt
  deletedAt
  createdAt
}`) as unknown as TypedDocumentString<RestoreUserMutation, RestoreUserMutationVariables>;
export const ListProjectsDocument = new TypedDocumentString(`
    query ListProjects($first: Int, $after: String) {
  projects(first: $first, after: $after) {
    nodes {
      id
      name
      path
      storageMode
      createdAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ListProjectsQuery, ListProjectsQueryVariables>;
export const CreateProjectDocument = new TypedDocumentString(`
    mutation CreateProject($input: CreateProjectInput!) {
  createProject(input: $input) {
    ... on CreateProjectPayload {
      project {
        id
        name
        path
        storageMode
        createdAt
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
export const RepairIndexDocument = new TypedDocumentString(`
    mutation RepairIndex($input: RepairIndexInput!) {
  repairIndex(input: $input) {
    ... on RepairIndexPayload {
      added
      removed
      retried
      searchIndex {
        model
        stored
        searchable
        pending
        failed
        skipped
        isBuilding
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<RepairIndexMutation, RepairIndexMutationVariables>;
export const ListOutsideKeysDocument = new TypedDocumentString(`
    query ListOutsideKeys($shared: Boolean) {
  outsideKeys(shared: $shared) {
    ...OutsideKeyRow
  }
}
    fragment OutsideKeyRow on OutsideKey {
  id
  provider
  label
  ending
  isShared
  isUsable
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<ListOutsideKeysQuery, ListOutsideKeysQueryVariables>;
export const SaveOutsideKeyDocument = new TypedDocumentString(`
    mutation SaveOutsideKey($input: SaveOutsideKeyInput!) {
  saveOutsideKey(input: $input) {
    ... on SaveOutsideKeyPayload {
      outsideKey {
        ...OutsideKeyRow
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment OutsideKeyRow on OutsideKey {
  id
  provider
  label
  ending
  isShared
  isUsable
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<SaveOutsideKeyMutation, SaveOutsideKeyMutationVariables>;
export const DeleteOutsideKeyDocument = new TypedDocumentString(`
    mutation DeleteOutsideKey($input: DeleteOutsideKeyInput!) {
  deleteOutsideKey(input: $input) {
    ... on DeleteOutsideKeyPayload {
      deletedId
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<DeleteOutsideKeyMutation, DeleteOutsideKeyMutationVariables>;
export const RotateSecretsDocument = new TypedDocumentString(`
    mutation RotateSecrets($input: RotateSecretsInput!) {
  rotateSecrets(input: $input) {
    ... on RotateSecretsPayload {
      resealed
      remaining
      unreadable
      keySource
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<RotateSecretsMutation, RotateSecretsMutationVariables>;
export const ScanSecretsDocument = new TypedDocumentString(`
    mutation ScanSecrets($input: ScanSecretsInput!) {
  scanSecrets(input: $input) {
    ... on ScanSecretsPayload {
      recordsScanned
      entriesScanned
      recordsRedacted
      entriesRedacted
      recordsLeft
      entriesLeft
      rules {
        rule
        records
        entries
      }
      findings {
        recordId
        field
        rule
        count
        isCurrent
        entries
        obstacle
      }
      hasMoreFindings
      problem
      after
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    `) as unknown as TypedDocumentString<ScanSecretsMutation, ScanSecretsMutationVariables>;
export const ExportSessionDocument = new TypedDocumentString(`
    query ExportSession($id: ID!, $format: ExportFormat!, $after: String) {
  session(id: $id) {
    export(format: $format, after: $after) {
      text
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ExportSessionQuery, ExportSessionQueryVariables>;
export const FindSessionDocument = new TypedDocumentString(`
    query FindSession($projectId: ID!, $key: String!) {
  project(by: {id: $projectId}) {
    sessions(first: 1, filter: {key: $key}) {
      nodes {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FindSessionQuery, FindSessionQueryVariables>;
export const ListSessionsDocument = new TypedDocumentString(`
    query ListSessions($projectId: ID!, $filter: SessionFilter, $first: Int, $after: String) {
  project(by: {id: $projectId}) {
    sessions(
      filter: $filter
      first: $first
      after: $after
      orderBy: {field: LAST_ACTIVE}
    ) {
      nodes {
        id
        key
        title
        userId
        agent
        model
        status
        streamingStatus
        startedAt
        activeAt
        memoryCount
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ListSessionsQuery, ListSessionsQueryVariables>;
export const FindCaptureDocument = new TypedDocumentString(`
    query FindCapture($by: ProjectBy!) {
  project(by: $by) {
    id
    name
    capture
    version
    deletedAt
  }
}
    `) as unknown as TypedDocumentString<FindCaptureQuery, FindCaptureQueryVariables>;
export const SetCaptureDocument = new TypedDocumentString(`
    mutation SetCapture($input: UpdateProjectInput!) {
  updateProject(input: $input) {
    ... on UpdateProjectPayload {
      project {
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
    `) as unknown as TypedDocumentString<SetCaptureMutation, SetCaptureMutationVariables>;
export const CreateCapturedDocument = new TypedDocumentString(`
    mutation CreateCaptured($input: CreateProjectInput!) {
  createProject(input: $input) {
    ... on CreateProjectPayload {
      project {
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
    `) as unknown as TypedDocumentString<CreateCapturedMutation, CreateCapturedMutationVariables>;
export const FindTaskDocument = new TypedDocumentString(`
    query FindTask($id: ID, $by: TaskBy) {
  task(id: $id, by: $by) {
    ...TaskFields
    deletedAt
    project {
      id
    }
  }
}
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}`) as unknown as TypedDocumentString<FindTaskQuery, FindTaskQueryVariables>;
export const ListTasksDocument = new TypedDocumentString(`
    query ListTasks($projectId: ID!, $filter: TaskFilter, $first: Int, $after: String) {
  project(by: {id: $projectId}) {
    tasks(filter: $filter, first: $first, after: $after) {
      nodes {
        ...TaskFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}`) as unknown as TypedDocumentString<ListTasksQuery, ListTasksQueryVariables>;
export const ListReadyTasksDocument = new TypedDocumentString(`
    query ListReadyTasks($projectId: ID!, $filter: TaskFilter, $agent: String, $first: Int, $after: String) {
  project(by: {id: $projectId}) {
    readyTasks(filter: $filter, agent: $agent, first: $first, after: $after) {
      nodes {
        ...TaskFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}`) as unknown as TypedDocumentString<ListReadyTasksQuery, ListReadyTasksQueryVariables>;
export const GetTaskBoardDocument = new TypedDocumentString(`
    query GetTaskBoard($projectId: ID!) {
  taskBoard(projectId: $projectId) {
    byStatus {
      status
      count
    }
    ready
    blocked
    claimed
    overdue
    byAgent {
      agent
      assigned
      claimed
      overdue
    }
  }
}
    `) as unknown as TypedDocumentString<GetTaskBoardQuery, GetTaskBoardQueryVariables>;
export const ClaimTaskDocument = new TypedDocumentString(`
    mutation ClaimTask($input: ClaimTaskInput!) {
  claimTask(input: $input) {
    __typename
    ... on ClaimTaskPayload {
      task {
        ...TaskFields
      }
      claim {
        agent
        expiresAt
        token
      }
    }
    ... on TaskNotReadyError {
      heldBy
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}`) as unknown as TypedDocumentString<ClaimTaskMutation, ClaimTaskMutationVariables>;
export const RenewClaimDocument = new TypedDocumentString(`
    mutation RenewClaim($input: RenewClaimInput!) {
  renewClaim(input: $input) {
    ... on RenewClaimPayload {
      task {
        ...TaskFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}`) as unknown as TypedDocumentString<RenewClaimMutation, RenewClaimMutationVariables>;
export const ReleaseTaskDocument = new TypedDocumentString(`
    mutation ReleaseTask($input: ReleaseTaskInput!) {
  releaseTask(input: $input) {
    ... on ReleaseTaskPayload {
      task {
        ...TaskFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}`) as unknown as TypedDocumentString<ReleaseTaskMutation, ReleaseTaskMutationVariables>;
export const CompleteTaskDocument = new TypedDocumentString(`
    mutation CompleteTask($input: CompleteTaskInput!) {
  completeTask(input: $input) {
    ... on CompleteTaskPayload {
      task {
        ...TaskFields
      }
    }
    ... on Error {
      code
      message
      hint
    }
  }
}
    fragment TaskFields on Task {
  id
  handle
  title
  description
  type
  priority
  status
  assignedAgent
  claim {
    agent
    expiresAt
    token
    isExpired
  }
}`) as unknown as TypedDocumentString<CompleteTaskMutation, CompleteTaskMutationVariables>;