import { InvalidInputError } from '../../../domain/errors.js';
import { parseInput } from '../../../domain/fields/parse.js';
import type { StageResult, TestingUrl } from '../../../domain/task.js';
import { findByHandle } from '../../../services/claims/handles.js';
import { handle } from '../../../services/input/claim.js';
import { requireId } from '../../arguments.js';
import { builder } from '../../builder.js';
import { TaskPriorityEnum, TaskStatusEnum, TaskTypeEnum } from '../../enums.js';
import { unlessMissing } from '../../loaders.js';
import { NodeRef, TaskRef } from '../../refs.js';
import { NULL_IF_UNSEEN } from '../../scopes.js';
import { memoriesField } from '../memory/memories-field.js';
import { projectField } from '../record/fields.js';
import { StoredRecordInterface } from '../record/type.js';

const StageResultRef = builder.objectRef<StageResult>('StageResult').implement({
  description: 'Result of one stage of the work, such as analysis or review.',
  fields: (t) => ({
    stage: t.exposeString('stage', { description: 'Name of the stage.' }),
    status: t.exposeString('status', { description: "How the stage ended, in the client's own words." }),
    output: t.expose('output', { type: 'JSON', nullable: true, description: 'Output of the stage.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When the stage ended.' }),
  }),
});

const TestingUrlRef = builder.objectRef<TestingUrl>('TestingUrl').implement({
  description: 'A link to where the work can be tested.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'Label of the link.' }),
    url: t.exposeString('url', { description: 'The URL.' }),
  }),
});

TaskRef.implement({
  description: 'A task: a piece of work in a project.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the task.' }),
    title: t.exposeString('title', { description: 'Short summary of the task.' }),
    description: t.exposeString('description', { description: 'Full description of the task.' }),
    type: t.expose('type', { type: TaskTypeEnum, description: 'Kind of work.' }),
    priority: t.expose('priority', { type: TaskPriorityEnum, description: 'How urgent the task is.' }),
    status: t.expose('status', { type: TaskStatusEnum, description: 'Status of the task.' }),
    analysis: t.exposeString('analysis', {
      nullable: true,
      description: 'Result of analyzing the task; null when there is none.',
    }),
    stageResults: t.expose('stageResults', {
      type: [StageResultRef],
      description: 'Results of the stages, in order.',
    }),
    testingUrls: t.expose('testingUrls', {
      type: [TestingUrlRef],
      description: 'Links to where the work can be tested.',
    }),
    gitBranch: t.exposeString('gitBranch', {
      nullable: true,
      description: 'Git branch for this task; null when there is none.',
    }),
    worktreePath: t.exposeString('worktreePath', {
      nullable: true,
      description: 'Path of the Git worktree for this task; null when there is none.',
    }),
    assignedAgent: t.exposeString('assignedAgent', {
      nullable: true,
      description: 'Agent that the task is assigned to; null when unassigned.',
    }),
    estimatedHours: t.exposeFloat('estimatedHours', {
      nullable: true,
      description: 'Estimated effort, in hours; null when unknown.',
    }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the status became `DONE`; null in any other status.',
    }),
    result: t.exposeString('result', {
      nullable: true,
      description: 'What was achieved; null when it is not said.',
    }),
    dependsOn: t.exposeIDList('dependsOn', {
      description:
        "Ids of the tasks to do before this one. Only `claimTask` enforces the order; `updateTask` doesn't. They may have been deleted or purged since.",
    }),
    project: projectField(t, 'task'),
    memories: memoriesField(t, {
      field: 'taskId',
      description: 'Memories about the task, earliest `occurredAt` first by default.',
    }),
  }),
});

const TaskByInput = builder.inputType('TaskBy', {
  description: 'Identifies a live task by its handle.',
  fields: (t) => ({
    projectId: t.id({ required: true, description: 'Id of the project.' }),
    handle: t.string({ required: true, description: 'The `Task.handle`; case and hyphens are ignored.' }),
  }),
});

builder.queryField('task', (t) =>
  t.field({
    type: TaskRef,
    nullable: true,
    description:
      'A task by its id, deleted or not, or a live one by its handle; null when there is none, or its project is deleted. Give exactly one of the two.',
    // Neither, or both, is refused by the resolver.
    authScopes: (_, { id, by }) => ({ reads: id ?? by?.projectId ?? '' }),
    ...NULL_IF_UNSEEN,
    args: {
      id: t.arg.id({ description: 'Id of the task.' }),
      by: t.arg({
        type: TaskByInput,
        description: 'Project and handle of the task. Where several tasks have the handle, the error names them all.',
      }),
    },
    resolve: async (_, { id, by }, { loaders, repositories }) => {
      if ((id == null) === (by == null)) {
        throw new InvalidInputError(
          'Exactly one of `id` and `by` must be given.',
          'Give the id of the task, or its project and handle.',
        );
      }
      if (id != null) {
        requireId(id, ['task']);
        return loaders.find('task', id);
      }
      const { projectId } = by!;
      requireId(projectId, ['project'], 'by.projectId');
      const wanted = parseInput(handle, by!.handle, 'by.handle');
      const found = await unlessMissing(repositories(projectId));
      const taskId = found && (await unlessMissing(findByHandle(found, wanted)));
      return taskId === null ? null : loaders.find('task', taskId);
    },
  }),
);
