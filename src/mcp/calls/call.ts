import type { TypedDocumentString } from '../gql/graphql.js';
import type { RetryKeys } from './retry-keys.js';

/** A project, as answers name it. */
export interface ProjectName {
  readonly id: string;
  readonly name: string;
}

/** A project that was created just now. */
export interface CreatedProject extends ProjectName {
  /** Whether calls that name no project work in it. */
  readonly hasFolder: boolean;
}

/** One call of a tool, a resource or a prompt: what it may do, on whose behalf, and until when. */
export interface Call {
  /** Asks the API, within the time of this call. @throws AskError */
  ask<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R>;
  /** Who calls: the agent of claims and of "mine". */
  readonly actor: string;
  /** The id in the log of all writes of this call. */
  readonly requestId: string;
  /** The named project, else the one of the connection. @throws AskError when there is none */
  project(named?: string): Promise<ProjectName>;
  /** Creates a project where the connection stands, with the folder's name if none is given. @throws AskError */
  createProject(name: string | null): Promise<CreatedProject>;
  readonly memory: ConnectionMemory;
}

/** What a connection remembers between calls: nothing that another can't do without. */
export interface ConnectionMemory {
  readonly claims: ClaimTokens;
  readonly retryKeys: RetryKeys;
}

/**
 * Tokens of the claims that were made here, by the id of their task: an agent that was too slow then learns that its claim
 * was lost, and doesn't complete what another of the same name does now.
 */
export interface ClaimTokens {
  /** Whether tokens are kept at all: else that of a claim under the caller's name is its own. */
  readonly areKept: boolean;
  get(taskId: string): number | undefined;
  set(taskId: string, token: number): void;
  delete(taskId: string): void;
}
