import { z } from 'zod';
import { externalId, version } from '../../domain/fields/common.js';
import type { InputOf } from '../../domain/fields/derive.js';
import { stateFields } from '../../domain/state.js';

export const stateToSave = z.object({
  ...stateFields,
  version: version.optional(),
  externalId: externalId.optional(),
});

/** A state of an owner's key. `version`: the one that was read; left out, the state must not exist yet. */
export type StateToSave = InputOf<typeof stateToSave>;
