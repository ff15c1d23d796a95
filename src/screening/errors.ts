import { MooringError } from '../domain/errors.js';

/** A text to be saved holds a secret, and can't be redacted. It isn't repeated. */
export class SecretRefusedError extends MooringError {
  readonly code = 'SECRET_REFUSED';
  constructor(
    /** The field, as a path into the input, such as `tasks.2.title`. */
    readonly field: string,
    /** Name of the rule that found it, such as `github-token`. */
    readonly rule: string,
    /** Why it isn't redacted, as the end of a sentence. */
    readonly why: string,
  ) {
    super(
      `${field} holds a secret (${rule}), and ${why}. Nothing was written.`,
      'Leave the secret out, or say where it is kept instead. If it is none, the policy of the project (`secrets`) or of the server (`MOORING_SECRETS`) can be changed.',
    );
  }
}
