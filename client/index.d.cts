export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment: ISO 8601 with an offset, such as `2026-01-31T09:30:00Z` or `2026-01-31T10:30:00.5+01:00`. Always given back in UTC with milliseconds. */
  DateTime: { input: string; output: string; }
  /** Any JSON value. A whole number comes back exactly, and a fraction of up to 17 digits as the double next to it; a number that can't be kept so is refused: send it as a text. */
  JSON: { input: unknown; output: unknown; }
  /** A JSON object. Of its numbers, the same is true as of those of `JSON`. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
};

/** Another record holds what must be unique. */
export type AlreadyExistsError = Error & {
  __typename?: 'AlreadyExistsError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** Id of the record that holds it, when it is known. */
  existingId?: Maybe<Scalars['ID']['output']>;
  /** Whether that record is deleted: then the `restore…` of its kind brings it back. Null when it is not known. */
  existingIsDeleted?: Maybe<Scalars['Boolean']['output']>;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** What the mutation of this name needs to know. */
export type AttachProjectInput = {
  /** Where it lies. */
  mode: StorageMode;
  /** Absolute path of its working directory on this machine. Left out: none. */
  path?: InputMaybe<Scalars['String']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** What `attachProject` gave. */
export type AttachProjectPayload = {
  __typename?: 'AttachProjectPayload';
  /** The project. */
  project: Project;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type AttachProjectResult = AlreadyExistsError | AttachProjectPayload | InvalidInputError | NotFoundError | RouteChangedError | StorageModeUnavailableError | StoreError;

/** A project that lies in a store and isn't in this server's list of projects. */
export type AttachableProject = {
  __typename?: 'AttachableProject';
  /** Whether it can be attached. */
  canAttach: Scalars['Boolean']['output'];
  /** When it was made. */
  createdAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was deleted where it comes from; null when it was live. Attached, it is live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it is about. */
  description?: Maybe<Scalars['String']['output']>;
  /** What to do about it. */
  hint?: Maybe<Scalars['String']['output']>;
  /** Where it lies. */
  mode: StorageMode;
  /** What it is called; null when that can't be read. */
  name?: Maybe<Scalars['String']['output']>;
  /** The working directory that it had where it comes from. */
  path?: Maybe<Scalars['String']['output']>;
  /** Its id, which it keeps. */
  projectId: Scalars['ID']['output'];
  /** Why it can't be attached; null when it can. */
  reason?: Maybe<Scalars['String']['output']>;
};

/** What the mutation of this name needs to know. */
export type CancelMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** What `cancelMigration` gave. */
export type CancelMigrationPayload = {
  __typename?: 'CancelMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type CancelMigrationResult = CancelMigrationPayload | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError;

/** What was asked for wasn't confirmed by a valid token. Nothing was changed. */
export type ConfirmationError = Error & {
  __typename?: 'ConfirmationError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** The record moved on since the version that was read. Nothing was written. */
export type ConflictError = Error & {
  __typename?: 'ConflictError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** The record as it is now; null when it is gone. */
  current?: Maybe<Node>;
  /** The version it is at now; null when it is gone. */
  currentVersion?: Maybe<Scalars['Int']['output']>;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Id of the record. */
  recordId: Scalars['ID']['output'];
};

/** Why something is in a context. */
export type ContextSource =
  /** It is relevant to the query or the task. */
  | 'RELEVANT'
  /** It is among the latest of the session. */
  | 'SESSION'
  /** It is the task that was asked about. */
  | 'TASK';

/** What the mutation of this name needs to know. */
export type CreateProjectInput = {
  /** What agents should know before they start. */
  customInstructions?: InputMaybe<Scalars['String']['input']>;
  /** What it is about. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** The client's own name for it. Creating it again gives back what is there, as it is; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Its repository on GitHub. Null: none. */
  githubRepo?: InputMaybe<Scalars['String']['input']>;
  /** Whether it is being worked on. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** How much it keeps. */
  mode?: InputMaybe<ProjectMode>;
  /** What it is called. */
  name: Scalars['String']['input'];
  /** Absolute path of its working directory. A folder belongs to one project that isn't deleted, however its path is spelled. Null: none. */
  path?: InputMaybe<Scalars['String']['input']>;
  /** The client's own settings. They are replaced whole. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
  /** Where its data shall live; `LOCAL` when left out. */
  storageMode?: InputMaybe<StorageMode>;
  /** What it is built with. */
  techStack?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** What `createProject` gave. */
export type CreateProjectPayload = {
  __typename?: 'CreateProjectPayload';
  /** The project. */
  project: Project;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type CreateProjectResult = AlreadyExistsError | CreateProjectPayload | InvalidInputError | NotFoundError | RouteChangedError | StorageModeUnavailableError | StoreError;

/** What the mutation of this name needs to know. */
export type CreateTaskInput = {
  /** What thinking it through gave. Null: nothing yet. */
  analysis?: InputMaybe<Scalars['String']['input']>;
  /** Who does it. Null: nobody. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** Ids of tasks of the same project that must be done first. Replaced whole. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The same at length. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** How long it should take. Null: unknown. */
  estimatedHours?: InputMaybe<Scalars['Float']['input']>;
  /** The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** The branch it is done on. Null: none. */
  gitBranch?: InputMaybe<Scalars['String']['input']>;
  /** How urgent it is. */
  priority?: InputMaybe<TaskPriority>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** What each stage gave, in their order. Replaced whole. */
  stageResults?: InputMaybe<Array<StageResultInput>>;
  /** How far it is. `completedAt` follows it. */
  status?: InputMaybe<TaskStatus>;
  /** Where it can be tried. Replaced whole. */
  testingUrls?: InputMaybe<Array<TestingUrlInput>>;
  /** What is to be done. */
  title: Scalars['String']['input'];
  /** What kind of work it is. */
  type?: InputMaybe<TaskType>;
  /** The working tree it is done in. Null: none. */
  worktreePath?: InputMaybe<Scalars['String']['input']>;
};

/** What `createTask` gave. */
export type CreateTaskPayload = {
  __typename?: 'CreateTaskPayload';
  /** The task. */
  task: Task;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type CreateTaskResult = AlreadyExistsError | ConflictError | CreateTaskPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type CreateTasksInput = {
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** The tasks. */
  tasks: Array<TaskInput>;
};

/** What `createTasks` gave. */
export type CreateTasksPayload = {
  __typename?: 'CreateTasksPayload';
  /** The tasks, in the order of the input. */
  tasks: Array<Task>;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type CreateTasksResult = AlreadyExistsError | ConflictError | CreateTasksPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type CutOverMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** What `cutOverMigration` gave. */
export type CutOverMigrationPayload = {
  __typename?: 'CutOverMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type CutOverMigrationResult = CutOverMigrationPayload | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type DeleteMemoriesInput = {
  /** Only say which they would be. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Which memories. */
  filter: MemoryFilter;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** What `deleteMemories` gave. */
export type DeleteMemoriesPayload = {
  __typename?: 'DeleteMemoriesPayload';
  /** How many were deleted; with `dryRun`, would be. */
  count: Scalars['Int']['output'];
  /** Their ids. */
  ids: Array<Scalars['ID']['output']>;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type DeleteMemoriesResult = ConflictError | DeleteMemoriesPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type DeleteMemoryInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `deleteMemory` gave. */
export type DeleteMemoryPayload = {
  __typename?: 'DeleteMemoryPayload';
  /** The memory. */
  memory: Memory;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type DeleteMemoryResult = ConflictError | DeleteMemoryPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type DeleteProjectInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `deleteProject` gave. */
export type DeleteProjectPayload = {
  __typename?: 'DeleteProjectPayload';
  /** The project. */
  project: Project;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type DeleteProjectResult = ConflictError | DeleteProjectPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type DeleteSessionInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `deleteSession` gave. */
export type DeleteSessionPayload = {
  __typename?: 'DeleteSessionPayload';
  /** The conversation. */
  session: Session;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type DeleteSessionResult = ConflictError | DeleteSessionPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type DeleteStateInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `deleteState` gave. */
export type DeleteStatePayload = {
  __typename?: 'DeleteStatePayload';
  /** The state. */
  state: State;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type DeleteStateResult = ConflictError | DeleteStatePayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type DeleteTaskInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `deleteTask` gave. */
export type DeleteTaskPayload = {
  __typename?: 'DeleteTaskPayload';
  /** The task. */
  task: Task;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type DeleteTaskResult = ConflictError | DeleteTaskPayload | InvalidInputError | NotFoundError | RouteChangedError | StoreError;

/** What to do with deleted records. */
export type DeletedFilter =
  /** Leave them out. */
  | 'EXCLUDE'
  /** List them among the others. */
  | 'INCLUDE'
  /** List only them. */
  | 'ONLY';

/** How a memory's embedding stands. It is derived: writing it never touches the memory. */
export type Embedding = {
  __typename?: 'Embedding';
  /** The model that makes it. */
  model: Scalars['String']['output'];
  /** Why it failed or was skipped. */
  reason?: Maybe<Scalars['String']['output']>;
  /** How it stands. */
  state: EmbeddingState;
};

/** Embeddings can't be made. */
export type EmbeddingError = Error & {
  __typename?: 'EmbeddingError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** How a memory's embedding stands. */
export type EmbeddingState =
  /** Couldn't be embedded; the reason says why. */
  | 'FAILED'
  /** Waits for its vector; words find it already. */
  | 'PENDING'
  /** Can be found by meaning. */
  | 'READY'
  /** Has nothing to embed; the reason says why. */
  | 'SKIPPED';

/** What every error says: what happened and why, a stable code, and what to do next. */
export type Error = {
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** Stable codes of errors: a program may decide by them. */
export type ErrorCode =
  /** Another record holds what must be unique. */
  | 'ALREADY_EXISTS'
  /** What was asked for wasn't confirmed by a valid token. */
  | 'CONFIRMATION_REQUIRED'
  /** The record moved on since it was read. */
  | 'CONFLICT'
  /** The cursor is older than what the log keeps. */
  | 'CURSOR_EXPIRED'
  /** Embeddings can't be made. */
  | 'EMBEDDING_UNAVAILABLE'
  /** The server failed in a way that it did not foresee. */
  | 'INTERNAL'
  /** The cursor isn't one of this list, or the log that it is of doesn't have its change any more: the data was put back to an older state. */
  | 'INVALID_CURSOR'
  /** The input can't be taken as it is. */
  | 'INVALID_INPUT'
  /** The migration, or the project that is on the move, can't do this now. */
  | 'MIGRATION_STATE'
  /** There is no such record, or it is deleted. */
  | 'NOT_FOUND'
  /** The request asks for more than the server allows at once. */
  | 'QUERY_TOO_COMPLEX'
  /** The requests that run now have all the room there is; the same request may succeed in a moment. */
  | 'RATE_LIMITED'
  /** The record is larger than the project's store takes. */
  | 'RECORD_TOO_LARGE'
  /** The answer has, or takes reading, more bytes than one request may. */
  | 'RESPONSE_TOO_LARGE'
  /** The project moved to another store meanwhile. */
  | 'ROUTE_CHANGED'
  /** Projects live in that storage mode. */
  | 'STORAGE_IN_USE'
  /** The storage mode can't be used on this server. */
  | 'STORAGE_MODE_UNAVAILABLE'
  /** The project's store doesn't take the credentials. */
  | 'STORE_AUTHENTICATION'
  /** The project's store is damaged. */
  | 'STORE_DAMAGED'
  /** There is no space left for the store. */
  | 'STORE_FULL'
  /** The credentials may not do this in the project's store. */
  | 'STORE_NOT_AUTHORIZED'
  /** The store can't be written to. */
  | 'STORE_READ_ONLY'
  /** The project's store didn't answer in time. */
  | 'STORE_TIMEOUT'
  /** The project's store can't be reached over TLS. */
  | 'STORE_TLS'
  /** The project's store was written by a newer version of the server. */
  | 'STORE_TOO_NEW'
  /** The project's store can't be reached. */
  | 'STORE_UNAVAILABLE'
  /** The server can't do what a store needs, such as transactions. */
  | 'STORE_UNSUITABLE';

/** Settings of `FILE`. What is left out stays as it is in force; null is none, or the default. */
export type FileSettings = {
  /** Absolute path of the folder on the server; by default one in the server's data. */
  path?: InputMaybe<Scalars['String']['input']>;
};

/** What the mutation of this name needs to know. */
export type FinalizeMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
  /** The token that `Migration.finalization` gave. */
  token: Scalars['String']['input'];
};

/** What `finalizeMigration` gave. */
export type FinalizeMigrationPayload = {
  __typename?: 'FinalizeMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type FinalizeMigrationResult = ConfirmationError | FinalizeMigrationPayload | InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError;

/** The input can't be taken as it is. */
export type InvalidInputError = Error & {
  __typename?: 'InvalidInputError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** Which field, as a path into the input, such as `tasks.2.title`; null when it is about the whole. */
  field?: Maybe<Scalars['String']['output']>;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** Settings of `LOCAL`, which needs none: a Chroma server may keep its vectors. What is left out stays as it is in force; null is none, or the default. */
export type LocalSettings = {
  /** The database; `default_database` by default. */
  chromaDatabase?: InputMaybe<Scalars['String']['input']>;
  /** The tenant; `default_tenant` by default. */
  chromaTenant?: InputMaybe<Scalars['String']['input']>;
  /** The token that it asks for. A secret. */
  chromaToken?: InputMaybe<Scalars['String']['input']>;
  /** Its address, such as `http://127.0.0.1:8000`. Null: no Chroma. */
  chromaUrl?: InputMaybe<Scalars['String']['input']>;
};

/** One line of the log: what one write did to one record. */
export type LogEntry = {
  __typename?: 'LogEntry';
  /** Who wrote, as the client named itself. */
  actor: Scalars['String']['output'];
  /** The record after it; null for a purge, and when the image isn't kept. */
  after?: Maybe<Scalars['JSONObject']['output']>;
  /** When it was written. */
  at: Scalars['DateTime']['output'];
  /** The record before it; null for a creation, and when the image was erased. */
  before?: Maybe<Scalars['JSONObject']['output']>;
  /** Names of the fields that it changed; null when an image of before or after is missing. */
  changedFields?: Maybe<Array<Scalars['String']['output']>>;
  /** What kind of record, such as `tasks`. */
  collection: Scalars['String']['output'];
  /** Whether the image before it was erased, by a purge or because it was old. */
  isErased: Scalars['Boolean']['output'];
  /** What was done. */
  operation: Operation;
  /** Id of the record. */
  recordId: Scalars['ID']['output'];
  /** The request that wrote. */
  requestId: Scalars['String']['output'];
  /** Its number in the log: counts up. */
  seq: Scalars['Int']['output'];
  /** The record's version after it. */
  version: Scalars['Int']['output'];
};

/** A page of a log. */
export type LogEntryConnection = {
  __typename?: 'LogEntryConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<LogEntryEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<LogEntry>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
};

/** An entry and its place in the log. */
export type LogEntryEdge = {
  __typename?: 'LogEntryEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: LogEntry;
};

/** Something that was said or learned, found again by meaning. */
export type Memory = Node & StoredRecord & {
  __typename?: 'Memory';
  /** What was said. */
  content: Scalars['String']['output'];
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was deleted; null while it is live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** How its embedding stands; null while the index has not heard of it. */
  embedding?: Maybe<Embedding>;
  /** The client's own name for it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** What was done to it. */
  history: LogEntryConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The client's own data about it. */
  metadata: Scalars['JSONObject']['output'];
  /** When it was said. */
  occurredAt: Scalars['DateTime']['output'];
  /** The project it belongs to. */
  project: Project;
  /** Who said it. */
  role: MemoryRole;
  /** The conversation's record; null when it stands alone, or the conversation was deleted. */
  session?: Maybe<Session>;
  /** The client's own key of the conversation; null when it stands alone. */
  sessionId?: Maybe<Scalars['String']['output']>;
  /** The task it belongs to, deleted or not; null when it belongs to none, or the task was purged. */
  task?: Maybe<Task>;
  /** Id of the task it belongs to. */
  taskId?: Maybe<Scalars['ID']['output']>;
  /** When it was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Counts up with every write. */
  version: Scalars['Int']['output'];
};


/** Something that was said or learned, found again by meaning. */
export type MemoryHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of memories. */
export type MemoryConnection = {
  __typename?: 'MemoryConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<MemoryEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<Memory>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in the whole list. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** What an agent should know, within a budget. */
export type MemoryContext = {
  __typename?: 'MemoryContext';
  /** Each once, with where it came from. */
  items: Array<MemoryContextItem>;
  /** Memories left out because the budget was full. */
  omitted: Scalars['Int']['output'];
  /** The items' texts, ready to be put into a prompt. */
  text: Scalars['String']['output'];
  /** How much of the budget it takes. */
  tokens: Scalars['Int']['output'];
};

/** One thing of a context, and where it came from. */
export type MemoryContextItem = {
  __typename?: 'MemoryContextItem';
  /** Whether only a part of it fitted. */
  isCut: Scalars['Boolean']['output'];
  /** The memory or the task it is from. */
  record: Node;
  /** For what is relevant: how well it matches, 0 to 1. */
  score?: Maybe<Scalars['Float']['output']>;
  /** Why it is here. */
  source: ContextSource;
  /** What of it is in the context. */
  text: Scalars['String']['output'];
  /** How much of the budget it takes. */
  tokens: Scalars['Int']['output'];
};

/** An item and its place in the list. */
export type MemoryEdge = {
  __typename?: 'MemoryEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Memory;
};

/** Which memories: those for which all of it holds. */
export type MemoryFilter = {
  /** Every key's value equals the memory's metadata of that key; objects do whatever the order of their keys. At most 8 keys, 16384 bytes as JSON. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said. */
  occurredAt?: InputMaybe<TimeRange>;
  /** Any of these, at most 100. */
  roles?: InputMaybe<Array<MemoryRole>>;
  /** The client's own key of the conversation; null finds those that stand alone. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** The task they belong to; null finds those of none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
};

/** A memory that a search found. */
export type MemoryHit = {
  __typename?: 'MemoryHit';
  /** The memory. */
  node: Memory;
  /** The passage that matched best; null when only words found it. */
  passage?: Maybe<Passage>;
  /** How well it matches, 0 to 1; comparable within one answer. */
  score: Scalars['Float']['output'];
  /** Cosine of the angle between query and passage, -1 to 1; null when only words found it. */
  similarity?: Maybe<Scalars['Float']['output']>;
};

/** A memory to be saved. */
export type MemoryInput = {
  /** What was said: at most 1 MB of UTF-8. */
  content: Scalars['String']['input'];
  /** The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** The client's own data about it. Replaced whole. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said; now, when left out on saving. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who said it. */
  role: MemoryRole;
  /** The client's own key of the conversation: any string. Null: it stands alone. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** The task it belongs to. Null: none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
};

/** How the list is ordered. Records that agree in the field are ordered by their ids. */
export type MemoryOrder = {
  /** Which way. */
  direction?: SortDirection;
  /** By which field. */
  field: MemoryOrderField;
};

/** What a list of this kind can be ordered by. */
export type MemoryOrderField =
  /** When it was said. */
  | 'OCCURRED_AT';

/** Who said it. */
export type MemoryRole =
  /** The agent. */
  | 'ASSISTANT'
  /** Instructions, tools, or the environment. */
  | 'SYSTEM'
  /** The person. */
  | 'USER';

/** What a search for memories found, and how it was answered. */
export type MemorySearch = {
  __typename?: 'MemorySearch';
  /** The mode that answered: `TEXT` when vectors couldn't. */
  answeredBy: SearchMode;
  /** Best first. */
  hits: Array<MemoryHit>;
  /** Memories that wait for their vector: words find them already. */
  pending: Scalars['Int']['output'];
};

/** A project's move to another place, live: copied, verified, flipped, and kept so that it can be undone. */
export type Migration = Node & {
  __typename?: 'Migration';
  /** Cuts over by itself once it can; else it waits for `cutOverMigration`. */
  autoCutOver: Scalars['Boolean']['output'];
  /** Records that are written at a time; of what is written meanwhile, up to 1,000 when many wait. */
  batchSize: Scalars['Int']['output'];
  /** When it was asked for. */
  createdAt: Scalars['DateTime']['output'];
  /** Ends after the preflight. */
  dryRun: Scalars['Boolean']['output'];
  /** When it came to its end: failed, cancelled, rolled back or finalized. */
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What `finalizeMigration` needs; null unless it can be finalized now. */
  finalization?: Maybe<MigrationFinalization>;
  /** Where the project lived. */
  from: MigrationPlace;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Whether it came to its end: it can be told nothing more, and the project may be moved again. */
  isOver: Scalars['Boolean']['output'];
  /** Whether it is paused, or about to be: a step that is under way ends first. */
  isPaused: Scalars['Boolean']['output'];
  /** Whether the phases are about the way back to where the project was. */
  isRollingBack: Scalars['Boolean']['output'];
  /** What goes on, or why it doesn't; for people. */
  message: Scalars['String']['output'];
  /** Records that weren't the same on both sides, and what differed. */
  mismatches: MigrationFindingConnection;
  /** When the project was flipped. */
  movedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What becomes of it when a record can't be copied. */
  onReject: OnReject;
  /** How far it is. */
  phase: MigrationPhase;
  /** What the preflight found; null before. */
  preflight?: Maybe<MigrationPreflight>;
  /** Why it failed, or what stands in its way now; null when nothing does. */
  problem?: Maybe<MigrationProblem>;
  /** How it stands now. */
  progress: MigrationProgress;
  /** The project, deleted or not; null when it was purged. */
  project?: Maybe<Project>;
  /** Id of the project. */
  projectId: Scalars['ID']['output'];
  /** Records that can't be copied, and why. */
  rejects: MigrationFindingConnection;
  /** Where it is to live. */
  to: MigrationPlace;
  /** What the last verification found; null before the first. */
  verification?: Maybe<MigrationVerification>;
};


/** A project's move to another place, live: copied, verified, flipped, and kept so that it can be undone. */
export type MigrationMismatchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A project's move to another place, live: copied, verified, flipped, and kept so that it can be undone. */
export type MigrationRejectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Something that a move depends on. */
export type MigrationCheck = {
  __typename?: 'MigrationCheck';
  /** What to do next; null when there is nothing to do. */
  hint?: Maybe<Scalars['String']['output']>;
  /** What was found. */
  message: Scalars['String']['output'];
  /** How long it took, in milliseconds. */
  ms: Scalars['Float']['output'];
  /** What was looked at. */
  name: Scalars['String']['output'];
  /** How it ended. */
  outcome: StorageCheckOutcome;
};

/** How far one collection is. */
export type MigrationCollection = {
  __typename?: 'MigrationCollection';
  /** Records that the new place has, deleted ones included. */
  done: Scalars['Int']['output'];
  /** Its name; `log` is what was done to all of them. */
  name: Scalars['String']['output'];
  /** Records that can't be copied. */
  rejected: Scalars['Int']['output'];
  /** Records that there are to copy. */
  total: Scalars['Int']['output'];
  /** Records that were compared, in the verification that is under way or was the last. */
  verified: Scalars['Int']['output'];
};

/** A page of migrations. */
export type MigrationConnection = {
  __typename?: 'MigrationConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<MigrationEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<Migration>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in the whole list. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its place in the list. */
export type MigrationEdge = {
  __typename?: 'MigrationEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Migration;
};

/** What a move would take, and whether it could be done. */
export type MigrationEstimate = {
  __typename?: 'MigrationEstimate';
  /** Size of all of it as JSON. */
  bytes: Scalars['Float']['output'];
  /** What it depends on. A move begins when none failed. */
  checks: Array<MigrationCheck>;
  /** What there is to copy. */
  collections: Array<MigrationEstimateCollection>;
  /** The tokens at the model's list price, in US dollars; null when that isn't known. */
  dollars?: Maybe<Scalars['Float']['output']>;
  /** Model of the vectors that there are. */
  fromModel: Scalars['String']['output'];
  /** Whether vectors are copied, since the model is the same; else they are made anew. */
  isSameModel: Scalars['Boolean']['output'];
  /** Seconds until it could cut over, by a sample that was measured; null when it couldn't be. */
  seconds?: Maybe<Scalars['Float']['output']>;
  /** Model of the vectors that there will be. */
  toModel: Scalars['String']['output'];
  /** What embedding would take; 0 when vectors are copied, or made on this machine. */
  tokens: Scalars['Float']['output'];
  /** Memories that get a vector. */
  vectors: Scalars['Int']['output'];
};

/** What there is to copy of one collection. */
export type MigrationEstimateCollection = {
  __typename?: 'MigrationEstimateCollection';
  /** Their size as JSON. */
  bytes: Scalars['Float']['output'];
  /** Its name; `log` is what was done to all of them. */
  name: Scalars['String']['output'];
  /** Records, deleted ones included. */
  records: Scalars['Int']['output'];
};

/** What `finalizeMigration` needs, for a person to decide by. */
export type MigrationFinalization = {
  __typename?: 'MigrationFinalization';
  /** What would be gone, for a person to read. */
  consequence: Scalars['String']['output'];
  /** Until when it is valid. */
  expiresAt: Scalars['DateTime']['output'];
  /** Confirms that the source may be removed. */
  token: Scalars['String']['output'];
};

/** A record that a move couldn't copy, or that isn't the same on both sides. */
export type MigrationFinding = {
  __typename?: 'MigrationFinding';
  /** Its collection; `log` for an entry of the log. */
  collection: Scalars['String']['output'];
  /** Names of the fields that differ; empty when it can't be copied, or one side lacks it. */
  differing: Array<Scalars['String']['output']>;
  /** Whether copying it again mended it. */
  isRepaired: Scalars['Boolean']['output'];
  /** Why, in words. */
  reason: Scalars['String']['output'];
  /** Id of the record, or number of the log's entry. */
  recordId: Scalars['ID']['output'];
};

/** A page of findings. */
export type MigrationFindingConnection = {
  __typename?: 'MigrationFindingConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<MigrationFindingEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<MigrationFinding>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in the whole list. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its place in the list. */
export type MigrationFindingEdge = {
  __typename?: 'MigrationFindingEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: MigrationFinding;
};

/** What was written and isn't at the other side yet. */
export type MigrationLag = {
  __typename?: 'MigrationLag';
  /** Writes. */
  entries: Scalars['Int']['output'];
  /** Age of the oldest of them; 0 when there is none. */
  seconds: Scalars['Float']['output'];
};

/** How far a move is. */
export type MigrationPhase =
  /** It was cancelled; the project lives where it did. */
  | 'CANCELLED'
  /** What was written meanwhile is copied too, until little is left. */
  | 'CATCHING_UP'
  /** Records are copied; writes go on where the project lives. */
  | 'COPYING'
  /** Writes wait a moment; the last ones are copied, and the project is flipped. */
  | 'CUTTING_OVER'
  /** It couldn't be done; the project lives where it did. `problem` says why. */
  | 'FAILED'
  /** The project has moved, and the old place is cleared. */
  | 'FINALIZED'
  /** The old place is being removed, for good. With `isOver`, it can't be reached now, and is removed once it can be. */
  | 'FINALIZING'
  /** The project lives at the new place. The old one is kept until it is finalized or rolled back. */
  | 'MOVED'
  /** It waits for its turn; a dry run ends here, with `endedAt`. */
  | 'PLANNED'
  /** What it depends on is looked at, before the first record is copied. */
  | 'PREFLIGHT'
  /** The project is back where it was, with what was written since. */
  | 'ROLLED_BACK'
  /** Both sides are compared, record by record. */
  | 'VERIFYING';

/** Where a project's data lies. */
export type MigrationPlace = {
  __typename?: 'MigrationPlace';
  /** Its own folder or database; null where the mode's settings say. */
  location?: Maybe<Scalars['String']['output']>;
  /** The storage mode. */
  mode: StorageMode;
};

/** What was looked at before the first record was copied. */
export type MigrationPreflight = {
  __typename?: 'MigrationPreflight';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** What the move depends on. */
  checks: Array<MigrationCheck>;
  /** What it was to take. */
  estimate: MigrationEstimate;
};

/** What stands in the way of a move. */
export type MigrationProblem = {
  __typename?: 'MigrationProblem';
  /** A stable code, one of `ErrorCode`. */
  code: Scalars['String']['output'];
  /** What to do about it. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** How a move stood at one moment. */
export type MigrationProgress = {
  __typename?: 'MigrationProgress';
  /** When it was so. */
  at: Scalars['DateTime']['output'];
  /** Whether it can be flipped now: with `autoCutOver: false` it waits for `cutOverMigration`. */
  canCutOver: Scalars['Boolean']['output'];
  /** Whether it can be rolled back now. */
  canRollBack: Scalars['Boolean']['output'];
  /** How far each collection is, and the log. */
  collections: Array<MigrationCollection>;
  /** Go on with `migrationProgress` after this moment with it. */
  cursor: Scalars['String']['output'];
  /** The tokens at the model's list price, in US dollars; null when that isn't known. */
  dollars?: Maybe<Scalars['Float']['output']>;
  /** Seconds until it can cut over, as far as can be told; null when it can't, such as while `lag` doesn't fall. */
  etaSeconds?: Maybe<Scalars['Float']['output']>;
  /** How long writes waited in the last cut-over, in milliseconds; null before. */
  fenceMs?: Maybe<Scalars['Float']['output']>;
  /** Whether it is paused, or about to be: a step that is under way ends first. */
  isPaused: Scalars['Boolean']['output'];
  /** Whether the phases are about the way back to where the project was. */
  isRollingBack: Scalars['Boolean']['output'];
  /** How far behind it is. */
  lag: MigrationLag;
  /** What goes on, or why it doesn't; for people. */
  message: Scalars['String']['output'];
  /** Id of the migration. */
  migrationId: Scalars['ID']['output'];
  /** How long the write of one record to the project waits now, in milliseconds, so that the move can catch up with those who write; 0 when none waits. A write of several waits for each of them, and none longer than `MOORING_PACING_MS` of the server. */
  pacing: Scalars['Float']['output'];
  /** How far it is. */
  phase: MigrationPhase;
  /** Why it failed, or what stands in its way now; null when nothing does. */
  problem?: Maybe<MigrationProblem>;
  /** Records a second, over the last seconds; null when nothing is copied now. */
  rate?: Maybe<Scalars['Float']['output']>;
  /** What embedding for the move took so far, as the provider counted. */
  tokens: Scalars['Int']['output'];
  /** How far the vectors are. */
  vectors: MigrationVectors;
};

/** The migration, or the project that is on the move, can't do this now. Nothing was changed. */
export type MigrationStateError = Error & {
  __typename?: 'MigrationStateError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Id of the migration that was asked, or that stands in the way; null when there is none. */
  migrationId?: Maybe<Scalars['ID']['output']>;
};

/** How far the memories' vectors are. */
export type MigrationVectors = {
  __typename?: 'MigrationVectors';
  /** Memories that have theirs at the new place. */
  done: Scalars['Int']['output'];
  /** Memories that couldn't be embedded. */
  failed: Scalars['Int']['output'];
  /** Memories that get one. */
  total: Scalars['Int']['output'];
};

/** What comparing both sides found. */
export type MigrationVerification = {
  __typename?: 'MigrationVerification';
  /** When it began. */
  at: Scalars['DateTime']['output'];
  /** What was found, by collection. */
  collections: Array<MigrationVerifiedCollection>;
  /** False while it is under way, or when it was broken off. */
  isComplete: Scalars['Boolean']['output'];
  /** The entry of the log up to which both sides were compared. */
  seq: Scalars['Int']['output'];
};

/** What comparing one collection found. */
export type MigrationVerifiedCollection = {
  __typename?: 'MigrationVerifiedCollection';
  /** What was compared. */
  compared: Scalars['Int']['output'];
  /** SHA-256, in hex, of all that was compared: the same on both sides when nothing differs. Null until it is complete. */
  digest?: Maybe<Scalars['String']['output']>;
  /** What wasn't the same on both sides. */
  mismatches: Scalars['Int']['output'];
  /** Its name; `log` and `vectors` were compared too. */
  name: Scalars['String']['output'];
  /** Of those, what copying again mended. */
  repaired: Scalars['Int']['output'];
};

/** Settings of `MONGODB`. What is left out stays as it is in force; null is none, or the default. */
export type MongodbSettings = {
  /** Its `mongodb://` or `mongodb+srv://` address. A secret. Options that reach for files or identities of the server’s host are taken from its environment only. */
  connectionString?: InputMaybe<Scalars['String']['input']>;
  /** Name of the database; `mooring` by default. */
  database?: InputMaybe<Scalars['String']['input']>;
  /** Key of Voyage AI, which embeds what is kept there. A secret. */
  voyageApiKey?: InputMaybe<Scalars['String']['input']>;
  /** Its address; by default the one that takes keys of this kind. */
  voyageBaseUrl?: InputMaybe<Scalars['String']['input']>;
  /** Its model; `voyage-3-large` by default. */
  voyageModel?: InputMaybe<Scalars['String']['input']>;
};

/** Every write gives its payload, or the one error that stood in its way. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Takes a project that lies in a store into the list of projects, with everything in it. */
  attachProject: AttachProjectResult;
  /** Ends a migration before the flip: the project stays where it is, and what was written elsewhere is removed. */
  cancelMigration: CancelMigrationResult;
  /** Makes a project and the store for its data. */
  createProject: CreateProjectResult;
  /** Makes a task. */
  createTask: CreateTaskResult;
  /** Makes up to 1,000 tasks, all or none. */
  createTasks: CreateTasksResult;
  /** Lets a migration flip the project as soon as it can. */
  cutOverMigration: CutOverMigrationResult;
  /** Deletes the memories that pass a filter, up to 10,000, all or none. */
  deleteMemories: DeleteMemoriesResult;
  /** Deletes a memory. It can be restored while it is kept. */
  deleteMemory: DeleteMemoryResult;
  /** Hides a project and all that is in it. It can be restored while it is kept. */
  deleteProject: DeleteProjectResult;
  /** Deletes a conversation with all its memories. It can be restored while it is kept. */
  deleteSession: DeleteSessionResult;
  /** Deletes a state. It can be restored while it is kept. */
  deleteState: DeleteStateResult;
  /** Deletes a task. It can be restored while it is kept. */
  deleteTask: DeleteTaskResult;
  /** Removes for good what was kept at the old place since a project has moved. It answers as `FINALIZING` once that is asked for; it is done when the phase is `FINALIZED`, and back at `MOVED`, with a `problem`, when it was refused. */
  finalizeMigration: FinalizeMigrationResult;
  /** Stops the work of a migration until it is resumed. The project is read and written as always. */
  pauseMigration: PauseMigrationResult;
  /** Removes a memory for good, and its history with it. */
  purgeMemory: PurgeMemoryResult;
  /** Removes a project and all its data for good. */
  purgeProject: PurgeProjectResult;
  /** Removes a task for good, and its history with it. */
  purgeTask: PurgeTaskResult;
  /** Removes what is saved of a storage mode, for good. Refused while projects live where it says. */
  removeStorageConfig: RemoveStorageConfigResult;
  /** Mends every difference between a project's store and its search index. */
  repairIndex: RepairIndexResult;
  /** Makes again what is missing of a storage mode's collections and indexes. No record is touched. */
  repairStorage: RepairStorageResult;
  /** Asks for the token that a purge needs. Nothing is removed by it. */
  requestPurge: RequestPurgeResult;
  /** Restores a deleted memory. */
  restoreMemory: RestoreMemoryResult;
  /** Shows a deleted project again, with exactly what was in it. */
  restoreProject: RestoreProjectResult;
  /** Restores a deleted conversation with exactly the memories that were deleted with it. */
  restoreSession: RestoreSessionResult;
  /** Restores a deleted state. */
  restoreState: RestoreStateResult;
  /** Restores a deleted task. */
  restoreTask: RestoreTaskResult;
  /** Lets a paused migration go on, and one that waits for a problem try again at once. */
  resumeMigration: ResumeMigrationResult;
  /** Writes a record as it was at an earlier version, as a new version. Undoes a deletion too. */
  revertRecord: RevertRecordResult;
  /** Brings a project that has moved back to where it was, with everything that was written since. */
  rollBackMigration: RollBackMigrationResult;
  /** Saves up to 1,000 memories, all or none. */
  saveMemories: SaveMemoriesResult;
  /** Saves a memory. It is durable when this answers; its session is made by the first memory that names it. */
  saveMemory: SaveMemoryResult;
  /** Saves named JSON with a project, a task or a session. */
  saveState: SaveStateResult;
  /** Saves settings that have just passed their test, its secrets encrypted. They are effective at once. Refused while a migration works where the former ones say. */
  saveStorageConfig: SaveStorageConfigResult;
  /** Begins to move a project to another place, while it is read and written as always. Follow it with `migrationProgress`. */
  startMigration: StartMigrationResult;
  /** Tries out settings, step by step. They are neither saved nor used, and nothing stays behind. */
  testStorageConfig: TestStorageConfigResult;
  /** Changes what is given of a memory; the rest stays. A new content is embedded anew. */
  updateMemory: UpdateMemoryResult;
  /** Changes what is given of a project; the rest stays. */
  updateProject: UpdateProjectResult;
  /** Changes what is given of a conversation, such as its title; the rest stays. */
  updateSession: UpdateSessionResult;
  /** Changes what is given of a task; the rest stays. */
  updateTask: UpdateTaskResult;
  /** Compares both sides of a move again: the kept source, with what was written since, and the new place. */
  verifyMigration: VerifyMigrationResult;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationAttachProjectArgs = {
  input: AttachProjectInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationCancelMigrationArgs = {
  input: CancelMigrationInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationCreateProjectArgs = {
  input: CreateProjectInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationCreateTaskArgs = {
  input: CreateTaskInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationCreateTasksArgs = {
  input: CreateTasksInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationCutOverMigrationArgs = {
  input: CutOverMigrationInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationDeleteMemoriesArgs = {
  input: DeleteMemoriesInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationDeleteMemoryArgs = {
  input: DeleteMemoryInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationDeleteProjectArgs = {
  input: DeleteProjectInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationDeleteSessionArgs = {
  input: DeleteSessionInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationDeleteStateArgs = {
  input: DeleteStateInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationDeleteTaskArgs = {
  input: DeleteTaskInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationFinalizeMigrationArgs = {
  input: FinalizeMigrationInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationPauseMigrationArgs = {
  input: PauseMigrationInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationPurgeMemoryArgs = {
  input: PurgeMemoryInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationPurgeProjectArgs = {
  input: PurgeProjectInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationPurgeTaskArgs = {
  input: PurgeTaskInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRemoveStorageConfigArgs = {
  input: RemoveStorageConfigInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRepairIndexArgs = {
  input: RepairIndexInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRepairStorageArgs = {
  input: RepairStorageInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRequestPurgeArgs = {
  input: RequestPurgeInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRestoreMemoryArgs = {
  input: RestoreMemoryInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRestoreProjectArgs = {
  input: RestoreProjectInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRestoreSessionArgs = {
  input: RestoreSessionInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRestoreStateArgs = {
  input: RestoreStateInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRestoreTaskArgs = {
  input: RestoreTaskInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationResumeMigrationArgs = {
  input: ResumeMigrationInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRevertRecordArgs = {
  input: RevertRecordInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationRollBackMigrationArgs = {
  input: RollBackMigrationInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationSaveMemoriesArgs = {
  input: SaveMemoriesInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationSaveMemoryArgs = {
  input: SaveMemoryInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationSaveStateArgs = {
  input: SaveStateInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationSaveStorageConfigArgs = {
  input: SaveStorageConfigInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationStartMigrationArgs = {
  input: StartMigrationInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationTestStorageConfigArgs = {
  input: TestStorageConfigInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationUpdateMemoryArgs = {
  input: UpdateMemoryInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationUpdateProjectArgs = {
  input: UpdateProjectInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationUpdateSessionArgs = {
  input: UpdateSessionInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationUpdateTaskArgs = {
  input: UpdateTaskInput;
};


/** Every write gives its payload, or the one error that stood in its way. */
export type MutationVerifyMigrationArgs = {
  input: VerifyMigrationInput;
};

/** A record that can be found by its id alone. */
export type Node = {
  /** Says of itself what kind of record it is of (its prefix) and of which project. */
  id: Scalars['ID']['output'];
};

/** There is no such record, or it is deleted. */
export type NotFoundError = Error & {
  __typename?: 'NotFoundError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** The id that was looked for. */
  recordId: Scalars['ID']['output'];
};

/** What becomes of a move when a record can't be copied. */
export type OnReject =
  /** It goes on without the record, which is listed in `rejects`. */
  | 'CONTINUE'
  /** It fails, and the project stays where it is. */
  | 'STOP';

/** What a write did to its record. */
export type Operation =
  /** Made it. */
  | 'CREATE'
  /** Deleted it; it can be restored. */
  | 'DELETE'
  /** Removed it for good, and its earlier images with it. */
  | 'PURGE'
  /** Restored it after a deletion. */
  | 'RESTORE'
  /** Wrote it as it was at an earlier version. */
  | 'REVERT'
  /** Changed it. */
  | 'UPDATE';

/** Where a page stands in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the page's last item; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether the list goes on after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is anything before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the page's first item; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** The stretch of a memory's content that matched best. Offsets count UTF-16 code units. */
export type Passage = {
  __typename?: 'Passage';
  /** Where it ends in the content, exclusive. */
  end: Scalars['Int']['output'];
  /** Where it begins in the content. */
  start: Scalars['Int']['output'];
  /** What it says. */
  text: Scalars['String']['output'];
};

/** What the mutation of this name needs to know. */
export type PauseMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** What `pauseMigration` gave. */
export type PauseMigrationPayload = {
  __typename?: 'PauseMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type PauseMigrationResult = InvalidInputError | MigrationStateError | NotFoundError | PauseMigrationPayload | RouteChangedError | StoreError;

/** A project: its tasks, its memories, and what is known about it. */
export type Project = Node & StoredRecord & {
  __typename?: 'Project';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** Where its log stands now. Take it, read the lists, then follow `projectChanges` after it: nothing is missed. */
  cursor: Scalars['String']['output'];
  /** What agents should know before they start. */
  customInstructions: Scalars['String']['output'];
  /** When it was deleted; null while it is live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it is about. */
  description: Scalars['String']['output'];
  /** The client's own name for it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** Its repository on GitHub. */
  githubRepo?: Maybe<Scalars['String']['output']>;
  /** What was done to it. */
  history: LogEntryConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Whether it is being worked on. */
  isActive: Scalars['Boolean']['output'];
  /** What was done to everything in it; empty while it is deleted. */
  log: LogEntryConnection;
  /** Its memories, latest first; none while it is deleted. */
  memories: MemoryConnection;
  /** What an agent should know: the task, the latest of the session, and what is most relevant to the query or the task, within a budget of tokens. */
  memoryContext: MemoryContext;
  /** Its move that isn't over; null when there is none. */
  migration?: Maybe<Migration>;
  /** How much it keeps. */
  mode: ProjectMode;
  /** What it is called. */
  name: Scalars['String']['output'];
  /** Absolute path of its working directory, in the spelling that it was given in. */
  path?: Maybe<Scalars['String']['output']>;
  /** What is stored against what can be found. */
  searchIndex: SearchIndex;
  /** Memories by meaning and by words. Whatever is typed is a search. */
  searchMemories: MemorySearch;
  /** Tasks by their words. Whatever is typed is a search. */
  searchTasks: TaskSearch;
  /** Its conversations, latest first; none while it is deleted. */
  sessions: SessionConnection;
  /** The client's own settings. */
  settings: Scalars['JSONObject']['output'];
  /** The state of this name; null when there is none. */
  state?: Maybe<State>;
  /** The states kept with it, by their keys. */
  states: StateConnection;
  /** Where its data lives. */
  storageMode: StorageMode;
  /** Its tasks, newest first; none while it is deleted. */
  tasks: TaskConnection;
  /** What it is built with. */
  techStack: Array<Scalars['String']['output']>;
  /** When it was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** What its embeddings took, by day and model, oldest first; at most 366 days. */
  usage: Array<UsageDay>;
  /** Counts up with every write. */
  version: Scalars['Int']['output'];
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectLogArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  recordId?: InputMaybe<Scalars['ID']['input']>;
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectMemoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MemoryOrder>;
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectMemoryContextArgs = {
  maxTokens?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
  sessionId?: InputMaybe<Scalars['String']['input']>;
  taskId?: InputMaybe<Scalars['ID']['input']>;
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectSearchMemoriesArgs = {
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  minSimilarity?: InputMaybe<Scalars['Float']['input']>;
  mode?: InputMaybe<SearchMode>;
  query: Scalars['String']['input'];
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectSearchTasksArgs = {
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<SessionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<SessionOrder>;
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectStateArgs = {
  key: Scalars['String']['input'];
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectStatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectTasksArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<TaskFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<TaskOrder>;
};


/** A project: its tasks, its memories, and what is known about it. */
export type ProjectUsageArgs = {
  from?: InputMaybe<Scalars['String']['input']>;
  to?: InputMaybe<Scalars['String']['input']>;
};

/** What a project is looked up by: exactly one of these. */
export type ProjectBy =
  /** Its id. */
  { id: Scalars['ID']['input']; path?: never; }
  |  /** The absolute path of its working directory, in any spelling that leads to that folder. */
  { id?: never; path: Scalars['String']['input']; };

/** A change of something in a project. */
export type ProjectChange = {
  __typename?: 'ProjectChange';
  /** Go on after this change with it. */
  cursor: Scalars['String']['output'];
  /** What was done. */
  entry: LogEntry;
  /** The record as it is now, at least as new as the entry; null when it was purged. */
  record?: Maybe<Node>;
};

/** A page of projects. Where one can't be read, its place is null and an error says why. */
export type ProjectConnection = {
  __typename?: 'ProjectConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<ProjectEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<Maybe<Project>>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in the whole list. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** A project and its place in the list. */
export type ProjectEdge = {
  __typename?: 'ProjectEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node?: Maybe<Project>;
};

/** Which projects: those for which all of it holds. */
export type ProjectFilter = {
  /** Whether it is being worked on. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** How much it keeps. */
  mode?: InputMaybe<ProjectMode>;
  /** Where its data lives. */
  storageMode?: InputMaybe<StorageMode>;
  /** Contained in the name, the description or the path. Case doesn't count in any script, nor how a character is composed: `ß` is `SS`, and `é` may be one code point or two. At most 1000 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
};

/** A change of the list of projects: one was created, changed, deleted, restored or purged. */
export type ProjectListChange = {
  __typename?: 'ProjectListChange';
  /** Go on after this change with it. */
  cursor: Scalars['String']['output'];
  /** What was done. */
  entry: LogEntry;
  /** The project as it is now, at least as new as the entry; null when it was purged. */
  record?: Maybe<Project>;
};

/** How much a project keeps. */
export type ProjectMode =
  /** Also the stages of software work. */
  | 'DEVELOPMENT'
  /** Tasks and memories. */
  | 'SIMPLE';

/** How the list is ordered. Records that agree in the field are ordered by their ids. */
export type ProjectOrder = {
  /** Which way. */
  direction?: SortDirection;
  /** By which field. */
  field: ProjectOrderField;
};

/** What a list of this kind can be ordered by. */
export type ProjectOrderField =
  /** When it was made. */
  | 'CREATED_AT'
  /** What it is called. */
  | 'NAME'
  /** When it was last written. */
  | 'UPDATED_AT';

/** What the mutation of this name needs to know. */
export type PurgeMemoryInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` gave for it. */
  token: Scalars['String']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `purgeMemory` gave. */
export type PurgeMemoryPayload = {
  __typename?: 'PurgeMemoryPayload';
  /** The memory. */
  memory: Memory;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type PurgeMemoryResult = ConfirmationError | ConflictError | InvalidInputError | NotFoundError | PurgeMemoryPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type PurgeProjectInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` gave for it. */
  token: Scalars['String']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `purgeProject` gave. */
export type PurgeProjectPayload = {
  __typename?: 'PurgeProjectPayload';
  /** The project. */
  project: Project;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type PurgeProjectResult = ConfirmationError | ConflictError | InvalidInputError | MigrationStateError | NotFoundError | PurgeProjectPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type PurgeTaskInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The token that `requestPurge` gave for it. */
  token: Scalars['String']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `purgeTask` gave. */
export type PurgeTaskPayload = {
  __typename?: 'PurgeTaskPayload';
  /** The task. */
  task: Task;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type PurgeTaskResult = ConfirmationError | ConflictError | InvalidInputError | NotFoundError | PurgeTaskPayload | RouteChangedError | StoreError;

/** What can be read. */
export type Query = {
  __typename?: 'Query';
  /** What lies where a storage mode keeps projects and isn't in the list of projects, by name. */
  attachableProjects: Array<AttachableProject>;
  /** What a move would take, and whether it could be done. Nothing is moved, and nothing is kept of it. */
  estimateMigration: MigrationEstimate;
  /** A memory by its id, deleted or not; null when there is none, or its project is deleted. */
  memory?: Maybe<Memory>;
  /** A migration by its id; null when there is none. */
  migration?: Maybe<Migration>;
  /** The migrations, newest first, those that are over too. */
  migrations: MigrationConnection;
  /** The record of an id, of whatever kind, deleted ones included; null when there is none. */
  node?: Maybe<Node>;
  /** The records of up to 200 ids, in the order of the ids; null where there is none. */
  nodes: Array<Maybe<Node>>;
  /** A project by its id, deleted or not, or by its path; null when there is none. */
  project?: Maybe<Project>;
  /** Where the log of the list of projects stands now. Take it, read the list, then follow `projectListChanges` after it: nothing is missed. */
  projectListCursor: Scalars['String']['output'];
  /** The projects, newest first. */
  projects: ProjectConnection;
  /** What this server is. */
  serverInfo: ServerInfo;
  /** A conversation by the id of its record, deleted or not; null when there is none, or its project is deleted. */
  session?: Maybe<Session>;
  /** A state by its id, deleted or not; null when there is none, or its project is deleted. */
  state?: Maybe<State>;
  /** How this server keeps projects. No secret is in it. */
  storageConfig: StorageConfig;
  /** How the places of the storage modes are doing. One that is down is no error: the answer says so. */
  storageHealth: Array<StorageHealth>;
  /** A task by its id, deleted or not; null when there is none, or its project is deleted. */
  task?: Maybe<Task>;
};


/** What can be read. */
export type QueryAttachableProjectsArgs = {
  mode: StorageMode;
};


/** What can be read. */
export type QueryEstimateMigrationArgs = {
  location?: InputMaybe<Scalars['String']['input']>;
  projectId: Scalars['ID']['input'];
  to: StorageMode;
};


/** What can be read. */
export type QueryMemoryArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryMigrationArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryMigrationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  projectId?: InputMaybe<Scalars['ID']['input']>;
};


/** What can be read. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryNodesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** What can be read. */
export type QueryProjectArgs = {
  by: ProjectBy;
};


/** What can be read. */
export type QueryProjectsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<ProjectFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<ProjectOrder>;
};


/** What can be read. */
export type QuerySessionArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryStateArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryStorageHealthArgs = {
  mode?: InputMaybe<StorageMode>;
};


/** What can be read. */
export type QueryTaskArgs = {
  id: Scalars['ID']['input'];
};

/** What the mutation of this name needs to know. */
export type RemoveStorageConfigInput = {
  /** Which mode. */
  mode: StorageMode;
};

/** What `removeStorageConfig` gave. */
export type RemoveStorageConfigPayload = {
  __typename?: 'RemoveStorageConfigPayload';
  /** The mode as it is in force now. */
  config: StorageModeConfig;
  /** Environment variables that win over what is saved. */
  overriddenBy: Array<Scalars['String']['output']>;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RemoveStorageConfigResult = InvalidInputError | NotFoundError | RemoveStorageConfigPayload | RouteChangedError | StorageInUseError | StoreError;

/** What the mutation of this name needs to know. */
export type RepairIndexInput = {
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** What `repairIndex` mended. */
export type RepairIndexPayload = {
  __typename?: 'RepairIndexPayload';
  /** Memories that were missing in the index. */
  added: Scalars['Int']['output'];
  /** Memories that the index held though they are gone. */
  removed: Scalars['Int']['output'];
  /** Memories that had failed and are tried again. */
  retried: Scalars['Int']['output'];
  /** How it stands now. */
  searchIndex: SearchIndex;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RepairIndexResult = EmbeddingError | InvalidInputError | NotFoundError | RepairIndexPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RepairStorageInput = {
  /** Which mode. */
  mode: StorageMode;
};

/** What `repairStorage` gave. */
export type RepairStoragePayload = {
  __typename?: 'RepairStoragePayload';
  /** How it is doing now. */
  health: StorageHealth;
  /** What was made, each in a few words. */
  repaired: Array<Scalars['String']['output']>;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RepairStorageResult = InvalidInputError | NotFoundError | RepairStoragePayload | RouteChangedError | StorageModeUnavailableError | StoreError;

/** What the mutation of this name needs to know. */
export type RequestPurgeInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
};

/** A token that confirms one purge, and what it would do. */
export type RequestPurgePayload = {
  __typename?: 'RequestPurgePayload';
  /** What would be gone, for a person to read. */
  consequence: Scalars['String']['output'];
  /** Until when it is valid. */
  expiresAt: Scalars['DateTime']['output'];
  /** The record. */
  record: Node;
  /** Confirms the purge of this record at this version. */
  token: Scalars['String']['output'];
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RequestPurgeResult = ConflictError | InvalidInputError | NotFoundError | RequestPurgePayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RestoreMemoryInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
};

/** What `restoreMemory` gave. */
export type RestoreMemoryPayload = {
  __typename?: 'RestoreMemoryPayload';
  /** The memory. */
  memory: Memory;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RestoreMemoryResult = ConflictError | InvalidInputError | NotFoundError | RestoreMemoryPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RestoreProjectInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
};

/** What `restoreProject` gave. */
export type RestoreProjectPayload = {
  __typename?: 'RestoreProjectPayload';
  /** The project. */
  project: Project;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RestoreProjectResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RestoreProjectPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RestoreSessionInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
};

/** What `restoreSession` gave. */
export type RestoreSessionPayload = {
  __typename?: 'RestoreSessionPayload';
  /** The conversation. */
  session: Session;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RestoreSessionResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RestoreSessionPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RestoreStateInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
};

/** What `restoreState` gave. */
export type RestoreStatePayload = {
  __typename?: 'RestoreStatePayload';
  /** The state. */
  state: State;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RestoreStateResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RestoreStatePayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RestoreTaskInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
};

/** What `restoreTask` gave. */
export type RestoreTaskPayload = {
  __typename?: 'RestoreTaskPayload';
  /** The task. */
  task: Task;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RestoreTaskResult = ConflictError | InvalidInputError | NotFoundError | RestoreTaskPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type ResumeMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** What `resumeMigration` gave. */
export type ResumeMigrationPayload = {
  __typename?: 'ResumeMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type ResumeMigrationResult = InvalidInputError | MigrationStateError | NotFoundError | ResumeMigrationPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RevertRecordInput = {
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The version to go back to. */
  toVersion: Scalars['Int']['input'];
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `revertRecord` gave. */
export type RevertRecordPayload = {
  __typename?: 'RevertRecordPayload';
  /** The record. */
  record: Node;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RevertRecordResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RevertRecordPayload | RouteChangedError | StoreError;

/** What the mutation of this name needs to know. */
export type RollBackMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** What `rollBackMigration` gave. */
export type RollBackMigrationPayload = {
  __typename?: 'RollBackMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type RollBackMigrationResult = InvalidInputError | MigrationStateError | NotFoundError | RollBackMigrationPayload | RouteChangedError | StoreError;

/** The project moved to another store meanwhile. Nothing was written. */
export type RouteChangedError = Error & {
  __typename?: 'RouteChangedError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** What the mutation of this name needs to know. */
export type SaveMemoriesInput = {
  /** The memories. */
  memories: Array<MemoryInput>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
};

/** What `saveMemories` gave. */
export type SaveMemoriesPayload = {
  __typename?: 'SaveMemoriesPayload';
  /** The memories, in the order of the input. */
  memories: Array<Memory>;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type SaveMemoriesResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RouteChangedError | SaveMemoriesPayload | StoreError;

/** What the mutation of this name needs to know. */
export type SaveMemoryInput = {
  /** What was said: at most 1 MB of UTF-8. */
  content: Scalars['String']['input'];
  /** The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** The client's own data about it. Replaced whole. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said; now, when left out on saving. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** Who said it. */
  role: MemoryRole;
  /** The client's own key of the conversation: any string. Null: it stands alone. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** The task it belongs to. Null: none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
};

/** What `saveMemory` gave. */
export type SaveMemoryPayload = {
  __typename?: 'SaveMemoryPayload';
  /** The memory. */
  memory: Memory;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type SaveMemoryResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RouteChangedError | SaveMemoryPayload | StoreError;

/** What the mutation of this name needs to know. */
export type SaveStateInput = {
  /** The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** Its name; its owner has no other of that name. */
  key: Scalars['String']['input'];
  /** Id of the project, task or session it is kept with. */
  ownerId: Scalars['ID']['input'];
  /** What is kept; null, when left out. */
  value?: InputMaybe<Scalars['JSON']['input']>;
  /** The version that was read; left out when it doesn't exist yet. */
  version?: InputMaybe<Scalars['Int']['input']>;
};

/** What `saveState` gave. */
export type SaveStatePayload = {
  __typename?: 'SaveStatePayload';
  /** The state. */
  state: State;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type SaveStateResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RouteChangedError | SaveStatePayload | StoreError;

/** What the mutation of this name needs to know. */
export type SaveStorageConfigInput = {
  /** As they were tested. */
  settings: StorageSettings;
  /** The token that `testStorageConfig` gave for them. */
  token: Scalars['String']['input'];
};

/** What `saveStorageConfig` gave. */
export type SaveStorageConfigPayload = {
  __typename?: 'SaveStorageConfigPayload';
  /** The mode as it is in force now. */
  config: StorageModeConfig;
  /** Environment variables that win over what is saved. */
  overriddenBy: Array<Scalars['String']['output']>;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type SaveStorageConfigResult = ConfirmationError | InvalidInputError | NotFoundError | RouteChangedError | SaveStorageConfigPayload | StorageInUseError | StoreError;

/** What is stored against what can be found: stored = searchable + pending + failed + skipped. */
export type SearchIndex = {
  __typename?: 'SearchIndex';
  /** Couldn't be embedded. */
  failed: Scalars['Int']['output'];
  /** Whether the words' index is being built. */
  isBuilding: Scalars['Boolean']['output'];
  /** The model whose vectors they are. */
  model: Scalars['String']['output'];
  /** Wait for their vectors, the shorter first. A long one counts until it has the vectors of all its passages. */
  pending: Scalars['Int']['output'];
  /** Why they failed or were skipped. */
  reasons: Array<SearchIndexReason>;
  /** Can be found by meaning. */
  searchable: Scalars['Int']['output'];
  /** Have nothing to embed. */
  skipped: Scalars['Int']['output'];
  /** Memories that aren't deleted. */
  stored: Scalars['Int']['output'];
};

/** Why memories can't be found by meaning. */
export type SearchIndexReason = {
  __typename?: 'SearchIndexReason';
  /** How many. */
  count: Scalars['Int']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
  /** How they stand. */
  state: EmbeddingState;
};

/** How memories are looked for. */
export type SearchMode =
  /** By meaning and by words; the ranks of both are fused. */
  | 'HYBRID'
  /** By words. */
  | 'TEXT'
  /** By meaning. */
  | 'VECTOR';

/** What this server is. */
export type ServerInfo = {
  __typename?: 'ServerInfo';
  /** The storage modes that a project can have on it. */
  storageModes: Array<StorageMode>;
  /** Its version. */
  version: Scalars['String']['output'];
};

/** A conversation. It begins with the first memory that names its key. */
export type Session = Node & StoredRecord & {
  __typename?: 'Session';
  /** The agent that took part. */
  agent?: Maybe<Scalars['String']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was deleted; null while it is live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The client's own name for it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** What was done to it. */
  history: LogEntryConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The client's own name for it: what memories call `sessionId`. */
  key: Scalars['String']['output'];
  /** When the latest of them was said. */
  lastMemoryAt?: Maybe<Scalars['DateTime']['output']>;
  /** What was said in it, earliest first. */
  memories: MemoryConnection;
  /** How many memories it has. */
  memoryCount: Scalars['Int']['output'];
  /** The client's own data about it. */
  metadata: Scalars['JSONObject']['output'];
  /** The project it belongs to. */
  project: Project;
  /** The agent's provider. */
  provider?: Maybe<Scalars['String']['output']>;
  /** When it began. */
  startedAt: Scalars['DateTime']['output'];
  /** The state of this name; null when there is none. */
  state?: Maybe<State>;
  /** The states kept with it, by their keys. */
  states: StateConnection;
  /** How it stands, as the client says. */
  status?: Maybe<Scalars['String']['output']>;
  /** What it is about. */
  title?: Maybe<Scalars['String']['output']>;
  /** When it was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Counts up with every write. */
  version: Scalars['Int']['output'];
  /** Where it took place. */
  workspace?: Maybe<Scalars['String']['output']>;
};


/** A conversation. It begins with the first memory that names its key. */
export type SessionHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A conversation. It begins with the first memory that names its key. */
export type SessionMemoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MemoryOrder>;
};


/** A conversation. It begins with the first memory that names its key. */
export type SessionStateArgs = {
  key: Scalars['String']['input'];
};


/** A conversation. It begins with the first memory that names its key. */
export type SessionStatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of conversations. */
export type SessionConnection = {
  __typename?: 'SessionConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<SessionEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<Session>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in the whole list. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its place in the list. */
export type SessionEdge = {
  __typename?: 'SessionEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Session;
};

/** Which conversations: those for which all of it holds. */
export type SessionFilter = {
  /** The agent that took part. */
  agent?: InputMaybe<Scalars['String']['input']>;
  /** The client's own name for it. */
  key?: InputMaybe<Scalars['String']['input']>;
  /** How it stands, as the client says. */
  status?: InputMaybe<Scalars['String']['input']>;
};

/** How the list is ordered. Records that agree in the field are ordered by their ids. */
export type SessionOrder = {
  /** Which way. */
  direction?: SortDirection;
  /** By which field. */
  field: SessionOrderField;
};

/** What a list of this kind can be ordered by. */
export type SessionOrderField =
  /** When it began. */
  | 'STARTED_AT';

/** Where a setting comes from. */
export type SettingSource =
  /** Nobody set it. */
  | 'DEFAULT'
  /** From an environment variable, which wins over what is saved. */
  | 'ENVIRONMENT'
  /** Saved in the catalog. */
  | 'SAVED';

/** Which way a list is ordered. */
export type SortDirection =
  /** Smallest, or oldest, first. */
  | 'ASC'
  /** Greatest, or newest, first. */
  | 'DESC';

/** What one stage of the work gave. */
export type StageResult = {
  __typename?: 'StageResult';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** What it gave. */
  output?: Maybe<Scalars['JSON']['output']>;
  /** Which stage. */
  stage: Scalars['String']['output'];
  /** How it ended. */
  status: Scalars['String']['output'];
};

/** What one stage of the work gave. */
export type StageResultInput = {
  /** When; now, when left out. */
  at?: InputMaybe<Scalars['DateTime']['input']>;
  /** What it gave. */
  output?: InputMaybe<Scalars['JSON']['input']>;
  /** Which stage. */
  stage: Scalars['String']['input'];
  /** How it ended. */
  status: Scalars['String']['input'];
};

/** What the mutation of this name needs to know. */
export type StartMigrationInput = {
  /** Cut over as soon as it can; else wait for `cutOverMigration`. */
  autoCutOver?: InputMaybe<Scalars['Boolean']['input']>;
  /** Records that are written at a time: 1 to 1,000. */
  batchSize?: InputMaybe<Scalars['Int']['input']>;
  /** End after the preflight, and report what it found. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** Its own place there: of `FILE` the absolute path of a folder, of `MONGODB` the name of a database on its server. Left out: where the mode's settings say. */
  location?: InputMaybe<Scalars['String']['input']>;
  /** What to do when a record can't be copied. */
  onReject?: InputMaybe<OnReject>;
  /** Id of the project. */
  projectId: Scalars['ID']['input'];
  /** The storage mode that it is to live in. */
  to: StorageMode;
};

/** What `startMigration` gave. */
export type StartMigrationPayload = {
  __typename?: 'StartMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type StartMigrationResult = InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StartMigrationPayload | StorageModeUnavailableError | StoreError;

/** Named JSON kept with a project, a task or a session: a timeline, a plan, an agent’s checkpoint. */
export type State = Node & StoredRecord & {
  __typename?: 'State';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was deleted; null while it is live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The client's own name for it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** What was done to it. */
  history: LogEntryConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** Its name; its owner has no other of that name. */
  key: Scalars['String']['output'];
  /** What it is kept with; null when that was purged. */
  owner?: Maybe<Node>;
  /** Id of the project, task or session it is kept with. */
  ownerId: Scalars['ID']['output'];
  /** When it was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** What is kept. */
  value?: Maybe<Scalars['JSON']['output']>;
  /** Counts up with every write. */
  version: Scalars['Int']['output'];
};


/** Named JSON kept with a project, a task or a session: a timeline, a plan, an agent’s checkpoint. */
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
  /** The items of the page, each with its cursor. */
  edges: Array<StateEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<State>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in the whole list. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its place in the list. */
export type StateEdge = {
  __typename?: 'StateEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: State;
};

/** One step of trying out settings. */
export type StorageCheck = {
  __typename?: 'StorageCheck';
  /** What to do next; null when there is nothing to do. */
  hint?: Maybe<Scalars['String']['output']>;
  /** What was found. */
  message: Scalars['String']['output'];
  /** How long it took, in milliseconds. */
  ms: Scalars['Float']['output'];
  /** What was looked at. */
  name: StorageCheckName;
  /** How it ended. */
  outcome: StorageCheckOutcome;
};

/** What is looked at when settings are tried out. */
export type StorageCheckName =
  /** Whether the address can be read. */
  | 'ADDRESS'
  /** Whether it takes the credentials. */
  | 'AUTHENTICATION'
  /** Which collections are there. */
  | 'COLLECTIONS'
  /** Whether a server answers. */
  | 'CONNECT'
  /** Whether its name is known. */
  | 'DNS'
  /** Whether texts can be embedded. */
  | 'EMBEDDING'
  /** Which indexes are there. */
  | 'INDEXES'
  /** Whether it can do what a store needs, such as transactions. */
  | 'REPLICA_SET'
  /** Whether the connection is encrypted. */
  | 'TLS'
  /** Whether it can search vectors. */
  | 'VECTOR_SEARCH'
  /** Whether a probe could be written, read and removed again. */
  | 'WRITABLE';

/** How a check ended. */
export type StorageCheckOutcome =
  /** It doesn't work; the message says why. */
  | 'FAILED'
  /** All is well. */
  | 'PASSED'
  /** An earlier check failed, or it doesn't apply. */
  | 'SKIPPED'
  /** It works; the message says what is less than it could be. */
  | 'WARNING';

/** A collection where a storage mode keeps projects. */
export type StorageCollection = {
  __typename?: 'StorageCollection';
  /** How many records it holds, of all projects. */
  count: Scalars['Int']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
};

/** Where projects can live on this server. */
export type StorageConfig = {
  __typename?: 'StorageConfig';
  /** Every storage mode. */
  modes: Array<StorageModeConfig>;
};

/** What turns the texts of a storage mode into vectors. */
export type StorageEmbedder = {
  __typename?: 'StorageEmbedder';
  /** How many numbers a vector has. */
  dimensions: Scalars['Int']['output'];
  /** Its model. */
  model: Scalars['String']['output'];
  /** What is less than it could be; null otherwise. */
  note?: Maybe<Scalars['String']['output']>;
};

/** Something that went wrong. */
export type StorageFailure = {
  __typename?: 'StorageFailure';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** What. */
  message: Scalars['String']['output'];
};

/** How the place of a storage mode is doing. */
export type StorageHealth = {
  __typename?: 'StorageHealth';
  /** What is kept there. */
  collections: Array<StorageCollection>;
  /** Indexes that are there, as `collection.index`. */
  indexes: Array<Scalars['String']['output']>;
  /** Whether it answers. */
  isReachable: Scalars['Boolean']['output'];
  /** What went wrong there last; null when nothing did. */
  lastError?: Maybe<StorageFailure>;
  /** Time of one small read, in milliseconds; null when it failed. */
  latencyMs?: Maybe<Scalars['Float']['output']>;
  /** Indexes that should be there and are not: `repairStorage` makes them. */
  missingIndexes: Array<Scalars['String']['output']>;
  /** Which mode. */
  mode: StorageMode;
  /** Whether nothing is the matter: projects can be read and written, and memories are embedded. */
  ok: Scalars['Boolean']['output'];
  /** Name of the database, or path of the folder. */
  place: Scalars['String']['output'];
  /** Its connections; null where there are none. */
  pool?: Maybe<StoragePool>;
  /** What is the matter, also why memories wait for their vectors; empty when all is well. */
  problems: Array<Scalars['String']['output']>;
};

/** The settings can't be removed: projects live where they say. Nothing was removed. */
export type StorageInUseError = Error & {
  __typename?: 'StorageInUseError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
  /** Ids of the projects, deleted ones included; at most 100. */
  projectIds: Array<Scalars['ID']['output']>;
};

/** Where a project's data lives. */
export type StorageMode =
  /** In plain JSON files, one per record. */
  | 'FILE'
  /** On this machine: one SQLite file per project. Needs nothing else. */
  | 'LOCAL'
  /** In MongoDB. */
  | 'MONGODB';

/** A storage mode: what it is made of on this server, and by which settings. */
export type StorageModeConfig = {
  __typename?: 'StorageModeConfig';
  /** Whether projects can live there. */
  available: Scalars['Boolean']['output'];
  /** What embeds its texts. */
  embedder: StorageEmbedder;
  /** What to do about it. */
  hint?: Maybe<Scalars['String']['output']>;
  /** Which mode. */
  mode: StorageMode;
  /** Environment variables that win over what is saved. */
  overriddenBy: Array<Scalars['String']['output']>;
  /** Name of the database, or path of the folder; null when it isn't configured. */
  place?: Maybe<Scalars['String']['output']>;
  /** What is the matter; null when nothing is. */
  reason?: Maybe<Scalars['String']['output']>;
  /** When its settings were last saved; null when none are. */
  savedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its secrets: which are set. */
  secrets: Array<StorageSecret>;
  /** Its settings, without the secrets. */
  settings: Array<StorageSetting>;
  /** Where its address comes from. */
  source: SettingSource;
  /** What searches its vectors. */
  vectorSearch: VectorSearchKind;
  /** Whether it has a key of Voyage AI. */
  voyageConfigured: Scalars['Boolean']['output'];
};

/** The storage mode can't be used on this server. */
export type StorageModeUnavailableError = Error & {
  __typename?: 'StorageModeUnavailableError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** The connections to a server. */
export type StoragePool = {
  __typename?: 'StoragePool';
  /** Open and waiting. */
  idle: Scalars['Int']['output'];
  /** At work. */
  inUse: Scalars['Int']['output'];
  /** The most that are opened. */
  max: Scalars['Int']['output'];
};

/** What may be told of a secret. The secret itself never leaves the server. */
export type StorageSecret = {
  __typename?: 'StorageSecret';
  /** Its last four characters, to know it by; empty when it is too short to tell any. */
  ending: Scalars['String']['output'];
  /** Whether there is one. */
  isSet: Scalars['Boolean']['output'];
  /** Its name, as it is entered. */
  name: Scalars['String']['output'];
  /** Where it comes from. */
  source: SettingSource;
  /** The environment variable that gave it; null when none did. */
  variable?: Maybe<Scalars['String']['output']>;
};

/** A setting that is no secret, as it is in force. */
export type StorageSetting = {
  __typename?: 'StorageSetting';
  /** Its name, as it is entered. */
  name: Scalars['String']['output'];
  /** Where it comes from. */
  source: SettingSource;
  /** Null when it isn't set. */
  value?: Maybe<Scalars['String']['output']>;
  /** The environment variable that gave it; null when none did. */
  variable?: Maybe<Scalars['String']['output']>;
};

/** Settings of exactly one storage mode. */
export type StorageSettings =
  /** Those of `FILE`. */
  { file: FileSettings; local?: never; mongodb?: never; }
  |  /** Those of `LOCAL`. */
  { file?: never; local: LocalSettings; mongodb?: never; }
  |  /** Those of `MONGODB`. */
  { file?: never; local?: never; mongodb: MongodbSettings; };

/** The project's store can't do its work. Nothing was written. */
export type StoreError = Error & {
  __typename?: 'StoreError';
  /** A stable code to decide by. */
  code: ErrorCode;
  /** What to do next. */
  hint: Scalars['String']['output'];
  /** What happened, and why. */
  message: Scalars['String']['output'];
};

/** A stored record: it has versions and a history, and can be deleted and restored. */
export type StoredRecord = {
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was deleted; null while it is live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The client's own name for it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** What was done to it. */
  history: LogEntryConnection;
  /** Says of itself what kind of record it is of (its prefix) and of which project. */
  id: Scalars['ID']['output'];
  /** When it was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Counts up with every write. */
  version: Scalars['Int']['output'];
};


/** A stored record: it has versions and a history, and can be deleted and restored. */
export type StoredRecordHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** What changes, from a cursor and then live. */
export type Subscription = {
  __typename?: 'Subscription';
  /** How a move goes: first how it stands, or what was missed since the cursor, at least the last of each phase; then live, at most ten a second. It ends after the migration has; `MOVED` is not its end. */
  migrationProgress: MigrationProgress;
  /** Changes of all that is in a project: its tasks, memories, sessions and states. It ends after the project was deleted, with that deletion as its last change; and with `INVALID_CURSOR` when the data is put back to an older state that lacks the last change given. */
  projectChanges: ProjectChange;
  /** Changes of the list of projects. It ends with `INVALID_CURSOR` when the data is put back to an older state that lacks the last change given. */
  projectListChanges: ProjectListChange;
};


/** What changes, from a cursor and then live. */
export type SubscriptionMigrationProgressArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
};


/** What changes, from a cursor and then live. */
export type SubscriptionProjectChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  projectId: Scalars['ID']['input'];
};


/** What changes, from a cursor and then live. */
export type SubscriptionProjectListChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A piece of work. */
export type Task = Node & StoredRecord & {
  __typename?: 'Task';
  /** What thinking it through gave. */
  analysis?: Maybe<Scalars['String']['output']>;
  /** Who does it; null: nobody. */
  assignedAgent?: Maybe<Scalars['String']['output']>;
  /** When it became `DONE`; null in every other status. */
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it was deleted; null while it is live. */
  deletedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Ids of the tasks that must be done first. */
  dependsOn: Array<Scalars['ID']['output']>;
  /** The same at length. */
  description: Scalars['String']['output'];
  /** How long it should take. */
  estimatedHours?: Maybe<Scalars['Float']['output']>;
  /** The client's own name for it. */
  externalId?: Maybe<Scalars['String']['output']>;
  /** The branch it is done on. */
  gitBranch?: Maybe<Scalars['String']['output']>;
  /** What was done to it. */
  history: LogEntryConnection;
  /** Its id. */
  id: Scalars['ID']['output'];
  /** What was said about it, earliest first. */
  memories: MemoryConnection;
  /** How urgent it is. */
  priority: TaskPriority;
  /** The project it belongs to. */
  project: Project;
  /** What each stage gave, in their order. */
  stageResults: Array<StageResult>;
  /** The state of this name; null when there is none. */
  state?: Maybe<State>;
  /** The states kept with it, by their keys. */
  states: StateConnection;
  /** How far it is. */
  status: TaskStatus;
  /** Where it can be tried. */
  testingUrls: Array<TestingUrl>;
  /** What is to be done. */
  title: Scalars['String']['output'];
  /** What kind of work it is. */
  type: TaskType;
  /** When it was last written. */
  updatedAt: Scalars['DateTime']['output'];
  /** Counts up with every write. */
  version: Scalars['Int']['output'];
  /** The working tree it is done in. */
  worktreePath?: Maybe<Scalars['String']['output']>;
};


/** A piece of work. */
export type TaskHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  direction?: InputMaybe<SortDirection>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};


/** A piece of work. */
export type TaskMemoriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  filter?: InputMaybe<MemoryFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<MemoryOrder>;
};


/** A piece of work. */
export type TaskStateArgs = {
  key: Scalars['String']['input'];
};


/** A piece of work. */
export type TaskStatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  deleted?: InputMaybe<DeletedFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of tasks. */
export type TaskConnection = {
  __typename?: 'TaskConnection';
  /** The items of the page, each with its cursor. */
  edges: Array<TaskEdge>;
  /** The items of the page, without their cursors. */
  nodes: Array<Task>;
  /** Where the page stands in the list. */
  pageInfo: PageInfo;
  /** How many there are in the whole list. Counted only when it is asked for. */
  totalCount: Scalars['Int']['output'];
};

/** An item and its place in the list. */
export type TaskEdge = {
  __typename?: 'TaskEdge';
  /** Where the item stands in the list. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Task;
};

/** Which tasks: those for which all of it holds. */
export type TaskFilter = {
  /** Who has it; null finds those that nobody has. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** When it was made. */
  createdAt?: InputMaybe<TimeRange>;
  /** Any of these, at most 100. */
  priorities?: InputMaybe<Array<TaskPriority>>;
  /** Any of these, at most 100. */
  statuses?: InputMaybe<Array<TaskStatus>>;
  /** Contained in the title or the description. Case doesn't count in any script, nor how a character is composed: `ß` is `SS`, and `é` may be one code point or two. At most 1000 characters. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** Any of these, at most 100. */
  types?: InputMaybe<Array<TaskType>>;
};

/** A task that a search found. */
export type TaskHit = {
  __typename?: 'TaskHit';
  /** The task. */
  node: Task;
  /** How well it matches, 0 to 1; comparable within one answer. */
  score: Scalars['Float']['output'];
};

/** A task to be made. */
export type TaskInput = {
  /** What thinking it through gave. Null: nothing yet. */
  analysis?: InputMaybe<Scalars['String']['input']>;
  /** Who does it. Null: nobody. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** Ids of tasks of the same project that must be done first. Replaced whole. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The same at length. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** How long it should take. Null: unknown. */
  estimatedHours?: InputMaybe<Scalars['Float']['input']>;
  /** The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: InputMaybe<Scalars['String']['input']>;
  /** The branch it is done on. Null: none. */
  gitBranch?: InputMaybe<Scalars['String']['input']>;
  /** How urgent it is. */
  priority?: InputMaybe<TaskPriority>;
  /** What each stage gave, in their order. Replaced whole. */
  stageResults?: InputMaybe<Array<StageResultInput>>;
  /** How far it is. `completedAt` follows it. */
  status?: InputMaybe<TaskStatus>;
  /** Where it can be tried. Replaced whole. */
  testingUrls?: InputMaybe<Array<TestingUrlInput>>;
  /** What is to be done. */
  title: Scalars['String']['input'];
  /** What kind of work it is. */
  type?: InputMaybe<TaskType>;
  /** The working tree it is done in. Null: none. */
  worktreePath?: InputMaybe<Scalars['String']['input']>;
};

/** How the list is ordered. Records that agree in the field are ordered by their ids. */
export type TaskOrder = {
  /** Which way. */
  direction?: SortDirection;
  /** By which field. */
  field: TaskOrderField;
};

/** What a list of this kind can be ordered by. */
export type TaskOrderField =
  /** When it was made. */
  | 'CREATED_AT'
  /** When it was last written. */
  | 'UPDATED_AT';

/** How urgent a task is. */
export type TaskPriority =
  /** Now. */
  | 'CRITICAL'
  /** Before others. */
  | 'HIGH'
  /** Can wait. */
  | 'LOW'
  /** In its turn. */
  | 'MEDIUM';

/** What a search for tasks found. */
export type TaskSearch = {
  __typename?: 'TaskSearch';
  /** Best first. */
  hits: Array<TaskHit>;
};

/** How far a task is. */
export type TaskStatus =
  /** Being thought through. */
  | 'ANALYSIS'
  /** Waits to be taken up. */
  | 'BACKLOG'
  /** Can't go on until something else happens. */
  | 'BLOCKED'
  /** Being reviewed. */
  | 'CODE_REVIEW'
  /** Finished; `completedAt` says when. */
  | 'DONE'
  /** Being worked on. */
  | 'IN_PROGRESS'
  /** Being tried. */
  | 'TESTING';

/** What kind of work a task is. */
export type TaskType =
  /** Something broken. */
  | 'BUG'
  /** Upkeep. */
  | 'CHORE'
  /** Something to be written down. */
  | 'DOCS'
  /** Something new. */
  | 'FEATURE'
  /** The same, built better. */
  | 'REFACTOR';

/** What the mutation of this name needs to know. */
export type TestStorageConfigInput = {
  /** What to try out. */
  settings: StorageSettings;
};

/** What `testStorageConfig` gave. */
export type TestStorageConfigPayload = {
  __typename?: 'TestStorageConfigPayload';
  /** The checks, in their order. */
  checks: Array<StorageCheck>;
  /** Until when it is valid. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Whether no check failed. */
  passed: Scalars['Boolean']['output'];
  /** Projects, at most 100, that live where the settings so far say. Saved like this, the server looks for them elsewhere. */
  projectIds: Array<Scalars['ID']['output']>;
  /** Lets exactly these settings be saved; null when a check failed. */
  token?: Maybe<Scalars['String']['output']>;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type TestStorageConfigResult = InvalidInputError | NotFoundError | RouteChangedError | StoreError | TestStorageConfigPayload;

/** Where the work can be tried. */
export type TestingUrl = {
  __typename?: 'TestingUrl';
  /** What is there. */
  label: Scalars['String']['output'];
  /** Its address. */
  url: Scalars['String']['output'];
};

/** Where the work can be tried. */
export type TestingUrlInput = {
  /** What is there. */
  label: Scalars['String']['input'];
  /** Its address. */
  url: Scalars['String']['input'];
};

/** A stretch of time. */
export type TimeRange = {
  /** From this moment on, itself included. */
  after?: InputMaybe<Scalars['DateTime']['input']>;
  /** Up to this moment, itself not included. */
  before?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What the mutation of this name needs to know. */
export type UpdateMemoryInput = {
  /** What was said: at most 1 MB of UTF-8. */
  content?: InputMaybe<Scalars['String']['input']>;
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The client's own data about it. Replaced whole. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** When it was said; now, when left out on saving. */
  occurredAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who said it. */
  role?: InputMaybe<MemoryRole>;
  /** The client's own key of the conversation: any string. Null: it stands alone. */
  sessionId?: InputMaybe<Scalars['String']['input']>;
  /** The task it belongs to. Null: none. */
  taskId?: InputMaybe<Scalars['ID']['input']>;
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `updateMemory` gave. */
export type UpdateMemoryPayload = {
  __typename?: 'UpdateMemoryPayload';
  /** The memory. */
  memory: Memory;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type UpdateMemoryResult = ConflictError | InvalidInputError | NotFoundError | RouteChangedError | StoreError | UpdateMemoryPayload;

/** What the mutation of this name needs to know. */
export type UpdateProjectInput = {
  /** What agents should know before they start. */
  customInstructions?: InputMaybe<Scalars['String']['input']>;
  /** What it is about. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Its repository on GitHub. Null: none. */
  githubRepo?: InputMaybe<Scalars['String']['input']>;
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** Whether it is being worked on. */
  isActive?: InputMaybe<Scalars['Boolean']['input']>;
  /** How much it keeps. */
  mode?: InputMaybe<ProjectMode>;
  /** What it is called. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Absolute path of its working directory. A folder belongs to one project that isn't deleted, however its path is spelled. Null: none. */
  path?: InputMaybe<Scalars['String']['input']>;
  /** The client's own settings. They are replaced whole. */
  settings?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The one that it has: an update moves no project, `startMigration` does. Another one is refused. */
  storageMode?: InputMaybe<StorageMode>;
  /** What it is built with. */
  techStack?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
};

/** What `updateProject` gave. */
export type UpdateProjectPayload = {
  __typename?: 'UpdateProjectPayload';
  /** The project. */
  project: Project;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type UpdateProjectResult = AlreadyExistsError | ConflictError | InvalidInputError | NotFoundError | RouteChangedError | StoreError | UpdateProjectPayload;

/** What the mutation of this name needs to know. */
export type UpdateSessionInput = {
  /** The agent that took part. Null: unknown. */
  agent?: InputMaybe<Scalars['String']['input']>;
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** The client's own data about it. Replaced whole. */
  metadata?: InputMaybe<Scalars['JSONObject']['input']>;
  /** The agent's provider. Null: unknown. */
  provider?: InputMaybe<Scalars['String']['input']>;
  /** How it stands. Null: unknown. */
  status?: InputMaybe<Scalars['String']['input']>;
  /** What it is about. Null: none. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
  /** Where it took place. Null: unknown. */
  workspace?: InputMaybe<Scalars['String']['input']>;
};

/** What `updateSession` gave. */
export type UpdateSessionPayload = {
  __typename?: 'UpdateSessionPayload';
  /** The conversation. */
  session: Session;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type UpdateSessionResult = ConflictError | InvalidInputError | NotFoundError | RouteChangedError | StoreError | UpdateSessionPayload;

/** What the mutation of this name needs to know. */
export type UpdateTaskInput = {
  /** What thinking it through gave. Null: nothing yet. */
  analysis?: InputMaybe<Scalars['String']['input']>;
  /** Who does it. Null: nobody. */
  assignedAgent?: InputMaybe<Scalars['String']['input']>;
  /** Ids of tasks of the same project that must be done first. Replaced whole. */
  dependsOn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The same at length. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** How long it should take. Null: unknown. */
  estimatedHours?: InputMaybe<Scalars['Float']['input']>;
  /** The branch it is done on. Null: none. */
  gitBranch?: InputMaybe<Scalars['String']['input']>;
  /** Id of the record. */
  id: Scalars['ID']['input'];
  /** How urgent it is. */
  priority?: InputMaybe<TaskPriority>;
  /** What each stage gave, in their order. Replaced whole. */
  stageResults?: InputMaybe<Array<StageResultInput>>;
  /** How far it is. `completedAt` follows it. */
  status?: InputMaybe<TaskStatus>;
  /** Where it can be tried. Replaced whole. */
  testingUrls?: InputMaybe<Array<TestingUrlInput>>;
  /** What is to be done. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** What kind of work it is. */
  type?: InputMaybe<TaskType>;
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: Scalars['Int']['input'];
  /** The working tree it is done in. Null: none. */
  worktreePath?: InputMaybe<Scalars['String']['input']>;
};

/** What `updateTask` gave. */
export type UpdateTaskPayload = {
  __typename?: 'UpdateTaskPayload';
  /** The task. */
  task: Task;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type UpdateTaskResult = ConflictError | InvalidInputError | NotFoundError | RouteChangedError | StoreError | UpdateTaskPayload;

/** What the embeddings of a project took on one day with one model that is paid for. */
export type UsageDay = {
  __typename?: 'UsageDay';
  /** The day in UTC, such as `2026-01-31`. */
  day: Scalars['String']['output'];
  /** The tokens at the model's list price, in US dollars; null when that isn't known. */
  dollars?: Maybe<Scalars['Float']['output']>;
  /** The model. */
  model: Scalars['String']['output'];
  /** How often it was asked. */
  requests: Scalars['Int']['output'];
  /** Tokens, as the provider counted them. */
  tokens: Scalars['Float']['output'];
};

/** What finds memories by their meaning. */
export type VectorSearchKind =
  /** Vector search in MongoDB. */
  | 'ATLAS'
  /** A Chroma server. */
  | 'CHROMA'
  /** The index in this process, exactly. */
  | 'EMBEDDED';

/** What the mutation of this name needs to know. */
export type VerifyMigrationInput = {
  /** Id of the migration. */
  id: Scalars['ID']['input'];
};

/** What `verifyMigration` gave. */
export type VerifyMigrationPayload = {
  __typename?: 'VerifyMigrationPayload';
  /** The migration. */
  migration: Migration;
};

/** What the mutation gave, or the one thing that stood in its way. Nothing was written in that case. */
export type VerifyMigrationResult = InvalidInputError | MigrationStateError | NotFoundError | RouteChangedError | StoreError | VerifyMigrationPayload;
