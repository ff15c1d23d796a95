/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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
export type CreateTaskInput = {
  /** What thinking it through gave. Null: nothing yet. */
  analysis?: string | null | undefined;
  /** Who does it. Null: nobody. */
  assignedAgent?: string | null | undefined;
  /** Ids of tasks of the same project that must be done first. Replaced whole. */
  dependsOn?: Array<string | number> | null | undefined;
  /** The same at length. */
  description?: string | null | undefined;
  /** How long it should take. Null: unknown. */
  estimatedHours?: number | null | undefined;
  /** The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: string | null | undefined;
  /** The branch it is done on. Null: none. */
  gitBranch?: string | null | undefined;
  /** How urgent it is. */
  priority?: TaskPriority | null | undefined;
  /** Id of the project. */
  projectId: string | number;
  /** What each stage gave, in their order. Replaced whole. */
  stageResults?: Array<StageResultInput> | null | undefined;
  /** How far it is. `completedAt` follows it. */
  status?: TaskStatus | null | undefined;
  /** Where it can be tried. Replaced whole. */
  testingUrls?: Array<TestingUrlInput> | null | undefined;
  /** What is to be done. */
  title: string;
  /** What kind of work it is. */
  type?: TaskType | null | undefined;
  /** The working tree it is done in. Null: none. */
  worktreePath?: string | null | undefined;
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

/** A memory to be saved. */
export type MemoryInput = {
  /** What was said: at most 1,048,576 bytes of UTF-8. */
  content: string;
  /** The client's own name for it, unique in its project. Creating it again gives back what is there, as it is, so a retry makes nothing twice; when that is deleted, `AlreadyExistsError` names it. */
  externalId?: string | null | undefined;
  /** The client's own data about it. Replaced whole. */
  metadata?: Record<string, unknown> | null | undefined;
  /** When it was said; now, when left out on saving. */
  occurredAt?: string | null | undefined;
  /** Who said it. */
  role: MemoryRole;
  /** The client's own key of the conversation: any string. Null: it stands alone. */
  sessionId?: string | null | undefined;
  /** The task it belongs to. Null: none. */
  taskId?: string | number | null | undefined;
};

/** Who said it. */
export type MemoryRole =
  /** The agent. */
  | 'ASSISTANT'
  /** Instructions, tools, or the environment. */
  | 'SYSTEM'
  /** The person. */
  | 'USER';

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

/** How much a project keeps. */
export type ProjectMode =
  /** Also the stages of software work. */
  | 'DEVELOPMENT'
  /** Tasks and memories. */
  | 'SIMPLE';

/** What the mutation of this name needs to know. */
export type RevertRecordInput = {
  /** Id of the record. */
  id: string | number;
  /** The version to go back to. */
  toVersion: number;
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: number;
};

/** What the mutation of this name needs to know. */
export type SaveMemoriesInput = {
  /** The memories. */
  memories: Array<MemoryInput>;
  /** Id of the project. */
  projectId: string | number;
};

/** How memories are looked for. */
export type SearchMode =
  /** By meaning and by words; the ranks of both are fused. */
  | 'HYBRID'
  /** By words. */
  | 'TEXT'
  /** By meaning. */
  | 'VECTOR';

/** What one stage of the work gave. */
export type StageResultInput = {
  /** When; now, when left out. */
  at?: string | null | undefined;
  /** What it gave. */
  output?: unknown;
  /** Which stage. */
  stage: string;
  /** How it ended. */
  status: string;
};

/** Where a project's data lives. */
export type StorageMode =
  /** In plain JSON files, one per record. */
  | 'FILE'
  /** On this machine: one SQLite file per project. Needs nothing else. */
  | 'LOCAL'
  /** In MongoDB. */
  | 'MONGODB';

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

/** Where the work can be tried. */
export type TestingUrlInput = {
  /** What is there. */
  label: string;
  /** Its address. */
  url: string;
};

/** What the mutation of this name needs to know. */
export type UpdateTaskInput = {
  /** What thinking it through gave. Null: nothing yet. */
  analysis?: string | null | undefined;
  /** Who does it. Null: nobody. */
  assignedAgent?: string | null | undefined;
  /** Ids of tasks of the same project that must be done first. Replaced whole. */
  dependsOn?: Array<string | number> | null | undefined;
  /** The same at length. */
  description?: string | null | undefined;
  /** How long it should take. Null: unknown. */
  estimatedHours?: number | null | undefined;
  /** The branch it is done on. Null: none. */
  gitBranch?: string | null | undefined;
  /** Id of the record. */
  id: string | number;
  /** How urgent it is. */
  priority?: TaskPriority | null | undefined;
  /** What each stage gave, in their order. Replaced whole. */
  stageResults?: Array<StageResultInput> | null | undefined;
  /** How far it is. `completedAt` follows it. */
  status?: TaskStatus | null | undefined;
  /** Where it can be tried. Replaced whole. */
  testingUrls?: Array<TestingUrlInput> | null | undefined;
  /** What is to be done. */
  title?: string | null | undefined;
  /** What kind of work it is. */
  type?: TaskType | null | undefined;
  /** The version that was read. When the record has moved on since, nothing is written. */
  version: number;
  /** The working tree it is done in. Null: none. */
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
    | { memories: Array<{ id: string }> }
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
    | { record:
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { id: string }
        | { status: TaskStatus, completedAt: string | null, version: number, id: string }
       }
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