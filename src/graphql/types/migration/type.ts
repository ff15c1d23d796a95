import { type Migration, type MigrationFinding, shownPhase } from '../../../domain/migration.js';
import type { Place } from '../../../domain/place.js';
import { MAX_PAGE_ENTRIES } from '../../../migration/pacing/page-size.js';
import { builder } from '../../builder.js';
import { DEFAULT_PAGE, MAX_PAGE, type PageArgs } from '../../connection.js';
import type { GraphQLContext } from '../../context.js';
import { COSTS } from '../../costs.js';
import { MigrationPhaseEnum, OnRejectEnum, StorageModeEnum } from '../../enums.js';
import { requireId } from '../../ids.js';
import { listRecords } from '../../lists.js';
import { MigrationRef, NodeRef, ProjectRef } from '../../refs.js';
import { grouped, recordConnection } from '../common.js';
import {
  MESSAGE,
  MigrationProblemRef,
  MigrationProgressRef,
  PAUSED,
  PHASE,
  PROBLEM,
  ROLLING_BACK,
} from './progress.js';
import {
  MigrationEstimateRef,
  MigrationFinalizationRef,
  MigrationFindingConnection,
  MigrationPreflightRef,
  MigrationVerificationRef,
} from './report.js';

/** Descriptions of where a project is to be moved. */
export const TO = 'The storage mode that it is to live in.';
export const LOCATION =
  "Its own place there: of `FILE` the absolute path of a folder, of `MONGODB` the name of a database on its server. Left out: where the mode's settings say.";

const PlaceRef = builder.objectRef<Place>('MigrationPlace').implement({
  description: "Where a project's data lies.",
  fields: (t) => ({
    mode: t.expose('mode', { type: StorageModeEnum, description: 'The storage mode.' }),
    location: t.exposeString('location', {
      nullable: true,
      description: "Its own folder or database; null where the mode's settings say.",
    }),
  }),
});

MigrationRef.implement({
  description: "A project's move to another place, live: copied, verified, flipped, and kept so that it can be undone.",
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Its id.' }),
    projectId: t.exposeID('projectId', { description: 'Id of the project.' }),
    project: t.field({
      type: ProjectRef,
      nullable: true,
      description: 'The project, deleted or not; null when it was purged.',
      resolve: ({ projectId }, _, { loaders }) => loaders.find('project', projectId),
    }),
    from: t.expose('from', { type: PlaceRef, description: 'Where the project lived.' }),
    to: t.expose('to', { type: PlaceRef, description: 'Where it is to live.' }),
    dryRun: t.boolean({ description: 'Ends after the preflight.', resolve: ({ options }) => options.dryRun }),
    autoCutOver: t.boolean({
      description: 'Cuts over by itself once it can; else it waits for `cutOverMigration`.',
      resolve: ({ options }) => options.autoCutOver,
    }),
    batchSize: t.int({
      description: `Records that are written at a time; of what is written meanwhile, up to ${grouped(MAX_PAGE_ENTRIES)} when many wait.`,
      resolve: ({ options }) => options.batchSize,
    }),
    onReject: t.field({
      type: OnRejectEnum,
      description: "What becomes of it when a record can't be copied.",
      resolve: ({ options }) => options.onReject,
    }),
    phase: t.field({ type: MigrationPhaseEnum, description: PHASE, resolve: shownPhase }),
    isRollingBack: t.exposeBoolean('isRollingBack', { description: ROLLING_BACK }),
    isPaused: t.exposeBoolean('isPaused', { description: PAUSED }),
    isOver: t.boolean({
      description: 'Whether it came to its end: it can be told nothing more, and the project may be moved again.',
      resolve: ({ endedAt }) => endedAt !== null,
    }),
    message: t.exposeString('message', { description: MESSAGE }),
    problem: t.expose('problem', { type: MigrationProblemRef, nullable: true, description: PROBLEM }),
    progress: t.field({
      type: MigrationProgressRef,
      description: 'How it stands now.',
      resolve: (migration, _, { services }) => ({ migration, cursor: () => services.migrations.cursorOf(migration) }),
    }),
    preflight: t.expose('preflight', {
      type: MigrationPreflightRef,
      nullable: true,
      description: 'What the preflight found; null before.',
    }),
    verification: t.expose('verification', {
      type: MigrationVerificationRef,
      nullable: true,
      description: 'What the last verification found; null before the first.',
    }),
    rejects: t.field({
      type: MigrationFindingConnection,
      description: "Records that can't be copied, and why.",
      args: pageArgs(t),
      resolve: (migration, args, context) => findings(migration, 'REJECT', args, context),
    }),
    mismatches: t.field({
      type: MigrationFindingConnection,
      description: "Records that weren't the same on both sides, and what differed.",
      args: pageArgs(t),
      resolve: (migration, args, context) => findings(migration, 'MISMATCH', args, context),
    }),
    finalization: t.field({
      type: MigrationFinalizationRef,
      nullable: true,
      description: 'What `finalizeMigration` needs; null unless it can be finalized now.',
      resolve: (migration, _, { services }) => services.migrations.finalization(migration),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    movedAt: t.expose('movedAt', { type: 'DateTime', nullable: true, description: 'When the project was flipped.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it came to its end: failed, cancelled, rolled back or finalized.',
    }),
  }),
});

