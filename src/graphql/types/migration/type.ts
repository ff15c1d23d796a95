import { LEVEL } from '../../../domain/access/level.js';
import { may } from '../../../domain/access/principal.js';
import { type Migration, type MigrationFinding, shownPhase } from '../../../domain/migration.js';
import type { Place } from '../../../domain/place.js';
import { MAX_PAGE_ENTRIES } from '../../../migration/pacing/page-size.js';
import { grouped } from '../../../util/text/grouped.js';
import { requireId } from '../../arguments.js';
import { builder } from '../../builder.js';
import { DEFAULT_PAGE, MAX_PAGE, type PageArgs } from '../../connection.js';
import type { GraphQLContext } from '../../context.js';
import { MigrationPhaseEnum, OnRejectEnum, StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { listRecords } from '../../lists.js';
import { MigrationRef, NodeRef, ProjectRef } from '../../refs.js';
import { movesProject } from '../../scopes.js';
import { UNUSED } from '../descriptions.js';
import { recordConnection } from '../list-types.js';
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

/** Descriptions of the target of a migration, which `startMigration` and `estimateMigration` share. */
export const TO = 'Storage mode to move the project to.';
export const LOCATION = `Folder or database to move the project to: for \`FILE\` the absolute path of a folder on the server's disk, ${UNUSED}; for \`MONGODB\` the name of a database on the configured server. Left out: the one in the mode's settings. Must be left out for \`LOCAL\`.`;

const PlaceRef = builder.objectRef<Place>('MigrationPlace').implement({
  description: 'The source or the target of a migration.',
  fields: (t) => ({
    mode: t.expose('mode', { type: StorageModeEnum, description: 'The storage mode.' }),
    location: t.exposeString('location', {
      nullable: true,
      description:
        "Path of the folder, or name of the database, when it isn't the one in the mode's settings; null when it is.",
    }),
  }),
});

MigrationRef.implement({
  description:
    'The move of a project to another storage mode, folder or database, while the project stays in use. Everything is copied from the source to the target and verified there; in the cut-over, the project then switches to the target. The source is kept until the migration is finalized or rolled back. `MigrationPhase` has the order of the phases. A mutation returns as soon as its request is recorded; `migrationProgress` shows when it takes effect.',
  interfaces: [NodeRef],
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the migration.' }),
    projectId: t.exposeID('projectId', { description: 'Id of the project.' }),
    project: t.field({
      type: ProjectRef,
      nullable: true,
      description: 'The project, deleted or not; null when it was purged.',
      resolve: ({ projectId }, _, { loaders }) => loaders.find('project', projectId),
    }),
    from: t.expose('from', { type: PlaceRef, description: 'The source: where the project was stored before.' }),
    to: t.expose('to', { type: PlaceRef, description: 'The target: where the project moves to.' }),
    dryRun: t.boolean({
      description: 'Whether the migration only runs the preflight: it checks everything, copies nothing, and ends.',
      resolve: ({ options }) => options.dryRun,
    }),
    autoCutOver: t.boolean({
      description: 'Whether the migration cuts over as soon as it can, instead of waiting for `cutOverMigration`.',
      resolve: ({ options }) => options.autoCutOver,
    }),
    batchSize: t.int({
      description: `Number of records copied at a time. When many writes are not replayed yet, up to ${grouped(MAX_PAGE_ENTRIES)} are replayed at a time.`,
      resolve: ({ options }) => options.batchSize,
    }),
    onReject: t.field({
      type: OnRejectEnum,
      description: "What the migration does when a record, or the content of a log entry, can't be copied.",
      resolve: ({ options }) => options.onReject,
    }),
    phase: t.field({ type: MigrationPhaseEnum, description: PHASE, resolve: shownPhase }),
    isRollingBack: t.exposeBoolean('isRollingBack', { description: ROLLING_BACK }),
    isPaused: t.exposeBoolean('isPaused', { description: PAUSED }),
    isOver: t.boolean({
      description:
        'Whether the migration has ended, as `MigrationPhase` says. It accepts no more mutations then, and another migration of the project can be started.',
      resolve: ({ endedAt }) => endedAt !== null,
    }),
    message: t.exposeString('message', { description: MESSAGE }),
    problem: t.expose('problem', { type: MigrationProblemRef, nullable: true, description: PROBLEM }),
    progress: t.field({
      type: MigrationProgressRef,
      description: 'Current progress.',
      resolve: (migration, _, { services }) => ({ migration, cursor: () => services.migrations.cursorOf(migration) }),
    }),
    preflight: t.expose('preflight', {
      type: MigrationPreflightRef,
      nullable: true,
      description: 'Result of the preflight, the checks before anything is copied; null before it has run.',
    }),
    verification: t.expose('verification', {
      type: MigrationVerificationRef,
      nullable: true,
      description: 'Result of the current or last verification; null before the first.',
    }),
    rejects: t.field({
      type: MigrationFindingConnection,
      description:
        "Records, and contents of log entries, that can't be copied, and why, oldest first. `OnReject` says what happens then.",
      args: pageArgs(t),
      resolve: (migration, args, context) => findings(migration, 'REJECT', args, context),
    }),
    mismatches: t.field({
      type: MigrationFindingConnection,
      description:
        'Records that differed between source and target in the current or last verification, repaired ones included (`isRepaired`), oldest first; at most 1,000. The list is cleared when the next verification starts.',
      args: pageArgs(t),
      resolve: (migration, args, context) => findings(migration, 'MISMATCH', args, context),
    }),
    finalization: t.field({
      type: MigrationFinalizationRef,
      nullable: true,
      description:
        'What `finalizeMigration` needs, with a new token at each read; null unless the migration can be finalized now, by the caller.',
      resolve: (migration, _, { services, levelIn, principal }) => {
        const mayFinalize = levelIn(migration.projectId) >= LEVEL.MANAGE || may(principal, 'migrations:run');
        return mayFinalize ? services.migrations.finalization(migration) : null;
      },
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the migration was requested.' }),
    movedAt: t.expose('movedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the project was cut over to the target; null before.',
    }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the migration ended (`isOver`); null before. In phase `FINALIZING` it can be set before the source is removed.',
    }),
  }),
});

