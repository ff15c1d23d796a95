import { type Project, projectPath } from '../../../domain/project.js';
import type { Repositories } from '../../../repositories/factory.js';
import { parseInput } from '../../../services/input/parse.js';
import { builder } from '../../builder.js';
import { type Connection, emptyConnection } from '../../connection.js';
import type { GraphQLContext } from '../../context.js';
import { ProjectModeEnum, StorageModeEnum } from '../../enums.js';
import { requireId } from '../../ids.js';
import { listLog, listRecords } from '../../lists.js';
import { NodeRef, ProjectRef } from '../../refs.js';
import { deletedArg, orderOf } from '../common.js';
import { MemoryConnection, MemoryFilterInput, MemoryOrderInput, memoryFilter } from '../memory/list.js';
import { directionArg, LogEntryConnection } from '../record/log-entry.js';
import { StoredRecordInterface } from '../record/type.js';
import { SessionConnection, SessionFilterInput, SessionOrderInput, sessionFilter } from '../session/list.js';
import { TaskConnection, TaskFilterInput, TaskOrderInput, taskFilter } from '../task/list.js';
import { ProjectConnection, ProjectFilterInput, ProjectOrderInput, projectFilter } from './list.js';

ProjectRef.implement({
  description: 'A project: its tasks, its memories, and what is known about it.',
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    description: t.exposeString('description', { description: 'What it is about.' }),
    path: t.exposeString('path', {
      nullable: true,
      description: 'Absolute path of its working directory, in the spelling that it was given in.',
    }),
    githubRepo: t.exposeString('githubRepo', { nullable: true, description: 'Its repository on GitHub.' }),
    customInstructions: t.exposeString('customInstructions', {
      description: 'What agents should know before they start.',
    }),
    techStack: t.exposeStringList('techStack', { description: 'What it is built with.' }),
    mode: t.expose('mode', { type: ProjectModeEnum, description: 'How much it keeps.' }),
    isActive: t.exposeBoolean('isActive', { description: 'Whether it is being worked on.' }),
    storageMode: t.expose('storageMode', { type: StorageModeEnum, description: 'Where its data lives.' }),
    settings: t.expose('settings', { type: 'JSONObject', description: "The client's own settings." }),
    log: t.field({
      type: LogEntryConnection,
      description: 'What was done to everything in it; empty while it is deleted.',
      args: {
        ...t.arg.connectionArgs(),
        recordId: t.arg.id({ description: 'Only what was done to this record.' }),
        direction: t.arg(directionArg),
      },
      resolve: (project, args, context) =>
        unlessDeleted(project, context, ({ store }) => {
          if (args.recordId != null) requireId(args.recordId, undefined, 'recordId');
          return listLog(store, project.id, args, args.recordId ?? undefined);
        }),
    }),
    cursor: t.string({
      description:
        'Where its log stands now. Take it, read the lists, then follow `projectChanges` after it: nothing is missed.',
      resolve: async (project, _, context) => context.changes.projectCursor(await context.open(project)),
    }),
    tasks: t.field({
      type: TaskConnection,
      description: 'Its tasks, newest first; none while it is deleted.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: TaskFilterInput, description: 'Which tasks.' }),
        orderBy: t.arg({ type: TaskOrderInput, description: 'In which order.' }),
        deleted: t.arg(deletedArg),
      },
      resolve: (project, args, context) =>
        unlessDeleted(project, context, ({ tasks }) =>
          listRecords(tasks, project.id, args, {
            filter: taskFilter(args.filter),
            deleted: args.deleted ?? 'EXCLUDE',
            order: orderOf(args.orderBy, { field: 'createdAt', direction: 'DESC' }),
          }),
        ),
    }),
    memories: t.field({
      type: MemoryConnection,
      description: 'Its memories, latest first; none while it is deleted.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: MemoryFilterInput, description: 'Which memories.' }),
        orderBy: t.arg({ type: MemoryOrderInput, description: 'In which order.' }),
        deleted: t.arg(deletedArg),
      },
      resolve: (project, args, context) =>
        unlessDeleted(project, context, ({ memories }) =>
          listRecords(memories, project.id, args, {
            filter: memoryFilter(args.filter),
            deleted: args.deleted ?? 'EXCLUDE',
            order: orderOf(args.orderBy, { field: 'occurredAt', direction: 'DESC' }),
          }),
        ),
    }),
    sessions: t.field({
      type: SessionConnection,
      description: 'Its conversations, latest first; none while it is deleted.',
      args: {
        ...t.arg.connectionArgs(),
        filter: t.arg({ type: SessionFilterInput, description: 'Which conversations.' }),
        orderBy: t.arg({ type: SessionOrderInput, description: 'In which order.' }),
        deleted: t.arg(deletedArg),
      },
      resolve: (project, args, context) =>
        unlessDeleted(project, context, ({ sessions }) =>
          listRecords(sessions, project.id, args, {
            filter: sessionFilter(args.filter),
            deleted: args.deleted ?? 'EXCLUDE',
            order: orderOf(args.orderBy, { field: 'startedAt', direction: 'DESC' }),
          }),
        ),
    }),
  }),
});

/** A list in a project's store. What is in a deleted project is hidden. */
function unlessDeleted<T>(
  project: Project,
  context: GraphQLContext,
  list: (repositories: Repositories) => Promise<Connection<T>>,
): Connection<T> | Promise<Connection<T>> {
  return project.deletedAt ? emptyConnection() : context.open(project).then(list);
}

const ProjectByInput = builder.inputType('ProjectBy', {
  description: 'What a project is looked up by: exactly one of these.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'Its id.' }),
    path: t.string({
      description: 'The absolute path of its working directory, in any spelling that leads to that folder.',
    }),
  }),
});

builder.queryFields((t) => ({
  project: t.field({
    type: ProjectRef,
    nullable: true,
    description: 'A project by its id, deleted or not, or by its path; null when there is none.',
    args: { by: t.arg({ type: ProjectByInput, required: true, description: 'Id or path.' }) },
    resolve: async (_, { by }, { catalog }) => {
      if (by.path != null) return catalog.projects.findByPath(parseInput(projectPath, by.path, 'by.path'));
      requireId(by.id, ['project'], 'by.id');
      const [project] = await catalog.projects.get([by.id]);
      return project;
    },
  }),
  projects: t.field({
    type: ProjectConnection,
    description: 'The projects, newest first.',
    args: {
      ...t.arg.connectionArgs(),
      filter: t.arg({ type: ProjectFilterInput, description: 'Which projects.' }),
      orderBy: t.arg({ type: ProjectOrderInput, description: 'In which order.' }),
      deleted: t.arg(deletedArg),
    },
    resolve: (_, args, { catalog }) =>
      listRecords(catalog.projects, 'this server', args, {
        filter: projectFilter(args.filter),
        deleted: args.deleted ?? 'EXCLUDE',
        order: orderOf(args.orderBy, { field: 'createdAt', direction: 'DESC' }),
      }),
  }),
}));
