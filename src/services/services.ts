import type { Author, VersionedId } from '../domain/author.js';
import type { Memory, MemoryRole } from '../domain/memory.js';
import type { Project, ProjectMode, StorageMode } from '../domain/project.js';
import type { RecordBase } from '../domain/record.js';
import type { Session } from '../domain/session.js';
import type { State } from '../domain/state.js';
import type { StageResult, Task, TaskPriority, TaskStatus, TaskType, TestingUrl } from '../domain/task.js';
import type { MemoryFilter } from '../repositories/filters.js';
import type { IndexRepair } from '../search/search.js';
import type { Json, JsonObject } from '../util/json.js';
import type { AttachmentService } from './attachments.js';
import type { MigrationService } from './migrations/migration-contract.js';
import type { StorageService } from './storage-settings/contract.js';
import type { UsageService } from './usage.js';

/**
 * The rules of the domain, each one commit. Every method may throw InvalidInputError, NotFoundError and StoreError;
 * those that write a version that was read also ConflictError. Nothing is written when they throw.
 */
export interface Services {
  readonly projects: ProjectService;
  readonly tasks: TaskService;
  readonly memories: MemoryService;
  readonly sessions: SessionService;
  readonly states: StateService;
  readonly records: RecordService;
  readonly contexts: ContextService;
  readonly storage: StorageService;
  readonly usage: UsageService;
  readonly attachments: AttachmentService;
  readonly migrations: MigrationService;
}

/** Fields that are left out (undefined) stay as they are, or get their default on creation. */
type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined };

export type ProjectContent = {
  readonly description: string;
  readonly path: string | null;
  readonly githubRepo: string | null;
  readonly customInstructions: string;
  readonly techStack: readonly string[];
  readonly mode: ProjectMode;
  readonly isActive: boolean;
  readonly settings: JsonObject;
};

export interface ProjectService {
  /** Makes a project and its store. @throws AlreadyExistsError path taken; StorageModeUnavailableError, and nothing is made */
  create(
    author: Author,
    input: {
      readonly name: string;
      readonly externalId?: string | undefined;
      readonly storageMode?: StorageMode | undefined;
    } & Patch<ProjectContent>,
  ): Promise<Project>;
  update(
    author: Author,
    input: VersionedId & {
      readonly name?: string | undefined;
      /** The one that it has: an update moves no project. */
      readonly storageMode?: StorageMode | undefined;
    } & Patch<ProjectContent>,
  ): Promise<Project>;
  /** Hides it and all that is in it. */
  delete(author: Author, input: VersionedId): Promise<Project>;
  /** Shows it again with exactly what was in it. @throws AlreadyExistsError when its path was taken meanwhile */
  restore(author: Author, input: { readonly id: string }): Promise<Project>;
  /** Removes it and all its data for good. @throws ConfirmationError, MigrationStateError while it is on the move */
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Project>;
}

export type TaskContent = {
  readonly description: string;
  readonly type: TaskType;
  readonly priority: TaskPriority;
  readonly status: TaskStatus;
  readonly analysis: string | null;
  readonly stageResults: readonly (Omit<StageResult, 'at'> & { readonly at?: string | undefined })[];
  readonly testingUrls: readonly TestingUrl[];
  readonly gitBranch: string | null;
  readonly worktreePath: string | null;
  readonly assignedAgent: string | null;
  readonly estimatedHours: number | null;
  readonly dependsOn: readonly string[];
};
export type NewTask = { readonly title: string; readonly externalId?: string | undefined } & Patch<TaskContent>;

export interface TaskService {
  create(author: Author, input: { readonly projectId: string } & NewTask): Promise<Task>;
  /** Up to 1,000, all or nothing. */
  createMany(
    author: Author,
    input: { readonly projectId: string; readonly tasks: readonly NewTask[] },
  ): Promise<readonly Task[]>;
  update(
    author: Author,
    input: VersionedId & { readonly title?: string | undefined } & Patch<TaskContent>,
  ): Promise<Task>;
  delete(author: Author, input: VersionedId): Promise<Task>;
  restore(author: Author, input: { readonly id: string }): Promise<Task>;
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Task>;
}

export type NewMemory = {
  readonly content: string;
  readonly role: MemoryRole;
  readonly sessionId?: string | null | undefined;
  readonly taskId?: string | null | undefined;
  readonly metadata?: JsonObject | undefined;
  readonly occurredAt?: string | undefined;
  readonly externalId?: string | undefined;
};