type Fields = PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Migration>;

function pageArgs(t: Fields) {
  return {
    first: t.arg.int({
      description: `How many from the start of the range: 1 to ${MAX_PAGE}; ${DEFAULT_PAGE} when left out.`,
    }),
    after: t.arg.string({ description: 'Only what comes after this cursor.' }),
  };
}

/** What a migration has to say about single records, in the order in which it was found. */
function findings({ id }: Migration, kind: MigrationFinding['kind'], args: PageArgs, { services }: GraphQLContext) {
  return listRecords(services.migrations.findings, `${id} (${kind})`, args, {
    filter: { migrationId: id, kind },
    deleted: 'EXCLUDE',
    order: { field: 'createdAt', direction: 'ASC' },
  });
}

const MigrationConnection = recordConnection(MigrationRef, 'Migration', 'migrations');

builder.objectField(ProjectRef, 'migration', (t) =>
  t.field({
    type: MigrationRef,
    nullable: true,
    description: "Its move that isn't over; null when there is none.",
    resolve: (project, _, { loaders }) => loaders.activeMigrationOf(project),
  }),
);

builder.queryFields((t) => ({
  migration: t.field({
    type: MigrationRef,
    nullable: true,
    description: 'A migration by its id; null when there is none.',
    authScopes: { canAdminister: true },
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { services }) => services.migrations.find(id),
  }),
  migrations: t.field({
    type: MigrationConnection,
    description: 'The migrations, newest first, those that are over too.',
    authScopes: { canAdminister: true },
    args: {
      projectId: t.arg.id({ description: 'Only those of this project.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: (_, { projectId, ...args }, { services }) => {
      if (projectId != null) requireId(projectId, ['project'], 'projectId');
      return listRecords(services.migrations.all, projectId ?? 'this server', args, {
        filter: projectId == null ? {} : { projectId },
        deleted: 'EXCLUDE',
        order: { field: 'createdAt', direction: 'DESC' },
      });
    },
  }),
  estimateMigration: t.field({
    type: MigrationEstimateRef,
    extensions: COSTS.place,
    description: 'What a move would take, and whether it could be done. Nothing is moved, and nothing is kept of it.',
    authScopes: { canAdminister: true },
    args: {
      projectId: t.arg.id({ required: true, description: 'Id of the project.' }),
      to: t.arg({ type: StorageModeEnum, required: true, description: TO }),
      location: t.arg.string({ description: LOCATION }),
    },
    resolve: (_, input, { services }) => services.migrations.estimate(input),
  }),
}));
