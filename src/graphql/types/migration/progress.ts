import {
  type CollectionProgress,
  type Migration,
  type Problem,
  type Progress,
  shownPhase,
} from '../../../domain/migration.js';
import { pacingOf } from '../../../migration/pacing/writers.js';
import { builder } from '../../builder.js';
import { MigrationPhaseEnum } from '../../enums.js';
import { seesMigration } from '../../scopes.js';

/** A migration at one moment and the cursor of that moment, or a function that reads the cursor. */
export interface ProgressSource {
  readonly migration: Migration;
  readonly cursor: string | (() => Promise<string>);
}

/** Descriptions that a migration and its progress share. */
export const PHASE = 'Phase of the migration.';
export const ROLLING_BACK =
  'Whether the migration is being or was rolled back: the phases then lead back, from the target to the source. False again when the roll-back fails or is cancelled.';
export const PAUSED =
  'Whether the migration is paused, or about to pause. It also pauses when its project is deleted: restore the project, then resume.';
export const MESSAGE = 'What the migration is doing, or why it is waiting, as text for people.';
export const PROBLEM =
  "Why the migration, its roll-back or its finalization failed, or why it can't continue now; null when there is no problem. While it can't continue, the server retries at least every 30 seconds.";

export const MigrationProblemRef = builder.objectRef<Problem>('MigrationProblem').implement({
  description: "Why a migration failed, or why it can't continue now.",
  fields: (t) => ({
    code: t.exposeString('code', {
      description:
        "Stable code: an `ErrorCode`, or one that only migrations have: `PREFLIGHT` (a check failed), `REJECTED` (a record can't be copied), `MISMATCH` (a record differs even after it was copied again) or `LOG_REPLACED` (a store was reset to an older state, such as a backup).",
    }),
    message: t.exposeString('message', { description: 'What happened, and why.' }),
    hint: t.exposeString('hint', { description: 'What to do next.' }),
  }),
});

const CollectionRef = builder.objectRef<CollectionProgress>('MigrationCollection').implement({
  description: 'Progress of one collection, or of the log.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        "Name of the collection, such as `tasks`; `log` stands for the project's log, whose entries are counted.",
    }),
    done: t.exposeInt('done', {
      description: 'Number of records copied, deleted ones included; of log entries, those copied or replayed.',
    }),
    total: t.exposeInt('total', {
      description:
        'Number of records to copy, deleted ones included, as last counted. It may grow while writes continue.',
    }),
    rejected: t.exposeInt('rejected', {
      description: "Number of records that can't be copied. They count in `total`, but not in `done`.",
    }),
    verified: t.exposeInt('verified', {
      description: 'Number of records compared in the current or last verification.',
    }),
  }),
});

const VectorsRef = builder.objectRef<Progress['vectors']>('MigrationVectors').implement({
  description:
    "Progress of the memories' vectors. The cut-over waits until nearly all memories have them, but not for those in `failed`.",
  fields: (t) => ({
    done: t.exposeInt('done', {
      description: 'Number of memories that have their vectors at the target (when rolling back, at the source).',
    }),
    total: t.exposeInt('total', { description: 'Number of memories that need vectors.' }),
    failed: t.exposeInt('failed', {
      description: 'Number of memories that could not be embedded yet.',
    }),
  }),
});

const LagRef = builder.objectRef<Progress['lag']>('MigrationLag').implement({
  description:
    'How far the target is behind the source (when rolling back, the source behind the target): writes to the project that are not replayed there yet.',
  fields: (t) => ({
    entries: t.exposeInt('entries', { description: 'Number of log entries that are not replayed yet.' }),
    seconds: t.exposeFloat('seconds', {
      description: 'How long it has been behind continuously, in seconds; 0 when it is up to date.',
    }),
  }),
});

