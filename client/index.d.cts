export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A date and time in ISO 8601 with a UTC offset, in the years 0 to 9999. Accepted: `2026-01-31T09:30Z`, `2026-01-31T10:30:00.5+01:00`; digits beyond milliseconds are dropped. Returned in UTC with milliseconds: `2026-01-31T09:30:00.500Z`. */
  DateTime: { input: string; output: string; }
  /** Any JSON value, with lists and objects nested at most 32 deep. The keys `__proto__`, `constructor` and `prototype` are rejected. Numbers are stored as 64-bit floating point. A number that doesn't fit (an integer that would change, a fraction of more than 17 digits, a value out of range) is rejected: send it as a string. */
  JSON: { input: unknown; output: unknown; }
  /** A JSON object, with the limits of `JSON`. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
};

/** What somebody may do in a project. Each level includes those before it. */
export type AccessLevel =
  /** Also changes the project itself, shares, moves, deletes and purges it. */
  | 'MANAGE'
  /** Reads everything in the project. */
  | 'READ'
  /** Also writes tasks, memories, sessions and states. */
  | 'WRITE';

/** Who has access: a user, all users with a role, or a key. */
export type AccessSubject = ApiKey | Role | User;

/** How many tasks an agent has. */
export type AgentTaskCount = {
  __typename?: 'AgentTaskCount';
  /** Name of the agent. */
  agent: Scalars['String']['output'];
  /** Number of live tasks assigned to it that are not `DONE`. */
  assigned: Scalars['Int']['output'];
  /** Number of tasks that it holds: claims that have not expired. */
  claimed: Scalars['Int']['output'];
  /** Number of its claims that have expired. */
  overdue: Scalars['Int']['output'];
};

