/** How the program ends, for scripts to decide by. */
export const EXIT = {
  /** What was asked for is done. */
  done: 0,
  /** It failed; what is printed says why. */
  failed: 1,
  /** The command is not one, or its arguments can't be taken. */
  usage: 2,
  /** The server can't be reached. */
  unreachable: 3,
  /** What was named isn't there. */
  notFound: 4,
  /** It wasn't confirmed, or can't be done as things stand. Nothing was changed. */
  refused: 5,
  /** The migration ended otherwise than was asked for: it failed, was cancelled or paused. */
  ended: 6,
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
  5    refused: not confirmed, or not possible as things stand
  6    the migration ended otherwise than asked: failed, cancelled or paused
  130  interrupted by Ctrl-C`;

/** What ends a command before it is done: said on standard error. */
export class CliError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** What to do next. */
    readonly hint: string | null = null,
    /** Stable, as of the API's errors. */
    readonly code: string | null = null,
  ) {
    super(message);
    this.name = 'CliError';
  }
}

/** An error of the API as one of ours. */
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
  CONFIRMATION_REQUIRED: EXIT.refused,
  MIGRATION_STATE: EXIT.refused,
  STORAGE_IN_USE: EXIT.refused,
  STORAGE_MODE_UNAVAILABLE: EXIT.refused,
};

/** A mutation's payload. @throws CliError when it gave an error of its union */
export function payloadOf<T extends object>(result: T): Exclude<T, { code: unknown }> {
  if ('code' in result && 'message' in result && 'hint' in result) {
    throw toCliError({ code: String(result.code), message: String(result.message), hint: String(result.hint) });
  }
  return result as Exclude<T, { code: unknown }>;
}