export interface MemoryService {
  /** Acknowledged when it is durable; its session is made by the first memory that names the key, in the same commit. */
  save(author: Author, input: { readonly projectId: string } & NewMemory): Promise<Memory>;
  /** Up to 1,000, all or nothing. */
  saveMany(
    author: Author,
    input: { readonly projectId: string; readonly memories: readonly NewMemory[] },
  ): Promise<readonly Memory[]>;
  update(author: Author, input: VersionedId & Patch<Omit<NewMemory, 'externalId'>>): Promise<Memory>;
  delete(author: Author, input: VersionedId): Promise<Memory>;
  /** Those that pass the filter, up to 10,000, all or nothing; with `dryRun` only counted. Ids of what was (or would be) deleted. */
  deleteMany(
    author: Author,
    input: { readonly projectId: string; readonly filter: MemoryFilter; readonly dryRun: boolean },
  ): Promise<{ readonly count: number; readonly ids: readonly string[] }>;
  restore(author: Author, input: { readonly id: string }): Promise<Memory>;
  purge(author: Author, input: VersionedId & { readonly token: string }): Promise<Memory>;
}

export interface SessionService {
  update(
    author: Author,
    input: VersionedId & Patch<Pick<Session, 'title' | 'agent' | 'provider' | 'workspace' | 'status' | 'metadata'>>,
  ): Promise<Session>;
  /** Deletes it with all its memories, in one commit. */
  delete(author: Author, input: VersionedId): Promise<Session>;
  /** Restores it with exactly the memories that were deleted with it. */
  restore(author: Author, input: { readonly id: string }): Promise<Session>;
}

export interface StateService {
  /** Saves the owner's state of that key. Without `version` it must not exist yet; with it, it must be at that version. */
  save(
    author: Author,
    input: {
      readonly ownerId: string;
      readonly key: string;
      readonly value: Json;
      readonly version?: number | undefined;
      readonly externalId?: string | undefined;
    },
  ): Promise<State>;
  delete(author: Author, input: VersionedId): Promise<State>;
  /** @throws AlreadyExistsError when its owner has another live state of that key */
  restore(author: Author, input: { readonly id: string }): Promise<State>;
}

/** What is the same for every kind of record. */
export interface RecordService {
  /** The record of any id, deleted ones included unless its project is deleted; null when there is none. */
  find(id: string): Promise<RecordBase | null>;
  /** A token that confirms the purge of this record at its current version, valid for ten minutes. */
  requestPurge(author: Author, input: { readonly id: string }): Promise<PurgeRequest>;
  /** Writes the record as it was at `toVersion`, as a new version. Undoes a deletion too. */
  revert(author: Author, input: VersionedId & { readonly toVersion: number }): Promise<RecordBase>;
  /** Mends a project's search index. */
  repairIndex(input: { readonly projectId: string }): Promise<IndexRepair>;
  /** Purges what was deleted longer ago than the retention, and trims log images older than theirs. */
  applyRetention(): Promise<{ readonly purged: number; readonly trimmed: number }>;
}

export interface PurgeRequest {
  readonly token: string;
  readonly expiresAt: string;
  readonly record: RecordBase;
  /** What would be gone, for a person to read. */
  readonly consequence: string;
}

export interface ContextService {
  /**
   * What an agent should know, within a budget of tokens (estimated as UTF-8 bytes / 4): the task, the latest of the session,
   * and the most relevant to the query (or the task), each once.
   */
  memoryContext(input: {
    readonly projectId: string;
    readonly query?: string | undefined;
    readonly sessionId?: string | undefined;
    readonly taskId?: string | undefined;
    readonly maxTokens: number;
  }): Promise<MemoryContext>;
}

export const CONTEXT_SOURCES = ['TASK', 'SESSION', 'RELEVANT'] as const;
export type ContextSource = (typeof CONTEXT_SOURCES)[number];

export interface MemoryContext {
  /** The items' texts, ready to be put into a prompt. */
  readonly text: string;
  readonly tokens: number;
  readonly items: readonly {
    readonly source: ContextSource;
    /** The memory or the task it is from. */
    readonly record: Memory | Task;
    readonly text: string;
    readonly tokens: number;
    /** For RELEVANT: as in a search. */
    readonly score: number | null;
    readonly isCut: boolean;
  }[];
  /** Memories left out because the budget was full. */
  readonly omitted: number;
}
