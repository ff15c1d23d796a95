import { MooringError } from '../../domain/errors.js';

/** A link to set a password doesn't count: it was used, has expired, was replaced by another, or there never was one. */
export class LinkError extends MooringError {
  readonly code = 'FORBIDDEN';
  constructor() {
    super(
      "This link doesn't count: it was used, has expired, or a newer one was made.",
      'Ask an administrator for a new one.',
    );
  }
}
