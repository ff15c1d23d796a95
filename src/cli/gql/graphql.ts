/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What the mutation of this name needs to know. */
export type CancelMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** What the mutation of this name needs to know. */
export type CreateProjectInput = {
  /** What agents should know before they start. */
  customInstructions?: string | null | undefined;
  /** What it is about. */
  description?: string | null | undefined;
  /** The client's own name for it. Creating it again gives back what is there, as it is; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: string | null | undefined;
  /** Its repository on GitHub. Null: none. */
  githubRepo?: string | null | undefined;
  /** Whether it is being worked on. */
  isActive?: boolean | null | undefined;
  /** How much it keeps. */
  mode?: ProjectMode | null | undefined;
  /** What it is called. */
  name: string;
  /** Absolute path of its working directory. A folder belongs to one project that isn't deleted, however its path is spelled. Null: none. */
  path?: string | null | undefined;
  /** The client's own settings. They are replaced whole. */
  settings?: Record<string, unknown> | null | undefined;
  /** Where its data shall live; `LOCAL` when left out. */
  storageMode?: StorageMode | null | undefined;
  /** What it is built with. */
  techStack?: Array<string> | null | undefined;
};

/** What the mutation of this name needs to know. */
export type CutOverMigrationInput = {
  /** Id of the migration. */
  id: string | number;
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
  path?: string | null | undefined;
};

/** What the mutation of this name needs to know. */
export type FinalizeMigrationInput = {
  /** Id of the migration. */
  id: string | number;
  /** The token that `Migration.finalization` gave. */
  token: string;
};

