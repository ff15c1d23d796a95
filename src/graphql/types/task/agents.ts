import { RECENT_CHANGES } from '../../../services/board/agents.js';
import type { ActiveAgent } from '../../../services/board/contract.js';
import { grouped } from '../../../util/text/grouped.js';
import { builder } from '../../builder.js';
import { COSTS, SIZES } from '../../field-costs.js';
import { ProjectRef, TaskRef } from '../../refs.js';
import { LogEntryRef } from '../record/log-entry.js';

const HeldTaskRef = builder.objectRef<ActiveAgent['claims'][number]>('HeldTask').implement({
  description: 'A task with a claim, expired or not.',
  fields: (t) => ({
    task: t.field({
      type: TaskRef,
      nullable: true,
      description: 'The task; null when it was purged meanwhile.',
      resolve: ({ id }, _, { loaders }) => loaders.find('task', id),
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When the claim expires, or expired.',
    }),
  }),
});

const ProjectAgentRef = builder.objectRef<ActiveAgent>('ProjectAgent').implement({
  description: 'A name in the claims or the log of a project: an agent, a person or a program.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The `agent` of its claims and the `LogEntry.actor` of its writes. Use one name for both.',
    }),
    lastSeen: t.field({
      type: 'DateTime',
      nullable: true,
      description: `When it wrote last; null when that isn't among the last ${grouped(RECENT_CHANGES)} changes.`,
      resolve: ({ lastSeen }) => lastSeen,
    }),
    lastAction: t.field({
      type: LogEntryRef,
      nullable: true,
      description: `What it wrote last; null when that isn't among the last ${grouped(RECENT_CHANGES)} changes.`,
      resolve: ({ lastAction }) => lastAction(),
    }),
    claims: t.expose('claims', {
      type: [HeldTaskRef],
      extensions: SIZES.claims,
      description:
        'The tasks that it has claimed, those with an expired claim included, the first to expire first; at most 1,000 of all agents together.',
    }),
  }),
});

builder.objectField(ProjectRef, 'agents', (t) =>
  t.field({
    type: [ProjectAgentRef],
    extensions: { ...COSTS.search, ...SIZES.agents },
    description: `Who is at work: the names that have claims, or wrote one of the last ${grouped(RECENT_CHANGES)} changes in the project. The one that wrote last comes first.`,
    resolve: async (project, _, context) =>
      project.deletedAt ? [] : context.services.board.agents(await context.open(project)),
  }),
);
