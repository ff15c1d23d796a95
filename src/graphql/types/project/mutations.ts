import { AlreadyExistsError, MigrationStateError, StorageModeUnavailableError } from '../../../domain/errors.js';
import type { Project } from '../../../domain/project.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { ProjectModeEnum, StorageModeEnum } from '../../enums.js';
import { PURGING, VERSIONED } from '../../errors.js';
import { ProjectRef } from '../../refs.js';
import { ID, type InputFields, payloadText, TOKEN, VERSION } from '../mutation.js';

const payload = (name: string) =>
  builder.objectRef<{ readonly project: Project }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({ project: t.expose('project', { type: ProjectRef, description: 'The project.' }) }),
  });
const CreateProjectPayload = payload('CreateProjectPayload');
const UpdateProjectPayload = payload('UpdateProjectPayload');
const DeleteProjectPayload = payload('DeleteProjectPayload');
const RestoreProjectPayload = payload('RestoreProjectPayload');
const PurgeProjectPayload = payload('PurgeProjectPayload');

/** Of these, null clears. */
const NULLABLE = ['path', 'githubRepo'] as const;

const content = (t: InputFields) => ({
  description: t.string({ description: 'Description of the project; at most 1 MB.' }),
  path: t.string({
    description:
      'Absolute path of the working directory. No two live projects can have the same folder, however its path is spelled. Null for none.',
  }),
  githubRepo: t.string({ description: 'Repository, as `owner/name` or a URL. Null for none.' }),
  customInstructions: t.string({
    description: 'Instructions that agents should read before they start; at most 1 MB.',
  }),
  techStack: t.stringList({
    description:
      'Languages, frameworks and tools that the project uses: at most 100, of at most 100 characters each. An update replaces the list.',
  }),
  mode: t.field({
    type: ProjectModeEnum,
    description: 'What the project is used for. Default for a new project: `SIMPLE`.',
  }),
  isActive: t.boolean({ description: 'Whether the project is being worked on. Default for a new project: true.' }),
  settings: t.field({
    type: 'JSONObject',
    description:
      "Settings, free for clients to use; at most 256 KB as JSON. An update replaces the whole object. Two names are reserved: on creation, `fileStorePath` (for `FILE`) or `mongodbDatabase` (for `MONGODB`) says in which folder or database to store the project, when it isn't the one in the storage mode's settings. An update can't change it.",
  }),
});

builder.mutationFields((t) => ({
  createProject: t.fieldWithInput({
    description: 'Creates a project and the store for its data.',
    type: CreateProjectPayload,
    errors: { types: [AlreadyExistsError, StorageModeUnavailableError] },
    input: {
      name: t.input.string({ required: true, description: 'Name of the project; at most 200 characters.' }),
      ...content(t.input),
      storageMode: t.input.field({
        type: StorageModeEnum,
        description:
          "Where to store the project's data. Left out: the server's default (`MOORING_STORAGE_MODE`), normally `LOCAL`.",
      }),
      externalId: t.input.string({
        description:
          "The client's own id for the project: at most 256 characters, unique on this server. If a live project already has it, that project is returned unchanged, so a retry creates no duplicate. If a deleted one has it, the result is an `AlreadyExistsError`.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({
        project: await services.projects.create(author, withoutNulls(input)),
      })),
  }),
  updateProject: t.fieldWithInput({
    description: 'Updates a project. Fields that are left out stay unchanged.',
    type: UpdateProjectPayload,
    errors: { types: [...VERSIONED.types, AlreadyExistsError] },
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      name: t.input.string({ description: 'Name of the project; at most 200 characters.' }),
      ...content(t.input),
      storageMode: t.input.field({
        type: StorageModeEnum,
        description:
          'The current storage mode, or left out; any other is rejected. To move a project, use `startMigration`.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({
        project: await services.projects.update(author, rejectNulls(input, NULLABLE)),
      })),
  }),
  deleteProject: t.fieldWithInput({
    description: 'Deletes a project: hides it with everything in it. It can be restored until it is purged.',
    type: DeleteProjectPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({ project: await services.projects.delete(author, input) })),
  }),
  restoreProject: t.fieldWithInput({
    description:
      'Restores a deleted project with everything that was in it. Not possible while another project has its working directory.',
    type: RestoreProjectPayload,
    errors: { types: [...VERSIONED.types, AlreadyExistsError] },
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({ project: await services.projects.restore(author, input) })),
  }),
  purgeProject: t.fieldWithInput({
    description:
      'Permanently removes a project with all its data. Needs a token from `requestPurge`. Not possible during a migration.',
    type: PurgeProjectPayload,
    errors: { types: [...PURGING.types, MigrationStateError] },
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      token: t.input.string({ required: true, description: TOKEN }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({ project: await services.projects.purge(author, input) })),
  }),
}));
