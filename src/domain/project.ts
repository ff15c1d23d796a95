import type { JsonObject } from '../util/json.js';
import type { RecordBase } from './record.js';

export const PROJECT_MODES = ['SIMPLE', 'DEVELOPMENT'] as const;
/** `SIMPLE` keeps tasks and memories; `DEVELOPMENT` adds the stages of software work. */
export type ProjectMode = (typeof PROJECT_MODES)[number];

export const STORAGE_MODES = ['LOCAL', 'MONGODB', 'FILE'] as const;
/** Where a project's data lives. */
export type StorageMode = (typeof STORAGE_MODES)[number];

/** A project: the catalog's record of it. Its tasks and memories live in its own store. */
export interface Project extends RecordBase {
  readonly name: string;
  readonly description: string;
  /** Absolute path of the working directory; null when it has none. Of projects that aren't deleted no two have one folder. */
  readonly path: string | null;
  /** What all spellings of the path's folder have in common; absent without a path, and in records from before there were keys. */
  readonly pathKey?: string;
  readonly githubRepo: string | null;
  readonly customInstructions: string;
  readonly techStack: readonly string[];
  readonly mode: ProjectMode;
  readonly isActive: boolean;
  readonly storageMode: StorageMode;
  readonly settings: JsonObject;
  /** The last 8 characters of its id, which every id in it shares; unique in the catalog. */
  readonly key: string;
  /** Under which epoch writes are routed to its store. */
  readonly epoch: number;
}

/** The copy of a project's record that its store keeps: without what the catalog derives for itself. */
export function manifestOf({ pathKey: _, ...project }: Project): JsonObject {
  return project;
}
