import type { Logger } from 'pino';
import { cut } from './log.js';

/** Unexpected errors of one answer, as the log has them: the first few with their stacks, and how many more there were. */
export interface FaultLog {
  readonly requestId: string;
  /** @param path of the field that failed */
  note(cause: unknown, path: readonly (string | number)[] | undefined): void;
  /** Writes how many weren't written. */
  end(): void;
}

/** A field that fails may be asked for in every item of a page. */
const MOST = 5;

export function createFaultLog(requestId: string, log: Logger): FaultLog {
  let count = 0;
  return {
    requestId,
    note(cause, path) {
      count += 1;
      if (count <= MOST) log.error({ requestId, path: path && cut(path.join('.')), err: cause }, 'unexpected error');
    },
    end() {
      if (count > MOST) log.error({ requestId, count: count - MOST }, 'more unexpected errors');
    },
  };
}
