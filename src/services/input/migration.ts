import { z } from 'zod';
import { idOf, MAX_PATH } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { refuse } from '../../domain/fields/refusal.js';
import { label } from '../../domain/fields/text.js';
import { parseCatalogId } from '../../domain/id.js';
import { ON_REJECT } from '../../domain/migration.js';
import { STORAGE_MODES } from '../../domain/project.js';

/** Records that are written at a time. */
const MAX_BATCH_SIZE = 1_000;

const migrationId = z.string().superRefine(
  refuse((id) =>
    parseCatalogId(id) === 'migration'
      ? null
      : {
          message: "isn't the id of a migration",
          hint: 'Give the id whole, as `startMigration` or `migrations` gave it: mig_ and 26 letters and digits.',
        },
  ),
);

/** `location`: the project's own place there, as `Place.location`; null or left out: where the mode's settings say. */
const destination = {
  projectId: idOf('project'),
  to: z.enum(STORAGE_MODES),
  location: label(MAX_PATH).nullish(),
};

export const migrationEstimate = z.object(destination);
export const newMigration = z.object({
  ...destination,
  dryRun: z.boolean().default(false),
  autoCutOver: z.boolean().default(true),
  batchSize: z.int().min(1).max(MAX_BATCH_SIZE).default(100),
  onReject: z.enum(ON_REJECT).default('STOP'),
});
export const migrationTarget = z.object({ id: migrationId });
export const migrationFinalization = z.object({ id: migrationId, token: z.string() });

/** Where a project is to be moved. */
export type MigrationDestination = InputOf<typeof migrationEstimate>;
/** A move to plan. An option that is left out has its default. */
export type NewMigration = InputOf<typeof newMigration>;
/** The migration that a command is for. */
export type MigrationTarget = InputOf<typeof migrationTarget>;
