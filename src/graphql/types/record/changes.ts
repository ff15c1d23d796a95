import type { Project } from '../../../domain/project.js';
import type { ChangeEvent } from '../../../services/subscriptions/change-event.js';
import { builder } from '../../builder.js';
import { requireId } from '../../ids.js';
import { NodeRef, ProjectRef } from '../../refs.js';
import { LogEntryRef } from './log-entry.js';

const CURSOR = 'Go on after this change with it.';
const ENTRY = 'What was done.';

const ProjectChangeRef = builder.objectRef<ChangeEvent>('ProjectChange').implement({
  description: 'A change of something in a project.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: CURSOR }),
    entry: t.field({ type: LogEntryRef, description: ENTRY, resolve: ({ entry, after }) => ({ entry, after }) }),
    record: t.field({
      type: NodeRef,
      nullable: true,
      description: 'The record as it is now, at least as new as the entry; null when it was purged.',
      resolve: ({ record }) => record,
    }),
  }),
});

const ProjectListChangeRef = builder.objectRef<ChangeEvent>('ProjectListChange').implement({
  description: 'A change of the list of projects: one was created, changed, deleted, restored or purged.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { description: CURSOR }),
    entry: t.field({ type: LogEntryRef, description: ENTRY, resolve: ({ entry, after }) => ({ entry, after }) }),
    record: t.field({
      type: ProjectRef,
      nullable: true,
      description: 'The project as it is now, at least as new as the entry; null when it was purged.',
      resolve: ({ record }) => record as Project | null,
    }),
  }),
});

builder.subscriptionType({ description: 'What changes, from a cursor and then live.' });

builder.subscriptionFields((t) => ({
  projectChanges: t.field({
    type: ProjectChangeRef,
    description:
      'Changes of all that is in a project: its tasks, memories, sessions and states. It ends after the project was deleted, with that deletion as its last change; and with `INVALID_CURSOR` when the data is put back to an older state that lacks the last change given.',
    args: {
      projectId: t.arg.id({ required: true, description: 'Id of the project.' }),
      after: t.arg.string({
        description: 'Begin after this cursor: the last one that was seen, or `Project.cursor`. Left out: begin now.',
      }),
    },
    subscribe: (_, { projectId, after }, { changes }) => {
      requireId(projectId, ['project'], 'projectId');
      return changes.ofProject(projectId, after ?? null);
    },
    resolve: (change) => change,
  }),
  projectListChanges: t.field({
    type: ProjectListChangeRef,
    description:
      'Changes of the list of projects. It ends with `INVALID_CURSOR` when the data is put back to an older state that lacks the last change given.',
    args: {
      after: t.arg.string({
        description:
          'Begin after this cursor: the last one that was seen, or `projectListCursor`. Left out: begin now.',
      }),
    },
    subscribe: (_, { after }, { changes }) => changes.ofCatalog(after ?? null),
    resolve: (change) => change,
  }),
}));

builder.queryField('projectListCursor', (t) =>
  t.string({
    description:
      'Where the log of the list of projects stands now. Take it, read the list, then follow `projectListChanges` after it: nothing is missed.',
    resolve: (_, __, { changes }) => changes.catalogCursor(),
  }),
);
