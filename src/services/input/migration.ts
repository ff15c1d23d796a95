import { z } from 'zod';
import { idOf } from '../../domain/fields/common.js';
import { label } from '../../domain/fields/text.js';
import { ON_REJECT } from '../../domain/migration.js';
import { STORAGE_MODES } from '../../domain/project.js';

/** Records that are written at a time. */
const MAX_BATCH_SIZE = 1_000;

const migrationId = idOf('migration');

const destination = {
  projectId: idOf('project'),
  to: z.enum(STORAGE_MODES),
  location: label(4_096).nullish(),
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
