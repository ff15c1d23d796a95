import type { ExecutionResult } from 'graphql';
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { Settings } from '../config/settings.js';
import { MooringError } from '../domain/errors.js';
import { redactText } from '../secrets/redact.js';
import { createLogOutput } from './log-output.js';

/** Structured lines on standard output: times, ids, codes and durations; never the contents of a record or a request. */
export function createLogger(level: Settings['logLevel'], stream: DestinationStream = createLogOutput()): Logger {
  return pino({ level, base: null, timestamp: createTimestamp(), serializers: { err: describeError } }, stream);
}

/** The time of a line, formatted at most once a millisecond. */
function createTimestamp(): () => string {
  let ms = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== ms) text = `,"time":"${new Date(now).toISOString()}"`;
    ms = now;
    return text;
  };
}

/** Characters of a text that a client chose, and of an error's message and stack. */
const NAME_CHARS = 100;
const MESSAGE_CHARS = 1_000;
const STACK_CHARS = 8_000;
/** Different codes of an answer's errors. */
const CODES = 10;

/** A text that a client may have chosen, such as a name, without secrets and cut to fit a line of the log. */
export function cut(text: string, chars = NAME_CHARS): string {
  // Whole: half of a secret isn't known as one.
  const said = redactText(text).text;
  return said.length <= chars ? said : `${said.slice(0, chars)}…`;
}

/** Our own errors have a hint; any other has its stack. */
function describeError(error: unknown): object {
  if (error instanceof MooringError) {
    const { code, message, hint } = error;
    return { code, message: cut(message, MESSAGE_CHARS), hint: cut(hint, MESSAGE_CHARS) };
  }
  if (!(error instanceof Error)) return { message: cut(String(error), MESSAGE_CHARS) };
  const said = Object.entries(stdSerializers.err(error)).flatMap(([name, value]): [string, unknown][] => {
    if (typeof value === 'string') return [[name, cut(value, name === 'stack' ? STACK_CHARS : MESSAGE_CHARS)]];
    // Other properties of an error have no bound.
    return typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [];
  });
  return Object.fromEntries(said);
}

/** Logs one line for an answered request. */
export function logRequest(
  log: Logger,
  line: {
    readonly requestId: string;
    readonly via: 'http' | 'ws' | 'mcp' | 'hook';
    readonly operation: string | undefined;
    readonly status?: number;
    /** The distinct codes of its errors are logged. */
    readonly result?: ExecutionResult;
    readonly startedAt: number;
  },
): void {
  const { requestId, via, status, operation, startedAt, result } = line;
  const codes = result?.errors && new Set(result.errors.map(({ extensions }) => extensions.code));
  const errors = codes && [...codes].slice(0, CODES);
  const ms = Math.round((performance.now() - startedAt) * 100) / 100;
  log.info({ requestId, via, status, operation: operation && cut(operation), errors, ms }, 'request');
}
