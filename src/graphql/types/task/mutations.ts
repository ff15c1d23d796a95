import type { Task } from '../../../domain/task.js';
import type { NewTask } from '../../../services/input/task.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { TaskPriorityEnum, TaskStatusEnum, TaskTypeEnum } from '../../enums.js';
import { CREATING, PURGING, VERSIONED } from '../../errors.js';
import { onlyNullable, withoutNulls } from '../../input.js';
import { TaskRef } from '../../refs.js';
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
  description: 'What one stage of the work gave.',
  fields: (t) => ({
    stage: t.string({ required: true, description: 'Which stage.' }),
    status: t.string({ required: true, description: 'How it ended.' }),
    output: t.field({ type: 'JSON', description: 'What it gave.' }),
    at: t.field({ type: 'DateTime', description: 'When; now, when left out.' }),
  }),
});

const TestingUrlInput = builder.inputType('TestingUrlInput', {
  description: 'Where the work can be tried.',
  fields: (t) => ({
    label: t.string({ required: true, description: 'What is there.' }),
    url: t.string({ required: true, description: 'Its address.' }),
  }),
});

/** Of these, null clears. */
const NULLABLE = ['analysis', 'gitBranch', 'worktreePath', 'assignedAgent', 'estimatedHours'] as const;

const content = (t: InputFields) => ({
  description: t.string({ description: 'The same at length.' }),
  type: t.field({ type: TaskTypeEnum, description: 'What kind of work it is.' }),
  priority: t.field({ type: TaskPriorityEnum, description: 'How urgent it is.' }),
  status: t.field({ type: TaskStatusEnum, description: 'How far it is. `completedAt` follows it.' }),
  analysis: t.string({ description: 'What thinking it through gave. Null: nothing yet.' }),
  stageResults: t.field({
    type: [StageResultInput],
    description: 'What each stage gave, in their order. Replaced whole.',
  }),
  testingUrls: t.field({ type: [TestingUrlInput], description: 'Where it can be tried. Replaced whole.' }),
  gitBranch: t.string({ description: 'The branch it is done on. Null: none.' }),
  worktreePath: t.string({ description: 'The working tree it is done in. Null: none.' }),
  assignedAgent: t.string({ description: 'Who does it. Null: nobody.' }),
  estimatedHours: t.float({ description: 'How long it should take. Null: unknown.' }),
  dependsOn: t.idList({ description: 'Ids of tasks of the same project that must be done first. Replaced whole.' }),
});

const TaskInput = builder.inputType('TaskInput', {
  description: 'A task to be made.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'What is to be done.' }),
    ...content(t),
    externalId: t.string({ description: EXTERNAL_ID }),
  }),
});

/** The input as the services take it. */
function toContent<T extends { stageResults?: readonly (typeof StageResultInput.$inferInput)[] | null | undefined }>(
  input: T,
) {
  const stageResults: NewTask['stageResults'] | null = input.stageResults?.map(({ output, at, ...rest }) => ({
    ...rest,
    output: output ?? null,
    at: at ?? undefined,
  }));
  return { ...input, ...(stageResults ? { stageResults } : {}) };
}

builder.mutationFields((t) => ({
  createTask: t.fieldWithInput({
    description: 'Makes a task.',
    type: CreateTaskPayload,
    errors: CREATING,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      title: t.input.string({ required: true, description: 'What is to be done.' }),
      ...content(t.input),
      externalId: t.input.string({ description: EXTERNAL_ID }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ tasks }, author) => ({
        task: await tasks.create(author, withoutNulls(toContent(input))),
      })),
  }),
  createTasks: t.fieldWithInput({
    description: 'Makes up to 1,000 tasks, all or none.',
    type: CreateTasksPayload,
    errors: CREATING,
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      tasks: t.input.field({ type: [TaskInput], required: true, description: 'The tasks.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async (services, author) => {
        const tasks = input.tasks.map((task): NewTask => withoutNulls(toContent(task)));
        return { tasks: await services.tasks.createMany(author, { projectId: input.projectId, tasks }) };
      }),
  }),
  updateTask: t.fieldWithInput({
    description: 'Changes what is given of a task; the rest stays.',
    type: UpdateTaskPayload,
    errors: VERSIONED,
    input: {
      id: t.input.id({ required: true, description: ID }),
      version: t.input.int({ required: true, description: VERSION }),
      title: t.input.string({ description: 'What is to be done.' }),
      ...content(t.input),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ tasks }, author) => ({
        task: await tasks.update(author, onlyNullable(toContent(input), NULLABLE)),
      })),
  }),
  deleteTask: t.fieldWithInput({
    description: 'Deletes a task. It can be restored while it is kept.',
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
    description: 'Removes a task for good, and its history with it.',
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
