import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { LogLevel } from '../settings.js';

/** Structured lines on standard output: times, ids, codes and durations; never what a record or a request holds. */
export function createLogger(
  level: LogLevel,
  stream: DestinationStream = destination({ dest: 1, sync: false }),
): Logger {
  return pino({ level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` }, stream);
}

/** One line for a request that was answered. */
export function logRequest(
  log: Logger,
  line: {
    readonly requestId: string;
    readonly via: 'http' | 'ws' | 'sse';
    readonly operation?: string | undefined;
    readonly status?: number;
    /** Codes of the errors in the answer. */
    readonly errors?: readonly unknown[] | undefined;
    readonly startedAt: number;
  },
): void {
  const { startedAt, ...fields } = line;
  log.info({ ...fields, ms: Math.round((performance.now() - startedAt) * 100) / 100 }, 'request');
}
