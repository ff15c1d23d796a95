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

/** How a migration stood, and the cursor of that moment: known, or found out when it is asked for. */
export interface ProgressSource {
  readonly migration: Migration;
  readonly cursor: string | (() => Promise<string>);
}

/** What a migration and each event of its progress say alike. */
export const PHASE = 'How far it is.';
export const ROLLING_BACK = 'Whether the phases are about the way back to where the project was.';
export const PAUSED = 'Whether it is paused, or about to be: a step that is under way ends first.';
export const MESSAGE = "What goes on, or why it doesn't; for people.";
export const PROBLEM = 'Why it failed, or what stands in its way now; null when nothing does.';

export const MigrationProblemRef = builder.objectRef<Problem>('MigrationProblem').implement({
  description: 'What stands in the way of a move.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'A stable code, one of `ErrorCode`.' }),
    message: t.exposeString('message', { description: 'What happened, and why.' }),
    hint: t.exposeString('hint', { description: 'What to do about it.' }),
  }),
});

const CollectionRef = builder.objectRef<CollectionProgress>('MigrationCollection').implement({
  description: 'How far one collection is.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name; `log` is what was done to all of them.' }),
    done: t.exposeInt('done', { description: 'Records that the new place has, deleted ones included.' }),
    total: t.exposeInt('total', { description: 'Records that there are to copy.' }),
    rejected: t.exposeInt('rejected', { description: "Records that can't be copied." }),
    verified: t.exposeInt('verified', {
      description: 'Records that were compared, in the verification that is under way or was the last.',
    }),
  }),
});

const VectorsRef = builder.objectRef<Progress['vectors']>('MigrationVectors').implement({
  description: "How far the memories' vectors are.",
  fields: (t) => ({
    done: t.exposeInt('done', { description: 'Memories that have theirs at the new place.' }),
    total: t.exposeInt('total', { description: 'Memories that get one.' }),
    failed: t.exposeInt('failed', { description: "Memories that couldn't be embedded." }),
  }),
});

const LagRef = builder.objectRef<Progress['lag']>('MigrationLag').implement({
  description: "What was written and isn't at the other side yet.",
  fields: (t) => ({
    entries: t.exposeInt('entries', { description: 'Writes.' }),
    seconds: t.exposeFloat('seconds', { description: 'Age of the oldest of them; 0 when there is none.' }),
  }),
});

export const MigrationProgressRef = builder.objectRef<ProgressSource>('MigrationProgress').implement({
  description: 'How a move stood at one moment.',
  fields: (t) => ({
    cursor: t.string({
      description: 'Go on with `migrationProgress` after this moment with it.',
      resolve: ({ cursor }) => (typeof cursor === 'string' ? cursor : cursor()),
    }),
    migrationId: t.id({ description: 'Id of the migration.', resolve: ({ migration }) => migration.id }),
    phase: t.field({ type: MigrationPhaseEnum, description: PHASE, resolve: ({ migration }) => shownPhase(migration) }),
    isRollingBack: t.boolean({ description: ROLLING_BACK, resolve: ({ migration }) => migration.isRollingBack }),
    isPaused: t.boolean({ description: PAUSED, resolve: ({ migration }) => migration.isPaused }),
    collections: t.field({
      type: [CollectionRef],
      description: 'How far each collection is, and the log.',
      resolve: ({ migration }) => migration.progress.collections,
    }),
    vectors: t.field({
      type: VectorsRef,
      description: 'How far the vectors are.',
      resolve: ({ migration }) => migration.progress.vectors,
    }),
    rate: t.float({
      nullable: true,
      description: 'Records a second, over the last seconds; null when nothing is copied now.',
      resolve: ({ migration }) => migration.progress.rate,
    }),
    etaSeconds: t.float({
      nullable: true,
      description:
        "Seconds until it can cut over, as far as can be told; null when it can't, such as while `lag` doesn't fall.",
      resolve: ({ migration }) => migration.progress.etaSeconds,
    }),
    lag: t.field({
      type: LagRef,
      description: 'How far behind it is.',
      resolve: ({ migration }) => migration.progress.lag,
    }),
    pacing: t.float({
      description:
        'How long the write of one record to the project waits now, in milliseconds, so that the move can catch up with those who write; 0 when none waits. A write of several waits for each of them, and none longer than `MOORING_PACING_MS` of the server.',
      resolve: ({ migration }) => pacingOf(migration),
    }),
    tokens: t.int({
      description: 'What embedding for the move took so far, as the provider counted.',
      resolve: ({ migration }) => migration.progress.tokens,
    }),
    dollars: t.float({
      nullable: true,
      description: "The tokens at the model's list price, in US dollars; null when that isn't known.",
      resolve: ({ migration }) => migration.progress.dollars,
    }),
    fenceMs: t.float({
      nullable: true,
      description: 'How long writes waited in the last cut-over, in milliseconds; null before.',
      resolve: ({ migration }) => migration.progress.fenceMs,
    }),
    canCutOver: t.boolean({
      description: 'Whether it can be flipped now: with `autoCutOver: false` it waits for `cutOverMigration`.',
      resolve: ({ migration }) => migration.progress.canCutOver,
    }),
    canRollBack: t.boolean({
      description: 'Whether it can be rolled back now.',
      resolve: ({ migration }) => migration.progress.canRollBack,
    }),
    message: t.string({ description: MESSAGE, resolve: ({ migration }) => migration.message }),
    problem: t.field({
      type: MigrationProblemRef,
      nullable: true,
      description: PROBLEM,
      resolve: ({ migration }) => migration.problem,
    }),
    at: t.field({ type: 'DateTime', description: 'When it was so.', resolve: ({ migration }) => migration.updatedAt }),
  }),
});

builder.subscriptionField('migrationProgress', (t) =>
  t.field({
    type: MigrationProgressRef,
    description:
      'How a move goes: first how it stands, or what was missed since the cursor, at least the last of each phase; then live, at most ten a second. It ends after the migration has; `MOVED` is not its end.',
    args: {
      id: t.arg.id({ required: true, description: 'Id of the migration.' }),
      after: t.arg.string({ description: 'Go on after this cursor: the last one that was seen. Left out: begin now.' }),
    },
    subscribe: (_, { id, after }, { services }) => services.migrations.progress(id, after ?? null),
    resolve: (event) => event,
  }),
);
