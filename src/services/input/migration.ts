import { z } from 'zod';
import { idOf, MAX_PATH } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { label } from '../../domain/fields/text.js';
import { DEFAULT_BATCH_SIZE, MAX_BATCH_SIZE, ON_REJECT } from '../../domain/migration.js';
import { STORAGE_MODES } from '../../domain/project.js';

const migrationId = idOf('migration');

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
  batchSize: z.int().min(1).max(MAX_BATCH_SIZE).default(DEFAULT_BATCH_SIZE),
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
