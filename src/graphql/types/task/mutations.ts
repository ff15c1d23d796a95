import { MAX_BATCH } from '../../../domain/fields/common.js';
import type { NewTask } from '../../../services/input/task.js';
import { grouped } from '../../../util/text/grouped.js';
import { rejectNulls, withoutNulls } from '../../arguments.js';
import { builder, type InputFields } from '../../builder.js';
import { save } from '../../context.js';
import { TaskPriorityEnum, TaskStatusEnum, TaskTypeEnum } from '../../enums.js';
import { CREATING, UPDATING } from '../../errors.js';
import { TaskRef } from '../../refs.js';
import {
  createdText,
  type DefaultText,
  externalIdText,
  ownIdText,
  UPDATE,
  upsertText,
  withDefault,
  withoutDefault,
} from '../descriptions.js';
import { deleteManyMutation, lifecycleMutations, purgeMutation, versionedId } from '../lifecycle-mutations.js';
import { recordsPayload, savedPayload, upsertPayload } from '../payloads.js';
import { TaskFilterInput, taskFilter } from './list.js';

export const StageResultInput = builder.inputType('StageResultInput', {
  description: 'Result of one stage of the work, such as analysis or review.',
  fields: (t) => ({
    stage: t.string({ required: true, description: 'Name of the stage.' }),
    status: t.string({ required: true, description: "How the stage ended, in the client's own words." }),
    output: t.field({ type: 'JSON', description: 'Output of the stage; at most 256 KB as JSON.' }),
    at: t.field({ type: 'DateTime', description: 'When the stage ended. Default: now.' }),
  }),
});

const TestingUrlInput = builder.inputType('TestingUrlInput', {
  description: 'A link to where the work can be tested.',
  fields: (t) => ({
    label: t.string({ required: true, description: 'Label of the link.' }),
    url: t.string({ required: true, description: 'The URL, with `http` or `https`.' }),
  }),
});

/** Fields that an update can clear, with null. */
const clearable = (t: InputFields) => ({
  analysis: t.string({ description: 'Result of analyzing the task; at most 1 MB. Null for none.' }),
  gitBranch: t.string({ description: 'Git branch for this task. Null for none.' }),
  worktreePath: t.string({ description: 'Path of the Git worktree for this task. Null for none.' }),
  assignedAgent: t.string({ description: 'Agent to assign the task to. Null for none.' }),
  result: t.string({ description: 'What was achieved; at most 1 MB. Null for none.' }),
  parentId: t.id({
    description:
      "Id of the parent: a live task of the same project, neither this one nor below it. Open subtasks don't block their parent. Null for none.",
  }),
  estimatedHours: t.float({ description: 'Estimated effort, in hours, 0 or more. Null for unknown.' }),
});
/** Fields that always have a value. */
const content = (t: InputFields, byDefault: DefaultText) => ({
  description: t.string({ description: 'Full description of the task; at most 1 MB.' }),
  type: t.field({ type: TaskTypeEnum, description: `Kind of work.${byDefault('`FEATURE`')}` }),
  priority: t.field({
    type: TaskPriorityEnum,
    description: `How urgent the task is.${byDefault('`MEDIUM`')}`,
  }),
  status: t.field({
    type: TaskStatusEnum,
    description: `Status of the task. \`DONE\` sets \`completedAt\`; any other status clears it. \`DONE\` and \`BLOCKED\` end a claim.${byDefault('`BACKLOG`')}`,
  }),
  stageResults: t.field({
    type: [StageResultInput],
    description: 'Results of the stages, in order; at most 100, and at most 1 MB in total as JSON.',
  }),
  testingUrls: t.field({
    type: [TestingUrlInput],
    description: 'Links to where the work can be tested; at most 100.',
  }),
  dependsOn: t.idList({
    description:
      'Ids of the tasks to do before this one: at most 100. Only `claimTask` enforces the order. Each must be a live task of the same project when it is added, and must not depend on this one, directly or through other tasks.',
  }),
});

const TITLE = 'Short summary of the task; at most 500 characters.';
const creation = (t: InputFields) => ({
  title: t.string({ required: true, description: TITLE }),
  ...content(t, withDefault),
  ...clearable(t),
  externalId: t.string({ description: externalIdText('task', "among the project's tasks") }),
});