export const MigrationProgressRef = builder.objectRef<ProgressSource>('MigrationProgress').implement({
  description: 'Progress of a migration at one moment.',
  fields: (t) => ({
    cursor: t.string({
      description: 'Position after this moment. To continue `migrationProgress` from here, pass it as `after`.',
      resolve: ({ cursor }) => (typeof cursor === 'string' ? cursor : cursor()),
    }),
    migrationId: t.id({ description: 'Id of the migration.', resolve: ({ migration }) => migration.id }),
    phase: t.field({ type: MigrationPhaseEnum, description: PHASE, resolve: ({ migration }) => shownPhase(migration) }),
    isRollingBack: t.boolean({ description: ROLLING_BACK, resolve: ({ migration }) => migration.isRollingBack }),
    isPaused: t.boolean({ description: PAUSED, resolve: ({ migration }) => migration.isPaused }),
    collections: t.field({
      type: [CollectionRef],
      description: 'Progress of each collection, and of the log.',
      resolve: ({ migration }) => migration.progress.collections,
    }),
    vectors: t.field({
      type: VectorsRef,
      description: "Progress of the memories' vectors.",
      resolve: ({ migration }) => migration.progress.vectors,
    }),
    rate: t.float({
      nullable: true,
      description:
        'Records and log entries copied, replayed or compared per second, over the last 5 seconds; null when there were none.',
      resolve: ({ migration }) => migration.progress.rate,
    }),
    etaSeconds: t.float({
      nullable: true,
      description:
        "Estimated seconds until the migration can cut over, without waiting for vectors; null when unknown, such as while `lag` doesn't shrink.",
      resolve: ({ migration }) => migration.progress.etaSeconds,
    }),
    lag: t.field({
      type: LagRef,
      description: 'Writes that are not replayed yet.',
      resolve: ({ migration }) => migration.progress.lag,
    }),
    pacing: t.float({
      description:
        "Pacing: how long a write to the project is delayed now, in milliseconds per record that it writes, so that the migration can catch up; 0 when writes aren't delayed. No write is delayed longer than the server's `MOORING_PACING_MS` (500 by default).",
      resolve: ({ migration }) => pacingOf(migration),
    }),
    tokens: t.int({
      description:
        'Number of tokens embedded for the project while the migration ran, searches included, as counted by the provider; 0 when the model runs in the server.',
      resolve: ({ migration }) => migration.progress.tokens,
    }),
    dollars: t.float({
      nullable: true,
      description: "Cost of the tokens at the model's list price, in US dollars; null when the price is unknown.",
      resolve: ({ migration }) => migration.progress.dollars,
    }),
    fenceMs: t.float({
      nullable: true,
      description:
        'How long writes had to wait in the last completed cut-over, in milliseconds; null before the first.',
      resolve: ({ migration }) => migration.progress.fenceMs,
    }),
    canCutOver: t.boolean({
      description:
        'Whether the target is verified and up to date, so that the migration can cut over now. With `autoCutOver: false` it then waits for `cutOverMigration`.',
      resolve: ({ migration }) => migration.progress.canCutOver,
    }),
    canRollBack: t.boolean({
      description: 'Whether `rollBackMigration` is possible now.',
      resolve: ({ migration }) => migration.progress.canRollBack,
    }),
    message: t.string({ description: MESSAGE, resolve: ({ migration }) => migration.message }),
    problem: t.field({
      type: MigrationProblemRef,
      nullable: true,
      description: PROBLEM,
      resolve: ({ migration }) => migration.problem,
    }),
    at: t.field({
      type: 'DateTime',
      description: 'When this progress was recorded.',
      resolve: ({ migration }) => migration.updatedAt,
    }),
  }),
});

builder.subscriptionField('migrationProgress', (t) =>
  t.field({
    type: MigrationProgressRef,
    description:
      'Progress of a migration. The stream starts with the current progress or, with a cursor, with what was missed since (at least the last event of each phase). It continues live, with at most ten events per second, and completes when the migration is over (`Migration.isOver`). It stays open in phase `MOVED`.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the migration.' }),
      after: t.arg.string({
        description:
          'Deliver the events after this cursor: that of the last event received. Left out: start with the current progress.',
      }),
    },
    authScopes: (_, { id }, context) => seesMigration(id, context),
    subscribe: (_, { id, after }, { services }) => services.migrations.progress(id, after ?? null),
    resolve: (event) => event,
  }),
);
