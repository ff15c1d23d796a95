import { AlreadyExistsError, StoreClosedError, StoreError } from '../domain/errors.js';

/** Errors that every driver throws. */

/** Another document holds a unique key. */
export function alreadyExists(
  collection: string,
  fields: readonly string[],
  existingId: string | null,
): AlreadyExistsError {
  return new AlreadyExistsError(
    `Another of the ${collection} has the same ${fields.join(' and ')}.`,
    existingId ? `Use ${existingId}, or choose another ${fields.at(-1)}.` : `Choose another ${fields.at(-1)}.`,
    existingId,
    fields,
  );
}

/** The store was closed before the call. `place`: where it is, without a secret. */
export function storeClosed(place: string): StoreError {
  return new StoreClosedError(
    `The store ${place} is closed.`,
    'The server is stopping, the project was purged, or its storage was reconfigured. Repeat the request later.',
  );
}

/** The store can't hold such a record. `why`: the store's limits, as the rest of a sentence. */
export function recordTooLarge(id: string, why: string): StoreError {
  return new StoreError(
    'RECORD_TOO_LARGE',
    `${id} can't be kept: ${why}, so nothing was written.`,
    'Split it into several records.',
  );
}
