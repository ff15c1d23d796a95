import { AlreadyExistsError, MigrationStateError, StorageModeUnavailableError } from '../../../domain/errors.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { write } from '../../context.js';
import { ProjectModeEnum, StorageModeEnum } from '../../enums.js';
import { CREATING, PURGING } from '../../errors.js';
import { ProjectRef } from '../../refs.js';
import {
  CREATION,
  createdText,
  type DefaultText,
  externalIdText,
  UPDATE,
  withDefault,
  withoutDefault,
} from '../descriptions.js';
import { lifecycleMutations, purgeMutation, versionedId } from '../lifecycle-mutations.js';
import { recordPayload } from '../payloads.js';

/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  path: t.string({
    description:
      'Absolute path of the working directory. No two live projects can have the same folder, however its path is spelled. Null for none.',
  }),
  githubRepo: t.string({ description: 'Repository, as `owner/name` or a URL. Null for none.' }),
});
/** Fields that always have a value. */
const content = (t: InputFields, byDefault: DefaultText) => ({
  description: t.string({ description: 'Description of the project; at most 1 MB.' }),
  customInstructions: t.string({
    description: 'Instructions that agents should read before they start; at most 1 MB.',
  }),
  techStack: t.stringList({
    description: 'Languages, frameworks and tools that the project uses: at most 100, of at most 100 characters each.',
  }),
  mode: t.field({
    type: ProjectModeEnum,
    description: `What the project is used for.${byDefault('`SIMPLE`')}`,
  }),
  isActive: t.boolean({ description: `Whether the project is being worked on.${byDefault('true')}` }),
  settings: t.field({
    type: 'JSONObject',
    description:
      "Settings, free for clients to use; at most 256 KB as JSON. An update replaces the whole object. Two names are reserved for the project's own location, set on creation: `fileStorePath` (for `FILE`), the absolute path of a folder on the server's disk (not one of the server's own, nor of another project), and `mongodbDatabase` (for `MONGODB`), the name of a database on the configured server. Left out or null, the location is the one in the storage mode's settings. An update of `settings` must repeat it unchanged.",
  }),
});

const NAME = 'Name of the project; at most 200 characters.';

builder.mutationField('createProject', (t) =>
  t.fieldWithInput({
    description: 'Creates a project and the store for its data.',
    type: recordPayload('CreateProjectPayload', ProjectRef, createdText('project')),
    errors: { types: [AlreadyExistsError, StorageModeUnavailableError] },
    typeOptions: { description: CREATION },
    input: {
      name: t.input.string({ required: true, description: NAME }),
      ...content(t.input, withDefault),
      ...clearable(t.input),
      storageMode: t.input.field({
        type: StorageModeEnum,
        description:
          "Where to store the project's data. Default: the server's `MOORING_STORAGE_MODE`, which is `LOCAL` unless configured.",
      }),
      externalId: t.input.string({ description: externalIdText('project', 'on this server') }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ projects }, author) => ({
        record: await projects.create(author, withoutNulls(input)),
      })),
  }),
);

builder.mutationField('updateProject', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description: 'Updates the given fields of a project.',
    type: recordPayload('UpdateProjectPayload', ProjectRef),
    errors: CREATING,
    typeOptions: { description: UPDATE },
    input: {
      ...versionedId(t.input, 'project'),
      name: t.input.string({ description: NAME }),
      ...content(t.input, withoutDefault),
      ...nullable,
      storageMode: t.input.field({
        type: StorageModeEnum,
        description:
          'The current storage mode, or left out; any other is rejected. To move a project, use `startMigration`.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ projects }, author) => ({
        record: await projects.update(author, rejectNulls(input, nullable)),
      })),
  });
});

lifecycleMutations(ProjectRef, ({ projects }) => projects, {
  delete: {
    description:
      'Deletes a project: hides it with everything in it, which stays as it is. Another project can then have its `path`. `restoreProject` undoes it.',
  },
  restore: {
    description:
      'Restores a deleted project with everything in it. Not possible while another live project has its `path`.',
    errors: CREATING,
  },
});

purgeMutation(ProjectRef, ({ projects }) => projects, {
  description:
    'Permanently removes a project, live or deleted, with its store: all records, the log and the search index. Needs a token from `requestPurge`. Not possible during a migration.',
  errors: { types: [...PURGING.types, MigrationStateError] },
});
