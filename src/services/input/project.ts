import { z } from 'zod';
import { externalId, idOf, MAX_METADATA_BYTES, MAX_PATH, version } from '../../domain/fields/common.js';
import { type InputOf, optional, withoutDefaults } from '../../domain/fields/derive.js';
import { jsonObject } from '../../domain/fields/json.js';
import { label, moment } from '../../domain/fields/text.js';
import { projectFields } from '../../domain/project.js';

const { name, storageMode, ...content } = projectFields;

/** `storageMode`: left out, the server's default. */
export const newProject = z.object({
  name,
  externalId: externalId.optional(),
  storageMode: storageMode.optional(),
  ...content,
});

/** `storageMode`: the one that it has. An update moves no project. `ownerId`: null for nobody. */
export const projectUpdate = z.object({
  id: idOf('project'),
  version,
  ...optional({ name, storageMode, ...content }),
  ownerId: idOf('user').nullable().optional(),
});

/** A project to be created. What is left out gets its default. */
export type NewProject = InputOf<typeof newProject>;
/** What changes in a project. What is left out (undefined) stays. */
export type ProjectUpdate = InputOf<typeof projectUpdate>;

/** What the settings of a project's record may take besides a client's: where it lives. */
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
  ...withoutDefaults(projectFields),
  // Copies of earlier versions don't have it.
  secrets: projectFields.secrets,
  path: label(MAX_PATH).nullable(),
  settings: jsonObject(MAX_METADATA_BYTES + PLACE_BYTES),
  // Added later, so they keep their defaults: copies written before don't have them.
  capture: projectFields.capture,
  captureToolCharacters: projectFields.captureToolCharacters,
});
