import { ConfirmationError, MigrationStateError, StorageModeUnavailableError } from '../../../domain/errors.js';
import { DEFAULT_BATCH_SIZE, MAX_BATCH_SIZE } from '../../../domain/migration.js';
import type { MigrationService } from '../../../services/migrations/contract.js';
import { grouped } from '../../../util/text/grouped.js';
import { withoutNulls } from '../../arguments.js';
import { builder, capitalize } from '../../builder.js';
import { write } from '../../context.js';
import { OnRejectEnum, StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { MigrationRef } from '../../refs.js';
import { movesBy, movesProject } from '../../scopes.js';
import { recordPayload } from '../payloads.js';
import { LOCATION, TO } from './type.js';

const ID = 'Id of the migration.';

builder.mutationField('startMigration', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      "Starts the migration of a project to another storage mode, folder or database; follow it with `migrationProgress`. The project can be read and written throughout. In phase `MOVED`, end the migration with `finalizeMigration` or `rollBackMigration`: until it is over (`isOver`), no other migration of the project can be started, and the project can't be purged.",
    type: recordPayload('StartMigrationPayload', MigrationRef),
    errors: { types: [MigrationStateError, StorageModeUnavailableError] },
    authScopes: (_, { input }) => movesProject(input.projectId, input.location),
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      to: t.input.field({ type: StorageModeEnum, required: true, description: TO }),
      location: t.input.string({ description: LOCATION }),
      dryRun: t.input.boolean({
        defaultValue: false,
        description:
          'Only run the preflight, whose result is in `Migration.preflight`: check everything, copy nothing, and end. Test data that it writes to the target is removed again.',
      }),
      autoCutOver: t.input.boolean({
        defaultValue: true,
        description:
          'Cut over to the target as soon as it is verified. If false, wait for `cutOverMigration`, with the target kept up to date.',
      }),
      batchSize: t.input.int({
        defaultValue: DEFAULT_BATCH_SIZE,
        description: `Number of records to copy at a time: 1 to ${grouped(MAX_BATCH_SIZE)}.`,
      }),
      onReject: t.input.field({
        type: OnRejectEnum,
        defaultValue: 'STOP',
        description: "What to do when a record can't be copied.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ migrations }, author) => ({
        record: await migrations.start(author, withoutNulls(input)),
      })),
  }),
);

const COMMANDS = [
  [
    'pauseMigration',
    'pause',
    'Pauses a migration until `resumeMigration`; what is copied stays. Allowed in every phase before `MOVED`, during a roll-back, and during `verifyMigration`. The project can be read and written meanwhile.',
  ],
  [
    'resumeMigration',
    'resume',
    'Continues a paused migration from where it stopped. If a `problem` prevents a migration from continuing, it is retried immediately. Allowed until the migration is over.',
  ],
  [
    'cancelMigration',
    'cancel',
    'Cancels a migration: the project stays at the source, and the copy at the target is removed. When rolling back, cancels only the roll-back: the project stays at the target, and the phase is `MOVED` again. Allowed in every phase before `MOVED`, and during a roll-back.',
  ],
  [
    'cutOverMigration',
    'cutOver',
    'Requests the cut-over, in which the project switches to the target; it follows once the target is verified and up to date, even with `autoCutOver: false`. Allowed in every phase before `MOVED`, but not for a dry run. A paused migration cuts over after it is resumed; a roll-back cuts over without this.',
  ],
  [
    'rollBackMigration',
    'rollBack',
    'Brings a project back to the source, with everything written since the cut-over; then the copy at the target is removed. Allowed in `MOVED`, while `MigrationProgress.canRollBack` is true. If it fails, the project stays at the target, the phase is `MOVED` again, and `problem` says why.',
  ],
  [
    'verifyMigration',
    'verify',
    "Compares the records and logs of source and target again, taking into account what was written since the cut-over. Nothing is changed on either side. Allowed in `MOVED`; the phase doesn't change. The result is ready when `Migration.verification` has `isComplete: true` and a later `at` than before the call.",
  ],
] as const satisfies readonly (readonly [string, keyof MigrationService, string])[];

for (const [name, command, description] of COMMANDS) {
  const type = recordPayload(`${capitalize(name)}Payload`, MigrationRef);
  builder.mutationField(name, (t) =>
    t.fieldWithInput({
      description,
      type,
      errors: { types: [MigrationStateError] },
      authScopes: (_, { input }, context) => movesBy(input.id, context),
      input: { id: t.input.id({ required: true, description: ID }) },
      resolve: (_, { input }, context) =>
        write(context, async ({ migrations }, author) => ({ record: await migrations[command](author, input) })),
    }),
  );
}

builder.mutationField('finalizeMigration', (t) =>
  t.fieldWithInput({
    description:
      "Permanently removes the source, after which the migration can't be rolled back. Allowed in `MOVED`, while `Migration.finalization` is not null. The mutation returns with the phase `FINALIZING`; the source is removed when the phase is `FINALIZED`. If the project isn't complete at the target, nothing is removed, the phase is `MOVED` again, and `problem` says why.",
    type: recordPayload('FinalizeMigrationPayload', MigrationRef),
    errors: { types: [MigrationStateError, ConfirmationError] },
    authScopes: (_, { input }, context) => movesBy(input.id, context),
    input: {
      id: t.input.id({ required: true, description: ID }),
      token: t.input.string({
        required: true,
        description: 'The token from `Migration.finalization`, valid for ten minutes.',
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ migrations }, author) => ({ record: await migrations.finalize(author, input) })),
  }),
);
