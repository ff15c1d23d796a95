/** How often the parent is looked at, in ms. */
const LOOK_MS = 2_000;
/** Longer than what was asked before may take to be answered, in ms. */
const LAST_ANSWERS_MS = 10_000;

/**
 * Resolves when nobody needs this process any more: its standard output was closed, its parent is gone, it was asked to end, or
 * its standard input was closed, and what was asked before had its time to be answered. Another program may hold the pipe of a parent that was killed, so the pipe alone doesn't say.
 */
export function untilAbandoned(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => resolve();
    const later = () => void setTimeout(done, LAST_ANSWERS_MS).unref();
    process.stdin.once('end', later).once('close', later).once('error', later);
    process.stdout.once('error', done).once('close', done);
    process.once('SIGTERM', done).once('SIGINT', done).once('SIGHUP', done);
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && resolve(), LOOK_MS).unref();
  });
}
