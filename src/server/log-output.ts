import { type DestinationStream, destination } from 'pino';

/** What waits to be written, at most, in bytes: what comes on top is lost. */
const WAITING_BYTES = 2 ** 24;
/** How much is written at a time under load, in bytes: each write takes a thread's hand-over, which is as dear as making ten lines. */
const TOGETHER_BYTES = 12 * 1024;
/** How long the last lines are waited for, in ms. */
const DRAIN_MS = 1_000;

/** Standard output, for lines of the log. */
export interface LogOutput extends DestinationStream {
  /** Resolves when all lines are written, or a second later. Then the process may end. */
  drained(): Promise<void>;
}

/**
 * Lines go out together under load, and within 0.1 s otherwise. A reader that stops, or a full disk, holds up neither requests
 * nor the end.
 */
export function createLogOutput(): LogOutput {
  // Touching it is enough: from now on writing to a full pipe fails at once, and is tried again, rather than waiting.
  void process.stdout;
  const output = destination({
    dest: 1,
    sync: false,
    minLength: TOGETHER_BYTES,
    periodicFlush: 100,
    maxLength: WAITING_BYTES,
  });
  // What can't be written is offered again with the next line.
  output.on('error', () => {});
  // It would wait for ever, in the last moment of the process and with a fatal error.
  output.flushSync = () => {};
  return Object.assign(output, {
    drained: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, DRAIN_MS);
        output.flush(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  });
}
