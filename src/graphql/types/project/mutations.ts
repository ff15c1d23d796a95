import { AlreadyExistsError, MigrationStateError, StorageModeUnavailableError } from '../../../domain/errors.js';
import type { Project } from '../../../domain/project.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { ProjectModeEnum, StorageModeEnum } from '../../enums.js';
import { PURGING, VERSIONED } from '../../errors.js';
import { onlyNullable, withoutNulls } from '../../input.js';
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
  description: t.string({ description: 'What it is about.' }),
  path: t.string({
    description:
      "Absolute path of its working directory. A folder belongs to one project that isn't deleted, however its path is spelled. Null: none.",
  }),
  githubRepo: t.string({ description: 'Its repository on GitHub. Null: none.' }),
  customInstructions: t.string({ description: 'What agents should know before they start.' }),
  techStack: t.stringList({ description: 'What it is built with.' }),
  mode: t.field({ type: ProjectModeEnum, description: 'How much it keeps.' }),
  isActive: t.boolean({ description: 'Whether it is being worked on.' }),
  settings: t.field({ type: 'JSONObject', description: "The client's own settings. They are replaced whole." }),
});

builder.mutationFields((t) => ({
  createProject: t.fieldWithInput({
    description: 'Makes a project and the store for its data.',
    type: CreateProjectPayload,
    errors: { types: [AlreadyExistsError, StorageModeUnavailableError] },
    input: {
      name: t.input.string({ required: true, description: 'What it is called.' }),
      ...content(t.input),
      storageMode: t.input.field({
        type: StorageModeEnum,
        description: 'Where its data shall live; `LOCAL` when left out.',
      }),
      externalId: t.input.string({
        description:
          "The client's own name for it. Creating it again gives back what is there, as it is; when that is deleted, `AlreadyExistsError` names it.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({
        project: await services.projects.create(author, withoutNulls(input)),
      })),
  }),
  updateProject: t.fieldWithInput({
    description: 'Changes what is given of a project; the rest stays.',
    type: UpdateProjectPayload,
    errors: { types: [...VERSIONED.types, AlreadyExistsError] },
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      name: t.input.string({ description: 'What it is called.' }),
      ...content(t.input),
      storageMode: t.input.field({
        type: StorageModeEnum,
        description: 'The one that it has: an update moves no project, `startMigration` does. Another one is refused.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({
        project: await services.projects.update(author, onlyNullable(input, NULLABLE)),
      })),
  }),
  deleteProject: t.fieldWithInput({
    description: 'Hides a project and all that is in it. It can be restored while it is kept.',
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
    description: 'Shows a deleted project again, with exactly what was in it.',
    type: RestoreProjectPayload,
    errors: { types: [...VERSIONED.types, AlreadyExistsError] },
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => ({ project: await services.projects.restore(author, input) })),
  }),
  purgeProject: t.fieldWithInput({
    description: 'Removes a project and all its data for good.',
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
