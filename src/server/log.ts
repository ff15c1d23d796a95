import type { ExecutionResult } from 'graphql';
import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino';
import { MooringError } from '../domain/errors.js';
import type { LogLevel } from '../settings.js';
import { createLogOutput } from './log-output.js';

/** Structured lines on standard output: times, ids, codes and durations; never what a record or a request holds. */
export function createLogger(level: LogLevel, stream: DestinationStream = createLogOutput()): Logger {
  return pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, serializers: { err: describeError } }, stream);
}

/** An error of ours says what to do; of any other, the stack says where it came from. */
function describeError(error: Error): object {
  if (!(error instanceof MooringError)) return stdSerializers.err(error);
  const { code, message, hint } = error;
  return { code, message, hint };
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
