import { MAX_BATCH } from '../../../domain/fields/common.js';
import { MAX_CONTENT_BYTES, type Memory } from '../../../domain/memory.js';
import { MAX_DELETED } from '../../../services/input/memory.js';
import type { NewMemory } from '../../../services/services.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { MemoryRoleEnum } from '../../enums.js';
import { CREATING, PURGING, VERSIONED } from '../../errors.js';
import { MemoryRef } from '../../refs.js';
import { grouped } from '../common.js';
import { EXTERNAL_ID, ID, type InputFields, payloadText, TOKEN, VERSION } from '../mutation.js';
import { MemoryFilterInput, memoryFilter } from './list.js';

const payload = (name: string) =>
  builder.objectRef<{ readonly memory: Memory }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({ memory: t.expose('memory', { type: MemoryRef, description: 'The memory.' }) }),
  });
const SaveMemoryPayload = payload('SaveMemoryPayload');
const SaveMemoriesPayload = builder
  .objectRef<{ readonly memories: readonly Memory[] }>('SaveMemoriesPayload')
  .implement({
    description: payloadText('SaveMemoriesPayload'),
    fields: (t) => ({
      memories: t.expose('memories', { type: [MemoryRef], description: 'The memories, in the order of the input.' }),
    }),
  });
const UpdateMemoryPayload = payload('UpdateMemoryPayload');
const DeleteMemoryPayload = payload('DeleteMemoryPayload');
const RestoreMemoryPayload = payload('RestoreMemoryPayload');
const PurgeMemoryPayload = payload('PurgeMemoryPayload');

const DeleteMemoriesPayload = builder
  .objectRef<{ readonly count: number; readonly ids: readonly string[] }>('DeleteMemoriesPayload')
  .implement({
    description: 'Result of `deleteMemories` when it succeeds.',
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'Number of memories that were deleted, or with `dryRun` would be.' }),
      ids: t.exposeIDList('ids', { description: 'Ids of these memories.' }),
    }),
  });

/** Of these, null clears. */
const NULLABLE = ['sessionId', 'taskId'] as const;

const CONTENT = `Text of the memory; at most ${MAX_CONTENT_BYTES / 2 ** 20} MB of UTF-8.`;
const content = (t: InputFields) => ({
  sessionId: t.string({
    description:
      'Key of the session: any text of at most 500 characters that the client chooses. The first memory with a new key creates the session. Null for none.',
  }),
  taskId: t.id({ description: 'Id of the task that the memory is about, in the same project. Null for none.' }),
  metadata: t.field({
    type: 'JSONObject',
    description: "The client's own data about the memory; at most 256 KB as JSON. An update replaces the whole object.",
  }),
  occurredAt: t.field({
    type: 'DateTime',
    description: 'When it was said or happened. Default for a new memory: now.',
  }),
});
const creation = (t: InputFields) => ({
  role: t.field({ type: MemoryRoleEnum, required: true, description: 'Where the memory comes from.' }),
  content: t.string({ required: true, description: CONTENT }),
  ...content(t),
  externalId: t.string({ description: EXTERNAL_ID }),
});

const MemoryInput = builder.inputType('MemoryInput', {
  description: 'A memory to save.',
  fields: creation,
});

builder.mutationFields((t) => ({
  saveMemory: t.fieldWithInput({
    description:
      'Saves a memory. It is durable once the mutation returns. It is embedded shortly after, in the background.',
    type: SaveMemoryPayload,
    errors: CREATING,
    input: { projectId: t.input.id({ required: true, description: 'Id of the project.' }), ...creation(t.input) },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({
        memory: await memories.save(author, withoutNulls(input)),
      })),
  }),
  saveMemories: t.fieldWithInput({
    description: `Saves up to ${grouped(MAX_BATCH)} memories, all or none.`,
    type: SaveMemoriesPayload,
    errors: CREATING,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      memories: t.input.field({
        type: [MemoryInput],
        required: true,
        description: 'The memories to save: 1 to 1,000.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => {
        const memories = input.memories.map((memory): NewMemory => withoutNulls(memory));
        return { memories: await services.memories.saveMany(author, { projectId: input.projectId, memories }) };
      }),
  }),
  updateMemory: t.fieldWithInput({
    description: 'Updates a memory. Fields that are left out stay unchanged. New content is embedded again.',
    type: UpdateMemoryPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      role: t.input.field({ type: MemoryRoleEnum, description: 'Where the memory comes from.' }),
      content: t.input.string({ description: CONTENT }),
      ...content(t.input),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({
        memory: await memories.update(author, rejectNulls(input, NULLABLE)),
      })),
  }),
  deleteMemory: t.fieldWithInput({
    description: 'Deletes a memory. It can be restored until it is purged.',
    type: DeleteMemoryPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({ memory: await memories.delete(author, input) })),
  }),
  deleteMemories: t.fieldWithInput({
    description: `Deletes all memories that match a filter: at most ${grouped(MAX_DELETED)}, all or none. They can be restored until they are purged.`,
    type: DeleteMemoriesPayload,
    errors: VERSIONED,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      filter: t.input.field({
        type: MemoryFilterInput,
        required: true,
        description: 'The memories to delete. An empty filter matches every memory of the project.',
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
  restoreMemory: t.fieldWithInput({
    description: 'Restores a deleted memory.',
    type: RestoreMemoryPayload,
    errors: VERSIONED,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({ memory: await memories.restore(author, input) })),
  }),
  purgeMemory: t.fieldWithInput({
    description: 'Permanently removes a memory, with its history. Needs a token from `requestPurge`.',
    type: PurgeMemoryPayload,
    errors: PURGING,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      token: t.input.string({ required: true, description: TOKEN }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({ memory: await memories.purge(author, input) })),
  }),
}));
