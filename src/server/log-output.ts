import { type DestinationStream, destination } from 'pino';

/** What waits to be written, at most, in bytes: what comes on top is lost. */
const WAITING_BYTES = 2 ** 24;
/** Characters that go out together under load: each write takes a thread's hand-over, which is as dear as making ten lines. */
const TOGETHER = 12 * 1024;
/** How long a line waits for others, in ms. */
const TOGETHER_MS = 100;
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
  const output = destination({ dest: 1, sync: false, maxLength: WAITING_BYTES });
  // What can't be written is offered again with the next line.
  output.on('error', () => {});
  // It would wait for ever, in the last moment of the process.
  output.flushSync = () => {};

  // Gathered here: the output would measure all that it has gathered with each line.
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
