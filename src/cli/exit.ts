/** The program's exit codes, for scripts. */
export const EXIT = {
  /** Success. */
  done: 0,
  /** It failed; the output says why. */
  failed: 1,
  /** An unknown command, or invalid arguments. */
  usage: 2,
  /** The server can't be reached. */
  unreachable: 3,
  /** The named object doesn't exist. */
  notFound: 4,
  /** It wasn't confirmed, or isn't possible in the current state. Nothing was changed. */
  refused: 5,
  /** The migration didn't reach the requested state: it failed, was cancelled or paused. */
  ended: 6,
  /** No task is ready, or the named one isn't. */
  notReady: 7,
  /** The claim expired, or ended, or is another agent's. */
  claimLost: 8,
  /** Secrets were found, or some can't be redacted. */
  secretsFound: 9,
  /** The server doesn't know who asks: without a key, or with one that it refuses. */
  unauthenticated: 10,
  /** The key or the user may not do this. */
  forbidden: 11,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For the help. */
export const EXIT_HELP = `Exit codes:
  0    done
  1    failed
  2    wrong usage
  3    the server can't be reached
  4    not found
  5    refused: not confirmed, or not possible in the current state
  6    the migration ended otherwise than requested: failed, cancelled or paused
  7    no task is ready, or the named one isn't
  8    the claim is lost: it expired, ended or was replaced
  9    secrets were found; with --redact: some can't be redacted
  10   the server needs a key, or refuses the one that was sent
  11   not allowed: the key or the user lacks a permission, or access to the project
  130  interrupted by Ctrl-C`;

/** An error that ends a command, printed on standard error. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** What to do next. */
    readonly hint: string | null = null,
    /** Stable, as in the API's errors. */
    readonly code: string | null = null,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

/** Converts an error of the API. */
export function toCliError(error: {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}): CliError {
  return new CliError(EXIT_OF_CODE[error.code] ?? EXIT.failed, error.message, error.hint || null, error.code);
}

const EXIT_OF_CODE: Readonly<Record<string, ExitCode>> = {
  INVALID_INPUT: EXIT.usage,
  NOT_FOUND: EXIT.notFound,
  SECRET_REFUSED: EXIT.refused,
  CONFIRMATION_REQUIRED: EXIT.refused,
  MIGRATION_STATE: EXIT.refused,
  CHANGED_SINCE: EXIT.refused,
  STORAGE_IN_USE: EXIT.refused,
  STORAGE_MODE_UNAVAILABLE: EXIT.refused,
  NOTHING_READY: EXIT.notReady,
  TASK_NOT_READY: EXIT.notReady,
  CLAIM_LOST: EXIT.claimLost,
  UNAUTHENTICATED: EXIT.unauthenticated,
  SETUP_REQUIRED: EXIT.unauthenticated,
  FORBIDDEN: EXIT.forbidden,
};

/** A mutation's payload. @throws CliError when it is an error of its union */
export function payloadOf<T extends object>(result: T): Exclude<T, { code: unknown }> {
  if ('code' in result && 'message' in result && 'hint' in result) {
    throw toCliError({ code: String(result.code), message: String(result.message), hint: String(result.hint) });
  }
  return result as Exclude<T, { code: unknown }>;
}
