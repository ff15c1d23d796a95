import type { ExecutionResult } from 'graphql';
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../settings.js';

/** Structured lines on standard output: times, ids, codes and durations; never what a record or a request holds. */
export function createLogger(level: LogLevel, stream: DestinationStream = standardOutput()): Logger {
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime }, stream);
}

/** Lines go out together under load, and at once otherwise; what is left goes out when the process ends. */
function standardOutput(): DestinationStream {
  return destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100 });
}

/** One line for a request that was answered. */
export function logRequest(
  log: Logger,
  line: {
    readonly requestId: string;
    readonly via: 'http' | 'ws';
    readonly operation: string | undefined;
    readonly status?: number;
    /** Of its errors, the codes are logged. */
    readonly result?: ExecutionResult;
    readonly startedAt: number;
  },
): void {
  const { startedAt, result, ...fields } = line;
  const errors = result?.errors?.map(({ extensions }) => extensions.code);
  log.info({ ...fields, errors, ms: Math.round((performance.now() - startedAt) * 100) / 100 }, 'request');
}
