import { AlreadyExistsError, StorageModeUnavailableError } from '../../../domain/errors.js';
import type { AttachableProject } from '../../../services/attachments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { ProjectRef } from '../../refs.js';
import { visibleAs } from '../../visible/catalog.js';
import { recordPayload } from '../payloads.js';

const AttachableProjectRef = builder.objectRef<AttachableProject>('AttachableProject').implement({
  description:
    "A project that was found in the storage of a mode, at `StorageModeConfig.place`, but isn't in this server's list of projects: one from another server, or from before the list was lost.",
  fields: (t) => ({
    projectId: t.exposeID('projectId', {
      description: 'Id of the project. It stays the same when the project is attached.',
    }),
    mode: t.expose('mode', { type: StorageModeEnum, description: 'Storage mode that the project was found in.' }),
    canAttach: t.boolean({
      description: 'Whether the project can be attached.',
      resolve: ({ obstacle }) => obstacle === null,
    }),
    reason: t.string({
      nullable: true,
      description: "Why the project can't be attached; null when it can.",
      resolve: ({ obstacle }) => obstacle?.why,
    }),
    hint: t.string({
      nullable: true,
      description: 'How to fix the problem described in `reason`; null when the project can be attached.',
      resolve: ({ obstacle }) => obstacle?.hint,
    }),
    name: t.string({
      nullable: true,
      description: "Name of the project; null when its record can't be read.",
      resolve: ({ manifest }) => manifest?.name,
    }),
    description: t.string({
      nullable: true,
      description: "Description of the project; null when its record can't be read.",
      resolve: ({ manifest }) => manifest?.description,
    }),
    path: t.string({
      nullable: true,
      description:
        "Working directory of the project on the server that it comes from; null when it had none, or its record can't be read.",
      resolve: ({ manifest }) => manifest?.path,
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: "When the project was created; null when its record can't be read.",
      resolve: ({ manifest }) => manifest?.createdAt,
    }),
    deletedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the project was deleted on the server that it comes from; null when it was live there. Attaching it makes it live.',
      resolve: ({ manifest }) => manifest?.deletedAt,
    }),
  }),
});

builder.queryField('attachableProjects', (t) =>
  t.field({
    type: [AttachableProjectRef],
    extensions: COSTS.scan,
    description:
      "Projects that are in the storage of a mode, at `StorageModeConfig.place`, but not in this server's list of projects, sorted by name. The storage is searched at each call.",
    authScopes: { may: 'storage:administer' },
    args: { mode: t.arg({ type: StorageModeEnum, required: true, description: 'The storage mode to search.' }) },
    resolve: (_, { mode }, { services }) => services.attachments.list(mode),
  }),
);

builder.mutationField('attachProject', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description: `Adds a project that \`attachableProjects\` lists to this server's list of projects. Its data stays where it is, with all ids, versions and the log; only the project's own record is new: live, at version 1, without history, and without its \`externalId\` if that is in use here. A project can't be detached again.

- \`AlreadyExistsError\`: the list has the project already, live or deleted; or its \`path\` or its key (the last 8 characters of its id) is in use.
- \`NotFoundError\`: the storage doesn't have the project.
- \`StoreError\`: the project can't be opened, or is the unfinished copy of a migration.`,
    type: recordPayload('AttachProjectPayload', ProjectRef),
    errors: { types: [AlreadyExistsError, StorageModeUnavailableError] },
    authScopes: { may: 'storage:administer' },
    input: {
      mode: t.input.field({
        type: StorageModeEnum,
        required: true,
        description: 'Storage mode that the project was found in.',
      }),
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      path: t.input.string({
        description: "Absolute path of the project's working directory on this server. Left out: none.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ attachments }, author) => {
        const attached = await attachments.attach(author, input);
        // Who administers the storage need not read what is in it.
        return { record: visibleAs(attached, context.levelIn(attached.id))! };
      }),
  }),
);
