import { z } from 'zod';
import { externalId, version } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { refuse } from '../../domain/fields/parse.js';
import { stateFields } from '../../domain/state.js';
import type { StateFilter } from '../../repositories/filters.js';
import { stateFilter } from './filters.js';
import { type DeletionOf, deletionOf } from './record.js';

export const stateToSave = z
  .object({
    ...stateFields,
    version: version.optional(),
    overwrite: z.boolean().default(false),
    externalId: externalId.optional(),
  })
  .superRefine(
    refuse(({ overwrite, version, externalId }) => {
      if (!overwrite || (version === undefined && externalId === undefined)) return null;
      const other = version === undefined ? 'externalId' : 'version';
      return {
        message: `has both \`overwrite\` and \`${other}\``,
        hint: `Leave out \`${other}\` to set the state whatever it is, or \`overwrite\`.`,
      };
    }),
  );
export const stateUpsert = z.object({ ...stateFields, value: stateFields.value.optional() });
export const stateDeletion = deletionOf(stateFilter);

/**
 * A state of an owner's key. `version`: the one that was read; `overwrite`: to set it whatever it is. Without either, the state
 * must not exist yet.
 */
export type StateToSave = InputOf<typeof stateToSave>;
/** A state to update, or to create if its owner has none of the key. A `value` that is left out stays, or is null in a new one. */
export type StateUpsert = InputOf<typeof stateUpsert>;
export type StateDeletion = DeletionOf<StateFilter>;
