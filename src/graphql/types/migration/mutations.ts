import { ConfirmationError, MigrationStateError, StorageModeUnavailableError } from '../../../domain/errors.js';
import type { Migration } from '../../../domain/migration.js';
import type { MigrationService } from '../../../services/migrations/contract.js';
import { builder } from '../../builder.js';
import { write } from '../../context.js';
import { COSTS } from '../../costs.js';
import { OnRejectEnum, StorageModeEnum } from '../../enums.js';
import { withoutNulls } from '../../input.js';
import { MigrationRef } from '../../refs.js';
import { payloadText } from '../mutation.js';
import { LOCATION, TO } from './type.js';

const ID = 'Id of the migration.';

const payload = (name: string) =>
  builder.objectRef<{ readonly migration: Migration }>(name).implement({
    description: payloadText(name),
    fields: (t) => ({ migration: t.expose('migration', { type: MigrationRef, description: 'The migration.' }) }),
  });
const StartMigrationPayload = payload('StartMigrationPayload');
const FinalizeMigrationPayload = payload('FinalizeMigrationPayload');

builder.mutationField('startMigration', (t) =>
  t.fieldWithInput({
    extensions: COSTS.place,
    description:
      'Begins to move a project to another place, while it is read and written as always. Follow it with `migrationProgress`.',
    type: StartMigrationPayload,
    errors: { types: [MigrationStateError, StorageModeUnavailableError] },
    authScopes: { canAdminister: true },
    input: {
      projectId: t.input.id({ required: true, description: 'Id of the project.' }),
      to: t.input.field({ type: StorageModeEnum, required: true, description: TO }),
      location: t.input.string({ description: LOCATION }),
      dryRun: t.input.boolean({
        defaultValue: false,
        description: 'End after the preflight, and report what it found.',
      }),
      autoCutOver: t.input.boolean({
        defaultValue: true,
        description: 'Cut over as soon as it can; else wait for `cutOverMigration`.',
      }),
      batchSize: t.input.int({ defaultValue: 100, description: 'Records that are written at a time: 1 to 1,000.' }),
      onReject: t.input.field({
        type: OnRejectEnum,
        defaultValue: 'STOP',
        description: "What to do when a record can't be copied.",
      }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ migrations }, author) => ({
        migration: await migrations.start(author, withoutNulls(input)),
      })),
  }),
);

const COMMANDS = [
  [
    'pauseMigration',
    'pause',
    'Stops the work of a migration until it is resumed. The project is read and written as always.',
  ],
  ['resumeMigration', 'resume', 'Lets a paused migration go on, and one that waits for a problem try again at once.'],
  [
    'cancelMigration',
    'cancel',
    'Ends a migration before the flip: the project stays where it is, and what was written elsewhere is removed.',
  ],
  ['cutOverMigration', 'cutOver', 'Lets a migration flip the project as soon as it can.'],
  [
    'rollBackMigration',
    'rollBack',
    'Brings a project that has moved back to where it was, with everything that was written since.',
  ],
  [
    'verifyMigration',
    'verify',
    'Compares both sides of a move again: the kept source, with what was written since, and the new place.',
  ],
] as const satisfies readonly (readonly [string, keyof MigrationService, string])[];

for (const [name, command, description] of COMMANDS) {
  const type = payload(`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`);
  builder.mutationField(name, (t) =>
    t.fieldWithInput({
      description,
      type,
      errors: { types: [MigrationStateError] },
      authScopes: { canAdminister: true },
      input: { id: t.input.id({ required: true, description: ID }) },
      resolve: (_, { input }, context) =>
        write(context, async ({ migrations }, author) => ({ migration: await migrations[command](author, input) })),
    }),
  );
}

builder.mutationField('finalizeMigration', (t) =>
  t.fieldWithInput({
    description:
      'Removes for good what was kept at the old place since a project has moved. It answers as `FINALIZING` once that is asked for; it is done when the phase is `FINALIZED`, and back at `MOVED`, with a `problem`, when it was refused.',
    type: FinalizeMigrationPayload,
    errors: { types: [MigrationStateError, ConfirmationError] },
    authScopes: { canAdminister: true },
    input: {
      id: t.input.id({ required: true, description: ID }),
      token: t.input.string({ required: true, description: 'The token that `Migration.finalization` gave.' }),
    },
    resolve: (_, { input }, context) =>
      write(context, async ({ migrations }, author) => ({ migration: await migrations.finalize(author, input) })),
  }),
);
