import type { Logger } from 'pino';
import { cut } from './log.js';

/** Logs the unexpected errors of one answer: the first few with their stacks, and the count of the rest. */
export interface FaultLog {
  readonly requestId: string;
  /** @param path of the field that failed */
  note(cause: unknown, path: readonly (string | number)[] | undefined): void;
  /** Logs how many were left out. */
  end(): void;
}

/** A failing field may be selected in every item of a page. */
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