/** Another record already has a value that must be unique: an `externalId`, a project's `path`, the `key` of a session or state, or the `supersedes` of a memory. Nothing was written. */
export type AlreadyExistsError = Error & {
  __typename?: 'AlreadyExistsError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** Id of the record that has the value; null when unknown. */
  existingId?: Maybe<Scalars['ID']['output']>;
  /** Whether that record is deleted; if so, the `restore…` mutation of its kind brings it back. Null when unknown. */
  existingIsDeleted?: Maybe<Scalars['Boolean']['output']>;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/**
 * A key with which machines and agents use this server: `mor_` and 49 letters and digits. The server keeps only a hash of it.
 *
 * - A key of a user may do what they may do, within its level, its permissions and its projects. A service key has no owner and may do what it says itself. Access that is granted to a key adds projects to its own, up to its level.
 * - A key that makes a key gives it no more than it has itself, and revoking it revokes that one, too.
 * - Those who administer keys (`keys:administer`) see all of them. A user sees their own. A key sees those of its owner when it isn't limited in level, permissions or projects, and otherwise itself and those that it made, and so on.
 */
export type ApiKey = Node & {
  __typename?: 'ApiKey';
  /** IP addresses, and networks such as `10.0.0.0/8` or `2001:db8::/32`, from which it may be used; empty: from all. Null also for a key that you see only as one with access to a project. */
  allowedAddresses?: Maybe<Array<Scalars['String']['output']>>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** That user or key; null also when you may not see it. */
  createdBy?: Maybe<Node>;
  /** Id of the user or the key that made it; null when the machine's owner did. */
  createdById?: Maybe<Scalars['ID']['output']>;
  /** The last 4 characters of the key, to tell it from others. */
  ending: Scalars['String']['output'];
  /** When it expires; null: never. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The client's own id for it; null when it has none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Id of the key, which the log names as `actor`. It is no secret. */
  id: Scalars['ID']['output'];
  /** Whether it is a service key, which has no owner. */
  isService: Scalars['Boolean']['output'];
  /** When it was last used; null when it never was. Null also for a key that you see only as one with access to a project. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The most that it may do in any project. */
  level: AccessLevel;
  /** Name of the key. */
  name: Scalars['String']['output'];
  /** That user, deleted or not; null for a service key, or when the user was purged. */
  owner?: Maybe<User>;
  /** Id of the user for whom it acts; null for a service key. */
  ownerId?: Maybe<Scalars['ID']['output']>;
  /** The most requests that it may send in a minute, to each server; more are refused with `RATE_LIMITED`. Null: no limit. */
  perMinute?: Maybe<Scalars['Int']['output']>;
  /** The permissions that it may use, such as `audit:read`, as far as its owner has them; null: all of its owner's. */
  permissions?: Maybe<Array<Scalars['String']['output']>>;
  /** Ids of the projects that it is limited to, without those that you may not see; null: all of its owner's; of a service key, all. Access granted to it comes on top. */
  projectIds?: Maybe<Array<Scalars['ID']['output']>>;
  /** The projects of `projectIds`, without deleted ones; null as there. */
  projects?: Maybe<Array<Project>>;
  /** That key; null also when you may not see it. */
  replacedBy?: Maybe<ApiKey>;
  /** Id of the key that replaces it after a rotation; null when it wasn't rotated. */
  replacedById?: Maybe<Scalars['ID']['output']>;
  /** Number of requests with it in the last days. Null also for a key that you see only as one with access to a project. */
  requests?: Maybe<Scalars['Int']['output']>;
  /** When it was revoked, for good; null when it wasn't. */
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Id of the user or the key that revoked it, or `local`: the machine's owner; null when nobody did. */
  revokedBy?: Maybe<Scalars['String']['output']>;
  /** Whether it can be used now. */
  status: ApiKeyStatus;
  /** When its record was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** How it was used, on the days on which it was, newest first. Null also for a key that you see only as one with access to a project. */
  use?: Maybe<Array<ApiKeyDay>>;
  /** Version of its record, for `updateApiKey`. */
  version: Scalars['Int']['output'];
};


/**
 * A key with which machines and agents use this server: `mor_` and 49 letters and digits. The server keeps only a hash of it.
 *
 * - A key of a user may do what they may do, within its level, its permissions and its projects. A service key has no owner and may do what it says itself. Access that is granted to a key adds projects to its own, up to its level.
 * - A key that makes a key gives it no more than it has itself, and revoking it revokes that one, too.
 * - Those who administer keys (`keys:administer`) see all of them. A user sees their own. A key sees those of its owner when it isn't limited in level, permissions or projects, and otherwise itself and those that it made, and so on.
 */
export type ApiKeyRequestsArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A key with which machines and agents use this server: `mor_` and 49 letters and digits. The server keeps only a hash of it.
 *
 * - A key of a user may do what they may do, within its level, its permissions and its projects. A service key has no owner and may do what it says itself. Access that is granted to a key adds projects to its own, up to its level.
 * - A key that makes a key gives it no more than it has itself, and revoking it revokes that one, too.
 * - Those who administer keys (`keys:administer`) see all of them. A user sees their own. A key sees those of its owner when it isn't limited in level, permissions or projects, and otherwise itself and those that it made, and so on.
 */
export type ApiKeyUseArgs = {
  days?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of API keys. */
export type ApiKeyConnection = {
  __typename?: 'ApiKeyConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<ApiKeyEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<ApiKey>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** How a key was used on one day. */
export type ApiKeyDay = {
  __typename?: 'ApiKeyDay';
  /** The day, in UTC, such as `2026-01-31`. */
  day: Scalars['String']['output'];
  /** Address from which it was used then. */
  lastAddress: Scalars['String']['output'];
  /** When it was last used on that day. */
  lastAt: Scalars['DateTime']['output'];
  /** Number of requests that were refused because of the key's own limits. */
  refused: Scalars['Int']['output'];
  /** Number of requests with the key. */
  requests: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type ApiKeyEdge = {
  __typename?: 'ApiKeyEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: ApiKey;
};

/** Conditions on API keys, all of which must be met. One that is left out, or null, restricts nothing. */
export type ApiKeyFilter = {
  /** Whether they are neither revoked nor expired. Whether their owner is disabled isn't considered. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether they are service keys. */
  isService?: InputMaybe<Scalars['Boolean']['input']>;
  /** Keys of this user. */
  ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Keys that aren't limited to other projects than this one: those limited to it, those to which it is granted, and those for all projects. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Text in the name, regardless of case; at most 1,000 characters. */
  query?: InputMaybe<Scalars['String']['input']>;
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

/** Input of `attachProject`. */
export type AttachProjectInput = {
  /** Storage mode that the project was found in. */
  mode: StorageMode;
  /** Absolute path of the project's working directory on this server. Left out: none. */
  path?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** Result of `attachProject` when it succeeds. */
export type AttachProjectPayload = {
  __typename?: 'AttachProjectPayload';
  /** The project. */
  project: Project;
};

/** Result of `attachProject`: its payload, or the error that prevented it. */
export type AttachProjectResult = AlreadyExistsError | AttachProjectPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StorageModeUnavailableError | StoreError;

/** A project that was found in the storage of a mode, at `StorageModeConfig.place`, but isn't in this server's list of projects: one from another server, or from before the list was lost. */
export type AttachableProject = {
  __typename?: 'AttachableProject';
  /** Whether the project can be attached. */
  canAttach: Scalars['Boolean']['output'];
  /** When the project was created; null when its record can't be read. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the project was deleted on the server that it comes from; null when it was live there. Attaching it makes it live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Description of the project; null when its record can't be read. */
  description?: Maybe<Scalars['String']['output']>;
  /** How to fix the problem described in `reason`; null when the project can be attached. */
  hint?: Maybe<Scalars['String']['output']>;
  /** Storage mode that the project was found in. */
  mode: StorageMode;
  /** Name of the project; null when its record can't be read. */
  name?: Maybe<Scalars['String']['output']>;
  /** Working directory of the project on the server that it comes from; null when it had none, or its record can't be read. */
  path?: Maybe<Scalars['String']['output']>;
  /** Id of the project. It stays the same when the project is attached. */
  projectId: Scalars['ID']['output'];
  /** Why the project can't be attached; null when it can. */
  reason?: Maybe<Scalars['String']['output']>;
};

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

/** What a write did to one field of a record. */
export type AuditChange = {
  __typename?: 'AuditChange';
  /** The value after the write; null for none. */
  after?: Maybe<Scalars['JSON']['output']>;
  /** The value before the write; null for none. */
  before?: Maybe<Scalars['JSON']['output']>;
  /** Name of the field. */
  field: Scalars['String']['output'];
  /** Whether the values are left out: texts and other contents, which are shown to those who may read the record. Then `before` and `after` are null. Fields with hashes, and with anything sealed, aren't among the changes at all. */
  isHidden: Scalars['Boolean']['output'];
};

/** A part of the audit as CSV. The texts of all parts, one after the other, are the file. */
export type AuditCsv = {
  __typename?: 'AuditCsv';
  /** Where this part ends: pass it as `after` to get the next one; null when no part follows. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether another part may follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Text of this part (RFC 4180, times in UTC). Only the first part has a header. A value that a spreadsheet would take for a formula begins with `'`. */
  text: Scalars['String']['output'];
};

/** An entry of the audit: who did what to one record, and when. It is an entry of the server's log or of a project's, without the record's contents. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** Who made the write, as the log has it: the id of a user, of an API key or of a consent, or `local`, and after a space what the client said of itself. From before the server had users: what the client said of itself alone. A part of the server writes by its name, such as `retention`. */
  actor: Scalars['String']['output'];
  /** Id of the user, the API key or the consent; null when it was none of them. */
  actorId?: Maybe<Scalars['ID']['output']>;
  /** Who made the write. */
  actorKind: AuditActorKind;
  /** Name that the user or the API key has now, or that the program gave itself; null when it was none of them, or was purged. */
  actorName?: Maybe<Scalars['String']['output']>;
  /** When the write was committed. */
  at: Scalars['DateTime']['output'];
  /** What the write changed, of the fields that the audit shows; null for a purge, and when the contents were erased, by a purge or with age (`MOORING_LOG_RETENTION_DAYS`). */
  changes?: Maybe<Array<AuditChange>>;
  /** What the client said of itself, such as the name of an agent: a claim. Null when it said nothing. */
  client?: Maybe<Scalars['String']['output']>;
  /** Collection of the record: `users`, `roles`, `grants`, `apiKeys`, `outsideKeys`, `secrets`, `projects`, `migrations`, `storageConfigs` and others of the server, or `tasks`, `memories`, `sessions` and `states` of a project. `keyUse` counts a key's requests in a day, `securityEvents` refused credentials and exports in an hour. */
  collection: Scalars['String']['output'];
  /** What the write did to the record. */
  operation: Operation;
  /** Id of the project that the entry is about; null when it is about none. */
  projectId?: Maybe<Scalars['ID']['output']>;
  /** Id of the record. */
  recordId: Scalars['ID']['output'];
  /** Id of the request that made the write. */
  requestId: Scalars['String']['output'];
  /** Sequence number of the entry in its log; later entries of a log have higher numbers. */
  seq: Scalars['Int']['output'];
  /** What happened, on one line, for people. */
  summary: Scalars['String']['output'];
  /** Version of the record after the write; for a purge, the last version it had. */
  version: Scalars['Int']['output'];
};

/** A page of the audit. One page reads a limited part of the log: with a filter it may have fewer entries than asked for, or none, although `hasNextPage` is true. Continue with `after: pageInfo.endCursor`. */
export type AuditEntryConnection = {
  __typename?: 'AuditEntryConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<AuditEntryEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<AuditEntry>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
};

/** An item and its cursor. */
export type AuditEntryEdge = {
  __typename?: 'AuditEntryEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: AuditEntry;
};

/** Selects the entries that meet all conditions given. A field that is left out adds no condition. */
export type AuditFilter = {
  /** Who made the write: an id, `local` or a name, which matches with the name of any client after it; or the whole of `AuditEntry.actor`. The id of a user includes what was done with their keys, and by programs that they let in. */
  actor?: InputMaybe<Scalars['String']['input']>;
  /** Start of the time, inclusive. */
  after?: InputMaybe<Scalars['DateTime']['input']>;
  /** End of the time, exclusive. */
  before?: InputMaybe<Scalars['DateTime']['input']>;
  /** Collection of the record, as in `AuditEntry.collection`. */
  collection?: InputMaybe<Scalars['String']['input']>;
  /** What the write did. */
  operation?: InputMaybe<Operation>;
  /** Id of the project whose own log to read: its tasks, memories, sessions and states. Together with one of the server's collections, such as `grants` or `projects`: the entries of the server's log that are about this project. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the record, even if it was purged. Of a record in a project it also says which project's log to read. */
  recordId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the request that made the write. */
  requestId?: InputMaybe<Scalars['String']['input']>;
};

/** Input of `cancelMigration`. */
export type CancelMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** Result of `cancelMigration` when it succeeds. */
export type CancelMigrationPayload = {
  __typename?: 'CancelMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `cancelMigration`: its payload, or the error that prevented it. */
export type CancelMigrationResult = CancelMigrationPayload | ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError;

/** What is kept of an agent's conversations without the agent asking for it: by `mooring hook`, by `POST /hooks/claude-code` and by `mooring import`. It has no effect on what clients save themselves. */
export type Capture =
  /** Messages, and the output of the tools that the agent calls, each cut to `captureToolCharacters`. */
  | 'ALL'
  /** What the user and the agent say, and the summaries that the agent makes of a long conversation. */
  | 'MESSAGES'
  /** Nothing. */
  | 'OFF';

/** The request can't be undone as a whole, because others have changed records since that its undo would change. Nothing was written. */
export type ChangedSinceError = Error & {
  __typename?: 'ChangedSinceError';
  /** The last change of each of these records; at most 100. */
  changes: Array<LogEntry>;
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** A claim on a task: until it expires, only its agent can claim the task. Others can still update the task. */
export type Claim = {
  __typename?: 'Claim';
  /** The agent that holds the task. */
  agent: Scalars['String']['output'];
  /** When the claim expires, unless it is renewed. The task can then be claimed again. */
  expiresAt: Scalars['DateTime']['output'];
  /** Whether the claim has expired. */
  isExpired: Scalars['Boolean']['output'];
  /** Token of the claim, for `renewClaim`, `releaseTask` and `completeTask`. It is greater than that of any earlier claim on the task. */
  token: Scalars['Int']['output'];
};

/** The token isn't that of the task's current claim, or the claim expired or ended. Nothing was written: stop working on the task, or claim it again. */
export type ClaimLostError = Error & {
  __typename?: 'ClaimLostError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Id of the task. */
  recordId: Scalars['ID']['output'];
};

/** Input of `claimTask`. */
export type ClaimTaskInput = {
  /** Name of the agent: visible characters on one line, no spaces around them; at most 1,000. */
  agent: Scalars['String']['input'];
  /** Claim the first ready task that matches: the most urgent, then the oldest. `assignedAgent: null` skips tasks that are assigned. Only without `id` and `handle`. Default: any ready task. */
  filter?: InputMaybe<TaskFilter>;
  /** Handle of the task, instead of its id. */
  handle?: InputMaybe<Scalars['String']['input']>;
  /** Id of the task. An agent can claim again what it holds: the claim then has a new token. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** How long the claim lasts from now, in seconds: 1 to 604,800. Renew it before it expires. */
  leaseSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** How long to wait for a ready task, in seconds: 0 to 60. All claims of a request together wait no longer. A named task that is `DONE` or `BLOCKED` is not waited for. */
  waitSeconds?: InputMaybe<Scalars['Float']['input']>;
};

/** Result of `claimTask` when it succeeds. */
export type ClaimTaskPayload = {
  __typename?: 'ClaimTaskPayload';
  /** The claim. Keep its token. */
  claim: Claim;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The claimed task. */
  task: Task;
};

/** Result of `claimTask`: its payload, or the error that prevented it. */
export type ClaimTaskResult = ClaimTaskPayload | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | NothingReadyError | RouteChangedError | SecretRefusedError | StoreError | TaskNotReadyError;

/** Input of `completeTask`. */
export type CompleteTaskInput = {
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** What was achieved, for `Task.result`; at most 1 MB. Left out: that stays. */
  result?: InputMaybe<Scalars['String']['input']>;
  /** A result to add to `Task.stageResults`, which has at most 100. */
  stageResult?: InputMaybe<StageResultInput>;
  /** Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`. */
  token: Scalars['Int']['input'];
};

/** Result of `completeTask` when it succeeds. */
export type CompleteTaskPayload = {
  __typename?: 'CompleteTaskPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The completed task. */
  task: Task;
};

/** Result of `completeTask`: its payload, or the error that prevented it. */
export type CompleteTaskResult = ClaimLostError | CompleteTaskPayload | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** The token doesn't confirm this operation: it is invalid, expired, or was issued for something else. Nothing was changed. */
export type ConfirmationError = Error & {
  __typename?: 'ConfirmationError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** The record was changed after the version that you read. Nothing was written. A mutation whose input has no `version` returns it only when other writes interfered with every attempt: then repeat the mutation. */
export type ConflictError = Error & {
  __typename?: 'ConflictError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** The record as it is now; null when it was purged. */
  current?: Maybe<Node>;
  /** Current version of the record; null when it was purged. */
  currentVersion?: Maybe<Scalars['Int']['output']>;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Id of the record. */
  recordId: Scalars['ID']['output'];
};

/** Why an item is part of a context. */
export type ContextSource =
  /** It is a decision. */
  | 'DECISION'
  /** It is a pinned memory. */
  | 'PINNED'
  /** It is relevant to the query or the task. */
  | 'RELEVANT'
  /** It is one of the latest memories of the session. */
  | 'SESSION'
  /** It is the requested task. */
  | 'TASK';

/** Input of `createApiKey`. */
export type CreateApiKeyInput = {
  /** Whether it may use all permissions that its owner has, now and later. Default: false. */
  allPermissions?: InputMaybe<Scalars['Boolean']['input']>;
  /** IP addresses, and networks such as `10.0.0.0/8`, from which it may be used; at most 100. Left out: as the key that makes it, if one does; otherwise from all. */
  allowedAddresses?: InputMaybe<Array<Scalars['String']['input']>>;
  /** When it expires. Left out: as the key that makes it, if one does; otherwise never. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Your own id for it, unique among keys. When a key has it, the result is an `AlreadyExistsError`: its secret can't be shown again. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Whether it is a service key, which has no owner and acts for itself. Default: false. */
  isService?: InputMaybe<Scalars['Boolean']['input']>;
  /** The most that it may do in any project. Default: `READ`. */
  level?: InputMaybe<AccessLevel>;
  /** Name of the key, such as that of the machine that uses it; at most 120 characters. */
  name: Scalars['String']['input'];
  /** Id of the user for whom it acts. Default: you. */
  ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** The most requests that it may send in a minute, to each server: 1 to 100,000. Left out: as the key that makes it, if one does; otherwise any number. */
  perMinute?: InputMaybe<Scalars['Int']['input']>;
  /** The permissions that it may use, such as `projects:create`. Default: none. `Viewer.permissions` has yours. */
  permissions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Ids of the projects that it is limited to; at most 200. Left out: as the key that makes it, if one does; otherwise all of its owner's; of a service key, all. */
  projectIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Result of `createApiKey` when it succeeds. */
export type CreateApiKeyPayload = {
  __typename?: 'CreateApiKeyPayload';
  /** The new key. */
  apiKey: ApiKey;
  /** The key itself, `mor_…`, to be sent as `Authorization: Bearer mor_…` or `x-api-key: mor_…`. This is the only time that it is shown: the server keeps a hash of it. */
  secret: Scalars['String']['output'];
};

/** Result of `createApiKey`: its payload, or the error that prevented it. */
export type CreateApiKeyResult = AlreadyExistsError | CreateApiKeyPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `createProject`. */
export type CreateProjectInput = {
  /** What to keep of agents' conversations. Null for undecided: `MESSAGES` for agents that were set up to capture, `OFF` for all others. */
  capture?: InputMaybe<Capture>;
  /** Most characters to keep of a tool's output with `capture: ALL`: 0 to 20,000. Default: 2,000. */
  captureToolCharacters?: InputMaybe<Scalars['Int']['input']>;
  /** Instructions that agents should read before they start; at most 1 MB. */
  customInstructions?: InputMaybe<Scalars['String']['input']>;
  /** Description of the project; at most 1 MB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The client's own id for the project: at most 256 characters, unique on this server. If a live project already has it, that project is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Repository, as `owner/name` or a URL. Null for none. */
  githubRepo?: InputMaybe<Scalars['String']['input']>;
  /** Whether the project is being worked on. Default: true. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** What the project is used for. Default: `SIMPLE`. */
  mode?: InputMaybe<ProjectMode>;
  /** Name of the project; at most 200 characters. */
  name: Scalars['String']['input'];
  /** Absolute path of the working directory. No two live projects can have the same folder, however its path is spelled. Null for none. */
  path?: InputMaybe<Scalars['String']['input']>;
  /** What to do about secrets in texts that are saved, those of this mutation included. Null for the server's policy, `MOORING_SECRETS`. */
  secrets?: InputMaybe<SecretPolicy>;
  /** Settings, free for clients to use; at most 256 KB as JSON. Two names are reserved for a location of the project's own: `fileStorePath` (`FILE`: absolute path of a folder on the server's disk, not used by the server itself or by another project) and `mongodbDatabase` (`MONGODB`: name of a database on the configured server). Without them, the project is stored at `StorageModeConfig.place`. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Where to store the project's data. Default: the server's `MOORING_STORAGE_MODE`, which is `LOCAL` unless configured. */
  storageMode?: InputMaybe<StorageMode>;
  /** Languages, frameworks and tools that the project uses: at most 100, of at most 100 characters each. */
  techStack?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Result of `createProject` when it succeeds. */
export type CreateProjectPayload = {
  __typename?: 'CreateProjectPayload';
  /** The new project, or the one that already had its `externalId`. */
  project: Project;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `createProject`: its payload, or the error that prevented it. */
export type CreateProjectResult = AlreadyExistsError | CreateProjectPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StorageModeUnavailableError | StoreError;

/** Input of `createRole`. */
export type CreateRoleInput = {
  /** What the role is for; at most 4 KB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Level of access to all projects. Null for none. */
  everywhere?: InputMaybe<AccessLevel>;
  /** Name of the role: at most 120 characters, unique whatever its case. */
  name: Scalars['String']['input'];
  /** What the role permits on the server: `projects:create`; `storage:administer` (settings of storage modes, attaching projects, locations of their own); `storage:operate` (health, repairs, usage); `migrations:run`; `users:administer` (users, roles and access); `keys:administer` (keys of others); `audit:read`. */
  permissions?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Result of `createRole` when it succeeds. */
export type CreateRolePayload = {
  __typename?: 'CreateRolePayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The role. */
  role: Role;
};

/** Result of `createRole`: its payload, or the error that prevented it. */
export type CreateRoleResult = AlreadyExistsError | CreateRolePayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `createSession`. */
export type CreateSessionInput = {
  /** Agent that took part. Null for unknown. */
  agent?: InputMaybe<Scalars['String']['input']>;
  /** The client's own id for the session: at most 256 characters, unique among the project's sessions. If a live session already has it, that session is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the session: the `sessionId` of its memories. At most 500 characters, unique among the project's live sessions. Default: a random one, such as `chat-7k2m-9xqd-b4tn`. */
  key?: InputMaybe<Scalars['String']['input']>;
  /** The client's own data about the session; at most 256 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Model of the agent; at most 1,000 characters. Null for unknown. */
  model?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** Provider of the agent. Null for unknown. */
  provider?: InputMaybe<Scalars['String']['input']>;
  /** Status, in the client's own words. Null for unknown. */
  status?: InputMaybe<Scalars['String']['input']>;
  /** State of the unfinished answer. Null for none. */
  streamingStatus?: InputMaybe<StreamingStatus>;
  /** Title; at most 200 characters. Null for none, until a first memory with the role `USER` gives it one. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** User whose conversation it is, as the client names them; at most 1,000 characters. Null for none. */
  userId?: InputMaybe<Scalars['String']['input']>;
  /** Workspace that the session took place in. Null for unknown. */
  workspace?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `createSession` when it succeeds. */
export type CreateSessionPayload = {
  __typename?: 'CreateSessionPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The new session, or the one that already had its `externalId`. */
  session: Session;
};

/** Result of `createSession`: its payload, or the error that prevented it. */
export type CreateSessionResult = AlreadyExistsError | ConflictError | CreateSessionPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `createTask`. */
export type CreateTaskInput = {
  /** Result of analyzing the task; at most 1 MB. Null for none. */
  analysis?: InputMaybe<Scalars['String']['input']>;
  /** Agent to assign the task to. Null for none. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the tasks to do before this one: at most 100. Only `claimTask` enforces the order. Each must be a live task of the same project when it is added, and must not depend on this one, directly or through other tasks. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Full description of the task; at most 1 MB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Estimated effort, in hours, 0 or more. Null for unknown. */
  estimatedHours?: InputMaybe<Scalars['Float']['input']>;
  /** The client's own id for the task: at most 256 characters, unique among the project's tasks. If a live task already has it, that task is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Git branch for this task. Null for none. */
  gitBranch?: InputMaybe<Scalars['String']['input']>;
  /** Id of the parent: a live task of the same project, neither this one nor below it. Open subtasks don't block their parent. Null for none. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** How urgent the task is. Default: `MEDIUM`. */
  priority?: InputMaybe<TaskPriority>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** What was achieved; at most 1 MB. Null for none. */
  result?: InputMaybe<Scalars['String']['input']>;
  /** Results of the stages, in order; at most 100, and at most 1 MB in total as JSON. */
  stageResults?: InputMaybe<Array<StageResultInput>>;
  /** Status of the task. `DONE` sets `completedAt`; any other status clears it. `DONE` and `BLOCKED` end a claim. Default: `BACKLOG`. */
  status?: InputMaybe<TaskStatus>;
  /** Links to where the work can be tested; at most 100. */
  testingUrls?: InputMaybe<Array<TestingUrlInput>>;
  /** Short summary of the task; at most 500 characters. */
  title: Scalars['String']['input'];
  /** Kind of work. Default: `FEATURE`. */
  type?: InputMaybe<TaskType>;
  /** Path of the Git worktree for this task. Null for none. */
  worktreePath?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `createTask` when it succeeds. */
export type CreateTaskPayload = {
  __typename?: 'CreateTaskPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The new task, or the one that already had its `externalId`. */
  task: Task;
};

/** Result of `createTask`: its payload, or the error that prevented it. */
export type CreateTaskResult = AlreadyExistsError | ConflictError | CreateTaskPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `createTasks`. */
export type CreateTasksInput = {
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** The tasks to create: 1 to 1,000. */
  tasks: Array<TaskInput>;
};

/** Result of `createTasks` when it succeeds. */
export type CreateTasksPayload = {
  __typename?: 'CreateTasksPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The tasks, in the order of the input. */
  tasks: Array<Task>;
};

/** Result of `createTasks`: its payload, or the error that prevented it. */
export type CreateTasksResult = AlreadyExistsError | ConflictError | CreateTasksPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `createUser`. */
export type CreateUserInput = {
  /** Email of the user: at most 320 characters, kept in lower case, unique among live users. */
  email: Scalars['String']['input'];
  /** The client's own id for the user: at most 256 characters, unique on this server. If a live user already has it, that user is returned unchanged. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Web address of a picture. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** Name of the user; at most 120 characters. */
  name: Scalars['String']['input'];
  /** Name of the role, such as `MEMBER`, in any case. Default: `MEMBER`. */
  role?: InputMaybe<Scalars['String']['input']>;
  /** Id of the role, in place of its name. */
  roleId?: InputMaybe<Scalars['ID']['input']>;
  /** Settings of the user, free for clients to use; at most 256 KB as JSON. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
};

/** Result of `createUser` when it succeeds. */
export type CreateUserPayload = {
  __typename?: 'CreateUserPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The new user, or the one that already had its `externalId`. */
  user: User;
};

/** Result of `createUser`: its payload, or the error that prevented it. */
export type CreateUserResult = AlreadyExistsError | CreateUserPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `cutOverMigration`. */
export type CutOverMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** Result of `cutOverMigration` when it succeeds. */
export type CutOverMigrationPayload = {
  __typename?: 'CutOverMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `cutOverMigration`: its payload, or the error that prevented it. */
export type CutOverMigrationResult = CutOverMigrationPayload | ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteMemories`. */
export type DeleteMemoriesInput = {
  /** Only report which memories would be deleted. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The live memories to delete. An empty filter matches every live memory of the project. */
  filter: MemoryFilter;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** Result of `deleteMemories` when it succeeds. */
export type DeleteMemoriesPayload = {
  __typename?: 'DeleteMemoriesPayload';
  /** Number of memories that were deleted, or would be. */
  count: Scalars['Int']['output'];
  /** Ids of the memories, earliest `occurredAt` first. */
  ids: Array<Scalars['ID']['output']>;
};

/** Result of `deleteMemories`: its payload, or the error that prevented it. */
export type DeleteMemoriesResult = ConflictError | DeleteMemoriesPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteMemory`. */
export type DeleteMemoryInput = {
  /** Id of the memory. */
  id: Scalars['ID']['input'];
  /** The version that you read. If the memory was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `deleteMemory` when it succeeds. */
export type DeleteMemoryPayload = {
  __typename?: 'DeleteMemoryPayload';
  /** The deleted memory, at its new version. */
  memory: Memory;
};

/** Result of `deleteMemory`: its payload, or the error that prevented it. */
export type DeleteMemoryResult = ConflictError | DeleteMemoryPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteOutsideKey`. */
export type DeleteOutsideKeyInput = {
  /** Id of the key, from `outsideKeys`. */
  id: Scalars['ID']['input'];
};

/** Result of `deleteOutsideKey` when it succeeds. */
export type DeleteOutsideKeyPayload = {
  __typename?: 'DeleteOutsideKeyPayload';
  /** Id that the key had. */
  deletedId: Scalars['ID']['output'];
};

/** Result of `deleteOutsideKey`: its payload, or the error that prevented it. */
export type DeleteOutsideKeyResult = DeleteOutsideKeyPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteProject`. */
export type DeleteProjectInput = {
  /** Id of the project. */
  id: Scalars['ID']['input'];
  /** The version that you read. If the project was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `deleteProject` when it succeeds. */
export type DeleteProjectPayload = {
  __typename?: 'DeleteProjectPayload';
  /** The deleted project, at its new version. */
  project: Project;
};

/** Result of `deleteProject`: its payload, or the error that prevented it. */
export type DeleteProjectResult = ConflictError | DeleteProjectPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteRole`. */
export type DeleteRoleInput = {
  /** Id of the role. */
  id: Scalars['ID']['input'];
  /** The version that you read. If the role was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `deleteRole` when it succeeds. */
export type DeleteRolePayload = {
  __typename?: 'DeleteRolePayload';
  /** The deleted role, at its new version. */
  role: Role;
};

/** Result of `deleteRole`: its payload, or the error that prevented it. */
export type DeleteRoleResult = ConflictError | DeleteRolePayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteSession`. */
export type DeleteSessionInput = {
  /** Id of the session. */
  id: Scalars['ID']['input'];
  /** The version that you read. If the session was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `deleteSession` when it succeeds. */
export type DeleteSessionPayload = {
  __typename?: 'DeleteSessionPayload';
  /** The deleted session, at its new version. */
  session: Session;
};

/** Result of `deleteSession`: its payload, or the error that prevented it. */
export type DeleteSessionResult = ConflictError | DeleteSessionPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteSessions`. */
export type DeleteSessionsInput = {
  /** Allows a filter that is empty or has nothing but null, and so may match all live sessions of the project. Otherwise it is an error. */
  all?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only report which sessions would be deleted. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The live sessions to delete. */
  filter: SessionFilter;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** Result of `deleteSessions` when it succeeds. */
export type DeleteSessionsPayload = {
  __typename?: 'DeleteSessionsPayload';
  /** Number of sessions that were deleted, or would be. */
  count: Scalars['Int']['output'];
  /** Ids of the sessions, earliest `startedAt` first. */
  ids: Array<Scalars['ID']['output']>;
};

/** Result of `deleteSessions`: its payload, or the error that prevented it. */
export type DeleteSessionsResult = ConflictError | DeleteSessionsPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteState`. */
export type DeleteStateInput = {
  /** Id of the state. */
  id: Scalars['ID']['input'];
  /** The version that you read. If the state was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `deleteState` when it succeeds. */
export type DeleteStatePayload = {
  __typename?: 'DeleteStatePayload';
  /** The deleted state, at its new version. */
  state: State;
};

/** Result of `deleteState`: its payload, or the error that prevented it. */
export type DeleteStateResult = ConflictError | DeleteStatePayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteStates`. */
export type DeleteStatesInput = {
  /** Allows a filter that is empty or has nothing but null, and so may match all live states of the project. Otherwise it is an error. */
  all?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only report which states would be deleted. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The live states to delete. */
  filter: StateFilter;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** Result of `deleteStates` when it succeeds. */
export type DeleteStatesPayload = {
  __typename?: 'DeleteStatesPayload';
  /** Number of states that were deleted, or would be. */
  count: Scalars['Int']['output'];
  /** Ids of the states, earliest `createdAt` first. */
  ids: Array<Scalars['ID']['output']>;
};

/** Result of `deleteStates`: its payload, or the error that prevented it. */
export type DeleteStatesResult = ConflictError | DeleteStatesPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteTask`. */
export type DeleteTaskInput = {
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** The version that you read. If the task was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `deleteTask` when it succeeds. */
export type DeleteTaskPayload = {
  __typename?: 'DeleteTaskPayload';
  /** The deleted task, at its new version. */
  task: Task;
};

/** Result of `deleteTask`: its payload, or the error that prevented it. */
export type DeleteTaskResult = ConflictError | DeleteTaskPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteTasks`. */
export type DeleteTasksInput = {
  /** Allows a filter that is empty or has nothing but null, and so may match all live tasks of the project. Otherwise it is an error. */
  all?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only report which tasks would be deleted. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The live tasks to delete. */
  filter: TaskFilter;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** Result of `deleteTasks` when it succeeds. */
export type DeleteTasksPayload = {
  __typename?: 'DeleteTasksPayload';
  /** Number of tasks that were deleted, or would be. */
  count: Scalars['Int']['output'];
  /** Ids of the tasks, earliest `createdAt` first. */
  ids: Array<Scalars['ID']['output']>;
};

/** Result of `deleteTasks`: its payload, or the error that prevented it. */
export type DeleteTasksResult = ConflictError | DeleteTasksPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `deleteUser`. */
export type DeleteUserInput = {
  /** Id of the user. */
  id: Scalars['ID']['input'];
  /** The version that you read. If the user was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `deleteUser` when it succeeds. */
export type DeleteUserPayload = {
  __typename?: 'DeleteUserPayload';
  /** The deleted user, at their new version. */
  user: User;
};

/** Result of `deleteUser`: its payload, or the error that prevented it. */
export type DeleteUserResult = ConflictError | DeleteUserPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

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
  id: Scalars['ID']['input'];
};

/** Result of `disableUser` when it succeeds. */
export type DisableUserPayload = {
  __typename?: 'DisableUserPayload';
  /** The user. */
  user: User;
};

/** Result of `disableUser`: its payload, or the error that prevented it. */
export type DisableUserResult = ConflictError | DisableUserPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** State of a memory's embedding (the vectors for searching by meaning). It is kept apart from the memory: embedding a memory doesn't change its version. */
export type Embedding = {
  __typename?: 'Embedding';
  /** Embedding model. */
  model: Scalars['String']['output'];
  /** Why embedding failed or was skipped; null otherwise. */
  reason?: Maybe<Scalars['String']['output']>;
  /** State of the embedding. */
  state: EmbeddingState;
};

/** Texts can't be embedded now. */
export type EmbeddingError = Error & {
  __typename?: 'EmbeddingError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** State of a memory's embedding (the vectors for searching by meaning). */
export type EmbeddingState =
  /** Could not be embedded; `reason` says why. It is retried after a quarter of an hour, or immediately by `repairIndex`. */
  | 'FAILED'
  /** Not embedded yet. Full-text search already finds the memory. */
  | 'PENDING'
  /** Embedded: vector search finds the memory. */
  | 'READY'
  /** Nothing to embed; `reason` says why. */
  | 'SKIPPED';

/** Input of `enableUser`. */
export type EnableUserInput = {
  /** Id of the user. */
  id: Scalars['ID']['input'];
};

/** Result of `enableUser` when it succeeds. */
export type EnableUserPayload = {
  __typename?: 'EnableUserPayload';
  /** The user. */
  user: User;
};

/** Result of `enableUser`: its payload, or the error that prevented it. */
export type EnableUserResult = ConflictError | EnableUserPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `endOtherSignIns`. */
export type EndOtherSignInsInput = {
  /** Id of the user. Left out: the caller. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of `endOtherSignIns` when it succeeds. */
export type EndOtherSignInsPayload = {
  __typename?: 'EndOtherSignInsPayload';
  /** How many were ended. */
  count: Scalars['Int']['output'];
};

/** Result of `endOtherSignIns`: its payload, or the error that prevented it. */
export type EndOtherSignInsResult = EndOtherSignInsPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** Input of `endSignIn`. */
export type EndSignInInput = {
  /** Id of the sign-in, from `signIns`. */
  id: Scalars['ID']['input'];
};

/** Result of `endSignIn` when it succeeds. */
export type EndSignInPayload = {
  __typename?: 'EndSignInPayload';
  /** Id of the sign-in that was ended. */
  endedId: Scalars['ID']['output'];
};

/** Result of `endSignIn`: its payload, or the error that prevented it. */
export type EndSignInResult = EndSignInPayload | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** An error that a mutation returns as data. Other errors are in the response's `errors`: see `Query` and `Mutation`. */
export type Error = {
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
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
  path?: InputMaybe<Scalars['String']['input']>;
};

/** Input of `finalizeMigration`. */
export type FinalizeMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
  /** The token from `Migration.finalization`, valid for ten minutes. */
  token: Scalars['String']['input'];
};

/** Result of `finalizeMigration` when it succeeds. */
export type FinalizeMigrationPayload = {
  __typename?: 'FinalizeMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `finalizeMigration`: its payload, or the error that prevented it. */
export type FinalizeMigrationResult = ConfirmationError | FinalizeMigrationPayload | ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError;

/** The caller lacks a permission, or access to the project. Nothing was written. */
export type ForbiddenError = Error & {
  __typename?: 'ForbiddenError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** The level of access that is needed in the project; null when a permission is missing. */
  level?: Maybe<AccessLevel>;
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** The permission that is missing; null when it is access to a project. */
  permission?: Maybe<Scalars['String']['output']>;
  /** Id of that project; null when a permission is missing. */
  projectId?: Maybe<Scalars['ID']['output']>;
};

/** Access to a project, or to all of them, that a user, a role or a key was given. It adds to what their role gives. A user has the highest of the levels that apply; a key never more than its own level. */
export type Grant = Node & {
  __typename?: 'Grant';
  /** When the grant was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Id of the grant. */
  id: Scalars['ID']['output'];
  /** Level of the access. */
  level: AccessLevel;
  /** The project; null: all projects. */
  project?: Maybe<Project>;
  /** Id of the project; null: all projects. */
  projectId?: Maybe<Scalars['ID']['output']>;
  /** The user, role or key; null when it was deleted. */
  subject?: Maybe<AccessSubject>;
  /** Id of the user, role or key that has access. */
  subjectId: Scalars['ID']['output'];
  /** When the grant was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Version of the grant: 1 at first, one more with every write. Mutations that change it name the version that you read. */
  version: Scalars['Int']['output'];
};

/** Input of `grantAccess`. */
export type GrantAccessInput = {
  /** All projects, in place of one. */
  allProjects?: InputMaybe<Scalars['Boolean']['input']>;
  /** Email of the user, in place of the id. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Level of the access. */
  level: AccessLevel;
  /** Id of the project. Either this or `allProjects`. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the user, role or key. Either this or `email`. */
  subjectId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of `grantAccess` when it succeeds. */
export type GrantAccessPayload = {
  __typename?: 'GrantAccessPayload';
  /** The grant. */
  grant: Grant;
};

/** Result of `grantAccess`: its payload, or the error that prevented it. */
export type GrantAccessResult = ConflictError | ForbiddenError | GrantAccessPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** A page of grants. */
export type GrantConnection = {
  __typename?: 'GrantConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<GrantEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<Grant>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type GrantEdge = {
  __typename?: 'GrantEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Grant;
};

/** A task with a claim, expired or not. */
export type HeldTask = {
  __typename?: 'HeldTask';
  /** When the claim expires, or expired. */
  expiresAt: Scalars['DateTime']['output'];
  /** The task; null when it was purged meanwhile. */
  task?: Maybe<Task>;
};

/** The input is invalid. Nothing was written. */
export type InvalidInputError = Error & {
  __typename?: 'InvalidInputError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** Path of the invalid field in the input, such as `tasks.2.title` for the title of the third task; null when the error concerns the whole input. */
  field?: Maybe<Scalars['String']['output']>;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** Input of `inviteUser`. */
export type InviteUserInput = {
  /** Email of the user: at most 320 characters, kept in lower case, unique among live users. */
  email: Scalars['String']['input'];
  /** The client's own id for the user: at most 256 characters, unique on this server. If a live user already has it, that user is returned unchanged. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Web address of a picture. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** Name of the user; at most 120 characters. */
  name: Scalars['String']['input'];
  /** Name of the role, such as `MEMBER`, in any case. Default: `MEMBER`. */
  role?: InputMaybe<Scalars['String']['input']>;
  /** Id of the role, in place of its name. */
  roleId?: InputMaybe<Scalars['ID']['input']>;
  /** Settings of the user, free for clients to use; at most 256 KB as JSON. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
};

/** Result of `inviteUser` when it succeeds. */
export type InviteUserPayload = {
  __typename?: 'InviteUserPayload';
  /** Whether the server has sent it to the user’s email. */
  isMailed: Scalars['Boolean']['output'];
  /** The link. It is shown this one time. */
  link: SignInLink;
  /** The user. */
  user: User;
};

/** Result of `inviteUser`: its payload, or the error that prevented it. */
export type InviteUserResult = AlreadyExistsError | ForbiddenError | InvalidInputError | InviteUserPayload | NotFoundError | RouteChangedError | SecretRefusedError | StoreError;

/** Settings of `LOCAL`. All are optional: with them, a Chroma server keeps and searches the vectors. A field that is left out keeps its value; null removes the saved value, so that an environment variable or the default applies. Blank text is an `InvalidInputError`. */
export type LocalSettings = {
  /** Database in Chroma. Default: `default_database`. */
  chromaDatabase?: InputMaybe<Scalars['String']['input']>;
  /** Tenant in Chroma. Default: `default_tenant`. */
  chromaTenant?: InputMaybe<Scalars['String']['input']>;
  /** Token for the Chroma server. A secret, which can't be left out when `chromaUrl` changes to another server. */
  chromaToken?: InputMaybe<Scalars['String']['input']>;
  /** URL of the Chroma server, such as `http://127.0.0.1:8000`. Null for none. */
  chromaUrl?: InputMaybe<Scalars['String']['input']>;
};

/** An entry of a log: what one write did to one record. Each project's store has a log, and so has the server's list of projects. A mutation that writes several records, such as deleting a session with its memories, adds an entry for each. Entries are kept, but their content (`before` and `after`) is erased when the record is purged, and with age (`MOORING_LOG_RETENTION_DAYS`, 365 days by default). */
export type LogEntry = {
  __typename?: 'LogEntry';
  /** Who made the write: the name that the client sent in the header `mooring-actor`, `anonymous` without one, or a part of the server, such as `retention`; `file edit` for a record whose file was edited by hand. */
  actor: Scalars['String']['output'];
  /** The record after the write, as it is stored, internal fields included; null for a purge, or when it was erased. */
  after?: Maybe<Scalars['JSONObject']['output']>;
  /** When the write was committed. */
  at: Scalars['DateTime']['output'];
  /** The record before the write, as it is stored, internal fields included; null for a creation, or when it was erased. */
  before?: Maybe<Scalars['JSONObject']['output']>;
  /** Names of the fields that the write changed, except `version` and `updatedAt`; null when `before` or `after` is null. */
  changedFields?: Maybe<Array<Scalars['String']['output']>>;
  /** Collection of the record: `projects`, `tasks`, `memories`, `sessions` or `states`. */
  collection: Scalars['String']['output'];
  /** Whether `before` was erased, or left out by a migration that could not copy it (`Migration.rejects`). */
  isErased: Scalars['Boolean']['output'];
  /** What the write did to the record. */
  operation: Operation;
  /** Id of the record. */
  recordId: Scalars['ID']['output'];
  /** Id of the request that made the write: its header `x-request-id`, or one that the server generated. */
  requestId: Scalars['String']['output'];
  /** Sequence number of the entry; later entries of a log have higher numbers. */
  seq: Scalars['Int']['output'];
  /** Version of the record after the write; for a purge, the last version it had. */
  version: Scalars['Int']['output'];
};

/** A page of log entries. */
export type LogEntryConnection = {
  __typename?: 'LogEntryConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<LogEntryEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<LogEntry>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
};

/** An item and its cursor. */
export type LogEntryEdge = {
  __typename?: 'LogEntryEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: LogEntry;
};

/** A memory: something that was said or learned, which can be searched by meaning and by words. */
export type Memory = Node & StoredRecord & {
  __typename?: 'Memory';
  /** Text of the memory. */
  content: Scalars['String']['output'];
  /** When the record was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default). */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** State of the memory's embedding; null when the search index doesn't have the memory: it is deleted, or not indexed yet. */
  embedding?: Maybe<Embedding>;
  /** The client's own id for the record, set when it is created; null when it has none. Sessions that memories created have none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** History of the record: the entries of its writes in the log, newest first by default. */
  history: LogEntryConnection;
  /** Id of the memory. */
  id: Scalars['ID']['output'];
  /** What the memory is. */
  kind: MemoryKind;
  /** The client's own data about the memory. */
  metadata: Scalars['JSONObject']['output'];
  /** When it was said or happened. */
  occurredAt: Scalars['DateTime']['output'];
  /** Whether contexts prefer it to other memories. */
  pinned: Scalars['Boolean']['output'];
  /** The project that the memory belongs to. */
  project: Project;
  /** Secrets that are redacted in the texts of the record: how often `[redacted: RULE]` stands in them, by rule. */
  redactions: Array<Redaction>;
  /** The live memories that have the memory in their `references`, oldest first. */
  referencedBy: MemoryConnection;
  /** The tasks and memories of `references`, in their order, without purged ones. */
  referencedRecords: Array<StoredRecord>;
  /** Ids of the tasks and memories that the memory refers to, in the order given: at most 100. They may have been deleted or purged since. */
  references: Array<Scalars['ID']['output']>;
  /** Where the memory comes from. */
  role: MemoryRole;
  /** The live session whose `key` is the `sessionId`; null when there is none. */
  session?: Maybe<Session>;
  /** `Session.key` of the session, not its `id`; null when the memory belongs to none. */
  sessionId?: Maybe<Scalars['String']['output']>;
  /** The live memory that replaces this one; null when there is none. There is at most one. Contexts then leave this memory out. */
  supersededBy?: Maybe<Memory>;
  /** The memory that this one replaces, deleted or not; null when it replaces none, or that memory was purged. */
  supersedes?: Maybe<Memory>;
  /** The task that the memory is about, deleted or not; null when there is none, or the task was purged. */
  task?: Maybe<Task>;
  /** Id of the task that the memory is about; null when there is none. */
  taskId?: Maybe<Scalars['ID']['output']>;
  /** Id of the call of the tool, for the role `TOOL`; null when it is not given, and for every other role. */
  toolCallId?: Maybe<Scalars['String']['output']>;
  /** Name of the tool, for the role `TOOL`; null when it is not given, and for every other role. */
  toolName?: Maybe<Scalars['String']['output']>;
  /** When the record was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Version of the record: 1 at first, one more with every write. An update that changes nothing writes nothing. */
  version: Scalars['Int']['output'];
};


/** A memory: something that was said or learned, which can be searched by meaning and by words. */
export type MemoryHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A memory: something that was said or learned, which can be searched by meaning and by words. */
export type MemoryReferencedByArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A memory: something that was said or learned, which can be searched by meaning and by words. */
export type MemoryReferencedRecordsArgs = {
  deleted?: InputMaybe<DeletedFilter>;
};

/** A page of memories. */
export type MemoryConnection = {
  __typename?: 'MemoryConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<MemoryEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<Memory>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** What an agent should know, within a token budget. */
export type MemoryContext = {
  __typename?: 'MemoryContext';
  /** The items, each record once: the task, then pinned memories, then decisions, both newest first, then relevant memories, best first, then those of the session, earliest first. */
  items: Array<MemoryContextItem>;
  /** Number of memories that were left out for lack of room. */
  omitted: Scalars['Int']['output'];
  /** Texts of all items, ready to be put into a prompt. */
  text: Scalars['String']['output'];
  /** Size of `text`, in estimated tokens. */
  tokens: Scalars['Int']['output'];
};

/** An item of a context, and its source. */
export type MemoryContextItem = {
  __typename?: 'MemoryContextItem';
  /** Whether the text was shortened to fit. */
  isCut: Scalars['Boolean']['output'];
  /** The memory or the task that the text comes from. */
  record: Node;
  /** Relevance of an item with the source `RELEVANT`, 0 to 1; null for others. */
  score?: Maybe<Scalars['Float']['output']>;
  /** Why the item is part of the context. */
  source: ContextSource;
  /** Text of the item, as it appears in the context. */
  text: Scalars['String']['output'];
  /** Size of `text`, in estimated tokens. */
  tokens: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type MemoryEdge = {
  __typename?: 'MemoryEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Memory;
};

/** Selects the memories that meet all conditions given. A field that is left out adds no condition. */
export type MemoryFilter = {
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  kinds?: InputMaybe<Array<MemoryKind>>;
  /** Keys and values that the metadata must contain. Values must be equal; in objects, the order of keys doesn't matter. At most 8 keys, and 16 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said or happened. */
  occurredAt?: InputMaybe<TimeRange>;
  /** Whether the memory is pinned. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  roles?: InputMaybe<Array<MemoryRole>>;
  /** `Session.key` of the session, not its `id`; null matches memories that belong to none. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** Id of the task that the memory is about; null matches memories without one. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
};

/** A memory found by a search. */
export type MemoryHit = {
  __typename?: 'MemoryHit';
  /** The memory. */
  node: Memory;
  /** The passage that is nearest to the query; null when `similarity` is null. */
  passage?: Maybe<Passage>;
  /** Relevance, 0 to 1, higher is better. Comparable only with the other hits of the same search. */
  score: Scalars['Float']['output'];
  /** Cosine similarity of query and passage, -1 to 1; null when the search used no vectors, or the memory has none. */
  similarity?: Maybe<Scalars['Float']['output']>;
};

/** A memory to save. */
export type MemoryInput = {
  /** Text of the memory; at most 1 MB of UTF-8. */
  content: Scalars['String']['input'];
  /** The client's own id for the memory: at most 256 characters, unique among the project's memories. If a live memory already has it, that memory is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** What the memory is. Default: `MESSAGE`. */
  kind?: InputMaybe<MemoryKind>;
  /** The client's own data about the memory; at most 256 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said or happened. Default: now. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether contexts prefer it to other memories. Default: false. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Ids of tasks and memories that the memory refers to: at most 100. Each must be a live one of the same project when it is added. */
  references?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Where the memory comes from. */
  role: MemoryRole;
  /** `Session.key` of the session, not its `id`: any text of at most 500 characters that you choose. If no live session has this key, one is created. Null for none. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** Id of a memory that this one replaces, such as an earlier decision: a live one of the same project. If another live memory supersedes it, the result is an `AlreadyExistsError`. Contexts then leave that one out. Null for none. */
  supersedes?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the task that the memory is about, in the same project. Null for none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the tool call: at most 64 characters, and only with the role `TOOL`. Null for none. */
  toolCallId?: InputMaybe<Scalars['String']['input']>;
  /** Name of the tool: at most 128 characters, and only with the role `TOOL`. Null for none. */
  toolName?: InputMaybe<Scalars['String']['input']>;
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

/** Sort order of memories. Those with equal values are sorted by id. */
export type MemoryOrder = {
  /** Sort direction. When left out, `DESC`, whatever the list's own default is. */
  direction?: SortDirection;
  /** Field to sort by. */
  field: MemoryOrderField;
};

/** Field that memories can be sorted by. */
export type MemoryOrderField =
  /** When it was said or happened. */
  | 'OCCURRED_AT';

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

/** Result of a search for memories, and how it was answered. */
export type MemorySearch = {
  __typename?: 'MemorySearch';
  /** The search mode that was used: `TEXT` instead of the requested one when vectors weren't available. */
  answeredBy: SearchMode;
  /** The hits, best first. */
  hits: Array<MemoryHit>;
  /** Number of live memories of the project that are not embedded yet, whether or not they match. Only full-text search finds them. */
  pending: Scalars['Int']['output'];
};

/** The move of a project to another storage mode, folder or database, while the project stays in use. Everything is copied from the source to the target and verified there; in the cut-over, the project then switches to the target. The source is kept until the migration is finalized or rolled back. `MigrationPhase` has the order of the phases. A mutation returns as soon as its request is recorded; `migrationProgress` shows when it takes effect. */
export type Migration = Node & {
  __typename?: 'Migration';
  /** Whether the migration cuts over as soon as it can, instead of waiting for `cutOverMigration`. */
  autoCutOver: Scalars['Boolean']['output'];
  /** Number of records copied at a time. When many writes are not replayed yet, up to 1,000 are replayed at a time. */
  batchSize: Scalars['Int']['output'];
  /** When the migration was requested. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether the migration only runs the preflight: it checks everything, copies nothing, and ends. */
  dryRun: Scalars['Boolean']['output'];
  /** When the migration ended (`isOver`); null before. In phase `FINALIZING` it can be set before the source is removed. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What `finalizeMigration` needs, with a new token at each read; null unless the migration can be finalized now, by the caller. */
  finalization?: Maybe<MigrationFinalization>;
  /** The source: where the project was stored before. */
  from: MigrationPlace;
  /** Id of the migration. */
  id: Scalars['ID']['output'];
  /** Whether the migration has ended, as `MigrationPhase` says. It accepts no more mutations then, and another migration of the project can be started. */
  isOver: Scalars['Boolean']['output'];
  /** Whether the migration is paused, or about to pause. It also pauses when its project is deleted: restore the project, then resume. */
  isPaused: Scalars['Boolean']['output'];
  /** Whether the migration is being or was rolled back: the phases then lead back, from the target to the source. False again when the roll-back fails or is cancelled. */
  isRollingBack: Scalars['Boolean']['output'];
  /** What the migration is doing, or why it is waiting, as text for people. */
  message: Scalars['String']['output'];
  /** Records that differed between source and target in the current or last verification, repaired ones included (`isRepaired`), oldest first; at most 1,000. The list is cleared when the next verification starts. */
  mismatches: MigrationFindingConnection;
  /** When the project was cut over to the target; null before. */
  movedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the migration does when a record, or the content of a log entry, can't be copied. */
  onReject: OnReject;
  /** Phase of the migration. */
  phase: MigrationPhase;
  /** Result of the preflight, the checks before anything is copied; null before it has run. */
  preflight?: Maybe<MigrationPreflight>;
  /** Why the migration, its roll-back or its finalization failed, or why it can't continue now; null when there is no problem. While it can't continue, the server retries at least every 30 seconds. */
  problem?: Maybe<MigrationProblem>;
  /** Current progress. */
  progress: MigrationProgress;
  /** The project, deleted or not; null when it was purged. */
  project?: Maybe<Project>;
  /** Id of the project. */
  projectId: Scalars['ID']['output'];
  /** Records, and contents of log entries, that can't be copied, and why, oldest first. `OnReject` says what happens then. */
  rejects: MigrationFindingConnection;
  /** The target: where the project moves to. */
  to: MigrationPlace;
  /** Result of the current or last verification; null before the first. */
  verification?: Maybe<MigrationVerification>;
};


/** The move of a project to another storage mode, folder or database, while the project stays in use. Everything is copied from the source to the target and verified there; in the cut-over, the project then switches to the target. The source is kept until the migration is finalized or rolled back. `MigrationPhase` has the order of the phases. A mutation returns as soon as its request is recorded; `migrationProgress` shows when it takes effect. */
export type MigrationMismatchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The move of a project to another storage mode, folder or database, while the project stays in use. Everything is copied from the source to the target and verified there; in the cut-over, the project then switches to the target. The source is kept until the migration is finalized or rolled back. `MigrationPhase` has the order of the phases. A mutation returns as soon as its request is recorded; `migrationProgress` shows when it takes effect. */
export type MigrationRejectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A check of something that the migration depends on. */
export type MigrationCheck = {
  __typename?: 'MigrationCheck';
  /** What to do next; null when there is nothing to do. */
  hint?: Maybe<Scalars['String']['output']>;
  /** What was found. */
  message: Scalars['String']['output'];
  /** Duration of the check, in milliseconds. */
  ms: Scalars['Float']['output'];
  /** What was checked: `SOURCE` (it can be read), `TARGET` (its mode is available), `SAME_PLACE` (passes if source and target don't overlap), `NAME_CLASH` (passes if the target has no data of this project), `SPACE` (free disk space at the target), `RECORDS` (their size), `SAMPLE` (up to about 200 records and log entries, written to the target, read and removed), `EMBEDDING_RATE` (time and cost of embedding the memories again), or a `StorageCheckName`. */
  name: Scalars['String']['output'];
  /** Outcome of the check. */
  outcome: StorageCheckOutcome;
};

/** Progress of one collection, or of the log. */
export type MigrationCollection = {
  __typename?: 'MigrationCollection';
  /** Number of records copied, deleted ones included; of log entries, those copied or replayed. */
  done: Scalars['Int']['output'];
  /** Name of the collection, such as `tasks`; `log` stands for the project's log, whose entries are counted. */
  name: Scalars['String']['output'];
  /** Number of records that can't be copied. They count in `total`, but not in `done`. */
  rejected: Scalars['Int']['output'];
  /** Number of records to copy, deleted ones included, as last counted. It may grow while writes continue. */
  total: Scalars['Int']['output'];
  /** Number of records compared in the current or last verification. */
  verified: Scalars['Int']['output'];
};

/** A page of migrations. */
export type MigrationConnection = {
  __typename?: 'MigrationConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<MigrationEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<Migration>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type MigrationEdge = {
  __typename?: 'MigrationEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Migration;
};

/** Whether a migration is possible, and how much it would copy, embed and cost. */
export type MigrationEstimate = {
  __typename?: 'MigrationEstimate';
  /** Sum of the `bytes` of all collections. */
  bytes: Scalars['Float']['output'];
  /** The checks of what the migration depends on. The migration is possible if none has `FAILED`. */
  checks: Array<MigrationCheck>;
  /** What there is to copy, by collection. */
  collections: Array<MigrationEstimateCollection>;
  /** Estimated cost of the tokens at the model's list price, in US dollars; null when unknown. */
  dollars?: Maybe<Scalars['Float']['output']>;
  /** Embedding model at the source. */
  fromModel: Scalars['String']['output'];
  /** Whether source and target use the same embedding model. If so, vectors are copied; otherwise memories are embedded again. */
  isSameModel: Scalars['Boolean']['output'];
  /** Estimated seconds until the migration could cut over, measured with a sample; null when that couldn't be measured. A provider's rate limits can make it longer. */
  seconds?: Maybe<Scalars['Float']['output']>;
  /** Embedding model at the target. */
  toModel: Scalars['String']['output'];
  /** Estimated number of tokens to embed; 0 when vectors are copied, or the model runs in the server. */
  tokens: Scalars['Float']['output'];
  /** Number of memories that need vectors. */
  vectors: Scalars['Int']['output'];
};

/** What there is to copy in one collection. */
export type MigrationEstimateCollection = {
  __typename?: 'MigrationEstimateCollection';
  /** Size of the records as JSON in UTF-8, in bytes, estimated from a sample. */
  bytes: Scalars['Float']['output'];
  /** Name of the collection, such as `tasks`; `log` stands for the project's log, whose entries are counted. */
  name: Scalars['String']['output'];
  /** Exact number of records, deleted ones included. */
  records: Scalars['Int']['output'];
};

/** The token that `finalizeMigration` needs, and what it would remove. */
export type MigrationFinalization = {
  __typename?: 'MigrationFinalization';
  /** What would be removed permanently, as text for a person to decide by. */
  consequence: Scalars['String']['output'];
  /** When the token expires, ten minutes after this was read. */
  expiresAt: Scalars['DateTime']['output'];
  /** Token that confirms the removal of the source. */
  token: Scalars['String']['output'];
};

/** A record that can't be copied, or that differs between source and target. */
export type MigrationFinding = {
  __typename?: 'MigrationFinding';
  /** Collection of the record; `log` for a log entry, `vectors` for the vectors of a memory. */
  collection: Scalars['String']['output'];
  /** Names of the fields that differ; empty when the record can't be copied, or one side doesn't have it. */
  differing: Array<Scalars['String']['output']>;
  /** Whether source and target are the same since the record was copied again. */
  isRepaired: Scalars['Boolean']['output'];
  /** Why it can't be copied, or what differs, as text for people. */
  reason: Scalars['String']['output'];
  /** Id of the record, or sequence number of the log entry. */
  recordId: Scalars['ID']['output'];
};

/** A page of findings. */
export type MigrationFindingConnection = {
  __typename?: 'MigrationFindingConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<MigrationFindingEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<MigrationFinding>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type MigrationFindingEdge = {
  __typename?: 'MigrationFindingEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: MigrationFinding;
};

/** How far the target is behind the source (when rolling back, the source behind the target): writes to the project that are not replayed there yet. */
export type MigrationLag = {
  __typename?: 'MigrationLag';
  /** Number of log entries that are not replayed yet. */
  entries: Scalars['Int']['output'];
  /** How long it has been behind continuously, in seconds; 0 when it is up to date. */
  seconds: Scalars['Float']['output'];
};

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

/** The source or the target of a migration. */
export type MigrationPlace = {
  __typename?: 'MigrationPlace';
  /** Path of the folder, or name of the database, when it isn't the one in the mode's settings; null when it is. */
  location?: Maybe<Scalars['String']['output']>;
  /** The storage mode. */
  mode: StorageMode;
};

/** Result of the preflight: what was checked before the first record is copied. */
export type MigrationPreflight = {
  __typename?: 'MigrationPreflight';
  /** When the preflight ran. */
  at: Scalars['DateTime']['output'];
  /** The checks of what the migration depends on. */
  checks: Array<MigrationCheck>;
  /** What the migration was estimated to take. */
  estimate: MigrationEstimate;
};

/** Why a migration failed, or why it can't continue now. */
export type MigrationProblem = {
  __typename?: 'MigrationProblem';
  /** Stable code: an `ErrorCode`, or one that only migrations have: `PREFLIGHT` (a check failed), `REJECTED` (a record can't be copied), `MISMATCH` (a record differs even after it was copied again) or `LOG_REPLACED` (a store was reset to an older state, such as a backup). */
  code: Scalars['String']['output'];
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** Progress of a migration at one moment. */
export type MigrationProgress = {
  __typename?: 'MigrationProgress';
  /** When this progress was recorded. */
  at: Scalars['DateTime']['output'];
  /** Whether the target is verified and up to date, so that the migration can cut over now. With `autoCutOver: false` it then waits for `cutOverMigration`. */
  canCutOver: Scalars['Boolean']['output'];
  /** Whether `rollBackMigration` is possible now. */
  canRollBack: Scalars['Boolean']['output'];
  /** Progress of each collection, and of the log. */
  collections: Array<MigrationCollection>;
  /** Position after this moment. To continue `migrationProgress` from here, pass it as `after`. */
  cursor: Scalars['String']['output'];
  /** Cost of the tokens at the model's list price, in US dollars; null when the price is unknown. */
  dollars?: Maybe<Scalars['Float']['output']>;
  /** Estimated seconds until the migration can cut over, without waiting for vectors; null when unknown, such as while `lag` doesn't shrink. */
  etaSeconds?: Maybe<Scalars['Float']['output']>;
  /** How long writes had to wait in the last completed cut-over, in milliseconds; null before the first. */
  fenceMs?: Maybe<Scalars['Float']['output']>;
  /** Whether the migration is paused, or about to pause. It also pauses when its project is deleted: restore the project, then resume. */
  isPaused: Scalars['Boolean']['output'];
  /** Whether the migration is being or was rolled back: the phases then lead back, from the target to the source. False again when the roll-back fails or is cancelled. */
  isRollingBack: Scalars['Boolean']['output'];
  /** Writes that are not replayed yet. */
  lag: MigrationLag;
  /** What the migration is doing, or why it is waiting, as text for people. */
  message: Scalars['String']['output'];
  /** Id of the migration. */
  migrationId: Scalars['ID']['output'];
  /** Pacing: how long a write to the project is delayed now, in milliseconds per record that it writes, so that the migration can catch up; 0 when writes aren't delayed. No write is delayed longer than the server's `MOORING_PACING_MS` (500 by default). */
  pacing: Scalars['Float']['output'];
  /** Phase of the migration. */
  phase: MigrationPhase;
  /** Why the migration, its roll-back or its finalization failed, or why it can't continue now; null when there is no problem. While it can't continue, the server retries at least every 30 seconds. */
  problem?: Maybe<MigrationProblem>;
  /** Records and log entries copied, replayed or compared per second, over the last 5 seconds; null when there were none. */
  rate?: Maybe<Scalars['Float']['output']>;
  /** Number of tokens embedded for the project while the migration ran, searches included, as counted by the provider; 0 when the model runs in the server. */
  tokens: Scalars['Int']['output'];
  /** Progress of the memories' vectors. */
  vectors: MigrationVectors;
};

/** The operation isn't possible in the current state of the migration, or while the project is being migrated. Nothing was changed. */
export type MigrationStateError = Error & {
  __typename?: 'MigrationStateError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Id of the migration that the operation was for, or that prevents it; null when there is none. */
  migrationId?: Maybe<Scalars['ID']['output']>;
};

/** Progress of the memories' vectors. The cut-over waits until nearly all memories have them, but not for those in `failed`. */
export type MigrationVectors = {
  __typename?: 'MigrationVectors';
  /** Number of memories that have their vectors at the target (when rolling back, at the source). */
  done: Scalars['Int']['output'];
  /** Number of memories that could not be embedded yet. */
  failed: Scalars['Int']['output'];
  /** Number of memories that need vectors. */
  total: Scalars['Int']['output'];
};

/** Result of a verification, which compares source and target: all fields of all records, the log, and vectors (not in `verifyMigration`). */
export type MigrationVerification = {
  __typename?: 'MigrationVerification';
  /** When this result was recorded. */
  at: Scalars['DateTime']['output'];
  /** Results by collection. */
  collections: Array<MigrationVerifiedCollection>;
  /** Whether everything was compared; false while the comparison is running, or when it was interrupted. */
  isComplete: Scalars['Boolean']['output'];
  /** Sequence number of the log entry up to which both sides were compared. */
  seq: Scalars['Int']['output'];
};

/** Result of comparing one collection. */
export type MigrationVerifiedCollection = {
  __typename?: 'MigrationVerifiedCollection';
  /** Number of items compared. */
  compared: Scalars['Int']['output'];
  /** SHA-256 digest, in hex, of all items compared so far, as the source has them; the target has the same when nothing differs. Null before anything was compared. */
  digest?: Maybe<Scalars['String']['output']>;
  /** Number of items that differ between source and target, without the repaired ones. */
  mismatches: Scalars['Int']['output'];
  /** Name of the collection, such as `tasks`; `log` stands for the project's log, `vectors` for the memories' vectors. */
  name: Scalars['String']['output'];
  /** Number of items that differed until they were copied again. `verifyMigration` repairs none. */
  repaired: Scalars['Int']['output'];
};

/** Settings of `MONGODB`. A field that is left out keeps its value; null removes the saved value, so that an environment variable or the default applies. Blank text is an `InvalidInputError`. */
export type MongodbSettings = {
  /** Connection string: a `mongodb://` or `mongodb+srv://` address. A secret, and required: it can't be null, and can be left out only while one is in effect. Options that refer to files or identities of the server's host are accepted only from the server's environment. */
  connectionString?: InputMaybe<Scalars['String']['input']>;
  /** Name of the database, but not `admin`, `config` or `local`. Default: `mooring`. */
  database?: InputMaybe<Scalars['String']['input']>;
  /** API key of Voyage AI, to embed texts with. A secret, which can't be left out when `voyageBaseUrl` changes to another server. Without a key, a model in the server embeds the texts. */
  voyageApiKey?: InputMaybe<Scalars['String']['input']>;
  /** Base URL of Voyage AI. Default: `https://api.voyageai.com/v1` for a key `pa-…`, `https://ai.mongodb.com/v1` for `al-…`. */
  voyageBaseUrl?: InputMaybe<Scalars['String']['input']>;
  /** Model of Voyage AI. Default: `voyage-3-large`. */
  voyageModel?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Adds a project that `attachableProjects` lists to this server's list of projects. Its data stays where it is, with all ids, versions and the log; only the project's own record is new: live, at version 1, without history, and without its `externalId` if that is in use here. A project can't be detached again.
   *
   * - `AlreadyExistsError`: the list has the project already, live or deleted; or its `path` or its key (the last 8 characters of its id) is in use.
   * - `NotFoundError`: the storage doesn't have the project.
   * - `StoreError`: the project can't be opened, or is the unfinished copy of a migration.
   */
  attachProject: AttachProjectResult;
  /** Cancels a migration: the project stays at the source, and the copy at the target is removed. When rolling back, cancels only the roll-back: the project stays at the target, and the phase is `MOVED` again. Allowed in every phase before `MOVED`, and during a roll-back. */
  cancelMigration: CancelMigrationResult;
  /** Claims a task for an agent: a named one, or the first ready one that passes the filter. Two agents never hold the same task. Its status becomes `IN_PROGRESS`, and it is assigned to the agent. When the claim expires, any agent can claim the task; its status and agent stay. */
  claimTask: ClaimTaskResult;
  /** Marks a claimed task as `DONE`, which ends the claim. */
  completeTask: CompleteTaskResult;
  /** Makes an API key. It may do no more than who makes it: it has no higher level than they have in its projects, and no permission that they lack. A key for another user, or a service key, takes the permission `keys:administer`; a key for a user with the role `OWNER` is made only by such a user. A key can make keys when it has all permissions of its owner, or `keys:administer`. */
  createApiKey: CreateApiKeyResult;
  /** Creates a project and the store for its data. Its caller manages it. A location of its own, in `settings`, also takes the permission `storage:administer`. Where another project that the caller may not read has the `externalId` or the `path`, the result is an `InvalidInputError`. */
  createProject: CreateProjectResult;
  /** Creates a role; there can be 200. Takes `users:administer`, and all rights of the role: nobody gives more than they have themselves. */
  createRole: CreateRoleResult;
  /** Creates a session before its first memory. If a live session has the key, the result is an `AlreadyExistsError`. */
  createSession: CreateSessionResult;
  /** Creates a task. */
  createTask: CreateTaskResult;
  /** Creates up to 1,000 tasks, all or none. */
  createTasks: CreateTasksResult;
  /** Creates a user. They can use the server once somebody gives them an API key, with `createApiKey`. Not possible before the first administrator is set up. Takes `users:administer`, and all rights of the user's role, the old and the new: nobody gives, or takes from others, more than they have themselves. */
  createUser: CreateUserResult;
  /** Requests the cut-over, in which the project switches to the target; it follows once the target is verified and up to date, even with `autoCutOver: false`. Allowed in every phase before `MOVED`, but not for a dry run. A paused migration cuts over after it is resumed; a roll-back cuts over without this. */
  cutOverMigration: CutOverMigrationResult;
  /** Deletes all memories that match a filter, all or none; if there are more than 10,000, or more than 64 MB of them, the result is an `InvalidInputError`. They are restored one by one, with `restoreMemory`. */
  deleteMemories: DeleteMemoriesResult;
  /** Deletes a memory. Searches no longer find it. `restoreMemory` undoes it. */
  deleteMemory: DeleteMemoryResult;
  /** Deletes a key of another service for good: it can be restored neither by undoing nor from the history. One for all users takes the permission `keys:administer`. */
  deleteOutsideKey: DeleteOutsideKeyResult;
  /** Deletes a project and hides everything in it. Its contents aren't changed, and are purged with it when its retention period is over. Another project can then have its `path`. `restoreProject` undoes it. */
  deleteProject: DeleteProjectResult;
  /** Deletes a role, and the access that was granted to it. Not possible for a built-in role, or while a user has it. Takes `users:administer`, and all rights of the role: nobody gives more than they have themselves. */
  deleteRole: DeleteRoleResult;
  /** Deletes a session with its live memories. Its states stay live. `restoreSession` undoes it. */
  deleteSession: DeleteSessionResult;
  /** Deletes all sessions that match a filter, all or none; if there are more than 10,000, or more than 64 MB of them, the result is an `InvalidInputError`. Their live memories are deleted with them, and count towards this limit. Their states stay live. They are restored one by one, with `restoreSession`. */
  deleteSessions: DeleteSessionsResult;
  /** Deletes a state. Another one can then have its key. `restoreState` undoes it. */
  deleteState: DeleteStateResult;
  /** Deletes all states that match a filter, all or none; if there are more than 10,000, or more than 64 MB of them, the result is an `InvalidInputError`. They are restored one by one, with `restoreState`. */
  deleteStates: DeleteStatesResult;
  /** Deletes a task. Its memories, states and subtasks stay live, and other tasks keep its id in `dependsOn` and `parentId`. `restoreTask` undoes it. */
  deleteTask: DeleteTaskResult;
  /** Deletes all tasks that match a filter, all or none; if there are more than 10,000, or more than 64 MB of them, the result is an `InvalidInputError`. They are restored one by one, with `restoreTask`. */
  deleteTasks: DeleteTasksResult;
  /** Deletes a user: they can't sign in, their keys don't work, and their subscriptions end. Their projects and what they wrote stay. `restoreUser` undoes it, until they are purged after the retention period. Not possible for the last enabled user with the role `OWNER`. Takes `users:administer`, and all rights of the user's role, the old and the new: nobody gives, or takes from others, more than they have themselves. */
  deleteUser: DeleteUserResult;
  /** Disables a user: from now on they can't sign in, their keys don't work, and their subscriptions end. One who is disabled already is returned unchanged. Not possible for the last enabled user with the role `OWNER`. Takes `users:administer`, and all rights of the user's role, the old and the new: nobody gives, or takes from others, more than they have themselves. */
  disableUser: DisableUserResult;
  /** Enables a user who was disabled, with all access and keys that they had. Takes `users:administer`, and all rights of the user's role, the old and the new: nobody gives, or takes from others, more than they have themselves. */
  enableUser: EnableUserResult;
  /** Ends all of the caller's sign-ins but the one that this request was sent with. An API key does that for its owner if it may do everything that the owner may. Other users' take `users:administer`, and all rights that the user has. */
  endOtherSignIns: EndOtherSignInsResult;
  /** Ends one of the caller's sign-ins: at once, wherever it is used. Other users' take `users:administer`, and all rights that the user has. */
  endSignIn: EndSignInResult;
  /** Permanently removes the source, after which the migration can't be rolled back. Allowed in `MOVED`, while `Migration.finalization` is not null. The mutation returns with the phase `FINALIZING`; the source is removed when the phase is `FINALIZED`. If the project isn't complete at the target, nothing is removed, the phase is `MOVED` again, and `problem` says why. */
  finalizeMigration: FinalizeMigrationResult;
  /** Gives a user, all users with a role, or a key access to a project, or to all projects. Access that they were granted there before gets this level instead. It takes effect at once. Live users, roles and keys only. Takes MANAGE access to the project; or `users:administer` and the level itself, as it does for all projects. */
  grantAccess: GrantAccessResult;
  /** Creates a user, with a link by which they set a password and sign in. With the `externalId` of a live user, nothing is created, and they get a new link. Takes `users:administer`, and all rights that the user gets, or has. */
  inviteUser: InviteUserResult;
  /** Pauses a migration until `resumeMigration`; what is copied stays. Allowed in every phase before `MOVED`, during a roll-back, and during `verifyMigration`. The project can be read and written meanwhile. */
  pauseMigration: PauseMigrationResult;
  /** Permanently removes a memory, live or deleted, with its vectors, and erases its content from the log. The source that a migration keeps in phase `MOVED` still has it. Needs a token from `requestPurge`. */
  purgeMemory: PurgeMemoryResult;
  /** Permanently removes a project, live or deleted, with its store: all records, the log and the search index. Needs a token from `requestPurge`. Not possible during a migration. */
  purgeProject: PurgeProjectResult;
  /** Permanently removes a session, live or deleted, with its memories, deleted ones included, and its states, and erases their content from the log. The source that a migration keeps in phase `MOVED` still has them. Needs a token from `requestPurge`. */
  purgeSession: PurgeSessionResult;
  /** Permanently removes a state, live or deleted, and erases its content from the log. The source that a migration keeps in phase `MOVED` still has it. Needs a token from `requestPurge`. */
  purgeState: PurgeStateResult;
  /** Permanently removes a task, live or deleted, with its states, and erases its content from the log. The source that a migration keeps in phase `MOVED` still has it. Its memories and subtasks stay, and other tasks keep its id in `dependsOn` and `parentId`. Needs a token from `requestPurge`. */
  purgeTask: PurgeTaskResult;
  /** Gives a claimed task back, with the status and `assignedAgent` from before the claim, unless they have been changed since. */
  releaseTask: ReleaseTaskResult;
  /** Permanently removes the saved settings of a storage mode, so that environment variables and defaults apply, immediately. A `StorageInUseError` while projects, deleted ones included, or a migration need data that only these settings point to; a `NotFoundError` when none are saved. */
  removeStorageConfig: RemoveStorageConfigResult;
  /** Makes a claim that has not expired last `leaseSeconds` from now. Its token stays. */
  renewClaim: RenewClaimResult;
  /** Repairs every difference between a project's store and its search index. */
  repairIndex: RepairIndexResult;
  /** Creates the collections and indexes that are missing in the storage of a mode, at `StorageHealth.place`. No record is changed. For `FILE` there is nothing to create. */
  repairStorage: RepairStorageResult;
  /** Requests the token that purging a project, task, memory, session or state needs, and what the purge would remove. Nothing is written. */
  requestPurge: RequestPurgeResult;
  /** Makes a link by which a user sets a password, whether they have one or not, in place of those that were made before. Their password stays until then, and a second factor stays in any case. Takes `users:administer`, and all rights that the user has. */
  resetPassword: ResetPasswordResult;
  /** Restores a deleted memory. Like a new one, it is embedded in the background. If no live session has the key in its `sessionId`, one is created. Not possible while another live memory supersedes the same one. */
  restoreMemory: RestoreMemoryResult;
  /** Restores a deleted project with everything in it. Not possible while another live project has its `path`. */
  restoreProject: RestoreProjectResult;
  /** Restores a deleted session, with the memories that were deleted with it; those deleted before stay deleted. Not possible while another live session has the same key, or a live memory supersedes what one of them superseded. */
  restoreSession: RestoreSessionResult;
  /** Restores a deleted state. Not possible while its owner has another live state with the same key. */
  restoreState: RestoreStateResult;
  /** Restores a deleted task. */
  restoreTask: RestoreTaskResult;
  /** Restores a deleted user, with all access and keys that they had. Not possible while another live user has their email. Takes `users:administer`, and all rights of the user's role, the old and the new: nobody gives, or takes from others, more than they have themselves. */
  restoreUser: RestoreUserResult;
  /** Continues a paused migration from where it stopped. If a `problem` prevents a migration from continuing, it is retried immediately. Allowed until the migration is over. */
  resumeMigration: ResumeMigrationResult;
  /** Sets a record of any kind, live or deleted, back to an earlier version, by writing the content of that version as a new one. If the record was deleted in that version, it is deleted; if it was live, it is restored; a session with its memories, as by `deleteSession` and `restoreSession`. Its `id` and `externalId`, and where a project is stored, stay the same. */
  revertRecord: RevertRecordResult;
  /** Undoes everything that one request wrote in a project, in one commit: what it created is deleted, what it deleted is restored, and what it updated gets its earlier content. When others have changed one of the records since, nothing is written. The undo is a request like any other, so it can be undone as well. A session that began with a memory of the request stays when others have saved memories in it. Writes to the project itself are not undone, and a purge can't be. */
  revertRequest: RevertRequestResult;
  /** Takes back access that was granted, at once: subscriptions in the project end for those without other access to it. Access that a role gives to all projects stays. Takes MANAGE access to the project; or `users:administer` and the level itself, as it does for all projects. */
  revokeAccess: RevokeAccessResult;
  /** Revokes an API key, at once and for good: its requests are refused, and its connections and streams end, within a second on all servers. Also revoked are the keys that it made, and so on, and those that it replaced. When it was rotated, its replacement stays, and so does what it made. You can revoke the keys that you see. */
  revokeApiKey: RevokeApiKeyResult;
  /** Stops a program that the caller let in: at once, with all that it could get further access by. Other users' take `users:administer`, and all rights that the user has. */
  revokeConsent: RevokeConsentResult;
  /** Brings a project back to the source, with everything written since the cut-over; then the copy at the target is removed. Allowed in `MOVED`, while `MigrationProgress.canRollBack` is true. If it fails, the project stays at the target, the phase is `MOVED` again, and `problem` says why. */
  rollBackMigration: RollBackMigrationResult;
  /** Makes an API key in the place of another, with the same owner, limits and grants. The old one goes on working for a while, so that nothing stops until the new one is in place. What the old key made stays, and belongs to the new one. Its owner, the key itself and the key that made it can rotate it; others need `keys:administer`, and all rights that it has. After a leak, rotate with `overlapHours: 0` or revoke it. A key that is revoked, expired or rotated already is a `ConflictError`. */
  rotateApiKey: RotateApiKeyResult;
  /** Encrypts every saved secret with a new key, those in storage settings too, and erases what the old key encrypted. With key files in the data directory, it makes the new key. With `MOORING_SECRET_KEY`, first start the server with the new one, and with the old one as `MOORING_SECRET_KEY_PREVIOUS`. A call works for about 20 seconds: repeat it until nothing remains. Interrupted at any point, nothing is lost. */
  rotateSecrets: RotateSecretsResult;
  /** Saves up to 1,000 memories, all or none. */
  saveMemories: SaveMemoriesResult;
  /** Saves a memory. It is durable once the mutation returns. It is embedded shortly after, in the background. */
  saveMemory: SaveMemoryResult;
  /** Keeps a key of another service, encrypted, for the caller or for all users, in place of the one that was kept before. It is never shown again. An API key may use the keys of its owner; to save one it needs the permission `keys:administer`. */
  saveOutsideKey: SaveOutsideKeyResult;
  /** Creates a state of a project, task or session; with `version`, replaces the value of an existing one; with `overwrite`, does either. */
  saveState: SaveStateResult;
  /** Saves settings that passed `testStorageConfig`, without testing them again; secrets are stored encrypted. This server uses them immediately, others on the same data directory after a restart. No data is moved: see `TestStorageConfigPayload.projectIds`. A `StorageInUseError` means that a migration depends on the current settings. */
  saveStorageConfig: SaveStorageConfigResult;
  /** Searches a project for secrets that were saved in it, such as tokens and passwords: its own record, its tasks, memories, sessions and states, deleted ones included, and what the log has of their earlier versions. With `redact`, each is replaced by a marker such as `[redacted: github-token]`, in a new version of the record and in the log; this can't be undone. A call works for about 20 seconds, then returns `after`. If it is interrupted, repeat it: what is redacted stays so. */
  scanSecrets: ScanSecretsResult;
  /** Sets the caller's own password. All other sign-ins of the user end, and their links; API keys stay. Who has no password yet has to have signed in, at a browser, within the last 10 minutes, or uses a link. An API key does it only if it may do everything that its owner may. */
  setPassword: SetPasswordResult;
  /** Starts the migration of a project to another storage mode, folder or database; follow it with `migrationProgress`. The project can be read and written throughout. In phase `MOVED`, end the migration with `finalizeMigration` or `rollBackMigration`: until it is over (`isOver`), no other migration of the project can be started, and the project can't be purged. */
  startMigration: StartMigrationResult;
  /** Tests settings step by step, without saving or using them: connects, writes test data and removes it again. Settings that pass get a token for `saveStorageConfig`. */
  testStorageConfig: TestStorageConfigResult;
  /** Renames an API key. Its limits can't be changed: make another key. */
  updateApiKey: UpdateApiKeyResult;
  /** Updates the given fields of a memory. New content is embedded in the background. If another live memory supersedes the new `supersedes`, the result is an `AlreadyExistsError`. */
  updateMemory: UpdateMemoryResult;
  /** Updates the given fields of the caller's own user. An API key does that for its owner if it has the level MANAGE and no limits on permissions or projects; other keys, and callers who are no user, get a `ForbiddenError`. Versions are not compared. */
  updateProfile: UpdateProfileResult;
  /** Updates the given fields of a project. */
  updateProject: UpdateProjectResult;
  /** Updates the given fields of a role. It takes effect at once for all who have it. `OWNER` can't be changed, and built-in roles keep their names. Takes `users:administer`, and all rights of the role: nobody gives more than they have themselves. */
  updateRole: UpdateRoleResult;
  /** Updates the given fields of a session. Saving a memory can raise its version; `upsertSession` compares no versions. */
  updateSession: UpdateSessionResult;
  /** Updates the given fields of a task. */
  updateTask: UpdateTaskResult;
  /** Updates the given fields of a user. The last enabled user with the role `OWNER` keeps it. Takes `users:administer`, and all rights of the user's role, the old and the new: nobody gives, or takes from others, more than they have themselves. */
  updateUser: UpdateUserResult;
  /** Updates the memory that has the `externalId`, or creates it: of calls that race, one creates it. Fields that are left out stay unchanged, or get their default in a new memory. Versions are not compared. If a deleted memory has the `externalId`, the result is an `AlreadyExistsError`. */
  upsertMemory: UpsertMemoryResult;
  /** Updates a session, or creates it: of calls that race, one creates it. The session is the one that has the `externalId` or, without one, the live one that has the `key`; one of them is needed. Fields that are left out stay unchanged, or get their default in a new session. Versions are not compared. If a deleted session has the `externalId`, or another live one has the `key`, the result is an `AlreadyExistsError`. */
  upsertSession: UpsertSessionResult;
  /** Updates the live state with this owner and key, or creates it: of calls that race, one creates it. Versions are not compared. A deleted state with the key stays deleted. */
  upsertState: UpsertStateResult;
  /** Updates the task that has the `externalId`, or creates it: of calls that race, one creates it. Fields that are left out stay unchanged, or get their default in a new task. Versions are not compared. If a deleted task has the `externalId`, the result is an `AlreadyExistsError`. */
  upsertTask: UpsertTaskResult;
  /** Compares the records and logs of source and target again, taking into account what was written since the cut-over. Nothing is changed on either side. Allowed in `MOVED`; the phase doesn't change. The result is ready when `Migration.verification` has `isComplete: true` and a later `at` than before the call. */
  verifyMigration: VerifyMigrationResult;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationAttachProjectArgs = {
  input: AttachProjectInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCancelMigrationArgs = {
  input: CancelMigrationInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationClaimTaskArgs = {
  input: ClaimTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCompleteTaskArgs = {
  input: CompleteTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCreateProjectArgs = {
  input: CreateProjectInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCreateRoleArgs = {
  input: CreateRoleInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCreateSessionArgs = {
  input: CreateSessionInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCreateTaskArgs = {
  input: CreateTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCreateTasksArgs = {
  input: CreateTasksInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCreateUserArgs = {
  input: CreateUserInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationCutOverMigrationArgs = {
  input: CutOverMigrationInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteMemoriesArgs = {
  input: DeleteMemoriesInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteMemoryArgs = {
  input: DeleteMemoryInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteOutsideKeyArgs = {
  input: DeleteOutsideKeyInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteProjectArgs = {
  input: DeleteProjectInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteRoleArgs = {
  input: DeleteRoleInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteSessionArgs = {
  input: DeleteSessionInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteSessionsArgs = {
  input: DeleteSessionsInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteStateArgs = {
  input: DeleteStateInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteStatesArgs = {
  input: DeleteStatesInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteTaskArgs = {
  input: DeleteTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteTasksArgs = {
  input: DeleteTasksInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDeleteUserArgs = {
  input: DeleteUserInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationDisableUserArgs = {
  input: DisableUserInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationEnableUserArgs = {
  input: EnableUserInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationEndOtherSignInsArgs = {
  input: EndOtherSignInsInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationEndSignInArgs = {
  input: EndSignInInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationFinalizeMigrationArgs = {
  input: FinalizeMigrationInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationGrantAccessArgs = {
  input: GrantAccessInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationInviteUserArgs = {
  input: InviteUserInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationPauseMigrationArgs = {
  input: PauseMigrationInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationPurgeMemoryArgs = {
  input: PurgeMemoryInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationPurgeProjectArgs = {
  input: PurgeProjectInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationPurgeSessionArgs = {
  input: PurgeSessionInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationPurgeStateArgs = {
  input: PurgeStateInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationPurgeTaskArgs = {
  input: PurgeTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationReleaseTaskArgs = {
  input: ReleaseTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRemoveStorageConfigArgs = {
  input: RemoveStorageConfigInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRenewClaimArgs = {
  input: RenewClaimInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRepairIndexArgs = {
  input: RepairIndexInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRepairStorageArgs = {
  input: RepairStorageInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRequestPurgeArgs = {
  input: RequestPurgeInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRestoreMemoryArgs = {
  input: RestoreMemoryInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRestoreProjectArgs = {
  input: RestoreProjectInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRestoreSessionArgs = {
  input: RestoreSessionInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRestoreStateArgs = {
  input: RestoreStateInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRestoreTaskArgs = {
  input: RestoreTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRestoreUserArgs = {
  input: RestoreUserInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationResumeMigrationArgs = {
  input: ResumeMigrationInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRevertRecordArgs = {
  input: RevertRecordInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRevertRequestArgs = {
  input: RevertRequestInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRevokeAccessArgs = {
  input: RevokeAccessInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRevokeConsentArgs = {
  input: RevokeConsentInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRollBackMigrationArgs = {
  input: RollBackMigrationInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRotateApiKeyArgs = {
  input: RotateApiKeyInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationRotateSecretsArgs = {
  input: RotateSecretsInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationSaveMemoriesArgs = {
  input: SaveMemoriesInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationSaveMemoryArgs = {
  input: SaveMemoryInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationSaveOutsideKeyArgs = {
  input: SaveOutsideKeyInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationSaveStateArgs = {
  input: SaveStateInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationSaveStorageConfigArgs = {
  input: SaveStorageConfigInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationScanSecretsArgs = {
  input: ScanSecretsInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationSetPasswordArgs = {
  input: SetPasswordInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationStartMigrationArgs = {
  input: StartMigrationInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationTestStorageConfigArgs = {
  input: TestStorageConfigInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateApiKeyArgs = {
  input: UpdateApiKeyInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateMemoryArgs = {
  input: UpdateMemoryInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateProjectArgs = {
  input: UpdateProjectInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateRoleArgs = {
  input: UpdateRoleInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateSessionArgs = {
  input: UpdateSessionInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateTaskArgs = {
  input: UpdateTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpdateUserArgs = {
  input: UpdateUserInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpsertMemoryArgs = {
  input: UpsertMemoryInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpsertSessionArgs = {
  input: UpsertSessionInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpsertStateArgs = {
  input: UpsertStateInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationUpsertTaskArgs = {
  input: UpsertTaskInput;
};


/**
 * Everything that can be written. A mutation returns its payload, or the `Error` that prevented it. With an error, nothing was written, unless its message says otherwise.
 *
 * - `InvalidInputError`, `NotFoundError`, `ForbiddenError`, `RouteChangedError` and `StoreError` are part of every result, even where they can't occur.
 * - Other errors are in the response's `errors`, as those of queries are: the request doesn't fit the schema, is too large or too complex, exceeds the server's capacity, or meets an unexpected error. The mutation may have been carried out nevertheless if the code is `INTERNAL` or `RESPONSE_TOO_LARGE`, or the error's `path` leads into the payload.
 * - For an optional input field, null means the same as leaving it out, unless its description says otherwise. When a record is created, a field that is left out has its default or, if it names none, is empty: null, or an empty text, list or object.
 * - Texts are limited in characters (UTF-16 code units) or in bytes of UTF-8; JSON in bytes without white space. 1 KB is 1,024 bytes, 1 MB is 1,024 KB. Where no limit is named, a text of a record has at most 1,000 characters, a path 4,096, a URL 2,048. A field that exceeds its limit is an `InvalidInputError`.
 */
export type MutationVerifyMigrationArgs = {
  input: VerifyMigrationInput;
};

/** An object that can be fetched by its id, with `node`. */
export type Node = {
  /** Id of the object. It never changes and is never reused. Its prefix names the kind of record, such as `tsk_`; its last 8 characters are the same in all ids of a project. */
  id: Scalars['ID']['output'];
};

/** What the input names doesn't exist, or is deleted although it must be live, or is in a deleted project. Nothing was written. */
export type NotFoundError = Error & {
  __typename?: 'NotFoundError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** The id, from the input, of what was not found. When `saveState` finds no state, the owner's id; when `removeStorageConfig` finds no saved settings, the storage mode. */
  recordId: Scalars['ID']['output'];
};

/** No task that passes the filter is ready. Nothing was written. */
export type NothingReadyError = Error & {
  __typename?: 'NothingReadyError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** A program that asks users to let it in by OAuth. */
export type OAuthClient = {
  __typename?: 'OAuthClient';
  /** Hosts to which users' answers are sent; `127.0.0.1` and `localhost` are the user's own computer. */
  answerSites: Array<Scalars['String']['output']>;
  /** How it is known: the address of a document in which it says what it is, or an id of this server. */
  clientId: Scalars['String']['output'];
  /** Host of the document in which it says what it is; null when it registered itself at this server. */
  documentSite?: Maybe<Scalars['String']['output']>;
  /** The name that it gives itself: anybody may choose any. */
  name: Scalars['String']['output'];
};

/** A program that a user let in, and what it may do: what the user chose, as far as they may do it themselves. */
export type OAuthConsent = Node & {
  __typename?: 'OAuthConsent';
  /** The program; null when it is gone. */
  client?: Maybe<OAuthClient>;
  /** When it was let in. */
  createdAt: Scalars['DateTime']['output'];
  /** Id of the consent, which the log names as `actor`. */
  id: Scalars['ID']['output'];
  /** Whether it may work in all projects of the user, also in later ones. */
  isForAllProjects: Scalars['Boolean']['output'];
  /** The most that it may do in any project; null: nothing. */
  level?: Maybe<AccessLevel>;
  /** The projects in which it may work, of those that the caller sees; empty when it is for all. */
  projects: Array<Project>;
  /** When what it may do was last chosen. */
  updatedAt: Scalars['DateTime']['output'];
  /** Id of the user. */
  userId: Scalars['ID']['output'];
};

/** A page of programs that were let in. */
export type OAuthConsentConnection = {
  __typename?: 'OAuthConsentConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<OAuthConsentEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<OAuthConsent>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type OAuthConsentEdge = {
  __typename?: 'OAuthConsentEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: OAuthConsent;
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

/** A key of another service, such as of a model, that the server keeps for a user or for all users. It is never shown. */
export type OutsideKey = Node & {
  __typename?: 'OutsideKey';
  /** When it was first saved. */
  createdAt: Scalars['DateTime']['output'];
  /** Its last four characters; null when it is shorter than 12. */
  ending?: Maybe<Scalars['String']['output']>;
  /** Id of the record. */
  id: Scalars['ID']['output'];
  /** Whether it is for all users. */
  isShared: Scalars['Boolean']['output'];
  /** Whether the server can use it; false when it was encrypted with another key than this server has. Save it again then. */
  isUsable: Scalars['Boolean']['output'];
  /** What its user wrote about it. */
  label?: Maybe<Scalars['String']['output']>;
  /** Name of the service in lower case, such as `openai`. */
  provider: Scalars['String']['output'];
  /** When it was last saved. */
  updatedAt: Scalars['DateTime']['output'];
};

/** Which key of a service is used. */
export type OutsideKeyChoice = {
  __typename?: 'OutsideKeyChoice';
  /** Its last four characters, for those who may change it; null for others, for a key of the environment, and when it is shorter than 12. */
  ending?: Maybe<Scalars['String']['output']>;
  /** What was written about it; the variable's name when it is from the environment. */
  label?: Maybe<Scalars['String']['output']>;
  /** Name of the service in lower case, such as `openai`. */
  provider: Scalars['String']['output'];
  /** Whose key it is. */
  source: OutsideKeySource;
};

/** Whose key of another service is used. */
export type OutsideKeySource =
  /** The one of the server's environment, such as `OPENAI_API_KEY`. */
  | 'ENVIRONMENT'
  /** The one that an administrator saved for all users. */
  | 'SHARED'
  /** The one that the user saved. */
  | 'USER';

/** Cursors of the first and last item on a page, and whether there are more pages. A cursor is a position in a list or a log. It is opaque, and valid only for the list and the sort order that it comes from. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item on the page, to pass as `after` for the next page; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more items follow this page. Always true when `before` is given: it isn't checked. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether more items precede this page. Always true when `after` is given: it isn't checked. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item on the page, to pass as `before`, with `last`, for the previous page; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** The part of a memory's content that is nearest to the query. Offsets are in UTF-16 code units. */
export type Passage = {
  __typename?: 'Passage';
  /** Offset in the content at which the passage ends, exclusive. */
  end: Scalars['Int']['output'];
  /** Offset in the content at which the passage starts. */
  start: Scalars['Int']['output'];
  /** Text of the passage. */
  text: Scalars['String']['output'];
};

/** Input of `pauseMigration`. */
export type PauseMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** Result of `pauseMigration` when it succeeds. */
export type PauseMigrationPayload = {
  __typename?: 'PauseMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `pauseMigration`: its payload, or the error that prevented it. */
export type PauseMigrationResult = ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | PauseMigrationPayload | RouteChangedError | StoreError;

/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type Project = Node & StoredRecord & {
  __typename?: 'Project';
  /** Access that was granted to the project, or to all projects, earliest first. Users whose role gives access to all projects (`Role.everywhere`) have access too, and aren't listed. Null without MANAGE access. */
  access?: Maybe<GrantConnection>;
  /** Who is at work: the names that have claims, or wrote one of the last 1,000 changes in the project. The one that wrote last comes first. */
  agents: Array<ProjectAgent>;
  /** What is kept of agents' conversations; null when it isn't decided. Then it depends on the agent: `MESSAGES` for those that were set up to capture, `OFF` for all others. */
  capture?: Maybe<Capture>;
  /** Most characters kept of a tool's output with `capture: ALL`. The rest is cut off. */
  captureToolCharacters: Scalars['Int']['output'];
  /** When the record was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Current position in the project's log. To miss no change, read it first, then the lists, then subscribe to `projectChanges` with `after` set to it. */
  cursor: Scalars['String']['output'];
  /** Instructions that agents should read before they start. */
  customInstructions: Scalars['String']['output'];
  /** When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default). */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Description of the project. */
  description: Scalars['String']['output'];
  /** The client's own id for the record, set when it is created; null when it has none. Sessions that memories created have none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Repository, as `owner/name` or a URL; null when it has none. */
  githubRepo?: Maybe<Scalars['String']['output']>;
  /** History of the record: the entries of its writes in the log, newest first by default. */
  history: LogEntryConnection;
  /** Id of the project. */
  id: Scalars['ID']['output'];
  /** Whether the project is being worked on. */
  isActive: Scalars['Boolean']['output'];
  /** Log of the project's store: one entry per write to a task, memory, session or state, newest first by default. Writes to the project's own record are in `history`. */
  log: LogEntryConnection;
  /** Memories of the project, latest `occurredAt` first by default. */
  memories: MemoryConnection;
  /** What an agent should know, within a token budget: the task, then pinned memories and decisions of the project, in at most half of the budget unless the others leave more of it, then the memories most relevant to the query and the latest of the session. Superseded memories (`Memory.supersededBy`) are left out. At least one of `query`, `sessionId` and `taskId` is needed. */
  memoryContext: MemoryContext;
  /** The project's migration that has not ended; null when there is none. One in phase `MOVED` has not ended: it can still be finalized or rolled back. */
  migration?: Maybe<Migration>;
  /** What the project is used for. */
  mode: ProjectMode;
  /** Name of the project. */
  name: Scalars['String']['output'];
  /** That user, deleted or not; null when nobody owns the project, or the user was purged. */
  owner?: Maybe<User>;
  /** Id of the user who created the project, or to whom it was given; null when the project has no owner. Owning it gives no rights: the owner has MANAGE access by a grant. */
  ownerId?: Maybe<Scalars['ID']['output']>;
  /** Absolute path of the working directory; null when it has none. */
  path?: Maybe<Scalars['String']['output']>;
  /** Tasks that can be claimed now: live, not claimed, in any status but `DONE` and `BLOCKED`, with an empty `blockedBy`, whatever their `assignedAgent`. The most urgent come first, then the oldest. */
  readyTasks: TaskConnection;
  /** Secrets that are redacted in the texts of the record: how often `[redacted: RULE]` stands in them, by rule. */
  redactions: Array<Redaction>;
  /** State of the search index, found by comparing it with the store. */
  searchIndex: SearchIndex;
  /** Search over the project's live memories, by meaning and by words. Any text is a valid query. */
  searchMemories: MemorySearch;
  /** Full-text search over the project's live tasks. Any text is a valid query. */
  searchTasks: TaskSearch;
  /** What is done about secrets in texts that are saved in the project; null: the server's policy, `MOORING_SECRETS`. */
  secrets?: Maybe<SecretPolicy>;
  /** Sessions of the project, latest `startedAt` first by default. */
  sessions: SessionConnection;
  /** Settings of the project, free for clients to use. Two names are reserved: `fileStorePath` and `mongodbDatabase` say in which folder or database the project is stored, when it isn't the one in the storage mode's settings. */
  settings: Scalars['JSONObject']['output'];
  /** The live state with this key that belongs to this record; null when there is none. */
  state?: Maybe<State>;
  /** States that belong to this record, sorted by key. */
  states: StateConnection;
  /** Where the project's data is stored. */
  storageMode: StorageMode;
  /** Tasks of the project, newest first by default. */
  tasks: TaskConnection;
  /** Languages, frameworks and tools that the project uses. */
  techStack: Array<Scalars['String']['output']>;
  /** When the record was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** The project's use of paid embedding models (those of Voyage AI), by day and model, oldest first; at most 366 days at a time. */
  usage: Array<UsageDay>;
  /** Version of the record: 1 at first, one more with every write. An update that changes nothing writes nothing. */
  version: Scalars['Int']['output'];
  /** What the caller may do in the project; null: see that it exists, but nothing of its contents. */
  viewerLevel?: Maybe<AccessLevel>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectAccessArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  recordId?: InputMaybe<Scalars['ID']['input']>;
  requestId?: InputMaybe<Scalars['String']['input']>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectMemoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MemoryOrder>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectMemoryContextArgs = {
  maxTokens?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  sessionId?: InputMaybe<Scalars['String']['input']>;
  taskId?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectReadyTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  agent?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectSearchMemoriesArgs = {
  exceptSessionId?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  minSimilarity?: InputMaybe<Scalars['Float']['input']>;
  mode?: InputMaybe<SearchMode>;
  query: Scalars['String']['input'];
  superseded?: InputMaybe<Scalars['Boolean']['input']>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectSearchTasksArgs = {
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<SessionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SessionOrder>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectStateArgs = {
  key: Scalars['String']['input'];
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectStatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};


/**
 * A project: tasks, memories, sessions and states that belong together.
 *
 * - They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
 * - The project's own record is kept in the server's list of projects, which has a log of its own.
 * - While the project is deleted, `tasks`, `readyTasks`, `agents`, `memories`, `sessions`, `states` and `log` are empty, and `state` and queries for what is in it return null. `cursor`, `searchIndex`, `memoryContext` and the searches fail with `NOT_FOUND`. `history`, `migration` and `usage` can still be read.
 */
export type ProjectUsageArgs = {
  from?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['String']['input']>;
};

/** A name in the claims or the log of a project: an agent, a person or a program. */
export type ProjectAgent = {
  __typename?: 'ProjectAgent';
  /** The tasks that it has claimed, those with an expired claim included, the first to expire first; at most 1,000 of all agents together. */
  claims: Array<HeldTask>;
  /** What it wrote last; null when that isn't among the last 1,000 changes. */
  lastAction?: Maybe<LogEntry>;
  /** When it wrote last; null when that isn't among the last 1,000 changes. */
  lastSeen?: Maybe<Scalars['DateTime']['output']>;
  /** The `agent` of its claims and the `LogEntry.actor` of its writes. Use one name for both. */
  name: Scalars['String']['output'];
};

/** Identifies a project: exactly one field must be set. */
export type ProjectBy =
  /** Id of the project. */
  { id: Scalars['ID']['input']; path?: never; }
  |  /** Absolute path of the working directory, in any spelling that names the same folder. Finds live projects only. */
  { id?: never; path: Scalars['String']['input']; };

/** A write to a record in a project; or, as the last event, the deletion or purge of the project. */
export type ProjectChange = {
  __typename?: 'ProjectChange';
  /** Position after this change. To continue from here, pass it as `after`. */
  cursor: Scalars['String']['output'];
  /** Log entry of the change. That of the project's own deletion or purge is from the log of the list of projects. */
  entry: LogEntry;
  /** The record as it is now, at least as new as the entry; null when it was purged. */
  record?: Maybe<Node>;
};

/** A page of projects. A project that can't be read is null, and the response's `errors` say why. */
export type ProjectConnection = {
  __typename?: 'ProjectConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<ProjectEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<Maybe<Project>>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type ProjectEdge = {
  __typename?: 'ProjectEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item; null when it can't be read. */
  node?: Maybe<Project>;
};

/** Selects the projects that meet all conditions given. A field that is left out adds no condition. */
export type ProjectFilter = {
  /** Whether the project is being worked on. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** What the project is used for. */
  mode?: InputMaybe<ProjectMode>;
  /** Id of the user who owns the project. */
  ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Where the project's data is stored. */
  storageMode?: InputMaybe<StorageMode>;
  /** Text that the name, the description or the path must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** A change in the list of projects: a project was created, attached, updated, moved, deleted, restored or purged. */
export type ProjectListChange = {
  __typename?: 'ProjectListChange';
  /** Position after this change. To continue from here, pass it as `after`. */
  cursor: Scalars['String']['output'];
  /** Log entry of the change. */
  entry: LogEntry;
  /** The project as it is now, at least as new as the entry; null when it was purged, or is deleted and the caller does not manage it. */
  record?: Maybe<Project>;
};

/** What a project is used for. It is a label for clients: the server treats all projects alike. */
export type ProjectMode =
  /** Software development: tasks also go through stages, such as analysis and review. */
  | 'DEVELOPMENT'
  /** Plain tasks and memories. */
  | 'SIMPLE';

/** Sort order of projects. Those with equal values are sorted by id. */
export type ProjectOrder = {
  /** Sort direction. When left out, `DESC`, whatever the list's own default is. */
  direction?: SortDirection;
  /** Field to sort by. */
  field: ProjectOrderField;
};

/** Field that projects can be sorted by. */
export type ProjectOrderField =
  /** When the project was created. */
  | 'CREATED_AT'
  /** Name of the project. */
  | 'NAME'
  /** When the project's record was last written. */
  | 'UPDATED_AT';

/** Input of `purgeMemory`. */
export type PurgeMemoryInput = {
  /** Id of the memory. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` returned for this memory. It is valid for ten minutes and for this version only. */
  token: Scalars['String']['input'];
  /** The version that you read. If the memory was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `purgeMemory` when it succeeds. */
export type PurgeMemoryPayload = {
  __typename?: 'PurgeMemoryPayload';
  /** The memory as it was before the purge. */
  memory: Memory;
};

/** Result of `purgeMemory`: its payload, or the error that prevented it. */
export type PurgeMemoryResult = ConfirmationError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | PurgeMemoryPayload | RouteChangedError | StoreError;

/** Input of `purgeProject`. */
export type PurgeProjectInput = {
  /** Id of the project. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` returned for this project. It is valid for ten minutes and for this version only. */
  token: Scalars['String']['input'];
  /** The version that you read. If the project was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `purgeProject` when it succeeds. */
export type PurgeProjectPayload = {
  __typename?: 'PurgeProjectPayload';
  /** The project as it was before the purge. */
  project: Project;
};

/** Result of `purgeProject`: its payload, or the error that prevented it. */
export type PurgeProjectResult = ConfirmationError | ConflictError | ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | PurgeProjectPayload | RouteChangedError | StoreError;

/** Input of `purgeSession`. */
export type PurgeSessionInput = {
  /** Id of the session. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` returned for this session. It is valid for ten minutes and for this version only. */
  token: Scalars['String']['input'];
  /** The version that you read. If the session was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `purgeSession` when it succeeds. */
export type PurgeSessionPayload = {
  __typename?: 'PurgeSessionPayload';
  /** The session as it was before the purge. */
  session: Session;
};

/** Result of `purgeSession`: its payload, or the error that prevented it. */
export type PurgeSessionResult = ConfirmationError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | PurgeSessionPayload | RouteChangedError | StoreError;

/** Input of `purgeState`. */
export type PurgeStateInput = {
  /** Id of the state. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` returned for this state. It is valid for ten minutes and for this version only. */
  token: Scalars['String']['input'];
  /** The version that you read. If the state was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `purgeState` when it succeeds. */
export type PurgeStatePayload = {
  __typename?: 'PurgeStatePayload';
  /** The state as it was before the purge. */
  state: State;
};

/** Result of `purgeState`: its payload, or the error that prevented it. */
export type PurgeStateResult = ConfirmationError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | PurgeStatePayload | RouteChangedError | StoreError;

/** Input of `purgeTask`. */
export type PurgeTaskInput = {
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` returned for this task. It is valid for ten minutes and for this version only. */
  token: Scalars['String']['input'];
  /** The version that you read. If the task was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `purgeTask` when it succeeds. */
export type PurgeTaskPayload = {
  __typename?: 'PurgeTaskPayload';
  /** The task as it was before the purge. */
  task: Task;
};

/** Result of `purgeTask`: its payload, or the error that prevented it. */
export type PurgeTaskResult = ConfirmationError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | PurgeTaskPayload | RouteChangedError | StoreError;

/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type Query = {
  __typename?: 'Query';
  /** An API key by its id, revoked or not; null when there is none that you may see. */
  apiKey?: Maybe<ApiKey>;
  /** The API keys that you may see, as `ApiKey` says, newest first, revoked and expired ones included. */
  apiKeys: ApiKeyConnection;
  /** Projects that are in the storage of a mode, at `StorageModeConfig.place`, but not in this server's list of projects, sorted by name. The storage is searched at each call. */
  attachableProjects: Array<AttachableProject>;
  /** Who did what, newest first by default: the server's log, with users, roles, grants, keys, projects, moves and settings; or with `filter.projectId` that project's own log. Takes `audit:read`, or MANAGE access to the project that `filter.projectId` names, or that `filter.recordId` is in. */
  auditLog: AuditEntryConnection;
  /** The same as CSV, part by part, for a spreadsheet or an archive. While the server has users, the audit notes each export. Takes `audit:read`, or MANAGE access to the project that `filter.projectId` names, or that `filter.recordId` is in. */
  auditLogCsv: AuditCsv;
  /** Checks whether a project could be migrated, and estimates what that would take. Returns when the checks are done. Nothing is moved, and test data that the checks write is removed again. While a migration of the project is not over, it fails with `MIGRATION_STATE`. */
  estimateMigration: MigrationEstimate;
  /** A memory by its id, deleted or not; null when there is none, or its project is deleted. */
  memory?: Maybe<Memory>;
  /** A migration by its id, also an ended one; null when there is none. */
  migration?: Maybe<Migration>;
  /** Migrations on this server, newest first, ended ones included. */
  migrations: MigrationConnection;
  /** Any object by its id, deleted records included; null when there is none, or its project is deleted. */
  node?: Maybe<Node>;
  /** Up to 200 objects by their ids, in the order of the ids; null where `node` would return null. */
  nodes: Array<Maybe<Node>>;
  /** The programs that the caller let in, newest first. Other users' take `users:administer`. Callers who are no user, and keys that may do less than their owner, get `FORBIDDEN`. */
  oauthClients: OAuthConsentConnection;
  /** Which key of a service is used for the caller: their own, else the one for all users, else that of the server's environment; null when there is none. */
  outsideKey?: Maybe<OutsideKeyChoice>;
  /** The caller's own keys of other services, by the name of the service. */
  outsideKeys: Array<OutsideKey>;
  /** A project by its id, deleted or not, or by its path; null when there is none. */
  project?: Maybe<Project>;
  /** Current position in the log of the list of projects. To miss no change, read it first, then `projects`, then subscribe to `projectListChanges` with `after` set to it. */
  projectListCursor: Scalars['String']['output'];
  /** Projects that the caller sees, newest first by default. */
  projects: ProjectConnection;
  /** All roles, the built-in ones first. Empty while the server has no users. */
  roles: Array<Role>;
  /** Information about this server. */
  serverInfo: ServerInfo;
  /** A session by its id (not its key), deleted or not; null when there is none, or its project is deleted. */
  session?: Maybe<Session>;
  /** Where the caller is signed in, newest first. Other users' take `users:administer`. Callers who are no user, and keys that may do less than their owner, get `FORBIDDEN`. */
  signIns: SignInConnection;
  /** A state by its id, deleted or not; null when there is none, or its project is deleted. */
  state?: Maybe<State>;
  /** Storage configuration of this server: the settings in effect, and where each comes from. */
  storageConfig: StorageConfig;
  /** Checks the storage of each mode now: nothing is cached, but simultaneous queries share a check. In `LOCAL` and `FILE` a small file is written, read and removed; `MONGODB` is only read. Storage that is down is not an error of this query: `ok` is false, and `problems` says why. Storage that hangs is reported within about a minute. */
  storageHealth: Array<StorageHealth>;
  /** A task by its id, deleted or not, or a live one by its handle; null when there is none, or its project is deleted. Give exactly one of the two. */
  task?: Maybe<Task>;
  /** A project's live tasks in numbers: by status, ready, blocked, claimed, and by agent. Null when there is no such live project. */
  taskBoard?: Maybe<TaskBoard>;
  /** A user by id, deleted or not; null when there is none. Users see themselves; seeing others takes `users:administer`, and is null without it. */
  user?: Maybe<User>;
  /** Users of this server, newest first by default. Takes `users:administer`. */
  users: UserConnection;
  /** Who sends this request, and what they may do. */
  viewer: Viewer;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryApiKeyArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryApiKeysArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ApiKeyFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryAttachableProjectsArgs = {
  mode: StorageMode;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryAuditLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryAuditLogCsvArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryEstimateMigrationArgs = {
  location?: InputMaybe<Scalars['String']['input']>;
  projectId: Scalars['ID']['input'];
  to: StorageMode;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryMemoryArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryMigrationArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryMigrationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryOauthClientsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryOutsideKeyArgs = {
  provider: Scalars['String']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryOutsideKeysArgs = {
  shared?: InputMaybe<Scalars['Boolean']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryProjectArgs = {
  by: ProjectBy;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryProjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProjectOrder>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QuerySessionArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QuerySignInsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryStateArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryStorageHealthArgs = {
  mode?: InputMaybe<StorageMode>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryTaskArgs = {
  by?: InputMaybe<TaskBy>;
  id?: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryTaskBoardArgs = {
  projectId: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Everything that can be read.
 *
 * - Errors are in the response's `errors`: what happened and why in `message`, an `ErrorCode` in `extensions.code`, and what to do next in `extensions.hint`.
 * - An id that no record has returns null, and so does one of what the caller may not see. A text that isn't an id, or the id of another kind of record, is an error (`INVALID_INPUT`).
 * - For an optional argument or input field, null means the same as leaving it out, unless its description says otherwise.
 * - The basic terms are explained by `StoredRecord` (record, version, live and deleted), `Project` (store, storage mode, log) and `PageInfo` (cursor).
 */
export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<UserOrder>;
};

/** Secrets that were replaced by `[redacted: RULE]` in texts before they were saved. */
export type Redaction = {
  __typename?: 'Redaction';
  /** How many there are. */
  count: Scalars['Int']['output'];
  /** Name of the rule that found them, such as `github-token`. */
  rule: Scalars['String']['output'];
};

/** Input of `releaseTask`. */
export type ReleaseTaskInput = {
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** Why, for `Task.lastRelease`; at most 1 MB. Left out: that stays. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`. */
  token: Scalars['Int']['input'];
};

/** Result of `releaseTask` when it succeeds. */
export type ReleaseTaskPayload = {
  __typename?: 'ReleaseTaskPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The released task. */
  task: Task;
};

/** Result of `releaseTask`: its payload, or the error that prevented it. */
export type ReleaseTaskResult = ClaimLostError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | ReleaseTaskPayload | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `removeStorageConfig`. */
export type RemoveStorageConfigInput = {
  /** The storage mode. */
  mode: StorageMode;
};

/** Result of `removeStorageConfig` when it succeeds. */
export type RemoveStorageConfigPayload = {
  __typename?: 'RemoveStorageConfigPayload';
  /** The storage mode with the settings in effect afterwards. */
  config: StorageModeConfig;
  /** Environment variables that override saved settings. While they are set, those saved values have no effect. */
  overriddenBy: Array<Scalars['String']['output']>;
};

/** Result of `removeStorageConfig`: its payload, or the error that prevented it. */
export type RemoveStorageConfigResult = ForbiddenError | InvalidInputError | NotFoundError | RemoveStorageConfigPayload | RouteChangedError | StorageInUseError | StoreError;

/** Input of `renewClaim`. */
export type RenewClaimInput = {
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** How long the claim lasts from now, in seconds: 1 to 604,800. Renew it before it expires. */
  leaseSeconds?: InputMaybe<Scalars['Int']['input']>;
  /** Token of the claim. If the claim expired, ended or was replaced, nothing is written and the result is a `ClaimLostError`. */
  token: Scalars['Int']['input'];
};

/** Result of `renewClaim` when it succeeds. */
export type RenewClaimPayload = {
  __typename?: 'RenewClaimPayload';
  /** The task, with the renewed claim. */
  task: Task;
};

/** Result of `renewClaim`: its payload, or the error that prevented it. */
export type RenewClaimResult = ClaimLostError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RenewClaimPayload | RouteChangedError | StoreError;

/** Input of `repairIndex`. */
export type RepairIndexInput = {
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** Result of `repairIndex` when it succeeds. */
export type RepairIndexPayload = {
  __typename?: 'RepairIndexPayload';
  /** Number of index entries added or replaced, because they or their vectors were missing or out of date. */
  added: Scalars['Int']['output'];
  /** Number of index entries removed, because their records are deleted or purged. */
  removed: Scalars['Int']['output'];
  /** Number of memories that are embedded again because embedding had failed. */
  retried: Scalars['Int']['output'];
  /** State of the search index after the repair. */
  searchIndex: SearchIndex;
};

/** Result of `repairIndex`: its payload, or the error that prevented it. */
export type RepairIndexResult = EmbeddingError | ForbiddenError | InvalidInputError | NotFoundError | RepairIndexPayload | RouteChangedError | StoreError;

/** Input of `repairStorage`. */
export type RepairStorageInput = {
  /** The storage mode. */
  mode: StorageMode;
};

/** Result of `repairStorage` when it succeeds. */
export type RepairStoragePayload = {
  __typename?: 'RepairStoragePayload';
  /** Health after the repair. */
  health: StorageHealth;
  /** What was created, each in a few words. */
  repaired: Array<Scalars['String']['output']>;
};

/** Result of `repairStorage`: its payload, or the error that prevented it. */
export type RepairStorageResult = ForbiddenError | InvalidInputError | NotFoundError | RepairStoragePayload | RouteChangedError | StorageModeUnavailableError | StoreError;

/** Input of `requestPurge`. */
export type RequestPurgeInput = {
  /** Id of the project, task, memory, session or state, live or deleted. */
  id: Scalars['ID']['input'];
};

/** A token that confirms one purge, and what the purge would remove. */
export type RequestPurgePayload = {
  __typename?: 'RequestPurgePayload';
  /** What would be removed permanently, as text for a person to decide by. */
  consequence: Scalars['String']['output'];
  /** When the token expires, ten minutes after the request. */
  expiresAt: Scalars['DateTime']['output'];
  /** The record. */
  record: Node;
  /** Confirms the purge of this record at its current version. */
  token: Scalars['String']['output'];
};

/** Result of `requestPurge`: its payload, or the error that prevented it. */
export type RequestPurgeResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RequestPurgePayload | RouteChangedError | StoreError;

/** Input of `resetPassword`. */
export type ResetPasswordInput = {
  /** Id of the user. */
  userId: Scalars['ID']['input'];
};

/** Result of `resetPassword` when it succeeds. */
export type ResetPasswordPayload = {
  __typename?: 'ResetPasswordPayload';
  /** Whether the server has sent it to the user’s email. */
  isMailed: Scalars['Boolean']['output'];
  /** The link. It is shown this one time. */
  link: SignInLink;
  /** The user. */
  user: User;
};

/** Result of `resetPassword`: its payload, or the error that prevented it. */
export type ResetPasswordResult = ForbiddenError | InvalidInputError | NotFoundError | ResetPasswordPayload | RouteChangedError | StoreError;

/** Input of `restoreMemory`. */
export type RestoreMemoryInput = {
  /** Id of the memory. A live one is returned unchanged. */
  id: Scalars['ID']['input'];
};

/** Result of `restoreMemory` when it succeeds. */
export type RestoreMemoryPayload = {
  __typename?: 'RestoreMemoryPayload';
  /** The restored memory. */
  memory: Memory;
};

/** Result of `restoreMemory`: its payload, or the error that prevented it. */
export type RestoreMemoryResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RestoreMemoryPayload | RouteChangedError | StoreError;

/** Input of `restoreProject`. */
export type RestoreProjectInput = {
  /** Id of the project. A live one is returned unchanged. */
  id: Scalars['ID']['input'];
};

/** Result of `restoreProject` when it succeeds. */
export type RestoreProjectPayload = {
  __typename?: 'RestoreProjectPayload';
  /** The restored project. */
  project: Project;
};

/** Result of `restoreProject`: its payload, or the error that prevented it. */
export type RestoreProjectResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RestoreProjectPayload | RouteChangedError | StoreError;

/** Input of `restoreSession`. */
export type RestoreSessionInput = {
  /** Id of the session. A live one is returned unchanged. */
  id: Scalars['ID']['input'];
};

/** Result of `restoreSession` when it succeeds. */
export type RestoreSessionPayload = {
  __typename?: 'RestoreSessionPayload';
  /** The restored session. */
  session: Session;
};

/** Result of `restoreSession`: its payload, or the error that prevented it. */
export type RestoreSessionResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RestoreSessionPayload | RouteChangedError | StoreError;

/** Input of `restoreState`. */
export type RestoreStateInput = {
  /** Id of the state. A live one is returned unchanged. */
  id: Scalars['ID']['input'];
};

/** Result of `restoreState` when it succeeds. */
export type RestoreStatePayload = {
  __typename?: 'RestoreStatePayload';
  /** The restored state. */
  state: State;
};

/** Result of `restoreState`: its payload, or the error that prevented it. */
export type RestoreStateResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RestoreStatePayload | RouteChangedError | StoreError;

/** Input of `restoreTask`. */
export type RestoreTaskInput = {
  /** Id of the task. A live one is returned unchanged. */
  id: Scalars['ID']['input'];
};

/** Result of `restoreTask` when it succeeds. */
export type RestoreTaskPayload = {
  __typename?: 'RestoreTaskPayload';
  /** The restored task. */
  task: Task;
};

/** Result of `restoreTask`: its payload, or the error that prevented it. */
export type RestoreTaskResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RestoreTaskPayload | RouteChangedError | StoreError;

/** Input of `restoreUser`. */
export type RestoreUserInput = {
  /** Id of the user. A live one is returned unchanged. */
  id: Scalars['ID']['input'];
  /** Name of the role, such as `MEMBER`, in any case. Left out: the role that they had, which must still exist. */
  role?: InputMaybe<Scalars['String']['input']>;
  /** Id of the role, in place of its name. */
  roleId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of `restoreUser` when it succeeds. */
export type RestoreUserPayload = {
  __typename?: 'RestoreUserPayload';
  /** The restored user. */
  user: User;
};

/** Result of `restoreUser`: its payload, or the error that prevented it. */
export type RestoreUserResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RestoreUserPayload | RouteChangedError | StoreError;

/** Input of `resumeMigration`. */
export type ResumeMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** Result of `resumeMigration` when it succeeds. */
export type ResumeMigrationPayload = {
  __typename?: 'ResumeMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `resumeMigration`: its payload, or the error that prevented it. */
export type ResumeMigrationResult = ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | ResumeMigrationPayload | RouteChangedError | StoreError;

/** Input of `revertRecord`. */
export type RevertRecordInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The version to set the record back to. The log must still have its content: `after` of its entry in `history` is not null. */
  toVersion: Scalars['Int']['input'];
  /** The version that you read. If the record was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `revertRecord` when it succeeds. */
export type RevertRecordPayload = {
  __typename?: 'RevertRecordPayload';
  /** The record, at its new version. */
  record: Node;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `revertRecord`: its payload, or the error that prevented it. */
export type RevertRecordResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RevertRecordPayload | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `revertRequest`. */
export type RevertRequestInput = {
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** The `requestId` of its entries in the log. It may have made at most 10,000 changes. */
  requestId: Scalars['String']['input'];
};

/** Result of `revertRequest` when it succeeds. */
export type RevertRequestPayload = {
  __typename?: 'RevertRequestPayload';
  /** Number of records that were changed; 0 when all that the request wrote is as it was before already, for example because it has been undone. */
  count: Scalars['Int']['output'];
  /** Ids of these records. */
  ids: Array<Scalars['ID']['output']>;
  /** The first 20 of these records, at their new versions. `nodes(ids:)` reads the others. */
  records: Array<Node>;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `revertRequest`: its payload, or the error that prevented it. */
export type RevertRequestResult = AlreadyExistsError | ChangedSinceError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RevertRequestPayload | RouteChangedError | SecretRefusedError | StoreError;

/** Input of `revokeAccess`. */
export type RevokeAccessInput = {
  /** All projects, in place of one. */
  allProjects?: InputMaybe<Scalars['Boolean']['input']>;
  /** Email of the user, in place of the id. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project. Either this or `allProjects`. */
  projectId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the user, role or key. Either this or `email`. */
  subjectId?: InputMaybe<Scalars['ID']['input']>;
};

/** Result of `revokeAccess` when it succeeds. */
export type RevokeAccessPayload = {
  __typename?: 'RevokeAccessPayload';
  /** The grant as it was, at its new version. */
  grant: Grant;
};

/** Result of `revokeAccess`: its payload, or the error that prevented it. */
export type RevokeAccessResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RevokeAccessPayload | RouteChangedError | StoreError;

/** Input of `revokeApiKey`. */
export type RevokeApiKeyInput = {
  /** Id of the key. */
  id: Scalars['ID']['input'];
};

/** Result of `revokeApiKey` when it succeeds. */
export type RevokeApiKeyPayload = {
  __typename?: 'RevokeApiKeyPayload';
  /** The key. One that was revoked before is unchanged. */
  apiKey: ApiKey;
  /** The other keys that this revoked. */
  others: Array<ApiKey>;
};

/** Result of `revokeApiKey`: its payload, or the error that prevented it. */
export type RevokeApiKeyResult = ForbiddenError | InvalidInputError | NotFoundError | RevokeApiKeyPayload | RouteChangedError | StoreError;

/** Input of `revokeConsent`. */
export type RevokeConsentInput = {
  /** Id of the consent, from `oauthClients`. */
  id: Scalars['ID']['input'];
};

/** Result of `revokeConsent` when it succeeds. */
export type RevokeConsentPayload = {
  __typename?: 'RevokeConsentPayload';
  /** Id of the consent that was revoked. */
  revokedId: Scalars['ID']['output'];
};

/** Result of `revokeConsent`: its payload, or the error that prevented it. */
export type RevokeConsentResult = ForbiddenError | InvalidInputError | NotFoundError | RevokeConsentPayload | RouteChangedError | StoreError;

/** What users with this role may do: on the server, and in all projects. Access to single projects is granted with `grantAccess`. Five roles are built in: `OWNER` (everything; it can't be changed, and at least one enabled user always has it), `ADMIN` (the same, but it can be changed), `MEMBER` (creates projects, and works in those that are shared), `VIEWER` (reads all projects) and `OPERATOR` (runs migrations and repairs, and reads no contents). */
export type Role = Node & {
  __typename?: 'Role';
  /** When the role was created. */
  createdAt: Scalars['DateTime']['output'];
  /** What the role is for. */
  description: Scalars['String']['output'];
  /** Level of access to all projects; null for none. */
  everywhere?: Maybe<AccessLevel>;
  /** Id of the role. */
  id: Scalars['ID']['output'];
  /** Whether the role comes with the server: it can't be renamed or deleted. */
  isBuiltIn: Scalars['Boolean']['output'];
  /** Name of the role; unique, whatever its case. */
  name: Scalars['String']['output'];
  /** What the role permits on the server: `projects:create`; `storage:administer` (settings of storage modes, attaching projects, locations of their own); `storage:operate` (health, repairs, usage); `migrations:run`; `users:administer` (users, roles and access); `keys:administer` (keys of others); `audit:read`. */
  permissions: Array<Scalars['String']['output']>;
  /** When the role was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Version of the role: 1 at first, one more with every write. Mutations that change it name the version that you read. */
  version: Scalars['Int']['output'];
};

/** Input of `rollBackMigration`. */
export type RollBackMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** Result of `rollBackMigration` when it succeeds. */
export type RollBackMigrationPayload = {
  __typename?: 'RollBackMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `rollBackMigration`: its payload, or the error that prevented it. */
export type RollBackMigrationResult = ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | RollBackMigrationPayload | RouteChangedError | StoreError;

/** Input of `rotateApiKey`. */
export type RotateApiKeyInput = {
  /** When the new key expires. Left out: as the old one. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Id of the key to replace. */
  id: Scalars['ID']['input'];
  /** Hours for which the old key goes on working, if it doesn't expire before: 0 to 168. Default: 24. */
  overlapHours?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of `rotateApiKey` when it succeeds. */
export type RotateApiKeyPayload = {
  __typename?: 'RotateApiKeyPayload';
  /** The new key. */
  apiKey: ApiKey;
  /** The key itself, `mor_…`, to be sent as `Authorization: Bearer mor_…` or `x-api-key: mor_…`. This is the only time that it is shown: the server keeps a hash of it. */
  secret: Scalars['String']['output'];
};

/** Result of `rotateApiKey`: its payload, or the error that prevented it. */
export type RotateApiKeyResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RotateApiKeyPayload | RouteChangedError | StoreError;

/** Input of `rotateSecrets`. */
export type RotateSecretsInput = {
  /** Change nothing, and only count: with `MOORING_SECRET_KEY`, what still needs `MOORING_SECRET_KEY_PREVIOUS`. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Result of `rotateSecrets` when it succeeds. */
export type RotateSecretsPayload = {
  __typename?: 'RotateSecretsPayload';
  /** Where the key comes from that encrypts them now. */
  keySource: SecretKeySource;
  /** Number of secrets that are still encrypted with an older key. Repeat the call until it is 0. */
  remaining: Scalars['Int']['output'];
  /** Number of secrets that this call encrypted again. */
  resealed: Scalars['Int']['output'];
  /** Names of up to 100 secrets that none of the keys decrypts. They stay as they are, and count as not set: save them again. */
  unreadable: Array<Scalars['String']['output']>;
};

/** Result of `rotateSecrets`: its payload, or the error that prevented it. */
export type RotateSecretsResult = ForbiddenError | InvalidInputError | NotFoundError | RotateSecretsPayload | RouteChangedError | StoreError;

/** The project moved to another store during the request. Nothing was written: repeat the request. */
export type RouteChangedError = Error & {
  __typename?: 'RouteChangedError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** Input of `saveMemories`. */
export type SaveMemoriesInput = {
  /** The memories to save: 1 to 1,000. */
  memories: Array<MemoryInput>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** Result of `saveMemories` when it succeeds. */
export type SaveMemoriesPayload = {
  __typename?: 'SaveMemoriesPayload';
  /** The memories, in the order of the input. */
  memories: Array<Memory>;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `saveMemories`: its payload, or the error that prevented it. */
export type SaveMemoriesResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SaveMemoriesPayload | SecretRefusedError | StoreError;

/** Input of `saveMemory`. */
export type SaveMemoryInput = {
  /** Text of the memory; at most 1 MB of UTF-8. */
  content: Scalars['String']['input'];
  /** The client's own id for the memory: at most 256 characters, unique among the project's memories. If a live memory already has it, that memory is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** What the memory is. Default: `MESSAGE`. */
  kind?: InputMaybe<MemoryKind>;
  /** The client's own data about the memory; at most 256 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said or happened. Default: now. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether contexts prefer it to other memories. Default: false. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** Ids of tasks and memories that the memory refers to: at most 100. Each must be a live one of the same project when it is added. */
  references?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Where the memory comes from. */
  role: MemoryRole;
  /** `Session.key` of the session, not its `id`: any text of at most 500 characters that you choose. If no live session has this key, one is created. Null for none. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** Id of a memory that this one replaces, such as an earlier decision: a live one of the same project. If another live memory supersedes it, the result is an `AlreadyExistsError`. Contexts then leave that one out. Null for none. */
  supersedes?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the task that the memory is about, in the same project. Null for none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the tool call: at most 64 characters, and only with the role `TOOL`. Null for none. */
  toolCallId?: InputMaybe<Scalars['String']['input']>;
  /** Name of the tool: at most 128 characters, and only with the role `TOOL`. Null for none. */
  toolName?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `saveMemory` when it succeeds. */
export type SaveMemoryPayload = {
  __typename?: 'SaveMemoryPayload';
  /** The new memory, or the one that already had its `externalId`. */
  memory: Memory;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `saveMemory`: its payload, or the error that prevented it. */
export type SaveMemoryResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SaveMemoryPayload | SecretRefusedError | StoreError;

/** Input of `saveOutsideKey`. */
export type SaveOutsideKeyInput = {
  /** What it is, in up to 120 characters. Left out, it stays as it was; null removes it. */
  label?: InputMaybe<Scalars['String']['input']>;
  /** Name of the service: 1 to 32 letters, digits, dots, hyphens and underscores, such as `openai`. It is saved in lower case. */
  provider: Scalars['String']['input'];
  /** The key, without surrounding white space. */
  secret: Scalars['String']['input'];
  /** Keep it for all users; takes the permission `keys:administer`. */
  shared?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Result of `saveOutsideKey` when it succeeds. */
export type SaveOutsideKeyPayload = {
  __typename?: 'SaveOutsideKeyPayload';
  /** What is shown of the key. */
  outsideKey: OutsideKey;
};

/** Result of `saveOutsideKey`: its payload, or the error that prevented it. */
export type SaveOutsideKeyResult = ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SaveOutsideKeyPayload | StoreError;

/** Input of `saveState`. */
export type SaveStateInput = {
  /** The client's own id for the state: at most 256 characters, unique among the project's states. If a live state already has it, that state is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. It is checked before `key`, and ignored with `version`. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Name of the state; at most 200 characters, unique among the live states of its owner. */
  key: Scalars['String']['input'];
  /** Set the value whatever it is, and create the state if there is none: versions are not compared, and the last writer wins. Not together with `version` or `externalId`. */
  overwrite?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the live project, task or session that the state belongs to. */
  ownerId: Scalars['ID']['input'];
  /** The new value; at most 1 MB as JSON. Leaving it out saves null, also when the state has a value. */
  value?: InputMaybe<Scalars['JSON']['input']>;
  /** The version that you read, to replace the value of an existing state. If the state was changed since, the result is a `ConflictError`; if the owner has no live state with this key, a `NotFoundError`. Left out, a state is created; if the owner has a live one with this key, the result is an `AlreadyExistsError`. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** Result of `saveState` when it succeeds. */
export type SaveStatePayload = {
  __typename?: 'SaveStatePayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The state, at its current version. */
  state: State;
};

/** Result of `saveState`: its payload, or the error that prevented it. */
export type SaveStateResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SaveStatePayload | SecretRefusedError | StoreError;

/** Input of `saveStorageConfig`. */
export type SaveStorageConfigInput = {
  /** The settings, exactly as they were tested. */
  settings: StorageSettings;
  /** The token that `testStorageConfig` returned for these settings in the last ten minutes. It is no longer valid when settings that were left out have changed since. */
  token: Scalars['String']['input'];
};

/** Result of `saveStorageConfig` when it succeeds. */
export type SaveStorageConfigPayload = {
  __typename?: 'SaveStorageConfigPayload';
  /** The storage mode with the settings in effect afterwards. */
  config: StorageModeConfig;
  /** Environment variables that override saved settings. While they are set, those saved values have no effect. */
  overriddenBy: Array<Scalars['String']['output']>;
};

/** Result of `saveStorageConfig`: its payload, or the error that prevented it. */
export type SaveStorageConfigResult = ConfirmationError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SaveStorageConfigPayload | StorageInUseError | StoreError;

/** Input of `scanSecrets`. */
export type ScanSecretsInput = {
  /** Where an earlier scan of the project ended: its `after`. Default: start from the beginning. */
  after?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** Replace what is found, whatever the policy of the project. Not possible during a migration, nor before it is finalized or rolled back: the other place would keep the secrets. */
  redact?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Result of `scanSecrets` when it succeeds. All counts are of this call alone: add up those of the calls that continue it. */
export type ScanSecretsPayload = {
  __typename?: 'ScanSecretsPayload';
  /** Where the call ended because its time was up: pass it as `after` to continue. Null when the project was searched to its end. */
  after?: Maybe<Scalars['String']['output']>;
  /** The same of entries of the log. */
  entriesLeft: Scalars['Int']['output'];
  /** Number of entries of the log in which what a record was before was redacted. */
  entriesRedacted: Scalars['Int']['output'];
  /** Number of entries of the log that were searched. */
  entriesScanned: Scalars['Int']['output'];
  /** The first 100 findings: of records first, then those of the log alone. */
  findings: Array<SecretFinding>;
  /** Whether there are more than are listed. */
  hasMoreFindings: Scalars['Boolean']['output'];
  /** What still has texts from before they were redacted, why, and what to do; null when they were erased everywhere. */
  problem?: Maybe<Scalars['String']['output']>;
  /** Number of records with secrets that can't be redacted: see `SecretFinding.obstacle`. */
  recordsLeft: Scalars['Int']['output'];
  /** Number of records that were redacted. */
  recordsRedacted: Scalars['Int']['output'];
  /** Number of records that were searched, the project itself and deleted ones included. */
  recordsScanned: Scalars['Int']['output'];
  /** How often each rule found secrets, by its name. */
  rules: Array<SecretRuleCount>;
};

/** Result of `scanSecrets`: its payload, or the error that prevented it. */
export type ScanSecretsResult = ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | ScanSecretsPayload | StoreError;

/** State of a project's search index, compared with its store: `stored` = `searchable` + `pending` + `failed` + `skipped`. */
export type SearchIndex = {
  __typename?: 'SearchIndex';
  /** Number of memories that could not be embedded; they are retried. */
  failed: Scalars['Int']['output'];
  /** Whether the full-text index is being built, for the first time or after damage. */
  isBuilding: Scalars['Boolean']['output'];
  /** Embedding model of the vectors. */
  model: Scalars['String']['output'];
  /** Number of memories that are not embedded yet, or not with all their passages. Short ones are embedded first. */
  pending: Scalars['Int']['output'];
  /** Why memories failed or were skipped. */
  reasons: Array<SearchIndexReason>;
  /** Number of memories that are embedded: vector search finds them. */
  searchable: Scalars['Int']['output'];
  /** Number of memories without anything to embed. */
  skipped: Scalars['Int']['output'];
  /** Number of live memories in the store. */
  stored: Scalars['Int']['output'];
};

/** A reason why memories have no vectors. */
export type SearchIndexReason = {
  __typename?: 'SearchIndexReason';
  /** Number of memories with this reason. */
  count: Scalars['Int']['output'];
  /** The reason. */
  reason: Scalars['String']['output'];
  /** Their state: `FAILED` or `SKIPPED`. */
  state: EmbeddingState;
};

/** How memories are searched. */
export type SearchMode =
  /** By meaning and by words; the two rankings are merged (reciprocal rank fusion). */
  | 'HYBRID'
  /** By words: full-text search. */
  | 'TEXT'
  /** By meaning: the query's vector is compared with those of the memories. Finds a memory once it is embedded. */
  | 'VECTOR';

/** Secrets of one kind in a field of a record. The secrets themselves are never shown. */
export type SecretFinding = {
  __typename?: 'SecretFinding';
  /** Number of such secrets in the field; if only the history has them, the most that it had. */
  count: Scalars['Int']['output'];
  /** Number of entries of the log that have them in what the record was before. A redaction adds one, and redacts it. */
  entries: Scalars['Int']['output'];
  /** Name of the field. */
  field: Scalars['String']['output'];
  /** Whether the record had them when the scan came to it; false when only its history has them. */
  isCurrent: Scalars['Boolean']['output'];
  /** Why they can't be redacted, and what to do instead; null when they can. */
  obstacle?: Maybe<Scalars['String']['output']>;
  /** Id of the record, which may be deleted. */
  recordId: Scalars['ID']['output'];
  /** Name of the rule that found them, such as `github-token`. */
  rule: Scalars['String']['output'];
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

/** A text holds a secret, such as a token or a password, and the policy refuses it (`Project.secrets`, or `MOORING_SECRETS` of the server) or its field can't be redacted: an `externalId`, the `key` of a session or state, a `sessionId`, or the `path` of a project. Nothing was written, and the text is not repeated. */
export type SecretRefusedError = Error & {
  __typename?: 'SecretRefusedError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** Path of the field in the input, such as `tasks.2.title` for the title of the third task. */
  field: Scalars['String']['output'];
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Name of the rule that found the secret, such as `github-token`. */
  rule: Scalars['String']['output'];
};

/** How often a rule found secrets. */
export type SecretRuleCount = {
  __typename?: 'SecretRuleCount';
  /** Number of entries of the log that have such secrets in what a record was before. */
  entries: Scalars['Int']['output'];
  /** Number of records that have such secrets. */
  records: Scalars['Int']['output'];
  /** Name of the rule that found them, such as `github-token`. */
  rule: Scalars['String']['output'];
};

/** Information about this server. */
export type ServerInfo = {
  __typename?: 'ServerInfo';
  /** Address at which browsers find the server (`MOORING_PUBLIC_URL`); null when it isn’t set. */
  publicUrl?: Maybe<Scalars['String']['output']>;
  /** Storage modes that are available on the server now. */
  storageModes: Array<StorageMode>;
  /** Version of the server. */
  version: Scalars['String']['output'];
};

/** A session: one conversation with an agent. `createSession` creates it, or the first memory with a new key as its `sessionId`. */
export type Session = Node & StoredRecord & {
  __typename?: 'Session';
  /** When the session was last active: the later of `startedAt` and the latest `occurredAt` of its memories, where one in the future counts as now. It can be behind by a second, and never goes back when memories are deleted. */
  activeAt: Scalars['DateTime']['output'];
  /** Agent that took part; null when unknown. */
  agent?: Maybe<Scalars['String']['output']>;
  /** When the record was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default). */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** A part of the session's live memories, or of those deleted with it, as a document, earliest `occurredAt` first. `mooring sessions export` writes all parts into a file. */
  export: SessionExport;
  /** The client's own id for the record, set when it is created; null when it has none. Sessions that memories created have none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** History of the record: the entries of its writes in the log, newest first by default. */
  history: LogEntryConnection;
  /** Id of the session. `Memory.sessionId` is not this id but the session's `key`. */
  id: Scalars['ID']['output'];
  /** Key of the session, chosen by the client: the `sessionId` of its memories. Unique among the project's live sessions. */
  key: Scalars['String']['output'];
  /** Latest `occurredAt` of the session's live memories; null when there are none. */
  lastMemoryAt?: Maybe<Scalars['DateTime']['output']>;
  /** Memories whose `sessionId` is the session's key, earliest `occurredAt` first by default. */
  memories: MemoryConnection;
  /** Number of live memories whose `sessionId` is the session's key. */
  memoryCount: Scalars['Int']['output'];
  /** The client's own data about the session. */
  metadata: Scalars['JSONObject']['output'];
  /** Model of the agent; null when unknown. */
  model?: Maybe<Scalars['String']['output']>;
  /** The project that the session belongs to. */
  project: Project;
  /** Provider of the agent; null when unknown. */
  provider?: Maybe<Scalars['String']['output']>;
  /** Secrets that are redacted in the texts of the record: how often `[redacted: RULE]` stands in them, by rule. */
  redactions: Array<Redaction>;
  /** When the session began: when it was created, or the `occurredAt` of the memory that created it. */
  startedAt: Scalars['DateTime']['output'];
  /** The live state with this key that belongs to this record; null when there is none. */
  state?: Maybe<State>;
  /** States that belong to this record, sorted by key. */
  states: StateConnection;
  /** Status, in the client's own words; null when unknown. */
  status?: Maybe<Scalars['String']['output']>;
  /** State of the unfinished answer; null when there is none. Saving a memory with the role `ASSISTANT` clears it, and so do deleting, restoring and reverting the session. The server doesn't notice when a client stops: the value stays until one of these, or an update, changes it. */
  streamingStatus?: Maybe<StreamingStatus>;
  /** Title of the session; null when it has none. A session without one gets the beginning of its first memory with the role `USER` that shows any text, when that is saved: on one line, at most 50 characters, and with `…` when cut. */
  title?: Maybe<Scalars['String']['output']>;
  /** When the record was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** User whose conversation it is, as the client names them; null for none. */
  userId?: Maybe<Scalars['String']['output']>;
  /** Version of the record: 1 at first, one more with every write. An update that changes nothing writes nothing. */
  version: Scalars['Int']['output'];
  /** Workspace that the session took place in; null when unknown. */
  workspace?: Maybe<Scalars['String']['output']>;
};


/** A session: one conversation with an agent. `createSession` creates it, or the first memory with a new key as its `sessionId`. */
export type SessionExportArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  format?: ExportFormat;
};


/** A session: one conversation with an agent. `createSession` creates it, or the first memory with a new key as its `sessionId`. */
export type SessionHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A session: one conversation with an agent. `createSession` creates it, or the first memory with a new key as its `sessionId`. */
export type SessionMemoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MemoryOrder>;
};


/** A session: one conversation with an agent. `createSession` creates it, or the first memory with a new key as its `sessionId`. */
export type SessionStateArgs = {
  key: Scalars['String']['input'];
};


/** A session: one conversation with an agent. `createSession` creates it, or the first memory with a new key as its `sessionId`. */
export type SessionStatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of sessions. */
export type SessionConnection = {
  __typename?: 'SessionConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<SessionEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<Session>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type SessionEdge = {
  __typename?: 'SessionEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Session;
};

/** A part of an exported conversation. The texts of all parts, one after the other, are the document; a conversation of up to 200 messages and about 1 MB is one part. */
export type SessionExport = {
  __typename?: 'SessionExport';
  /** Where this part ends: pass it as `after` to get the next one; null when no part follows. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether another part follows. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Text of this part. */
  text: Scalars['String']['output'];
};

/** Selects the sessions that meet all conditions given. A field that is left out adds no condition. */
export type SessionFilter = {
  /** When the session was last active. */
  activeAt?: InputMaybe<TimeRange>;
  /** Agent that took part. */
  agent?: InputMaybe<Scalars['String']['input']>;
  /** Key of the session. */
  key?: InputMaybe<Scalars['String']['input']>;
  /** Status, in the client's own words. */
  status?: InputMaybe<Scalars['String']['input']>;
  /** State of the unfinished answer; null matches sessions without one. */
  streamingStatus?: InputMaybe<StreamingStatus>;
  /** Text that the title must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** User whose conversation it is; null matches sessions without one. */
  userId?: InputMaybe<Scalars['String']['input']>;
};

/** Sort order of sessions. Those with equal values are sorted by id. */
export type SessionOrder = {
  /** Sort direction. When left out, `DESC`, whatever the list's own default is. */
  direction?: SortDirection;
  /** Field to sort by. */
  field: SessionOrderField;
};

/** Field that sessions can be sorted by. */
export type SessionOrderField =
  /** When the session was last active. */
  | 'LAST_ACTIVE'
  /** When the session began. */
  | 'STARTED_AT';

/** Input of `setPassword`. */
export type SetPasswordInput = {
  /** The password until now; needed if there is one. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** The new password: 12 to 128 characters, and not the email. */
  newPassword: Scalars['String']['input'];
};

/** Result of `setPassword` when it succeeds. */
export type SetPasswordPayload = {
  __typename?: 'SetPasswordPayload';
  /** The user. */
  user: User;
};

/** Result of `setPassword`: its payload, or the error that prevented it. */
export type SetPasswordResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SetPasswordPayload | StoreError;

/** Where the value of a setting comes from. */
export type SettingSource =
  /** The default, because the setting is neither saved nor set by an environment variable. */
  | 'DEFAULT'
  /** An environment variable of the server, or its `.env` file. It overrides a saved value. */
  | 'ENVIRONMENT'
  /** A value saved with `saveStorageConfig`. */
  | 'SAVED';

/** A browser, or another program, in which a user is signed in. */
export type SignIn = Node & {
  __typename?: 'SignIn';
  /** Network address from which they signed in; null when unknown. */
  address?: Maybe<Scalars['String']['output']>;
  /** When they signed in. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends: a week after it was used last, to the day. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id of the sign-in. */
  id: Scalars['ID']['output'];
  /** Whether this request was sent with it. */
  isCurrent: Scalars['Boolean']['output'];
  /** What the browser says that it is; null when it said nothing. */
  userAgent?: Maybe<Scalars['String']['output']>;
  /** Id of the user. */
  userId: Scalars['ID']['output'];
};

/** A page of sign-ins. */
export type SignInConnection = {
  __typename?: 'SignInConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<SignInEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<SignIn>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type SignInEdge = {
  __typename?: 'SignInEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: SignIn;
};

/** A link with which a user sets their password, once. It is shown this one time: give it to the user, and to nobody else. A newer one, another email, disabling the user, and a new password end it. */
export type SignInLink = {
  __typename?: 'SignInLink';
  /** Until when it counts. */
  expiresAt: Scalars['DateTime']['output'];
  /** What it is for. */
  kind: SignInLinkKind;
  /** The link, to be put after the address at which the user reaches the server. */
  path: Scalars['String']['output'];
  /** The whole link; null while the server doesn’t know its own address (`MOORING_PUBLIC_URL`). */
  url?: Maybe<Scalars['String']['output']>;
};

/** What a link to set a password is for. */
export type SignInLinkKind =
  /** For a first password; it counts for 7 days. */
  | 'INVITATION'
  /** For another password, such as after the old one was forgotten; it counts for an hour. */
  | 'RESET';

/** Direction in which a list is sorted. */
export type SortDirection =
  /** Ascending: smallest or oldest first. */
  | 'ASC'
  /** Descending: largest or newest first. */
  | 'DESC';

/** Result of one stage of the work, such as analysis or review. */
export type StageResult = {
  __typename?: 'StageResult';
  /** When the stage ended. */
  at: Scalars['DateTime']['output'];
  /** Output of the stage. */
  output?: Maybe<Scalars['JSON']['output']>;
  /** Name of the stage. */
  stage: Scalars['String']['output'];
  /** How the stage ended, in the client's own words. */
  status: Scalars['String']['output'];
};

/** Result of one stage of the work, such as analysis or review. */
export type StageResultInput = {
  /** When the stage ended. Default: now. */
  at?: InputMaybe<Scalars['DateTime']['input']>;
  /** Output of the stage; at most 256 KB as JSON. */
  output?: InputMaybe<Scalars['JSON']['input']>;
  /** Name of the stage. */
  stage: Scalars['String']['input'];
  /** How the stage ended, in the client's own words. */
  status: Scalars['String']['input'];
};

/** Input of `startMigration`. */
export type StartMigrationInput = {
  /** Cut over to the target as soon as it is verified. If false, wait for `cutOverMigration`, with the target kept up to date. */
  autoCutOver?: InputMaybe<Scalars['Boolean']['input']>;
  /** Number of records to copy at a time: 1 to 1,000. */
  batchSize?: InputMaybe<Scalars['Int']['input']>;
  /** Only run the preflight, whose result is in `Migration.preflight`: check everything, copy nothing, and end. Test data that it writes to the target is removed again. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Folder or database to move the project to: for `FILE` the absolute path of a folder on the server's disk, not used by the server itself or by another project; for `MONGODB` the name of a database on the configured server. Left out: the one in the mode's settings. Must be left out for `LOCAL`. */
  location?: InputMaybe<Scalars['String']['input']>;
  /** What to do when a record can't be copied. */
  onReject?: InputMaybe<OnReject>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** Storage mode to move the project to. */
  to: StorageMode;
};

/** Result of `startMigration` when it succeeds. */
export type StartMigrationPayload = {
  __typename?: 'StartMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `startMigration`: its payload, or the error that prevented it. */
export type StartMigrationResult = ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StartMigrationPayload | StorageModeUnavailableError | StoreError;

/** A named JSON value that belongs to a project, task or session: a timeline, a plan or an agent's checkpoint, for example. It isn't deleted with its owner, but it is purged with it. */
export type State = Node & StoredRecord & {
  __typename?: 'State';
  /** When the record was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default). */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The client's own id for the record, set when it is created; null when it has none. Sessions that memories created have none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** History of the record: the entries of its writes in the log, newest first by default. */
  history: LogEntryConnection;
  /** Id of the state. */
  id: Scalars['ID']['output'];
  /** Name of the state, unique among the live states of its owner. */
  key: Scalars['String']['output'];
  /** The project, task or session that the state belongs to; null when it was purged. */
  owner?: Maybe<Node>;
  /** Id of the project, task or session that the state belongs to. */
  ownerId: Scalars['ID']['output'];
  /** Secrets that are redacted in the texts of the record: how often `[redacted: RULE]` stands in them, by rule. */
  redactions: Array<Redaction>;
  /** When the record was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** The value. */
  value?: Maybe<Scalars['JSON']['output']>;
  /** Version of the record: 1 at first, one more with every write. An update that changes nothing writes nothing. */
  version: Scalars['Int']['output'];
};


/** A named JSON value that belongs to a project, task or session: a timeline, a plan or an agent's checkpoint, for example. It isn't deleted with its owner, but it is purged with it. */
export type StateHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of states. */
export type StateConnection = {
  __typename?: 'StateConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<StateEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<State>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type StateEdge = {
  __typename?: 'StateEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: State;
};

/** Selects the states that meet all conditions given. A field that is left out adds no condition. */
export type StateFilter = {
  /** Key of the state. */
  key?: InputMaybe<Scalars['String']['input']>;
  /** Project, task or session that the state belongs to. */
  ownerId?: InputMaybe<Scalars['ID']['input']>;
};

/** A step in testing settings, and its outcome. */
export type StorageCheck = {
  __typename?: 'StorageCheck';
  /** What to do next; null when there is nothing to do. */
  hint?: Maybe<Scalars['String']['output']>;
  /** What was found. */
  message: Scalars['String']['output'];
  /** Duration of the check, in milliseconds. */
  ms: Scalars['Float']['output'];
  /** What was checked. */
  name: StorageCheckName;
  /** Outcome of the check. */
  outcome: StorageCheckOutcome;
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

/** A collection of records in the storage of a mode. */
export type StorageCollection = {
  __typename?: 'StorageCollection';
  /** Number of records of all projects at `StorageHealth.place`, deleted ones included; for `MONGODB` an estimate. */
  count: Scalars['Int']['output'];
  /** Name of the collection. */
  name: Scalars['String']['output'];
};

/** Storage configuration of this server. */
export type StorageConfig = {
  __typename?: 'StorageConfig';
  /** All storage modes. */
  modes: Array<StorageModeConfig>;
};

/** The embedder of a storage mode, which turns texts into vectors. */
export type StorageEmbedder = {
  __typename?: 'StorageEmbedder';
  /** Number of dimensions of a vector. */
  dimensions: Scalars['Int']['output'];
  /** Name of the embedding model. */
  model: Scalars['String']['output'];
  /** A limitation, such as a missing API key; null when there is none. */
  note?: Maybe<Scalars['String']['output']>;
};

/** An error, and when it occurred. */
export type StorageFailure = {
  __typename?: 'StorageFailure';
  /** When it happened. */
  at: Scalars['DateTime']['output'];
  /** What happened. */
  message: Scalars['String']['output'];
};

/** Health of the storage of a mode, as just checked. */
export type StorageHealth = {
  __typename?: 'StorageHealth';
  /** The collections, with their sizes. */
  collections: Array<StorageCollection>;
  /** Indexes that exist, as `collection.index`. */
  indexes: Array<Scalars['String']['output']>;
  /** Whether the folder or the database can be reached; false when the mode is not configured. */
  isReachable: Scalars['Boolean']['output'];
  /** Last error of the connection to MongoDB or Chroma since the server started or the settings changed, even if it works again; null when there was none. */
  lastError?: Maybe<StorageFailure>;
  /** Duration of one small access to the folder or the database, in milliseconds; null when it failed. */
  latencyMs?: Maybe<Scalars['Float']['output']>;
  /** Indexes that are missing, as `collection.index`. `repairStorage` creates them. */
  missingIndexes: Array<Scalars['String']['output']>;
  /** The storage mode. */
  mode: StorageMode;
  /** Whether nothing was found that prevents using projects or embedding memories. For `MONGODB`, writing isn't tried, and `problems` may still name missing indexes. */
  ok: Scalars['Boolean']['output'];
  /** Where projects without a location of their own are stored: for `LOCAL` and `FILE` the path of a folder, for `MONGODB` `host[,host]/database`; empty when the mode isn't configured. */
  place: Scalars['String']['output'];
  /** The connection pool; null except for `MONGODB`. */
  pool?: Maybe<StoragePool>;
  /** Problems that were found, such as projects that could not be opened in the last minute, damaged files, and why memories are not embedded yet; empty when there are none. */
  problems: Array<Scalars['String']['output']>;
};

/** Projects, or a migration, depend on the storage settings. Nothing was changed. */
export type StorageInUseError = Error & {
  __typename?: 'StorageInUseError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Ids of these projects, deleted ones included; at most 100. */
  projectIds: Array<Scalars['ID']['output']>;
};

/** Where a project's data is stored. */
export type StorageMode =
  /** In a folder on the server's disk: plain JSON files, one per record. */
  | 'FILE'
  /** On the server's disk, in the data directory: one SQLite database per project. Needs no other service. */
  | 'LOCAL'
  /** In a MongoDB database, on a replica set or a sharded cluster. */
  | 'MONGODB';

/** A storage mode: its parts on this server, and its settings. */
export type StorageModeConfig = {
  __typename?: 'StorageModeConfig';
  /** Whether the mode is configured and its settings are usable. Whether its storage works is in `storageHealth`. */
  available: Scalars['Boolean']['output'];
  /** What embeds the texts of projects in this mode. */
  embedder: StorageEmbedder;
  /** How to fix the problem described in `reason`; null when nothing is wrong. */
  hint?: Maybe<Scalars['String']['output']>;
  /** The storage mode. */
  mode: StorageMode;
  /** Environment variables that override saved settings. While they are set, those saved values have no effect. */
  overriddenBy: Array<Scalars['String']['output']>;
  /** Where projects without a location of their own are stored: for `LOCAL` and `FILE` the path of a folder, for `MONGODB` `host[,host]/database`; null when the mode isn't configured. */
  place?: Maybe<Scalars['String']['output']>;
  /** What is wrong with the mode or its settings; null when nothing is. */
  reason?: Maybe<Scalars['String']['output']>;
  /** When settings of the mode were last saved; null when none are saved. */
  savedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Secrets of the mode, and whether they are set. */
  secrets: Array<StorageSecret>;
  /** Settings of the mode, without secrets. */
  settings: Array<StorageSetting>;
  /** Where the value of the mode's main setting comes from: the connection string of `MONGODB`, the folder of `FILE`, or the Chroma URL of `LOCAL`. */
  source: SettingSource;
  /** What runs vector search for projects in this mode. */
  vectorSearch: VectorSearchKind;
  /** Whether an API key of Voyage AI is set for this mode. */
  voyageConfigured: Scalars['Boolean']['output'];
};

/** The storage mode isn't available on this server. */
export type StorageModeUnavailableError = Error & {
  __typename?: 'StorageModeUnavailableError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** The pool of connections to a database server. */
export type StoragePool = {
  __typename?: 'StoragePool';
  /** Number of open connections that are not in use. */
  idle: Scalars['Int']['output'];
  /** Number of connections in use. */
  inUse: Scalars['Int']['output'];
  /** Maximum number of connections (`MONGODB_MAX_POOL_SIZE`). */
  max: Scalars['Int']['output'];
};

/** A setting that is a secret, such as an API key. Of its value, at most the last four characters (`ending`) are shown. */
export type StorageSecret = {
  __typename?: 'StorageSecret';
  /** Last four characters, to recognize the secret by; empty when it is not set, or shorter than 12 characters. */
  ending: Scalars['String']['output'];
  /** Whether the secret is set, even if the server's key can't decrypt it. */
  isSet: Scalars['Boolean']['output'];
  /** Name of the setting. */
  name: Scalars['String']['output'];
  /** Where the value comes from. */
  source: SettingSource;
  /** Environment variable that sets the value; null when none does. */
  variable?: Maybe<Scalars['String']['output']>;
};

/** A setting that is not a secret, with the value in effect. */
export type StorageSetting = {
  __typename?: 'StorageSetting';
  /** Name of the setting. */
  name: Scalars['String']['output'];
  /** Where the value comes from. */
  source: SettingSource;
  /** Value in effect, a list joined with commas, a URL without user, password and query; null when there is none. */
  value?: Maybe<Scalars['String']['output']>;
  /** Environment variable that sets the value; null when none does. */
  variable?: Maybe<Scalars['String']['output']>;
};

/** Settings of one storage mode: exactly one field must be set, and not to null. An empty object stands for the current settings of the mode. */
export type StorageSettings =
  /** Settings of `FILE`. */
  { file: FileSettings; local?: never; mongodb?: never; }
  |  /** Settings of `LOCAL`. */
  { file?: never; local: LocalSettings; mongodb?: never; }
  |  /** Settings of `MONGODB`. */
  { file?: never; local?: never; mongodb: MongodbSettings; };

/** The project's store failed; the code is one of `STORE_…`, or `RECORD_TOO_LARGE`. Nothing was written, unless the message says otherwise. */
export type StoreError = Error & {
  __typename?: 'StoreError';
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/**
 * A record: a project, task, memory, session or state. It has versions and a history.
 *
 * - Every write creates its next version. An update, a delete, a purge and a revert name the version that you read, so that no change is overwritten unseen (`ConflictError`). These take none: upserts, deletions by a filter, the mutations that handle claims, and `saveState` with `overwrite`.
 * - A deleted record is kept, but hidden: lists leave it out by default, searches never find it, and it can't be updated. It can be restored until it is purged, that is, removed permanently by a `purge…` mutation or, after the retention period, by the server. A record that isn't deleted is live.
 */
export type StoredRecord = {
  /** When the record was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default). */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The client's own id for the record, set when it is created; null when it has none. Sessions that memories created have none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** History of the record: the entries of its writes in the log, newest first by default. */
  history: LogEntryConnection;
  /** Id of the object. It never changes and is never reused. Its prefix names the kind of record, such as `tsk_`; its last 8 characters are the same in all ids of a project. */
  id: Scalars['ID']['output'];
  /** Secrets that are redacted in the texts of the record: how often `[redacted: RULE]` stands in them, by rule. */
  redactions: Array<Redaction>;
  /** When the record was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Version of the record: 1 at first, one more with every write. An update that changes nothing writes nothing. */
  version: Scalars['Int']['output'];
};


/**
 * A record: a project, task, memory, session or state. It has versions and a history.
 *
 * - Every write creates its next version. An update, a delete, a purge and a revert name the version that you read, so that no change is overwritten unseen (`ConflictError`). These take none: upserts, deletions by a filter, the mutations that handle claims, and `saveState` with `overwrite`.
 * - A deleted record is kept, but hidden: lists leave it out by default, searches never find it, and it can't be updated. It can be restored until it is purged, that is, removed permanently by a `purge…` mutation or, after the retention period, by the server. A record that isn't deleted is live.
 */
export type StoredRecordHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** State of the unfinished answer in a session. Clients set it; saving a memory with the role `ASSISTANT` clears it. */
export type StreamingStatus =
  /** An answer was interrupted, and has to be resumed. */
  | 'PENDING'
  /** An answer is being produced. */
  | 'STREAMING';

/**
 * Streams of live events, over server-sent events or WebSocket. Every event has a `cursor`, which stands for the position after it.
 *
 * - To resume after a disconnect, subscribe again with the last cursor received as `after`: the events since then come first, then live ones.
 * - A stream that can't continue ends with an error in `errors`. After `CURSOR_EXPIRED`, or after `INVALID_CURSOR` (the data was restored to an older state that lacks the last change delivered), query the current cursor (`Project.cursor`, `projectListCursor`), read the lists again, and subscribe with that cursor; to `migrationProgress`, subscribe without one. After any other error, do what its `hint` says, then resume with the last cursor.
 */
export type Subscription = {
  __typename?: 'Subscription';
  /** Progress of a migration. The stream starts with the current progress or, with a cursor, with what was missed since (at least the last event of each phase). It continues live, with at most ten events per second, and completes when the migration is over (`Migration.isOver`). It stays open in phase `MOVED`. */
  migrationProgress: MigrationProgress;
  /** Changes to the tasks, memories, sessions and states of a project, in the order of its log. The stream continues when the project moves to another store. When the project is deleted or purged, that is the last event, and the stream completes; after a restore, the cursor of that event resumes it. */
  projectChanges: ProjectChange;
  /** Changes to the list of projects, as far as the caller sees them, in the order of its log. */
  projectListChanges: ProjectListChange;
};


/**
 * Streams of live events, over server-sent events or WebSocket. Every event has a `cursor`, which stands for the position after it.
 *
 * - To resume after a disconnect, subscribe again with the last cursor received as `after`: the events since then come first, then live ones.
 * - A stream that can't continue ends with an error in `errors`. After `CURSOR_EXPIRED`, or after `INVALID_CURSOR` (the data was restored to an older state that lacks the last change delivered), query the current cursor (`Project.cursor`, `projectListCursor`), read the lists again, and subscribe with that cursor; to `migrationProgress`, subscribe without one. After any other error, do what its `hint` says, then resume with the last cursor.
 */
export type SubscriptionMigrationProgressArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
};


/**
 * Streams of live events, over server-sent events or WebSocket. Every event has a `cursor`, which stands for the position after it.
 *
 * - To resume after a disconnect, subscribe again with the last cursor received as `after`: the events since then come first, then live ones.
 * - A stream that can't continue ends with an error in `errors`. After `CURSOR_EXPIRED`, or after `INVALID_CURSOR` (the data was restored to an older state that lacks the last change delivered), query the current cursor (`Project.cursor`, `projectListCursor`), read the lists again, and subscribe with that cursor; to `migrationProgress`, subscribe without one. After any other error, do what its `hint` says, then resume with the last cursor.
 */
export type SubscriptionProjectChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  projectId: Scalars['ID']['input'];
};


/**
 * Streams of live events, over server-sent events or WebSocket. Every event has a `cursor`, which stands for the position after it.
 *
 * - To resume after a disconnect, subscribe again with the last cursor received as `after`: the events since then come first, then live ones.
 * - A stream that can't continue ends with an error in `errors`. After `CURSOR_EXPIRED`, or after `INVALID_CURSOR` (the data was restored to an older state that lacks the last change delivered), query the current cursor (`Project.cursor`, `projectListCursor`), read the lists again, and subscribe with that cursor; to `migrationProgress`, subscribe without one. After any other error, do what its `hint` says, then resume with the last cursor.
 */
export type SubscriptionProjectListChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A task: a piece of work in a project. */
export type Task = Node & StoredRecord & {
  __typename?: 'Task';
  /** Result of analyzing the task; null when there is none. */
  analysis?: Maybe<Scalars['String']['output']>;
  /** Agent that the task is assigned to; null when unassigned. */
  assignedAgent?: Maybe<Scalars['String']['output']>;
  /** The tasks of `dependsOn` that are live and not `DONE`. */
  blockedBy: Array<Task>;
  /** The live tasks that depend on this one, in the order of their ids; empty when this one is deleted or `DONE`. */
  blocks: TaskConnection;
  /** The last claim on the task, expired or not (`isExpired`); null when there is none. The status `DONE` or `BLOCKED` ends it, and so does releasing, deleting or reverting the task. */
  claim?: Maybe<Claim>;
  /** When the status became `DONE`; null in any other status. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the record was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When the record was deleted; null while it is live. The server purges deleted records after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default). */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Ids of the tasks to do before this one. Only `claimTask` enforces the order; `updateTask` doesn't. They may have been deleted or purged since. */
  dependsOn: Array<Scalars['ID']['output']>;
  /** Full description of the task. */
  description: Scalars['String']['output'];
  /** Estimated effort, in hours; null when unknown. */
  estimatedHours?: Maybe<Scalars['Float']['output']>;
  /** The client's own id for the record, set when it is created; null when it has none. Sessions that memories created have none. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Git branch for this task; null when there is none. */
  gitBranch?: Maybe<Scalars['String']['output']>;
  /** Short name of the task, to say and to type: 7 letters and digits of its id, the same for ever. In practice unique among the tasks of the project. */
  handle: Scalars['String']['output'];
  /** History of the record: the entries of its writes in the log, newest first by default. */
  history: LogEntryConnection;
  /** Id of the task. */
  id: Scalars['ID']['output'];
  /** The last time that an agent gave the task back with a reason; null when none did. */
  lastRelease?: Maybe<TaskRelease>;
  /** Memories about the task, earliest `occurredAt` first by default. */
  memories: MemoryConnection;
  /** The parent, deleted or not; null when there is none, or it was purged. */
  parent?: Maybe<Task>;
  /** Id of the parent: the task that this one is a part of. Null when there is none. */
  parentId?: Maybe<Scalars['ID']['output']>;
  /** How urgent the task is. */
  priority: TaskPriority;
  /** How many of its live subtasks are done; null when it has none. */
  progress?: Maybe<TaskProgress>;
  /** The project that the task belongs to. */
  project: Project;
  /** Secrets that are redacted in the texts of the record: how often `[redacted: RULE]` stands in them, by rule. */
  redactions: Array<Redaction>;
  /** The live memories that have the task in their `references`, oldest first. */
  referencedBy: MemoryConnection;
  /** What was achieved; null when it is not said. */
  result?: Maybe<Scalars['String']['output']>;
  /** Results of the stages, in order. */
  stageResults: Array<StageResult>;
  /** The live state with this key that belongs to this record; null when there is none. */
  state?: Maybe<State>;
  /** States that belong to this record, sorted by key. */
  states: StateConnection;
  /** Status of the task. */
  status: TaskStatus;
  /** The tasks whose `parentId` is this task, oldest first by default. */
  subtasks: TaskConnection;
  /** Links to where the work can be tested. */
  testingUrls: Array<TestingUrl>;
  /** Short summary of the task. */
  title: Scalars['String']['output'];
  /** Kind of work. */
  type: TaskType;
  /** When the record was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Version of the record: 1 at first, one more with every write. An update that changes nothing writes nothing. */
  version: Scalars['Int']['output'];
  /** Path of the Git worktree for this task; null when there is none. */
  worktreePath?: Maybe<Scalars['String']['output']>;
};


/** A task: a piece of work in a project. */
export type TaskBlocksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A task: a piece of work in a project. */
export type TaskHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A task: a piece of work in a project. */
export type TaskMemoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MemoryOrder>;
};


/** A task: a piece of work in a project. */
export type TaskReferencedByArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A task: a piece of work in a project. */
export type TaskStateArgs = {
  key: Scalars['String']['input'];
};


/** A task: a piece of work in a project. */
export type TaskStatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A task: a piece of work in a project. */
export type TaskSubtasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};

/** A project's live tasks in numbers. */
export type TaskBoard = {
  __typename?: 'TaskBoard';
  /** Number of tasks that are not `DONE` and have a `blockedBy` that is not empty, whatever else their status is. */
  blocked: Scalars['Int']['output'];
  /** Agents that have tasks assigned or claimed, by name. */
  byAgent: Array<AgentTaskCount>;
  /** Number of tasks by status, for every status. */
  byStatus: Array<TaskStatusCount>;
  /** Number of claims that have not expired. */
  claimed: Scalars['Int']['output'];
  /** Number of claims that have expired: their agents were too slow, or died. Their tasks can be in `ready`, too. */
  overdue: Scalars['Int']['output'];
  /** Number of `Project.readyTasks`, without `agent`. */
  ready: Scalars['Int']['output'];
};

/** Identifies a live task by its handle. */
export type TaskBy = {
  /** The `Task.handle`; case and hyphens are ignored. */
  handle: Scalars['String']['input'];
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** A page of tasks. */
export type TaskConnection = {
  __typename?: 'TaskConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<TaskEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<Task>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type TaskEdge = {
  __typename?: 'TaskEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Task;
};

/** Selects the tasks that meet all conditions given. A field that is left out adds no condition. */
export type TaskFilter = {
  /** Agent that the task is assigned to; null matches unassigned tasks. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** When the task was created. */
  createdAt?: InputMaybe<TimeRange>;
  /** Id of the parent; null matches tasks without one. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  priorities?: InputMaybe<Array<TaskPriority>>;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  statuses?: InputMaybe<Array<TaskStatus>>;
  /** Text that the title or the description must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** Matches any of these values; at most 100. An empty list matches nothing. */
  types?: InputMaybe<Array<TaskType>>;
};

/** A task found by a search. */
export type TaskHit = {
  __typename?: 'TaskHit';
  /** The task. */
  node: Task;
  /** Relevance, 0 to 1, higher is better. Comparable only with the other hits of the same search. */
  score: Scalars['Float']['output'];
};

/** A task to create. */
export type TaskInput = {
  /** Result of analyzing the task; at most 1 MB. Null for none. */
  analysis?: InputMaybe<Scalars['String']['input']>;
  /** Agent to assign the task to. Null for none. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the tasks to do before this one: at most 100. Only `claimTask` enforces the order. Each must be a live task of the same project when it is added, and must not depend on this one, directly or through other tasks. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Full description of the task; at most 1 MB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Estimated effort, in hours, 0 or more. Null for unknown. */
  estimatedHours?: InputMaybe<Scalars['Float']['input']>;
  /** The client's own id for the task: at most 256 characters, unique among the project's tasks. If a live task already has it, that task is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Git branch for this task. Null for none. */
  gitBranch?: InputMaybe<Scalars['String']['input']>;
  /** Id of the parent: a live task of the same project, neither this one nor below it. Open subtasks don't block their parent. Null for none. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** How urgent the task is. Default: `MEDIUM`. */
  priority?: InputMaybe<TaskPriority>;
  /** What was achieved; at most 1 MB. Null for none. */
  result?: InputMaybe<Scalars['String']['input']>;
  /** Results of the stages, in order; at most 100, and at most 1 MB in total as JSON. */
  stageResults?: InputMaybe<Array<StageResultInput>>;
  /** Status of the task. `DONE` sets `completedAt`; any other status clears it. `DONE` and `BLOCKED` end a claim. Default: `BACKLOG`. */
  status?: InputMaybe<TaskStatus>;
  /** Links to where the work can be tested; at most 100. */
  testingUrls?: InputMaybe<Array<TestingUrlInput>>;
  /** Short summary of the task; at most 500 characters. */
  title: Scalars['String']['input'];
  /** Kind of work. Default: `FEATURE`. */
  type?: InputMaybe<TaskType>;
  /** Path of the Git worktree for this task. Null for none. */
  worktreePath?: InputMaybe<Scalars['String']['input']>;
};

/** The task can't be claimed now: it is done or blocked, waits for other tasks, or another agent holds it. */
export type TaskNotReadyError = Error & {
  __typename?: 'TaskNotReadyError';
  /** Ids of the tasks that must be done first; empty when the reason is another. */
  blockedBy: Array<Scalars['ID']['output']>;
  /** Stable code of the error, for programs to act on. */
  code: ErrorCode;
  /** Agent that holds the task; null when none does. */
  heldBy?: Maybe<Scalars['String']['output']>;
  /** When that claim expires; null when no agent holds the task. */
  heldUntil?: Maybe<Scalars['DateTime']['output']>;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Id of the task. */
  recordId: Scalars['ID']['output'];
};

/** Sort order of tasks. Those with equal values are sorted by id. */
export type TaskOrder = {
  /** Sort direction. When left out, `DESC`, whatever the list's own default is. */
  direction?: SortDirection;
  /** Field to sort by. */
  field: TaskOrderField;
};

/** Field that tasks can be sorted by. */
export type TaskOrderField =
  /** When the task was created. */
  | 'CREATED_AT'
  /** When the task was last written. */
  | 'UPDATED_AT';

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

/** How many subtasks of a task are done. Subtasks of subtasks are not counted. */
export type TaskProgress = {
  __typename?: 'TaskProgress';
  /** Number of live subtasks that are `DONE`. */
  done: Scalars['Int']['output'];
  /** Number of live subtasks. */
  total: Scalars['Int']['output'];
};

/** When and why an agent gave a task back. */
export type TaskRelease = {
  __typename?: 'TaskRelease';
  /** The agent that held the task. */
  agent: Scalars['String']['output'];
  /** When it gave the task back. */
  at: Scalars['DateTime']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
};

/** Result of a search for tasks. */
export type TaskSearch = {
  __typename?: 'TaskSearch';
  /** The hits, best first. */
  hits: Array<TaskHit>;
};

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

/** How many tasks have a status. */
export type TaskStatusCount = {
  __typename?: 'TaskStatusCount';
  /** Number of live tasks with it. */
  count: Scalars['Int']['output'];
  /** The status. */
  status: TaskStatus;
};

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

/** Result of `testStorageConfig` when it succeeds. */
export type TestStorageConfigPayload = {
  __typename?: 'TestStorageConfigPayload';
  /** The checks, in the order in which they ran. */
  checks: Array<StorageCheck>;
  /** When the token expires, ten minutes after the test; null without a token. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether the settings passed: no check has `FAILED`. */
  passed: Scalars['Boolean']['output'];
  /** Ids of projects that saving these settings would make unavailable, because they are stored where only the current settings point; deleted ones included, at most 100. Their data is neither moved nor removed: they can be opened again when the settings point there again. */
  projectIds: Array<Scalars['ID']['output']>;
  /** Token with which `saveStorageConfig` saves exactly these settings, also those that were left out; null when a check failed. */
  token?: Maybe<Scalars['String']['output']>;
};

/** Result of `testStorageConfig`: its payload, or the error that prevented it. */
export type TestStorageConfigResult = ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | StoreError | TestStorageConfigPayload;

/** A link to where the work can be tested. */
export type TestingUrl = {
  __typename?: 'TestingUrl';
  /** Label of the link. */
  label: Scalars['String']['output'];
  /** The URL. */
  url: Scalars['String']['output'];
};

/** A link to where the work can be tested. */
export type TestingUrlInput = {
  /** Label of the link. */
  label: Scalars['String']['input'];
  /** The URL, with `http` or `https`. */
  url: Scalars['String']['input'];
};

/** A range of time. A bound that is left out sets no limit. */
export type TimeRange = {
  /** Start of the range, inclusive. */
  after?: InputMaybe<Scalars['DateTime']['input']>;
  /** End of the range, exclusive. */
  before?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Input of `updateApiKey`. */
export type UpdateApiKeyInput = {
  /** Id of the key. */
  id: Scalars['ID']['input'];
  /** Name of the key, such as that of the machine that uses it; at most 120 characters. */
  name: Scalars['String']['input'];
  /** The version that you read. If the key was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `updateApiKey` when it succeeds. */
export type UpdateApiKeyPayload = {
  __typename?: 'UpdateApiKeyPayload';
  /** The key. */
  apiKey: ApiKey;
};

/** Result of `updateApiKey`: its payload, or the error that prevented it. */
export type UpdateApiKeyResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateApiKeyPayload;

/** Input of `updateMemory`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateMemoryInput = {
  /** Text of the memory; at most 1 MB of UTF-8. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** Id of the memory. */
  id: Scalars['ID']['input'];
  /** What the memory is. */
  kind?: InputMaybe<MemoryKind>;
  /** The client's own data about the memory; at most 256 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said or happened. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether contexts prefer it to other memories. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Ids of tasks and memories that the memory refers to: at most 100. Each must be a live one of the same project when it is added. */
  references?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Where the memory comes from. A role other than `TOOL` clears `toolName` and `toolCallId`. */
  role?: InputMaybe<MemoryRole>;
  /** `Session.key` of the session, not its `id`: any text of at most 500 characters that you choose. If no live session has this key, one is created. Null for none. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** Id of a memory that this one replaces, such as an earlier decision: a live one of the same project. If another live memory supersedes it, the result is an `AlreadyExistsError`. Contexts then leave that one out. Null for none. */
  supersedes?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the task that the memory is about, in the same project. Null for none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the tool call: at most 64 characters, and only with the role `TOOL`. Null for none. */
  toolCallId?: InputMaybe<Scalars['String']['input']>;
  /** Name of the tool: at most 128 characters, and only with the role `TOOL`. Null for none. */
  toolName?: InputMaybe<Scalars['String']['input']>;
  /** The version that you read. If the memory was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `updateMemory` when it succeeds. */
export type UpdateMemoryPayload = {
  __typename?: 'UpdateMemoryPayload';
  /** The memory. */
  memory: Memory;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `updateMemory`: its payload, or the error that prevented it. */
export type UpdateMemoryResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateMemoryPayload;

/** Input of `updateProfile`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateProfileInput = {
  /** The password; needed for another email by who has one. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** Email of the user: at most 320 characters, kept in lower case, unique among live users. Null or empty for none: then they don't sign in with a password. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Web address of a picture. Null for none. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** Name of the user; at most 120 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Settings of the user, free for clients to use; at most 256 KB as JSON. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
};

/** Result of `updateProfile` when it succeeds. */
export type UpdateProfilePayload = {
  __typename?: 'UpdateProfilePayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The user. */
  user: User;
};

/** Result of `updateProfile`: its payload, or the error that prevented it. */
export type UpdateProfileResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateProfilePayload;

/** Input of `updateProject`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateProjectInput = {
  /** What to keep of agents' conversations. Null for undecided: `MESSAGES` for agents that were set up to capture, `OFF` for all others. */
  capture?: InputMaybe<Capture>;
  /** Most characters to keep of a tool's output with `capture: ALL`: 0 to 20,000. */
  captureToolCharacters?: InputMaybe<Scalars['Int']['input']>;
  /** Instructions that agents should read before they start; at most 1 MB. */
  customInstructions?: InputMaybe<Scalars['String']['input']>;
  /** Description of the project; at most 1 MB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Repository, as `owner/name` or a URL. Null for none. */
  githubRepo?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project. */
  id: Scalars['ID']['input'];
  /** Whether the project is being worked on. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** What the project is used for. */
  mode?: InputMaybe<ProjectMode>;
  /** Name of the project; at most 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Id of the user who is to own the project, and gets MANAGE access to it. Takes `users:administer`. Access that the last owner was granted stays. Null for none. */
  ownerId?: InputMaybe<Scalars['ID']['input']>;
  /** Absolute path of the working directory. No two live projects can have the same folder, however its path is spelled. Null for none. */
  path?: InputMaybe<Scalars['String']['input']>;
  /** What to do about secrets in texts that are saved, those of this mutation included. Null for the server's policy, `MOORING_SECRETS`. */
  secrets?: InputMaybe<SecretPolicy>;
  /** Settings, free for clients to use; at most 256 KB as JSON. The whole object is replaced: include `fileStorePath` or `mongodbDatabase`, unchanged, if the project has it. To move the project, use `startMigration`. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The current storage mode, or left out; any other is rejected. To move a project, use `startMigration`. */
  storageMode?: InputMaybe<StorageMode>;
  /** Languages, frameworks and tools that the project uses: at most 100, of at most 100 characters each. */
  techStack?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The version that you read. If the project was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `updateProject` when it succeeds. */
export type UpdateProjectPayload = {
  __typename?: 'UpdateProjectPayload';
  /** The project. */
  project: Project;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `updateProject`: its payload, or the error that prevented it. */
export type UpdateProjectResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateProjectPayload;

/** Input of `updateRole`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateRoleInput = {
  /** What the role is for; at most 4 KB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Level of access to all projects. Null for none. */
  everywhere?: InputMaybe<AccessLevel>;
  /** Id of the role. */
  id: Scalars['ID']['input'];
  /** Name of the role: at most 120 characters, unique whatever its case. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** What the role permits on the server: `projects:create`; `storage:administer` (settings of storage modes, attaching projects, locations of their own); `storage:operate` (health, repairs, usage); `migrations:run`; `users:administer` (users, roles and access); `keys:administer` (keys of others); `audit:read`. */
  permissions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The version that you read. If the role was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `updateRole` when it succeeds. */
export type UpdateRolePayload = {
  __typename?: 'UpdateRolePayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The role. */
  role: Role;
};

/** Result of `updateRole`: its payload, or the error that prevented it. */
export type UpdateRoleResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateRolePayload;

/** Input of `updateSession`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateSessionInput = {
  /** Agent that took part. Null for unknown. */
  agent?: InputMaybe<Scalars['String']['input']>;
  /** Id of the session. */
  id: Scalars['ID']['input'];
  /** The client's own data about the session; at most 256 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Model of the agent; at most 1,000 characters. Null for unknown. */
  model?: InputMaybe<Scalars['String']['input']>;
  /** Provider of the agent. Null for unknown. */
  provider?: InputMaybe<Scalars['String']['input']>;
  /** Status, in the client's own words. Null for unknown. */
  status?: InputMaybe<Scalars['String']['input']>;
  /** State of the unfinished answer. Null for none. */
  streamingStatus?: InputMaybe<StreamingStatus>;
  /** Title; at most 200 characters. Null for none, until a first memory with the role `USER` gives it one. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** User whose conversation it is, as the client names them; at most 1,000 characters. Null for none. */
  userId?: InputMaybe<Scalars['String']['input']>;
  /** The version that you read. If the session was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
  /** Workspace that the session took place in. Null for unknown. */
  workspace?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `updateSession` when it succeeds. */
export type UpdateSessionPayload = {
  __typename?: 'UpdateSessionPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The session. */
  session: Session;
};

/** Result of `updateSession`: its payload, or the error that prevented it. */
export type UpdateSessionResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateSessionPayload;

/** Input of `updateTask`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateTaskInput = {
  /** Result of analyzing the task; at most 1 MB. Null for none. */
  analysis?: InputMaybe<Scalars['String']['input']>;
  /** Agent to assign the task to. Null for none. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the tasks to do before this one: at most 100. Only `claimTask` enforces the order. Each must be a live task of the same project when it is added, and must not depend on this one, directly or through other tasks. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Full description of the task; at most 1 MB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Estimated effort, in hours, 0 or more. Null for unknown. */
  estimatedHours?: InputMaybe<Scalars['Float']['input']>;
  /** Git branch for this task. Null for none. */
  gitBranch?: InputMaybe<Scalars['String']['input']>;
  /** Id of the task. */
  id: Scalars['ID']['input'];
  /** Id of the parent: a live task of the same project, neither this one nor below it. Open subtasks don't block their parent. Null for none. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** How urgent the task is. */
  priority?: InputMaybe<TaskPriority>;
  /** What was achieved; at most 1 MB. Null for none. */
  result?: InputMaybe<Scalars['String']['input']>;
  /** Results of the stages, in order; at most 100, and at most 1 MB in total as JSON. */
  stageResults?: InputMaybe<Array<StageResultInput>>;
  /** Status of the task. `DONE` sets `completedAt`; any other status clears it. `DONE` and `BLOCKED` end a claim. */
  status?: InputMaybe<TaskStatus>;
  /** Links to where the work can be tested; at most 100. */
  testingUrls?: InputMaybe<Array<TestingUrlInput>>;
  /** Short summary of the task; at most 500 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Kind of work. */
  type?: InputMaybe<TaskType>;
  /** The version that you read. If the task was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
  /** Path of the Git worktree for this task. Null for none. */
  worktreePath?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `updateTask` when it succeeds. */
export type UpdateTaskPayload = {
  __typename?: 'UpdateTaskPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The task. */
  task: Task;
};

/** Result of `updateTask`: its payload, or the error that prevented it. */
export type UpdateTaskResult = ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateTaskPayload;

/** Input of `updateUser`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpdateUserInput = {
  /** Email of the user: at most 320 characters, kept in lower case, unique among live users. Null or empty for none: then they don't sign in with a password. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Id of the user. */
  id: Scalars['ID']['input'];
  /** Web address of a picture. Null for none. */
  image?: InputMaybe<Scalars['String']['input']>;
  /** Name of the user; at most 120 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Name of the role, such as `MEMBER`, in any case.  */
  role?: InputMaybe<Scalars['String']['input']>;
  /** Id of the role, in place of its name. */
  roleId?: InputMaybe<Scalars['ID']['input']>;
  /** Settings of the user, free for clients to use; at most 256 KB as JSON. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The version that you read. If the user was changed since, nothing is written and the result is a `ConflictError`. */
  version: Scalars['Int']['input'];
};

/** Result of `updateUser` when it succeeds. */
export type UpdateUserPayload = {
  __typename?: 'UpdateUserPayload';
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The user. */
  user: User;
};

/** Result of `updateUser`: its payload, or the error that prevented it. */
export type UpdateUserResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpdateUserPayload;

/** Input of `upsertMemory`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpsertMemoryInput = {
  /** Text of the memory; at most 1 MB of UTF-8. Needed if there is no memory yet. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** The client's own id for the memory: at most 256 characters, unique among the project's memories. */
  externalId: Scalars['String']['input'];
  /** What the memory is. Default: `MESSAGE`. */
  kind?: InputMaybe<MemoryKind>;
  /** The client's own data about the memory; at most 256 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said or happened. Default: now. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Whether contexts prefer it to other memories. Default: false. */
  pinned?: InputMaybe<Scalars['Boolean']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** Ids of tasks and memories that the memory refers to: at most 100. Each must be a live one of the same project when it is added. */
  references?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Where the memory comes from. A role other than `TOOL` clears `toolName` and `toolCallId`. Needed if there is no memory yet. */
  role?: InputMaybe<MemoryRole>;
  /** `Session.key` of the session, not its `id`: any text of at most 500 characters that you choose. If no live session has this key, one is created. Null for none. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** Id of a memory that this one replaces, such as an earlier decision: a live one of the same project. If another live memory supersedes it, the result is an `AlreadyExistsError`. Contexts then leave that one out. Null for none. */
  supersedes?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the task that the memory is about, in the same project. Null for none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** Id of the tool call: at most 64 characters, and only with the role `TOOL`. Null for none. */
  toolCallId?: InputMaybe<Scalars['String']['input']>;
  /** Name of the tool: at most 128 characters, and only with the role `TOOL`. Null for none. */
  toolName?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `upsertMemory` when it succeeds. */
export type UpsertMemoryPayload = {
  __typename?: 'UpsertMemoryPayload';
  /** Whether the memory was created; false when it existed before, even if nothing changed. */
  created: Scalars['Boolean']['output'];
  /** The memory, created or updated. */
  memory: Memory;
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
};

/** Result of `upsertMemory`: its payload, or the error that prevented it. */
export type UpsertMemoryResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpsertMemoryPayload;

/** Input of `upsertSession`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpsertSessionInput = {
  /** Agent that took part. Null for unknown. */
  agent?: InputMaybe<Scalars['String']['input']>;
  /** The client's own id for the session: at most 256 characters, unique among the project's sessions. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the session: the `sessionId` of its memories. At most 500 characters, unique among the project's live sessions. With `externalId`: the key of a new session (default: a random one), or the unchanged one of an existing session. */
  key?: InputMaybe<Scalars['String']['input']>;
  /** The client's own data about the session; at most 256 KB as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Model of the agent; at most 1,000 characters. Null for unknown. */
  model?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** Provider of the agent. Null for unknown. */
  provider?: InputMaybe<Scalars['String']['input']>;
  /** Status, in the client's own words. Null for unknown. */
  status?: InputMaybe<Scalars['String']['input']>;
  /** State of the unfinished answer. Null for none. */
  streamingStatus?: InputMaybe<StreamingStatus>;
  /** Title; at most 200 characters. Null for none, until a first memory with the role `USER` gives it one. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** User whose conversation it is, as the client names them; at most 1,000 characters. Null for none. */
  userId?: InputMaybe<Scalars['String']['input']>;
  /** Workspace that the session took place in. Null for unknown. */
  workspace?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `upsertSession` when it succeeds. */
export type UpsertSessionPayload = {
  __typename?: 'UpsertSessionPayload';
  /** Whether the session was created; false when it existed before, even if nothing changed. */
  created: Scalars['Boolean']['output'];
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The session, created or updated. */
  session: Session;
};

/** Result of `upsertSession`: its payload, or the error that prevented it. */
export type UpsertSessionResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpsertSessionPayload;

/** Input of `upsertState`. */
export type UpsertStateInput = {
  /** Name of the state; at most 200 characters, unique among the live states of its owner. */
  key: Scalars['String']['input'];
  /** Id of the live project, task or session that the state belongs to. */
  ownerId: Scalars['ID']['input'];
  /** The new value; at most 1 MB as JSON. Left out, it stays unchanged, or is null in a new state. */
  value?: InputMaybe<Scalars['JSON']['input']>;
};

/** Result of `upsertState` when it succeeds. */
export type UpsertStatePayload = {
  __typename?: 'UpsertStatePayload';
  /** Whether the state was created; false when it existed before, even if nothing changed. */
  created: Scalars['Boolean']['output'];
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The state, created or updated. */
  state: State;
};

/** Result of `upsertState`: its payload, or the error that prevented it. */
export type UpsertStateResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpsertStatePayload;

/** Input of `upsertTask`. A field that is left out stays unchanged. Null clears a field that says "Null for none" or "Null for unknown", and is an error in any other. A list or an object replaces the old one as a whole. */
export type UpsertTaskInput = {
  /** Result of analyzing the task; at most 1 MB. Null for none. */
  analysis?: InputMaybe<Scalars['String']['input']>;
  /** Agent to assign the task to. Null for none. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** Ids of the tasks to do before this one: at most 100. Only `claimTask` enforces the order. Each must be a live task of the same project when it is added, and must not depend on this one, directly or through other tasks. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Full description of the task; at most 1 MB. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Estimated effort, in hours, 0 or more. Null for unknown. */
  estimatedHours?: InputMaybe<Scalars['Float']['input']>;
  /** The client's own id for the task: at most 256 characters, unique among the project's tasks. */
  externalId: Scalars['String']['input'];
  /** Git branch for this task. Null for none. */
  gitBranch?: InputMaybe<Scalars['String']['input']>;
  /** Id of the parent: a live task of the same project, neither this one nor below it. Open subtasks don't block their parent. Null for none. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  /** How urgent the task is. Default: `MEDIUM`. */
  priority?: InputMaybe<TaskPriority>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** What was achieved; at most 1 MB. Null for none. */
  result?: InputMaybe<Scalars['String']['input']>;
  /** Results of the stages, in order; at most 100, and at most 1 MB in total as JSON. */
  stageResults?: InputMaybe<Array<StageResultInput>>;
  /** Status of the task. `DONE` sets `completedAt`; any other status clears it. `DONE` and `BLOCKED` end a claim. Default: `BACKLOG`. */
  status?: InputMaybe<TaskStatus>;
  /** Links to where the work can be tested; at most 100. */
  testingUrls?: InputMaybe<Array<TestingUrlInput>>;
  /** Short summary of the task; at most 500 characters. Needed if there is no task yet. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Kind of work. Default: `FEATURE`. */
  type?: InputMaybe<TaskType>;
  /** Path of the Git worktree for this task. Null for none. */
  worktreePath?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `upsertTask` when it succeeds. */
export type UpsertTaskPayload = {
  __typename?: 'UpsertTaskPayload';
  /** Whether the task was created; false when it existed before, even if nothing changed. */
  created: Scalars['Boolean']['output'];
  /** Secrets that were redacted in what this mutation saved: in each place the text now has `[redacted: RULE]`. Empty when there were none, or the policy is `OFF`. */
  redactions: Array<Redaction>;
  /** The task, created or updated. */
  task: Task;
};

/** Result of `upsertTask`: its payload, or the error that prevented it. */
export type UpsertTaskResult = AlreadyExistsError | ConflictError | ForbiddenError | InvalidInputError | NotFoundError | RouteChangedError | SecretRefusedError | StoreError | UpsertTaskPayload;

/** A project's use of one paid embedding model on one day. */
export type UsageDay = {
  __typename?: 'UsageDay';
  /** The day, in UTC, such as `2026-01-31`. */
  day: Scalars['String']['output'];
  /** Estimated cost of the tokens, in US dollars, at the list price known to the server when the tokens were used, without discounts or free tokens. Null when the server has no price for the model. */
  dollars?: Maybe<Scalars['Float']['output']>;
  /** Name of the model. */
  model: Scalars['String']['output'];
  /** Number of requests to the provider. */
  requests: Scalars['Int']['output'];
  /** Number of tokens, as counted by the provider. */
  tokens: Scalars['Float']['output'];
};

/** A person who uses the server. Others see the name and the email, where they meet the user: as the owner of a project, or among those who have access to one that they manage. */
export type User = Node & {
  __typename?: 'User';
  /** When the user was created. */
  createdAt: Scalars['DateTime']['output'];
  /** When the user was deleted; null while they are live. The server purges deleted users after its retention period (`MOORING_RETENTION_DAYS`, 30 days by default), with their access and their keys. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the user was disabled: they can't sign in, and their keys don't work. Null while they are enabled. Null for all but the user and those with `users:administer`. */
  disabledAt?: Maybe<Scalars['DateTime']['output']>;
  /** Email of the user, in lower case; unique among live users. Null without one: then they don’t sign in with a password. */
  email?: Maybe<Scalars['String']['output']>;
  /** Whether the user has proven to read mail to that email. Null for all but the user and those with `users:administer`. */
  emailVerified?: Maybe<Scalars['Boolean']['output']>;
  /** The client's own id for the user, set when they are created; null when they have none. Null for all but the user and those with `users:administer`. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Whether the user signs in with a password. Null for all but the user and those with `users:administer`. */
  hasPassword?: Maybe<Scalars['Boolean']['output']>;
  /** Whether signing in with a password also takes a code. Null for all but the user and those with `users:administer`. */
  hasSecondFactor?: Maybe<Scalars['Boolean']['output']>;
  /** Id of the user. */
  id: Scalars['ID']['output'];
  /** Address of a picture; null without one. */
  image?: Maybe<Scalars['String']['output']>;
  /** Name of the user. */
  name: Scalars['String']['output'];
  /** Role of the user; null, too, when it was deleted. Null for all but the user and those with `users:administer`. */
  role?: Maybe<Role>;
  /** Settings of the user, free for clients to use. Null for all but the user and those with `users:administer`. */
  settings?: Maybe<Scalars['JSONObject']['output']>;
  /** When the user was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Version of the user: 1 at first, one more with every write. Mutations that change it name the version that you read. */
  version: Scalars['Int']['output'];
};

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** The items on the page, each with its cursor. */
  edges: Array<UserEdge>;
  /** The items on the page, without cursors. */
  nodes: Array<User>;
  /** Cursors of the first and last item on the page, and whether there are more pages. */
  pageInfo: PageInfo;
  /** Number of items on all pages. Counted only when requested. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its cursor. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** Cursor of the item, to pass as `after` or `before`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: User;
};

/** Selects the users that meet all conditions given. A field that is left out adds no condition. */
export type UserFilter = {
  /** Whether they are disabled. */
  isDisabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Text that the email or the name must contain. Case and Unicode composition are ignored: `ß` matches `SS`, and `é` as one code point matches `é` as two. At most 1,000 characters. */
  query?: InputMaybe<Scalars['String']['input']>;
  /** Id of their role. */
  roleId?: InputMaybe<Scalars['ID']['input']>;
};

/** Sort order of users. Those with equal values are sorted by id. */
export type UserOrder = {
  /** Sort direction. When left out, `DESC`, whatever the list's own default is. */
  direction?: SortDirection;
  /** Field to sort by. */
  field: UserOrderField;
};

/** Field that users can be sorted by. */
export type UserOrderField =
  /** When the user was created. */
  | 'CREATED_AT'
  /** Email of the user. */
  | 'EMAIL'
  /** Name of the user. */
  | 'NAME';

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
  id: Scalars['ID']['input'];
};

/** Result of `verifyMigration` when it succeeds. */
export type VerifyMigrationPayload = {
  __typename?: 'VerifyMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** Result of `verifyMigration`: its payload, or the error that prevented it. */
export type VerifyMigrationResult = ForbiddenError | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError | VerifyMigrationPayload;

/** Who sends this request, and what they may do. */
export type Viewer = {
  __typename?: 'Viewer';
  /** Their level of access to all projects; null: only to those that are shared with them. */
  everywhere?: Maybe<AccessLevel>;
  /** Whether the server has no users yet, so that everyone who reaches it may do everything. */
  isOpen: Scalars['Boolean']['output'];
  /** The key with which the request was sent; null when it was sent without one. */
  key?: Maybe<ApiKey>;
  /** As what they use the server. */
  kind: ViewerKind;
  /** Their own keys of other services, by the name of the service; none without a user. */
  outsideKeys: Array<OutsideKey>;
  /** What they may do on the server: `projects:create`; `storage:administer` (settings of storage modes, attaching projects, locations of their own); `storage:operate` (health, repairs, usage); `migrations:run`; `users:administer` (users, roles and access); `keys:administer` (keys of others); `audit:read`. */
  permissions: Array<Scalars['String']['output']>;
  /** The projects that they see, newest first by default: what `projects` lists. */
  projects: ProjectConnection;
  /** The user, or the one who owns the key; null for `LOCAL` and for a key without an owner. */
  user?: Maybe<User>;
};


/** Who sends this request, and what they may do. */
export type ViewerProjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProjectOrder>;
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
