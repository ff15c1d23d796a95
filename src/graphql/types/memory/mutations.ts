import { MAX_BATCH } from '../../../domain/fields/common.js';
import { MAX_CONTENT_BYTES } from '../../../domain/memory.js';
import { MAX_DELETED } from '../../../services/input/memory.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { write } from '../../context.js';
import { MemoryRoleEnum } from '../../enums.js';
import { CREATING, VERSIONED } from '../../errors.js';
import { MemoryRef } from '../../refs.js';
import {
  createdText,
  type DefaultText,
  externalIdText,
  grouped,
  UPDATE,
  withDefault,
  withoutDefault,
} from '../descriptions.js';
import { lifecycleMutations, purgeMutation, versionedId } from '../lifecycle-mutations.js';
import { recordPayload, recordsPayload } from '../payloads.js';
import { MemoryFilterInput, memoryFilter } from './list.js';

const DeleteMemoriesPayload = builder
  .objectRef<{ readonly count: number; readonly ids: readonly string[] }>('DeleteMemoriesPayload')
  .implement({
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'Number of memories that were deleted, or with `dryRun` would be.' }),
      ids: t.exposeIDList('ids', { description: 'Ids of these memories.' }),
    }),
  });

/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  sessionId: t.string({
    description:
      '`Session.key` of the session, not its `id`: any text of at most 500 characters that you choose. If no live session has this key, one is created. Null for none.',
  }),
  taskId: t.id({ description: 'Id of the task that the memory is about, in the same project. Null for none.' }),
});
/** Fields that always have a value. */
const content = (t: InputFields, byDefault: DefaultText) => ({
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
    type: recordPayload('SaveMemoryPayload', MemoryRef, createdText('memory')),
    errors: CREATING,
    input: { projectId: t.input.id({ required: true, description: 'Id of the project.' }), ...creation(t.input) },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({
        record: await memories.save(author, withoutNulls(input)),
      })),
  }),
  saveMemories: t.fieldWithInput({
    description: `Saves up to ${grouped(MAX_BATCH)} memories, all or none.`,
    type: recordsPayload('SaveMemoriesPayload', MemoryRef, 'memories'),
    errors: CREATING,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      memories: t.input.field({
        type: [MemoryInput],
        required: true,
        description: `The memories to save: 1 to ${grouped(MAX_BATCH)}.`,
      }),
    },
    resolve: (_, { input: { projectId, memories } }, context) =>
      write(context, async (services, author) => ({
        records: await services.memories.saveMany(author, {
          projectId,
          memories: memories.map((memory) => withoutNulls(memory)),
        }),
      })),
  }),
  deleteMemories: t.fieldWithInput({
    description: `Deletes all memories that match a filter, all or none; if there are more than ${grouped(MAX_DELETED)}, the result is an \`InvalidInputError\`. They are restored one by one, with \`restoreMemory\`.`,
    type: DeleteMemoriesPayload,
    errors: VERSIONED,
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
    description: 'Updates the given fields of a memory. New content is embedded in the background.',
    type: recordPayload('UpdateMemoryPayload', MemoryRef),
    errors: VERSIONED,
    typeOptions: { description: UPDATE },
    input: {
      ...versionedId(t.input, 'memory'),
      role: t.input.field({ type: MemoryRoleEnum, description: ROLE }),
      content: t.input.string({ description: CONTENT }),
      ...content(t.input, withoutDefault),
      ...nullable,
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({
        record: await memories.update(author, rejectNulls(input, nullable)),
      })),
  });
});

lifecycleMutations(MemoryRef, ({ memories }) => memories, {
  delete: { description: 'Deletes a memory. Searches no longer find it. `restoreMemory` undoes it.' },
  restore: {
    description:
      'Restores a deleted memory. Like a new one, it is embedded in the background. If no live session has the key in its `sessionId`, one is created.',
  },
});

purgeMutation(MemoryRef, ({ memories }) => memories, {
  description:
    'Permanently removes a memory, live or deleted, with its vectors, and erases its content from the log. The source that a migration keeps in phase `MOVED` still has it. Needs a token from `requestPurge`.',
});
