import { AlreadyExistsError, MigrationStateError, StorageModeUnavailableError } from '../../../domain/errors.js';
import { MAX_CAPTURE_TOOL_CHARACTERS, PROJECT_DEFAULTS } from '../../../domain/project.js';
import { SecretRefusedError } from '../../../screening/errors.js';
import { grouped } from '../../../util/text/grouped.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { save } from '../../context.js';
import { CaptureEnum, ProjectModeEnum, SecretPolicyEnum, StorageModeEnum } from '../../enums.js';
import { CREATING, PURGING, RESTORING } from '../../errors.js';
import { ProjectRef } from '../../refs.js';
import { createsProject } from '../../scopes.js';
import {
  createdText,
  type DefaultText,
  externalIdText,
  UNUSED,
  UPDATE,
  withDefault,
  withoutDefault,
} from '../descriptions.js';
import { lifecycleMutations, purgeMutation, versionedId } from '../lifecycle-mutations.js';
import { savedPayload } from '../payloads.js';

/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  path: t.string({
    description:
      'Absolute path of the working directory. No two live projects can have the same folder, however its path is spelled. Null for none.',
  }),
  githubRepo: t.string({ description: 'Repository, as `owner/name` or a URL. Null for none.' }),
  secrets: t.field({
    type: SecretPolicyEnum,
    description:
      "What to do about secrets in texts that are saved, those of this mutation included. Null for the server's policy, `MOORING_SECRETS`.",
  }),
  capture: t.field({
    type: CaptureEnum,
    description:
      "What to keep of agents' conversations. Null for undecided: `MESSAGES` for agents that were set up to capture, `OFF` for all others.",
  }),
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
  captureToolCharacters: t.int({
    description: `Most characters to keep of a tool's output with \`capture: ALL\`: 0 to ${grouped(MAX_CAPTURE_TOOL_CHARACTERS)}.${byDefault(grouped(PROJECT_DEFAULTS.captureToolCharacters))}`,
  }),
});

const NAME = 'Name of the project; at most 200 characters.';
const SETTINGS = 'Settings, free for clients to use; at most 256 KB as JSON.';

builder.mutationField('createProject', (t) =>
  t.fieldWithInput({
    description:
      'Creates a project and the store for its data. Its caller manages it. A location of its own, in `settings`, also takes the permission `storage:administer`. Where another project that the caller may not read has the `externalId` or the `path`, the result is an `InvalidInputError`.',
    type: savedPayload('CreateProjectPayload', ProjectRef, createdText('project')),
    errors: { types: [AlreadyExistsError, StorageModeUnavailableError, SecretRefusedError] },
    authScopes: (_, { input }) => createsProject(input.settings),
    input: {
      name: t.input.string({ required: true, description: NAME }),
      ...content(t.input, withDefault),
      ...clearable(t.input),
      settings: t.input.field({
        type: 'JSONObject',
        description: `${SETTINGS} Two names are reserved for a location of the project's own: \`fileStorePath\` (\`FILE\`: absolute path of a folder on the server's disk, ${UNUSED}) and \`mongodbDatabase\` (\`MONGODB\`: name of a database on the configured server). Without them, the project is stored at \`StorageModeConfig.place\`.`,
      }),
      storageMode: t.input.field({
        type: StorageModeEnum,
        description:
          "Where to store the project's data. Default: the server's `MOORING_STORAGE_MODE`, which is `LOCAL` unless configured.",
      }),
      externalId: t.input.string({ description: externalIdText('project', 'on this server') }),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ projects }, author) => {
        const record = await projects.create(author, withoutNulls(input));
        context.admit(record, await projects.creatorLevel(author));
        return { record };
      }),
  }),
);

builder.mutationField('updateProject', (t) => {
  const nullable = {
    ...clearable(t.input),
    ownerId: t.input.id({
      description:
        'Id of the user who is to own the project, and gets MANAGE access to it. Takes `users:administer`. Access that the last owner was granted stays. Null for none.',
    }),
  };
  return t.fieldWithInput({
    description: 'Updates the given fields of a project.',
    type: savedPayload('UpdateProjectPayload', ProjectRef),
    errors: CREATING,
    authScopes: (_, { input }) => ({ manages: input.id }),
    typeOptions: { description: UPDATE },
    input: {
      ...versionedId(t.input, 'project'),
      name: t.input.string({ description: NAME }),
      ...content(t.input, withoutDefault),
      ...nullable,
      settings: t.input.field({
        type: 'JSONObject',
        description: `${SETTINGS} The whole object is replaced: include \`fileStorePath\` or \`mongodbDatabase\`, unchanged, if the project has it. To move the project, use \`startMigration\`.`,
      }),
      storageMode: t.input.field({
        type: StorageModeEnum,
        description:
          'The current storage mode, or left out; any other is rejected. To move a project, use `startMigration`.',
      }),
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ projects }, author) => ({
        record: await projects.update(author, rejectNulls(input, nullable)),
      })),
  });
});

lifecycleMutations(ProjectRef, ({ projects }) => projects, {
  delete: {
    description:
      "Deletes a project and hides everything in it. Its contents aren't changed, and are purged with it when its retention period is over. Another project can then have its `path`. `restoreProject` undoes it.",
  },
  restore: {
    description:
      'Restores a deleted project with everything in it. Not possible while another live project has its `path`.',
    errors: RESTORING,
  },
});

purgeMutation(ProjectRef, ({ projects }) => projects, {
  description:
    'Permanently removes a project, live or deleted, with its store: all records, the log and the search index. Needs a token from `requestPurge`. Not possible during a migration.',
  errors: { types: [...PURGING.types, MigrationStateError] },
});
