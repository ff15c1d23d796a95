import { MAX_BATCH } from '../../../domain/fields/common.js';
import type { Task } from '../../../domain/task.js';
import type { NewTask, TaskContent } from '../../../services/services.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { TaskPriorityEnum, TaskStatusEnum, TaskTypeEnum } from '../../enums.js';
import { CREATING, PURGING, VERSIONED } from '../../errors.js';
import { TaskRef } from '../../refs.js';
import { grouped } from '../common.js';
import { EXTERNAL_ID, ID, type InputFields, payloadText, TOKEN, VERSION } from '../mutation.js';

const payload = (name: string) =>
  builder.objectRef<{ readonly task: Task }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({ task: t.expose('task', { type: TaskRef, description: 'The task.' }) }),
  });
const CreateTaskPayload = payload('CreateTaskPayload');
const CreateTasksPayload = builder.objectRef<{ readonly tasks: readonly Task[] }>('CreateTasksPayload').implement({
  description: payloadText('CreateTasksPayload'),
  fields: (t) => ({
    tasks: t.expose('tasks', { type: [TaskRef], description: 'The tasks, in the order of the input.' }),
  }),
});
const UpdateTaskPayload = payload('UpdateTaskPayload');
const DeleteTaskPayload = payload('DeleteTaskPayload');
const RestoreTaskPayload = payload('RestoreTaskPayload');
const PurgeTaskPayload = payload('PurgeTaskPayload');

const StageResultInput = builder.inputType('StageResultInput', {
  description: 'Result of one stage of the work, such as analysis or review.',
  fields: (t) => ({
    stage: t.string({ required: true, description: 'Name of the stage.' }),
    status: t.string({ required: true, description: "How the stage ended, in the client's own words." }),
    output: t.field({ type: 'JSON', description: 'Output of the stage; at most 256 KB as JSON. Null when left out.' }),
    at: t.field({ type: 'DateTime', description: 'When the stage ended. Left out: now.' }),
  }),
});

const TestingUrlInput = builder.inputType('TestingUrlInput', {
  description: 'A link to where the work can be tested.',
  fields: (t) => ({
    label: t.string({ required: true, description: 'Label of the link.' }),
    url: t.string({ required: true, description: 'The URL, with `http` or `https`.' }),
  }),
});

/** Of these, null clears. */
const NULLABLE = ['analysis', 'gitBranch', 'worktreePath', 'assignedAgent', 'estimatedHours'] as const;

const content = (t: InputFields) => ({
  description: t.string({ description: 'Full description of the task; at most 1 MB.' }),
  type: t.field({ type: TaskTypeEnum, description: 'Kind of work. Default for a new task: `FEATURE`.' }),
  priority: t.field({
    type: TaskPriorityEnum,
    description: 'How urgent the task is. Default for a new task: `MEDIUM`.',
  }),
  status: t.field({
    type: TaskStatusEnum,
    description: 'Status of the task, which also sets `completedAt`. Default for a new task: `BACKLOG`.',
  }),
  analysis: t.string({ description: 'Result of analyzing the task; at most 1 MB. Null for none.' }),
  stageResults: t.field({
    type: [StageResultInput],
    description:
      'Results of the stages, in order; at most 100, of at most 1 MB as JSON together. An update replaces the list.',
  }),
  testingUrls: t.field({
    type: [TestingUrlInput],
    description: 'Links to where the work can be tested; at most 100. An update replaces the list.',
  }),
  gitBranch: t.string({ description: 'Git branch of the work. Null for none.' }),
  worktreePath: t.string({ description: 'Path of the Git worktree of the work. Null for none.' }),
  assignedAgent: t.string({ description: 'Agent to assign the task to. Null for none.' }),
  estimatedHours: t.float({ description: 'Estimated effort, in hours. Null for unknown.' }),
  dependsOn: t.idList({
    description:
      'Ids of the tasks that must be done before this one: at most 100, of the same project, without cycles. An update replaces the list.',
  }),
});

const TaskInput = builder.inputType('TaskInput', {
  description: 'A task to create.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'Short summary of the task; at most 500 characters.' }),
    ...content(t),
    externalId: t.string({ description: EXTERNAL_ID }),
  }),
});

/** The input as the services take it. */
function toContent<T extends { stageResults?: readonly (typeof StageResultInput.$inferInput)[] | null | undefined }>(
  input: T,
) {
  const stageResults: TaskContent['stageResults'] | null | undefined = input.stageResults?.map(
    ({ output, at, ...rest }) => ({
      ...rest,
      output: output ?? null,
      at: at ?? undefined,
    }),
  );
  return { ...input, ...(stageResults ? { stageResults } : {}) };
}

builder.mutationFields((t) => ({
  createTask: t.fieldWithInput({
    description: 'Creates a task.',
    type: CreateTaskPayload,
    errors: CREATING,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      title: t.input.string({
        required: true,
        description: 'Short summary of the task; at most 500 characters.',
      }),
      ...content(t.input),
      externalId: t.input.string({ description: EXTERNAL_ID }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ tasks }, author) => ({
        task: await tasks.create(author, withoutNulls(toContent(input))),
      })),
  }),
  createTasks: t.fieldWithInput({
    description: `Creates up to ${grouped(MAX_BATCH)} tasks, all or none.`,
    type: CreateTasksPayload,
    errors: CREATING,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      tasks: t.input.field({ type: [TaskInput], required: true, description: 'The tasks to create: 1 to 1,000.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => {
        const tasks = input.tasks.map((task): NewTask => withoutNulls(toContent(task)));
        return { tasks: await services.tasks.createMany(author, { projectId: input.projectId, tasks }) };
      }),
  }),
  updateTask: t.fieldWithInput({
    description: 'Updates a task. Fields that are left out stay unchanged.',
    type: UpdateTaskPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      title: t.input.string({ description: 'Short summary of the task; at most 500 characters.' }),
      ...content(t.input),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ tasks }, author) => ({
        task: await tasks.update(author, rejectNulls(toContent(input), NULLABLE)),
      })),
  }),
  deleteTask: t.fieldWithInput({
    description: 'Deletes a task. It can be restored until it is purged.',
    type: DeleteTaskPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ tasks }, author) => ({ task: await tasks.delete(author, input) })),
  }),
  restoreTask: t.fieldWithInput({
    description: 'Restores a deleted task.',
    type: RestoreTaskPayload,
    errors: VERSIONED,
    input: { id: t.input.id({ required: true, description: ID }) },
    resolve: (_, { input }, context) =>
      write(context, async ({ tasks }, author) => ({ task: await tasks.restore(author, input) })),
  }),
  purgeTask: t.fieldWithInput({
    description:
      'Permanently removes a task, with its states and its history. Its memories stay. Needs a token from `requestPurge`.',
    type: PurgeTaskPayload,
    errors: PURGING,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      token: t.input.string({ required: true, description: TOKEN }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ tasks }, author) => ({ task: await tasks.purge(author, input) })),
  }),
}));
