import type { Memory } from '../../../domain/memory.js';
import type { NewMemory } from '../../../services/input/memory.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { MemoryRoleEnum } from '../../enums.js';
import { CREATING, PURGING, VERSIONED } from '../../errors.js';
import { onlyNullable, withoutNulls } from '../../input.js';
import { MemoryRef } from '../../refs.js';
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
    description: 'What `deleteMemories` gave.',
    fields: (t) => ({
      count: t.exposeInt('count', { description: 'How many were deleted; with `dryRun`, would be.' }),
      ids: t.exposeIDList('ids', { description: 'Their ids.' }),
    }),
  });

/** Of these, null clears. */
const NULLABLE = ['sessionId', 'taskId'] as const;

const CONTENT = 'What was said: at most 1 MB of UTF-8.';
const content = (t: InputFields) => ({
  sessionId: t.string({ description: "The client's own key of the conversation: any string. Null: it stands alone." }),
  taskId: t.id({ description: 'The task it belongs to. Null: none.' }),
  metadata: t.field({ type: 'JSONObject', description: "The client's own data about it. Replaced whole." }),
  occurredAt: t.field({ type: 'DateTime', description: 'When it was said; now, when left out on saving.' }),
});
const creation = (t: InputFields) => ({
  role: t.field({ type: MemoryRoleEnum, required: true, description: 'Who said it.' }),
  content: t.string({ required: true, description: CONTENT }),
  ...content(t),
  externalId: t.string({ description: EXTERNAL_ID }),
});

const MemoryInput = builder.inputType('MemoryInput', {
  description: 'A memory to be saved.',
  fields: creation,
});

builder.mutationFields((t) => ({
  saveMemory: t.fieldWithInput({
    description:
      'Saves a memory. It is durable when this answers; its session is made by the first memory that names it.',
    type: SaveMemoryPayload,
    errors: CREATING,
    input: { projectId: t.input.id({ required: true, description: 'Id of the project.' }), ...creation(t.input) },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({
        memory: await memories.save(author, withoutNulls(input)),
      })),
  }),
  saveMemories: t.fieldWithInput({
    description: 'Saves up to 1,000 memories, all or none.',
    type: SaveMemoriesPayload,
    errors: CREATING,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      memories: t.input.field({ type: [MemoryInput], required: true, description: 'The memories.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => {
        const memories = input.memories.map((memory): NewMemory => withoutNulls(memory));
        return { memories: await services.memories.saveMany(author, { projectId: input.projectId, memories }) };
      }),
  }),
  updateMemory: t.fieldWithInput({
    description: 'Changes what is given of a memory; the rest stays. A new content is embedded anew.',
    type: UpdateMemoryPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      role: t.input.field({ type: MemoryRoleEnum, description: 'Who said it.' }),
      content: t.input.string({ description: CONTENT }),
      ...content(t.input),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ memories }, author) => ({
        memory: await memories.update(author, onlyNullable(input, NULLABLE)),
      })),
  }),
  deleteMemory: t.fieldWithInput({
    description: 'Deletes a memory. It can be restored while it is kept.',
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
    description: 'Deletes the memories that pass a filter, up to 10,000, all or none.',
    type: DeleteMemoriesPayload,
    errors: VERSIONED,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      filter: t.input.field({ type: MemoryFilterInput, required: true, description: 'Which memories.' }),
      dryRun: t.input.boolean({ defaultValue: false, description: 'Only say which they would be.' }),
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
    description: 'Removes a memory for good, and its history with it.',
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
