import { MAX_BATCH } from '../../../domain/fields/common.js';
import { MAX_CONTENT_BYTES, MAX_REFERENCES, MAX_TOOL_CALL_ID, MAX_TOOL_NAME } from '../../../domain/memory.js';
import { grouped } from '../../../util/text/grouped.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { save, write } from '../../context.js';
import { MemoryKindEnum, MemoryRoleEnum } from '../../enums.js';
import { CREATING, RESTORING, VERSIONED } from '../../errors.js';
import { MemoryRef } from '../../refs.js';
import {
  createdText,
  type DefaultText,
  deletionText,
  externalIdText,
  ownIdText,
  UPDATE,
  upsertText,
  withDefault,
  withoutDefault,
} from '../descriptions.js';
import { lifecycleMutations, purgeMutation, versionedId } from '../lifecycle-mutations.js';
import { deletionPayload, recordsPayload, savedPayload, upsertPayload } from '../payloads.js';
import { MemoryFilterInput, memoryFilter } from './list.js';

/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  sessionId: t.string({
    description:
      '`Session.key` of the session, not its `id`: any text of at most 500 characters that you choose. If no live session has this key, one is created. Null for none.',
  }),
  taskId: t.id({ description: 'Id of the task that the memory is about, in the same project. Null for none.' }),
  toolName: t.string({
    description: `Name of the tool: at most ${MAX_TOOL_NAME} characters, and only with the role \`TOOL\`. Null for none.`,
  }),
  toolCallId: t.string({
    description: `Id of the tool call: at most ${MAX_TOOL_CALL_ID} characters, and only with the role \`TOOL\`. Null for none.`,
  }),
  supersedes: t.id({
    description:
      'Id of a memory that this one replaces, such as an earlier decision: a live one of the same project. If another live memory supersedes it, the result is an `AlreadyExistsError`. Contexts then leave that one out. Null for none.',
  }),
});
/** Fields that always have a value. */
const content = (t: InputFields, byDefault: DefaultText) => ({
  kind: t.field({ type: MemoryKindEnum, description: `What the memory is.${byDefault('`MESSAGE`')}` }),
  pinned: t.boolean({ description: `Whether contexts prefer it to other memories.${byDefault('false')}` }),
  references: t.idList({
    description: `Ids of tasks and memories that the memory refers to: at most ${MAX_REFERENCES}. Each must be a live one of the same project when it is added.`,
  }),
  metadata: t.field({
    type: 'JSONObject',
    description: "The client's own data about the memory; at most 256 KB as JSON.",
  }),
  occurredAt: t.field({
    type: 'DateTime',
    description: `When it was said or happened.${byDefault('now')}`,
  }),
});
const ROLE = 'Where the memory comes from.';
const NEW_ROLE = `${ROLE} A role other than \`TOOL\` clears \`toolName\` and \`toolCallId\`.`;
const CONTENT = `Text of the memory; at most ${MAX_CONTENT_BYTES / 2 ** 20} MB of UTF-8.`;
const creation = (t: InputFields) => ({
  role: t.field({ type: MemoryRoleEnum, required: true, description: ROLE }),
  content: t.string({ required: true, description: CONTENT }),
  ...content(t, withDefault),
  ...clearable(t),
  externalId: t.string({ description: externalIdText('memory', "among the project's memories") }),
});

const MemoryInput = builder.inputType('MemoryInput', {
  description: 'A memory to save.',
  fields: creation,
});

builder.mutationFields((t) => ({
  saveMemory: t.fieldWithInput({
    description:
      'Saves a memory. It is durable once the mutation returns. It is embedded shortly after, in the background.',
    type: savedPayload('SaveMemoryPayload', MemoryRef, createdText('memory')),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: { projectId: t.input.id({ required: true, description: 'Id of the project.' }), ...creation(t.input) },
    resolve: (_, { input }, context) =>
      save(context, async ({ memories }, author) => ({
        record: await memories.save(author, withoutNulls(input)),
      })),
  }),
  saveMemories: t.fieldWithInput({
    description: `Saves up to ${grouped(MAX_BATCH)} memories, all or none.`,
    type: recordsPayload('SaveMemoriesPayload', MemoryRef, 'memories'),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      memories: t.input.field({
        type: [MemoryInput],
        required: true,
        description: `The memories to save: 1 to ${grouped(MAX_BATCH)}.`,
      }),
    },
    resolve: (_, { input: { projectId, memories } }, context) =>
      save(context, async (services, author) => ({
        records: await services.memories.saveMany(author, {
          projectId,
          memories: memories.map((memory) => withoutNulls(memory)),
        }),
      })),
  }),
  deleteMemories: t.fieldWithInput({
    description: `${deletionText('memories')} They are restored one by one, with \`restoreMemory\`.`,
    type: deletionPayload('DeleteMemoriesPayload', 'memories', 'occurredAt'),
    errors: VERSIONED,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      filter: t.input.field({
        type: MemoryFilterInput,
        required: true,
        description: 'The live memories to delete. An empty filter matches every live memory of the project.',
      }),
      dryRun: t.input.boolean({ defaultValue: false, description: 'Only report which memories would be deleted.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, ({ memories }, author) =>
        memories.deleteMany(author, {
          projectId: input.projectId,
          filter: memoryFilter(input.filter),
          dryRun: input.dryRun ?? false,
        }),
      ),
  }),
}));

builder.mutationField('updateMemory', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description:
      'Updates the given fields of a memory. New content is embedded in the background. If another live memory supersedes the new `supersedes`, the result is an `AlreadyExistsError`.',
    type: savedPayload('UpdateMemoryPayload', MemoryRef),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.id }),
    typeOptions: { description: UPDATE },
    input: {
      ...versionedId(t.input, 'memory'),
      role: t.input.field({ type: MemoryRoleEnum, description: NEW_ROLE }),
      content: t.input.string({ description: CONTENT }),
      ...content(t.input, withoutDefault),
      ...nullable,
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ memories }, author) => ({
        record: await memories.update(author, rejectNulls(input, nullable)),
      })),
  });
});

builder.mutationField('upsertMemory', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description: upsertText('memory'),
    type: upsertPayload('UpsertMemoryPayload', MemoryRef),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    typeOptions: { description: UPDATE },
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      externalId: t.input.string({
        required: true,
        description: ownIdText('memory', "among the project's memories"),
      }),
      role: t.input.field({ type: MemoryRoleEnum, description: `${NEW_ROLE} Needed if there is no memory yet.` }),
      content: t.input.string({ description: `${CONTENT} Needed if there is no memory yet.` }),
      ...content(t.input, withDefault),
      ...nullable,
    },
    resolve: (_, { input }, context) =>
      save(context, ({ memories }, author) => memories.upsert(author, rejectNulls(input, nullable))),
  });
});

lifecycleMutations(MemoryRef, ({ memories }) => memories, {
  delete: { description: 'Deletes a memory. Searches no longer find it. `restoreMemory` undoes it.' },
  restore: {
    description:
      'Restores a deleted memory. Like a new one, it is embedded in the background. If no live session has the key in its `sessionId`, one is created. Not possible while another live memory supersedes the same one.',
    errors: RESTORING,
  },
});

purgeMutation(MemoryRef, ({ memories }) => memories, {
  description:
    'Permanently removes a memory, live or deleted, with its vectors, and erases its content from the log. The source that a migration keeps in phase `MOVED` still has it. Needs a token from `requestPurge`.',
});