type Fields = PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Migration>;

function pageArgs(t: Fields) {
  return {
    first: t.arg.int({
      description: `How many items to return from the start: 1 to ${MAX_PAGE}. Default: ${DEFAULT_PAGE}.`,
    }),
    after: t.arg.string({ description: 'Return only items after this cursor.' }),
  };
}

/** A migration's findings of one kind, in the order in which they were recorded. */
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
    description:
      "The project's migration that has not ended; null when there is none. One in phase `MOVED` has not ended: it can still be finalized or rolled back.",
    resolve: (project, _, { loaders }) => loaders.activeMigrationOf(project),
  }),
);

builder.queryFields((t) => ({
  migration: t.field({
    type: MigrationRef,
    nullable: true,
    description: 'A migration by its id, also an ended one; null when there is none.',
    authScopes: { signedIn: true },
    args: { id: t.arg.id({ required: true, description: 'Id of the migration.' }) },
    resolve: async (_, { id }, { services, levelIn }) => {
      const found = await services.migrations.find(id);
      return found && levelIn(found.projectId) >= LEVEL.SEE ? found : null;
    },
  }),
  migrations: t.field({
    type: MigrationConnection,
    description: 'Migrations on this server, newest first, ended ones included.',
    authScopes: { signedIn: true },
    args: {
      projectId: t.arg.id({ description: 'Return only migrations of this project.' }),
      ...t.arg.connectionArgs(),
    },
    resolve: (_, { projectId, ...args }, { catalog }) => {
      if (projectId != null) requireId(projectId, ['project'], 'projectId');
      return listRecords(catalog.migrations, projectId ?? 'this server', args, {
        filter: projectId == null ? {} : { projectId },
        deleted: 'EXCLUDE',
        order: { field: 'createdAt', direction: 'DESC' },
      });
    },
  }),
  estimateMigration: t.field({
    type: MigrationEstimateRef,
    extensions: COSTS.scan,
    description:
      'Checks whether a project could be migrated, and estimates what that would take. Returns when the checks are done. Nothing is moved, and test data that the checks write is removed again. While a migration of the project is not over, it fails with `MIGRATION_STATE`.',
    authScopes: (_, { projectId, location }) => movesProject(projectId, location),
    args: {
      projectId: t.arg.id({ required: true, description: 'Id of the project.' }),
      to: t.arg({ type: StorageModeEnum, required: true, description: TO }),
      location: t.arg.string({ description: LOCATION }),
    },
    resolve: (_, input, { services }) => services.migrations.estimate(input),
  }),
}));
