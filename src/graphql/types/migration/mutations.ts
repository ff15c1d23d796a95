import { ConfirmationError, MigrationStateError, StorageModeUnavailableError } from '../../../domain/errors.js';
import { DEFAULT_BATCH_SIZE, MAX_BATCH_SIZE } from '../../../domain/migration.js';
import type { MigrationService } from '../../../services/migrations/contract.js';
import { withoutNulls } from '../../arguments.js';
import { builder, capitalize } from '../../builder.js';
import { write } from '../../context.js';
import { OnRejectEnum, StorageModeEnum } from '../../enums.js';
import { COSTS } from '../../field-costs.js';
import { MigrationRef } from '../../refs.js';
import { grouped } from '../descriptions.js';
import { recordPayload } from '../payloads.js';
import { LOCATION, TO } from './type.js';

const ID = 'Id of the migration.';

builder.mutationField('startMigration', (t) =>
  t.fieldWithInput({
    extensions: COSTS.scan,
    description:
      'Starts the migration of a project to another storage mode, folder or database. The project can be read and written throughout. Follow the migration with `migrationProgress`.',
    type: recordPayload('StartMigrationPayload', MigrationRef),
    errors: { types: [MigrationStateError, StorageModeUnavailableError] },
    authScopes: { canAdminister: true },
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      to: t.input.field({ type: StorageModeEnum, required: true, description: TO }),
      location: t.input.string({ description: LOCATION }),
      dryRun: t.input.boolean({
        defaultValue: false,
        description: 'End after the preflight, whose result is in `Migration.preflight`.',
      }),
      autoCutOver: t.input.boolean({
        defaultValue: true,
        description: 'Cut over as soon as possible. If false, wait for `cutOverMigration`.',
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
    'Pauses a migration until `resumeMigration`. The project can be read and written meanwhile.',
  ],
  [
    'resumeMigration',
    'resume',
    'Resumes a paused migration. If a problem prevents a migration from continuing, it is retried immediately.',
  ],
  [
    'cancelMigration',
    'cancel',
    'Cancels a migration before the cut-over: the project stays at the source, and the copy at the target is removed. During a roll-back, it cancels the roll-back: the project stays at the target.',
  ],
  [
    'cutOverMigration',
    'cutOver',
    'Requests the cut-over, which follows as soon as the migration has caught up, even with `autoCutOver: false`.',
  ],
  [
    'rollBackMigration',
    'rollBack',
    'Brings a project in phase `MOVED` back to the source, with everything written since the cut-over.',
  ],
  [
    'verifyMigration',
    'verify',
    'Compares source and target again, in phase `MOVED`, taking into account what was written since the cut-over. Nothing is changed on either side.',
  ],
] as const satisfies readonly (readonly [string, keyof MigrationService, string])[];

for (const [name, command, description] of COMMANDS) {
  const type = recordPayload(`${capitalize(name)}Payload`, MigrationRef);
  builder.mutationField(name, (t) =>
    t.fieldWithInput({
      description,
      type,
      errors: { types: [MigrationStateError] },
      authScopes: { canAdminister: true },
      input: { id: t.input.id({ required: true, description: ID }) },
      resolve: (_, { input }, context) =>
        write(context, async ({ migrations }, author) => ({ record: await migrations[command](author, input) })),
    }),
  );
}

builder.mutationField('finalizeMigration', (t) =>
  t.fieldWithInput({
    description:
      "Permanently removes the source of a migration in phase `MOVED`, which can't be rolled back after that. The mutation returns with the phase `FINALIZING`; the source is removed when the phase is `FINALIZED`. If removing it turns out to be unsafe, the phase is `MOVED` again, and `problem` says why.",
    type: recordPayload('FinalizeMigrationPayload', MigrationRef),
    errors: { types: [MigrationStateError, ConfirmationError] },
    authScopes: { canAdminister: true },
    input: {
      id: t.input.id({ required: true, description: ID }),
      token: t.input.string({ required: true, description: 'The token from `Migration.finalization`.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ migrations }, author) => ({ record: await migrations.finalize(author, input) })),
  }),
);
