import { AlreadyExistsError, StorageModeUnavailableError } from '../../../domain/errors.js';
import type { Project } from '../../../domain/project.js';
import type { AttachableProject } from '../../../services/attachments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { COSTS } from '../../costs.js';
import { StorageModeEnum } from '../../enums.js';
import { ProjectRef } from '../../refs.js';
import { payloadText } from '../mutation.js';

const AttachableProjectRef = builder.objectRef<AttachableProject>('AttachableProject').implement({
  description: "A project that lies in a store and isn't in this server's list of projects.",
  fields: (t) => ({
    projectId: t.exposeID('projectId', { description: 'Its id, which it keeps.' }),
    mode: t.expose('mode', { type: StorageModeEnum, description: 'Where it lies.' }),
    canAttach: t.boolean({ description: 'Whether it can be attached.', resolve: ({ obstacle }) => obstacle === null }),
    reason: t.string({
      nullable: true,
      description: "Why it can't be attached; null when it can.",
      resolve: ({ obstacle }) => obstacle?.why,
    }),
    hint: t.string({ nullable: true, description: 'What to do about it.', resolve: ({ obstacle }) => obstacle?.hint }),
    name: t.string({
      nullable: true,
      description: "What it is called; null when that can't be read.",
      resolve: ({ manifest }) => manifest?.name,
    }),
    description: t.string({
      nullable: true,
      description: 'What it is about.',
      resolve: ({ manifest }) => manifest?.description,
    }),
    path: t.string({
      nullable: true,
      description: 'The working directory that it had where it comes from.',
      resolve: ({ manifest }) => manifest?.path,
    }),
    createdAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was made.',
      resolve: ({ manifest }) => manifest?.createdAt,
    }),
    deletedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was deleted where it comes from; null when it was live. Attached, it is live.',
      resolve: ({ manifest }) => manifest?.deletedAt,
    }),
  }),
});

const AttachProjectPayload = builder.objectRef<{ readonly project: Project }>('AttachProjectPayload').implement({
  description: payloadText('AttachProjectPayload'),
  fields: (t) => ({ project: t.expose('project', { type: ProjectRef, description: 'The project.' }) }),
});

builder.queryField('attachableProjects', (t) =>
  t.field({
    type: [AttachableProjectRef],
    extensions: COSTS.place,
    description: "What lies where a storage mode keeps projects and isn't in the list of projects, by name.",
    authScopes: { canAdminister: true },
    args: { mode: t.arg({ type: StorageModeEnum, required: true, description: 'Which mode.' }) },
    resolve: (_, { mode }, { services }) => services.attachments.list(mode),
  }),
);

builder.mutationField('attachProject', (t) =>
  t.fieldWithInput({
    extensions: COSTS.place,
    description: 'Takes a project that lies in a store into the list of projects, with everything in it.',
    type: AttachProjectPayload,
    errors: { types: [AlreadyExistsError, StorageModeUnavailableError] },
    authScopes: { canAdminister: true },
    input: {
      mode: t.input.field({ type: StorageModeEnum, required: true, description: 'Where it lies.' }),
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      path: t.input.string({ description: 'Absolute path of its working directory on this machine. Left out: none.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ attachments }, author) => ({ project: await attachments.attach(author, input) })),
  }),
);
