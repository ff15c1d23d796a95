import { type DestinationStream, destination } from 'pino';

/** Limit of the unwritten lines, in bytes: lines beyond it are lost. */
const WAITING_BYTES = 2 ** 24;
/** Characters written together under load: each write is handed to another thread, which costs as much as making ten lines. */
const TOGETHER = 12 * 1024;
/** How long a line waits for others, in ms. */
const TOGETHER_MS = 100;
/** How long draining may take, in ms. */
const DRAIN_MS = 1_000;

/** Standard output, for lines of the log. */
export interface LogOutput extends DestinationStream {
  /** Resolves when all lines are written, or after a second. Then the process may end. */
  drained(): Promise<void>;
}

/**
 * Lines are written together under load, and within 0.1 s otherwise. A reader that stops, or a full disk, delays neither
 * requests nor the end of the process.
 */
export function createLogOutput(): LogOutput {
  // Accessing it is enough: from now on writing to a full pipe fails at once and is retried, rather than blocking.
  void process.stdout;
  const output = destination({ dest: 1, sync: false, maxLength: WAITING_BYTES });
  // Lines that can't be written are retried with the next one.
  output.on('error', () => {});
  // It would block forever as the process exits.
  output.flushSync = () => {};

  // Buffered here: the output would measure its whole buffer with each line.
  let lines: string[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;

  function pass(): void {
    clearTimeout(timer);
    timer = undefined;
    const text = lines.join('');
    lines = [];
    length = 0;
    if (text !== '') output.write(text);
  }

  return {
    write(line) {
      lines.push(line);
      length += line.length;
      if (length >= TOGETHER) pass();
      else timer ??= setTimeout(pass, TOGETHER_MS).unref();
    },
    drained: () =>
      new Promise<void>((resolve) => {
        pass();
        const late = setTimeout(resolve, DRAIN_MS);
        output.flush(() => {
          clearTimeout(late);
          resolve();
        });
      }),
  };
}
