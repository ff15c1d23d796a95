import { StoreError } from '../domain/errors.js';
import type { ModeDescription, Unavailable } from './contract.js';
import type { Mode } from './mode.js';

/** A mode that can't be used: whatever it is asked to do is refused with the reason. */
export function createUnconfiguredMode(
  unavailable: Unavailable,
  parts: Pick<ModeDescription, 'embedder' | 'dollarsPerMillion' | 'vectorSearch'>,
): Mode {
  const refuse = async (): Promise<never> => {
    throw new StoreError('STORE_UNAVAILABLE', `The project can't be reached: ${unavailable.why}`, unavailable.hint);
  };
  return {
    describe: () => ({ unavailable, place: null, ...parts }),
    open: refuse,
    create: refuse,
    folderOf: () => null,
    destroy: refuse,
    find: refuse,
    stored: refuse,
    health: refuse,
    repair: refuse,
    close: async () => {},
  };
}
