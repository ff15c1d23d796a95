import { parseInput } from '../../../domain/fields/parse.js';
import { type Project, projectPath } from '../../../domain/project.js';
import type { Repositories } from '../../../repositories/project-repositories.js';
import { requestLookup } from '../../../services/input/filters.js';
import { requireId } from '../../arguments.js';
import { builder } from '../../builder.js';
import { type Connection, emptyConnection } from '../../connection.js';
import type { GraphQLContext } from '../../context.js';
import { CaptureEnum, ProjectModeEnum, SecretPolicyEnum, StorageModeEnum } from '../../enums.js';
import { listLog, listRecords } from '../../lists.js';
import { NodeRef, ProjectRef } from '../../refs.js';
import { NULL_IF_UNSEEN } from '../../scopes.js';
import { listArgs, orderOf } from '../list-types.js';
import { MemoryConnection, MemoryFilterInput, MemoryOrderInput, memoryFilter } from '../memory/list.js';
import { directionArg, LogEntryConnection } from '../record/log-entry.js';
import { StoredRecordInterface } from '../record/type.js';
import { SessionConnection, SessionFilterInput, SessionOrderInput, sessionFilter } from '../session/list.js';
import { TaskConnection, TaskFilterInput, TaskOrderInput, taskFilter } from '../task/list.js';
import { listProjects, ProjectConnection, projectArgs } from './list.js';

ProjectRef.implement({
  description: `A project: tasks, memories, sessions and states that belong together.

- They are kept in one store, as the storage mode says: in a SQLite file, in a folder of JSON files, or in a MongoDB database. The store has a log, with an entry for each write to one of them.
- The project's own record is kept in the server's list of projects, which has a log of its own.
- While the project is deleted, \`tasks\`, \`readyTasks\`, \`agents\`, \`memories\`, \`sessions\`, \`states\` and \`log\` are empty, and \`state\` and queries for what is in it return null. \`cursor\`, \`searchIndex\`, \`memoryContext\` and the searches fail with \`NOT_FOUND\`. \`history\`, \`migration\` and \`usage\` can still be read.`,
  interfaces: [NodeRef, StoredRecordInterface],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the project.' }),
    name: t.exposeString('name', { description: 'Name of the project.' }),
    description: t.exposeString('description', { description: 'Description of the project.' }),
    path: t.exposeString('path', {
      nullable: true,
      description: 'Absolute path of the working directory; null when it has none.',
    }),
    githubRepo: t.exposeString('githubRepo', {
      nullable: true,
      description: 'Repository, as `owner/name` or a URL; null when it has none.',
    }),
    customInstructions: t.exposeString('customInstructions', {
      description: 'Instructions that agents should read before they start.',
    }),
    techStack: t.exposeStringList('techStack', {
      description: 'Languages, frameworks and tools that the project uses.',
    }),
    mode: t.expose('mode', { type: ProjectModeEnum, description: 'What the project is used for.' }),
    isActive: t.exposeBoolean('isActive', { description: 'Whether the project is being worked on.' }),
    storageMode: t.expose('storageMode', { type: StorageModeEnum, description: "Where the project's data is stored." }),
    settings: t.expose('settings', {
      type: 'JSONObject',
      description:
        "Settings of the project, free for clients to use. Two names are reserved: `fileStorePath` and `mongodbDatabase` say in which folder or database the project is stored, when it isn't the one in the storage mode's settings.",
    }),
    secrets: t.expose('secrets', {
      type: SecretPolicyEnum,
      nullable: true,
      description:
        "What is done about secrets in texts that are saved in the project; null: the server's policy, `MOORING_SECRETS`.",
    }),
    capture: t.expose('capture', {
      type: CaptureEnum,
      nullable: true,
      description:
        "What is kept of agents' conversations; null when it isn't decided. Then it depends on the agent: `MESSAGES` for those that were set up to capture, `OFF` for all others.",
    }),
    captureToolCharacters: t.exposeInt('captureToolCharacters', {
      description: "Most characters kept of a tool's output with `capture: ALL`. The rest is cut off.",
    }),
    log: t.field({
      type: LogEntryConnection,
      description:
        "Log of the project's store: one entry per write to a task, memory, session or state, newest first by default. Writes to the project's own record are in `history`.",
      args: {
        ...t.arg.connectionArgs(),
        recordId: t.arg.id({ description: 'Return only entries about this record, even if it was purged.' }),
        requestId: t.arg.string({
          description: 'Return only what this request wrote. `revertRequest` undoes all of it.',
        }),
        direction: t.arg(directionArg),
      },
      resolve: (project, { recordId, requestId, ...args }, context) =>
        unlessDeleted(project, context, ({ store }) => {
          if (recordId != null) requireId(recordId, undefined, 'recordId');
          return listLog(store, project.id, args, {
            recordId: recordId ?? undefined,
            requestId: parseInput(requestLookup, requestId ?? undefined, 'requestId'),
          });
        }),
    }),
    cursor: t.string({
      description:
        "Current position in the project's log. To miss no change, read it first, then the lists, then subscribe to `projectChanges` with `after` set to it.",
      resolve: async (project, _, context) => context.changes.projectCursor(await context.open(project)),
    }),
    tasks: t.field({
      type: TaskConnection,
      description: 'Tasks of the project, newest first by default.',
      args: listArgs(t.arg, 'tasks', { filter: TaskFilterInput, order: TaskOrderInput, sorting: 'newest first' }),
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
      description: 'Memories of the project, latest `occurredAt` first by default.',
      args: listArgs(t.arg, 'memories', {
        filter: MemoryFilterInput,
        order: MemoryOrderInput,
        sorting: 'latest first',
      }),
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
      description: 'Sessions of the project, latest `startedAt` first by default.',
      args: listArgs(t.arg, 'sessions', {
        filter: SessionFilterInput,
        order: SessionOrderInput,
        sorting: 'latest first',
      }),
      resolve: (project, args, context) =>
        unlessDeleted(project, context, async (repositories) => {
          const filter = sessionFilter(args.filter);
          const order = orderOf(args.orderBy, { field: 'startedAt', direction: 'DESC' });
          if (order.field === 'activeAt' || filter.activeAt) await context.services.sessions.date(repositories);
          return listRecords(repositories.sessions, project.id, args, {
            filter,
            deleted: args.deleted ?? 'EXCLUDE',
            order,
          });
        }),
    }),
  }),
});