/** Settings of `LOCAL`, which needs none: a Chroma server may keep its vectors. What is left out stays as it is in force; null is none, or the default. */
export type LocalSettings = {
  /** The database; `default_database` by default. */
  chromaDatabase?: string | null | undefined;
  /** The tenant; `default_tenant` by default. */
  chromaTenant?: string | null | undefined;
  /** The token that it asks for. A secret. */
  chromaToken?: string | null | undefined;
  /** Its address, such as `http://127.0.0.1:8000`. Null: no Chroma. */
  chromaUrl?: string | null | undefined;
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

/** Settings of `MONGODB`. What is left out stays as it is in force; null is none, or the default. */
export type MongodbSettings = {
  /** Its `mongodb://` or `mongodb+srv://` address. A secret. Options that reach for files or identities of the server’s host are taken from its environment only. */
  connectionString?: string | null | undefined;
  /** Name of the database; `mooring` by default. */
  database?: string | null | undefined;
  /** Key of Voyage AI, which embeds what is kept there. A secret. */
  voyageApiKey?: string | null | undefined;
  /** Its address; by default the one that takes keys of this kind. */
  voyageBaseUrl?: string | null | undefined;
  /** Its model; `voyage-3-large` by default. */
  voyageModel?: string | null | undefined;
};

/** What becomes of a move when a record can't be copied. */
export type OnReject =
  /** It goes on without the record, which is listed in `rejects`. */
  | 'CONTINUE'
  /** It fails, and the project stays where it is. */
  | 'STOP';

/** What the mutation of this name needs to know. */
export type PauseMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** What a project is looked up by: exactly one of these. */
export type ProjectBy =
  {   /** Its id. */
  id: string | number; path?: never; }
  |  { id?: never;   /** The absolute path of its working directory, in any spelling that leads to that folder. */
  path: string; };

/** How much a project keeps. */
export type ProjectMode =
  /** Also the stages of software work. */
  | 'DEVELOPMENT'
  /** Tasks and memories. */
  | 'SIMPLE';

/** What the mutation of this name needs to know. */
export type RemoveStorageConfigInput = {
  /** Which mode. */
  mode: StorageMode;
};

/** What the mutation of this name needs to know. */
export type RepairIndexInput = {
  /** Id of the project. */
  projectId: string | number;
};

/** What the mutation of this name needs to know. */
export type ResumeMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** What the mutation of this name needs to know. */
export type RollBackMigrationInput = {
  /** Id of the migration. */
  id: string | number;
};

/** What the mutation of this name needs to know. */
export type SaveStorageConfigInput = {
  /** As they were tested. */
  settings: StorageSettings;
  /** The token that `testStorageConfig` gave for them. */
  token: string;
};

/** Where a setting comes from. */
export type SettingSource =
  /** Nobody set it. */
  | 'DEFAULT'
  /** From an environment variable, which wins over what is saved. */
  | 'ENVIRONMENT'
  /** Saved in the catalog. */
  | 'SAVED';

/** What the mutation of this name needs to know. */
export type StartMigrationInput = {
  /** Cut over as soon as it can; else wait for `cutOverMigration`. */
  autoCutOver?: boolean | null | undefined;
  /** Records that are written at a time: 1 to 1,000. */
  batchSize?: number | null | undefined;
  /** End after the preflight, and report what it found. */
  dryRun?: boolean | null | undefined;
  /** Its own place there: of `FILE` the absolute path of a folder, of `MONGODB` the name of a database on its server. Left out: where the mode's settings say. */
  location?: string | null | undefined;
  /** What to do when a record can't be copied. */
  onReject?: OnReject | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** The storage mode that it is to live in. */
  to: StorageMode;
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

/** Where a project's data lives. */
export type StorageMode =
  /** In plain JSON files, one per record. */
  | 'FILE'
  /** On this machine: one SQLite file per project. Needs nothing else. */
  | 'LOCAL'
  /** In MongoDB. */
  | 'MONGODB';

/** Settings of exactly one storage mode. */
export type StorageSettings =
  {   /** Those of `FILE`. */
  file: FileSettings; local?: never; mongodb?: never; }
  |  { file?: never;   /** Those of `LOCAL`. */
  local: LocalSettings; mongodb?: never; }
  |  { file?: never; local?: never;   /** Those of `MONGODB`. */
  mongodb: MongodbSettings; };

/** What the mutation of this name needs to know. */
export type TestStorageConfigInput = {
  /** What to try out. */
  settings: StorageSettings;
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
  id: string | number;
};

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
    | { config: { mode: StorageMode, available: boolean, reason: string | null, hint: string | null, place: string | null, vectorSearch: VectorSearchKind, source: SettingSource, savedAt: string | null, overriddenBy: Array<string>, embedder: { model: string, dimensions: number, note: string | null }, settings: Array<{ name: string, value: string | null, source: SettingSource, variable: string | null }>, secrets: Array<{ name: string, isSet: boolean, ending: string, source: SettingSource, variable: string | null }> } }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
   };

export type FindProjectQueryVariables = Exact<{
  by: ProjectBy;
}>;


export type FindProjectQuery = { project: { id: string, name: string, storageMode: StorageMode, deletedAt: string | null } | null };

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
    | { migration: { id: string, projectId: string, dryRun: boolean, autoCutOver: boolean, batchSize: number, onReject: OnReject, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, isOver: boolean, message: string, createdAt: string, movedAt: string | null, endedAt: string | null, project: { name: string } | null, from: { mode: StorageMode, location: string | null }, to: { mode: StorageMode, location: string | null }, problem: { code: string, message: string, hint: string } | null, progress: { cursor: string, migrationId: string, phase: MigrationPhase, isRollingBack: boolean, isPaused: boolean, rate: number | null, etaSeconds: number | null, pacing: number, tokens: number, dollars: number | null, fenceMs: number | null, canCutOver: boolean, canRollBack: boolean, message: string, at: string, collections: Array<{ name: string, done: number, total: number, rejected: number, verified: number }>, vectors: { done: number, total: number, failed: number }, lag: { entries: number, seconds: number }, problem: { code: string, message: string, hint: string } | null }, preflight: { at: string, estimate: { bytes: number, vectors: number, isSameModel: boolean, fromModel: string, toModel: string, tokens: number, dollars: number | null, seconds: number | null, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }>, collections: Array<{ name: string, records: number, bytes: number }> }, checks: Array<{ name: string, outcome: StorageCheckOutcome, ms: number, message: string, hint: string | null }> } | null, verification: { at: string, isComplete: boolean, seq: number, collections: Array<{ name: string, compared: number, mismatches: number, repaired: number, digest: string | null }> } | null, rejects: { nodes: Array<{ collection: string, recordId: string, reason: string }>, pageInfo: { hasNextPage: boolean } }, mismatches: { nodes: Array<{ collection: string, recordId: string, differing: Array<string>, reason: string, isRepaired: boolean }>, pageInfo: { hasNextPage: boolean } } } }
   };

export type RollBackMigrationMutationVariables = Exact<{
  input: RollBackMigrationInput;
}>;


export type RollBackMigrationMutation = { rollBackMigration:
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
   };

export type RepairIndexMutationVariables = Exact<{
  input: RepairIndexInput;
}>;


export type RepairIndexMutation = { repairIndex:
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { code: ErrorCode, message: string, hint: string }
    | { added: number, removed: number, retried: number, searchIndex: { model: string, stored: number, searchable: number, pending: number, failed: number, skipped: number, isBuilding: boolean } }
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