const TaskInput = builder.inputType('TaskInput', { description: 'A task to create.', fields: creation });

/** A stage result of an input as services accept it: without nulls. */
export function toStageResult({ output, at, ...rest }: typeof StageResultInput.$inferInput) {
  return { ...rest, output: output ?? null, at: at ?? undefined };
}

/** Converts the stage results of an input. */
function toContent<T extends { stageResults?: readonly (typeof StageResultInput.$inferInput)[] | null | undefined }>(
  input: T,
) {
  const stageResults: NewTask['stageResults'] | null = input.stageResults?.map(toStageResult);
  return { ...input, ...(stageResults ? { stageResults } : {}) };
}

builder.mutationFields((t) => ({
  createTask: t.fieldWithInput({
    description: 'Creates a task.',
    type: savedPayload('CreateTaskPayload', TaskRef, createdText('task')),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: { projectId: t.input.id({ required: true, description: 'Id of the project.' }), ...creation(t.input) },
    resolve: (_, { input }, context) =>
      save(context, async ({ tasks }, author) => ({
        record: await tasks.create(author, withoutNulls(toContent(input))),
      })),
  }),
  createTasks: t.fieldWithInput({
    description: `Creates up to ${grouped(MAX_BATCH)} tasks, all or none.`,
    type: recordsPayload('CreateTasksPayload', TaskRef, 'tasks'),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      tasks: t.input.field({
        type: [TaskInput],
        required: true,
        description: `The tasks to create: 1 to ${grouped(MAX_BATCH)}.`,
      }),
    },
    resolve: (_, { input: { projectId, tasks } }, context) =>
      save(context, async (services, author) => ({
        records: await services.tasks.createMany(author, {
          projectId,
          tasks: tasks.map((task) => withoutNulls(toContent(task))),
        }),
      })),
  }),
}));

builder.mutationField('updateTask', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description: 'Updates the given fields of a task.',
    type: savedPayload('UpdateTaskPayload', TaskRef),
    errors: UPDATING,
    authScopes: (_, { input }) => ({ writes: input.id }),
    typeOptions: { description: UPDATE },
    input: {
      ...versionedId(t.input, 'task'),
      title: t.input.string({ description: TITLE }),
      ...content(t.input, withoutDefault),
      ...nullable,
    },
    resolve: (_, { input }, context) =>
      save(context, async ({ tasks }, author) => ({
        record: await tasks.update(author, rejectNulls(toContent(input), nullable)),
      })),
  });
});

builder.mutationField('upsertTask', (t) => {
  const nullable = clearable(t.input);
  return t.fieldWithInput({
    description: upsertText('task'),
    type: upsertPayload('UpsertTaskPayload', TaskRef),
    errors: CREATING,
    authScopes: (_, { input }) => ({ writes: input.projectId }),
    typeOptions: { description: UPDATE },
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      externalId: t.input.string({
        required: true,
        description: ownIdText('task', "among the project's tasks"),
      }),
      title: t.input.string({ description: `${TITLE} Needed if there is no task yet.` }),
      ...content(t.input, withDefault),
      ...nullable,
    },
    resolve: (_, { input }, context) =>
      save(context, ({ tasks }, author) => tasks.upsert(author, rejectNulls(toContent(input), nullable))),
  });
});

deleteManyMutation({
  plural: 'tasks',
  sortedBy: 'createdAt',
  filter: TaskFilterInput,
  parseFilter: taskFilter,
  delete: ({ tasks }, author, input) => tasks.deleteMany(author, input),
  description: 'They are restored one by one, with `restoreTask`.',
});

lifecycleMutations(TaskRef, ({ tasks }) => tasks, {
  delete: {
    description:
      'Deletes a task. Its memories, states and subtasks stay live, and other tasks keep its id in `dependsOn` and `parentId`. `restoreTask` undoes it.',
  },
  restore: { description: 'Restores a deleted task.' },
});

purgeMutation(TaskRef, ({ tasks }) => tasks, {
  description:
    'Permanently removes a task, live or deleted, with its states, and erases its content from the log. The source that a migration keeps in phase `MOVED` still has it. Its memories and subtasks stay, and other tasks keep its id in `dependsOn` and `parentId`. Needs a token from `requestPurge`.',
});
