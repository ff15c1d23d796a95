/** Why an agent has no server, and what to do. */
export class ReachError extends Error {
  constructor(
    /** Stable, as in the API's errors. */
    readonly code: 'INVALID_SETTINGS' | 'SERVER_UNAVAILABLE',
    message: string,
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ReachError';
  }
}

/** An error of the settings or of the app as one that an agent understands. */
export function toReachError(error: unknown): unknown {
  if (error instanceof ReachError || !(error instanceof Error)) return error;
  if ('mistakes' in error) {
    return new ReachError('INVALID_SETTINGS', error.message, 'Set these variables right, or unset them.', {
      cause: error,
    });
  }
  if (isSystemError(error)) {
    const message = `The folder of Mooring's data can't be used: ${error.message}.`;
    const hint =
      'Tell the user: what MOORING_HOME or MOORING_DATA names, or .mooring in their home, must be a folder that they can write to, on a disk with space.';
    return new ReachError('SERVER_UNAVAILABLE', message, hint, { cause: error });
  }
  if ('hint' in error) {
    return new ReachError('SERVER_UNAVAILABLE', error.message, String(error.hint), { cause: error });
  }
  return error;
}

/** An error of a file or a folder, from the operating system. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'code' in error;
}
