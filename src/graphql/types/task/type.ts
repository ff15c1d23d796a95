import type { StageResult, Task, TestingUrl } from '../../../domain/task.js';
import { builder } from '../../builder.js';
import { TaskPriorityEnum, TaskStatusEnum, TaskTypeEnum } from '../../enums.js';
import { requireId } from '../../ids.js';
import { listChildren } from '../../lists.js';
import { NodeRef, ProjectRef, TaskRef } from '../../refs.js';
import { deletedArg } from '../common.js';
import { MemoryConnection, MemoryFilterInput, MemoryOrderInput, memoriesBelow } from '../memory/list.js';
import { StoredRecordInterface } from '../record/type.js';

const StageResultRef = builder.objectRef<StageResult>('StageResult').implement({
  description: 'What one stage of the work gave.',
  fields: (t) => ({
    stage: t.exposeString('stage', { description: 'Which stage.' }),
    status: t.exposeString('status', { description: 'How it ended.' }),
    output: t.expose('output', { type: 'JSON', nullable: true, description: 'What it gave.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
  }),
});

const TestingUrlRef = builder.objectRef<TestingUrl>('TestingUrl').implement({
  description: 'Where the work can be tried.',
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What is there.' }),
    url: t.exposeString('url', { description: 'Its address.' }),
  }),
});

TaskRef.implement({
  description: 'A piece of work.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id.' }),
    title: t.exposeString('title', { description: 'What is to be done.' }),
    description: t.exposeString('description', { description: 'The same at length.' }),
    type: t.expose('type', { type: TaskTypeEnum, description: 'What kind of work it is.' }),
    priority: t.expose('priority', { type: TaskPriorityEnum, description: 'How urgent it is.' }),
    status: t.expose('status', { type: TaskStatusEnum, description: 'How far it is.' }),
    analysis: t.exposeString('analysis', { nullable: true, description: 'What thinking it through gave.' }),
    stageResults: t.expose('stageResults', {
      type: [StageResultRef],
      description: 'What each stage gave, in their order.',
    }),
    testingUrls: t.expose('testingUrls', { type: [TestingUrlRef], description: 'Where it can be tried.' }),
    gitBranch: t.exposeString('gitBranch', { nullable: true, description: 'The branch it is done on.' }),
    worktreePath: t.exposeString('worktreePath', { nullable: true, description: 'The working tree it is done in.' }),
    assignedAgent: t.exposeString('assignedAgent', { nullable: true, description: 'Who does it; null: nobody.' }),
    estimatedHours: t.exposeFloat('estimatedHours', { nullable: true, description: 'How long it should take.' }),
    completedAt: t.expose('completedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it became `DONE`; null in every other status.',
    }),
    dependsOn: t.exposeIDList('dependsOn', { description: 'Ids of the tasks that must be done first.' }),
    project: t.field({
      type: ProjectRef,
      description: 'The project it belongs to.',
      resolve: async ({ id }, _, context) => (await context.repositories(id)).project,
    }),
    memories: t.loadable({
      type: MemoryConnection,
      description: 'What was said about it, earliest first.',
      byPath: true,
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MemoryFilterInput, description: 'Which memories.' }),
        orderBy: t.arg({ type: MemoryOrderInput, description: 'In which order.' }),
        deleted: t.arg(deletedArg),
      },
      resolve: (task) => task,
      // Async, so that arguments which are refused are an error of this field: a loader takes no other.
      load: async (tasks: Task[], context, args) =>
        listChildren(context, tasks, args, { ...memoriesBelow('taskId', args), keyOf: ({ id }) => id }),
    }),
  }),
});

builder.queryField('task', (t) =>
  t.field({
    type: TaskRef,
    nullable: true,
    description: 'A task by its id, deleted or not; null when there is none, or its project is deleted.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { loaders }) => {
      requireId(id, ['task']);
      return loaders.find('task', id);
    },
  }),
);
