import { z } from 'zod';
import type { JsonObject } from '../util/json/json.js';
import { normalizePath } from '../util/path.js';
import { MAX_METADATA_BYTES, MAX_NAME, MAX_PATH, MAX_PROSE_BYTES } from './fields/common.js';
import { defaultsOf, type ValuesOf } from './fields/derive.js';
import { jsonObject } from './fields/json.js';
import { refuse } from './fields/parse.js';
import { SECRET_POLICIES } from './fields/redaction.js';
import { label, name, prose, repository } from './fields/text.js';
import type { RecordBase } from './record.js';

export const PROJECT_MODES = ['SIMPLE', 'DEVELOPMENT'] as const;
/** `SIMPLE` keeps tasks and memories; `DEVELOPMENT` adds the stages of software work. */
export type ProjectMode = (typeof PROJECT_MODES)[number];

export const STORAGE_MODES = ['LOCAL', 'MONGODB', 'FILE'] as const;
/** Where a project's data lives. */
export type StorageMode = (typeof STORAGE_MODES)[number];

export const CAPTURES = ['OFF', 'MESSAGES', 'ALL'] as const;
/** What is kept of an agent's conversations without anybody asking; `ALL` adds the output of its tools. */
export type Capture = (typeof CAPTURES)[number];

/** The most characters of a tool's output that a project can keep. */
export const MAX_CAPTURE_TOOL_CHARACTERS = 20_000;

/** The path of a working directory, on whatever system the agent runs. */
export const projectPath = label(MAX_PATH)
  .superRefine(
    refuse((text: string) =>
      normalizePath(text) === null
        ? {
            message: "isn't absolute",
            hint: 'Give the whole path of the working directory, such as /home/me/app or C:\\work\\app.',
          }
        : null,
    ),
  )
  .transform((text) => normalizePath(text) ?? text);

/** What a project's own fields may hold, in a request. Where it lives is left to the server when its author doesn't say. */
export const projectFields = {
  name: name(MAX_NAME),
  description: prose(MAX_PROSE_BYTES).default(''),
  /** Absolute path of the working directory; null when it has none. Of projects that aren't deleted no two have one folder. */
  path: projectPath.nullable().default(null),
  githubRepo: repository.nullable().default(null),
  customInstructions: prose(MAX_PROSE_BYTES).default(''),
  techStack: z.array(label(100)).max(100).default([]),
  mode: z.enum(PROJECT_MODES).default('SIMPLE'),
  isActive: z.boolean().default(true),
  storageMode: z.enum(STORAGE_MODES),
  settings: jsonObject(MAX_METADATA_BYTES).default({}),
  /** What is done about secrets in texts that are saved; null: what the server does. */
  secrets: z.enum(SECRET_POLICIES).nullable().default(null),
  /** Null: not decided, so who captures decides. */
  capture: z.enum(CAPTURES).nullable().default(null),
  /** Characters kept of the output of a tool; the rest is cut off. */
  captureToolCharacters: z.int().min(0).max(MAX_CAPTURE_TOOL_CHARACTERS).default(2_000),
} as const;

/** What the fields of a project hold until they are set. */
export const PROJECT_DEFAULTS = defaultsOf(projectFields);

/** A project: the catalog's record of it. Its tasks and memories live in its own store. */
export interface Project extends RecordBase, ValuesOf<typeof projectFields> {
  /** What all spellings of the path's folder have in common; absent without a path, and in records from before there were keys. */
  readonly pathKey?: string;
  /** The last 8 characters of its id, which every id in it shares; unique in the catalog. */
  readonly key: string;
  /** Id of the user who made it; null or absent: it was made while there were no users, or by none. */
  readonly ownerId?: string | null;
  /** Under which epoch writes are routed to its store. */
  readonly epoch: number;
}

/** The copy of a project's record that its store keeps: without what the catalog derives for itself, and without its owner, whom another catalog doesn't know. */
export function manifestOf({ pathKey: _, ownerId: __, ...project }: Project): JsonObject {
  return project;
}
