import type { Project } from '../../../domain/project.js';
import type { ChangeEvent } from '../../../services/subscriptions/change-event.js';
import { requireId } from '../../arguments.js';
import { builder } from '../../builder.js';
import { NodeRef, ProjectRef } from '../../refs.js';
import { visibleChanges } from '../../visible/changes.js';
import { LogEntryRef } from './log-entry.js';

const CURSOR = 'Position after this change. To continue from here, pass it as `after`.';
const ENTRY = 'Log entry of the change.';

const ProjectChangeRef = builder.objectRef<ChangeEvent>('ProjectChange').implement({
  description: 'A write to a record in a project; or, as the last event, the deletion or purge of the project.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: CURSOR }),
    entry: t.field({
      type: LogEntryRef,
      description: `${ENTRY} That of the project's own deletion or purge is from the log of the list of projects.`,
      resolve: ({ entry, after }) => ({ entry, after }),
    }),
    record: t.field({
      type: NodeRef,
      nullable: true,
      description: 'The record as it is now, at least as new as the entry; null when it was purged.',
      resolve: ({ record }) => record,
    }),
  }),
});

const ProjectListChangeRef = builder.objectRef<ChangeEvent>('ProjectListChange').implement({
  description:
    'A change in the list of projects: a project was created, attached, updated, moved, deleted, restored or purged.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: CURSOR }),
    entry: t.field({ type: LogEntryRef, description: ENTRY, resolve: ({ entry, after }) => ({ entry, after }) }),
    record: t.field({
      type: ProjectRef,
      nullable: true,
      description:
        'The project as it is now, at least as new as the entry; null when it was purged, or is deleted and the caller does not manage it.',
      resolve: ({ record }) => record as Project | null,
    }),
  }),
});

builder.subscriptionFields((t) => ({
  projectChanges: t.field({
    type: ProjectChangeRef,
    description:
      'Changes to the tasks, memories, sessions and states of a project, in the order of its log. The stream continues when the project moves to another store. When the project is deleted or purged, that is the last event, and the stream completes; after a restore, the cursor of that event resumes it.',
    args: {
      projectId: t.arg.id({ required: true, description: 'Id of the project.' }),
      after: t.arg.string({
        description:
          'Deliver the changes after this cursor: that of the last event received, or `Project.cursor`. Left out: only changes from now on.',
      }),
    },
    authScopes: (_, { projectId }) => ({ reads: projectId }),
    subscribe: (_, { projectId, after }, { changes }) => {
      requireId(projectId, ['project'], 'projectId');
      return changes.ofProject(projectId, after ?? null);
    },
    resolve: (change) => change,
  }),
  projectListChanges: t.field({
    type: ProjectListChangeRef,
    description: 'Changes to the list of projects, as far as the caller sees them, in the order of its log.',
    args: {
      after: t.arg.string({
        description:
          'Deliver the changes after this cursor: that of the last event received, or `projectListCursor`. Left out: only changes from now on.',
      }),
    },
    authScopes: { signedIn: true },
    subscribe: async (_, { after }, { changes, levelIn }) =>
      visibleChanges(await changes.ofCatalog(after ?? null), levelIn),
    resolve: (change) => change,
  }),
}));

builder.queryField('projectListCursor', (t) =>
  t.string({
    description:
      'Current position in the log of the list of projects. To miss no change, read it first, then `projects`, then subscribe to `projectListChanges` with `after` set to it.',
    authScopes: { signedIn: true },
    resolve: (_, __, { changes }) => changes.catalogCursor(),
  }),
);