/** Reads a list from a project's store; empty when the project is deleted, as that hides its content. */
function unlessDeleted<T>(
  project: Project,
  context: GraphQLContext,
  list: (repositories: Repositories) => Promise<Connection<T>>,
): Connection<T> | Promise<Connection<T>> {
  return project.deletedAt ? emptyConnection() : context.open(project).then(list);
}

const ProjectByInput = builder.inputType('ProjectBy', {
  description: 'Identifies a project: exactly one field must be set.',
  isOneOf: true,
  fields: (t) => ({
    id: t.id({ description: 'Id of the project.' }),
    path: t.string({
      description:
        'Absolute path of the working directory, in any spelling that names the same folder. Finds live projects only.',
    }),
  }),
});

builder.queryFields((t) => ({
  project: t.field({
    type: ProjectRef,
    nullable: true,
    description: 'A project by its id, deleted or not, or by its path; null when there is none.',
    // By path, what may not be read isn't found.
    authScopes: (_, { by }) => (by.id == null ? { signedIn: true } : { sees: by.id }),
    ...NULL_IF_UNSEEN,
    args: { by: t.arg({ type: ProjectByInput, required: true, description: 'Id or path of the project.' }) },
    resolve: async (_, { by }, { catalog }) => {
      if (by.path != null) return catalog.projects.findByPath(parseInput(projectPath, by.path, 'by.path'));
      requireId(by.id, ['project'], 'by.id');
      const [project] = await catalog.projects.get([by.id]);
      return project;
    },
  }),
  projects: t.field({
    type: ProjectConnection,
    description: 'Projects that the caller sees, newest first by default.',
    authScopes: { signedIn: true },
    args: projectArgs(t.arg),
    resolve: (_, args, context) => listProjects(args, context),
  }),
}));
