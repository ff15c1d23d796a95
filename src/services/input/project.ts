import { z } from 'zod';
import {
  externalId,
  idOf,
  MAX_METADATA_BYTES,
  MAX_NAME,
  MAX_PATH,
  MAX_PROSE_BYTES,
  version,
} from '../../domain/fields/common.js';
import { jsonObject } from '../../domain/fields/json.js';
import { refuse } from '../../domain/fields/refusal.js';
import { label, moment, name, prose, repository } from '../../domain/fields/text.js';
import { PROJECT_MODES, STORAGE_MODES } from '../../domain/project.js';
import { normalizePath } from '../../util/path.js';

/** Of a working directory, on whatever system the agent runs. */
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

const content = {
  description: prose(MAX_PROSE_BYTES).optional(),
  path: projectPath.nullable().optional(),
  githubRepo: repository.nullable().optional(),
  customInstructions: prose(MAX_PROSE_BYTES).optional(),
  techStack: z.array(label(100)).max(100).optional(),
  mode: z.enum(PROJECT_MODES).optional(),
  isActive: z.boolean().optional(),
  settings: jsonObject(MAX_METADATA_BYTES).optional(),
};

export const newProject = z.object({
  name: name(MAX_NAME),
  externalId: externalId.optional(),
  storageMode: z.enum(STORAGE_MODES).optional(),
  ...content,
});

export const projectUpdate = z.object({
  id: idOf('project'),
  version,
  name: name(MAX_NAME).optional(),
  storageMode: z.enum(STORAGE_MODES).optional(),
  ...content,
});

/** What the settings of a project's record may have beside a client's: where it lies. */
const PLACE_BYTES = 16_384;

/**
 * The copy of a project's record that its store keeps. The store may come from anybody: its copy has to be what a request
 * could have written. Its path is of another machine.
 */
export const projectCopy = z.object({
  id: idOf('project'),
  key: z.string(),
  createdAt: moment,
  updatedAt: moment,
  deletedAt: moment.nullable(),
  externalId: externalId.nullable(),
  name: name(MAX_NAME),
  description: prose(MAX_PROSE_BYTES),
  path: label(MAX_PATH).nullable(),
  githubRepo: repository.nullable(),
  customInstructions: prose(MAX_PROSE_BYTES),
  techStack: z.array(label(100)).max(100),
  mode: z.enum(PROJECT_MODES),
  isActive: z.boolean(),
  storageMode: z.enum(STORAGE_MODES),
  settings: jsonObject(MAX_METADATA_BYTES + PLACE_BYTES),
});
