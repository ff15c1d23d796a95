import { APIError } from 'better-auth/api';
import type { AlreadyExistsError } from '../../domain/errors.js';

/** A value that must be unique is taken, as the library says it to its clients. */
export function taken({ message }: AlreadyExistsError): APIError {
  return new APIError('UNPROCESSABLE_ENTITY', { code: 'ALREADY_EXISTS', message });
}
